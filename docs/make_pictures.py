"""Draws the pictures of docs/images from the printed handouts: the real pages.

Run after `make handouts`:  .venv/bin/python docs/make_pictures.py
Each picture says in its metadata of which PDFs it is, so that a test sees a stale one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from debatekit.render.pdf import font_paths

ROOT = Path(__file__).resolve().parent.parent
HANDOUTS = ROOT / "handouts"
IMAGES = ROOT / "docs" / "images"
STUDENT = HANDOUTS / "huawei-ban" / "student"
PAGES = [("brief-pro", 1), ("sources", 1), ("quiz", 0), ("cards", 2)]
SCALE, GAP, GREY = 0.62, 14, 200
# The contact sheet: every page, small, handout by handout.
SMALL, COLUMNS, LABEL = 0.2, 16, 16


def printed() -> dict[str, str]:
    """The PDFs and their hashes, as the manifest of the handouts has them."""
    manifest = json.loads((HANDOUTS / "manifest.json").read_text(encoding="utf-8"))
    return {name: entry["sha256"] for name, entry in manifest["files"].items()}


def picture(path: Path, number: int, scale: float) -> Image.Image:
    """One page of a PDF in grey."""
    page = pypdfium2.PdfDocument(path)[number]
    return page.render(scale=scale).to_pil().convert("L")


def row() -> Image.Image:
    """A few pages side by side, large enough to see what they are."""
    pages = [picture(STUDENT / f"{name}.pdf", n, SCALE) for name, n in PAGES]
    width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
    height = max(page.height for page in pages) + 2 * GAP
    sheet = Image.new("L", (width, height), GREY)
    left = GAP
    for page in pages:
        sheet.paste(page, (left, GAP))
        left += page.width + GAP
    return sheet


def all_pages() -> Iterator[tuple[str, Image.Image]]:
    """Every page of every handout; the first of each with the handout's name."""
    for name in printed():
        path = HANDOUTS / name
        for number in range(len(pypdfium2.PdfDocument(path))):
            yield (path.stem if number == 0 else ""), picture(path, number, SMALL)


def contact_sheet() -> Image.Image:
    pages = list(all_pages())
    cell = max(max(page.size) for _, page in pages)
    across = min(page.width for _, page in pages) + 6
    rows: list[list[tuple[str, Image.Image]]] = [[]]
    for name, page in pages:
        used = sum(one.width + 6 for _, one in rows[-1])
        if used + page.width > COLUMNS * across:
            rows.append([])
        rows[-1].append((name, page))
    sheet = Image.new(
        "L", (COLUMNS * across + 6, len(rows) * (cell + LABEL + 6) + 6), GREY
    )
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(font_paths()[1]), 12)
    for index, pictures in enumerate(rows):
        top, left = 6 + index * (cell + LABEL + 6), 6
        for name, page in pictures:
            draw.text((left, top), name, fill=0, font=font)
            sheet.paste(page, (left, top + LABEL))
            left += page.width + 6
    return sheet


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    of = hashlib.sha256(json.dumps(printed(), sort_keys=True).encode()).hexdigest()
    note = PngImagePlugin.PngInfo()
    note.add_text("handouts", of)
    for name, sheet in (("handouts", row()), ("all-pages", contact_sheet())):
        target = IMAGES / f"{name}.png"
        sheet.quantize(16).save(target, optimize=True, pnginfo=note)
        size = f"{sheet.width} x {sheet.height}, {target.stat().st_size // 1024} kB"
        print(f"{target.relative_to(ROOT)}: {size}")


if __name__ == "__main__":
    main()
