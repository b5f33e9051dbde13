"""Typed lines, waited for no longer than asked.

Stage: the input of ``timer``, which must count on while nobody types.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from typing import Protocol, TextIO


class Keys(Protocol):
    """Where lines are typed."""

    def line(self, wait: float) -> str | None:
        """The next line; None where none comes in so many seconds. Raises EOFError."""


class TypedLines:
    """Lines of a stream, waited for no longer than asked; none is ever lost.

    A thread reads, as there is no other way on every system. It reads the file
    itself, since a thread inside a buffered reader keeps Python from ending.
    """

    def __init__(self, stream: TextIO):
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._ended = False
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def line(self, wait: float) -> str | None:
        if self._ended:
            raise EOFError
        try:
            line = self._lines.get(timeout=wait)
        except queue.Empty:
            return None
        if line is None:
            self._ended = True
            raise EOFError
        return line

    def _read(self, stream: TextIO) -> None:
        rest = b""
        # The terminal was hung up, or there is no input at all: the same as its end.
        with contextlib.suppress(OSError, ValueError, AttributeError):
            while some := _some(stream):
                *lines, rest = (rest + some).split(b"\n")
                for line in lines:
                    self._lines.put(line.decode(errors="replace"))
        if rest:
            self._lines.put(rest.decode(errors="replace"))
        self._lines.put(None)


def _some(stream: TextIO) -> bytes:
    try:
        number = stream.fileno()
    except (OSError, AttributeError):  # not a file: a test's
        return stream.readline().encode(errors="replace")
    return os.read(number, 65536)
