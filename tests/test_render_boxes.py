"""What finds no room on its page ends the printing; nothing is lost in silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pdfs import card_texts, missing_on_card

from debatekit.cli.main import run
from debatekit.documents.cards import cards
from debatekit.kit.problems import UserError
from debatekit.kit.review import sound_kit
from debatekit.render.boxes import text_lines
from debatekit.render.html import to_html, voice
from debatekit.render.pdf import Printer

BOX = "<div style='height: 3cm; width: 6cm; {}'>{}</div>"
MANY = " ".join(f"word{n}" for n in range(80))


@pytest.fixture(scope="module")
def printer() -> Printer:
    return Printer("letter")


def page(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><title>Trial</title></head>'
        f"<body>{body}</body></html>"
    )


@pytest.mark.parametrize(
    "body",
    [
        BOX.format("", "Some words."),
        BOX.format("overflow: hidden", MANY),
        BOX.format("height: auto; min-height: 3cm", MANY),
        BOX.format("", "<p>Some words.</p><p>More words.</p>"),
        # An option's letter: its line is higher than the ring around it.
        "<span style='display: inline-block; height: 3pt'>A</span>",
        BOX.format(
            "position: relative",
            "<p>Words.</p><p style='position: absolute; bottom: 0'>Foot.</p>",
        ),
        # Taken out of the flow and empty: the lines along which cards are cut.
        BOX.format("", "Words.<i style='position: absolute; top: 0'></i>"),
        # Blank space to write in is not text.
        BOX.format("", "Words.<div style='height: 4cm'></div>"),
        f"<p>{MANY}</p>" * 30,
    ],
)
def test_what_fits_is_printed(printer: Printer, body: str) -> None:
    assert printer.print(page(body), "trial").data


@pytest.mark.parametrize(
    "body",
    [
        BOX.format("", MANY),
        BOX.format("", f"<section><p>word0 word1</p><p>{MANY}</p></section>"),
        BOX.format("float: left", f"<section>{MANY}</section>"),
        BOX.format(
            "position: relative",
            "word0 <p style='margin-top: 1cm'>word</p>"
            "<p style='position: absolute; bottom: 0; height: 2cm'>Foot.</p>",
        ),
        BOX.format("height: auto", "word0" + "o" * 200),
        f"<p>word0{'o' * 300}</p>",
    ],
)
def test_what_does_not_fit_ends_the_printing(printer: Printer, body: str) -> None:
    with pytest.raises(UserError) as failure:
        printer.print(page(body), "trial")
    message = failure.value.message
    assert re.match(r"trial: “word0.* does not fit its space on page 1", message)
    assert failure.value.hint


def test_the_page_is_named(printer: Printer) -> None:
    over = BOX.format("", MANY)
    after = f"<div style='break-before: page'>{over}</div>"
    with pytest.raises(UserError, match="space on page 3"):
        printer.print(page(f"<p>One.</p>{after.replace(over, 'Two.')}{after}"), "trial")


# ------------------------------------------------------------------------- cards

FIRST, LAST = "pro.yaml", "con.yaml"
TAGS = {
    FIRST: "At least one American city has let people of sixteen vote.",
    LAST: "The Constitution protects the vote from eighteen.",
}


def with_longer_tag(folder: Path, file: str, words: int) -> Path:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    longer = f"{TAGS[file]} {'word ' * words}".strip()
    assert TAGS[file] in text
    path.write_text(text.replace(TAGS[file], longer), encoding="utf-8")
    return folder


@pytest.mark.parametrize("file", TAGS)
@pytest.mark.parametrize("words", [*range(0, 90, 6), 160, 400, 2000])
def test_a_card_is_printed_whole_or_not_at_all(
    starter: Path, printer: Printer, file: str, words: int
) -> None:
    """In the upper row it would run over another card, in the lower off the paper."""
    document = cards(sound_kit(with_longer_tag(starter, file, words)))
    html = to_html("cards", document)
    try:
        data = printer.print(html, "cards", sheets=1).data
    except UserError:
        assert words > 30
        return
    assert words < 90
    for card, text in zip(document.cards, card_texts(data), strict=False):
        assert missing_on_card(card, text) == []


@pytest.mark.parametrize("file", TAGS)
def test_a_card_too_full_leaves_every_file_as_it_was(
    starter: Path, tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = ["build", "--kit", str(starter), "--out", str(out)]
    assert run(command) == 0
    before = {path: path.read_bytes() for path in out.rglob("*.*")}
    assert len(before) >= 7
    capsys.readouterr()
    with_longer_tag(starter, file, 400)
    head = starter / "kit.yaml"
    text = head.read_text(encoding="utf-8")
    head.write_text(text.replace("The voting age", "Another title"), encoding="utf-8")
    assert run(command) == 1
    label = "P2" if file == FIRST else "C1"
    error = capsys.readouterr().err
    assert error.startswith(f"debatekit: cards: card {label} does not fit")
    assert error.count("does not fit") == 1
    assert "no file was written" in error
    assert {path: path.read_bytes() for path in out.rglob("*.*")} == before


def test_more_pages_than_sheets_end_the_printing(printer: Printer) -> None:
    two = page("<p>One.</p><p style='break-before: page'>Two.</p>")
    with pytest.raises(UserError, match="1 sheets became 2 pages"):
        printer.print(two, "cards", sheets=1)


def test_a_line_is_not_broken_before_the_words_that_lead_to_a_quotation(
    printer: Printer,
) -> None:
    """A space that falls on the margin made WeasyPrint break the line six words early:
    'voice' keeps it out of the run of words before it."""
    text = (
        "This source reports a “ban on Huawei products”. Source D says that the order "
        "“did not specifically name countries or companies”. Which one fits?"
    )
    body = (
        "<ol class='questions'><li data-text='q'><b>Corroboration.</b> "
        f"{voice(text)}</li></ol>"
    )
    lines = text_lines(printer.lay_out(page(body), "trial"), "data-text")["q"]
    assert lines[0].endswith("says that the order")
