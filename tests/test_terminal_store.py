"""What was answered is kept: two terminals, kills, damage, old files, deletion."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import PATIENCE
from hypothesis import given
from hypothesis import strategies as st

from debatekit.kit.problems import UserError
from debatekit.quiz.session import Event, Session
from debatekit.terminal import database
from debatekit.terminal.store import Saved, Store

ORDERS = {"one": "abc", "two": "cab"}
WHEN = "2026-11-20T15:00:00Z"
HINT = "set DEBATEKIT_DATA to a folder that can be written"
EVENTS = st.lists(
    st.builds(
        Event,
        kind=st.sampled_from(["answer", "skip", "back", "draft"]),
        item=st.sampled_from(["one", "two"]),
        letter=st.sampled_from(["A", "B", ""]),
        right=st.booleans(),
        points=st.integers(0, 4),
        text=st.text(st.characters(exclude_categories=[]), max_size=9),
        sure=st.sampled_from(["", "sure", "unsure"]),
        hints=st.integers(0, 3),
        seconds=st.integers(0, 9999),
        of=st.integers(0, 4),
    ),
    max_size=6,
)
RIGHT = Event("answer", "one", "A", True, 1)
WRONG = Event("answer", "two", "B")


def at(moment: str = WHEN) -> str:
    return moment


def store_in(folder: Path, kit: str = "kit") -> Store:
    return Store(folder, kit, at)


def begun(folder: Path, *events: Event, kit: str = "kit") -> Store:
    store = store_in(folder, kit)
    store.begin(ORDERS)
    for event in events:
        store.append(event)
    return store


def events_of(store: Store) -> tuple[Event, ...]:
    saved = store.load()
    assert saved is not None
    return saved.session.events


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@contextlib.contextmanager
def opened(store: Store) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(store.file)) as db, db:
        yield db


# ------------------------------------------------------------------------ a session


@given(EVENTS)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    folder = tmp_path_factory.mktemp("store") / "deep" / "er"
    store = store_in(folder)
    assert store.load() is None
    store.begin(ORDERS, "review", 2**70)
    for event in events:
        store.append(event)
    session = Session(("one", "two"), tuple(events), "review")
    expected = Saved("kit", ORDERS, session, "review", 2**70, WHEN)
    assert store.load() == expected
    assert store_in(folder).load() == expected
    store.finish()
    assert store_in(folder).load() is None
    kept = [dataclasses.asdict(e) for e in events if e.kind == "answer"]
    found = [dataclasses.asdict(answer) for answer in store.answers()]
    assert len(found) == len(kept), "finished, not forgotten"
    for event, answer in zip(kept, found, strict=True):
        assert answer.items() >= {**event, "kind": "review", "when": WHEN}.items()


def test_all_answers_of_a_kit_and_of_no_other(tmp_path: Path) -> None:
    begun(tmp_path, RIGHT, Event("skip", "two"), kit="other").finish()
    first = begun(tmp_path, RIGHT, Event("draft", "two", "A"), WRONG)
    second = Store(tmp_path, "kit", lambda: "2026-11-21T08:00:00Z")
    second.begin(ORDERS, "blind")
    second.append(WRONG)
    found = first.answers()
    assert [(a.item, a.kind, a.when, a.right, a.points, a.letter) for a in found] == [
        ("one", "fresh", WHEN, True, 1, "A"),
        ("two", "fresh", WHEN, False, 0, "B"),
        ("two", "blind", "2026-11-21T08:00:00Z", False, 0, "B"),
    ]
    assert found[0].session == found[1].session != found[2].session


def test_declining_sets_aside_what_was_offered(tmp_path: Path) -> None:
    begun(tmp_path, RIGHT)
    store = store_in(tmp_path)
    assert len(events_of(store)) == 1
    store.begin({"three": "abc"})
    assert store.load() == Saved(
        "kit", {"three": "abc"}, Session(("three",)), "fresh", 0, WHEN
    )
    store.finish()
    assert store_in(tmp_path).load() is None
    assert len(store.answers()) == 1


def test_two_terminals_keep_a_session_each(tmp_path: Path) -> None:
    """The second declines what the first is still about: the first goes on with it."""
    one = begun(tmp_path, RIGHT)
    two = store_in(tmp_path)
    two.load()
    two.begin(ORDERS)
    one.append(WRONG)
    two.append(Event("skip", "one"))
    assert events_of(one) == (RIGHT, WRONG)
    assert events_of(two) == (Event("skip", "one"),)
    two.finish()
    assert events_of(store_in(tmp_path)) == (RIGHT, WRONG)


def test_a_session_that_was_deleted_elsewhere_says_so(tmp_path: Path) -> None:
    store = begun(tmp_path, RIGHT)
    store_in(tmp_path).forget()
    begun(tmp_path)
    with pytest.raises(UserError, match="deleted while this session went on"):
        store.append(WRONG)
    assert store_in(tmp_path).answers() == ()


def test_a_session_of_an_unknown_kind_is_not_offered(tmp_path: Path) -> None:
    store = begun(tmp_path, RIGHT)
    with opened(store) as db:
        db.execute("UPDATE session SET kind = 'dance'")
    assert store.load() is None
    assert len(store.answers()) == 1


def test_nothing_is_appended_without_a_session(tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        store_in(tmp_path).append(RIGHT)


def test_an_event_of_a_later_version_is_passed_over(tmp_path: Path) -> None:
    store = begun(tmp_path, *[RIGHT] * 8)
    rows = [
        '{"kind": "dance", "item": "one"}',
        '{"kind": "answer"}',
        '{"kind": "answer", "item": 7}',
        '{"kind": "answer", "item": "one", "points": "many"}',
        "[" * 100_000,
        "7",
    ]
    with opened(store) as db:
        for number, row in enumerate(rows, start=1):
            db.execute("UPDATE event SET data = ? WHERE id = ?", (row, number))
        later = '{"kind": "skip", "item": "two", "mood": 1}'
        db.execute("UPDATE event SET data = ? WHERE id = 8", (later,))
    assert events_of(store) == (RIGHT, Event("skip", "two"))


# --------------------------------------------------------------- processes at once

APPEND = """
import sys
from pathlib import Path
from debatekit.quiz.session import Event
from debatekit.terminal.store import Store
store = Store(Path(sys.argv[1]), "kit")
store.begin({"one": "abc"}, {"A": "fresh", "B": "review"}[sys.argv[2]])
for number in range(int(sys.argv[3])):
    store.append(Event("answer", "one", sys.argv[2], points=number))
    print(number, flush=True)
"""


def test_two_processes_append_at_once(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", APPEND, tmp_path, name, "60"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for name in "AB"
    ]
    for process in processes:
        assert process.communicate(timeout=PATIENCE)[1] == b""
    found = store_in(tmp_path).answers()
    for name in "AB":
        mine = [a for a in found if a.letter == name]
        assert [a.points for a in mine] == list(range(60))
        assert len({(a.session, a.kind) for a in mine}) == 1


@pytest.mark.parametrize("told", [1, 7, 23])
def test_a_kill_loses_nothing_that_was_kept(tmp_path: Path, told: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", APPEND, tmp_path, "A", "100000"],
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    for _ in range(told):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    rest = process.communicate(timeout=PATIENCE)[0].splitlines()
    store = store_in(tmp_path)
    kept = [event.points for event in events_of(store)]
    assert kept == list(range(len(kept)))
    assert len(kept) - (told + len(rest)) in (0, 1)
    store.append(RIGHT)
    assert len(events_of(store)) == len(kept) + 1


HALF = """
import os, signal, sys
from pathlib import Path
from debatekit.terminal.database import Database
with Database(Path(sys.argv[1])).writing() as db:
    db.execute("PRAGMA cache_size = 1")
    db.execute("PRAGMA cache_spill = 1")
    db.execute("UPDATE event SET data = ''")
    db.executemany(
        "INSERT INTO event (session, at, kind, item, data) VALUES (1, '', '', '', ?)",
        [("x" * 500,)] * 2000,
    )
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_transaction_cut_in_the_middle_is_undone(tmp_path: Path) -> None:
    store = begun(tmp_path, RIGHT, WRONG)
    before = store.file.read_bytes()
    assert run(HALF, store.file).returncode == -signal.SIGKILL
    assert store.file.read_bytes() != before, "half of it must have reached the file"
    assert events_of(store_in(tmp_path)) == (RIGHT, WRONG)
    assert store.file.read_bytes() == before


def test_a_file_that_stays_locked_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = begun(tmp_path, RIGHT)
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with contextlib.closing(sqlite3.connect(store.file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for errand in (lambda: store.append(WRONG), store.answers):
            with pytest.raises(UserError, match="another program keeps it locked"):
                errand()


# ---------------------------------------------------------- a file that cannot be used


def refused(store: Store) -> set[str]:
    """What every errand says of a file that none can use."""
    said = set()
    for errand in (store.load, store.answers, store.forget, lambda: store.begin({})):
        with pytest.raises(UserError) as caught:
            errand()
        assert caught.value.hint
        said.add(caught.value.message)
    return said


@pytest.mark.parametrize(
    "raw", [b"xy", b"SQLite format 3\x00", b"{}\n" * 999, b"\x00" * 5000]
)
def test_a_file_of_another_kind_is_refused_and_kept(tmp_path: Path, raw: bytes) -> None:
    store = store_in(tmp_path)
    store.file.write_bytes(raw)
    (said,) = refused(store)
    assert said == f"{store.file} is damaged, or no file of debatekit's"
    assert store.file.read_bytes() == raw


# SQLite takes a file of one byte for an empty one.
@given(st.binary(min_size=2, max_size=300))
def test_any_bytes_end_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    store = store_in(tmp_path_factory.mktemp("bytes"))
    store.file.write_bytes(raw)
    refused(store)
    assert store.file.read_bytes() == raw


def test_a_file_cut_short_is_refused_and_kept(tmp_path: Path) -> None:
    store = begun(tmp_path, *[Event("answer", "one", text="x" * 900)] * 40)
    raw = store.file.read_bytes()
    for size in (len(raw) // 2, 4096, 1000):
        store.file.write_bytes(raw[:size])
        with pytest.raises(UserError, match="is damaged"):
            store_in(tmp_path).load()
        assert store.file.read_bytes() == raw[:size]


def test_another_program_s_database_is_refused_and_kept(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with opened(store) as db:
        db.execute("CREATE TABLE session (id)")
    raw = store.file.read_bytes()
    (said,) = refused(store)
    assert "no file of debatekit's" in said
    assert store.file.read_bytes() == raw


def test_a_newer_version_is_refused_with_a_sentence(tmp_path: Path) -> None:
    store = begun(tmp_path, RIGHT)
    with opened(store) as db:
        db.execute(f"PRAGMA user_version = {database.VERSION + 1}")
    (said,) = refused(store)
    assert said == f"{store.file} was written by a newer debatekit"


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.file.touch()
    assert store.load() is None
    assert store.answers() == ()
    store.begin(ORDERS)
    assert events_of(store) == ()


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = store_in(tmp_path / "file")
    assert store.load() is None
    with pytest.raises(UserError) as caught:
        store.begin(ORDERS)
    assert caught.value.message.startswith(
        f"cannot save your answers to {store.file}: "
    )
    assert caught.value.hint == HINT


FULL = """
import resource, sys
from pathlib import Path
from debatekit.kit.problems import UserError
from debatekit.quiz.session import Event
from debatekit.terminal.store import Store
store = Store(Path(sys.argv[1]), "kit")
store.load()
size = store.file.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    while True:
        store.append(Event("answer", "one", text="x" * 500))
except UserError as failure:
    print(failure.message, failure.hint, sep="|")
"""


def test_a_full_disk_says_so_and_harms_nothing(tmp_path: Path) -> None:
    store = begun(tmp_path, RIGHT)
    done = run(FULL, tmp_path)
    assert done.stderr == ""
    assert done.stdout.startswith(f"cannot save your answers to {store.file}: ")
    assert done.stdout.endswith(f"|{HINT}\n")
    assert events_of(store_in(tmp_path))[0] == RIGHT
    store.append(WRONG)
    assert events_of(store)[-1] == WRONG


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    assert begun(tmp_path).file.stat().st_mode & 0o077 == 0


def test_sqlite_is_loaded_where_it_is_used() -> None:
    code = "import sys, debatekit.terminal.store; print('sqlite3' in sys.modules)"
    assert run(code).stdout == "False\n"


# ------------------------------------------------------------------------- deletion


def test_forgetting_leaves_no_word_in_the_file(tmp_path: Path) -> None:
    secret, other = "a-word-of-mine", "a-word-of-another-kit"
    store = begun(tmp_path, *[Event("answer", "one", text=secret)] * 50)
    begun(tmp_path, Event("answer", "one", text=other), kit="other")
    store.old_file.parent.mkdir()
    store.old_file.write_text("no session")
    assert secret.encode() in store.file.read_bytes()
    store.forget()
    assert store.load() is None
    assert store.answers() == ()
    assert secret.encode() not in store.file.read_bytes()
    assert not store.old_file.exists()
    assert len(store_in(tmp_path, "other").answers()) == 1
    left = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert left == ["progress.sqlite"]


def test_forgetting_what_was_never_kept_makes_no_file(tmp_path: Path) -> None:
    store_in(tmp_path).forget()
    assert list(tmp_path.iterdir()) == []


# ----------------------------------------------------------- the file of version 0.1


def old_session(store: Store, *rows: object, orders: object = ORDERS) -> bytes:
    header = {"version": 1, "kit": "kit", "orders": orders}
    lines = [json.dumps(row) for row in (header, *rows)]
    store.old_file.parent.mkdir(parents=True)
    store.old_file.write_text("\n".join(lines))
    return store.old_file.read_bytes()


OLD_ROWS = [
    {"kind": "answer", "item": "one", "letter": "A", "right": True, "points": 1},
    {"kind": "skip", "item": "two"},
]


def test_an_old_session_is_taken_over_once(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    raw = old_session(store, *OLD_ROWS)
    moment = store.old_file.stat().st_mtime
    expected = (RIGHT, Event("skip", "two"))
    assert events_of(store) == expected
    assert [answer.item for answer in store.answers()] == ["one"]
    assert not store.old_file.parent.exists()
    # Killed after it was taken over and before it was removed.
    store.old_file.parent.mkdir()
    store.old_file.write_bytes(raw)
    os.utime(store.old_file, (moment, moment))
    assert events_of(store_in(tmp_path)) == expected
    assert len(store.answers()) == 1
    assert not store.old_file.exists()


def test_an_old_session_cut_short_keeps_its_whole_lines(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    raw = old_session(store, *OLD_ROWS)
    store.old_file.write_bytes(raw[:-5])
    assert events_of(store) == (RIGHT,)


def test_an_old_session_waits_behind_a_newer_one(tmp_path: Path) -> None:
    newer = Store(tmp_path, "kit", lambda: "9999-01-01T00:00:00Z")
    newer.begin(ORDERS)
    old_session(newer, *OLD_ROWS)
    store = store_in(tmp_path)
    assert events_of(store) == ()
    store.finish()
    assert len(events_of(store)) == 2


@pytest.mark.parametrize(
    "orders", [None, [], {"one": 1}, "abc"], ids=["none", "list", "number", "text"]
)
def test_an_old_file_that_is_no_session_is_left_alone(
    tmp_path: Path, orders: object
) -> None:
    store = store_in(tmp_path)
    raw = old_session(store, *OLD_ROWS, orders=orders)
    assert store.load() is None
    assert store.answers() == ()
    assert store.old_file.read_bytes() == raw


@given(st.binary(max_size=100))
def test_any_old_bytes_are_a_session_or_left_alone(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    store = store_in(tmp_path_factory.mktemp("old"))
    store.old_file.parent.mkdir()
    store.old_file.write_bytes(raw)
    assert store.load() is None
    assert store.old_file.read_bytes() == raw
