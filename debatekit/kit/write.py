"""Records → YAML as an author would write it, to stand in a kit like any other.

Stage: the way back from ``decode``, for what the program writes into a kit. Texts are
folded scalars (``>-``), in which no character needs care; ids and letters stand plain,
as the fields they come from allow nothing that YAML could take otherwise.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from debatekit.kit import model
from debatekit.kit.decode import decode
from debatekit.kit.problems import Problem, UserError
from debatekit.kit.yamlmarks import parse

WIDTH = 88
PINNED = "items/pinned.yaml"
HEADER = """\
# Items that `debatekit items --pin` took over from those made from the map. They are
# curated from now on: change what you like, but not the ids.
items:
"""

# Scalars that are written plain; every other text is folded.
PLAIN = {"id", "type", "skill", "key", "mistake", *model.PROVES}


def with_item(before: bytes | None, item: model.Item) -> bytes:
    """The bytes of an items file with one more item at its end.

    What was there stays as it was, byte for byte. Raises UserError where the file
    cannot be read, holds this id, or does not end in its list of items.
    """
    known = _items(before) if before is not None else ()
    if item.id in known:
        raise UserError(f'{PINNED} has an item "{item.id}" already')
    start = HEADER.encode() if before is None else before
    gap = b"" if start.endswith(b"\n") else b"\n"
    indent = "  " if before is None else _indent(before)
    written = start + gap + b"\n" + item_yaml(item, indent).encode()
    if _items(written) != (*known, item.id):
        raise UserError(
            f"{PINNED} cannot be added to: nothing may follow its list of items",
            "its items begin with '-', each on a line of its own",
        )
    return written


def _items(raw: bytes) -> tuple[str, ...]:
    """The ids in an items file. Raises UserError with its faults."""
    problems: list[Problem] = []
    node, faults = parse(raw, PINNED)
    record = decode(node, model.ItemsFile, problems) if node is not None else None
    if record is None or faults or problems:
        message = f"{PINNED} has faults and cannot be added to"
        raise UserError(message, problems=[*faults, *problems])
    return tuple(item.id for item in record.items)


def _indent(raw: bytes) -> str:
    """How far the list of items stands in."""
    for line in raw.decode().splitlines():
        if line.lstrip().startswith("- "):
            return line[: len(line) - len(line.lstrip())]
    return "  "


def item_yaml(item: model.Item, indent: str = "  ") -> str:
    """An item as an entry of the list in an items file."""
    lines = list(_mapping(_fields(item)))
    first, rest = lines[0], lines[1:]
    entry = [f"{indent}- {first}", *(f"{indent}  {line}" for line in rest)]
    return "".join(f"{line.rstrip()}\n" for line in entry)


def _fields(item: model.Item) -> dict[str, Any]:
    """The fields of an item as data, in the order authors write them."""
    fields: dict[str, Any] = {
        "id": item.id,
        "type": "" if item.type == "choice" else item.type,
        "skill": item.skill,
        "reads": list(item.reads),
        **_part(item),
        "keys": list(item.keys),
        "true": item.true,
        "correction": item.correction,
        "lines": item.lines,
        "answers": [_Text(answer) for answer in item.answers],
        "pairs": [_named(pair, "left", "right", "why") for pair in item.pairs],
        "extra": [_named(one, "text", "why") for one in item.extra],
        "steps": [_named(step, "text", "why") for step in item.steps],
        "why": item.why,
        "sample": item.sample,
        "guide": _named(item.guide, "full", "part", "none") if item.guide else {},
        "proof": [_named(one, *model.PROVES, "words") for one in item.proof],
        "evidence": _part(item.evidence) if item.evidence else {},
        "points": None if item.points == 1 else item.points,
    }
    return _kept(fields)


class _Text(str):
    """A text in a list: folded, where an id would stand plain."""


def _part(part: model.Part) -> dict[str, Any]:
    fields = {
        "stem": part.stem,
        "options": {
            letter: _named(option, "text", "passage", "why", "mistake")
            for letter, option in part.options.items()
        },
        "key": part.key,
        "keep_order": part.keep_order or None,
    }
    return _kept(fields)


def _named(record: model.Record, *names: str) -> dict[str, Any]:
    return _kept({name: getattr(record, name) for name in names})


def _kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that hold something; ``false`` is something."""
    return {k: v for k, v in fields.items() if v is False or v}


def _mapping(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, Mapping):
            yield f"{name}:"
            yield from (f"  {line}" for line in _mapping(value))
        elif isinstance(value, list) and not isinstance(value[0], (Mapping, _Text)):
            yield f"{name}: [{', '.join(value)}]"
        elif isinstance(value, list):
            yield f"{name}:"
            for entry in value:
                lines = list(_entry(entry))
                yield f"  - {lines[0]}"
                yield from (f"    {line}" for line in lines[1:])
        elif isinstance(value, bool | int) or name in PLAIN:
            yield f"{name}: {str(value).lower() if value is not None else ''}"
        else:
            first, *rest = _folded(value)
            yield f"{name}: {first}"
            yield from rest


def _entry(value: Mapping[str, Any] | str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _mapping(value)
    else:
        yield from _folded(value)


def _folded(text: str) -> Iterator[str]:
    """A folded scalar: its lines are joined by single spaces when it is read."""
    yield ">-"
    for line in textwrap.wrap(
        " ".join(text.split()),
        width=WIDTH - 16,
        break_long_words=False,
        break_on_hyphens=False,
    ):
        yield f"  {line}"
