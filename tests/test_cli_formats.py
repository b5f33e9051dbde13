"""`debatekit formats`: the list, one in full, JSON, and wrong names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import debatekit, environment
from kits import write_yaml
from test_kit_formats import EXPECTED, OWN
from test_terminal_safe import ATTACKS, harmful

from debatekit.cli.main import run
from debatekit.kit.formats import bundled

Said = pytest.CaptureFixture[str]


def said(capsys: Said, *arguments: str) -> str:
    assert run([*arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_the_list_names_every_format(capsys: Said) -> None:
    out = said(capsys, "formats")
    lines = out.splitlines()
    assert [line.partition(":")[0] for line in lines[::2]] == list(EXPECTED)
    at = lines.index("public-forum: Public Forum")
    assert lines[at + 1] == "    2 teams of 2; 35 minutes; prep: 3:00 for each team"
    assert "    4 teams of 2; 56 minutes; prep: 15:00 before the round" in lines
    assert "    1 against 1; 14 minutes; prep: none" in lines


@pytest.mark.parametrize("name", EXPECTED)
def test_one_in_full(capsys: Said, name: str) -> None:
    form = bundled()[name]
    out = " ".join(said(capsys, "formats", name).split())
    for speech in form.speeches:
        minutes = f"{speech.seconds // 60}:00"
        assert f"{minutes} {speech.name} (" in out
    for told in (form.note, form.prep.note if form.prep else "", *form.sources):
        assert " ".join(told.split()) in out
    assert "Timings checked November 2026." in out
    assert f"Confidence in the timings: {form.confidence}, " in out
    assert "Leagues differ" in out


def test_prep_and_points_of_information(capsys: Said) -> None:
    out = said(capsys, "formats", "world-schools")
    assert "Prep: 60:00 before the round.\n" in out
    assert "Points of information: from 1:00 to 7:00; none in Opposition Reply," in out
    out = said(capsys, "formats", "policy-hs")
    assert "Prep: 8:00 for each team.\n" in out
    assert "Confidence in the prep: low, sources conflict.\n" in out
    assert "Points of information: none.\n" in out
    assert "Flow sheet: 1AC | 1NC | 2AC | 2NC/1NR | 1AR | 2NR | 2AR\n" in out


@pytest.mark.parametrize("name", ["", *EXPECTED])
def test_nothing_is_wider_than_40_columns(name: str) -> None:
    done = debatekit(
        "formats", *([name] if name else []), env=environment(COLUMNS="40")
    )
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    # A source may be one long word.
    assert [line for line in lines if len(line) > 40] == []


def test_json(capsys: Said) -> None:
    everything = json.loads(said(capsys, "formats", "--json"))
    assert [form["id"] for form in everything] == list(EXPECTED)
    one = json.loads(said(capsys, "formats", "world-schools", "--json"))
    assert one == everything[list(EXPECTED).index("world-schools")]
    assert one["seconds"] == 3360
    assert one["prep"]["before"] == 3600
    assert one["speeches"][0] == {
        "name": "1st Proposition",
        "side": "pro",
        "speaker": "P1",
        "kind": "speech",
        "seconds": 480,
        "poi": [60, 420],
    }
    assert one["speeches"][7]["poi"] is None


def test_a_wrong_name(capsys: Said) -> None:
    assert run(["formats", "karl-poper"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        'debatekit: there is no debate format "karl-poper"\n'
        '    did you mean "karl-popper"?\n'
    )


def test_a_kit_s_own(starter: Path, capsys: Said) -> None:
    write_yaml(starter / "formats.yaml", {"formats": [OWN]})
    out = said(capsys, "formats", "--kit", str(starter))
    assert out.endswith("quick: Quick round\n    1 against 1; 3:30; prep: none\n")
    out = said(capsys, "formats", "quick", "--kit", str(starter))
    assert " 1.  1:30  First (Pro, H)\n" in out
    assert "Timings checked" not in out
    assert run(["formats", "quick"]) == 1


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_kit_cannot_steer_the_terminal(
    starter: Path, capsys: Said, attack: str
) -> None:
    write_yaml(
        starter / "formats.yaml", {"formats": [{**OWN, "name": ATTACKS[attack]}]}
    )
    for command in (["formats"], ["formats", "quick"], ["timer", "quick"]):
        assert run([*command, "--kit", str(starter)]) == 1
        out, err = capsys.readouterr()
        assert "[control-character]" in err
        assert harmful(out + err) == []
    for command in ("formats", "timer"):
        assert run([command, ATTACKS[attack]]) == 1
        assert harmful("".join(capsys.readouterr())) == []


def test_the_shell_completes_ids() -> None:
    for command in ("formats", "timer"):
        done = debatekit(
            env=environment(
                _DEBATEKIT_COMPLETE="bash_complete",
                COMP_WORDS=f"debatekit {command} p",
                COMP_CWORD="2",
            )
        )
        names = [line.partition(",")[2] for line in done.stdout.decode().split()]
        assert names == ["policy-hs", "policy-college", "public-forum"]
