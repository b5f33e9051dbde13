"""Problems as data: collected, sorted, printed once.

Stage: every stage may make problems; only ``cli`` prints them. Nothing here reads a
kit or knows a rule.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """A place in a file, lines and columns counted from 1; line 0 is the whole file.

    A tuple because every value of a kit has one, and it is the quickest to make.
    """

    file: str
    line: int = 0
    col: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.col}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where, what, and what to do about it."""

    location: Location
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


class UserError(Exception):
    """The user's mistake: shown as one message, never as a traceback.

    Everything else that escapes is ours, and keeps its traceback.
    """

    def __init__(self, message: str, hint: str = "", problems: Sequence[Problem] = ()):
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.problems = tuple(problems)


def error(at: Location, code: str, message: str, hint: str = "") -> Problem:
    return Problem(at, code, message, hint, Severity.ERROR)


def warning(at: Location, code: str, message: str, hint: str = "") -> Problem:
    return Problem(at, code, message, hint, Severity.WARNING)


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, then code, and drop exact repeats."""
    return tuple(
        sorted(set(problems), key=lambda p: (p.location, p.code, p.message, p.hint))
    )


def errors_in(problems: Iterable[Problem]) -> int:
    return sum(p.severity is Severity.ERROR for p in problems)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, or an empty string."""
    close = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else ""


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_text(problems: Iterable[Problem]) -> str:
    """``file:line:col: severity: message [code]``, the hint indented below."""
    lines = []
    for p in problems:
        line = f"{p.location}: {p.severity.value}: {p.message} [{p.code}]"
        lines.append(_one_line(line))
        if p.hint:
            lines.append(f"    {_one_line(p.hint)}")
    return "\n".join(lines)


def _one_line(text: str) -> str:
    """A problem may quote an author's text that runs over several lines."""
    return " ".join(part.strip() for part in text.splitlines())


def as_json(problems: Iterable[Problem]) -> str:
    rows = [
        {
            "file": p.location.file,
            "line": p.location.line,
            "col": p.location.col,
            "severity": p.severity.value,
            "code": p.code,
            "message": p.message,
            "hint": p.hint,
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that GitHub shows beside the changed lines."""

    def escape(text: str, extra: str = "") -> str:
        for char in "%\r\n" + extra:
            text = text.replace(char, f"%{ord(char):02X}")
        return text

    lines = []
    for p in problems:
        place = f"file={escape(p.location.file, ':,')}"
        if p.location.line:
            place += f",line={p.location.line},col={p.location.col}"
        text = f"{p.message} [{p.code}]" + (f"\n{p.hint}" if p.hint else "")
        title = escape(p.code, ":,")
        lines.append(f"::{p.severity.value} {place},title={title}::{escape(text)}")
    return "\n".join(lines)


FORMATS = {"text": as_text, "json": as_json, "github": as_github}
