"""No reader of a quiz turns a leaf between a passage and its items."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from debatekit.assets import bundled_kit
from debatekit.documents.handouts import printed_forms
from debatekit.documents.quiz import Quiz, quiz
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz.forms import make_forms
from debatekit.render import openings
from debatekit.render.boxes import pages_of
from debatekit.render.html import Paper, Theme, to_html
from debatekit.render.openings import print_openings
from debatekit.render.pdf import Pdf, Printer

PRINTS = [
    (paper, theme)
    for paper in ("letter", "a4")
    for theme in ("standard", "easy", "large")
]


def printed(document: Quiz, paper: str, theme: str) -> Pdf:
    printer = Printer(cast(Paper, paper), (), cast(Theme, theme))
    return print_openings(printer, "quiz", "quiz", document)


def blocks(pdf: Pdf) -> dict[str, list[int]]:
    return pages_of(pdf.layout, "data-block")


def turned(pdf: Pdf) -> list[str]:
    """The blocks of two pages that are not seen at once: 1 and 2, 3 and 4 …"""
    found = blocks(pdf).items()
    return [b for b, pages in found if len(pages) == 2 and pages[0] % 2]


def with_long_passages(kit: Kit, words: int, items: int) -> Quiz:
    """A quiz of three passages of so many words, each with so many items."""
    (form,) = make_forms(kit, kit.items.values(), 1, seed=1).forms
    document = quiz(kit, form)
    chosen = [b for b in document.blocks if len(b.items) >= items][:3]
    assert len(chosen) == 3
    text = " ".join(f"word{number}" for number in range(words))
    return replace(
        document,
        blocks=tuple(
            replace(
                block,
                passages=(replace(block.passages[0], text=text),),
                items=block.items[:items],
            )
            for block in chosen
        ),
    )


@pytest.fixture(scope="module")
def kit(large_kit: Path) -> Kit:
    return sound_kit(large_kit)


@pytest.mark.parametrize(("paper", "theme"), PRINTS)
def test_no_block_of_the_bundled_quiz_runs_over_a_turn(paper: str, theme: str) -> None:
    kit = sound_kit(bundled_kit())
    (form,) = printed_forms(kit, 1, 1).forms
    pdf = printed(quiz(kit, form), paper, theme)
    assert len(blocks(pdf)) == len(form.blocks) > 2
    assert turned(pdf) == []


# Lengths of passages, in words, at which a block runs over a turn.
BITING = {"standard": (220, 260), "easy": (100, 140), "large": (60, 100)}


@pytest.mark.parametrize(("paper", "theme"), PRINTS)
def test_a_block_that_would_run_over_a_turn_is_moved(
    kit: Kit, paper: str, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [with_long_passages(kit, words, 2) for words in BITING[theme]]
    moved = [printed(document, paper, theme) for document in documents]
    assert [(len(blocks(pdf)), turned(pdf)) for pdf in moved] == [(3, []), (3, [])]
    monkeypatch.setattr(openings, "_STEPS", ())
    fallen = [printed(document, paper, theme) for document in documents]
    assert any(map(turned, fallen)), "no block is moved here: choose other lengths"


@pytest.mark.parametrize("words", range(60, 700, 80))
def test_blocks_of_every_length_are_seen_at_once(kit: Kit, words: int) -> None:
    pdf = printed(with_long_passages(kit, words, 3), "letter", "standard")
    assert turned(pdf) == []
    order = [pages[0] for pages in blocks(pdf).values()]
    assert order == sorted(order)


def test_a_block_longer_than_a_page_begins_on_a_left_one(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the next page it would still run over a turn: 3 and 4."""
    document = with_long_passages(kit, 260, 2)
    found = blocks(printed(document, "letter", "standard")).values()
    assert [pages for pages in found if len(pages) == 2]
    assert [p for p in found if len(p) == 2 and p[0] % 2] == []
    monkeypatch.setattr(openings, "_STEPS", ("page",))
    assert turned(printed(document, "letter", "standard"))


@pytest.mark.parametrize("words", [1500, 4000])
def test_a_block_longer_than_an_opening_stays_as_it_falls(
    kit: Kit, words: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = with_long_passages(kit, words, 2)
    pdf = printed(document, "letter", "standard")
    long = [pages for pages in blocks(pdf).values() if len(pages) > 2]
    assert long
    assert turned(pdf) == []
    only = replace(document, blocks=document.blocks[:1])
    alone = printed(only, "letter", "standard")
    monkeypatch.setattr(openings, "_STEPS", ())
    assert printed(only, "letter", "standard").data == alone.data


def test_a_quiz_that_fits_is_set_as_it_was(starter: Path) -> None:
    kit = sound_kit(starter)
    (form,) = printed_forms(kit, 1, 1).forms
    document = quiz(kit, form)
    printer = Printer("letter")
    plain = printer.print(to_html("quiz", document), "quiz")
    assert print_openings(printer, "quiz", "quiz", document).data == plain.data
