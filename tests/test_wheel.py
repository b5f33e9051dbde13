"""The wheel holds everything, and works elsewhere: no checkout, no network.

Slow: it builds the wheel, downloads every run-time dependency once, and installs all
of it into a virtual environment of its own.
"""

from __future__ import annotations

import configparser
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from debatekit.documents.handouts import HANDOUTS

ROOT = Path(__file__).resolve().parent.parent
# Where a folder of the tree goes in the wheel; nothing else of the tree goes there.
PLACES = {
    "debatekit": "debatekit",
    "seeds": "debatekit/seeds",
    "templates": "debatekit/templates",
}
# A network of one's own, with nothing in it: for root, and for others.
WAYS = (["unshare", "-rn"], ["unshare", "-n"])
BLOCK = '''\
"""Stands in for a machine without a network."""
import socket

def refuse(*_, **__):
    raise SystemExit("debatekit reached for the network")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.create_connection = socket.getaddrinfo = refuse
'''

pytestmark = pytest.mark.slow
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def output(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what would be committed: building must leave nothing in a checkout."""
    folder = tmp_path_factory.mktemp("tree")
    listed = output("git", "ls-files", "-z", "-co", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    python = Path(sys.executable)
    output(python, "-m", "build", "--wheel", "--no-isolation", "-o", out, cwd=tree)
    (made,) = out.glob("*.whl")
    return made


def test_the_wheel_holds_the_tree_and_nothing_else(tree: Path, wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = {n for n in names if not PurePosixPath(n).parts[0].endswith(".dist-info")}
    wanted = {
        f"{place}/{path.relative_to(tree / folder).as_posix()}"
        for folder, place in PLACES.items()
        for path in (tree / folder).rglob("*")
        if path.is_file()
    }
    assert len(wanted) > 60
    assert sorted(wanted - inside) == [], "missing from the wheel: see setup.cfg"
    assert sorted(inside - wanted) == [], "does not belong into the wheel"
    for needed in ("debatekit/seeds/huawei-ban/quotes.lock", "debatekit/templates"):
        assert any(name.startswith(needed) for name in inside)


def test_the_wheel_carries_licence_notice_and_the_command(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    about = {
        name.partition(".dist-info/")[2]: archive.read(name).decode()
        for name in archive.namelist()
        if ".dist-info/" in name
    }
    files = {PurePosixPath(name).name for name in about}
    assert {"LICENSE", "NOTICE.md"} <= files
    assert "debatekit = debatekit.cli.main:main" in about["entry_points.txt"]
    needs = [line for line in about["METADATA"].splitlines() if "Requires-Dist" in line]
    run_time = [line.split()[1].lower() for line in needs if "extra ==" not in line]
    assert len(run_time) == len(requirements())


def requirements() -> list[str]:
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = settings["options"]["install_requires"].splitlines()
    return [line for line in lines if line]


# ---------------------------------------------------------------------- elsewhere


@pytest.fixture(scope="module")
def isolation() -> list[str] | None:
    """The command that takes the network away, or None where none is allowed."""
    for way in WAYS if shutil.which("unshare") else ():
        tried = subprocess.run([*way, "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return way
    return None


@pytest.fixture(scope="module")
def elsewhere(
    wheel: Path,
    isolation: list[str] | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Run:
    """Run a command of the installed wheel: in an empty folder, without a network."""
    base = tmp_path_factory.mktemp("elsewhere")
    house, venv, python = base / "wheelhouse", base / "venv", Path(sys.executable)
    pinned = ["-c", str(ROOT / "constraints.txt")]
    output(python, "-m", "pip", "wheel", "-q", *pinned, "-w", house, *requirements())
    output(python, "-m", "venv", venv)
    bin_folder = venv / ("Scripts" if os.name == "nt" else "bin")
    inside = ["--no-index", "--find-links", house]
    output(bin_folder / "python", "-m", "pip", "-q", "install", *inside, wheel)
    if isolation is None:
        (site,) = venv.glob("lib/python*/site-packages")
        (site / "sitecustomize.py").write_text(BLOCK, encoding="utf-8")
    home = base / "home"
    home.mkdir()

    def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*(isolation or []), str(bin_folder / command[0]), *command[1:]],
            cwd=cwd,
            env={"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(base)},
            input="q\n",  # The quiz asks; every other command reads nothing.
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_network_is_out_of_reach(
    elsewhere: Run, isolation: list[str] | None, tmp_path: Path
) -> None:
    """Not even this machine itself can be reached: else the next tests prove less."""
    if isolation is None:
        pytest.skip("unshare is not allowed here: sockets were blocked in Python only")
    probe = (
        "import socket; s = socket.socket(); s.settimeout(5)\n"
        "try: s.connect(('127.0.0.1', 9))\n"
        "except OSError as failure: print(failure.errno)\n"
        "print([name for _, name in socket.if_nameindex()])"
    )
    done = elsewhere("python", "-c", probe, cwd=tmp_path)
    assert done.stdout.split("\n")[1:] == ["['lo']", ""]
    assert int(done.stdout.split()[0]) in (99, 101)  # no address, no network


def test_the_checkout_is_not_what_runs(elsewhere: Run, tmp_path: Path) -> None:
    probe = (
        "import debatekit, debatekit.assets as a, sys; print(debatekit.__file__);"
        "print(a.bundled_kit(), a.templates(), *sys.path, sep='\\n')"
    )
    done = elsewhere("python", "-c", probe, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "site-packages" in done.stdout.splitlines()[0]
    # With a separator: a folder beside the checkout may begin with the same name.
    assert not [s for s in done.stdout.splitlines() if f"{s}/".startswith(f"{ROOT}/")]


def test_all_handouts_are_built(elsewhere: Run, tmp_path: Path) -> None:
    done = elsewhere("debatekit", "build", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    made = list(tmp_path.rglob("*.pdf"))
    assert len(made) >= 6
    assert {path.stem for path in made} == set(HANDOUTS)
    assert all(path.read_bytes().startswith(b"%PDF-") for path in made)
    assert f"{len(made)} files in handouts/huawei-ban" in done.stdout


def test_check_list_and_doctor_work(elsewhere: Run, tmp_path: Path) -> None:
    done = elsewhere("debatekit", "check", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 errors" in done.stdout
    done = elsewhere("debatekit", "list", "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["kit"] == "huawei-ban"
    done = elsewhere("debatekit", "list", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    done = elsewhere("debatekit", "doctor", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("All is well.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_new_kit_can_be_made_checked_and_printed(
    elsewhere: Run, tmp_path: Path
) -> None:
    for command in (
        ["new", "my-kit"],
        ["check", "my-kit", "--texts", "my-kit/texts", "--strict"],
        ["build", "--kit", "my-kit", "--html"],
        ["build", "--kit", "my-kit", "quiz", "key", "--paper", "a4"],
        ["cards", "--kit", "my-kit"],
        ["quiz", "--kit", "my-kit"],
        ["schema"],
    ):
        done = elsewhere("debatekit", *command, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), command
    assert len(list(tmp_path.rglob("*.pdf"))) == 2
    assert len(list(tmp_path.rglob("*.html"))) >= 6
