"""quotes.lock: what was proved, so that a later change shows without the texts.

Stage: part of ``quotes``; reads and spells the lock and holds a kit against it. What
goes into it is made by ``proof``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from debatekit.kit.kit import Kit
from debatekit.kit.problems import Location, Problem, error, warning
from debatekit.kit.quotes.folding import Span, folded

LOCK_NAME = "quotes.lock"


class LockedQuote(msgspec.Struct, frozen=True):
    """One proved quotation: hash of its folded words, its spans, the day of proof."""

    sha256: str
    text: str
    spans: tuple[Span, ...]
    date: str


class LockedText(msgspec.Struct, frozen=True):
    """One source text: hash of the file, words in the body."""

    sha256: str
    words: int


class Lock(msgspec.Struct, frozen=True):
    """quotes.lock: what was proved, so that a later change shows without the texts."""

    version: int = 1
    texts: dict[str, LockedText] = {}
    quotes: dict[str, LockedQuote] = {}


def words_sha256(quotation: str) -> str:
    return hashlib.sha256(folded(quotation).encode()).hexdigest()


def read_lock(folder: Path) -> tuple[Lock | None, list[Problem]]:
    path = folder / LOCK_NAME
    if not path.exists():
        return None, []
    try:
        return msgspec.json.decode(path.read_bytes(), type=Lock), []
    except (OSError, ValueError, RecursionError):
        return None, [
            error(
                Location(path.as_posix()),
                "lock-damaged",
                f"{LOCK_NAME} cannot be read",
                "delete it and run `debatekit check --texts DIR --lock` again",
            )
        ]


def write_lock(lock: Lock) -> bytes:
    """The lock as JSON with a line an entry, sorted: small diffs, equal bytes."""
    plain = msgspec.to_builtins(lock)
    rows = ["{", '  "version": 1,']
    for name in ("texts", "quotes"):
        entries = sorted(plain[name].items())
        rows.append(f'  "{name}": {{')
        for index, (key, entry) in enumerate(entries):
            comma = "," if index < len(entries) - 1 else ""
            value = msgspec.json.encode(entry).decode()
            rows.append(f'    "{key}": {value}{comma}')
        rows.append("  }," if name == "texts" else "  }")
    return ("\n".join([*rows, "}"]) + "\n").encode()


def against_lock(kit: Kit, lock: Lock | None) -> list[Problem]:
    """What can be told without the texts: quotations changed since they were proved."""
    if lock is None:
        return [
            warning(
                Location(kit.shown),
                "lock-missing",
                "the quotations of this kit have not been proved",
                "run `debatekit check --texts DIR --lock` with the source texts",
            )
        ]
    problems = []
    for quotation in kit.quotations():
        entry = lock.quotes.get(quotation.name)
        name = quotation.name.partition(":")[2]
        if entry is None:
            problems.append(
                warning(
                    quotation.location,
                    "quote-unproved",
                    f'the words of "{name}" have never been proved',
                    "run `debatekit check --texts DIR --lock` with the source texts",
                )
            )
        elif entry.sha256 != words_sha256(quotation.text):
            problems.append(
                error(
                    quotation.location,
                    "quote-changed",
                    f'the words of "{name}" were changed since they were proved '
                    f"on {entry.date}",
                    "undo the change, or prove it again: "
                    "`debatekit check --texts DIR --lock`",
                )
            )
    return problems
