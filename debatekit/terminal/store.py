"""The session a student left, on disk: a header, then one line an event.

Each event is appended and synced before the next question is asked, so an answer once
given survives Ctrl-C, a kill or a power cut; a line cut short by one is ignored.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from debatekit.kit.problems import UserError
from debatekit.quiz.session import Event, Kind, Session

VERSION = 1


@dataclass(frozen=True)
class Saved:
    """A session as it was left: its items with their drawn option orders."""

    kit: str
    orders: dict[str, str]
    session: Session


@dataclass(frozen=True)
class Store:
    """One file for one kit. Raises UserError where it cannot be written."""

    path: Path

    def load(self) -> Saved | None:
        """The session left here, or None where there is none that can be read."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return None
        rows = [row for line in lines if (row := _row(line)) is not None]
        if not rows or rows[0].get("version") != VERSION:
            return None
        kit, orders = rows[0].get("kit"), rows[0].get("orders")
        if not isinstance(kit, str) or not isinstance(orders, dict):
            return None
        if not all(isinstance(order, str) for order in orders.values()):
            return None
        events = (event for row in rows[1:] if (event := _event(row)) is not None)
        return Saved(kit, orders, Session(tuple(orders), tuple(events)))

    def begin(self, kit: str, orders: dict[str, str]) -> None:
        """Start a session: the header replaces whatever was left."""
        header = {"version": VERSION, "kit": kit, "orders": orders}
        self._write(header, "w")

    def append(self, event: Event) -> None:
        self._write(asdict(event), "a")

    def forget(self) -> None:
        """Remove a session that is done; where that fails, it is offered once more."""
        with contextlib.suppress(OSError):
            self.path.unlink()

    def _write(self, row: dict[str, Any], mode: str) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open(mode, encoding="utf-8") as file:
                # A line cut short by a kill must not swallow the one after it.
                lead = "\n" if mode == "a" else ""
                file.write(f"{lead}{json.dumps(row)}\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as failure:
            reason = failure.strerror or "unknown reason"
            raise UserError(
                f"cannot save your answers to {self.path}: {reason}",
                "set DEBATEKIT_DATA to a folder that can be written",
            ) from failure


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _event(row: dict[str, Any]) -> Event | None:
    """The event of a row; None where it is none, or of a later version."""
    try:
        event = Event(**row)
    except TypeError:
        return None
    texts = (event.kind, event.item, event.letter, event.text)
    good = all(isinstance(text, str) for text in texts) and event.kind in get_args(Kind)
    numbers = isinstance(event.right, bool) and isinstance(event.points, int)
    return event if good and numbers else None
