"""`make handouts` on a machine that has Python and make, and knows nothing of us.

Slow: it makes a virtual environment and downloads every run-time dependency.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# All that is let through from outside: how pip reaches its registry. pip reads
# /etc/pip.conf by itself; a configuration in the user's home does not get through, as
# HOME is an empty folder, unless PIP_CONFIG_FILE names it.
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


def git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def fresh_clone(folder: Path) -> None:
    """Clone the project; where work is not committed yet, copy what would be."""
    if not git("status", "--porcelain"):
        git("clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder))
        return
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = [name for name in listed.split("\0") if (ROOT / name).is_file()]
    assert "Makefile" in names
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)


def environment(tmp_path: Path) -> list[str]:
    """Return the variables of an empty environment, as arguments of `env -i`."""
    home, python = tmp_path / "home", tmp_path / "python"
    home.mkdir()
    python.mkdir()
    # This Python alone, without what else lies in its folder; behind the system's own.
    real = Path(sys.base_prefix, "bin", "python{}.{}".format(*sys.version_info))
    (python / real.name).symlink_to(real)
    passed = {
        name: value
        for name, value in os.environ.items()
        if name.startswith("PIP_") or name.lower() in PROXIES
    }
    return [
        f"PATH=/usr/bin:/bin:{python}",
        f"HOME={home}",
        *(f"{name}={value}" for name, value in passed.items()),
    ]


def make_handouts(clone: Path, variables: list[str]) -> str:
    done = subprocess.run(
        ["/usr/bin/env", "-i", *variables, "make", "handouts"],
        cwd=clone,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
def test_handouts_from_nothing(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    fresh_clone(clone)
    # The built handouts are part of the project: without them, these must be new.
    shutil.rmtree(clone / "handouts", ignore_errors=True)
    variables = environment(tmp_path)

    said = make_handouts(clone, variables)
    assert "Traceback" not in said
    names = {
        str(path.relative_to(clone / "handouts"))
        for path in clone.glob("handouts/**/*.pdf")
    }
    assert len([name for name in names if "/student/" in name]) >= 5
    assert len([name for name in names if "/teacher/" in name]) >= 1
    for name in names:
        assert (clone / "handouts" / name).read_bytes().startswith(b"%PDF-"), name

    # A second time nothing is installed: the stamps stay, and no registry is needed.
    stamps = {path: path.stat().st_mtime_ns for path in (clone / ".venv").iterdir()}
    make_handouts(clone, [*variables, "PIP_NO_INDEX=1", "PIP_FIND_LINKS="])
    assert stamps == {
        path: path.stat().st_mtime_ns for path in (clone / ".venv").iterdir()
    }
