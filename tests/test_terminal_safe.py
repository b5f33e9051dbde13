"""Nothing from a kit, a file name or a command line steers the terminal."""

from __future__ import annotations

import io
import json
import os
import shutil
import unicodedata
from pathlib import Path

import pytest
from commands import debatekit, environment
from hypothesis import given
from hypothesis import strategies as st
from kits import item_data, write_yaml

from debatekit.cli.main import run
from debatekit.terminal.page import Page
from debatekit.terminal.safe import safe

ATTACKS = {
    "colour": "\x1b[31mred\x1b[0m",
    "clear": "\x1b[2J\x1b[H",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;https://example.org\x1b\\text\x1b]8;;\x1b\\",
    "c1-csi": "\x9b31mred",
    "c1-osc": "\x9d0;owned\x9c",
    "backspace": "safe\x08\x08\x08\x08evil",
    "return": "safe\revil",
    "delete": "a\x7fb",
    "override": "\u202egnp.exe\u202c",
    "isolate": "\u2066left\u2069",
    "mark": "\u200fright",
    "separator": "one\u2028two",
}


def harmful(text: str) -> list[str]:
    """The characters of a text that are no letter, mark, space or line end."""
    return sorted(
        {
            f"U+{ord(char):04X}"
            for char in text
            if (ord(char) < 0x20 and char not in "\n\t")
            or 0x7F <= ord(char) <= 0x9F
            or unicodedata.bidirectional(char)
            in ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
            or char in "\u200e\u200f\u061c\u2028\u2029\ufeff"
            or unicodedata.category(char) == "Cs"
        }
    )


TEXTS = st.text(st.characters(exclude_categories=[])) | st.text(
    st.sampled_from("".join(ATTACKS.values()) + "\n\t\ud800\udfff")
)


@given(TEXTS)
def test_safe_lets_nothing_through(text: str) -> None:
    shown = safe(text)
    assert harmful(shown) == []
    shown.encode()
    assert len(shown) == len(text)
    assert safe(shown) == shown
    for before, after in zip(text, shown, strict=True):
        assert after in (before, "?")


def test_safe_leaves_text_alone() -> None:
    text = (
        "Plain\ttext, “quoted” – naïve, 日本語, עברית, العربية, 👩‍👩‍👧, ﬁ, e\u0301.\n"
    )
    assert safe(text) == text


@given(TEXTS, st.integers(1, 100))
def test_a_page_lets_nothing_through(text: str, columns: int) -> None:
    out = io.StringIO()
    page = Page(out, columns)
    page.say(text, indent="  ", first="A ")
    page.ask(text)
    assert harmful(out.getvalue()) == []


# --------------------------------------------------------------- from a kit


def poisoned(kit: Path, where: str, attack: str) -> None:
    """Write the attack into a kit with YAML's escapes: raw, YAML itself refuses it."""
    data = item_data("poisoned", 3, "a", reads=["eisenhower-summoned"])
    if where == "stem":
        data["stem"] = attack
    elif where == "option":
        data["options"]["b"]["text"] = attack
    elif where == "rationale":
        data["options"]["b"]["why"] = attack
    elif where == "name of a field":
        data[attack] = "x"
    elif where == "name of an option":
        data["options"][attack] = data["options"].pop("c")
    elif where == "id":
        data["id"] = f"poisoned{attack}"
    elif where == "reference":
        data["reads"] = [f"eisenhower{attack}"]
    elif where == "number":
        data["points"] = f"1{attack}"
    write_yaml(kit / "items" / "poisoned.yaml", {"items": [data]})


PLACES = [
    "stem",
    "option",
    "rationale",
    "name of a field",
    "name of an option",
    "id",
    "reference",
    "number",
]


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_kit_that_tries_is_refused(
    starter: Path,
    capsys: pytest.CaptureFixture[str],
    attack: str,
    where: str,
) -> None:
    poisoned(starter, where, ATTACKS[attack])
    assert run(["check", str(starter)]) == 1
    said = capsys.readouterr().out
    assert "[control-character]" in said
    assert f"{starter.as_posix()}/items/poisoned.yaml:" in said
    for arguments in (
        ["check", "--format", "json"],
        ["check", "--format", "github"],
        ["check"],
        ["quiz", "--kit"],
        ["cards", "--kit"],
        ["list", "--kit"],
        ["build", "--html", "--kit"],
    ):
        assert run([*arguments, str(starter)]) == 1, arguments
        out, err = capsys.readouterr()
        assert harmful(out + err) == [], arguments
        if "json" in arguments:
            assert json.loads(out)


@pytest.mark.parametrize("place", ["title", "sentence"])
def test_the_head_of_a_kit_too(
    starter: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    head = starter / "kit.yaml"
    text = head.read_text()
    start = text.index(f"{place}: ")
    end = text.index("\n", start)
    head.write_text(f'{text[:start]}{place}: "\\e]0;x\\a\\u202e"{text[end:]}')
    assert run(["list", "--kit", str(starter)]) == 1
    out, err = capsys.readouterr()
    assert "[control-character]" in err
    assert harmful(out + err) == []


# ---------------------------------------- from file names and the command line


@pytest.mark.parametrize("attack", ATTACKS)
def test_file_names_with_control_characters(
    starter: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    attack: str,
) -> None:
    evil = ATTACKS[attack].replace("/", "_")
    monkeypatch.setenv("DEBATEKIT_DATA", str(tmp_path / f"data{evil}"))
    (tmp_path / f"data{evil}").write_text("in the way")
    sound = tmp_path / f"kit{evil}"
    shutil.copytree(starter, sound)
    broken = tmp_path / f"broken{evil}"
    shutil.copytree(starter, broken)
    (broken / "sources" / f"x{evil}.yaml").write_text("id: [")
    (broken / f"y{evil}.yaml").write_text("id: 1")
    out, full = tmp_path / f"out{evil}", tmp_path / f"full{evil}"
    nowhere = sound / "kit.yaml" / evil
    for arguments in (
        ["check", str(sound)],
        ["check", str(sound), "--texts", str(sound)],
        ["check", str(sound), "--texts", str(sound / "texts"), "--lock"],
        ["check", str(broken)],
        ["check", str(broken), "--format", "json"],
        ["check", str(broken), "--format", "github"],
        ["list", "--kit", str(broken)],
        ["quiz", "--kit", str(sound)],
        ["cards", "--kit", str(tmp_path / evil)],
        ["build", "--html", "--kit", str(sound), "--out", str(out)],
        [
            "build",
            "--html",
            "--kit",
            str(sound),
            "--out",
            str(nowhere),
        ],
        ["new", str(full)],
        ["new", str(full)],
    ):
        code = run(arguments)
        said = "".join(capsys.readouterr())
        assert said
        assert harmful(said) == [], arguments
        assert code in (0, 1), arguments


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_typed_with_control_characters(
    starter: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    attack: str,
) -> None:
    monkeypatch.chdir(starter)
    evil = ATTACKS[attack]
    for arguments in (
        [evil],
        [f"--{evil}"],
        ["build", evil],
        ["build", "--paper", evil],
        ["build", "--forms", evil],
        ["build", f"--{evil}"],
        ["quiz", "--skill", evil],
        ["quiz", "--source", evil],
        ["quiz", "--side", evil],
        ["quiz", evil],
        ["cards", "--contention", evil],
        ["check", evil],
        ["check", "--texts", evil],
        ["schema", evil],
    ):
        assert run(arguments) in (1, 2), arguments
        out, err = capsys.readouterr()
        assert out == ""
        assert err
        assert harmful(err) == [], arguments


def test_a_file_name_that_is_no_text_is_shown_somehow(tmp_path: Path) -> None:
    name = os.fsdecode(b"kit\xff\x9b31m")
    env = environment(DEBATEKIT_DATA=str(tmp_path))
    for arguments, code in (
        (["check", name], 1),
        (["new", name], 0),
        (["new", name], 1),
        (["list", "--kit", name], 0),
        (["build", "--html", "--kit", name, "--out", name], 0),
    ):
        done = debatekit(*arguments, cwd=tmp_path, env=env)
        assert done.returncode == code, done.stderr
        assert harmful((done.stdout + done.stderr).decode()) == []
        assert b"Traceback" not in done.stderr
