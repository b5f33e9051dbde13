"""YAML text → a tree with places; whatever the bytes, problems and no exception."""

from __future__ import annotations

import os
import random
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from debatekit.kit import yamlmarks
from debatekit.kit.nodes import Node
from debatekit.kit.problems import Problem, as_text
from debatekit.kit.review import review
from debatekit.kit.yamlmarks import CONTROL, MAX_BYTES, MAX_NODES, parse, read

ROOT = Path(__file__).parent.parent
BASE = ROOT / "tests" / "cases" / "base"


@pytest.fixture(params=["C loader", "Python loader"], autouse=True)
def loader(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test with both parsers of PyYAML: not every machine has the C one."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "Python loader":
            patch.delattr(yaml, "CSafeLoader")
        yield


def tree(text: str) -> Node:
    node, found = parse(text.encode(), "f.yaml")
    assert as_text(found) == ""
    assert node is not None
    return node


def plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {name: plain(inner) for name, inner in node.value.items()}
    if isinstance(node.value, list):
        return [plain(inner) for inner in node.value]
    return node.value


def codes(found: list[Problem]) -> list[str]:
    return [problem.code for problem in found]


# ---------------------------------------------------------------------- values


@pytest.mark.parametrize(
    "text",
    [
        "No",
        "yes",
        "7:00",
        "012",
        "0x1F",
        "1e3",
        "1_000",
        "2019-05-16",
        ".inf",
        "=",
        "é",
    ],
)
def test_a_scalar_stays_the_text_it_is(text: str) -> None:
    assert plain(tree(f"a: {text}")) == {"a": text}
    assert plain(tree(f"[{text}]")) == [text]


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_only_an_unquoted_nothing_is_nothing(nothing: str) -> None:
    assert plain(tree(f"a: {nothing}\nb: '{nothing}'")) == {"a": None, "b": nothing}


def test_blocks_keep_their_lines_and_windows_line_ends_are_line_ends() -> None:
    text = "a: >-\n  one\n  two\nb: |-\n  one\n  two\n"
    assert plain(tree(text)) == {"a": "one two", "b": "one\ntwo"}
    windows = "\ufeff" + text.replace("\n", "\r\n")
    assert plain(tree(windows)) == plain(tree(text))


# ---------------------------------------------------------------------- places

NESTED = """\
# a comment
é: “é” and ü
list:
  - one
  - {key: value, "other": [x, 'y z']}
  - deep:
      deeper: >-
        folded
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (2, 1)),
        (("é",), (2, 4)),
        (("list",), (4, 3)),
        (("list", 0), (4, 5)),
        (("list", 1), (5, 5)),
        (("list", 1, "key"), (5, 11)),
        (("list", 1, "other"), (5, 27)),
        (("list", 1, "other", 1), (5, 31)),
        (("list", 2, "deep", "deeper"), (7, 15)),
        # What is not there is shown at the nearest thing around it.
        (("list", 1, "other", 9), (5, 27)),
        (("list", 1, "nothing", "at", "all"), (5, 5)),
        (("é", "no mapping"), (2, 4)),
        (("list", "no number"), (4, 3)),
    ],
)
def test_every_value_knows_its_place(
    path: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    at = tree(NESTED).at(*path)
    assert (at.line, at.col) == place
    assert at.file == "f.yaml"


def test_every_name_of_a_field_knows_its_place() -> None:
    root = tree(NESTED)
    assert (root.key_at("list").line, root.key_at("list").col) == (3, 1)
    assert isinstance(root.value, dict)
    inner = root.value["list"].value
    assert isinstance(inner, list)
    at = inner[1].key_at("other")
    assert (at.line, at.col) == (5, 18)
    assert inner[1].key_at("missing") == inner[1].location


names = st.text(string.ascii_letters, min_size=1, max_size=8)
words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=9)
trees = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner),
    max_leaves=12,
)


@given(trees, st.booleans())
def test_what_yaml_writes_is_read_back_at_its_place(data: object, flow: bool) -> None:
    style = '"' if flow else None
    text = yaml.safe_dump(
        data, allow_unicode=True, default_style=style, default_flow_style=flow
    )
    node = tree(text)
    assert plain(node) == data
    lines = text.split("\n")
    waiting = [node]
    while waiting:
        node = waiting.pop()
        for inner in children(node):
            assert inner.location >= node.location
            waiting.append(inner)
        for name, at in node.keys.items():
            assert name in lines[at.line - 1][at.col - 1 :]


def children(node: Node) -> list[Node]:
    if isinstance(node.value, dict):
        return list(node.value.values())
    return node.value if isinstance(node.value, list) else []


# --------------------------------------------------------------- whatever bytes


def sound(raw: bytes) -> list[Problem]:
    """Parse, and assert what holds for all bytes."""
    node, found = parse(raw, "f.yaml")
    assert node is not None or found, "neither a tree nor a problem"
    lines = max(1, len(raw.decode("utf-8", "replace").splitlines()))
    for problem in found:
        assert problem.location.file == "f.yaml"
        assert 0 <= problem.location.line <= lines
        assert (problem.location.col > 0) == (problem.location.line > 0)
    waiting = [node] if node else []
    while waiting:
        inner = waiting.pop()
        waiting += children(inner)
        if isinstance(inner.value, str):
            assert not CONTROL.search(inner.value)
        assert not any(CONTROL.search(name) for name in inner.keys)
    return found


@given(st.binary(max_size=200))
@example(b"a: b".decode().encode("utf-16"))
@example(b"---\n...\n")
@example(b"\xef\xbb\xbf")
@example(b"?")
@example(b"[")
@example(b"a: [b\n")
@example(b"'a\n\n")
@example(b"a:\n  - b\n c: d")
def test_random_bytes_give_problems_not_exceptions(raw: bytes) -> None:
    sound(raw)


@given(
    st.text(max_size=200)
    | st.text(" \n\t-:?,[]{}#&*!|>'\"%@`<~ab\\\u2028\x85", max_size=60)
)
def test_random_text_gives_problems_not_exceptions(text: str) -> None:
    sound(text.encode())


def test_a_kit_with_random_damage_gives_problems_not_exceptions() -> None:
    """Bytes of a real file changed, cut out or doubled: 400 times, always the same."""
    dice = random.Random(2)
    raw = (BASE / "sources" / "rivera.yaml").read_bytes()
    for _ in range(400):
        at, size = dice.randrange(len(raw)), dice.choice([1, 1, 1, 5, 60])
        new = dice.choice([b"", raw[at : at + size] * 2, dice.randbytes(size)])
        sound(raw[:at] + new + raw[at + size :])


# ------------------------------------------------------------------- one by one


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"a: b\nc: \xff", "2:4 file-encoding"),
        ("é: \udce9".encode("utf-8", "surrogateescape"), "1:4 file-encoding"),
        (b"\xef\xbb\xbfab\xff", "1:3 file-encoding"),
        ("a: b\n".encode("utf-16"), "1:1 file-encoding"),
        ("a: b\n".encode("utf-16-le"), "1:2 file-encoding"),
        ("é: \x1b[31m".encode(), "1:4 control-character"),
        ("a: b\nc: d\ufffee".encode(), "2:5 control-character"),
        (b'"a\\e": b', "1:1 control-character"),
        (b"a:\n\tb: c\n", "2:1 yaml-tab"),
        (b"a: b\n\tc\n", "2:1 yaml-tab"),
        (b"a: b: c\n", "1:5 yaml-syntax"),
        (b'a: "b\nc: d\n', "1:4 yaml-syntax"),
        (b"a: b\nc: [d, e\n", "2:4 yaml-syntax"),
        (b"a: {b: c\n", "1:4 yaml-syntax"),
        (b"? [a]\n: b\n", "1:3 yaml-syntax"),
        (b"a: &b c\n", "1:4 yaml-alias"),
        (b"a: *b\n", "1:4 yaml-alias"),
        (b"<<: {a: b}\n", "1:1 yaml-merge"),
        (b"a: !b c\n", "1:4 yaml-tag"),
        (b"a: b\n---\nc: d\n", "2:1 yaml-documents"),
        (b"{a: 1, a: 2}", "1:8 field-duplicate"),
        (b"- " * 33 + b"a", "1:65 yaml-depth"),
    ],
)
def test_one_fault_is_one_problem_where_it_stands(raw: bytes, said: str) -> None:
    _, found = parse(raw, "f")
    assert [f"{p.location.line}:{p.location.col} {p.code}" for p in found] == [said]


@pytest.mark.parametrize(
    "raw", [b"", b"  \n\n", b"# only\n", b"---\n", b"~", b"\n---\n#"]
)
def test_a_file_without_values_is_empty(raw: bytes) -> None:
    node, found = parse(raw, "f")
    assert node is None
    assert codes(found) == ["file-empty"]


@pytest.mark.parametrize(
    "kit", sorted((ROOT / "seeds").glob("*/kit.yaml")), ids=lambda p: p.parent.name
)
def test_the_shipped_kits_can_be_read(kit: Path) -> None:
    """By both parsers: `[Why?]` is a list to one of them and an error to the other."""
    files = sorted(kit.parent.rglob("*.yaml"))
    assert len(files) >= 5
    for path in files:
        node, found = read(path, path.name)
        assert as_text(found) == ""
        assert node is not None


def test_the_first_of_two_equal_fields_is_kept() -> None:
    node, found = parse(b"a: {b: 1}\na: {b: [2]}\nc: 3\n", "f")
    assert node is not None
    assert plain(node) == {"a": {"b": "1"}, "c": "3"}
    assert [problem.location.line for problem in found] == [2]
    assert "line 1" in found[0].message


def test_a_quoted_merge_sign_is_a_name_like_any_other() -> None:
    assert plain(tree('"<<": a')) == {"<<": "a"}


# --------------------------------------------------------------- files too large


def kit_with(folder: Path, name: str, raw: bytes) -> list[Problem]:
    """What `review` says of a kit with one file of these bytes; nothing else is new."""
    for path in BASE.rglob("*.*"):
        target = folder / path.relative_to(BASE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    (folder / name).write_bytes(raw)
    return list(review(folder, folder / "texts").problems)


def test_a_file_of_50_mb_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit_with(tmp_path, "facts.yaml", b"")
    with (tmp_path / "facts.yaml").open("wb") as file:
        file.truncate(50_000_000)

    def no_reading(path: Path) -> bytes:
        raise AssertionError(f"{path} was read")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", no_reading)
        node, found = read(tmp_path / "facts.yaml", "facts.yaml")
    assert node is None
    assert codes(found) == ["file-large"]
    assert "50.0 MB" in found[0].message
    assert codes(list(review(tmp_path).problems)) == ["file-large"]


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"a: b\n#" + b"x" * (MAX_BYTES - 6))
    node, found = read(path, "f")
    assert node is not None
    assert found == []


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "[{a: "])
def test_40_000_open_brackets_are_one_clear_line(tmp_path: Path, opening: str) -> None:
    """PyYAML's C composer ends the whole process on these."""
    found = kit_with(tmp_path, "facts.yaml", opening.encode() * 40_000)
    assert len(found) == 1
    assert found[0].code in ("yaml-depth", "yaml-syntax")
    assert found[0].location.line == 1


def test_a_file_of_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_NODES < MAX_BYTES / 2, "or no file could have too many"
    monkeypatch.setattr(yamlmarks, "MAX_NODES", 100)
    node, found = parse(b"[" + b"a," * 98 + b"a]", "f")
    assert node is not None
    assert found == []
    node, found = parse(b"[" + b"a," * 99 + b"a]", "f")
    assert node is None
    assert codes(found) == ["yaml-large"]


def test_a_folder_or_a_pipe_is_not_read(tmp_path: Path) -> None:
    """A pipe would wait for ever."""
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    for name in ("folder.yaml", "pipe.yaml"):
        node, found = read(tmp_path / name, name)
        assert node is None
        assert codes(found) == ["file-special"]


def test_a_file_that_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"a: b")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    node, found = read(path, "f.yaml")
    assert node is None
    assert codes(found) == ["file-unreadable"]
    assert "Permission denied" in found[0].message
