"""A round of debate as a value: its speeches, its prep pools, the one clock running.

Stage: the state behind ``timer``; it knows nothing of terminals, and time only as it
is told of it. All times are whole milliseconds, so that nothing is lost by adding up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from debatekit.kit.model import SIDES, DebateFormat

SECOND, MINUTE = 1_000, 60_000
OVERTIME = (15, 30, 45, 60)

Owner = Literal["pro", "con", "both", "before"]


@dataclass(frozen=True)
class Mark:
    """A moment of a clock, ``at`` milliseconds used, that rings so many bells."""

    at: int
    bells: int
    words: str


@dataclass(frozen=True)
class Clock:
    """A speech or a prep pool: what it may take and what it has taken.

    ``extra`` is what was added or taken away by hand. A pool stops when it is used up;
    a speech runs on. ``poi`` is the window for points of information.
    """

    name: str
    who: str
    owner: Owner
    planned: int
    pool: bool = False
    poi: tuple[int, int] | None = None
    used: int = 0
    extra: int = 0

    @property
    def left(self) -> int:
        """What is left; below 0 in overtime."""
        return self.planned + self.extra - self.used

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every moment that rings, in order."""
        end = self.planned + self.extra
        marks = [
            Mark(end - MINUTE, 1, "1 minute left"),
            Mark(end, 2, f"{self.name} is used up" if self.pool else "time is up"),
        ]
        if not self.pool:
            marks += [Mark(end + s * SECOND, 3, f"0:{s} over") for s in OVERTIME[:-1]]
            marks += [Mark(end + MINUTE, 3, "1:00 over")]
        if self.poi is not None:
            # The protected time at the end stays as long when time is added.
            opens, closes = self.poi[0], self.poi[1] + self.extra
            marks.append(Mark(opens, 1, "points of information may be offered"))
            if closes < end:
                marks.append(Mark(closes, 1, "no more points of information"))
        return tuple(sorted((m for m in marks if m.at > 0), key=lambda m: m.at))

    def heard(self, before: Clock) -> tuple[Mark, ...]:
        """The marks that this clock has reached and an earlier state of it had not."""
        passed = {m.words for m in before.marks if m.at <= before.used}
        return tuple(
            m for m in self.marks if m.at <= self.used and m.words not in passed
        )


@dataclass(frozen=True)
class Round:
    """``place`` is the speech whose turn it is; ``running`` 'speech', a pool, or ''."""

    speeches: tuple[Clock, ...]
    pools: Mapping[str, Clock]
    place: int = 0
    running: str = ""

    @property
    def speech(self) -> Clock:
        return self.speeches[self.place]

    @property
    def clock(self) -> Clock:
        """The clock that runs, else that of the speech whose turn it is."""
        return self.pools.get(self.running, self.speech)

    @property
    def is_last(self) -> bool:
        return self.place == len(self.speeches) - 1

    def after(self, passed: int) -> tuple[Round, tuple[Mark, ...]]:
        """The round so many milliseconds later, and the marks reached meanwhile."""
        if not self.running:
            return self, ()
        clock = self.clock
        if clock.pool:
            passed = min(passed, max(0, clock.left))
        return self._changed(replace(clock, used=clock.used + passed))

    def given(self, more: int) -> tuple[Round, tuple[Mark, ...]]:
        """Add time to the clock in front, or take it away; never below what is 0."""
        clock = self.clock
        extra = max(clock.extra + more, -clock.planned)
        return self._changed(replace(clock, extra=extra))

    def _changed(self, now: Clock) -> tuple[Round, tuple[Mark, ...]]:
        marks = now.heard(self.clock)
        if self.running in self.pools:
            running = self.running if now.left > 0 else ""
            pools = {**self.pools, self.running: now}
            return replace(self, pools=pools, running=running), marks
        before, after = self.speeches[: self.place], self.speeches[self.place + 1 :]
        return replace(self, speeches=(*before, now, *after)), marks

    def toggled(self) -> Round:
        """Start the speech, or pause it; a prep pool that ran stops."""
        return replace(self, running="" if self.running == "speech" else "speech")

    def prepared(self, pool: str) -> Round:
        """Start a prep pool, or stop it; a speech that ran is paused."""
        return replace(self, running="" if self.running == pool else pool)

    def moved(self, step: int) -> Round:
        """Go to the next speech or back to the one before; nothing runs then."""
        place = min(max(self.place + step, 0), len(self.speeches) - 1)
        return replace(self, place=place, running="")

    def pool_named(self, typed: str) -> str | None:
        """The pool somebody means: by its name, by a word or the start of a side's
        name, or, where nothing was typed, the one that is likely wanted now."""
        if typed in self.pools:
            return typed
        if typed:
            words = {pool: clock.who.lower() for pool, clock in self.pools.items()}
            found = [
                pool
                for pool, label in words.items()
                if typed in label.split() or label.startswith(typed)
            ]
            return found[0] if len(found) == 1 else None
        if self.running in self.pools:
            return self.running
        if len(self.pools) == 1:
            return next(iter(self.pools))
        begun = self.place or self.speech.used
        if "before" in self.pools and not begun and self.pools["before"].left > 0:
            return "before"
        return self.speech.owner if self.speech.owner in self.pools else None


def round_of(form: DebateFormat, first: int = 1) -> Round:
    """A round of this format about to begin with speech ``first``, counted from 1."""
    speeches = []
    for speech in form.speeches:
        window = form.poi_of(speech)
        side = "" if speech.side == "both" else f"{form.side_name(speech.side)}, "
        speeches.append(
            Clock(
                name=speech.name,
                who=f"{side}{speech.speaker}",
                owner=speech.side,
                planned=speech.seconds * SECOND,
                poi=window and (window[0] * SECOND, window[1] * SECOND),
            )
        )
    pools = {}
    prep = form.prep
    if prep is not None and prep.before_seconds:
        planned = prep.before_seconds * SECOND
        name = "prep before the round"
        pools["before"] = Clock(name, "", "before", planned, pool=True)
    if prep is not None and prep.pool_seconds:
        planned = prep.pool_seconds * SECOND
        for side in SIDES:
            who = form.side_name(side)
            pools[side] = Clock(f"prep of {who}", who, side, planned, pool=True)
    return Round(tuple(speeches), pools, first - 1)


def minutes(milliseconds: int) -> str:
    """Time that has been used: whole seconds as m:ss, what is begun is not counted."""
    whole = milliseconds // SECOND
    return f"{whole // 60}:{whole % 60:02}"


def countdown(left: int) -> str:
    """Time that is left as m:ss, a second begun counts whole; overtime as +m:ss."""
    if left <= -SECOND:
        return f"+{minutes(-left)}"
    return minutes(max(0, left) + SECOND - 1)


def log(held: Round) -> list[str]:
    """A line a speech: planned, used, over; then the prep pools."""
    lines = []
    for number, clock in enumerate(held.speeches, start=1):
        told = f"{number}. {clock.name} ({clock.who}): planned {minutes(clock.planned)}"
        if clock.extra:
            sign = "+" if clock.extra > 0 else "-"
            told += f" {sign} {minutes(abs(clock.extra))}"
        # From the seconds that are shown, so that the line adds up.
        over = clock.used // SECOND * SECOND - clock.planned - clock.extra
        told += f", used {minutes(clock.used)}, over {minutes(max(0, over))}"
        lines.append(told if clock.used else f"{told.partition(', used')[0]}, not held")
    for clock in held.pools.values():
        planned = minutes(clock.planned + clock.extra)
        lines.append(f"{clock.name}: used {minutes(clock.used)} of {planned}")
    return lines
