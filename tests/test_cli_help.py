"""What the command line says of itself is true: help, examples, completion, imports."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import jsonschema
import pytest
from commands import MAIN, PATIENCE, command, debatekit, environment

from debatekit import assets
from debatekit.cli import main as cli
from debatekit.documents.handouts import HANDOUTS
from debatekit.kit.load import load

CLI = Path(cli.__file__).parent


def commands() -> dict[str, click.Command]:
    context = click.Context(cli.group)
    found = {name: cli.group.get_command(context, name) for name in cli.COMMANDS}
    return {name: command for name, command in found.items() if command is not None}


def example(told: click.Command) -> list[str]:
    """The words of a command's example."""
    assert told.epilog is not None
    match = re.fullmatch(r"Example: debatekit (.+)", told.epilog)
    assert match, told.epilog
    return shlex.split(match.group(1))


# ------------------------------------------------------------------------ help


def test_the_table_names_every_command_module() -> None:
    modules = {
        path.name.removesuffix("_command.py") for path in CLI.glob("*_command.py")
    }
    assert len(modules) > 5
    assert set(cli.COMMANDS) == modules == set(commands())


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_table_says_what_the_command_says(name: str) -> None:
    told = commands()[name]
    assert told.get_short_help_str(limit=200) == cli.COMMANDS[name]
    assert told.help
    assert told.help.splitlines()[0] == cli.COMMANDS[name]


@pytest.mark.parametrize("name", ["", *cli.COMMANDS])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_has_an_example_of_the_command_itself(name: str, option: str) -> None:
    done = debatekit(*([name] if name else []), option)
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    told = commands()[name] if name else cli.group
    assert f"Example: debatekit {name}".strip() in said
    assert example(told)[0] == (name or "build")
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    for parameter in commands()[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.fixture
def classroom(starter: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is a kit and holds what the examples speak of."""
    for path in [starter / "pro.yaml", starter / "con.yaml"]:
        path.write_text(path.read_text().replace("settled-line", "backfires"))
    shutil.copytree(starter, starter / "my-kit")
    shutil.copytree(starter / "texts", starter / "my-texts")
    monkeypatch.chdir(starter)
    monkeypatch.setattr(assets, "bundled_kit", lambda: starter)
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    return starter


EXAMPLES = {
    "build": ["student/quiz-a.pdf", "student/quiz-b.pdf", "teacher/key.pdf"],
    "quiz": ["Item 1 of 1", "Saved."],
    "progress": ["wrote progress.html"],
    "cards": ["C1", "[who are eighteen years of age or older]"],
    "formats": ["Public Forum (public-forum)", "35:00 in all"],
    "timer": ["1 of 11: Constructive (Team A, A1), 4:00", "Log of the round:"],
    "lines": ["Source A own words: lines 1–", "A1 lines 1–"],
    "export": ["wrote quiz.html: "],
    "check": ["0 errors, 0 warnings, 2 quotations proved"],
    "list": ['"kit": "voting-age"'],
    "items": ["gen-which-side-amendment-eighteen which-side position", "2 items"],
    "new": ["wrote a kit to my-kit"],
    "schema": [],
    "doctor": ["debatekit ", "Python ", "All is well."],
}


@pytest.mark.parametrize("name", ["", *cli.COMMANDS])
def test_the_example_runs(
    classroom: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    words = example(commands()[name] if name else cli.group)
    target = ""
    if ">" in words:
        *words, _, target = words
    if name == "new":
        shutil.rmtree(classroom / words[1])
    assert cli.run(words) == 0
    out, _ = capsys.readouterr()
    for expected in EXAMPLES[name or "build"]:
        assert expected in " ".join(out.split())
    if name == "schema":
        assert target.endswith(".json")
        assert json.loads(out)
    if name == "new":
        assert (classroom / "my-kit" / "kit.yaml").is_file()


def test_examples_name_what_the_bundled_kit_has() -> None:
    kit = load(assets.bundled_kit()).kit
    assert kit is not None
    words = example(commands()["cards"])
    contention = words[words.index("--contention") + 1]
    assert kit.side_of[contention] == words[words.index("--side") + 1]


# ----------------------------------------------------------------- heavy imports

HEAVY = ("weasyprint", "jinja2", "pikepdf", "fontTools", "PIL", "hypothesis")
IMPORTS = """
import sys
from debatekit.cli.main import run
try:
    code = run(sys.argv[1:])
except SystemExit as leave:
    code = leave.code
print(code, *sorted(sys.modules), sep="\\n", file=sys.stderr)
"""


def imported(*arguments: object, typed: str = "", **variables: str) -> set[str]:
    """The modules in memory after a command."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        check=True,
        env=environment(**variables),
        timeout=PATIENCE,
    )
    code, *modules = done.stderr.splitlines()
    assert code == "0", done.stderr
    assert "click" in modules
    return set(modules)


def heavy(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] in HEAVY}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_little_more_than_click(arguments: list[str]) -> None:
    modules = imported(*arguments)
    assert not heavy(modules)
    ours = {name for name in modules if name.startswith("debatekit.")}
    assert ours <= {
        "debatekit.cli",
        "debatekit.cli.main",
        "debatekit.kit",
        "debatekit.kit.problems",
    }
    assert not modules & {"msgspec", "yaml", "asyncio", "tempfile"}


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_of_a_command_loads_no_engine(name: str) -> None:
    modules = imported(name, "--help")
    assert not heavy(modules)
    assert not modules & {"msgspec", "yaml"}


@pytest.mark.parametrize("name", ["quiz", "check", "list", "cards"])
def test_nothing_but_build_loads_an_engine(starter: Path, name: str) -> None:
    kit = [starter] if name == "check" else ["--kit", starter]
    modules = imported(name, *kit, typed="a\n" * 9)
    assert "debatekit.kit.load" in modules
    assert not heavy(modules)


def test_practice_loads_nothing_that_only_an_author_needs(starter: Path) -> None:
    of_authors = {"debatekit.kit.checks.style", "debatekit.kit.quotes.usage"}
    assert of_authors <= imported("check", starter)
    modules = imported("quiz", "--kit", starter, typed="a\n" * 9)
    assert "debatekit.kit.quotes.lock" in modules
    assert not modules & {*of_authors, "debatekit.kit.quotes.proof"}


def test_completion_loads_no_engine() -> None:
    words = {"COMP_WORDS": "debatekit build q", "COMP_CWORD": "2"}
    assert not heavy(imported(_DEBATEKIT_COMPLETE="bash_complete", **words))


def test_the_measure_of_heavy_imports_can_find_one(
    starter: Path, tmp_path: Path
) -> None:
    build = ["build", "cards", "--html", "--kit", starter, "--out", tmp_path]
    assert "jinja2" in heavy(imported(*build))


# -------------------------------------------------------------- shell completion


def completed(*words: str) -> list[str]:
    done = debatekit(
        env=environment(
            _DEBATEKIT_COMPLETE="bash_complete",
            COMP_WORDS=" ".join(["debatekit", *words]),
            COMP_CWORD=str(len(words)),
        )
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return [line.partition(",")[2] for line in done.stdout.decode().splitlines()]


def test_commands_handouts_and_values_are_completed() -> None:
    assert completed("") == list(cli.COMMANDS)
    assert completed("qu") == ["quiz"]
    assert completed("build", "") == list(HANDOUTS)
    assert completed("build", "quiz", "br") == ["brief-pro", "brief-con"]
    assert completed("build", "--pa") == ["--paper", "--packet", "--pages"]
    assert completed("build", "--paper", "") == ["letter", "a4"]
    assert completed("quiz", "--side", "") == ["pro", "con"]
    assert completed("quiz", "--skill", "e") == ["evidence", "evaluate"]
    assert completed("check", "--format", "g") == ["github"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_every_shell(shell: str) -> None:
    done = debatekit(env=environment(_DEBATEKIT_COMPLETE=f"{shell}_source"))
    assert done.returncode == 0
    assert b"_DEBATEKIT_COMPLETE" in done.stdout


def test_bash_itself_completes(tmp_path: Path) -> None:
    """The script is read by a real bash, and its function is called as on Tab."""
    script = tmp_path / "debatekit"
    script.write_text(f'#!/bin/sh\nexec {shlex.join(command())} "$@"\n')
    script.chmod(0o755)
    done = subprocess.run(
        [
            "bash",
            "--norc",
            "-c",
            'eval "$(_DEBATEKIT_COMPLETE=bash_source debatekit)"; '
            "COMP_WORDS=(debatekit build ca); COMP_CWORD=2; "
            '_debatekit_completion debatekit ca build; echo "${COMPREPLY[@]}"',
        ],
        capture_output=True,
        text=True,
        check=True,
        env=environment(PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}"),
        timeout=PATIENCE,
    )
    assert (done.stdout, done.stderr) == ("cards\n", "")


# ---------------------------------------------------------------- what is installed


def test_the_installed_script_is_this_command_line() -> None:
    assert "debatekit.cli.main import main" in MAIN
    done = debatekit("--version")
    assert re.fullmatch(rb"debatekit \d+\.\d+\.\d+\n", done.stdout)


def test_schema_is_json_schema() -> None:
    done = debatekit("schema")
    assert (done.returncode, done.stderr) == (0, b"")
    schema = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert jsonschema.validators.validator_for(schema) is (
        jsonschema.Draft202012Validator
    )
