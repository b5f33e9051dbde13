"""Line numbers: where the lines of each passage end, the same in every copy.

Stage: part of the Kit. Lines are broken once, by ``render.lines``, and kept in
lines.lock: large print, a web page and the terminal then number them alike, on
machines that would break them elsewhere, or that cannot lay out a page at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from debatekit.kit import model
from debatekit.kit.problems import Location, Problem, error, warning

LINES_NAME = "lines.lock"
LEVELS = ("standard", "plain")
_AGAIN = "run `debatekit lines --lock`"

# The offset at which each line of a text ends, for each text of a block.
Ends = tuple[tuple[int, ...], ...]


class Block(msgspec.Struct, frozen=True):
    """Texts that are numbered on from one another, ``first`` being the first line."""

    sha256: str
    first: int
    ends: Ends

    @property
    def last(self) -> int:
        return self.first + sum(map(len, self.ends)) - 1


class SourceLines(msgspec.Struct, frozen=True):
    """The lines of a source's sheet: its retelling at both levels, then its passages.

    The passages begin at one number at both levels, so that the two can be worked on
    side by side; a kit without readings has no levels.
    """

    passages: Block
    levels: dict[str, Block] = {}


class Lock(msgspec.Struct, frozen=True):
    version: int = 1
    sources: dict[str, SourceLines] = {}


@dataclass(frozen=True)
class Lines:
    """The lines of one text: the number of the first, and the offsets of their ends."""

    first: int
    ends: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.ends) - 1

    def of(self, start: int, end: int) -> str:
        """'line 12' or 'lines 12–14': where the characters start to end stand."""
        return spelled(self._at(start), self._at(max(start, end - 1)))

    def __str__(self) -> str:
        return spelled(self.first, self.last)

    def _at(self, offset: int) -> int:
        before = sum(end <= offset for end in self.ends)
        return min(self.first + before, self.last)


def spelled(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}–{last}"


def passage_lines(source: model.Source, known: SourceLines) -> dict[str, Lines]:
    """Passage id → its lines."""
    found = zip(source.passages, _spread(known.passages), strict=True)
    return {passage.id: lines for passage, lines in found}


def level_lines(known: SourceLines, level: str) -> tuple[Lines, ...]:
    """The lines of each paragraph of a retelling."""
    block = known.levels.get(level)
    return tuple(_spread(block)) if block else ()


def _spread(block: Block) -> Iterator[Lines]:
    first = block.first
    for ends in block.ends:
        yield Lines(first, ends)
        first += len(ends)


# ----------------------------------------------------------------------- texts


def numbered_texts(
    source: model.Source, reading: model.Reading | None
) -> dict[str, tuple[str, ...]]:
    """What is numbered on a source's sheet, by block: 'passages' and the levels."""
    texts = {"passages": tuple(p.text for p in source.passages)}
    if reading is not None:
        paragraphs = reading.paragraphs
        texts["standard"] = tuple(p.standard for p in paragraphs)
        texts["plain"] = tuple(p.plain for p in paragraphs)
    return texts


def texts_sha256(texts: tuple[str, ...]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def current(
    known: SourceLines | None, source: model.Source, reading: model.Reading | None
) -> SourceLines | None:
    """What of a source's lines is still true of its texts; None without passages."""
    texts = numbered_texts(source, reading)
    if known is None or not _fits(known.passages, texts["passages"]):
        return None
    levels = {
        name: block
        for name, block in known.levels.items()
        if name in texts and _fits(block, texts[name])
        if block.last < known.passages.first
    }
    return SourceLines(known.passages, levels)


def is_complete(
    known: SourceLines | None, source: model.Source, reading: model.Reading | None
) -> bool:
    """Whether every text of a source has its lines."""
    names = {"passages", *(known.levels if known else ())}
    return known is not None and names == numbered_texts(source, reading).keys()


def _fits(block: Block, texts: tuple[str, ...]) -> bool:
    ends = block.ends
    return (
        block.sha256 == texts_sha256(texts)
        and block.first > 0
        and [e[-1:] for e in ends] == [(len(text),) for text in texts]
        and all(list(e) == sorted(set(e)) and e[0] > 0 for e in ends)
        and all(
            not (text[end - 1].isalnum() and text[end].isalnum())
            for text, text_ends in zip(texts, ends, strict=True)
            for end in text_ends[:-1]
        )
    )


# ------------------------------------------------------------------------ lock


def read_lines(folder: Path) -> tuple[Mapping[str, SourceLines], list[Problem]]:
    """The lines in a kit's lock, by source; none where there is no lock."""
    path = folder / LINES_NAME
    try:
        lock = msgspec.json.decode(path.read_bytes(), type=Lock)
        if lock.version != 1:
            raise ValueError(lock.version)
        return lock.sources, []
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError, RecursionError):
        where = Location(path.as_posix())
        message = f"{LINES_NAME} cannot be read"
        return {}, [error(where, "lines-damaged", message, f"delete it and {_AGAIN}")]


def write_lines(lines: Mapping[str, SourceLines]) -> bytes:
    """The lock as JSON with a line a block, sorted: small diffs, equal bytes."""
    rows = []
    for source, known in sorted(lines.items()):
        blocks = {"passages": known.passages}
        texts = [f'"passages": {_json(blocks["passages"])}']
        levels = [f'"{name}": {_json(b)}' for name, b in sorted(known.levels.items())]
        texts += [f'"levels": {{\n      {_joined(levels, 6)}\n    }}'] if levels else []
        rows.append(f'"{source}": {{\n    {_joined(texts, 4)}\n  }}')
    inside = _joined(rows, 2)
    return f'{{"version": 1, "sources": {{\n  {inside}\n}}}}\n'.encode()


def _json(block: Block) -> str:
    return msgspec.json.encode(block).decode()


def _joined(rows: list[str], indent: int) -> str:
    return (",\n" + " " * indent).join(rows)


def against_lines(
    folder: Path,
    lines: Mapping[str, SourceLines],
    sources: Iterable[model.Source],
    readings: Mapping[str, model.Reading],
) -> list[Problem]:
    """Sources whose text was changed since their lines were numbered.

    A kit without a lock is numbered anew by each build, which is no problem.
    """
    if not lines:
        return []
    problems = []
    for source in sources:
        reading = readings.get(source.id)
        known = current(lines.get(source.id), source, reading)
        if not is_complete(known, source, reading):
            where = Location((folder / LINES_NAME).as_posix())
            message = f'the lines of source "{source.id}" are not those of its texts'
            hint = f"{_AGAIN}; the numbers on copies printed before no longer fit"
            problems.append(warning(where, "lines-stale", message, hint))
    return problems
