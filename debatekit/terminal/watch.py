"""How long a session takes: a clock that is passed in, a limit, and pauses.

Stage: part of ``terminal.quiz``. Without a clock nothing takes any time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

MINUTE = 60
# From here on it is told how much is left.
SOON = 5 * MINUTE

Clock = Callable[[], float]


def no_clock() -> float:
    return 0.0


@dataclass
class Watch:
    """Time in seconds; ``before`` is what was used up in an earlier sitting."""

    clock: Clock = no_clock
    before: int = 0
    limit: int = 0
    _from: float = field(init=False)
    _told: int = field(init=False)

    def __post_init__(self) -> None:
        self._from = self.clock() - self.before
        self._told = self.before

    @property
    def used(self) -> int:
        return int(self.clock() - self._from)

    @property
    def over(self) -> bool:
        return bool(self.limit) and self.used >= self.limit

    def lap(self) -> int:
        """Whole seconds since the last lap; pauses do not count."""
        before, self._told = self._told, self.used
        return self._told - before

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        since = self.clock()
        yield
        self._from += self.clock() - since

    @property
    def warning(self) -> str:
        """What is left, once that is less than five minutes."""
        left = self.limit - self.used
        if not self.limit or left >= SOON:
            return ""
        return f"{spelled(max(0, left))} left."


def spelled(seconds: int) -> str:
    """'40 s', '4 min', '4 min 5 s'."""
    minutes, rest = divmod(seconds, MINUTE)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
