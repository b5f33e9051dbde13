"""Problems: their formats, and docs/problems.md held against the code and the cases."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debatekit.kit.problems import (
    FORMATS,
    Location,
    Problem,
    Severity,
    as_github,
    as_json,
    as_text,
    did_you_mean,
    error,
    errors_in,
    ordered,
    warning,
)

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "bad"
CODE = re.compile(r"[a-z]+(-[a-z]+)+")

# Codes that no small folder of files can show, and the test that shows each.
SHOWN_BY_A_TEST = {
    "file-large": "test_kit_yamlmarks.py::test_a_file_of_50_mb_is_refused_unread",
    "file-special": "test_kit_yamlmarks.py::test_a_folder_or_a_pipe_is_not_read",
    "file-unreadable": "test_kit_yamlmarks.py::test_a_file_that_cannot_be_opened",
    "yaml-large": "test_kit_yamlmarks.py::test_a_file_of_too_many_values_is_refused",
}


# ---------------------------------------------------------------------- formats

HERE = Location("items/first.yaml", 3, 9)


def test_text_has_one_line_a_problem_and_the_hint_below() -> None:
    found = [
        error(HERE, "key-unknown", 'the key of item "a" is d', "its options are a, b"),
        warning(Location("kit.yaml"), "file-unknown", "this file is not read"),
    ]
    assert as_text(found).split("\n") == [
        'items/first.yaml:3:9: error: the key of item "a" is d [key-unknown]',
        "    its options are a, b",
        "kit.yaml: warning: this file is not read [file-unknown]",
    ]
    assert as_text([]) == ""


texts = st.text(max_size=40)
locations = st.builds(Location, texts, st.integers(0, 99), st.integers(0, 99))
problems = st.builds(Problem, locations, texts, texts, texts, st.sampled_from(Severity))


@given(st.lists(problems, max_size=5))
def test_text_never_breaks_a_problem_over_lines(found: list[Problem]) -> None:
    """A message may quote a block of an author's text; a line is a problem still."""
    lines = sum(2 if p.hint else 1 for p in found)
    assert len(as_text(found).splitlines() or []) <= lines
    assert as_text(found).count("\n") == max(lines - 1, 0)


@given(st.lists(problems, max_size=5))
def test_json_gives_back_every_problem(found: list[Problem]) -> None:
    back = [
        Problem(
            Location(row.pop("file"), row.pop("line"), row.pop("col")),
            severity=Severity(row.pop("severity")),
            **row,
        )
        for row in json.loads(as_json(found))
    ]
    assert back == found


@given(st.lists(problems, max_size=5))
def test_github_commands_lose_nothing(found: list[Problem]) -> None:
    """What GitHub makes of a workflow command is the problem we meant."""
    lines = as_github(found).split("\n") if found else []
    assert len(lines) == len(found)
    for line, problem in zip(lines, found, strict=True):
        command, _, message = line.removeprefix("::").partition("::")
        severity, _, rest = command.partition(" ")
        fields = dict(part.split("=", 1) for part in rest.split(","))
        assert severity == problem.severity.value
        assert unescaped(fields["file"]) == problem.location.file
        assert unescaped(fields["title"]) == problem.code
        place = (fields.get("line"), fields.get("col"))
        line_col = (str(problem.location.line), str(problem.location.col))
        assert place == (line_col if problem.location.line else (None, None))
        said = f"{problem.message} [{problem.code}]"
        assert unescaped(message) == said + (f"\n{problem.hint}" * bool(problem.hint))


def unescaped(text: str) -> str:
    """As GitHub's runner reads it back."""
    return re.sub("%(25|0D|0A|3A|2C)", lambda match: chr(int(match.group(1), 16)), text)


def test_github_escapes_by_name() -> None:
    problem = error(Location("a,b:c.yaml", 1, 2), "x-y", "50 % of\n“a: b, c”")
    assert as_github([problem]) == (
        "::error file=a%2Cb%3Ac.yaml,line=1,col=2,title=x-y"
        "::50 %25 of%0A“a: b, c” [x-y]"
    )


def test_every_format_has_a_name() -> None:
    assert set(FORMATS) == {"text", "json", "github"}


def test_problems_are_ordered_by_place_and_said_once() -> None:
    later = error(Location("b.yaml", 1, 1), "a-a", "")
    tenth = error(Location("a.yaml", 10, 1), "a-a", "")
    second = warning(Location("a.yaml", 2, 30), "a-a", "")
    assert ordered([later, tenth, second, later]) == (second, tenth, later)
    assert errors_in([later, tenth, second]) == 2


def test_did_you_mean_names_the_nearest_or_nothing() -> None:
    known = ["rivera-aim", "rivera-unsure", "readers-calls"]
    assert did_you_mean("rivera-aims", known) == 'did you mean "rivera-aim"?'
    assert did_you_mean("xyz", known) == ""
    assert did_you_mean("xyz", []) == ""


# ------------------------------------------------- codes: source, docs and cases


def codes_of(path: Path) -> Iterator[str]:
    """The code of every problem that a module can make, read from its source."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and name_of(call) in MAKERS:
                assert len(call.args) >= 3, f"{path.name}:{call.lineno}"
                yield from spelled_out(call.args[1], function, tree)


MAKERS = {"error", "warning", "_refuse"}


def name_of(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def spelled_out(
    code: ast.expr, function: ast.FunctionDef, tree: ast.Module
) -> Iterator[str]:
    """A code as a constant, as f"{noun}-fault", or as a name from a module's table."""
    if isinstance(code, ast.Constant):
        yield str(code.value)
    elif isinstance(code, ast.JoinedStr):
        nouns = [key for key in keys_in(function) if key.isalpha()]
        fault = code.values[-1]
        assert isinstance(fault, ast.Constant)
        yield from (f"{noun}{fault.value}" for noun in nouns)
    elif function.name not in MAKERS:
        names = [key for key in keys_in(tree) if CODE.fullmatch(key)]
        assert names, f"no table for the code in {function.name}"
        yield from names


def keys_in(tree: ast.AST) -> list[str]:
    tables = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    keys = [key for table in tables for key in table.keys]
    return [str(key.value) for key in keys if isinstance(key, ast.Constant)]


@pytest.fixture(scope="module")
def codes() -> set[str]:
    modules = sorted((ROOT / "debatekit").rglob("*.py"))
    found = {code for module in modules for code in codes_of(module)}
    assert len(found) >= 40, "the scan misses how problems are made"
    assert {"passage-unknown", "yaml-merge", "type-wrong", "quote-differs"} <= found
    return found


def documented() -> dict[str, str]:
    """Code → what docs/problems.md says of it; one line of a table each."""
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", page, re.MULTILINE)
    assert len(rows) == len(dict(rows)), "a code has two lines"
    return dict(rows)


def test_a_code_is_a_noun_and_a_fault(codes: set[str]) -> None:
    assert [code for code in codes if not CODE.fullmatch(code)] == []


def test_every_code_is_in_the_docs_and_no_other(codes: set[str]) -> None:
    told = documented()
    assert sorted(codes - set(told)) == [], "not in docs/problems.md"
    assert sorted(set(told) - codes) == [], "in docs/problems.md, but in no module"
    assert [code for code, line in told.items() if len(line.split()) < 6] == []


def test_every_code_has_a_case(codes: set[str]) -> None:
    shown = set(SHOWN_BY_A_TEST)
    for path in CASES.glob("*/problems*.txt"):
        shown |= set(re.findall(r"\[([a-z-]+)\]$", path.read_text("utf-8"), re.M))
    assert len(shown) > len(SHOWN_BY_A_TEST)
    assert sorted(codes - shown) == [], "no case in tests/cases/bad shows these"


@pytest.mark.parametrize("code", SHOWN_BY_A_TEST)
def test_a_code_without_a_case_has_the_test_it_names(code: str) -> None:
    file, _, name = SHOWN_BY_A_TEST[code].partition("::")
    source = (Path(__file__).parent / file).read_text(encoding="utf-8")
    body = source.partition(f"def {name}(")[2].partition("\ndef ")[0]
    assert f'"{code}"' in body
