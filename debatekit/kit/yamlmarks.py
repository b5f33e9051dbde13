"""YAML text → a tree in which every value knows its place; the only owner of yaml.

Stage: the first of the pipeline. It knows nothing of kits. Every scalar stays text
(``safe_load`` turns ``No`` into false and ``7:00`` into 420) and the field's type
decides later what it means.

The tree is built from the parser's events, not by ``yaml.compose``: the C composer
recurses and dies of 40,000 brackets, expands merge keys without end, and keeps the
last of two equal fields without a word. Events cost one flat pass and let each of
these become a sentence.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from debatekit.kit import yamlfaults
from debatekit.kit.nodes import Node
from debatekit.kit.problems import Location, Problem, error

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_NODES = 200_000

# Characters that could steer a terminal or hide the order of text: C0 but newline and
# tab, DEL and C1, marks of direction, line separators, the byte-order mark.
CONTROL = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]"
)

# What YAML does not allow in a file at all; the loader would not say where it stands.
# Named one by one: a class of all that is allowed takes 8 ms to compile.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class _Refused(Exception):
    def __init__(self, problem: Problem):
        self.problem = problem


def read(path: Path, shown: str) -> tuple[Node | None, list[Problem]]:
    """Read one YAML file; ``shown`` is its name in problems."""
    whole = Location(shown)
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            return None, [error(whole, "file-special", "this is not an ordinary file")]
        if info.st_size > MAX_BYTES:
            size = f"{info.st_size / 1e6:.1f} MB"
            limit = f"{MAX_BYTES // 1_000_000} MB"
            return None, [
                error(
                    whole,
                    "file-large",
                    f"this file has {size}; a kit file may have {limit}",
                    "split it, or keep long texts outside the kit",
                )
            ]
        raw = path.read_bytes()
    except OSError as failure:
        reason = failure.strerror or "unknown reason"
        return None, [
            error(whole, "file-unreadable", f"cannot read this file: {reason}")
        ]
    return parse(raw, shown)


def parse(raw: bytes, shown: str) -> tuple[Node | None, list[Problem]]:
    """Turn the bytes of one YAML file into a tree, or say why not."""
    text, problem = _decode(raw, shown)
    if problem:
        return None, [problem]
    if not text.strip():
        return None, [error(Location(shown), "file-empty", "this file is empty")]
    unfit = _UNFIT.search(text)
    if unfit:
        return None, [
            yamlfaults.unfit_problem(unfit.group(), _place(text, unfit.start(), shown))
        ]
    import yaml

    problems: list[Problem] = []
    try:
        root = _Builder(shown, problems).build(_events(text, yaml))
    except _Refused as refused:
        return None, [*problems, refused.problem]
    except yaml.MarkedYAMLError as failure:
        return None, [*problems, yamlfaults.syntax_problem(failure, text, shown)]
    except yaml.YAMLError as failure:
        message = str(failure).splitlines()[0]
        return None, [*problems, error(Location(shown), "yaml-syntax", message)]
    if root is None or root.value is None:
        return None, [
            *problems,
            error(Location(shown), "file-empty", "this file holds only comments"),
        ]
    return root, problems


def _decode(raw: bytes, shown: str) -> tuple[str, Problem | None]:
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as failure:
        good = failure.object[: failure.start].decode()
        return "", yamlfaults.encoding_problem(_place(good, len(good), shown))


def _place(text: str, index: int, shown: str) -> Location:
    line = text.count("\n", 0, index) + 1
    return Location(shown, line, index - text.rfind("\n", 0, index))


def _events(text: str, yaml: Any) -> Iterator[Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterator[Any] = yaml.parse(text, Loader=loader)
    return events


class _Builder:
    """Builds the tree from events with a stack of its own, so depth is harmless."""

    def __init__(self, shown: str, problems: list[Problem]):
        self.shown = shown
        self.problems = problems
        self.stack: list[Node] = []
        self.pending: list[tuple[str, Location] | None] = []
        self.root: Node | None = None
        self.nodes = 0

    def build(self, events: Iterator[Any]) -> Node | None:
        documents = 0
        for event in events:
            kind = type(event).__name__
            if kind == "ScalarEvent":
                self._scalar(event)
            elif kind in ("MappingStartEvent", "SequenceStartEvent"):
                self._open(event, {} if kind[0] == "M" else [])
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                self.stack.pop()
                self.pending.pop()
            elif kind == "AliasEvent":
                self._refuse(
                    event,
                    "yaml-alias",
                    f"aliases are not used in kits, but here is *{event.anchor}",
                    "write the value out",
                )
            elif kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    self._refuse(
                        event,
                        "yaml-documents",
                        'a kit file holds one document, but "---" starts a second',
                        "remove the line, or make two files",
                    )
        return self.root

    def _where(self, event: Any) -> Location:
        mark = event.start_mark
        return Location(self.shown, mark.line + 1, mark.column + 1)

    def _refuse(self, event: Any, code: str, message: str, hint: str = "") -> None:
        raise _Refused(error(self._where(event), code, message, hint))

    def _common(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(
                event, "yaml-large", f"this file has more than {MAX_NODES:,} values"
            )
        if event.anchor:
            self._refuse(
                event,
                "yaml-alias",
                f"anchors are not used in kits, but here is &{event.anchor}",
                "write the value out",
            )
        if event.tag and event.tag != "!":
            self._refuse(
                event,
                "yaml-tag",
                f'tags are not used in kits, but here is "{_written(event.tag)}"',
                "remove it; put text that starts with ! in quotes",
            )

    def _scalar(self, event: Any) -> None:
        self._common(event)
        mark = event.start_mark
        where = Location(self.shown, mark.line + 1, mark.column + 1)
        text: str = event.value
        # The C loader has '' for a plain scalar, the other one None.
        plain = not event.style
        bad = CONTROL.search(text)
        if bad:
            self.problems.append(yamlfaults.control_problem(bad.group(), where))
            text = CONTROL.sub("", text)
        parent = self.stack[-1] if self.stack else None
        if parent and isinstance(parent.value, dict) and self.pending[-1] is None:
            if plain and text == "<<":
                self._refuse(
                    event,
                    "yaml-merge",
                    'merge keys ("<<") are not used in kits',
                    "write the fields out",
                )
            self.pending[-1] = (text, where)
            return
        empty = plain and text in ("", "~", "null")
        self._add(Node(None if empty else text, where))

    def _open(self, event: Any, value: dict[str, Node] | list[Node]) -> None:
        self._common(event)
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(
                event,
                "yaml-depth",
                f"values are nested more than {MAX_DEPTH} levels deep here",
                "no kit needs this: look for brackets that are never closed",
            )
        parent = self.stack[-1] if self.stack else None
        if parent and isinstance(parent.value, dict) and self.pending[-1] is None:
            self._refuse(
                event,
                "yaml-syntax",
                "the name of a field must be a word, not a list or a mapping",
                "put text that starts with [ or { in quotes",
            )
        node = Node(value, self._where(event))
        self._add(node)
        self.stack.append(node)
        self.pending.append(None)

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1].value
        if isinstance(parent, list):
            parent.append(node)
            return
        assert isinstance(parent, dict)
        waiting = self.pending[-1]
        assert waiting is not None
        name, where = waiting
        self.pending[-1] = None
        if name in parent:
            first = self.stack[-1].keys[name]
            self.problems.append(
                error(
                    where,
                    "field-duplicate",
                    f'field "{name}" stands here twice (first in line {first.line})',
                    "keep one of the two",
                )
            )
            return
        parent[name] = node
        self.stack[-1].keys[name] = where


def _written(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!", 1)
