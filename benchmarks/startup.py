"""How fast the commands start, whole processes, held against `import click`.

Run with the Python that has debatekit: `make benchmark`. It measures and does not
judge: the exit status is 0, and the machine's other work is in the numbers. Runs are
interleaved, so that a busy moment falls on all commands alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

RUNS = 7
MAIN = "from debatekit.cli.main import main; main()"


class Case(NamedTuple):
    """A process to time: to its end, or to the moment it has written ``prompt``."""

    name: str
    arguments: Sequence[str]
    prompt: bytes = b""
    target: float | None = None


def cases() -> list[Case]:
    # The installed script, as people run it; else what it does.
    script = Path(sys.executable).with_name("debatekit")
    debatekit = [str(script)] if script.exists() else [sys.executable, "-c", MAIN]
    quiz = [*debatekit, "quiz", "--seed", "1"]
    return [
        Case('python -c "import click"', [sys.executable, "-c", "import click"]),
        Case("debatekit --help", [*debatekit, "--help"], target=1.5),
        Case("debatekit list", [*debatekit, "list"]),
        Case("debatekit quiz, first", quiz, b"Your answer", 4.0),
        # In the same home: the session that was left is offered again.
        Case("debatekit quiz, again", quiz, b"Go on with it", 4.0),
    ]


def seconds(case: Case, folder: str, variables: Mapping[str, str]) -> float | None:
    """Time one run, from before the process is there to its end or its prompt; None
    where it did not work."""
    start = time.perf_counter()
    with subprocess.Popen(
        case.arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=variables,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        seen = b""
        while some := os.read(process.stdout.fileno(), 65536):
            seen += some
            if case.prompt and case.prompt in seen:
                break
        if not case.prompt:
            process.wait()
        taken = time.perf_counter() - start
        process.stdin.close()
        process.stdout.read()
        errors = process.stderr.read().decode(errors="replace")
    if process.returncode or case.prompt not in seen:
        print(f"{case.name} did not work:\n{errors}", file=sys.stderr)
        return None
    return taken


def measure(measured: Sequence[Case]) -> dict[str, float]:
    """The median of every case that works, in seconds."""
    times: dict[str, list[float]] = {case.name: [] for case in measured}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(-1, RUNS):  # The first round only fills the disk's cache.
            # An empty home: no session is left there that could be resumed.
            home = Path(folder, str(run))
            variables = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home)}
            variables.pop("DEBATEKIT_DATA", None)
            for case in measured:
                taken = seconds(case, folder, variables)
                if run >= 0 and taken is not None:
                    times[case.name].append(taken)
    return {name: statistics.median(runs) for name, runs in times.items() if runs}


def main() -> None:
    measured = cases()
    medians = measure(measured)
    first = medians[measured[0].name]
    print(f"{f'median of {RUNS} runs':<26}{'time':>8}{'ratio':>8}{'target':>13}")
    for case in measured:
        if case.name not in medians:
            continue
        taken = medians[case.name]
        target = f"at most {case.target:.1f}" if case.target else ""
        row = f"{case.name:<26}{1000 * taken:>5.0f} ms{taken / first:>8.2f}{target:>13}"
        print(row.rstrip())


if __name__ == "__main__":
    main()
