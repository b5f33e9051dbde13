"""The whole examination, of kits damaged at random: problems, never an exception."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from debatekit.kit.problems import Severity, UserError
from debatekit.kit.review import review, sound_kit

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"

VALUES = (
    *("", "''", "~", "x", "No", "0", "-1", "999", "1.2.3", "2024-02-30", "“x”", "“”"),
    *(
        "'[…]'",
        "'[…] […]'",
        "'“[…]”'",
        "'...'",
        "'«'",
        "' '",
        '"\\u00a0"',
        "'('",
        "'\\'",
    ),
    *("[]", "{}", "[x, x]", "[[x]]", "{a: b}", "[~]", "rivera-aim", "[rivera-aim]"),
    *("law-2024", "calm-lessons", "pro", "a", "z", "written", "two-part", "comments"),
)
Damage = Callable[[list[str], random.Random], None]


def drop(lines: list[str], dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    del lines[at : at + dice.choice([1, 1, 2, 6])]


def double(lines: list[str], dice: random.Random) -> None:
    at, size = dice.randrange(len(lines)), dice.choice([1, 3, 9])
    lines[at:at] = lines[at : at + size]


def swap_values(lines: list[str], dice: random.Random) -> None:
    """Give one field the value of another, or one from the list."""
    field = re.compile(r"([\w-]+: )([^,{}\[\]]+|\[[^\]]*\])")
    places = [n for n, line in enumerate(lines) if field.search(line)]
    if not places:
        return
    at, other = dice.choice(places), dice.choice(places)
    found = field.search(lines[other])
    assert found is not None
    value = dice.choice([*VALUES, found.group(2)])
    one = dice.choice(list(field.finditer(lines[at])))
    lines[at] = lines[at][: one.start(2)] + value + lines[at][one.end(2) :]


def indent(lines: list[str], dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    lines[at] = dice.choice(["  ", "    ", "", "- "]) + lines[at].lstrip(" ")


DAMAGES: tuple[Damage, ...] = (drop, double, indent, *[swap_values] * 5)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base kit with one file of every further kind."""
    folder = tmp_path_factory.mktemp("whole") / "kit"
    shutil.copytree(CASES / "base", folder)
    for name in ("readings", "lessons", "timeline", "comments"):
        for path in sorted((CASES / "bad").rglob(f"{name}*.yaml")) + sorted(
            (CASES / "bad").rglob(f"{name}/*.yaml")
        ):
            inner = path.relative_to(CASES / "bad").as_posix().partition("/")[2]
            if path.is_file() and inner.startswith(name):
                (folder / inner).parent.mkdir(exist_ok=True)
                shutil.copyfile(path, folder / inner)
    shutil.copyfile(
        CASES / "bad" / "item-fields-of-another-type" / "items" / "first.yaml",
        folder / "items" / "second.yaml",
    )
    assert len(list(folder.rglob("*.yaml"))) >= 13
    return folder


def damaged(folder: Path, dice: random.Random) -> Iterator[tuple[Path, bytes]]:
    """Damage one or two files, and say what they were."""
    paths = sorted(folder.rglob("*.yaml"))
    for path in {dice.choice(paths) for _ in range(dice.choice([1, 1, 2]))}:
        raw = path.read_bytes()
        lines = raw.decode().split("\n")
        for _ in range(dice.choice([1, 1, 2, 4])):
            if lines:
                dice.choice(DAMAGES)(lines, dice)
        path.write_text("\n".join(lines), encoding="utf-8")
        yield path, raw


def refused(folder: Path) -> bool:
    try:
        sound_kit(folder)
    except UserError:
        return True
    return False


def test_no_damage_to_a_kit_raises(whole: Path) -> None:
    dice = random.Random(1954)
    told = 0
    for _ in range(80):
        before = list(damaged(whole, dice))
        for texts in (whole / "texts", None):
            found = review(whole, texts, "2024-11-02")
            told += bool(found.problems)
            for problem in found.problems:
                assert problem.location.file.startswith(whole.as_posix())
        errors = {p.code for p in found.problems if p.severity is Severity.ERROR}
        # A kit that quotes too much must not be published; it can be practised.
        assert refused(whole) == bool(errors - {"quote-limit"})
        for path, raw in before:
            path.write_bytes(raw)
    assert told > 80
