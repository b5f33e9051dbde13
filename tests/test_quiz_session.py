"""The laws of a session: everything about it follows from its events."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from debatekit.quiz.session import Event, Score, Session, tally

ITEMS = tuple(f"item-{n}" for n in range(6))

# What a student does next with the item in front of them, whichever it is.
ACTS = st.lists(st.sampled_from(["right", "wrong", "skip", "back"]), max_size=60)
ANY_EVENTS = st.lists(
    st.builds(
        Event,
        kind=st.sampled_from(["answer", "skip", "back", "draft"]),
        item=st.sampled_from([*ITEMS, "stranger"]),
        letter=st.sampled_from(["A", "B", ""]),
        right=st.booleans(),
    ),
    max_size=40,
)
COUNTS = st.integers(0, len(ITEMS))


def event(act: str, item: str) -> Event:
    if act in ("right", "wrong"):
        return Event("answer", item, "A" if act == "right" else "B", act == "right")
    return Event("skip" if act == "skip" else "back", item)


def played(session: Session, acts: list[str]) -> Session:
    for act in acts:
        if session.current is None:
            break
        session = session.after(event(act, session.current))
    return session


def finished(session: Session, act: str = "right") -> Session:
    return played(session, [act] * 2 * (len(session.items) + len(session.events)))


@given(COUNTS, ANY_EVENTS)
def test_any_events_replay(count: int, events: list[Event]) -> None:
    """Also those of another session, which a second window may have written."""
    session = Session(ITEMS[:count], tuple(events))
    assert 0 <= session.place <= len(session.queue)
    assert (session.current is None) == (session.place == len(session.queue))
    assert session.queue[:count] == ITEMS[:count]
    assert set(session.answers) <= set(ITEMS[:count])
    assert session.score.right <= session.score.answered <= count
    assert isinstance(session.repeating, bool)
    labels = {item: (item,) for item in ITEMS}
    assert sum(s.answered for s in tally(session, labels).values()) == (
        session.score.answered
    )


@given(COUNTS, ACTS)
def test_appending_and_replaying_are_the_same(count: int, acts: list[str]) -> None:
    """A session that is saved event by event and read again stands where it stood."""
    step = played(Session(ITEMS[:count]), acts)
    again = Session(ITEMS[:count], step.events)
    assert again == step
    assert (again.queue, again.place, again.answers) == (
        step.queue,
        step.place,
        step.answers,
    )


@given(COUNTS, ACTS)
def test_what_was_not_right_comes_back_exactly_once(
    count: int, acts: list[str]
) -> None:
    session = finished(played(Session(ITEMS[:count]), acts))
    assert session.current is None
    asked = Counter(session.queue)
    assert set(asked) == set(ITEMS[:count])
    # The answer that counts is the first of the first round.
    first_round = []
    replay = Session(ITEMS[:count])
    for done in session.events:
        if replay.place >= count:
            break
        first_round.append(done)
        replay = replay.after(done)
    for item in ITEMS[:count]:
        answers = [e for e in first_round if e.kind == "answer" and e.item == item]
        right = bool(answers) and answers[0].right
        assert asked[item] == (1 if right else 2), item


@given(COUNTS, ACTS)
def test_the_first_answer_counts(count: int, acts: list[str]) -> None:
    session = played(Session(ITEMS[:count]), acts)
    first: dict[str, Event] = {}
    for done in session.events:
        if done.kind == "answer":
            first.setdefault(done.item, done)
    assert session.answers == first
    right = sum(e.right for e in first.values())
    assert session.score == Score(right, len(first))


@given(COUNTS, ACTS, st.integers(0, 20))
def test_back_loses_nothing(count: int, acts: list[str], steps: int) -> None:
    session = played(Session(ITEMS[:count]), acts)
    place, answers, queue = session.place, session.answers, session.queue
    if session.current is None:
        return
    back = session
    for _ in range(steps):
        assert back.current is not None
        back = back.after(event("back", back.current))
    assert back.place == max(0, place - steps)
    assert back.answers == answers
    assert back.queue == queue


@given(COUNTS, ACTS)
def test_only_going_back_goes_back(count: int, acts: list[str]) -> None:
    session = Session(ITEMS[:count])
    for act in acts:
        if session.current is None:
            break
        was = session.place
        session = session.after(event(act, session.current))
        assert session.place == (max(0, was - 1) if act == "back" else was + 1)


def test_items_come_back_in_their_order_and_say_so() -> None:
    session = played(Session(("a", "b", "c", "d")), ["skip", "right", "wrong", "right"])
    assert session.queue == ("a", "b", "c", "d", "a", "c")
    assert (session.current, session.repeating) == ("a", True)
    session = played(session, ["back"])
    assert (session.current, session.repeating) == ("d", False)
    session = played(session, ["wrong", "wrong", "skip"])
    assert session.current is None
    assert session.score == Score(2, 4)
    assert session.queue == ("a", "b", "c", "d", "a", "c")


@given(COUNTS, ACTS, st.integers(0, 60))
def test_a_draft_moves_nothing(count: int, acts: list[str], at: int) -> None:
    whole = played(Session(ITEMS[:count]), acts)
    events = list(whole.events)
    before = Session(whole.items, tuple(events[:at]))
    draft = Event("draft", before.current or "item-0", "A", text="half")
    events.insert(at, draft)
    drafted = Session(whole.items, tuple(events))
    assert (drafted.queue, drafted.place) == (whole.queue, whole.place)
    assert drafted.answers == whole.answers
    assert drafted.score == whole.score


def test_a_draft_is_there_until_something_else_is_done() -> None:
    session = Session(("a", "b"))
    assert session.draft is None
    draft = Event("draft", "a", "C")
    assert session.after(draft).draft == draft
    assert session.after(Event("draft", "b", "C")).draft is None
    assert session.after(draft).after(Event("skip", "a")).draft is None
    assert session.after(draft).after(Event("back", "a")).draft is None


def test_an_event_of_another_window_is_passed_over() -> None:
    session = Session(("a", "b")).after(Event("answer", "b", "A", True))
    assert session.current == "a"
    assert session.score == Score(0, 0)


def test_a_session_without_items_is_done() -> None:
    assert Session(()).current is None
    assert Session(()).score == Score(0, 0)


def test_tally_counts_answers_under_every_label() -> None:
    session = played(
        Session(("a", "b", "c")), ["wrong", "right", "skip", "right", "right"]
    )
    labels = {"a": ("pro", "con"), "b": ("con",), "c": ("mixed",)}
    assert list(tally(session, labels).items()) == [
        ("pro", Score(0, 1)),
        ("con", Score(1, 2)),
        ("mixed", Score(1, 1)),
    ]
    assert tally(Session(("a",)), labels) == {}
