"""Laws of spaced practice: in time for the debate, wrong sooner, the same again."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debatekit.quiz.history import Answer
from debatekit.quiz.schedule import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    due,
    due_items,
    next_due,
    rating,
    schedule,
)

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def answer(
    item: str = "one",
    day: float = 0,
    right: bool = True,
    *,
    session: int = 1,
    kind: str = "fresh",
    sure: str = "",
    hints: int = 0,
) -> Answer:
    when = (START + timedelta(days=day)).isoformat()
    return Answer(item, kind, when, session, right, sure=sure, hints=hints)


KINDS = ("fresh", "review", "exam", "blind", "drill")
ANSWERS = st.lists(
    st.builds(
        answer,
        item=st.sampled_from(["one", "two", "three"]),
        day=st.floats(0, 17),
        right=st.booleans(),
        session=st.integers(0, 9),
        sure=st.sampled_from(["", "sure", "unsure"]),
        hints=st.integers(0, 3),
    ).map(lambda one: replace(one, kind=KINDS[one.session % len(KINDS)])),
    max_size=12,
)
SCHEDULED = ("fresh", "review", "exam")
DEBATES = st.none() | st.integers(0, 60).map(lambda n: START.date() + timedelta(days=n))


# ---------------------------------------------------------------------------- laws


@given(ANSWERS, DEBATES)
def test_everything_comes_back_before_the_debate(
    answers: list[Answer], debate: date | None
) -> None:
    found = schedule(answers, NOW, debate)
    asked = [a for a in answers if a.kind in SCHEDULED]
    assert {one.item for one in found} == {a.item for a in asked}
    for one in found:
        days = [
            datetime.fromisoformat(a.when).date() for a in asked if a.item == one.item
        ]
        last = max(days)
        assert one.on > last, "nothing is due on the day it was answered"
        if debate and last < debate:
            eve = debate - timedelta(days=1)
            assert one.on <= (eve if last < eve else debate)
        assert 0 <= one.retrievability <= 1


@given(ANSWERS, DEBATES, st.randoms())
def test_the_same_answers_give_the_same_days(
    answers: list[Answer], debate: date | None, shuffle: random.Random
) -> None:
    distinct = list({a.when: a for a in answers}.values())
    mixed = list(distinct)
    shuffle.shuffle(mixed)
    assert schedule(distinct, NOW, debate) == schedule(mixed, NOW, debate)


@given(ANSWERS, st.integers(0, 17), DEBATES)
def test_wrong_never_comes_later_than_right(
    answers: list[Answer], day: int, debate: date | None
) -> None:
    """Whatever came before, the last answer alone being different."""
    before = [a for a in answers if a.item == "one" and a.kind in SCHEDULED]
    last = answer("one", 17.5, session=10)
    days = {}
    for name, final in (
        ("wrong", replace(last, right=False)),
        ("hint", replace(last, hints=1)),
        ("right", last),
        ("sure", replace(last, sure="sure")),
    ):
        (one,) = schedule([*before, final], NOW, debate)
        days[name] = one.on
    assert days["wrong"] <= days["hint"] <= days["right"] <= days["sure"]


@given(ANSWERS, DEBATES, st.permutations(["one", "two", "three", "four"]))
def test_the_order_of_a_kit_decides_nothing(
    answers: list[Answer], debate: date | None, kit: list[str]
) -> None:
    found = due_items(kit, answers, NOW, debate, 9)
    assert found == due_items(sorted(kit), answers, NOW, debate, 9)
    assert found == due(answers, NOW, debate)
    assert due_items(kit, answers, NOW, debate, 1) == found[:1]
    some = kit[:2]
    wanted = tuple(item for item in found if item in some)
    assert due_items(some, answers, NOW, debate, 9) == wanted


@given(ANSWERS, DEBATES)
def test_what_is_due_is_not_due_next(
    answers: list[Answer], debate: date | None
) -> None:
    days = {one.item: one.on for one in schedule(answers, NOW, debate)}
    now = set(due(answers, NOW, debate))
    assert now == {item for item, day in days.items() if day <= NOW.date()}
    later = [day for item, day in days.items() if item not in now]
    assert next_due(answers, NOW, debate) == min(later, default=None)


# ------------------------------------------------------------------------- examples


def test_days_after_one_answer() -> None:
    """FSRS-6 with its own parameters and 0.9: the first intervals, in whole days."""
    for expected, given_answer in (
        (1, answer(right=False)),
        (1, answer(hints=1)),
        (2, answer()),
        (2, answer(sure="sure")),
    ):
        (one,) = schedule([given_answer], NOW)
        assert one.on == START.date() + timedelta(days=expected)


def test_intervals_grow_and_a_slip_brings_it_back() -> None:
    day, given_answers, gaps = 0, [], []
    for session in range(1, 5):
        given_answers.append(answer(day=day, session=session))
        (one,) = schedule(given_answers, NOW)
        gap = (one.on - START.date()).days - day
        gaps.append(gap)
        day += gap
    assert all(one < other for one, other in itertools.pairwise(gaps))
    (one,) = schedule([*given_answers, answer(day=day, right=False)], NOW)
    assert (one.on - START.date()).days - day < gaps[-1]


@pytest.mark.parametrize(
    ("last", "earlier", "expected"),
    [
        (answer(right=False, sure="sure"), [], AGAIN),
        (answer(hints=1, sure="sure"), [answer()], HARD),
        (answer(sure="unsure"), [], HARD),
        (answer(), [answer()], GOOD),
        (answer(sure="sure"), [], GOOD),
        (answer(sure="sure"), [answer(right=False)], GOOD),
        (answer(sure="sure", session=2), [answer()], EASY),
    ],
)
def test_how_an_answer_is_rated(
    last: Answer, earlier: list[Answer], expected: int
) -> None:
    assert rating(last, earlier) == expected


def test_a_long_interval_ends_on_the_eve_of_the_debate() -> None:
    answers = [answer(day=day, session=day) for day in (1, 3, 10)]
    last = START.date() + timedelta(days=10)
    (free,) = schedule(answers, NOW)
    assert free.on > last + timedelta(days=20)
    for days, expected in ((9, 8), (2, 1), (1, 1)):
        (one,) = schedule(answers, NOW, last + timedelta(days=days))
        assert one.on == last + timedelta(days=expected)
    (over,) = schedule(answers, NOW, last)
    assert over == free


def test_the_least_likely_remembered_comes_first() -> None:
    answers = [
        answer("known", 0),
        answer("known", 2, session=2),
        answer("slipped", 2, right=False),
        answer("old", 0, right=False),
        answer("fresh", 18),
    ]
    assert due(answers, NOW) == ("old", "slipped", "known")
    assert next_due(answers, NOW) == date(2026, 11, 22)


def test_days_are_those_of_the_student() -> None:
    """Half past nine in the evening in New York is the next day in UTC."""
    evening = Answer("one", "fresh", "2026-11-03T02:30:00Z", 1, right=True)
    home = timezone(timedelta(hours=-5))
    (at_home,) = schedule([evening], NOW.astimezone(home))
    (in_utc,) = schedule([evening], NOW)
    assert at_home.on == date(2026, 11, 4)
    assert in_utc.on == date(2026, 11, 5)


def test_nothing_answered_is_nothing_due() -> None:
    assert due((), NOW) == ()
    assert next_due((), NOW) is None
    assert due_items(["one"], (), NOW, None, 5) == ()


def test_fsrs_is_loaded_where_it_is_used() -> None:
    code = "import sys, debatekit.quiz.schedule; print('fsrs' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
