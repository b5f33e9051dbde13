"""The file that progress is kept in: whose it is, its tables, its transactions.

Stage: below ``store``; the only owner of sqlite3. The journal is SQLite's rollback
journal, not a write-ahead log: that one needs shared memory, which a home folder on a
school's server does not give.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from debatekit.kit.problems import UserError

if TYPE_CHECKING:
    from sqlite3 import Connection, Error

VERSION = 1
# Says that a SQLite file is ours: 'dbkt' in ASCII.
APPLICATION = 0x64626B74
# How long another terminal may hold the file, in seconds.
PATIENCE = 10.0

# A session is 'open' until it is 'done'; 'left' once another was begun instead.
SCHEMA = (
    """CREATE TABLE session (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kit TEXT NOT NULL,
        kind TEXT NOT NULL,
        seed TEXT NOT NULL,
        orders TEXT NOT NULL,
        began TEXT NOT NULL,
        touched TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open'
    )""",
    """CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        session INTEGER NOT NULL REFERENCES session (id),
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        item TEXT NOT NULL,
        data TEXT NOT NULL
    )""",
    "CREATE INDEX session_kit ON session (kit)",
    "CREATE INDEX event_session ON event (session)",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)


@dataclass(frozen=True)
class Database:
    """One file. Raises UserError where it cannot be used, with what to do."""

    path: Path

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """The file, or None where there is none yet."""
        if not self.path.exists():
            yield None
            return
        with self._connected("read") as db:
            db.execute("BEGIN")
            yield db if self._ours(db) else None

    @contextlib.contextmanager
    def writing(self, then: str = "") -> Iterator[Connection]:
        """A transaction: all that is done in it is kept, or nothing."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # What a student answered is for no other user of the machine.
            self.path.touch(0o600)
        except OSError as failure:
            raise self.unusable("save", failure.strerror) from failure
        with self._connected("save") as db:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("PRAGMA synchronous = FULL")
            # At once: two that read first and then want to write block each other.
            db.execute("BEGIN IMMEDIATE")
            if not self._ours(db):
                for statement in SCHEMA:
                    db.execute(statement)
            yield db
            db.execute("COMMIT")
            if then:
                db.execute(then)

    @contextlib.contextmanager
    def _connected(self, purpose: str) -> Iterator[Connection]:
        """One connection an errand: nothing stays locked while a student thinks."""
        import sqlite3

        address = f"{self.path.absolute().as_uri()}?mode=rw"
        try:
            with contextlib.closing(
                sqlite3.connect(
                    address, uri=True, timeout=PATIENCE, isolation_level=None
                )
            ) as db:
                yield db
        except sqlite3.Error as failure:
            raise self._failed(purpose, failure) from failure

    def _ours(self, db: Connection) -> bool:
        """Whether the file has our tables; False where it is new and empty."""
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not (application or version or tables):
            return False
        if application != APPLICATION:
            raise self._foreign()
        if version > VERSION:
            raise UserError(
                f"{self.path} was written by a newer debatekit",
                "use that one, or set DEBATEKIT_DATA to another folder",
            )
        return True

    def _failed(self, purpose: str, failure: Error) -> UserError:
        import sqlite3

        code = getattr(failure, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return self._foreign()
        if code == sqlite3.SQLITE_BUSY:
            return self.unusable(purpose, "another program keeps it locked")
        return self.unusable(purpose, str(failure))

    def _foreign(self) -> UserError:
        return UserError(
            f"{self.path} is damaged, or no file of debatekit's",
            "give it another name, so that nothing in it is lost, and start again",
        )

    def unusable(self, purpose: str, reason: str | None) -> UserError:
        place = {"read": "in", "save": "to", "change": "in"}[purpose]
        return UserError(
            f"cannot {purpose} your answers {place} {self.path}: "
            f"{reason or 'unknown reason'}",
            "set DEBATEKIT_DATA to a folder that can be written",
        )
