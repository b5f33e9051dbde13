"""A source text as a file → the paragraphs or comments that locators name.

Stage: part of ``quotes``, for ``proof``; the kit itself does not hold these texts.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from debatekit.kit import model


@dataclass(frozen=True)
class Text:
    """A source text, cut into what locators can name.

    ``parts`` maps a locator number to (offset in the file, text); for comments
    ``names`` holds the name lines.
    """

    sha256: str
    parts: Mapping[int, tuple[int, str]]
    names: Mapping[int, str]

    @property
    def words(self) -> int:
        return sum(len(text.split()) for _, text in self.parts.values())


def read_text(path: Path, where: model.SourceText) -> Text:
    """Read a source text as its kit describes it. Raises OSError, UnicodeError."""
    raw = path.read_bytes()
    body = raw.decode("utf-8-sig")
    offset = 0
    lines: list[tuple[int, int, str]] = []
    # Lines as an editor counts them: `splitlines` would also cut at form feeds.
    for number, line in enumerate(io.StringIO(body, newline=""), start=1):
        inside = where.first <= number <= where.last
        if inside and line.strip() and number not in where.headings:
            lines.append((number, offset, line.rstrip("\r\n")))
        offset += len(line)
    if where.layout == "comments":
        named = list(zip(lines[::2], lines[1::2], strict=False))
        parts = {i: (at, text) for i, (_, (_, at, text)) in enumerate(named, 1)}
        names = {i: name for i, ((_, _, name), _) in enumerate(named, 1)}
    else:
        parts = {i: (at, text) for i, (_, at, text) in enumerate(lines, 1)}
        names = {}
    return Text(hashlib.sha256(raw).hexdigest(), parts, names)
