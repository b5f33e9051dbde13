"""The commands from outside: what they print, where errors end, and how they exit."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from commands import PATIENCE, command, debatekit, environment

from debatekit.cli.main import COMMANDS, run
from debatekit.documents.handouts import HANDOUTS

Output = pytest.CaptureFixture[str]


# ------------------------------------------------------------------- exit status


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such-command"],
        ["list", "--no-such-option"],
        ["list", "too", "much"],
        ["build", "no-such-handout"],
        ["build", "--forms", "0"],
        ["build", "--forms", "9"],
        ["build", "--seed", "-1"],
        ["build", "--paper", "a5"],
        ["quiz", "--items", "0"],
        ["quiz", "--items", "many"],
        ["quiz", "--side", "both"],
        ["quiz", "--skill", "reading"],
        ["check", "--format", "xml"],
        ["check", "--lock"],
        ["check", "--texts", "no-such-folder"],
        ["new"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str], capsys: Output) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Usage: debatekit" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["list", "--kit", "."], "debatekit: .: no kit.yaml in it\n"),
        (["list", "--kit", "nowhere"], "debatekit: nowhere: no such folder\n"),
        (["quiz", "--kit", "nowhere"], "debatekit: nowhere: no such folder\n"),
        (["check", "nowhere"], "debatekit: nowhere: no such folder\n"),
        (["new", "full"], "debatekit: full is there already and is not empty\n"),
        (["new", "a-file/kit"], "debatekit: cannot write a-file/kit/"),
    ],
)
def test_the_user_s_mistake_is_1_and_one_message(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Output,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("keep me")
    (tmp_path / "a-file").write_text("keep me")
    assert run(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(message)
    assert len(err.splitlines()) <= 2
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "a-file",
        "full",
        "letter.txt",
    ]


def test_a_kit_with_errors_is_shown_and_not_used(starter: Path, capsys: Output) -> None:
    path = starter / "items" / "first.yaml"
    path.write_text(path.read_text().replace("reads: [eis", "reads: [is"))
    for arguments in (["list"], ["quiz"], ["cards"], ["build", "--html"]):
        assert run([*arguments, "--kit", str(starter)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        first, hint, *_, last, todo = err.splitlines()
        assert first.startswith(f"{path.as_posix()}:")
        assert first.endswith("[passage-unknown]")
        assert hint == '    did you mean "eisenhower-summoned"?'
        assert last == "debatekit: this kit has errors and cannot be used yet"
        assert f"`debatekit check {starter.as_posix()}`" in todo


def test_success_is_0(starter: Path, capsys: Output) -> None:
    kit = ["--kit", str(starter)]
    for arguments in (["list", *kit], ["cards", *kit], ["check", str(starter)]):
        assert run(arguments) == 0
        out, err = capsys.readouterr()
        assert out
        assert err == ""


@pytest.mark.parametrize("name", ["list", "cards", "check", "quiz", "build"])
def test_ctrl_c_is_130(
    name: str, starter: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("debatekit.kit.review.load", interrupted)
    assert run([name, *([] if name == "check" else ["--kit"]), str(starter)]) == 130
    out, err = capsys.readouterr()
    assert (out, err.strip()) == ("", "Stopped.")


BUG = """
from debatekit.cli import main
from debatekit.kit import census
def broken(kit):
    raise ZeroDivisionError("seven")
census.census = broken
main.main()
"""


def test_a_bug_says_so_and_keeps_its_traceback(starter: Path) -> None:
    python = command()[0]
    done = subprocess.run(
        [python, "-c", BUG, "list", "--kit", str(starter)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    first, second, *_, last = done.stderr.splitlines()
    assert first.startswith("This is a bug in debatekit ")
    assert second == "Traceback (most recent call last):"
    assert last == "ZeroDivisionError: seven"


# ------------------------------------------------------------------ did you mean


@pytest.mark.parametrize(
    ("arguments", "status", "hint"),
    [
        (["qiuz"], 2, "No such command 'qiuz'; did you mean \"quiz\"?"),
        (["zzz"], 2, f"No such command 'zzz'; there are: {', '.join(COMMANDS)}"),
        (["--hlep"], 2, "--help"),
        (["quiz", "--skil", "x"], 2, "--skill"),
        (["build", "quizz"], 2, 'no handout "quizz"; did you mean "quiz"?'),
        (["build", "zzz"], 2, f'no handout "zzz"; there are: {", ".join(HANDOUTS)}'),
        (["quiz", "--skill", "lcate"], 2, 'no skill "lcate"; did you mean "locate"?'),
        (["quiz", "--skill", "zzz"], 2, 'no skill "zzz"; there are: locate, paraphr'),
        (["quiz", "--source", "amendmnt"], 1, 'did you mean "amendment"?'),
        (["quiz", "--source", "zzz"], 1, "this kit has: amendment, eisenhower"),
        (["quiz", "--side", "prO"], 2, "is not one of 'pro', 'con'"),
        (
            ["cards", "--contention", "duty-and-vice"],
            1,
            'did you mean "duty-and-voice"?',
        ),
        (["cards", "--contention", "zzz"], 1, "this kit has: duty-and-voice, settled"),
        (
            ["cards", "--contention", "duty-and-voice", "--side", "con"],
            1,
            'contention "duty-and-voice" is not a con contention',
        ),
    ],
)
def test_did_you_mean(
    starter: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Output,
    arguments: list[str],
    status: int,
    hint: str,
) -> None:
    monkeypatch.chdir(starter)
    assert run(arguments) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert hint in err
    assert not data.exists()


# ------------------------------------------------------------------- broken pipe


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["list", "--help"],
        ["list"],
        ["list", "--json"],
        ["cards"],
        ["check"],
        ["check", "--format", "json"],
        ["schema"],
        ["quiz"],
        ["new", "kit"],
        ["build", "cards", "--html"],
    ],
)
def test_a_reader_who_left_is_no_error(starter: Path, arguments: list[str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        done = subprocess.run(
            command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.PIPE,
            check=False,
            cwd=starter,
            env=environment(),
            timeout=PATIENCE,
        )
    finally:
        os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


def test_head_cuts_a_long_output(starter: Path) -> None:
    """The schema is longer than a pipe holds, so that writing it meets the end."""
    process = subprocess.Popen(
        command("schema"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout
    assert process.stderr
    assert os.read(process.stdout.fileno(), 1) == b"{"
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=PATIENCE) == 0
    process.stderr.close()


# ------------------------------------------------------------------ which kit


def test_the_kit_is_the_one_named_the_one_here_or_the_bundled_one(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def listed(*arguments: str) -> str:
        assert run(["list", "--json", *arguments]) == 0
        kit: str = json.loads(capsys.readouterr().out)["kit"]
        return kit

    monkeypatch.setattr("debatekit.assets.bundled_kit", lambda: starter)
    empty, other = tmp_path / "empty", tmp_path / "other"
    empty.mkdir()
    assert run(["new", str(other)]) == 0
    head = other / "kit.yaml"
    head.write_text(head.read_text().replace("kit: voting-age", "kit: other"))
    capsys.readouterr()
    monkeypatch.chdir(empty)
    assert listed() == "voting-age"
    assert listed("--kit", str(other)) == "other"
    monkeypatch.chdir(other)
    assert listed() == "other"
    assert listed("--kit", str(starter)) == "voting-age"


# ------------------------------------------------------------------------- list


def test_list_counts(large_kit: Path, capsys: Output) -> None:
    assert run(["list", "--kit", str(large_kit), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["kit"] == "voting-age"
    assert found["items"] == {
        "total": 43,
        "evaluate": 8,
        "infer": 9,
        "locate": 9,
        "source": 9,
        "word": 8,
    }
    assert [s["letter"] for s in found["sources"]] == ["A", "B", "C", "D"]
    assert found["passages"]["total"] == 5
    assert found["sides"]["pro"]["cards"] == 2
    assert run(["list", "--kit", str(large_kit)]) == 0
    out = capsys.readouterr().out
    assert "Items: 43 (evaluate 8, infer 9, locate 9, source 9, word 8)\n" in out
    assert "PRO: 1 contention (duty-and-voice), 2 cards, 1 rebuttal\n" in out
    assert "Motion: This House would lower the voting age" in out


# -------------------------------------------------------------------------- new


def test_new_makes_a_kit_that_passes_strictly(tmp_path: Path, capsys: Output) -> None:
    kit = tmp_path / "deep" / "my kit"
    assert run(["new", str(kit)]) == 0
    said = capsys.readouterr().out
    check = f"debatekit check '{kit}' --texts '{kit}'/texts"
    assert f"  check it:   {check}\n" in said
    assert run(["check", str(kit), "--strict", "--texts", str(kit / "texts")]) == 0
    assert "0 errors, 0 warnings, 2 quotations proved" in capsys.readouterr().out
    assert run(["check", str(kit), "--strict"]) == 0
    capsys.readouterr()
    assert run(["build", "--html", "--kit", str(kit), "--out", str(tmp_path)]) == 0
    assert not [p for p in kit.rglob("*") if p.suffix in (".py", ".pyc")]


def test_new_takes_an_empty_folder_and_no_other(tmp_path: Path, capsys: Output) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(["new", str(empty)]) == 0
    before = {path: path.stat().st_mtime_ns for path in empty.rglob("*")}
    assert run(["new", str(empty)]) == 1
    assert {path: path.stat().st_mtime_ns for path in empty.rglob("*")} == before
    assert "is there already and is not empty" in capsys.readouterr().err


# ------------------------------------------------------------------------ cards


def test_cards_mark_what_is_read_aloud(starter: Path, capsys: Output) -> None:
    assert run(["cards", "--kit", str(starter)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "[They should participate in the political process] that produces" in said
    assert "[who are eighteen years of age or older], to vote" in said
    assert "[For years" not in said
    assert [label for label in ("P1 PRO", "P2 PRO", "C1 CON") if label in said] == [
        "P1 PRO",
        "P2 PRO",
        "C1 CON",
    ]
    # A fact is our own sentence: no quotation marks.
    assert "“In 2013 Takoma Park" not in said
    assert "In 2013 Takoma Park, Maryland, let residents of sixteen" in said


def test_cards_of_one_side_or_contention(starter: Path, capsys: Output) -> None:
    def labels(*arguments: str) -> list[str]:
        assert run(["cards", "--kit", str(starter), *arguments]) == 0
        lines = capsys.readouterr().out.splitlines()
        return [line.split()[0] for line in lines if "(read aloud: " in line]

    assert labels() == ["P1", "P2", "C1"]
    assert labels("--side", "con") == ["C1"]
    assert labels("--contention", "duty-and-voice") == ["P1", "P2"]
    assert labels("--contention", "settled-line", "--side", "con") == ["C1"]


# ------------------------------------------------------------------------- quiz


def test_quiz_filters_and_counts(large_kit: Path) -> None:
    def asked(*arguments: object) -> str:
        done = debatekit("quiz", "--kit", large_kit, *arguments, typed="n\n")
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout.decode()

    assert "The voting age: 10 items.\n" in asked()
    assert "The voting age: 3 items.\n" in asked("--items", 3)
    assert "The voting age: 43 items.\n" in asked("--items", 500)
    assert "The voting age: 1 item.\n" in asked("--items", 1)
    said = asked("--source", "readers")
    assert "Source C, reader comment 3" in said
    assert "The voting age: 6 items.\n" in said
    assert "The voting age: 1 item.\n" in asked(
        "--source", "readers", "--skill", "infer"
    )


# ------------------------------------------------------------------------ check


def test_check_s_exit_follows_strict(starter: Path, capsys: Output) -> None:
    (starter / "extra.yaml").write_text("a: 1")
    assert run(["check", str(starter)]) == 0
    assert "0 errors, 1 warning" in capsys.readouterr().out
    assert run(["check", str(starter), "--strict"]) == 1


def test_check_as_json_and_for_github(starter: Path, capsys: Output) -> None:
    (starter / "extra.yaml").write_text("a: 1")
    assert run(["check", str(starter), "--format", "json"]) == 0
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem["code"] == "file-unknown"
    assert problem["file"] == f"{starter.as_posix()}/extra.yaml"
    assert run(["check", str(starter), "--format", "github"]) == 0
    assert capsys.readouterr().out.startswith("::warning file=")


def test_lock_is_written_only_for_what_was_proved(
    starter: Path, capsys: Output
) -> None:
    lock = starter / "quotes.lock"
    lock.unlink()
    prove = ["check", str(starter), "--texts", str(starter / "texts"), "--lock"]
    assert run(prove) == 0
    assert f"wrote {lock.as_posix()}\n" in capsys.readouterr().err
    proved = lock.read_bytes()
    path = starter / "sources" / "eisenhower.yaml"
    path.write_text(path.read_text().replace("in time of peril", "in time of war"))
    assert run(prove) == 1
    out, err = capsys.readouterr()
    assert "[quote-differs]" in out
    assert "quotes.lock is not written: mend the errors first\n" in err
    assert lock.read_bytes() == proved
    assert run(["check", str(starter)]) == 1
    assert "[quote-changed]" in capsys.readouterr().out


def test_signals_of_the_tests_are_those_of_a_terminal() -> None:
    """The processes of these tests must be stoppable, whatever runs the tests."""
    assert "SIGINT" in command()[2]
    assert signal.SIGINT
