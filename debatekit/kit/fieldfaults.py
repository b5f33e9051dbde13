"""What is said of a field that is missing, unknown, or not what it must be.

Stage: part of ``decode``: every function here reports one fault at its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from debatekit.kit.nodes import Node
from debatekit.kit.problems import Problem, did_you_mean, error


class Bad:
    """Marks a value that could not be read; its problems are already reported."""


BAD: Final = Bad()
Problems = list[Problem]


def no_unknown(
    node: Node, fields: Mapping[str, Any], what: str, problems: Problems
) -> bool:
    """Whether a record has only the fields it may have."""
    assert isinstance(node.value, dict)
    unknown = [name for name in node.value if name not in fields]
    for name in unknown:
        hint = did_you_mean(name, fields) or f"it may have: {', '.join(fields)}"
        problems.append(
            error(
                node.key_at(name),
                "field-unknown",
                f'{what} has no field "{shown(name)}"',
                hint,
            )
        )
    return not unknown


def missing(
    node: Node, inner: Node | None, name: str, what: str, problems: Problems
) -> bool:
    """Report a field that is required: False, so that its record cannot stand."""
    if inner is not None:
        return bool(empty(inner, f'field "{name}" of {what}', problems) is not BAD)
    problems.append(
        error(node.location, "field-missing", f'{what} needs a field "{name}"')
    )
    return False


def empty(node: Node, what: str, problems: Problems) -> Bad:
    problems.append(error(node.location, "value-empty", f"{what} is empty"))
    return BAD


def wrong_value(node: Node, what: str, wanted: str, problems: Problems) -> Bad:
    if not isinstance(node.value, str):
        return wrong_type(node, what, wanted, problems)
    problems.append(
        error(
            node.location,
            "value-wrong",
            f'{what} is "{shown(node.value)}", but must be {wanted}',
        )
    )
    return BAD


def wrong_type(
    node: Node, what: str, wanted: str, problems: Problems, hint: str = ""
) -> Bad:
    got = "nothing"
    if isinstance(node.value, str):
        got = "text"
    elif node.value is not None:
        got = "a list" if isinstance(node.value, list) else "a mapping (field: value)"
    problems.append(
        error(
            node.location, "type-wrong", f"{what} must be {wanted}, but is {got}", hint
        )
    )
    return BAD


def shown(text: str) -> str:
    """A value as a problem quotes it: not all of a long one."""
    return text if len(text) <= 40 else text[:39] + "…"


def noun(kind: type) -> str:
    """What an author calls a kind of record."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower()
    return {"kit file": "the kit", "side file": "this file"}.get(name, name)


def named(what: str, value: Mapping[str, Node]) -> str:
    """Add the author's id to the noun, so that a person finds the record."""
    ident = value.get("id")
    if " " in what.strip('"') and what.startswith(("field", "an entry")):
        return what
    if ident is not None and isinstance(ident.value, str):
        return f'{what} "{shown(ident.value)}"'
    return what
