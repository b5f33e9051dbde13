"""debatekit.system, told of machines that are not this one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from debatekit import system

APT = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

DEBIAN = {"ID": "debian", "VERSION_ID": "12"}
UBUNTU = {"ID": "ubuntu", "ID_LIKE": "debian"}
MINT = {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}
ALPINE = {"ID": "alpine"}
FEDORA = {"ID": "fedora"}
ROCKY = {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}
ARCH = {"ID": "arch"}
MANJARO = {"ID": "manjaro", "ID_LIKE": "arch"}
UNKNOWN = {"ID": "haiku-like"}


def loader(*absent: str, only_in: str = "") -> Callable[[str], object]:
    """Return a load function for which the libraries named so are not there."""

    def load(path: str) -> object:
        name = path.replace("\\", "/").rsplit("/", 1)[-1]
        if not path.startswith(only_in) or name.startswith(absent):
            raise OSError(f"{path}: cannot open shared object file")
        return object()

    return load


class Apt:
    """A stand-in for running commands, after whose install everything loads."""

    def __init__(self, *, sudo: bool = True, failure: str = "") -> None:
        self.sudo, self.failure, self.installed = sudo, failure, False
        self.commands: list[str] = []

    def __call__(self, command: Sequence[str]) -> str:
        self.commands.append(" ".join(command))
        if command[0] == "sudo" and not self.sudo:
            return "sudo: a password is required"
        if "install" in command:
            self.installed = not self.failure
            return self.failure
        return ""

    def load(self, path: str) -> object:
        return loader(*(() if self.installed else ("libpango", "libharfbuzz")))(path)

    def machine(
        self, os_release: dict[str, str], *, root: bool, venv: bool = True
    ) -> system.Machine:
        return system.Machine(
            "linux",
            os_release,
            root,
            load=self.load,
            has_module=lambda name: venv or self.installed,
            run=self,
            environ={},
            python=(3, 12),
        )


@pytest.mark.parametrize(
    ("absent", "missing"),
    [
        ((), ()),
        (("libpango-",), ("Pango",)),
        (("libpangoft2",), ("PangoFT2",)),
        (("libharfbuzz.", "libharfbuzz-0"), ("HarfBuzz",)),
        (("libharfbuzz-subset",), ("HarfBuzz-Subset",)),
        (("lib",), ("Pango", "PangoFT2", "HarfBuzz", "HarfBuzz-Subset")),
    ],
)
def test_names_what_does_not_load(
    absent: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    assert system.missing_libraries(loader(*absent), "linux", {}) == missing


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("darwin", {}, "/opt/homebrew/lib/"),
        ("darwin", {}, "/usr/local/lib/"),
        ("darwin", {"HOMEBREW_PREFIX": "/Users/me/brew"}, "/Users/me/brew/lib/"),
        ("win32", {}, "C:\\msys64\\ucrt64\\bin"),
        ("win32", {"WEASYPRINT_DLL_DIRECTORIES": "D:\\a;D:\\b"}, "D:\\b"),
    ],
)
def test_looks_where_the_loader_of_the_system_does_not(
    platform: str, environ: dict[str, str], folder: str
) -> None:
    load = loader(only_in=folder)
    assert system.missing_libraries(load, platform, environ) == ()
    assert len(system.missing_libraries(load, "linux", environ)) == len(
        system.LIBRARIES
    )


def test_homebrew_is_added_to_the_loader_s_path_and_only_on_macos() -> None:
    environ = {"DYLD_FALLBACK_LIBRARY_PATH": "/mine:/usr/local/lib"}
    system.prepare_loader(environ, "linux")
    assert environ == {"DYLD_FALLBACK_LIBRARY_PATH": "/mine:/usr/local/lib"}
    for _ in range(2):
        system.prepare_loader(environ, "darwin")
        assert environ == {
            "DYLD_FALLBACK_LIBRARY_PATH": (
                "/mine:/usr/local/lib:/opt/homebrew/lib:/usr/lib"
            )
        }


@pytest.mark.parametrize(
    ("os_release", "platform", "command"),
    [
        (DEBIAN, "linux", f"apt-get install -y --no-install-recommends {APT}"),
        (UBUNTU, "linux", f"apt-get install -y --no-install-recommends {APT}"),
        (MINT, "linux", f"apt-get install -y --no-install-recommends {APT}"),
        (ALPINE, "linux", "apk add so:libpango-1.0.so.0"),
        (FEDORA, "linux", "dnf install -y pango harfbuzz"),
        (ROCKY, "linux", "dnf install -y pango harfbuzz"),
        (ARCH, "linux", "pacman -S --needed pango harfbuzz"),
        (MANJARO, "linux", "pacman -S --needed pango harfbuzz"),
        ({}, "darwin", "brew install pango"),
        ({}, "win32", "pacman -S mingw-w64-ucrt-x86_64-pango"),
    ],
)
def test_names_the_one_command_of_a_system(
    os_release: dict[str, str], platform: str, command: str
) -> None:
    assert command in system.install_command(os_release, platform)


def test_asks_for_sudo_only_where_it_helps() -> None:
    command = system.install_command(DEBIAN, "linux")
    assert command.startswith("sudo apt-get update && sudo apt-get install ")
    assert "sudo" not in system.install_command(DEBIAN, "linux", root=True)
    assert "sudo" not in system.install_command({}, "darwin")


@pytest.mark.parametrize("os_release", [UNKNOWN, {}])
def test_an_unknown_system_is_told_what_to_look_for(
    os_release: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert system.install_command(os_release, "linux") == ""
    apt = Apt()
    assert system.main(["--install"], apt.machine(os_release, root=True)) == 1
    assert apt.commands == []
    assert "Install Pango and HarfBuzz with HarfBuzz-Subset" in capsys.readouterr().err


@pytest.mark.parametrize(("root", "sudo"), [(True, ""), (False, "sudo -n ")])
def test_installs_where_it_may(
    root: bool, sudo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    apt = Apt()
    assert system.main(["--install"], apt.machine(UBUNTU, root=root)) == 0
    assert apt.commands[-2:] == [
        f"{sudo}apt-get update",
        f"{sudo}apt-get install -y --no-install-recommends {APT}",
    ]
    assert capsys.readouterr().err == ""


def test_without_the_right_to_install_it_says_the_one_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    apt = Apt(sudo=False)
    assert system.main(["--install"], apt.machine(DEBIAN, root=False)) == 1
    assert apt.commands == ["sudo -n true"]
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "debatekit: this machine lacks Pango, PangoFT2, HarfBuzz, HarfBuzz-Subset.\n"
        "Run this, then try again:\n"
        "\n"
        "    sudo apt-get update && sudo apt-get install -y --no-install-recommends"
        f" {APT}\n"
        "\n"
    )


def test_does_not_install_unless_asked(capsys: pytest.CaptureFixture[str]) -> None:
    apt = Apt()
    assert system.main([], apt.machine(DEBIAN, root=True)) == 1
    assert apt.commands == []
    assert "apt-get install" in capsys.readouterr().err


def test_says_why_an_installation_failed(capsys: pytest.CaptureFixture[str]) -> None:
    apt = Apt(failure="E: Unable to locate package libpango-1.0-0")
    assert system.main(["--install"], apt.machine(DEBIAN, root=True)) == 1
    err = capsys.readouterr().err
    assert "Installing failed: E: Unable to locate package libpango-1.0-0" in err
    assert f"    {system.install_command(DEBIAN, 'linux', root=True)}\n" in err


def test_debian_s_python_without_venv_gets_it() -> None:
    apt = Apt()
    everything = apt.machine(DEBIAN, root=True, venv=False)
    assert system.main(["--install"], everything) == 0
    assert apt.commands[-1].endswith(f"{APT} python3.12-venv")

    apt = Apt()
    only_venv = apt.machine(DEBIAN, root=True, venv=False)._replace(load=loader())
    assert system.main(["--install"], only_venv) == 0
    assert apt.commands[-1] == (
        "apt-get install -y --no-install-recommends python3.12-venv"
    )


def test_a_python_without_venv_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    machine = Apt().machine(FEDORA, root=True, venv=False)._replace(load=loader())
    assert system.main(["--install"], machine) == 1
    assert "Install a Python that has it" in capsys.readouterr().err


def test_a_command_that_fails_leaves_its_last_words() -> None:
    python = sys.executable
    assert system.run_command([python, "-c", ""]) == ""
    script = "import sys; sys.exit('first\\nlast')"
    assert system.run_command([python, "-c", script]) == "last"
    assert "exit status 3" in system.run_command([python, "-c", "raise SystemExit(3)"])
    assert "no-such-command" in system.run_command(["no-such-command"])


def test_runs_before_anything_is_installed() -> None:
    """-I -S: neither site packages nor this project can be imported."""
    script = Path(system.__file__)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == "debatekit: nothing is missing on this machine.\n"
    assert done.returncode == 0
