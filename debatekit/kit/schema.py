"""The kit format as JSON Schema, made from the same records that are decoded."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from debatekit.kit import model
from debatekit.kit.model.formats import Minutes, SomeMinutes
from debatekit.kit.nodes import Node


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of every kind of file in a kit, for editors.

    An editor tells the kinds apart by their required fields.
    """
    kinds = get_args(model.AnyFile)
    parts, definitions = msgspec.json.schema_components(
        kinds, ref_template="#/$defs/{name}", schema_hook=_hook
    )
    for definition in definitions.values():
        properties = definition.get("properties", {})
        properties.pop("origin", None)
        for field in properties.values():
            _let_numbers_be_text(field)
        required = [f for f in definition.get("required", []) if f != "origin"]
        definition.pop("required", None)
        if required:
            definition["required"] = required
    counts = {"skills": model.Skill, "sides": model.Side, "types": model.ItemType}
    for name, kind in counts.items():
        table = definitions["Blueprint"]["properties"][name]
        table["propertyNames"] = {"enum": sorted(get_args(kind))}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "debatekit kit files",
        "anyOf": list(parts),
        "$defs": dict(sorted(definitions.items())),
    }


def _let_numbers_be_text(field: dict[str, Any]) -> None:
    """`date: 2013` and `minutes: 8` are numbers to an editor's YAML, and text to us."""
    kinds = (model.DateText, Minutes, SomeMinutes)
    patterns = {get_args(kind)[1].pattern for kind in kinds}
    for part in (field, *field.get("anyOf", ())):
        if part.get("pattern") in patterns:
            part["type"] = ["string", "integer"]


def _hook(kind: type) -> dict[str, Any]:
    """``origin`` is not written by authors; it is taken out again above."""
    if kind is Node:
        return {"type": "object"}
    raise NotImplementedError(kind)
