"""The finished PDFs, from their page boxes up to their words.

A ladder: boxes, what the file says of itself, fonts, what must not be in it, the tag
tree, and at last the text that a teacher or a student needs on the page.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pikepdf
import pypdfium2
import pytest
from pdfs import (
    BOXES,
    Build,
    Printed,
    Tag,
    build,
    card_texts,
    missing_on_card,
    outline,
    printed_tree,
    squeezed,
    tag_tree,
)

from debatekit.assets import bundled_kit
from debatekit.documents.cards import Cards
from debatekit.kit import model
from debatekit.render.html import Paper, Theme

# Sheets of small pieces: each piece has a head of its own, or none.
CUT_APART = {"cards", "exit"}
HANDED_ON = {"roles", "ballot"}
OURS = re.compile(r"[A-Z]{6}\+(Atkinson-Hyperlegible|IBM-Plex-Serif)(-[A-Z][A-Za-z]+)?")


# Kit, paper, theme. Large print is one column, where an item may go over a page.
COMPACT = [
    "full letter standard",
    "full a4 standard",
    "full a4 easy",
    "bundled letter standard",
]
LARGE = ["full letter large"]


@pytest.fixture(params=COMPACT + LARGE)
def built(request: pytest.FixtureRequest, full_kit: Path) -> Build:
    return printed(request.param, full_kit)


@pytest.fixture(params=COMPACT)
def compact(request: pytest.FixtureRequest, full_kit: Path) -> Build:
    return printed(request.param, full_kit)


def printed(variant: str, full_kit: Path) -> Build:
    kit, paper, theme = variant.split()
    folder = full_kit if kit == "full" else bundled_kit()
    return build(folder, cast(Paper, paper), cast(Theme, theme))


def objects(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of a file, those inside others included."""
    waiting: list[Any] = [pdf.trailer.Root, pdf.trailer.get("/Info"), *pdf.objects]
    while waiting:
        value = waiting.pop()
        if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
            yield value
            items = [child for key, child in value.items() if key != "/Parent"]
        elif isinstance(value, pikepdf.Array):
            items = list(value)
        else:
            continue
        # What has a number of its own comes by itself, from pdf.objects.
        own = (item for item in items if isinstance(item, pikepdf.Object))
        waiting += [item for item in own if not item.is_indirect]


# ---------------------------------------------------------------- boxes and metadata


def test_every_page_has_the_size_of_the_paper(built: Build) -> None:
    for one in built.printed:
        pdf = one.pdf
        assert len(pdf.pages) == len(one.pages) > 0
        if isinstance(one.handout.document, Cards):
            assert len(pdf.pages) == -(-len(one.handout.document.cards) // 4)
        for page in pdf.pages:
            box = [float(edge) for edge in page.MediaBox]
            assert box[:2] == [0, 0]
            # Upright, or on its side for what is wide.
            assert sorted(box[2:]) == pytest.approx(BOXES[built.paper], abs=0.1)
            assert page.get("/Rotate", 0) == 0
            assert [float(edge) for edge in page.cropbox] == box


def test_a_file_says_what_it_is_and_in_which_language(built: Build) -> None:
    titles: dict[str, str] = {}
    for one in built.printed:
        head, pdf = one.handout.document.head, one.pdf
        title = f"{head.label}: {head.title}"
        assert pdf.docinfo["/Title"] == title
        assert pdf.Root.Lang == built.kit.head.language == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert pdf.Root.MarkInfo.Marked is True
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == title
            assert metadata["pdfuaid:part"] == "1"
        titles[one.handout.name] = title
    # Which level of a reading a student has is not said: nobody is to be marked by it.
    assert titles.pop("sources-plain") == titles["sources"]
    assert len(set(titles.values())) == len(titles)


def test_no_file_tells_when_or_by_whom_it_was_made(built: Build) -> None:
    for one in built.printed:
        known = {"/Title", "/Creator", "/Producer"}
        assert set(one.pdf.docinfo.keys()) <= known
        assert one.pdf.docinfo.get("/Creator") == "debatekit"


def test_bookmarks_name_the_parts_in_their_order(built: Build) -> None:
    for one in built.printed:
        document = one.handout.document
        titles = [squeezed(title) for title in outline(one.data)]
        assert titles, one.handout.name
        if one.handout.template == "brief":
            wanted = [document.motion, *(c.claim for c in document.contentions)]
        elif one.handout.template == "sources":
            wanted = [s.title for s in document.sheets]
        elif one.handout.template == "key":
            wanted = [item.stem for item in document.items]
        elif one.handout.template == "measures":
            wanted = [measure.name for measure in document.pages]
        elif one.handout.template == "cards":
            wanted = [card.label for card in document.cards]
        else:
            wanted = [document.head.title]
        rest = iter(titles)
        for part in wanted:
            assert any(squeezed(part) in title for title in rest), part


# ----------------------------------------------------------------------------- fonts


def test_all_fonts_are_ours_and_are_inside(built: Build) -> None:
    for one in built.printed:
        fonts = [o for o in objects(one.pdf) if o.get("/Type") == "/Font"]
        assert fonts
        names = {str(font.BaseFont).lstrip("/") for font in fonts}
        assert not {name for name in names if not OURS.fullmatch(name)}
        simple = [font for font in fonts if "/DescendantFonts" not in font]
        for font in simple:
            described = font.FontDescriptor
            assert any(f"/FontFile{end}" in described for end in ("", "2", "3"))
        for font in fonts:
            if "/DescendantFonts" in font:
                assert "/ToUnicode" in font, "text could not be copied or read aloud"


# ----------------------------------------------------------------- what must not be


def test_nothing_in_a_file_acts_or_hides(built: Build) -> None:
    active = {"/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles", "/EF"}
    active |= {"/Launch", "/RichMedia", "/XFA", "/AcroForm", "/SubmitForm", "/GoToR"}
    for one in built.printed:
        pdf = one.pdf
        found = {key for o in objects(pdf) for key in o} & active
        found |= {str(o.get("/S")) for o in objects(pdf)} & active
        assert found == set(), one.handout.name
        assert not pdf.attachments


def test_links_lead_to_the_web_only(built: Build) -> None:
    for one in built.printed:
        addresses = [str(o.URI) for o in objects(one.pdf) if "/URI" in o]
        bad = [a for a in addresses if not re.match(r"(https?://|mailto:)", a)]
        assert bad == []
        assert b"file:" not in one.data


# ------------------------------------------------------------------------------- tags


def roles(tag: Tag, *wanted: str) -> list[Tag]:
    return [one for one in tag.all() if one.role in wanted]


def trees(built: Build) -> Iterator[tuple[Printed, Tag]]:
    for one in built.printed:
        tree = tag_tree(one.pdf)
        assert tree.role == "/Document"
        yield one, tree


def shown(one: Printed, tag: Tag) -> str:
    """A part of the tag tree, for messages."""
    return f"{one.handout.name}\n{printed_tree(tag)[:2000]}"


def test_headings_begin_at_one_and_skip_no_level(built: Build) -> None:
    for one, tree in trees(built):
        levels = [int(t.role[2:]) for t in tree.all() if re.fullmatch(r"/H\d", t.role)]
        assert levels[:1] == [1], one.handout.name
        assert levels.count(1) == 1, one.handout.name
        steps = itertools.pairwise(levels)
        assert [s for s in steps if s[1] > s[0] + 1] == [], one.handout.name


def test_the_cells_of_tables_name_their_headers(compact: Build) -> None:
    tables = 0
    for one, tree in trees(compact):
        for table in roles(tree, "/Table"):
            tables += 1
            heads = roles(table, "/TH")
            ids = {str(head.element.get("/ID")) for head in heads}
            scoped = all("/Scope" in head.element.get("/A", {}) for head in heads)
            assert heads, shown(one, table)
            for cell in roles(table, "/TD"):
                named = cell.element.get("/A", {}).get("/Headers", [])
                good = scoped or (named and {str(n) for n in named} <= ids)
                assert good, shown(one, table)
            rows = roles(table, "/TR")
            widths = {len(row.children) for row in rows}
            assert len(rows) > 1, shown(one, table)
            assert len(widths) == 1, shown(one, table)
    assert tables


def test_lists_and_quotations_are_tagged_as_such(built: Build) -> None:
    for one, tree in trees(built):
        for lst in roles(tree, "/L"):
            inside = {child.role for child in lst.children}
            assert inside, shown(one, lst)
            assert inside <= {"/LI", "/Caption"}, shown(one, lst)
        for entry in roles(tree, "/LI"):
            inside = {child.role for child in entry.children}
            assert "/LBody" in inside, shown(one, entry)
        quoted = one.html.count("<blockquote")
        assert len(roles(tree, "/BlockQuote")) >= quoted, one.handout.name
        for figure in roles(tree, "/Figure"):
            assert "/Alt" in figure.element, shown(one, figure)
    for page in (page for one in built.printed for page in one.pdf.pages):
        assert page.Tabs == "/S"
        assert "/StructParents" in page


# ------------------------------------------------------------------------------- text


def test_a_student_s_first_page_has_a_place_for_name_date_and_period(
    built: Build,
) -> None:
    """Cards have none: they are cut apart."""
    students = [one for one in built.students if one.handout.name not in CUT_APART]
    assert len(students) >= 4
    for one in students:
        first = " ".join(one.pages[0].split())
        assert re.search(r"\bName Date Period\b", first), one.handout.name
        assert all("Period" not in page for page in one.pages[1:])
    for one in built.printed:
        # Role cards and ballots are the teacher's to hand on.
        if one.handout.audience == "teacher" and one.handout.name not in HANDED_ON:
            assert "teacher only" in one.pages[0]
            assert "Period" not in "".join(one.pages)


def test_every_page_is_numbered_and_says_what_it_belongs_to(built: Build) -> None:
    for one in built.printed:
        if one.handout.name in CUT_APART:
            continue
        head = one.handout.document.head
        for number, page in enumerate(one.pages, start=1):
            text = " ".join(page.split())
            assert f"Page {number} of {len(one.pages)}" in text, one.handout.name
            assert head.edition in text
            assert head.kit_title in text
            if number > 1:
                assert f"{head.label} · {head.title}" in text


def test_every_page_of_a_quiz_and_of_its_key_bears_the_form_s_code(
    built: Build,
) -> None:
    codes = {form.letter: form.code for form in built.forms.forms}
    quizzes = [one for one in built.printed if one.handout.template == "quiz"]
    assert len(quizzes) == len(codes) == 2
    for one in quizzes:
        document = one.handout.document
        other = next(code for letter, code in codes.items() if letter != document.form)
        for page in one.pages:
            assert f"form code {codes[document.form]}" in " ".join(page.split())
            assert other not in page
    shared = codes["A"].rpartition("-")[0]
    for page in built["key"].pages:
        assert f"form code {shared}" in " ".join(page.split())


def test_no_item_is_split_and_none_is_far_from_its_passage(compact: Build) -> None:
    """Stem and options on one page; a passage whole, on the page of its first item."""
    for one in compact.printed:
        if one.handout.template != "quiz":
            continue
        pages = [squeezed(page) for page in one.pages]
        for block in one.handout.document.blocks:
            for item in block.items:
                # A gap is drawn: it is no text.
                stem = filter(None, map(str.strip, item.stem.split(model.GAP)))
                parts = [*stem, *(option.text for option in item.options)]
                if item.second is not None:
                    parts += [item.second.stem, *(o.text for o in item.second.options)]
                assert together(pages, parts), (one.handout.name, item.id)
            first = block.items[0].stem.split(model.GAP)[0]
            for passage in block.passages[-1:]:
                assert together(pages, [passage.text, first]), passage.id
            for passage in block.passages:
                parts = [passage.context, passage.text, passage.cite]
                assert together(pages, parts), passage.id


def test_no_explained_item_of_the_key_is_split(compact: Build) -> None:
    one = compact["key"]
    pages = [squeezed(page) for page in one.pages]
    for item in one.handout.document.items:
        options = [option for part in item.parts for option in part.options]
        parts = [item.stem, *(words for o in options for words in (o.text, o.why))]
        assert together(pages, parts), item.id


def together(pages: list[str], parts: list[str]) -> bool:
    """Whether the parts stand on one page, one after the other."""
    return any(in_order(page, [squeezed(part) for part in parts]) for page in pages)


def in_order(page: str, parts: list[str]) -> bool:
    at = 0
    for part in parts:
        at = page.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def test_every_card_is_whole_and_in_its_own_quarter_of_the_sheet(built: Build) -> None:
    """Cut twice, and each piece is one card: nothing hangs over the cut."""
    one = built["cards"]
    cards = one.handout.document.cards
    texts = list(card_texts(one.data))
    assert len(texts) == 4 * len(one.pages)
    for card, text in zip(cards, texts, strict=False):
        assert missing_on_card(card, text) == [], card.label
        tags = [other.tag for other in cards if squeezed(other.tag) in text]
        assert tags == [card.tag]
    assert not any(texts[len(cards) :])


def test_no_text_comes_near_the_edge_of_the_paper(built: Build) -> None:
    """Ten points: what every printer can print. Headings for readers' ears excepted."""
    for one in built.printed:
        for page in pypdfium2.PdfDocument(one.data):
            text = page.get_textpage()
            boxes = [text.get_rect(n) for n in range(text.count_rects())]
            seen = [box for box in boxes if box[3] - box[1] > 2]
            assert seen
            assert min(box[0] for box in seen) > 10
            assert min(box[1] for box in seen) > 10
            assert max(box[2] for box in seen) < page.get_width() - 10
            assert max(box[3] for box in seen) < page.get_height() - 10
