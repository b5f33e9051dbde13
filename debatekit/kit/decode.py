"""A tree with places → frozen records, with every bad field reported.

Stage: between ``yamlmarks`` and ``load``. The types of ``model`` decide what each
text means. msgspec would stop at the first fault of a record and names it by a path
in an English sentence; walking the same types field by field reports them all, each
at its own line and column.
"""

from __future__ import annotations

import datetime
import re
import types
from collections.abc import Callable
from functools import cache
from typing import (
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec

from debatekit.kit.fieldfaults import (
    BAD,
    Problems,
    empty,
    missing,
    named,
    no_unknown,
    noun,
    shown,
    wrong_type,
    wrong_value,
)
from debatekit.kit.model import Record
from debatekit.kit.nodes import Node
from debatekit.kit.problems import did_you_mean, error

R = TypeVar("R", bound=Record)

Decoder = Callable[[Node, str, Problems], Any]


def decode(node: Node, kind: type[R], problems: Problems) -> R | None:
    """Read one record; report every fault; None where the record cannot stand."""
    value = _decoder(kind)(node, noun(kind), problems)
    return None if value is BAD else value


@cache
def _decoder(kind: Any) -> Decoder:
    origin = get_origin(kind)
    if origin is Annotated:
        return _constrained(get_args(kind)[0], get_args(kind)[1:])
    if origin in (Union, types.UnionType):
        inner = [part for part in get_args(kind) if part is not type(None)]
        return _decoder(inner[0])
    if origin is Literal:
        return _choice(get_args(kind))
    if origin is tuple:
        return _many(get_args(kind)[0])
    if origin is dict:
        return _table(*get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Record):
        return _record(kind)
    return {str: _text, int: _whole, bool: _truth}[kind]


def _text(node: Node, what: str, problems: Problems) -> Any:
    if isinstance(node.value, str):
        return node.value.strip("\n")
    return wrong_type(node, what, "text", problems)


def _whole(node: Node, what: str, problems: Problems) -> Any:
    if isinstance(node.value, str) and re.fullmatch(r"-?[0-9]{1,9}", node.value):
        return int(node.value)
    return wrong_value(node, what, "a whole number", problems)


def _truth(node: Node, what: str, problems: Problems) -> Any:
    if isinstance(node.value, str) and node.value in ("true", "false"):
        return node.value == "true"
    return wrong_value(node, what, "true or false", problems)


def _choice(allowed: tuple[str, ...]) -> Decoder:
    def read(node: Node, what: str, problems: Problems) -> Any:
        if not isinstance(node.value, str):
            return wrong_type(node, what, "text", problems)
        if node.value in allowed:
            return node.value
        problems.append(
            error(
                node.location,
                "value-wrong",
                f'{what} is "{shown(node.value)}", but may be: {", ".join(allowed)}',
                did_you_mean(node.value, allowed),
            )
        )
        return BAD

    return read


def _constrained(kind: Any, metas: tuple[Any, ...]) -> Decoder:
    inner = _decoder(kind)
    meta: msgspec.Meta = metas[0]
    wanted = _wanted(meta)
    fits = re.compile(meta.pattern or "").search

    def read(node: Node, what: str, problems: Problems) -> Any:
        value = inner(node, what, problems)
        if value is BAD:
            return BAD
        if isinstance(value, str):
            if not fits(value):
                return wrong_value(node, what, wanted, problems)
            if meta.extra and not _on_calendar(value):
                return wrong_value(node, what, "a date of the calendar", problems)
            if meta.min_length and not value.strip():
                return empty(node, what, problems)
        elif isinstance(value, int):
            if meta.ge is not None and value < meta.ge:
                return wrong_value(node, what, wanted, problems)
            if meta.le is not None and value > meta.le:
                return wrong_value(node, what, wanted, problems)
        elif isinstance(value, tuple) and meta.min_length and not node.value:
            return empty(node, what, problems)
        return value

    return read


def _on_calendar(date: str) -> bool:
    if date == "not known":
        return True
    try:
        datetime.date(*[int(part) for part in (*date.split("-"), "1", "1")[:3]])
    except ValueError:
        return False
    return True


def _wanted(meta: msgspec.Meta) -> str:
    if meta.description:
        return meta.description
    if meta.ge is not None and meta.le is not None:
        return f"a number from {meta.ge} to {meta.le}"
    if meta.ge is not None:
        return f"a number of at least {meta.ge}"
    return _PATTERNS.get(meta.pattern or "", f"text of the form {meta.pattern}")


_PATTERNS = {
    r"^[A-Z]$": "one capital letter",
    r"^[a-f]$": "a letter from a to f",
    r"^[0-9a-f]{64}$": "64 hexadecimal digits (left out, check --texts says them)",
}


def _many(kind: Any) -> Decoder:
    inner = _decoder(kind)
    is_record = isinstance(kind, type) and issubclass(kind, Record)

    def read(node: Node, what: str, problems: Problems) -> Any:
        if not isinstance(node.value, list):
            hint = "start each entry on a line of its own with '- '"
            return wrong_type(node, what, "a list", problems, hint)
        name = noun(kind) if is_record else f"an entry of {what}"
        values = [inner(entry, name, problems) for entry in node.value]
        if not is_record and any(value is BAD for value in values):
            return BAD
        # A bad record in a list is reported and left out; its neighbours stand.
        return tuple(value for value in values if value is not BAD)

    return read


def _table(key_kind: Any, value_kind: Any) -> Decoder:
    read_key, read_value = _decoder(key_kind), _decoder(value_kind)

    def read(node: Node, what: str, problems: Problems) -> Any:
        if not isinstance(node.value, dict):
            return wrong_type(node, what, "a mapping (name: value)", problems)
        table = {}
        for name, inner in node.value.items():
            key_node = Node(name, node.keys[name])
            key = read_key(key_node, f"a name in {what}", problems)
            value = read_value(inner, f'"{name}" in {what}', problems)
            if key is not BAD and value is not BAD:
                table[key] = value
        return table if len(table) == len(node.value) else BAD

    return read


def _record(kind: type[Record]) -> Decoder:
    fields = _fields(kind)

    def read(node: Node, what: str, problems: Problems) -> Any:
        if not isinstance(node.value, dict):
            return wrong_type(node, what, "a mapping (field: value)", problems)
        what = named(what, node.value)
        values: dict[str, Any] = {"origin": node}
        good = no_unknown(node, fields, what, problems)
        for name, (decoder, required) in fields.items():
            inner = node.value.get(name)
            if inner is None or inner.value is None:
                if required:
                    good = missing(node, inner, name, what, problems)
                continue
            value = decoder(inner, f'field "{name}" of {what}', problems)
            if value is BAD:
                good = False
            else:
                values[name] = value
        return kind(**values) if good else BAD

    return read


def _fields(kind: type[Record]) -> dict[str, tuple[Decoder, bool]]:
    hints = get_type_hints(kind, include_extras=True)
    return {
        f.name: (_decoder(hints[f.name]), f.required)
        for f in msgspec.structs.fields(kind)
        if f.name != "origin"
    }
