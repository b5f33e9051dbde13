"""What a student answered, on disk: sessions and answers of all kits in one file.

Stage: below a session; it keeps events and gives them back. Each is a transaction of
its own, synced before the next question is asked, so an answer once given survives
Ctrl-C, a kill or a power cut.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from debatekit.kit.problems import UserError
from debatekit.quiz.session import Event, Kind, Session, SessionKind
from debatekit.terminal.database import Database

if TYPE_CHECKING:
    from sqlite3 import Connection

    from debatekit.quiz.history import Answer


ANSWERS = """
    SELECT session.id, session.kind, event.at, event.data
    FROM event JOIN session ON session.id = event.session
    WHERE session.kit = ? AND event.kind = 'answer'
    ORDER BY event.id
"""


@dataclass(frozen=True)
class Saved:
    """A session as it was left: its items with their drawn option orders."""

    kit: str
    orders: dict[str, str]
    session: Session
    kind: SessionKind = "fresh"
    seed: int = 0
    began: str = ""


def utc_now() -> str:
    """This moment in UTC, as ISO 8601."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


@dataclass
class Store:
    """What was answered to one kit; ``path`` is the folder of the file of all kits.

    It stands on one session, begun or loaded, and adds to that one only: two terminals
    do not disturb each other. Raises UserError where the file cannot be used.
    """

    path: Path
    kit: str
    now: Callable[[], str] = utc_now
    _session: int | None = field(default=None, init=False)

    @property
    def file(self) -> Path:
        return self.path / "progress.sqlite"

    @property
    def _database(self) -> Database:
        return Database(self.file)

    @property
    def old_file(self) -> Path:
        """Where debatekit 0.1 left a session of this kit."""
        return self.path / self.kit / "session.jsonl"

    def load(self) -> Saved | None:
        """The session this store stands on, else the one left open last, or None."""
        self._take_over()
        with self._database.reading() as db:
            if db is None:
                return None
            row = db.execute(
                "SELECT id, orders, kind, seed, began FROM session"
                " WHERE kit = ? AND (id = ? OR ? IS NULL AND state = 'open')"
                " ORDER BY touched DESC, id DESC LIMIT 1",
                (self.kit, self._session, self._session),
            ).fetchone()
            orders = _orders(row[1]) if row else None
            if orders is None or row[2] not in get_args(SessionKind):
                return None
            self._session, _, kind, seed, began = row
            found = db.execute(
                "SELECT data FROM event WHERE session = ? ORDER BY id", row[:1]
            ).fetchall()
        events = (event for (data,) in found if (event := _event(data)) is not None)
        session = Session(tuple(orders), tuple(events), kind)
        return Saved(self.kit, orders, session, kind, int(seed), began)

    def begin(
        self, orders: Mapping[str, str], kind: SessionKind = "fresh", seed: int = 0
    ) -> None:
        """Start a session; the one stood on so far is not offered again."""
        now = self.now()
        with self._database.writing() as db:
            db.execute(
                "UPDATE session SET state = 'left' WHERE id = ? AND state = 'open'",
                (self._session,),
            )
            self._session = _insert(db, self.kit, kind, seed, orders, now)

    def append(self, event: Event) -> None:
        """Keep an event of the session; one that was left is open again by it."""
        if self._session is None:
            raise LookupError("no session was begun or loaded")
        now = self.now()
        with self._database.writing() as db:
            known = db.execute(
                "UPDATE session SET touched = ?,"
                " state = CASE state WHEN 'left' THEN 'open' ELSE state END"
                " WHERE id = ?",
                (now, self._session),
            ).rowcount
            if not known:
                raise UserError(
                    "your progress was deleted while this session went on",
                    "`debatekit quiz` starts a new one",
                )
            _add(db, self._session, now, event)

    def finish(self) -> None:
        """End a session that is done; where that fails, it is offered once more."""
        with contextlib.suppress(UserError), self._database.writing() as db:
            db.execute(
                "UPDATE session SET state = 'done' WHERE id = ?", (self._session,)
            )
        self._session = None

    def answers(self) -> tuple[Answer, ...]:
        """All answers ever given to this kit, in the order they were given."""
        from debatekit.quiz.history import Answer

        self._take_over()
        with self._database.reading() as db:
            rows = db.execute(ANSWERS, (self.kit,)).fetchall() if db else []
        wanted = {one.name for one in fields(Answer)}
        return tuple(
            Answer(
                **{k: v for k, v in asdict(event).items() if k in wanted - {"kind"}},
                kind=kind,
                when=at,
                session=session,
            )
            for session, kind, at, data in rows
            if (event := _event(data)) is not None
        )

    def forget(self) -> None:
        """Delete everything of this kit, and overwrite where it stood in the file."""
        mine = "SELECT id FROM session WHERE kit = ?"
        if self.file.exists():
            with self._database.writing(then="VACUUM") as db:
                db.execute(f"DELETE FROM event WHERE session IN ({mine})", (self.kit,))
                db.execute("DELETE FROM session WHERE kit = ?", (self.kit,))
        self._session = None
        try:
            self.old_file.unlink(missing_ok=True)
        except OSError as failure:
            raise self._database.unusable("change", failure.strerror) from failure

    def _take_over(self) -> None:
        """Move the session that debatekit 0.1 left into the file, once."""
        if not self.old_file.is_file():
            return
        from debatekit.terminal.oldstore import read_old

        old = read_old(self.old_file)
        if old is None:
            return
        with self._database.writing() as db:
            known = db.execute(
                "SELECT 1 FROM session WHERE kit = ? AND began = ? AND orders = ?",
                (self.kit, old.when, json.dumps(old.orders)),
            ).fetchone()
            if not known:
                session = _insert(db, self.kit, "fresh", 0, old.orders, old.when)
                for event in filter(None, map(_event, old.events)):
                    _add(db, session, old.when, event)
        # A kill before this line only means that it is looked at once more.
        with contextlib.suppress(OSError):
            self.old_file.unlink()
            self.old_file.parent.rmdir()


def _insert(
    db: Connection, kit: str, kind: str, seed: int, orders: Mapping[str, str], now: str
) -> int:
    row = (kit, kind, str(seed), json.dumps(dict(orders)), now, now)
    session = db.execute(
        "INSERT INTO session (kit, kind, seed, orders, began, touched)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        row,
    ).lastrowid
    assert session is not None
    return session


def _add(db: Connection, session: int, at: str, event: Event) -> None:
    # As JSON also half a character, which SQLite's text cannot hold, is kept.
    db.execute(
        "INSERT INTO event (session, at, kind, item, data) VALUES (?, ?, ?, ?, ?)",
        (session, at, event.kind, event.item, json.dumps(asdict(event))),
    )


def _orders(text: str) -> dict[str, str] | None:
    orders = _json(text)
    if not isinstance(orders, dict):
        return None
    return orders if all(isinstance(o, str) for o in orders.values()) else None


def _event(text: str) -> Event | None:
    """The event of a row; None where it is none, or of a kind not known here."""
    row = _json(text)
    if not isinstance(row, dict):
        return None
    known = {one.name: row[one.name] for one in fields(Event) if one.name in row}
    try:
        event = Event(**known)
    except TypeError:
        return None
    typed = all(
        type(getattr(event, one.name))
        is (str if one.default is MISSING else type(one.default))
        for one in fields(Event)
    )
    return event if typed and event.kind in get_args(Kind) else None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError, TypeError):
        return None
