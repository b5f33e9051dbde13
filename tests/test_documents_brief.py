"""A brief: one side's whole case, numbered, with what will be said against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from debatekit.assets import bundled_kit
from debatekit.documents.brief import brief
from debatekit.documents.cards import cards, side_cards
from debatekit.documents.common import (
    reference_line,
    short_cite,
    source_line,
)
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz.passages import nested

both_sides = pytest.mark.parametrize("side", model.SIDES)


@pytest.fixture(params=["full", "bundled"])
def kit(request: pytest.FixtureRequest, full_kit: Path) -> Kit:
    return sound_kit(full_kit if request.param == "full" else bundled_kit())


@both_sides
def test_contentions_are_numbered_in_the_order_written(
    kit: Kit, side: model.Side
) -> None:
    written = kit.sides[side].contentions
    shown = brief(kit, side).contentions
    assert [c.number for c in shown] == list(range(1, len(written) + 1))
    assert [c.claim for c in shown] == [c.claim for c in written]
    assert [c.warrant for c in shown] == [c.warrant for c in written]
    assert [c.impact for c in shown] == [c.impact for c in written]


@both_sides
def test_a_brief_holds_its_own_side_only(kit: Kit, side: model.Side) -> None:
    other = next(s for s in model.SIDES if s != side)
    shown = repr(brief(kit, side).contentions)
    claims = [c.claim for c in kit.sides[other].contentions]
    assert claims
    assert not any(repr(claim)[1:-1] in shown for claim in claims)
    assert brief(kit, side).head.side == side
    assert brief(kit, side).head.handout == f"brief-{side}"


@both_sides
def test_every_reply_to_a_contention_stands_with_its_answer(
    kit: Kit, side: model.Side
) -> None:
    """Not one is left out, not one belongs to another contention."""
    other = next(s for s in model.SIDES if s != side)
    shown = brief(kit, side).contentions
    replies = 0
    for contention, printed in zip(kit.sides[side].contentions, shown, strict=True):
        written = [r for r in kit.sides[other].rebuttals if r.answers == contention.id]
        pairs = [(r.text, r.answer) for r in written]
        assert [(x.they_say, x.you_answer) for x in printed.exchanges] == pairs
        assert [len(x.support) for x in printed.exchanges] == [
            len(r.support) for r in written
        ]
        assert all(cite for x in printed.exchanges for cite in x.support)
        replies += len(pairs)
    assert replies == len(kit.sides[other].rebuttals)


@both_sides
def test_a_card_has_the_same_label_tag_and_words_in_the_brief_and_on_the_card(
    kit: Kit, side: model.Side
) -> None:
    in_brief = {
        e.card: (e.tag, e.quote, c.number, c.claim)
        for c in brief(kit, side).contentions
        for e in c.evidence
    }
    on_cards = {
        card.label: (card.tag, card.quote, card.contention, card.claim)
        for card in side_cards(kit, side)
    }
    assert in_brief == on_cards
    assert in_brief


def test_labels_are_unique_and_count_up_from_one_on_each_side(kit: Kit) -> None:
    labels = [card.label for card in cards(kit).cards]
    evidence = {
        side: [e for c in kit.sides[side].contentions for e in c.evidence]
        for side in model.SIDES
    }
    assert labels == [
        f"{letter}{number}"
        for letter, side in (("P", "pro"), ("C", "con"))
        for number, _ in enumerate(evidence[side], start=1)
    ]
    assert [card.tag for card in cards(kit).cards] == [
        e.tag for side in model.SIDES for e in evidence[side]
    ]


@both_sides
def test_the_frame_of_the_debate_is_printed(kit: Kit, side: model.Side) -> None:
    shown = brief(kit, side)
    measure = next(m for m in kit.head.measures if m.id == kit.head.motion.measure)
    assert shown.motion == kit.head.motion.sentence
    assert (shown.measure, shown.measure_text) == (measure.name, measure.what)
    assert shown.both_accept == kit.head.both_accept
    assert shown.norms == kit.head.norms
    defined = [kit.terms[term] for term in kit.head.motion.definitions]
    assert [(g.term, g.meaning) for g in shown.definitions] == [
        (term.term, term.meaning) for term in defined
    ]
    letters = [line.partition(":")[0] for line in shown.sources]
    assert letters == sorted(f"Source {s.letter}" for s in kit.sources)


@both_sides
def test_every_fact_in_a_brief_has_its_document_in_the_list(
    kit: Kit, side: model.Side
) -> None:
    shown = brief(kit, side)
    lines = [d.line for d in shown.documents]
    assert lines == sorted(set(lines), key=str.casefold)
    facts = set()
    for contention in kit.sides[side].contentions:
        replies = kit.rebuttals.get(contention.id, ())
        facts |= {e.fact for e in contention.evidence}
        facts |= {s.fact for r in (contention, *replies) for s in r.support}
    named = [kit.facts[fact].reference for fact in facts if fact]
    assert {reference_line(r) for r in named} == set(lines)
    for document in shown.documents:
        same = [r for r in named if reference_line(r) == document.line]
        assert document.url in {r.url for r in same}
        assert all(r.note in document.note for r in same)
    assert [c.support for c in shown.contentions] == [
        tuple(short_cite(kit, s) for s in c.support)
        for c in kit.sides[side].contentions
    ]


def test_quoted_words_are_set_with_single_marks_inside() -> None:
    assert nested("He said “no”.") == "He said ‘no’."
    assert nested('He said "no".') == "He said 'no'."
    assert nested("It isn’t ‘so’.") == "It isn’t ‘so’."


def test_no_quotation_closes_its_own_marks_early(kit: Kit) -> None:
    """On paper every quotation stands between “ and ”: none may be inside."""
    texts = [card.quote.text for card in cards(kit).cards if card.quote.quoted]
    assert texts
    assert not [text for text in texts if set(text) & set('“”"')]


def test_a_title_with_quotation_marks_keeps_its_source_line_readable(
    starter: Path,
) -> None:
    path = starter / "sources" / "eisenhower.yaml"
    text = path.read_text(encoding="utf-8")
    title = "Annual Message to the Congress on the State of the Union"
    path.write_text(text.replace(title, "On “the Union”, again"), encoding="utf-8")
    source = next(s for s in sound_kit(starter).sources if s.id == "eisenhower")
    assert "“On ‘the Union’, again”" in source_line(source)


def test_what_is_not_known_of_a_source_is_said(full_kit: Path) -> None:
    essay = next(s for s in sound_kit(full_kit).sources if s.id == "essay")
    line = source_line(essay)
    assert line.startswith("Author not known (a teacher). “The essay”.")
    assert line.endswith("undated (The web page has no date).")
