"""The JSON Schema an editor gets agrees with `check`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from debatekit.cli.schema_command import command
from debatekit.kit.schema import schema

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
KITS = [ROOT / "seeds" / "huawei-ban", ROOT / "seeds" / "starter", CASES / "base"]
KITS += sorted((CASES / "good").iterdir())
FILES = [path for kit in KITS for path in sorted(kit.rglob("*.yaml"))]


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `No` and `7:00` are text, `2013` is a number."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


for tag, pattern in (
    ("bool", "true|false"),
    ("int", "[-+]?[0-9]+"),
    ("float", r"[-+]?[0-9]+\.[0-9]+"),
    ("null", "~|null|"),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^({pattern})$"), None
    )


@pytest.fixture(scope="module")
def validator() -> jsonschema.protocols.Validator:
    whole = schema()
    jsonschema.Draft202012Validator.check_schema(whole)
    return jsonschema.Draft202012Validator(whole)


def as_an_editor_reads(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=EditorLoader)


def names_as_text(loader: EditorLoader, node: yaml.MappingNode) -> dict[str, Any]:
    """Editors take the name of a field as text, also where it is `true`."""
    return {
        loader.construct_scalar(name): loader.construct_object(value, deep=True)
        for name, value in node.value
    }


EditorLoader.add_constructor("tag:yaml.org,2002:map", names_as_text)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_good_file_fits_the_schema(
    path: Path, validator: jsonschema.protocols.Validator
) -> None:
    data = as_an_editor_reads(path)
    kinds = validator.schema["anyOf"]
    whole = {k: v for k, v in validator.schema.items() if k != "anyOf"}
    fitting = [
        kind["$ref"]
        for kind in kinds
        if jsonschema.Draft202012Validator({**whole, **kind}).is_valid(data)
    ]
    assert len(fitting) == 1, "an editor could not tell what this file is"


def records(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every mapping inside; the fields of `skills` and such are names."""
    found = []
    if isinstance(data, dict):
        found = [] if at and at[-1] in ("skills", "options", "grounds") else [at]
        for key, value in data.items():
            found += records(value, (*at, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found += records(value, (*at, index))
    return found


@pytest.mark.parametrize(
    "path", sorted((CASES / "base").rglob("*.yaml")), ids=lambda p: p.name
)
def test_an_unknown_field_anywhere_does_not(
    path: Path, validator: jsonschema.protocols.Validator
) -> None:
    data = as_an_editor_reads(path)
    assert validator.is_valid(data)
    for at in records(data):
        inner = data
        for step in at:
            inner = inner[step]
        inner["tilte"] = "x"
        assert not validator.is_valid(data), at
        del inner["tilte"]
    assert validator.is_valid(data)


@pytest.mark.parametrize(
    ("file", "path", "value"),
    [
        ("facts.yaml", ("facts", 0, "confidence"), "huge"),
        ("facts.yaml", ("facts", 0, "date"), "yesterday"),
        ("facts.yaml", ("facts", 0, "id"), "Not An Id"),
        ("facts.yaml", ("facts", 0, "statement"), ""),
        ("glossary.yaml", ("terms", 0, "term"), ""),
        ("kit.yaml", ("quiz", "minutes"), 0),
        ("kit.yaml", ("quiz", "skills", "guess"), 1),
        ("kit.yaml", ("both_accept",), []),
        ("items/first.yaml", ("items", 0, "options", "z"), {"text": "x", "why": "y"}),
        ("sources/rivera.yaml", ("letter",), "AB"),
        ("pro.yaml", ("contentions", 0, "evidence"), []),
    ],
)
def test_a_wrong_value_does_not(
    file: str,
    path: tuple[Any, ...],
    value: Any,
    validator: jsonschema.protocols.Validator,
) -> None:
    data = as_an_editor_reads(CASES / "base" / file)
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert not validator.is_valid(data)


def test_what_authors_do_not_write_is_not_in_it() -> None:
    assert '"origin"' not in json.dumps(schema())


def test_the_command_prints_it() -> None:
    result = CliRunner().invoke(command)
    assert result.exit_code == 0
    assert json.loads(result.output) == json.loads(json.dumps(schema()))
