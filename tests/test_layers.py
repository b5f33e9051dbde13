"""The arrows of the architecture, as import contracts that are really looked at."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def lint_imports(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)


def counted(said: str) -> dict[str, int]:
    match = re.search(r"Contracts: (?P<kept>\d+) kept, (?P<broken>\d+) broken", said)
    assert match, said
    return {name: int(number) for name, number in match.groupdict().items()}


def test_every_contract_is_kept() -> None:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    written = [name for name in config if name.startswith("importlinter:contract:")]
    assert len(written) >= 4
    status, said = lint_imports(ROOT)
    assert counted(said) == {"kept": len(written), "broken": 0}, said
    assert status == 0
    analysed = re.search(r"Analyzed (\d+) files, (\d+) dependencies", said)
    assert analysed, said
    files = len(list((ROOT / "debatekit").rglob("*.py")))
    assert int(analysed.group(1)) >= files
    assert int(analysed.group(2)) > files


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("kit/load.py", "from debatekit.quiz import forms"),
        ("quiz/session.py", "import yaml"),
        ("documents/quiz.py", "import jinja2"),
        ("kit/review.py", "import click"),
        ("quiz/forms.py", "from debatekit.terminal import page"),
    ],
)
def test_an_arrow_that_points_back_is_found(
    tmp_path: Path, module: str, line: str
) -> None:
    shutil.copy(ROOT / "setup.cfg", tmp_path)
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "debatekit", tmp_path / "debatekit", ignore=skip)
    path = tmp_path / "debatekit" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    status, said = lint_imports(tmp_path)
    assert status != 0
    assert counted(said)["broken"] == 1, said
