"""Running the command line as a student does: a process, a pipe, a terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# As the installed script does, and with Ctrl-C on, which a test runner may have off.
MAIN = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from debatekit.cli.main import main; main()"
)
PATIENCE = 120


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-c", MAIN, *map(str, arguments)]


def environment(**changes: str) -> dict[str, str]:
    """The variables of this process, without those that steer what is shown."""
    steering = ("COLUMNS", "LINES", "TERM", "NO_COLOR", "FORCE_COLOR", "PYTHONUTF8")
    kept = {k: v for k, v in os.environ.items() if k not in steering}
    return {**kept, "LC_ALL": "C.UTF-8", **changes}


def debatekit(
    *arguments: object,
    typed: str | bytes = "",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end, its input and output pipes."""
    return subprocess.run(
        command(*arguments),
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment() if env is None else env,
        timeout=PATIENCE,
    )


def read_until(descriptor: int, wanted: bytes) -> bytes:
    """Read what a process writes until the wanted words have come."""
    seen = b""
    while wanted not in seen:
        ready, _, _ = select.select([descriptor], [], [], PATIENCE)
        assert ready, f"waited in vain for {wanted!r} after {seen!r}"
        some = os.read(descriptor, 65536)
        assert some, f"the process ended without {wanted!r}: {seen!r}"
        seen += some
    return seen
