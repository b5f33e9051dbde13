"""Cards on paper: whole, inside their safe area, smaller before they are refused."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from pdfs import BOXES, missing_on_card, outline, printed_tree, squeezed, tag_tree
from test_render_boxes import with_longer_tag
from test_render_sheets import MODES, SIZES

from debatekit.cli.main import run
from debatekit.documents.backs import first_sentence
from debatekit.documents.cards import CardMode, Cards, CardSize, Printing, cards
from debatekit.documents.common import card_labels
from debatekit.kit.problems import UserError
from debatekit.kit.review import sound_kit
from debatekit.render.cardsheets import STEPS, card_sheets, print_cards
from debatekit.render.html import Paper, Theme, style_sheet, to_html
from debatekit.render.manifest import read_manifest
from debatekit.render.pdf import Pdf, Printer
from debatekit.render.sheets import PAPERS, Place, layout

MM = 72 / 25.4
# Words more in a tag: set smaller from somewhat below the first, refused above.
SHRUNK, REFUSED = 140, 200
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def document() -> Cards:
    return cards(sound_kit(ROOT / "seeds" / "starter"))


@pytest.fixture(scope="module")
def printers() -> dict[Paper, Printer]:
    return {paper: Printer(paper) for paper in BOXES}


@dataclass(frozen=True)
class Word:
    """A line of text on a page, in mm from the upper left corner."""

    text: str
    place: Place


def words(data: bytes) -> Iterator[list[Word]]:
    for page in pypdfium2.PdfDocument(data):
        text, height = page.get_textpage(), page.get_height()
        found = []
        for n in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(n)
            if top - bottom < 2:  # For readers' ears.
                continue
            place = Place(
                left / MM, (height - top) / MM, (right - left) / MM, (top - bottom) / MM
            )
            found.append(Word(text.get_text_bounded(left, bottom, right, top), place))
        yield found


def is_in(outer: Place, inner: Place) -> bool:
    return (
        inner.left >= outer.left - 0.05
        and inner.top >= outer.top - 0.05
        and inner.right <= outer.right + 0.05
        and inner.bottom <= outer.bottom + 0.05
    )


@pytest.mark.parametrize("paper", [*BOXES])
@pytest.mark.parametrize(("mode", "size"), [*product(MODES, SIZES)])
def test_cards_are_whole_and_all_text_is_in_a_safe_area(
    document: Cards,
    printers: dict[Paper, Printer],
    paper: Paper,
    mode: CardMode,
    size: CardSize,
) -> None:
    document = replace(document, printing=Printing(mode, size))
    sheet = layout(document.printing, paper)
    pdf = print_cards(printers[paper], "cards", document, paper)
    count = -(-len(document.cards) // len(sheet.fronts))
    assert pdf.pages == (count if mode in ("fronts", "fold") else 2 * count)
    for box in (page.mediabox for page in pages_of(pdf.data)):
        assert (box.width, box.height) == pytest.approx(BOXES[paper], abs=1)
    waste = [sheet.rule, *([sheet.ids] if sheet.ids else [])]
    allowed = [p.safe for p in (*sheet.fronts, *sheet.backs)] + waste
    for page in words(pdf.data):
        assert page
        for word in page:
            assert any(is_in(place, word.place) for place in allowed), word


@pytest.mark.parametrize(("mode", "size"), [*product(MODES, SIZES)])
def test_every_face_stands_where_its_card_is_cut_out(
    document: Cards, printers: dict[Paper, Printer], mode: CardMode, size: CardSize
) -> None:
    """Seen on the page: each label on the front at its place, and on its back."""
    document = replace(document, printing=Printing(mode, size))
    laid = layout(document.printing, "letter")
    pages = card_sheets(document, laid, {}).pages
    data = print_cards(printers["letter"], "cards", document, "letter").data
    met = []
    for page, printed in zip(pages, words(data), strict=True):
        for face in page.faces:
            inside = [w.text for w in printed if is_in(face.place, w.place)]
            text = squeezed("".join(inside))
            if face.place.turned:
                text = squeezed("".join(sorted(inside)))
            assert f"·{face.card.label}" in text, (face.fit, inside)
            assert face.front == ("readaloud" in text)
            met.append((face.card.label, face.front))
    faces = 1 if mode == "fronts" else 2
    assert sorted(set(met)) == sorted(met)
    assert len(met) == faces * len(document.cards)


def test_the_order_of_the_pages(document: Cards) -> None:
    def order(mode: CardMode) -> list[str]:
        # One card to a sheet, so that there are several sheets.
        printing = Printing(mode, "4x6")
        laid = replace(layout(printing, "a4"))
        short = replace(laid, fronts=laid.fronts[:1], backs=laid.backs[:1])
        sheets = card_sheets(replace(document, printing=printing), short, {})
        return ["+".join(face.fit for face in page.faces) for page in sheets.pages]

    labels = [card.label for card in document.cards]
    backs = [f"{label} (back)" for label in labels]
    pairs = [part for pair in zip(labels, backs, strict=True) for part in pair]
    assert order("fronts") == labels
    assert order("fronts-then-backs") == labels + backs
    assert order("long-edge") == order("short-edge") == pairs
    assert order("fold") == [
        f"{front}+{back}" for front, back in zip(labels, backs, strict=True)
    ]


def test_an_offset_is_seen_on_the_backs_alone(
    document: Cards, printers: dict[Paper, Printer]
) -> None:
    def printed(offset: tuple[float, float]) -> list[list[Word]]:
        so = replace(document, printing=Printing("long-edge", "quarter", offset))
        return list(words(print_cards(printers["a4"], "cards", so, "a4").data))

    (front, back), (same, moved) = printed((0, 0)), printed((1.5, -2))
    assert front == same
    for before, after in zip(back, moved, strict=True):
        assert after.place.left - before.place.left == pytest.approx(1.5, abs=0.02)
        assert after.place.top - before.place.top == pytest.approx(-2, abs=0.02)


def test_the_check_rule_measures_100_mm_on_paper(
    document: Cards, printers: dict[Paper, Printer]
) -> None:
    data = print_cards(printers["letter"], "cards", document, "letter").data
    page = pypdfium2.PdfDocument(data)[0]
    scale = 8
    image = page.render(scale=scale).to_pil().convert("L")
    rule = layout(document.printing, "letter").rule
    row = round((rule.bottom * MM - 0.2) * scale)
    # As far as the dashed line in the middle, along which the cards are cut.
    middle = round((PAPERS["letter"][0] / 2 - 1) * MM * scale)
    dark = [x for x in range(middle) if image.getpixel((x, row)) < 128]
    assert (dark[-1] - dark[0] + 1) / scale / MM == pytest.approx(100, abs=0.15)


# ---------------------------------------------------------------- too much text


@pytest.mark.parametrize("words_more", [2 * REFUSED, 10 * REFUSED])
def test_a_card_at_the_foot_of_the_paper_is_refused_too(
    starter: Path, printers: dict[Paper, Printer], words_more: int
) -> None:
    """Text that runs off the paper was once cut there, and its rest was nowhere."""
    document = cards(sound_kit(with_longer_tag(starter, "con.yaml", words_more)))
    with pytest.raises(UserError, match="card C1 does not fit"):
        print_cards(printers["letter"], "cards", document, "letter")


@pytest.mark.parametrize("words_more", [*range(0, 240, 20)])
def test_a_card_shrinks_step_by_step_and_is_then_refused_by_name(
    starter: Path, printers: dict[Paper, Printer], words_more: int
) -> None:
    document = cards(sound_kit(with_longer_tag(starter, "pro.yaml", words_more)))
    if words_more >= REFUSED:
        with pytest.raises(UserError) as refused:
            print_cards(printers["letter"], "cards", document, "letter")
        message = refused.value.message
        assert message.startswith("cards: card P2 does not fit, even with")
        assert "8 points" in message
        assert "--card-size" in refused.value.hint
        return
    data = print_cards(printers["letter"], "cards", document, "letter").data
    text = squeezed("".join(page.extract_text() for page in pages_of(data)))
    for card in document.cards:
        assert missing_on_card(card, text) == []


def test_only_the_card_that_is_too_full_is_set_smaller(
    starter: Path, printers: dict[Paper, Printer]
) -> None:
    document = cards(sound_kit(with_longer_tag(starter, "pro.yaml", 0)))
    before = card_pages(printers, document)
    document = cards(sound_kit(with_longer_tag(starter, "pro.yaml", SHRUNK)))
    after = card_pages(printers, document)
    assert set(before.values()) == {0}
    assert {label for label, step in after.items() if step} == {"P2"}


def card_pages(printers: dict[Paper, Printer], document: Cards) -> dict[str, int]:
    """The step at which each card was printed in the end."""
    seen: list[str] = []

    class Listening(Printer):
        def __init__(self) -> None:
            self.__dict__ = printers["letter"].__dict__

        def print(self, html: str, name: str, sheets: int | None = None) -> Pdf:
            seen.append(html)
            return super().print(html, name, sheets)

    print_cards(Listening(), "cards", document, "letter")
    found = re.findall(r'class="card[^"]* step-(\d)[^>]* data-fit="([^"]+)"', seen[-1])
    return {label: int(step) for step, label in found}


def test_no_text_of_a_card_is_set_below_8_points(
    document: Cards, printers: dict[Paper, Printer]
) -> None:
    css = style_sheet("cards.css")
    steps = re.findall(r"--card-body: ([\d.]+)pt", css)
    assert [float(step) for step in steps] == list(STEPS)
    small = {
        float(size)
        for rule in css.split("}")
        for size in re.findall(r"font-size: ([\d.]+)pt", rule)
        if "check-rule" not in rule
    }
    assert small
    assert min(small) >= 8


# ------------------------------------------------------------------- the back


def test_the_back_says_who_and_how_to_answer(full_kit: Path) -> None:
    kit = sound_kit(full_kit)
    document = cards(kit)
    by_id = dict(zip(card_labels(kit).values(), card_labels(kit), strict=True))
    answered = 0
    for card in document.cards:
        replies = kit.rebuttals[card.contention_id]
        assert (card.back.reply, card.back.answer) == (
            replies[0].text,
            replies[0].answer,
        )
        assert card.back.who
        assert card.back.kind == card.quote.kind
        if card.back.reply_card:
            answered += 1
            assert card.back.reply_card[0] != card.label[0]
            leans = {(s.passage, s.fact) for s in replies[0].support}
            evidence = next(
                e
                for c in kit.contentions.values()
                for e in c.evidence
                if e.id == by_id[card.back.reply_card]
            )
            assert (evidence.passage, evidence.fact) in leans
    assert answered


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("One", "One"),
        ("Use it. “Two” is next.", "Use it."),
        ("He said ‘no.’ Then he left.", "He said ‘no.’"),
        ("By Mr. Smith of the U.S. Army. It is old.", "By Mr. Smith of the U.S. Army."),
        ("It cost 1.5 million. 2019 was worse.", "It cost 1.5 million."),
        ("Is it? It is.", "Is it?"),
    ],
)
def test_the_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


# ------------------------------------------------------- structure, web, command


@pytest.mark.parametrize("theme", ["standard", "easy", "large"])
@pytest.mark.parametrize("mode", ["fold", "short-edge"])
def test_backs_are_tagged_and_bookmarked(
    full_kit: Path, theme: Theme, mode: CardMode
) -> None:
    document = replace(cards(sound_kit(full_kit)), printing=Printing(mode))
    data = print_cards(Printer("a4", (), theme), "cards", document, "a4").data
    titles = [squeezed(title) for title in outline(data)]
    for card in document.cards:
        heads = [t for t in titles if f"·{card.label}" in re.split("read|back", t)[0]]
        assert any(t.endswith("back") for t in heads), card.label
    with pikepdf.open(io.BytesIO(data)) as pdf:
        roles = [tag.role for tag in tag_tree(pdf).all()]
        assert roles.count("/H2") == 2 * len(document.cards)
        assert roles.count("/H1") == 1
        order = [int(role[2]) for role in roles if re.fullmatch("/H[1-6]", role)]
        assert all(b <= a + 1 for a, b in pairwise(order)), printed_tree(tag_tree(pdf))


def test_values_in_styles_are_numbers(full_kit: Path) -> None:
    document = replace(
        cards(sound_kit(full_kit)), printing=Printing("short-edge", "a7")
    )
    laid = layout(document.printing, "letter")
    html = to_html("cardsheets", card_sheets(document, laid, {}))
    styles = re.findall(r'style="([^"]*)"', html)
    assert styles
    number = r"-?\d+(\.\d+)?mm"
    box = rf"left: {number}; top: {number}; width: {number}; height: {number}"
    assert not [style for style in styles if not re.fullmatch(box, style)]


def test_web_pages_show_backs_when_they_are_asked_for(document: Cards) -> None:
    assert "Best answer" not in to_html("cards", document)
    so = replace(document, printing=Printing("fold"))
    assert to_html("cards", so).count("Best answer") == len(document.cards)


def test_the_command(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    build = ["build", "cards", "--kit", str(starter), "--out", str(out)]
    assert run(build) == 0
    manifest = read_manifest(out / "manifest.json")
    assert manifest
    assert "printing" not in manifest["files"]["voting-age/student/cards.pdf"]
    so = ["--cards", "long-edge", "--card-size", "a7", "--back-offset", "0.5,-1"]
    assert run([*build, *so]) == 0
    manifest = read_manifest(out / "manifest.json")
    assert manifest
    entry = manifest["files"]["voting-age/student/cards.pdf"]
    assert entry["pages"] == 2
    assert entry["printing"] == {
        "mode": "long-edge",
        "size": "a7",
        "back_offset": [0.5, -1],
    }
    capsys.readouterr()
    assert run([*build, "--back-offset", "1,1"]) == 1
    assert "other side of the sheet" in capsys.readouterr().err
    for wrong in ("1", "a,b", "1,2,3", "nan,0", "99,0"):
        with pytest.raises(SystemExit) as leave:
            raise SystemExit(run([*build, *so[:-1], wrong]))
        assert leave.value.code == 2, wrong


@pytest.mark.slow
@pytest.mark.parametrize(
    ("paper", "size"),
    # A card of fixed size is the same on both papers.
    [*product(["letter"], SIZES), ("a4", "quarter"), ("a4", "eighth")],
)
def test_the_bundled_kit_fits_on_cards_of_every_size(
    printers: dict[Paper, Printer], paper: Paper, size: CardSize
) -> None:
    document = cards(sound_kit(ROOT / "seeds" / "huawei-ban"))
    document = replace(document, printing=Printing("long-edge", size))
    assert print_cards(printers[paper], "cards", document, paper).pages


def pages_of(data: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(data)).pages)
