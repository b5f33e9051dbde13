"""A round of debate timed in a terminal: one line a second, bells, keys, a log.

Stage: draws a ``round`` and turns typed lines into its changes. Clock, keys, output
and what the terminal can do are passed in. On a terminal one line is written over
itself (carriage return; nothing else is moved); elsewhere a line is written at whole
minutes, at 30, 15 and 10 to 1 seconds, and at bells.
"""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from debatekit.kit.problems import UserError
from debatekit.terminal.keys import Keys
from debatekit.terminal.page import WIDEST, Page
from debatekit.terminal.round import (
    MINUTE,
    SECOND,
    Clock,
    Mark,
    Round,
    countdown,
    log,
    minutes,
)
from debatekit.terminal.safe import safe

HELP = """Each key with Enter; Enter alone starts the speech, pauses it, and goes on.
n  next speech; after the last one the round ends
b  back to the speech before
p  start or stop prep time: p, or p and a side, such as p pro, p con
+  ten seconds more
-  ten seconds less
q  end the round and show its log
?  show this help
The words next, back, prep, quit and help do the same."""

COMMANDS = {"n": "next", "b": "back", "p": "prep", "q": "quit", "?": "help"}
NUDGE = {"+": 10 * SECOND, "-": -10 * SECOND}
BELLS = {1: "bell", 2: "double bell", 3: "triple bell"}
# Seconds left at which, beside whole minutes, a line is written where none can be
# written over.
BEATS = (30, 15, *range(10, 0, -1))
IDLE = 1.0
# Room beside the running line for what is being typed: 'p con'.
TYPING = 6


@dataclass
class Timer:
    """One round on one terminal.

    ``now`` gives milliseconds that only go forward; ``columns`` the width, which may
    change. ``moving``: the cursor can go back to the start of its line. ``rings``: BEL
    is heard. ``echoes``: what is typed ends the line it is typed on. ``save`` is given
    the log as it stands, at the start and after every speech.
    """

    round: Round
    out: TextIO
    keys: Keys
    now: Callable[[], int]
    columns: Callable[[], int]
    moving: bool
    rings: bool
    echoes: bool
    save: Callable[[Sequence[str]], None]
    _drawn: str = field(default="", init=False)
    _last: int = field(default=0, init=False)

    def run(self) -> bool:
        """Time the round to its end, then show its log. False where Ctrl-C ended it.

        Raises UserError where the log cannot be saved: at once, or when it is shown.
        """
        self.save(log(self.round))
        self._last = self.now()
        finished = True
        try:
            self._say("Enter starts, pauses and goes on; ? shows the other keys.")
            self._turn()
            self._listen()
        except KeyboardInterrupt:
            finished = False
        self._catch_up()
        self._say()
        self._say("Log of the round:")
        for line in log(self.round):
            self._say(line, indent="   ", first="")
        self.save(log(self.round))
        return finished

    def _listen(self) -> None:
        going = True
        while going:
            self._status()
            wait = IDLE
            if self.round.running:
                wait = (SECOND - self.round.clock.used % SECOND) / SECOND
            try:
                line = self.keys.line(wait)
            except EOFError:
                return
            self._catch_up()
            if line is not None:
                if self.echoes:
                    self._drawn = ""
                going = self._do(line.strip().lower())

    def _catch_up(self) -> None:
        """Let the time pass that has passed, and say what was reached meanwhile."""
        before, now = self.round, self.now()
        after, marks = before.after(now - self._last)
        self.round, self._last = after, now
        clock = after.pools.get(before.running, after.speech)
        if marks:
            self._ring(clock, marks)
        elif not self.moving and _beat(before.clock.left, clock.left):
            self._say(f"{countdown(clock.left)}  {clock.name}")

    def _ring(self, clock: Clock, marks: tuple[Mark, ...]) -> None:
        bells = max(mark.bells for mark in marks)
        words = "; ".join(mark.words for mark in marks)
        self._say(f"{countdown(clock.left)}  {clock.name}: {BELLS[bells]}, {words}")
        if self.rings:
            self.out.write("\a" * bells)
            self.out.flush()

    def _do(self, typed: str) -> bool:
        """Do what a key asks; False where it ends the round."""
        word, _, rest = typed.partition(" ")
        word = COMMANDS.get(word, word)
        if word == "quit":
            return False
        if word == "next" and self.round.is_last:
            return False
        if word in ("next", "back"):
            self._move(1 if word == "next" else -1)
        elif word == "":
            self.round = self.round.toggled()
            self._state()
        elif word in NUDGE:
            before = self.round
            self.round, marks = before.given(NUDGE[word])
            if marks:
                clock = self.round.pools.get(before.running, self.round.speech)
                self._ring(clock, marks)
            self._state()
        elif word == "prep":
            self._prep(rest.strip())
        elif word == "help":
            self._say(HELP)
        else:
            self._say("Type ? for the keys.")
        return True

    def _move(self, step: int) -> None:
        if self.round.place + step < 0:
            self._say("This is the first speech.")
            return
        self.round = self.round.moved(step)
        # A full disk must not end a round: the log is saved once more at its end.
        with contextlib.suppress(UserError):
            self.save(log(self.round))
        self._turn()

    def _prep(self, typed: str) -> None:
        pools = self.round.pools
        pool = self.round.pool_named(typed)
        if not pools:
            self._say("This format has no prep time.")
        elif pool is None:
            named = " or ".join(f"p {name}" for name in pools)
            self._say(f"Whose prep time? Type {named}.")
        elif pools[pool].left <= 0:
            self._say(f"{pools[pool].name} is used up.")
        else:
            self.round = self.round.prepared(pool)
            self._state()

    def _turn(self) -> None:
        """Say which speech's turn it is."""
        clock, number = self.round.speech, self.round.place + 1
        self._say()
        self._say(
            f"{number} of {len(self.round.speeches)}: {clock.name} ({clock.who}), "
            f"{minutes(clock.planned)}"
        )
        if clock.poi is not None:
            opens, closes = (minutes(part) for part in clock.poi)
            self._say(f"Points of information from {opens} to {closes}.")
        self._state()

    def _state(self) -> None:
        """Say how the clocks stand, where no running line shows it."""
        if not self.moving:
            self._say(self._lines()[0])

    def _lines(self) -> list[str]:
        """How the clocks stand in one line: the fullest first, the shortest last."""
        round_, clock = self.round, self.round.clock
        time = countdown(clock.left)
        state = "running" if round_.running else "paused" if clock.used else "ready"
        head = f"{time} {state}"
        pools = [pool for name, pool in round_.pools.items() if name != "before"]
        full = ", ".join(f"{pool.who} {countdown(pool.left)}" for pool in pools)
        short = " ".join(countdown(pool.left) for pool in pools)
        full, short = (f"  prep: {text}" if text else "" for text in (full, short))
        if clock.pool:
            head = f"{time} {clock.name}"
            return [f"{head}{full}", f"{head}{short}", head, f"{time} prep"]
        who = f" ({clock.who})" if clock.who else ""
        return [
            f"{head}  {clock.name}{who}{full}",
            f"{head}  {clock.name}{full}",
            f"{head}  {clock.name}{short}",
            f"{head}{short}",
            head,
        ]

    def _status(self) -> None:
        """Write the running line over itself."""
        if not self.moving:
            return
        room = max(12, min(self.columns(), WIDEST) - TYPING - 2)
        lines = [" ".join(safe(line).split("\n")) for line in self._lines()]
        line = next((line for line in lines if _cells(line) <= room), lines[-1])
        if line == self._drawn:
            return
        gap = " " * max(0, _cells(self._drawn) - _cells(line))
        # A space, so that what is typed stands apart.
        self.out.write(f"\r{line}{gap} ")
        self.out.flush()
        self._drawn = line

    def _say(self, text: str = "", indent: str = "", first: str | None = None) -> None:
        """Write a line of its own in the place of the running line; it stays."""
        if self._drawn:
            clear = f"\r{' ' * _cells(self._drawn)} \r" if text else "\n"
            self.out.write(clear)
            self._drawn = ""
        Page(self.out, self.columns()).say(text, indent, first)
        self.out.flush()


def _beat(before: int, after: int) -> bool:
    """Whether a moment to write a line lies between two times left."""
    minute = (before - 1) // MINUTE * MINUTE
    return minute >= max(after, MINUTE) or any(
        after <= beat * SECOND < before for beat in BEATS
    )


def _cells(text: str) -> int:
    """How many columns a terminal needs for a text, as near as Unicode tells."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    marks = sum(bool(unicodedata.combining(char)) for char in text)
    return len(text) + wide - marks
