"""What the machine must have before debatekit can make a PDF: found, named, installed.

WeasyPrint draws text with Pango and HarfBuzz. No Python package carries these, and
without them its import ends in a traceback, so this module looks for them first and
knows the one command that brings them. `make` runs it as
`python3 debatekit/system.py --install` before anything is installed, and
`debatekit doctor` imports it: so it uses the standard library only, imports nothing
of ours, and leaves its heavier imports to the functions that need them.

It does not look for fonts: those are Python packages, and the fontconfig settings
that list them are our own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import NamedTuple

# The file names are those that WeasyPrint 70 tries (weasyprint/text/ffi.py) on Linux,
# macOS and Windows. WeasyPrint can do without HarfBuzz-Subset, but then the PDFs
# differ from run to run and take three times as long, so debatekit cannot.
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "PangoFT2": (
        "libpangoft2-1.0.so.0",
        "libpangoft2-1.0.dylib",
        "libpangoft2-1.0-0.dll",
    ),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "HarfBuzz-Subset": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset-0.dll",
    ),
}

APT_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")

# By the names that /etc/os-release uses in ID and ID_LIKE. HarfBuzz-Subset comes with
# `harfbuzz` on Fedora and Arch.
LINUX_COMMANDS: Mapping[str, tuple[str, ...]] = {
    "alpine": (
        "apk add so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0"
        " so:libharfbuzz-subset.so.0",
    ),
    "fedora": ("dnf install -y pango harfbuzz",),
    "arch": ("pacman -S --needed pango harfbuzz",),
}
MACOS_COMMAND = "brew install pango"
WINDOWS_COMMAND = "pacman -S mingw-w64-ucrt-x86_64-pango"

VENV = "Python's venv module"

# What the tests of the web page run, by the names it is installed under.
BROWSER = "Chromium"
BROWSER_PACKAGE = "chromium"
BROWSERS: Mapping[str, tuple[str, ...]] = {
    "linux": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}

HOMEBREW_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib")
MSYS2_FOLDERS = (  # WeasyPrint's own defaults
    r"C:\msys64\ucrt64\bin",
    r"C:\msys64\mingw64\bin",
    r"C:\Program Files\GTK3-Runtime Win64\bin",
)


def library_folders(platform: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the folders to look in beside those that the system's loader knows."""
    if platform == "darwin":
        prefix = environ.get("HOMEBREW_PREFIX")
        own = (f"{prefix}/lib",) if prefix else ()
        return tuple(dict.fromkeys(own + HOMEBREW_FOLDERS))
    if platform == "win32":
        named = environ.get("WEASYPRINT_DLL_DIRECTORIES")
        return tuple(named.split(";")) if named else MSYS2_FOLDERS
    return ()


def prepare_loader(
    environ: MutableMapping[str, str] = os.environ, platform: str = sys.platform
) -> None:
    """Let WeasyPrint find Homebrew's libraries; call it before importing weasyprint.

    A Python that is not Homebrew's does not look in Homebrew's folders. WeasyPrint
    falls back on `ctypes.util.find_library`, which reads this variable when called.
    """
    if platform == "darwin":
        name = "DYLD_FALLBACK_LIBRARY_PATH"
        known = [folder for folder in environ.get(name, "").split(":") if folder]
        known += [*library_folders(platform, environ), "/usr/lib"]
        environ[name] = ":".join(dict.fromkeys(known))


def load_library(path: str) -> object:
    """Load a shared library by its name or path, or raise OSError."""
    import ctypes

    return ctypes.CDLL(path)


def missing_libraries(
    load: Callable[[str], object] = load_library,
    platform: str = sys.platform,
    environ: Mapping[str, str] = os.environ,
) -> tuple[str, ...]:
    """Return the names of the libraries that do not load, in the order of LIBRARIES.

    Loading is the test, as a file may be there and be for another processor.
    """
    folders = library_folders(platform, environ)

    def loads(name: str) -> bool:
        for path in (name, *(os.path.join(folder, name) for folder in folders)):
            try:
                load(path)
            except OSError:
                continue
            return True
        return False

    return tuple(
        library
        for library, names in LIBRARIES.items()
        if not any(loads(name) for name in names)
    )


def find_browser(platform: str = sys.platform) -> str:
    """Return the path of a browser that the tests can run, or ""."""
    import shutil

    names = BROWSERS.get(platform, BROWSERS["linux"])
    return next(filter(None, map(shutil.which, names)), "")


def read_os_release() -> Mapping[str, str]:
    """Return the fields of this machine's os-release file, none where it has none."""
    import platform

    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def families(os_release: Mapping[str, str]) -> tuple[str, ...]:
    """Return a distribution's own name and the names of those it is made from."""
    names = f"{os_release.get('ID', '')} {os_release.get('ID_LIKE', '')}"
    return tuple(names.lower().split())


def is_debian(os_release: Mapping[str, str], platform: str) -> bool:
    """Tell whether this is Debian, Ubuntu or a system made from either."""
    return platform == "linux" and bool(
        {"debian", "ubuntu"}.intersection(families(os_release))
    )


def apt_commands(packages: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the two apt-get commands that bring the packages to a bare machine."""
    return (
        ("apt-get", "update"),
        ("apt-get", "install", "-y", "--no-install-recommends", *packages),
    )


def install_command(
    os_release: Mapping[str, str] | None = None,
    platform: str = sys.platform,
    *,
    root: bool = False,
    packages: Sequence[str] = APT_PACKAGES,
) -> str:
    """Return the one line that installs the libraries here, or "" if none is known.

    `packages` are the Debian packages; other systems have the libraries in one piece.
    """
    if platform == "darwin":
        return MACOS_COMMAND
    if platform in ("win32", "cygwin", "msys"):
        return WINDOWS_COMMAND
    release = read_os_release() if os_release is None else os_release
    commands: Sequence[str] = ()
    if is_debian(release, platform):
        commands = [" ".join(command) for command in apt_commands(packages)]
    else:
        known = (LINUX_COMMANDS.get(name) for name in families(release))
        commands = next((found for found in known if found), ())
    return " && ".join(command if root else f"sudo {command}" for command in commands)


def is_root() -> bool:
    """Tell whether this process may install packages without asking."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_module(name: str) -> bool:
    """Tell whether this Python can import a module, without importing it."""
    import importlib
    import importlib.util

    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def run_command(command: Sequence[str]) -> str:
    """Run a command without questions; return "" or, if it failed, its last words."""
    import subprocess

    # dpkg refuses to work where PATH lacks the folders of ldconfig.
    path = os.environ.get("PATH", os.defpath) + ":/usr/local/sbin:/usr/sbin:/sbin"
    environ = {**os.environ, "PATH": path, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    if done.returncode == 0:
        return ""
    lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return lines[-1] if lines else f"{command[0]}: exit status {done.returncode}"


class Machine(NamedTuple):
    """The machine as `main` sees it, so that a test can pass another one."""

    platform: str
    os_release: Mapping[str, str]
    root: bool
    load: Callable[[str], object] = load_library
    has_module: Callable[[str], bool] = has_module
    run: Callable[[Sequence[str]], str] = run_command
    environ: Mapping[str, str] = os.environ
    python: tuple[int, int] = sys.version_info[:2]
    find_browser: Callable[[str], str] = find_browser

    def missing(self, browser: bool = False) -> tuple[str, ...]:
        """Return what must be installed before `make` can go on; with `browser`,
        before its tests can."""
        missing = missing_libraries(self.load, self.platform, self.environ)
        # Debian keeps what makes a virtual environment in a package of its own.
        if not self.has_module("ensurepip"):
            missing = (*missing, VENV)
        if browser and not self.find_browser(self.platform):
            missing = (*missing, BROWSER)
        return missing

    def packages(self, missing: Sequence[str]) -> tuple[str, ...]:
        """Return the Debian packages that hold what is missing."""
        packages = APT_PACKAGES if set(missing) - {VENV, BROWSER} else ()
        if VENV in missing:
            packages = (*packages, "python{}.{}-venv".format(*self.python))
        return (*packages, BROWSER_PACKAGE) if BROWSER in missing else packages


def may_install(machine: Machine) -> tuple[str, ...] | None:
    """Return what to put before an apt-get command, or None where it may not run."""
    if not is_debian(machine.os_release, machine.platform):
        return None
    if machine.root:
        return ()
    sudo = ("sudo", "-n")
    return None if machine.run((*sudo, "true")) else sudo


def message(machine: Machine, missing: Sequence[str], failure: str = "") -> str:
    """Say what is missing and the one command that brings it."""
    lines = [f"debatekit: this machine lacks {', '.join(missing)}."]
    if failure:
        lines.append(f"Installing failed: {failure}")
    command = install_command(
        machine.os_release,
        machine.platform,
        root=machine.root,
        packages=machine.packages(missing),
    )
    debian = is_debian(machine.os_release, machine.platform)
    if not debian and set(missing) <= {VENV, BROWSER}:
        named = {VENV: "a Python that has it", BROWSER: "Chromium or Chrome"}
        what = " and ".join(named[name] for name in missing)
        lines.append(f"Install {what}, then try again.")
    elif command:
        where = " in the MSYS2 UCRT64 shell" if command == WINDOWS_COMMAND else ""
        lines.append(f"Run this{where}, then try again:\n\n    {command}\n")
    else:
        lines.append("Install Pango and HarfBuzz with HarfBuzz-Subset, then try again.")
    return "\n".join(lines)


def install(machine: Machine, missing: Sequence[str]) -> str:
    """Install what is missing where that is allowed; return "" or what went wrong."""
    prefix = may_install(machine)
    if prefix is None:
        return ""
    packages = machine.packages(missing)
    print(f"debatekit: installing {' '.join(packages)} with apt-get", flush=True)
    # A list that could not be refreshed does not stop an installation that can go on.
    said = [machine.run((*prefix, *command)) for command in apt_commands(packages)]
    return "; ".join(filter(None, said))


def main(argv: Sequence[str] | None = None, machine: Machine | None = None) -> int:
    """Check the machine, with --install mend it; return 0 when nothing is missing."""
    import argparse

    parser = argparse.ArgumentParser(
        description="Find the libraries that debatekit needs to make PDFs."
    )
    parser.add_argument(
        "--install",
        action="store_true",
        help="install what is missing, where that is allowed without a password",
    )
    parser.add_argument(
        "--browser",
        action="store_true",
        help="look for a browser too, which the tests need",
    )
    wanted = parser.parse_args(argv)
    if machine is None:
        machine = Machine(sys.platform, read_os_release(), is_root())
    missing = machine.missing(wanted.browser)
    failure = ""
    if missing and wanted.install:
        failure = install(machine, missing)
        missing = machine.missing(wanted.browser)
    if missing:
        print(message(machine, missing, failure), file=sys.stderr)
        return 1
    if not wanted.install:
        print("debatekit: nothing is missing on this machine.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
