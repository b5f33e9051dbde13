"""A folder → a Kit: which one, what is in it, and no second report of one fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from debatekit.kit.find import find_kit
from debatekit.kit.load import load
from debatekit.kit.problems import Problem, UserError, as_text
from debatekit.kit.review import review, sound_kit

BASE = Path(__file__).parent / "cases" / "base"


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A copy of tests/cases/base to change."""
    folder = tmp_path / "kit"
    shutil.copytree(BASE, folder)
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def said(folder: Path) -> list[Problem]:
    return list(review(folder, folder / "texts").problems)


# --------------------------------------------------------------- which kit, what


def test_the_kit_named_is_used_then_the_one_stood_in_then_the_bundled(
    kit: Path, tmp_path: Path
) -> None:
    bundled = tmp_path / "bundled"
    assert find_kit(str(kit), tmp_path, bundled) == kit
    assert find_kit(None, kit, bundled) == kit
    assert find_kit(None, tmp_path, bundled) == bundled


@pytest.mark.parametrize("wanted", ["nowhere", "texts", "kit.yaml"])
def test_a_folder_without_a_kit_is_the_users_mistake(kit: Path, wanted: str) -> None:
    with pytest.raises(UserError) as caught:
        find_kit(str(kit / wanted), kit, kit)
    assert wanted in caught.value.message
    assert "debatekit new" in caught.value.hint


def test_a_kit_is_looked_up_by_its_ids() -> None:
    kit = sound_kit(BASE)
    assert kit.id == "school-phones"
    assert set(kit.passages) == {"rivera-aim", "rivera-unsure", "readers-calls"}
    assert kit.source_of["readers-calls"].letter == "B"
    assert kit.side_of == {"calm-lessons": "pro", "out-of-reach": "con"}
    assert [r.id for r in kit.rebuttals["calm-lessons"]] == ["re-calm-lessons"]
    assert kit.measure is kit.head.measures[0]
    names = [quotation.name for quotation in kit.quotations()]
    assert sorted(names) == [
        "check:rivera-books",
        "passage:readers-calls",
        "passage:rivera-aim",
        "passage:rivera-unsure",
    ]


def test_a_quotation_knows_the_line_of_its_words() -> None:
    places = {q.name: q.location for q in sound_kit(BASE).quotations()}
    at = places["passage:rivera-aim"]
    line = (
        (BASE / "sources" / "rivera.yaml").read_text("utf-8").split("\n")[at.line - 1]
    )
    assert line[at.col - 1 :].startswith("we want lessons")
    assert at.file == (BASE / "sources" / "rivera.yaml").as_posix()


def test_a_kit_with_an_error_cannot_be_used(kit: Path) -> None:
    change(kit / "items" / "first.yaml", "    key: a\n", "    key: d\n")
    with pytest.raises(UserError) as caught:
        sound_kit(kit)
    assert [problem.code for problem in caught.value.problems] == ["key-unknown"]


def test_a_kit_with_a_warning_can_be_used(kit: Path) -> None:
    change(kit / "pro.yaml", "Nobody can wait", "“Nobody” can wait")
    assert [problem.code for problem in said(kit)] == []
    change(kit / "pro.yaml", "“Nobody” can wait", "“Nobody at all” can wait")
    assert [problem.code for problem in said(kit)] == ["quote-unknown"]
    assert sound_kit(kit).id == "school-phones"


# ------------------------------------------------------- one fault, one report


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sources/rivera.yaml", "    stance: pro\n", "    stance: for\n"),
        ("sources/rivera.yaml", "    stance: mixed\n", ""),
        ("sources/rivera.yaml", "letter: A\n", "letter: AA\n"),
        ("sources/rivera.yaml", "    fault: misleading\n", ""),
        ("sources/readers.yaml", "trust: Each", "trsut: Each"),
        ("facts.yaml", "    confidence: high\n", "    confidence: huge\n"),
        ("glossary.yaml", "    term: phone\n", "    term: ''\n"),
        ("pro.yaml", "    impact: Pupils learn more in a calm lesson.\n", ""),
        ("con.yaml", "    answer: She is sure of the aim.\n", ""),
        ("pro.yaml", "rebuttals:", "rebutals:"),
        ("items/first.yaml", "    skill: source\n", "    skill: sauce\n"),
        ("kit.yaml", "    who: The school\n", ""),
    ],
)
def test_a_bad_record_makes_no_dangling_ids(
    kit: Path, file: str, old: str, new: str
) -> None:
    """What names a record that could not be read is not reported on top."""
    change(kit / file, old, new)
    found = said(kit)
    fault = {"field-missing", "field-unknown", "value-wrong", "value-empty"}
    assert found
    assert {problem.code for problem in found} <= fault, as_text(found)
    assert {problem.location.file for problem in found} == {(kit / file).as_posix()}
    assert len(found) <= 2, as_text(found)


@pytest.mark.parametrize(
    "file", sorted(p.relative_to(BASE).as_posix() for p in BASE.rglob("*.yaml"))
)
@pytest.mark.parametrize("raw", [b"", b"\t[", b"a: \xff", b"# only\n", b"- " * 99])
def test_a_file_that_cannot_be_read_is_one_problem(
    kit: Path, file: str, raw: bytes
) -> None:
    (kit / file).write_bytes(raw)
    found = said(kit)
    assert len(found) == 1, as_text(found)
    assert found[0].location.file == (kit / file).as_posix()


@pytest.mark.parametrize(
    "file", sorted(p.relative_to(BASE).as_posix() for p in BASE.rglob("*.yaml"))
)
@pytest.mark.parametrize("text", ["a", "[a]", "{a: b}", "{}"])
def test_a_file_of_something_else_makes_no_dangling_ids(
    kit: Path, file: str, text: str
) -> None:
    (kit / file).write_text(text, encoding="utf-8")
    found = said(kit)
    here = [p for p in found if p.location.file == (kit / file).as_posix()]
    assert here
    assert len(found) == len(here), as_text(found)


def test_faults_of_kit_yaml_do_not_hide_those_of_other_files(kit: Path) -> None:
    change(kit / "kit.yaml", "title: Phones in school", "tilte: Phones in school")
    change(kit / "pro.yaml", "answers: out-of-reach", "answers: out-of-rich")
    change(kit / "sources" / "rivera.yaml", "nobody is waiting", "everybody is waiting")
    codes = [problem.code for problem in said(kit)]
    assert {"field-unknown", "contention-unknown", "quote-differs"} <= set(codes)
    assert "measure-unknown" not in codes
    with pytest.raises(UserError):
        sound_kit(kit)


def test_files_of_other_programs_are_left_alone(kit: Path) -> None:
    for name in (".github/workflows/check.yml", ".markdownlint.yaml", "notes.md"):
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
        (kit / name).write_text("a: [", encoding="utf-8")
    assert as_text(said(kit)) == ""


def test_an_empty_folder_says_the_one_thing(tmp_path: Path) -> None:
    assert [p.code for p in load(tmp_path).problems] == ["file-missing"]
    assert [p.code for p in review(tmp_path).problems] == ["file-missing"]
    assert load(tmp_path).kit is None
