"""Flow sheets: notes of a round in columns, an argument's answers on its own row.

Stage: documents. One sheet for each side's case, blank but for what the format fixes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile

from debatekit.documents.common import SIDE_NAMES, Head, head_for
from debatekit.documents.rounds import grounds, minutes, side_is_drawn
from debatekit.kit import model
from debatekit.kit.kit import Kit

ROWS = 6
SYMBOLS = (
    ("→", "extends it: says it again with more"),
    ("×", "dropped: never answered"),
    ("T", "turned: now helps the other side"),
    ("E", "evidence read; write the source"),
    ("?", "asked in the questions"),
    ("ring", "must be answered"),
)


@dataclass(frozen=True)
class Column:
    """``side`` is empty where speeches of both sides share the column."""

    name: str
    side: model.Side | None
    side_name: str
    speaker: str
    length: str


@dataclass(frozen=True)
class Sheet:
    """A side's case; ``side`` is empty where a lot decides which side a team is."""

    side: model.Side | None
    case: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Flow:
    head: Head
    motion: str
    format_name: str
    rows: int
    sheets: tuple[Sheet, ...]
    symbols: tuple[tuple[str, str], ...]
    grounds: str


def flow(kit: Kit, form: model.DebateFormat) -> Flow:
    """Both sheets of a format; a case's sheet begins with the speech that makes it."""
    columns = _columns(form)
    return Flow(
        head=head_for(kit, "flow", "Flow sheets", kit.head.title),
        motion=kit.head.motion.sentence,
        format_name=form.name,
        rows=ROWS,
        sheets=tuple(_sheet(form, side, columns) for side in model.SIDES),
        symbols=SYMBOLS,
        grounds=grounds(form),
    )


def _sheet(
    form: model.DebateFormat, side: model.Side, columns: tuple[Column, ...]
) -> Sheet:
    other = "con" if side == "pro" else "pro"
    own = tuple(dropwhile(lambda column: column.side == other, columns))
    name = form.side_name(side)
    if side_is_drawn(form):
        return Sheet(None, name, own or columns)
    both = "" if name.upper() == SIDE_NAMES[side] else f" ({name})"
    return Sheet(side, f"{SIDE_NAMES[side]}{both}", own or columns)


def _columns(form: model.DebateFormat) -> tuple[Column, ...]:
    """The flow columns of a format, or a column for each speech."""
    speeches = [s for s in form.speeches if s.kind == "speech"] or [*form.speeches]
    if not form.flow_columns:
        return tuple(_column(form, speech.name, [speech]) for speech in speeches)
    if len(form.flow_columns) == len(speeches):
        pairs = zip(form.flow_columns, speeches, strict=True)
        return tuple(_column(form, name, [speech]) for name, speech in pairs)
    return tuple(
        _column(form, name, [s for s in speeches if _is_in(s, name)])
        for name in form.flow_columns
    )


def _is_in(speech: model.Speech, column: str) -> bool:
    """Whether a column is named after a speech, or several: 2NC/1NR."""
    return bool({speech.name, speech.speaker} & {column, *column.split("/")})


def _column(
    form: model.DebateFormat, name: str, speeches: list[model.Speech]
) -> Column:
    sides = {speech.side for speech in speeches}
    side = sides.pop() if len(sides) == 1 else "both"
    return Column(
        name=name,
        side=None if side == "both" else side,
        side_name="" if side == "both" else form.side_name(side),
        speaker=", ".join(dict.fromkeys(s.speaker for s in speeches)),
        length=" + ".join(minutes(s.seconds) for s in speeches),
    )
