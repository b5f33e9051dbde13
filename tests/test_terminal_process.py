"""`debatekit quiz` as a process: pipes, signals, a terminal of 40 columns."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from commands import PATIENCE, command, debatekit, environment, read_until

PROMPT = b"Your answer (A, B or C): "


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(DEBATEKIT_DATA=str(tmp_path / "data"))


def quiz(
    kit: Path, env: dict[str, str], typed: str | bytes, *more: object
) -> tuple[int, str, str]:
    done = debatekit("quiz", "--kit", kit, "--seed", 1, *more, typed=typed, env=env)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_whole_session_through_a_pipe(starter: Path, env: dict[str, str]) -> None:
    """Numbers, nonsense, p, ?, skip, back, an answer to every item, both rounds."""
    typed = "what\np\n?\n1\n<\n2\nskip\n3\nb\na\na\nc\nb\n"
    code, out, err = quiz(starter, env, typed)
    assert (code, err) == (0, "")
    assert "Type A, B or C; ? shows the other keys.\n" in out
    assert "The other keys, each with Enter:\n" in out
    assert "Skipped; it comes back at the end.\n" in out
    assert "Item 2 of 3, once more\n" in out
    assert "Done: " in out
    assert "By skill:\n" in out
    assert "By side of the passage:\n" in out
    assert "You left" not in quiz(starter, env, "q\n")[1]


def test_a_seed_asks_the_same_again(large_kit: Path, tmp_path: Path) -> None:
    said = []
    for number, seed in enumerate((5, 5, 6)):
        env = environment(DEBATEKIT_DATA=str(tmp_path / str(number)))
        said.append(quiz(large_kit, env, "a\n" * 20, "--seed", seed)[1])
    assert said[0] == said[1] != said[2]


@pytest.mark.parametrize("ending", ["q\n", "", "quit\n"])
def test_resume_is_offered(starter: Path, env: dict[str, str], ending: str) -> None:
    code, out, err = quiz(starter, env, f"a\ns\n{ending}")
    assert (code, err) == (0, "")
    assert out.endswith("\nSaved. The next `debatekit quiz` offers to go on.\n")
    # Closing the window at the offer loses nothing either.
    code, out, err = quiz(starter, env, "")
    assert (code, err) == (0, "")
    assert out == (
        "You left a session with 1 of 3 items answered.\nGo on with it? y or n: \n"
    )
    code, out, err = quiz(starter, env, "y\nc\n")
    assert (code, err) == (0, "")
    assert "Item 1 of 3\n" not in out
    assert out.index("Item 3 of 3\n") < out.index(", once more\n")


def test_no_starts_anew(starter: Path, env: dict[str, str]) -> None:
    quiz(starter, env, "a\nq\n")
    _, out, _ = quiz(starter, env, "n\nq\n")
    assert "Item 1 of 3\n" in out
    assert "with 0 of 3 items answered" in quiz(starter, env, "")[1]


def begun(kit: Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
    """A quiz whose first item has been answered and that waits for the second."""
    process = subprocess.Popen(
        command("quiz", "--kit", kit, "--seed", 1),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
    )
    assert process.stdin
    assert process.stdout
    read_until(process.stdout.fileno(), PROMPT)
    process.stdin.write(b"a\n")
    process.stdin.flush()
    read_until(process.stdout.fileno(), PROMPT)
    return process


@pytest.mark.parametrize("name", ["SIGINT", "SIGKILL", "SIGTERM", "SIGHUP"])
def test_no_signal_loses_an_answer(
    starter: Path, env: dict[str, str], name: str
) -> None:
    number = getattr(signal, name)
    process = begun(starter, env)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    if number == signal.SIGINT:
        assert process.returncode == 130
        assert out == b"\nSaved. The next `debatekit quiz` offers to go on.\n"
    else:
        assert process.returncode == -number
    assert err == b""
    _, said, _ = quiz(starter, env, "y\nq\n")
    assert said.startswith("You left a session with 1 of 3 items answered.\n")
    assert "Item 2 of 3\n" in said


def test_ctrl_c_at_the_offer_keeps_the_session(
    starter: Path, env: dict[str, str]
) -> None:
    quiz(starter, env, "a\nq\n")
    process = subprocess.Popen(
        command("quiz", "--kit", starter),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=env,
    )
    assert process.stdout
    read_until(process.stdout.fileno(), b"Go on with it? y or n: ")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "with 1 of 3 items answered" in quiz(starter, env, "")[1]


def test_a_session_of_an_older_debatekit_is_taken_over(
    starter: Path, env: dict[str, str]
) -> None:
    """Its last line was cut short; it alone is lost, and the file is gone."""
    path = Path(env["DEBATEKIT_DATA"]) / "voting-age" / "session.jsonl"
    path.parent.mkdir(parents=True)
    items = ["eisenhower-who", "eisenhower-assumes", "amendment-reasons"]
    rows: list[dict[str, object]] = [
        {"version": 1, "kit": "voting-age", "orders": dict.fromkeys(items, "abc")},
        {"kind": "answer", "item": items[0], "letter": "A", "right": True, "points": 1},
        {"kind": "answer", "item": items[1], "letter": "B"},
    ]
    path.write_text("\n".join(map(json.dumps, rows))[:-9])
    _, out, err = quiz(starter, env, "y\nb\nq\n")
    assert err == ""
    assert out.startswith("You left a session with 1 of 3 items answered.\n")
    assert not path.exists()
    assert "with 2 of 3 items answered" in quiz(starter, env, "")[1]


def test_a_damaged_file_is_one_clear_line_and_kept(
    starter: Path, env: dict[str, str]
) -> None:
    path = Path(env["DEBATEKIT_DATA"]) / "progress.sqlite"
    path.parent.mkdir()
    path.write_bytes(b"not mine")
    code, out, err = quiz(starter, env, "a\n")
    assert (code, out) == (1, "")
    assert err.startswith(f"debatekit: {path} is damaged, or no file of debatekit's\n")
    assert path.read_bytes() == b"not mine"


def test_a_kit_that_changed_meanwhile(starter: Path, env: dict[str, str]) -> None:
    quiz(starter, env, "a\nq\n")
    path = starter / "items" / "first.yaml"
    path.write_text(path.read_text().replace("eisenhower-who", "eisenhower-whom"))
    code, out, err = quiz(starter, env, "q\n")
    assert (code, err) == (0, "")
    assert out.startswith(
        "The kit has changed since you left a session: a new one starts.\n"
    )
    assert "Item 1 of 3\n" in out


def test_two_kits_keep_a_session_each(
    starter: Path, tmp_path: Path, env: dict[str, str]
) -> None:
    quiz(starter, env, "a\nq\n")
    other = tmp_path / "other"
    shutil.copytree(starter, other)
    head = other / "kit.yaml"
    head.write_text(head.read_text().replace("kit: voting-age", "kit: other"))
    assert "You left" not in quiz(other, env, "q\n")[1]
    assert "with 1 of 3 items answered" in quiz(starter, env, "")[1]


def test_an_unwritable_data_folder_is_one_clear_line(
    starter: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("in the way")
    path = tmp_path / "data" / "progress.sqlite"
    code, out, err = quiz(
        starter, environment(DEBATEKIT_DATA=str(tmp_path / "data")), "a\n"
    )
    assert (code, out) == (1, "")
    first, second = err.splitlines()
    assert first.startswith(f"debatekit: cannot save your answers to {path}: ")
    assert second == "    set DEBATEKIT_DATA to a folder that can be written"


def test_without_a_data_variable_the_user_s_folder_is_used(
    starter: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    unset = environment(HOME=str(home))
    unset.pop("XDG_DATA_HOME", None)
    unset.pop("DEBATEKIT_DATA")
    for env in (unset, {**unset, "DEBATEKIT_DATA": ""}):
        quiz(starter, env, "a\nq\n")
        (path,) = home.rglob("progress.sqlite")
        assert path.parent.name == "debatekit"


# ------------------------------------------------------------ what is typed raw


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"caf\xe9", b"\x00\x1b[A", b"\xc3"])
def test_bytes_that_are_no_text_are_nonsense(
    starter: Path, env: dict[str, str], raw: bytes
) -> None:
    code, out, err = quiz(starter, env, raw + b"\nq\n")
    assert (code, err) == (0, "")
    assert "Type A, B or C; ? shows the other keys.\n" in out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_that_cannot_show_a_character_gets_another(
    starter: Path, env: dict[str, str], encoding: str
) -> None:
    env = {**env, "PYTHONIOENCODING": encoding}
    done = debatekit("quiz", "--kit", starter, typed="a\nq\n", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "For years our citizens" in done.stdout.decode(encoding)


def test_windows_line_ends_and_a_last_line_without_one(
    starter: Path, env: dict[str, str]
) -> None:
    quiz(starter, env, "a\r\nb")
    assert "with 2 of 3 items answered" in quiz(starter, env, "")[1]


# ------------------------------------------------------------- a real terminal

TYPED = b"?\np\nx\nc\n<\ns\na\na\na\na\na\n"


def on_a_terminal(kit: Path, env: dict[str, str], columns: int) -> bytes:
    """What a quiz writes to a terminal of so many columns on which TYPED is typed."""
    ours, theirs = pty.openpty()
    try:
        size = columns.to_bytes(2, sys.byteorder)
        rows = (24).to_bytes(2, sys.byteorder)
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, rows + size + bytes(4))
        modes = termios.tcgetattr(theirs)
        modes[1] &= ~termios.OPOST
        modes[3] &= ~termios.ECHO
        termios.tcsetattr(theirs, termios.TCSANOW, modes)
        process = subprocess.Popen(
            command("quiz", "--kit", kit, "--seed", 1),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=env,
            start_new_session=True,
        )
        os.close(theirs)
        seen = b""
        lines = iter(TYPED.splitlines(keepends=True))
        while some := _some(ours):
            seen += some
            if seen.endswith(PROMPT):
                os.write(ours, next(lines))
        assert process.wait(timeout=PATIENCE) == 0
        return seen
    finally:
        os.close(ours)


def _some(descriptor: int) -> bytes:
    ready, _, _ = select.select([descriptor], [], [], PATIENCE)
    assert ready, "the quiz neither asks nor ends"
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other side has closed.
        return b""


def test_no_line_is_wider_than_a_terminal_of_40_columns(
    starter: Path, env: dict[str, str]
) -> None:
    seen = on_a_terminal(starter, {**env, "TERM": "xterm"}, 40).decode()
    assert "Done: " in seen
    # Echo is off: what is typed would end these lines.
    lines = seen.replace("): ", "): ?\n").splitlines()
    assert len(lines) > 80, "the text must have been wrapped"
    assert [line for line in lines if len(line) > 40] == []
    assert max(map(len, lines)) > 35


def test_every_terminal_and_a_pipe_get_the_same_text(
    starter: Path, env: dict[str, str]
) -> None:
    variables: list[dict[str, str]] = [
        {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
        {"TERM": "dumb"},
        {"TERM": "xterm", "NO_COLOR": "1"},
        {"TERM": "xterm", "FORCE_COLOR": "1"},
        {},
    ]
    seen = [on_a_terminal(starter, {**env, **v}, 80) for v in variables]
    done = debatekit("quiz", "--kit", starter, "--seed", 1, typed=TYPED, env=env)
    assert {*seen} == {done.stdout}
    assert done.stdout.endswith(b"con: 0 of 1\n")
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", done.stdout)
