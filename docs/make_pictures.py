"""Draws docs/images/handouts.png from the printed handouts: the real pages.

Run after `make handouts`:  .venv/bin/python docs/make_pictures.py
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
STUDENT = ROOT / "handouts" / "huawei-ban" / "student"
PAGES = [("brief-pro", 1), ("sources", 1), ("quiz", 0), ("cards", 2)]
SCALE, GAP, GREY = 0.62, 14, 200


def picture(name: str, number: int) -> Image.Image:
    """One page of a handout in grey."""
    page = pypdfium2.PdfDocument(STUDENT / f"{name}.pdf")[number]
    return page.render(scale=SCALE).to_pil().convert("L")


def main() -> None:
    pages = [picture(name, number) for name, number in PAGES]
    width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
    height = max(page.height for page in pages) + 2 * GAP
    sheet = Image.new("L", (width, height), GREY)
    left = GAP
    for page in pages:
        sheet.paste(page, (left, GAP))
        left += page.width + GAP
    target = ROOT / "docs" / "images" / "handouts.png"
    target.parent.mkdir(exist_ok=True)
    sheet.save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {sheet.width} x {sheet.height}")


if __name__ == "__main__":
    main()
