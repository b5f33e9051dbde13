"""Lines of text for a terminal of any width: wrapped, made safe, one after the other.

Nothing moves the cursor, draws boxes or uses colour: a screen reader, a pipe and a
dumb terminal get the same text.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TextIO

from debatekit.terminal.safe import safe

NARROWEST, WIDEST = 20, 80


@dataclass(frozen=True)
class Page:
    """Where text goes and how wide it may be."""

    out: TextIO
    columns: int = WIDEST

    @property
    def width(self) -> int:
        return max(NARROWEST, min(self.columns, WIDEST))

    def say(self, text: str = "", indent: str = "", first: str | None = None) -> None:
        """Write a paragraph, wrapped; ``first`` starts its first line."""
        lines: list[str] = []
        for part in safe(text).split("\n"):
            lines += textwrap.wrap(
                part,
                self.width,
                initial_indent=indent if first is None or lines else first,
                subsequent_indent=indent,
                break_on_hyphens=False,
            ) or [""]
        self.out.write("\n".join(lines) + "\n")

    def ask(self, prompt: str) -> None:
        """Write a prompt and leave the cursor behind it."""
        self.out.write(safe(prompt))
        self.out.flush()
