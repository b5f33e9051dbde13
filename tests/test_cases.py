"""tests/cases: every good kit passes, every bad kit gives exactly its problems."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from debatekit.kit import problems
from debatekit.kit.review import Review, review

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"
GOOD = [BASE, *sorted((CASES / "good").iterdir())]
BAD = sorted((CASES / "bad").iterdir())

REMOVE = "remove.txt"
EXPECTED = "problems.txt"
EXPECTED_FROM_LOCK = "problems-without-texts.txt"
NOT_OF_THE_KIT = {REMOVE, EXPECTED, EXPECTED_FROM_LOCK}

# Every case is held against the texts; those with a second file also against the lock.
RUNS = [(case, EXPECTED) for case in BAD]
RUNS += [
    (case, EXPECTED_FROM_LOCK) for case in BAD if (case / EXPECTED_FROM_LOCK).exists()
]

Examine = Callable[[Path, bool], Review]


def files_of(folder: Path) -> dict[str, Path]:
    """The files of a case by their place in the kit."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path for name, path in named.items() if name not in NOT_OF_THE_KIT}


def removed_by(case: Path) -> list[str]:
    note = case / REMOVE
    return note.read_text(encoding="utf-8").split() if note.exists() else []


@pytest.fixture
def examine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Review base and overlay from inside the kit, so that no path leads out of it."""

    def run(case: Path, with_texts: bool) -> Review:
        kit = tmp_path / "kit"
        shutil.copytree(case if case in GOOD else BASE, kit)
        if case not in GOOD:
            for name, path in files_of(case).items():
                (kit / name).parent.mkdir(exist_ok=True)
                shutil.copyfile(path, kit / name)
        for name in removed_by(case):
            (kit / name).unlink()
        monkeypatch.chdir(kit)
        return review(Path(), Path("texts") if with_texts else None, "2024-11-02")

    return run


@pytest.mark.parametrize("case", GOOD, ids=lambda path: path.name)
@pytest.mark.parametrize("with_texts", [True, False], ids=["texts", "lock"])
def test_good_kit_has_no_problem(
    case: Path, with_texts: bool, examine: Examine
) -> None:
    found = examine(case, with_texts)
    assert problems.as_text(found.problems) == ""
    assert found.kit is not None
    assert found.kit.passages
    assert found.usage, "the words quoted must be counted"
    if with_texts:
        assert found.proved == len(list(found.kit.quotations()))


@pytest.mark.parametrize(
    ("case", "expected"), RUNS, ids=[f"{case.name}-{file}" for case, file in RUNS]
)
def test_bad_kit_gives_exactly_its_problems(
    case: Path, expected: str, examine: Examine, request: pytest.FixtureRequest
) -> None:
    golden = case / expected
    said = problems.as_text(examine(case, expected == EXPECTED).problems)
    said = f"{said}\n" if said else ""
    if request.config.getoption("--update-golden"):
        golden.write_text(said, encoding="utf-8", newline="\n")
        return
    assert golden.is_file(), "run pytest --update-golden, and read what it writes"
    wanted = golden.read_text(encoding="utf-8")
    changes = difflib.unified_diff(
        wanted.splitlines(), said.splitlines(), expected, "now", lineterm="", n=0
    )
    assert said == wanted, "\n".join(changes)


def test_there_are_enough_cases() -> None:
    assert len(GOOD) >= 4
    assert len(BAD) >= 30


@pytest.mark.parametrize("case", BAD, ids=lambda path: path.name)
def test_bad_case_is_tidy(case: Path) -> None:
    """A case says something, and holds no file that is just as in base/."""
    base = files_of(BASE)
    own = files_of(case)
    assert own or removed_by(case)
    same = [n for n in own if n in base and own[n].read_bytes() == base[n].read_bytes()]
    assert same == []
    assert set(removed_by(case)) <= set(base)
    expected = [case / EXPECTED, case / EXPECTED_FROM_LOCK]
    assert any(path.is_file() and path.read_bytes() for path in expected)
