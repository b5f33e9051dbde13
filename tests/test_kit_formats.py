"""The bundled debate formats, and those a kit adds."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
from kits import read_yaml, write_yaml

from debatekit import kit as package
from debatekit.kit.formats import bundled, formats_of, one_format
from debatekit.kit.load import load
from debatekit.kit.problems import UserError
from debatekit.kit.review import practice_kit, sound_kit
from debatekit.kit.schema import schema

FILE = Path(package.__file__).parent / "formats.yaml"

# Id → minutes of every speech, prep of each side, prep before, window for points of
# information in the first speech, speeches that have such a window.
EXPECTED = {
    "policy-hs": ("8 3 8 3 8 3 8 3 5 5 5 5", 8, 0, None, 0),
    "policy-college": ("9 3 9 3 9 3 9 3 6 6 6 6", 10, 0, None, 0),
    "lincoln-douglas": ("6 3 7 3 4 6 3", 4, 0, None, 0),
    "public-forum": ("4 4 3 4 4 3 3 3 3 2 2", 3, 0, None, 0),
    "world-schools": ("8 8 8 8 8 8 4 4", 0, 60, (60, 420), 6),
    "british-parliamentary": ("7 7 7 7 7 7 7 7", 0, 15, (60, 360), 8),
    "karl-popper": ("6 3 6 3 5 3 5 3 5 5", 8, 0, None, 0),
    "middle-school-public-debate": ("5 5 5 5 4 4", 0, 20, (60, 240), 4),
    "american-parliamentary": ("7 8 8 8 4 5", 0, 15, None, 0),
    "spar": ("2 2 2 4 2 2", 0, 0, None, 0),
    "oxford-classroom": ("5 5 5 5 5 5 5 5", 0, 15, (60, 300), 8),
    "jugend-debattiert": ("2 2 2 2 12 1 1 1 1", 0, 0, None, 0),
    "structured-academic-controversy": ("15 4 2 4 2 5 5 8", 0, 0, None, 0),
}

OWN = {
    "id": "quick",
    "name": "Quick round",
    "teams": "1 against 1",
    "speeches": [
        {"name": "First", "side": "pro", "speaker": "H", "minutes": "1:30"},
        {"name": "Second", "side": "con", "speaker": "A", "minutes": "2"},
    ],
}


def test_every_format_is_there() -> None:
    assert list(bundled()) == list(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_times_are_those_of_the_reference(name: str) -> None:
    form = bundled()[name]
    speeches, pool, before, window, windows = EXPECTED[name]
    assert [s.seconds for s in form.speeches] == [60 * int(m) for m in speeches.split()]
    assert form.seconds == sum(60 * int(minutes) for minutes in speeches.split())
    prep = form.prep
    assert (prep.pool_seconds if prep else 0) == 60 * pool
    assert (prep.before_seconds if prep else 0) == 60 * before
    assert form.poi_of(form.speeches[0]) == window
    assert sum(form.poi_of(speech) is not None for speech in form.speeches) == windows


@pytest.mark.parametrize("name", EXPECTED)
def test_every_format_says_where_it_is_from(name: str) -> None:
    form = bundled()[name]
    assert form.checked == "2026-11"
    assert form.confidence in ("high", "medium")
    assert form.sources
    if form.prep is not None and form.prep.confidence == "low":
        assert form.prep.note
    # Questions and the like are marked, and only these.
    asks = re.compile(r"CX|[Cc]ross")
    for speech in form.speeches:
        assert (speech.kind == "questions") == bool(asks.search(speech.name))
        if speech.kind == "speech":
            assert speech.side != "both"


def test_side_names() -> None:
    forum, spar = bundled()["public-forum"], bundled()["spar"]
    assert [forum.side_name(s) for s in ("pro", "con", "both")] == [
        "Team A",
        "Team B",
        "both",
    ]
    assert [spar.side_name(s) for s in ("pro", "con")] == ["Pro", "Con"]


def test_the_bundled_file_passes_as_a_kit_s_own(starter: Path) -> None:
    """The rules of `check` hold for it too."""
    (starter / "formats.yaml").write_bytes(FILE.read_bytes())
    assert list(formats_of(starter)) == list(EXPECTED)
    assert list(sound_kit(starter).extras.formats) == list(EXPECTED)


def test_an_editor_accepts_it() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    data = read_yaml(FILE)
    assert validator.is_valid(data)
    data["formats"][0]["speeches"][0]["minutes"] = 8
    assert validator.is_valid(data)
    data["formats"][0]["speeches"][0]["minutes"] = "0:00"
    assert not validator.is_valid(data)


# ------------------------------------------------------------------- a kit's own


def test_a_kit_without_formats_has_the_bundled_ones(starter: Path) -> None:
    assert formats_of(starter) == bundled()
    assert formats_of(sound_kit(starter)) == bundled()


def test_a_kit_adds_and_replaces(starter: Path) -> None:
    league = {**OWN, "id": "public-forum", "name": "Ours"}
    write_yaml(starter / "formats.yaml", {"formats": [OWN, league]})
    for kit in (starter, sound_kit(starter)):
        found = formats_of(kit)
        assert list(found) == [*EXPECTED, "quick"]
        assert found["public-forum"].name == "Ours"
        assert found["quick"].seconds == 210
    assert bundled()["public-forum"].name == "Public Forum"


def test_only_formats_are_read_of_a_folder(starter: Path) -> None:
    write_yaml(starter / "formats.yaml", {"formats": [OWN]})
    (starter / "facts.yaml").write_text("facts: [")
    assert "quick" in formats_of(starter)


def test_practice_does_not_read_them(starter: Path) -> None:
    (starter / "formats.yaml").write_text("formats: [")
    assert practice_kit(starter).extras.formats == {}


def test_a_faulty_file_is_refused_with_its_places(starter: Path) -> None:
    data = {**OWN, "poi": {"opens": "1", "closes": "2"}}
    write_yaml(starter / "formats.yaml", {"formats": [data]})
    with pytest.raises(UserError, match=r"formats\.yaml has errors") as caught:
        formats_of(starter)
    assert [problem.code for problem in caught.value.problems] == ["poi-outside"]
    assert caught.value.problems[0].location.line > 1
    with pytest.raises(UserError, match="errors"):
        sound_kit(starter)


def test_a_file_that_is_no_stranger(starter: Path) -> None:
    write_yaml(starter / "formats.yaml", {"formats": [OWN]})
    assert load(starter).problems == ()
    (starter / "formats.yaml").rename(starter / "format.yaml")
    (problem,) = load(starter).problems
    assert (problem.code, problem.hint) == (
        "file-unknown",
        'did you mean "formats.yaml"?',
    )


def test_one_format(starter: Path) -> None:
    assert one_format(starter, "spar") is bundled()["spar"]
    with pytest.raises(UserError) as caught:
        one_format(starter, "lincoln-duglas")
    assert caught.value.hint == 'did you mean "lincoln-douglas"?'
    with pytest.raises(UserError) as caught:
        one_format(starter, "zzz")
    assert "lists them" in caught.value.hint


def test_the_documented_example_is_sound(starter: Path) -> None:
    page = (FILE.parents[2] / "docs" / "authoring.md").read_text(encoding="utf-8")
    section = page.partition("## formats.yaml")[2]
    example = section.partition("```yaml\n")[2].partition("```")[0]
    (starter / "formats.yaml").write_text(example, encoding="utf-8")
    form = formats_of(starter)["our-league"]
    assert form.seconds == 870
    windows = [form.poi_of(speech) for speech in form.speeches]
    assert windows == [(60, 180), (60, 180), None, None, None]
