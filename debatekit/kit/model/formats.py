"""formats.yaml: how a round of debate runs, speech by speech."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from debatekit.kit.model.base import Confidence, DateText, Id, Line, Record, Side

Minutes = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{1,3}(:[0-5][0-9])?$",
        description="minutes (8), or minutes and seconds (1:30)",
    ),
]
SomeMinutes = Annotated[
    str,
    Meta(
        pattern=r"^(?!0+(:00)?$)[0-9]{1,3}(:[0-5][0-9])?$",
        description="minutes (8), or minutes and seconds (1:30), and more than 0",
    ),
]


def seconds(written: str) -> int:
    """``8`` as 480, ``1:30`` as 90."""
    minutes, _, rest = written.partition(":")
    return 60 * int(minutes) + int(rest or 0)


class Speech(Record, frozen=True, kw_only=True):
    """One stretch of a round, in its order; ``side`` is who has the floor.

    ``questions`` are cross-examination and crossfire, ``open`` a talk of all.
    """

    name: Line
    side: Literal["pro", "con", "both"]
    speaker: Line
    minutes: SomeMinutes
    kind: Literal["speech", "questions", "preparation", "open"] = "speech"

    @property
    def seconds(self) -> int:
        return seconds(self.minutes)


class Prep(Record, frozen=True, kw_only=True):
    """Time to prepare: a pool each side draws on in the round, and time before it.

    At most one of ``per_team`` and ``per_side``; they say the same of teams and of
    single debaters.
    """

    per_team: SomeMinutes | None = None
    per_side: SomeMinutes | None = None
    before: SomeMinutes | None = None
    confidence: Confidence | None = None
    note: str = ""

    @property
    def pool_seconds(self) -> int:
        """What each side may use during the round; 0 where there is none."""
        return seconds(self.per_team or self.per_side or "0")

    @property
    def before_seconds(self) -> int:
        return seconds(self.before or "0")


class Poi(Record, frozen=True, kw_only=True):
    """When points of information may be offered, counted from a speech's start.

    Without ``closes`` until the end. Never in speeches named in ``not_in``, nor in
    what is not a speech.
    """

    opens: Minutes
    closes: SomeMinutes | None = None
    not_in: tuple[Line, ...] = ()


class SideNames(Record, frozen=True, kw_only=True):
    """What a format calls its sides."""

    pro: Line = "Pro"
    con: Line = "Con"


class DebateFormat(Record, frozen=True, kw_only=True):
    """A format, with where its timings are from: leagues differ and change them.

    ``confidence`` is in the timings: high where two independent sources agree, medium
    for one source, low where sources conflict.
    """

    id: Id
    name: Line
    teams: Line
    speeches: Annotated[tuple[Speech, ...], Meta(min_length=1)]
    sides: SideNames | None = None
    prep: Prep | None = None
    poi: Poi | None = None
    flow_columns: tuple[Line, ...] = ()
    note: str = ""
    sources: tuple[Line, ...] = ()
    checked: DateText | None = None
    confidence: Confidence | None = None

    @property
    def seconds(self) -> int:
        """All speeches together, without prep."""
        return sum(speech.seconds for speech in self.speeches)

    def side_name(self, side: Side | Literal["both"]) -> str:
        if side == "both":
            return "both"
        if self.sides is None:
            return side.capitalize()
        return self.sides.pro if side == "pro" else self.sides.con

    def poi_of(self, speech: Speech) -> tuple[int, int] | None:
        """The seconds of a speech from and to which points may be offered."""
        if self.poi is None or speech.kind != "speech":
            return None
        if speech.name in self.poi.not_in:
            return None
        closes = self.poi.closes
        return seconds(self.poi.opens), seconds(closes) if closes else speech.seconds


class FormatsFile(Record, frozen=True, kw_only=True):
    """formats.yaml"""

    formats: tuple[DebateFormat, ...]
