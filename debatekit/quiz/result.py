"""The result of an exam: a file with the responses, signed, and scored anew when read.

Stage: after ``session``. The signature is an HMAC-SHA256 of the canonical JSON, keyed
by the form code that stands in the same file: it shows accidents and idle edits, and
whoever reads this program can forge it. So points are never taken from a file: they
are worked out again from the responses and the kit.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.quiz.answers import match
from debatekit.quiz.forms import blocks_of, form_of, make_forms
from debatekit.quiz.orders import fits
from debatekit.quiz.records import AnswerKey, KeyEntry
from debatekit.quiz.session import Event, Session

FORMAT, VERSION = "debatekit-result", 1
NOTE = (
    "The signature shows accidents and idle edits. Whoever reads the program can "
    "forge it."
)


@dataclass(frozen=True)
class Row:
    """The response to one item: letters as printed, words, and the student's ``own``
    judgement of the words where only a person can score them ('2', '1', '0', 'y', 'n').
    """

    id: str
    order: str
    letters: str = ""
    text: str = ""
    own: str = ""
    points: int = 0
    of: int = 0
    seconds: int = 0


@dataclass(frozen=True)
class Result:
    """One sitting. ``started`` and ``finished`` are moments in UTC; ``minutes`` is the
    limit or 0; ``interrupted`` says that it was broken off and gone on with."""

    kit: str
    kit_version: str
    form: str
    seed: int
    name: str
    started: str
    finished: str
    minutes: int
    interrupted: bool
    items: tuple[Row, ...]

    @property
    def points(self) -> int:
        return sum(row.points for row in self.items)

    @property
    def of(self) -> int:
        return sum(row.of for row in self.items)


@dataclass(frozen=True)
class Checked:
    """A result scored anew: ``rows`` have the points that the kit gives, ``claimed`` is
    what the file said, ``own`` how many of the points are the student's judgement."""

    result: Result
    rows: tuple[Row, ...]
    claimed: int
    own: int

    @property
    def points(self) -> int:
        return sum(row.points for row in self.rows)

    @property
    def of(self) -> int:
        return sum(row.of for row in self.rows)


def rows(key: AnswerKey, session: Session) -> tuple[Row, ...]:
    """The responses of a session, in the order of the form."""
    return tuple(_row(entry, session.answers.get(entry.item)) for entry in key.entries)


def _row(entry: KeyEntry, event: Event | None) -> Row:
    if event is None:
        return Row(entry.item, entry.order, of=entry.points)
    own = ""
    if entry.type == "written":
        own = event.letter
    elif is_own(entry, event.letter, event.text):
        own = "y" if event.right else "n"
    return Row(
        id=entry.item,
        order=entry.order,
        letters="" if entry.type == "written" else event.letter,
        text=event.text,
        own=own,
        points=event.points,
        of=entry.points,
        seconds=event.seconds,
    )


def is_own(entry: KeyEntry, letters: str, text: str) -> bool:
    """Whether only a person can score a response: words, a correction, a slip."""
    match entry.type:
        case "written":
            return True
        case "true-false":
            return letters == entry.letter == "F"
        case "cloze":
            return match(text, entry.answers) == "near"
    return False


def form_code(kit: Kit, items: tuple[str, ...], seed: int) -> str:
    """The code of the form that a seed gives of these items."""
    return make_forms(kit, [kit.items[i] for i in items], 1, seed).forms[0].code


# ------------------------------------------------------------------------ file


def encoded(result: Result) -> bytes:
    """A result as a signed file."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "note": NOTE,
        **asdict(result),
        "points": result.points,
        "of": result.of,
    }
    signed = {**data, "signature": signature(data)}
    return (json.dumps(signed, indent=2, ensure_ascii=True) + "\n").encode()


def signature(data: Mapping[str, Any]) -> str:
    """HMAC-SHA256 of everything but the signature, with sorted fields, no spaces and
    only ASCII, keyed by the form code."""
    bare = {name: value for name, value in data.items() if name != "signature"}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    form = str(bare.get("form", "")).encode(errors="replace")
    return hmac.new(form, text.encode(), hashlib.sha256).hexdigest()


def decoded(raw: bytes, shown: str) -> tuple[Result, int]:
    """A result and the points its file claims. Raises UserError where the file is none,
    or was changed after it was written."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError(f"{shown} is no result of an exam")
    if data.get("version") != VERSION:
        raise UserError(f"{shown} was written by another version of debatekit")
    said = str(data.get("signature")).encode(errors="replace")
    if not hmac.compare_digest(said, signature(data).encode()):
        raise UserError(
            f"{shown} was changed after it was written: its signature does not fit",
            "ask for the file as it was saved",
        )
    try:
        return _result(data), int(data["points"])
    except (KeyError, TypeError, ValueError) as failure:
        raise UserError(f"{shown} is not complete") from failure


def _result(data: Mapping[str, Any]) -> Result:
    head = _fields(data, NO_RESULT)
    return Result(**head, items=tuple(Row(**_fields(r, NO_ROW)) for r in data["items"]))


NO_ROW = Row("", "")
NO_RESULT = Result("", "", "", 0, "", "", "", 0, False, ())


def _fields(data: Mapping[str, Any], like: Row | Result) -> dict[str, Any]:
    """The fields of a record but its items, each of its type; raises TypeError."""
    types = {name: type(value) for name, value in vars(like).items() if name != "items"}
    if not all(type(data[name]) is kind for name, kind in types.items()):
        raise TypeError
    return {name: data[name] for name in types}


def checked(result: Result, claimed: int, kit: Kit) -> Checked:
    """Score a result by a kit. Raises UserError where it is not of this kit."""
    if (result.kit, result.kit_version) != (kit.id, kit.head.version):
        raise UserError(
            f"this result is of kit {result.kit}, version {result.kit_version}; "
            f"the kit at hand is {kit.id}, version {kit.head.version}",
            "name the kit it was made with: --kit DIR",
        )
    known = [kit.items.get(row.id) for row in result.items]
    items = [item for item in known if item is not None]
    orders = {row.id: row.order for row in result.items}
    sound = len(items) == len(orders) == len(result.items) and all(
        fits(item, orders[item.id]) for item in items
    )
    if not sound or form_code(kit, tuple(orders), result.seed) != result.form:
        raise UserError(
            "the items of this result are not those of the kit at hand",
            "the kit was changed; use it as it was at the exam",
        )
    _, key = form_of(kit, blocks_of(kit, items), orders, "A", result.form, 0)
    scored = tuple(_scored(key[row.id], row) for row in result.items)
    own = sum(
        row.points - _by_program(key[row.id], row)
        for row in scored
        if is_own(key[row.id], row.letters, row.text)
    )
    return Checked(result, scored, claimed, own)


def _by_program(entry: KeyEntry, row: Row) -> int:
    if entry.type == "cloze":
        return entry.earned(row.text) if row.text else 0
    return entry.earned(row.letters) if row.letters else 0


def _scored(entry: KeyEntry, row: Row) -> Row:
    """A row with the points that the kit gives for its response."""
    points = _by_program(entry, row)
    if entry.type == "written" and row.text:
        points = int(row.own) * entry.points // 2 if row.own in ("0", "1", "2") else 0
    elif row.own == "y" and is_own(entry, row.letters, row.text):
        points = entry.points
    return replace(row, points=points, of=entry.points)
