"""What several tests share: the starter kit as a copy, a larger kit, golden files."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from kits import fill, grow

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden anew instead of comparing with it",
    )


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where quiz sessions go, lest a test touch those of whoever runs it."""
    monkeypatch.setenv("DEBATEKIT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A copy of the kit that `debatekit new` writes: 2 sources, 3 items."""
    folder = tmp_path / "starter"
    shutil.copytree(ROOT / "seeds" / "starter", folder)
    return folder


@pytest.fixture(scope="session")
def large_kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter kit with two sources and 40 items more. Do not change it."""
    folder = tmp_path_factory.mktemp("large") / "kit"
    shutil.copytree(ROOT / "seeds" / "starter", folder)
    grow(folder)
    return folder


@pytest.fixture(scope="session")
def full_kit(large_kit: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The large kit with a use of every field a handout shows. Do not change it."""
    folder = tmp_path_factory.mktemp("full") / "kit"
    shutil.copytree(large_kit, folder)
    fill(folder)
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare text with the file of that name in tests/golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.is_file(), f"{name} is missing: run pytest --update-golden"
        known = path.read_text(encoding="utf-8")
        changes = difflib.unified_diff(
            known.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=1
        )
        assert known == text, "\n".join(list(changes)[:60])

    return compare
