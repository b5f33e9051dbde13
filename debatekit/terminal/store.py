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
from typing import Any

from debatekit.kit.problems import UserError
from debatekit.quiz.session import Event, Session

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
        try:
            events = tuple(Event(**row) for row in rows[1:])
            orders = {str(k): str(v) for k, v in rows[0]["orders"].items()}
            return Saved(str(rows[0]["kit"]), orders, Session(tuple(orders), events))
        except (TypeError, KeyError, AttributeError):
            return None

    def begin(self, kit: str, orders: dict[str, str]) -> None:
        """Start a session: the header replaces whatever was left."""
        header = {"version": VERSION, "kit": kit, "orders": orders}
        self._write(header, "w")

    def append(self, event: Event) -> None:
        self._write(asdict(event), "a")

    def forget(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()

    def _write(self, row: dict[str, Any], mode: str) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open(mode, encoding="utf-8") as file:
                # A line cut short by a kill must not swallow the one after it.
                lead = "\n" if mode == "a" else ""
                file.write(f"{lead}{json.dumps(row, ensure_ascii=False)}\n")
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
    except ValueError:
        return None
    return row if isinstance(row, dict) else None
