"""The bundled kit holds what a model kit should hold, and says truthfully how much."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, get_args

import pytest

from debatekit.assets import bundled_kit
from debatekit.documents.cards import cards
from debatekit.kit.census import census
from debatekit.kit.checks.bank import longest_share
from debatekit.kit.checks.choices import choices
from debatekit.kit.kit import Kit
from debatekit.kit.model import SIDES, Skill
from debatekit.kit.review import sound_kit

SOURCE_CHECKED = ("wrong", "misleading", "outdated", "disputed", "unverifiable")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return sound_kit(bundled_kit())


@pytest.fixture(scope="module")
def counts(kit: Kit) -> dict[str, Any]:
    return census(kit)


def test_passages_and_facts(kit: Kit, counts: dict[str, Any]) -> None:
    assert counts["passages"]["total"] >= 70
    assert counts["passages"]["pro"] >= 20
    assert counts["passages"]["mixed"]
    assert counts["passages"]["neutral"]
    assert counts["facts"] >= 40
    assert all(fact.as_of for fact in kit.facts.values())
    assert any(fact.overtakes for fact in kit.facts.values())


def test_every_measure_is_explained(kit: Kit) -> None:
    assert len(kit.head.measures) == 7
    assert set(kit.extras.explainers) == {m.id for m in kit.head.measures}
    assert kit.head.established
    assert kit.head.contested
    assert kit.head.both_accept


def test_every_source_is_retold_at_both_levels(kit: Kit) -> None:
    assert set(kit.extras.readings) == {s.id for s in kit.sources}
    for source in kit.sources:
        assert source.checks, source.id
        assert all(check.fault in SOURCE_CHECKED for check in source.checks)


def test_contentions_are_argued_and_answered(kit: Kit) -> None:
    for side in SIDES:
        contentions = kit.sides[side].contentions
        assert len(contentions) == 8
        for contention in contentions:
            kinds = [
                kit.source_of[e.passage].kind if e.passage else "fact"
                for e in contention.evidence
            ]
            assert len(kinds) >= 2, contention.id
            assert set(kinds) != {"reader comments"}, contention.id
            replies = kit.rebuttals[contention.id]
            assert len(replies) >= 2, contention.id
            assert all(reply.answer.strip() for reply in replies)
            assert contention.questions, contention.id
            assert contention.weighing is not None, contention.id


def test_there_are_forty_cards(kit: Kit) -> None:
    made = cards(kit).cards
    assert len(made) >= 40
    assert all(card.seconds > 0 and card.tag and card.quote.cite for card in made)


def test_items_of_all_skills_and_types(kit: Kit, counts: dict[str, Any]) -> None:
    assert counts["items"]["total"] >= 120
    assert {i.skill for i in kit.items.values()} == set(get_args(Skill))
    assert counts["item_types"]["two-part"] >= 15
    assert counts["item_types"]["written"] >= 10
    criticism = counts["items"]["source"] + counts["items"]["corroborate"]
    assert criticism >= 20
    for choice in choices(kit):
        assert 3 <= len(choice.options) <= 4, choice.item


def test_keys_do_not_stand_out(kit: Kit) -> None:
    """Chance would make the longest option the key in a third of the items."""
    longest, total = longest_share(list(choices(kit)))
    assert total > 80
    assert longest / total <= 1 / 3
    places = Counter(c.options.index(c.key) for c in choices(kit))
    first_three = [places[n] for n in range(3)]
    assert max(first_three) <= 1.25 * min(first_three)


def test_background_and_lessons(kit: Kit, counts: dict[str, Any]) -> None:
    assert counts["terms"] >= 35
    assert counts["events"] >= 35
    assert counts["people"] >= 20
    assert len(counts["lessons"]) == 3
    assert counts["starters"] >= 8
    assert counts["standards"] >= 25
    assert {s.status for s in kit.extras.standards} == {"checked", "unchecked"}
    coding = kit.extras.coding
    assert coding is not None
    assert len(coding.comments) == 88


def test_the_fairness_statement_tells_the_counts_there_are(
    kit: Kit, counts: dict[str, Any]
) -> None:
    text = " ".join(part.text for part in kit.extras.fairness)
    numbers = set(re.findall(r"\d+", text))
    coded = counts["coded_comments"]
    for number in (
        coded["total"],
        coded["pro"],
        coded["con"],
        coded["mixed"],
        coded["neutral"],
        counts["facts"],
        counts["passages"]["pro"],
        counts["passages"]["con"],
        counts["passages"]["mixed"],
        counts["passages"]["neutral"],
        counts["sides"]["pro"]["cards"],
    ):
        assert str(number) in numbers, number


def test_no_insult_and_no_lobby(kit: Kit) -> None:
    """Comment 42 and the nicknames of comments 23, 31, 36 and 40 stay out."""
    assert not [p.id for p in kit.passages.values() if p.at.comment == 42]
    quoted = " ".join(p.text.casefold() for p in kit.passages.values())
    for word in ("king baby", "little donnie", "penguin", "orange bully", "lobby"):
        assert word not in quoted
