"""The Kit that a student's practice needs, as bytes that are quick to read again.

Stage: after ``review``; only a sound kit is packed, and its name is a hash of all that
was read for it, so that unpacking is reading without YAML and without the rules.
"""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from pathlib import Path
from typing import Any

import msgspec

from debatekit import __version__
from debatekit.kit import model
from debatekit.kit.kit import Extras, Kit
from debatekit.kit.lines import LINES_NAME, SourceLines
from debatekit.kit.nodes import Node
from debatekit.kit.problems import Location

LOCK_NAME = "quotes.lock"


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """The parts of a Kit that practice reads; ``digest`` is of all it was read from."""

    digest: str
    head: model.KitFile
    sources: tuple[model.Source, ...]
    facts: dict[str, model.Fact]
    terms: dict[str, model.Term]
    sides: dict[model.Side, model.SideFile]
    items: dict[str, model.Item]
    events: dict[str, model.Event]
    lines: dict[str, SourceLines]
    unread: tuple[str, ...]


def digest(folder: Path) -> str:
    """A hash of the program, of its records as they are, and of every file of the kit;
    where a file cannot be read, of its name."""
    found = hashlib.sha256(__version__.encode())
    for module in sorted(Path(str(model.__file__)).parent.glob("*.py")):
        found.update(hashlib.sha256(module.read_bytes()).digest())
    locks = [folder / LOCK_NAME, folder / LINES_NAME]
    for path in sorted([*folder.rglob("*.yaml"), *locks]):
        found.update(f"\0{path.relative_to(folder).as_posix()}\0".encode())
        with contextlib.suppress(OSError):
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def packed(kit: Kit, now: str) -> bytes:
    """A kit of ``review.practice_kit`` as bytes, without the places of its records."""
    parts = Packed(
        now,
        kit.head,
        kit.sources,
        dict(kit.facts),
        dict(kit.terms),
        dict(kit.sides),
        dict(kit.items),
        dict(kit.extras.events),
        dict(kit.lines),
        tuple(sorted(kit.unread)),
    )
    return zlib.compress(msgspec.msgpack.encode(parts, enc_hook=_no_place), 9)


def unpacked(data: bytes, now: str, folder: Path) -> Kit | None:
    """The kit of such bytes; None where they are of another one, or of none."""
    nowhere = Node(None, Location(folder.as_posix()))

    def placed(kind: type, value: Any) -> Any:
        return nowhere

    try:
        raw = zlib.decompress(data)
        parts = msgspec.msgpack.decode(raw, type=Packed, dec_hook=placed)
    except (zlib.error, msgspec.MsgspecError, ValueError):
        return None
    if parts.digest != now:
        return None
    return Kit(
        folder=folder,
        shown=folder.as_posix(),
        head=parts.head,
        sources=parts.sources,
        facts=parts.facts,
        terms=parts.terms,
        sides=parts.sides,
        items=parts.items,
        extras=Extras(events=parts.events),
        broken=frozenset(),
        faulty=frozenset(),
        unread=frozenset(parts.unread),
        lines=parts.lines,
    )


def _no_place(value: Any) -> None:
    if not isinstance(value, Node):
        raise NotImplementedError(type(value))
