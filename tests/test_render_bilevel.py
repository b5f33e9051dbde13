"""Every meaning survives a copier that knows only black and white."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest

from debatekit.assets import bundled_kit, templates
from debatekit.documents.handouts import handouts, printed_forms
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.render.build import print_handout
from debatekit.render.pdf import Pdf, Printer

# 300 dots to the inch, as a copier has; a light copy and a dark one.
DPI = 300
LEVELS = (96, 128, 176)
CSS_PIXELS = 96


@pytest.fixture(scope="module")
def kit() -> Kit:
    return sound_kit(bundled_kit())


@pytest.fixture(scope="module")
def printer(kit: Kit) -> Printer:
    return Printer("letter", (templates(), kit.folder))


def printed(printer: Printer, kit: Kit, name: str) -> Pdf:
    made = next(handouts(kit, [name], printed_forms(kit, 1, 1)))
    return print_handout(printer, made, made.document, "letter")


def boxes(pdf: Pdf, name: str) -> Iterator[tuple[int, Any]]:
    """The boxes of a class, each with its page."""
    for number, page in enumerate(pdf.layout.pages):
        for box in page._page_box.descendants(placeholders=True):
            element = box.element
            classes = "" if element is None else str(element.get("class", ""))
            if name in classes.split() and box.element_tag == element.tag:
                yield number, box


def black(pdf: Pdf, number: int, box: Any, level: int, core: float = 1) -> float:
    """The share of black dots in a box, or in the ``core`` of it."""
    page = pypdfium2.PdfDocument(pdf.data)[number]
    picture = page.render(scale=DPI / 72).to_pil().convert("L")
    width, height = box.border_width(), box.border_height()
    left = box.position_x + box.margin_left + width * (1 - core) / 2
    top = box.position_y + box.margin_top + height * (1 - core) / 2
    corners = (left, top, left + width * core, top + height * core)
    crop = picture.crop(tuple(round(c * DPI / CSS_PIXELS) for c in corners))
    return sum(crop.histogram()[:level]) / (crop.width * crop.height)


@pytest.mark.parametrize(
    ("name", "filled"), [("brief-pro", True), ("brief-con", False)]
)
def test_the_side_is_a_full_or_an_open_square(
    kit: Kit, printer: Printer, name: str, filled: bool
) -> None:
    pdf = printed(printer, kit, name)
    number, mark = next(boxes(pdf, "mark"))
    for level in LEVELS:
        assert (black(pdf, number, mark, level, core=0.4) > 0.9) == filled
        # The open one has its frame all the same.
        assert black(pdf, number, mark, level) > 0.3


def test_events_of_a_measure_have_full_dots_and_others_open_ones(
    kit: Kit, printer: Printer
) -> None:
    pdf = printed(printer, kit, "timeline")
    dots = list(boxes(pdf, "dot"))
    full = {"filled" in dot.element.get("class", "").split() for _, dot in dots}
    assert full == {True, False}
    for number, dot in [*dots[:4], *dots[-4:]]:
        filled = "filled" in dot.element.get("class", "").split()
        for level in LEVELS:
            assert (black(pdf, number, dot, level, core=0.4) > 0.9) == filled


def test_words_to_read_aloud_are_bold_under_their_band(
    kit: Kit, printer: Printer
) -> None:
    pdf = printed(printer, kit, "cards")
    read = [box for _, box in boxes(pdf, "body") for box in box.descendants()]
    strong = [b for b in read if b.element is not None and b.element.tag == "strong"]
    assert strong
    assert all(box.style["font_weight"] >= 700 for box in strong)


def test_nothing_is_said_in_colour_or_in_grey() -> None:
    """Black and white, and one grey: the band under words that are bold as well."""
    # The page for the browser is not copied; it has colours for a dark screen.
    for sheet in sorted({*templates().glob("*.css")} - {templates() / "quizpage.css"}):
        text = sheet.read_text(encoding="utf-8")
        colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", text))
        assert colours <= {"#000", "#fff", "#dedede"}, sheet.name
        assert not re.search(r"\b(rgba?|hsla?|opacity|gr[ae]y)\b\(?", text), sheet.name
        for line in text.splitlines():
            assert "#dedede" not in line or ".body strong" in line, sheet.name
