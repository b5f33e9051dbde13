"""The tree that YAML is read into: every value knows its place.

Stage: what ``yamlmarks`` gives and ``decode`` takes; records keep theirs as ``origin``.
"""

from __future__ import annotations

from typing import TypeAlias

from debatekit.kit.problems import Location

Value: TypeAlias = "str | list[Node] | dict[str, Node] | None"


class Node:
    """A value of the YAML with its place; ``None`` stands for an empty value.

    A plain class, so that msgspec asks ``compiled`` what to do with one.
    """

    __slots__ = ("keys", "location", "value")

    def __init__(
        self,
        value: Value,
        location: Location,
        keys: dict[str, Location] | None = None,
    ):
        self.value = value
        self.location = location
        self.keys = {} if keys is None else keys

    def at(self, *path: str | int) -> Location:
        """Where a value inside this one stands, or the nearest thing around it."""
        node = self
        for step in path:
            inner = node.value
            if isinstance(inner, dict) and isinstance(step, str) and step in inner:
                node = inner[step]
            elif isinstance(inner, list) and isinstance(step, int):
                if step >= len(inner):
                    break
                node = inner[step]
            else:
                break
        return node.location

    def key_at(self, name: str) -> Location:
        """Where the name of a field stands."""
        return self.keys.get(name, self.location)
