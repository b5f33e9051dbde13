"""Cards: whose words, which of them to read aloud, how long that takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debatekit.assets import bundled_kit
from debatekit.documents.cards import Card, Run, cards, read_aloud, seconds
from debatekit.kit.kit import Kit
from debatekit.kit.quotes import folded
from debatekit.kit.review import sound_kit
from debatekit.quiz.passages import nested

WORDS = st.sampled_from(
    ["may", "could", "not", "spy’s", "“network”", '"5G"', "a-b", "Ünal", "—", "no,"]
)


@pytest.fixture(params=["full", "bundled"])
def kit(request: pytest.FixtureRequest, full_kit: Path) -> Kit:
    return sound_kit(full_kit if request.param == "full" else bundled_kit())


def evidence_of(kit: Kit) -> dict[str, tuple[str, ...]]:
    """Tag → the words the author wants read aloud, as they are set on the card."""
    return {
        e.tag: tuple(nested(words) for words in e.read)
        for c in kit.contentions.values()
        for e in c.evidence
    }


def aloud(card: Card) -> list[str]:
    return [run.text for run in card.body if run.aloud]


def test_the_runs_of_a_card_are_its_words_and_nothing_is_lost(kit: Kit) -> None:
    shown = cards(kit).cards
    assert shown
    for card in shown:
        assert "".join(run.text for run in card.body) == card.quote.text, card.label
        assert all(run.text for run in card.body), card.label


def test_what_the_author_marked_is_what_is_read_aloud(kit: Kit) -> None:
    """All of it, in its order, and only it; without marks the whole card."""
    marked = evidence_of(kit)
    for card in cards(kit).cards:
        wanted = marked[card.tag] or (card.quote.text,)
        spoken = " ".join(aloud(card))
        assert folded(spoken) == folded(" ".join(wanted)), card.label


@given(
    st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=12),
    st.sampled_from([" ", "  ", "\n"]),
)
def test_runs_join_to_the_text(parts: list[tuple[str, bool]], gap: str) -> None:
    """For every text and every marking of its words, in its order."""
    text = nested(gap.join(word for word, _ in parts))
    marks: list[str] = []
    for index, (word, marked) in enumerate(parts):
        if marked:
            with_last = index and parts[index - 1][1]
            marks[-1:] = [f"{marks[-1]} {word}"] if with_last else [*marks[-1:], word]
    read = tuple(nested(words) for words in marks)
    runs = read_aloud(text, read)
    assert "".join(run.text for run in runs) == text
    if read:
        assert [folded(run.text) for run in runs if run.aloud] == [
            folded(words) for words in read
        ]
    else:
        assert runs == (Run(text, True),)


def test_marks_may_be_written_with_other_quotation_marks_than_the_text() -> None:
    runs = read_aloud("They pay ‘their’ taxes.", ("pay 'their' taxes",))
    assert [run.text for run in runs if run.aloud] == ["pay ‘their’ taxes"]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("", 0),
        ("word", 1),
        (" ".join(["word"] * 5), 2),
        (" ".join(["word"] * 150), 60),
        (" ".join(["word"] * 151), 61),
        ("one — two – three", 2),
        ("one […] two", 1),
    ],
)
def test_seconds_at_150_words_a_minute_rounded_up(text: str, time: int) -> None:
    assert seconds(text) == time


def test_the_time_of_a_card_is_that_of_its_tag_and_the_words_read(kit: Kit) -> None:
    for card in cards(kit).cards:
        spoken = " ".join([card.tag, *aloud(card)])
        count = len(re.sub(r"\[…\]|[—–]", " ", spoken).split())
        assert card.seconds == -(-count * 60 // 150), card.label
        assert card.seconds > 0


def test_a_fact_is_not_shown_as_a_quotation(kit: Kit) -> None:
    by_tag = {e.tag: e for c in kit.contentions.values() for e in c.evidence}
    shown = cards(kit).cards
    facts = [card for card in shown if by_tag[card.tag].fact]
    assert facts
    assert len(facts) < len(shown)
    for card in shown:
        assert card.quote.quoted == (by_tag[card.tag].passage is not None)
        assert (card.quote.kind == "fact, in our words") == (not card.quote.quoted)
    for card in facts:
        assert card.quote.text == kit.facts[by_tag[card.tag].fact or ""].statement


def test_how_sure_a_fact_is_stands_on_its_card(full_kit: Path) -> None:
    by_label = {card.label: card for card in cards(sound_kit(full_kit)).cards}
    assert by_label["P2"].quote.cite.endswith("changed in 2013, 2013")
    assert by_label["P6"].quote.cite == "An office, A count; low confidence"


def test_a_reader_comment_is_never_cited_as_an_authority(kit: Kit) -> None:
    by_tag = {e.tag: e for c in kit.contentions.values() for e in c.evidence}
    comments = [
        card
        for card in cards(kit).cards
        if by_tag[card.tag].passage
        and kit.source_of[by_tag[card.tag].passage or ""].text.layout == "comments"
    ]
    assert comments
    for card in comments:
        line = f"{card.quote.cite}; {card.who}"
        assert "reader comment" in line
        assert "screen name" in line
        assert line.count("not verified") == 1
