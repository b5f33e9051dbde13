"""`debatekit items`: the list, its filters, one item in full, and pinning."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from test_terminal_safe import ATTACKS, harmful

from debatekit.cli.main import EXIT_PROBLEMS, EXIT_USAGE, run
from debatekit.kit.load import load
from debatekit.kit.review import review, sound_kit
from debatekit.kit.write import HEADER, PINNED, item_yaml, with_item
from debatekit.quiz.generate import generated

Said = pytest.CaptureFixture[str]
BUNDLED = ROOT / "seeds" / "huawei-ban"
ONE_OF_A_TYPE = (
    "gen-which-reply-re-law-compels-1",
    "gen-source-error-match-expo-premier-expo-country-expo-iot",
    "gen-word-left-out-backdoor-mcgrath-spying-fears",
    "gen-which-passage-pro-ip-theft",
)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the bundled kit, which nothing is pinned in."""
    folder = tmp_path / "kit"
    shutil.copytree(BUNDLED, folder)
    (folder / PINNED).unlink(missing_ok=True)
    return folder


def said(capsys: Said, *arguments: object) -> str:
    status = run([str(argument) for argument in ("items", *arguments)])
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    return out


def refused(capsys: Said, *arguments: object, status: int = EXIT_PROBLEMS) -> str:
    assert run([str(argument) for argument in ("items", *arguments)]) == status
    out, err = capsys.readouterr()
    assert out == ""
    return err


def ids(out: str) -> list[str]:
    return [line.split()[0] for line in out.splitlines()[:-1] if line[0] != " "]


def test_the_list_is_the_curated_items(capsys: Said, starter: Path) -> None:
    out = said(capsys, "--kit", starter)
    kit = sound_kit(starter)
    assert ids(out) == list(kit.items)
    assert out.splitlines()[-1] == f"{len(kit.items)} items"
    first = next(iter(kit.items.values()))
    assert out.startswith(f"{first.id}  choice  {first.skill}\n    {first.stem[:20]}")


def test_lines_are_cut_but_never_ids(
    capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    out = said(capsys, "--generated")
    made = [one.item.id for one in generated(sound_kit(BUNDLED))]
    assert ids(out) == made
    stems = [line for line in out.splitlines() if line.startswith(" ")]
    assert all(len(line) <= 60 for line in stems)
    assert any(len(line) == 60 and line.endswith("…") for line in out.splitlines())


def test_filters(capsys: Said) -> None:
    kit = sound_kit(BUNDLED)
    made = {one.item.id: one for one in generated(kit)}
    kinds = ids(said(capsys, "--generated", "--kind", "which-reply"))
    assert kinds == [n for n, one in made.items() if one.kind == "which-reply"]
    skills = ids(said(capsys, "--generated", "--skill", "word"))
    assert skills == [n for n, one in made.items() if one.item.skill == "word"]
    both = ids(said(capsys, "--kind", "two-part", "--source", "cvt"))
    assert both
    for name in both:
        assert kit.items[name].type == "two-part"
        assert "cvt" in {kit.source_of[p].id for p in kit.items[name].reads}
    sides = ids(said(capsys, "--generated", "--kind", "which-side", "--side", "con"))
    assert sides == [
        name
        for name, one in made.items()
        if one.kind == "which-side" and kit.passages[one.item.reads[0]].stance == "con"
    ]
    pro = ids(said(capsys, "--generated", "--kind", "which-reply", "--side", "pro"))
    con = ids(said(capsys, "--generated", "--kind", "which-reply", "--side", "con"))
    assert sorted([*pro, *con]) == sorted(kinds)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--kind", "which-reply"], "add --generated"),
        (["--kind", "written", "--generated"], "leave out --generated"),
        (["--source", "cvtt"], 'did you mean "cvt"?'),
        (["--source", "zzz"], "this kit has: "),
        (["--kind", "written", "--skill", "word", "--source", "expo"], "leave out"),
        (["--show", "laskai-warnin"], 'did you mean "laskai-warning"?'),
        (["--show", "zzz"], "lists those there are"),
        (["--pin", "laskai-warning"], "is an item of this kit already"),
        (["--pin", "gen-zzz"], 'no item "gen-zzz"'),
    ],
)
def test_refusals(capsys: Said, arguments: list[str], wanted: str) -> None:
    assert wanted in refused(capsys, *arguments)


def test_an_unknown_kind_is_wrong_usage(capsys: Said) -> None:
    err = refused(capsys, "--kind", "who-sad", status=EXIT_USAGE)
    assert 'did you mean "who-said"?' in err


def test_one_item_is_shown_whole(capsys: Said) -> None:
    kit = sound_kit(BUNDLED)
    of_a_type = {one.item.type: one for one in generated(kit)}
    assert len(of_a_type) == 4
    for one in of_a_type.values():
        item = one.item
        out = " ".join(said(capsys, "--show", item.id).split())
        told = [item.stem, item.why, item.id, one.kind, *item.answers]
        told += [o.why for o in item.options.values()]
        told += [o.text for o in item.options.values()]
        told += [kit.passages[p].text for p in item.reads]
        told += [text for p in item.pairs for text in (p.left, p.right, p.why)]
        told += [text for s in item.steps for text in (s.text, s.why)]
        for text in told:
            assert " ".join(text.split()) in out
        assert out.count("[key]") == bool(item.options)
        assert out.count("Proof: ") >= len(item.proof)


@pytest.mark.parametrize("name", ["laskai-warning", "laskai-likely-effect"])
def test_a_curated_item_is_shown_too(capsys: Said, name: str) -> None:
    item = sound_kit(BUNDLED).items[name]
    out = " ".join(said(capsys, "--show", name).split())
    for part in item.parts:
        assert " ".join(part.stem.split()) in out
        right = part.options[part.right[0]].text
        assert f"{' '.join(right.split())} [key]" in out


def test_every_curated_item_can_be_shown(capsys: Said) -> None:
    kit = sound_kit(BUNDLED)
    for kind in sorted({item.type for item in kit.items.values()}):
        item = next(i for i in kit.items.values() if i.type == kind)
        assert f"({kind}; skill {item.skill};" in said(capsys, "--show", item.id)


def test_a_pinned_item_is_the_kits_own(capsys: Said, copied: Path) -> None:
    before = sound_kit(copied)
    made = {one.item.id: one.item for one in generated(before)}
    event = next(name for name in made if name.startswith("gen-event-order-"))
    for count, name in enumerate((*ONE_OF_A_TYPE[1:3], event), start=1):
        out = said(capsys, "--kit", copied, "--pin", name)
        assert out == f"wrote {name} to {(copied / PINNED).as_posix()}\n"
        kit = sound_kit(copied)
        assert len(kit.items) == len(before.items) + count
        # What it says is what was offered, wrapped as it may be.
        assert item_yaml(kit.items[name]) == item_yaml(made[name])
        assert name not in {one.item.id for one in generated(kit)}
    assert "already" in refused(capsys, "--kit", copied, "--pin", event)
    found = {(p.code, p.message) for p in review(copied).problems}
    known = {(p.code, p.message) for p in review(BUNDLED).problems}
    assert found <= known


def test_every_generated_item_comes_back_from_its_yaml(
    tmp_path: Path, copied: Path
) -> None:
    made = generated(sound_kit(copied))
    lines = "".join(item_yaml(one.item) for one in made)
    (copied / PINNED).write_text(f"items:\n{lines}", encoding="utf-8")
    loaded = load(copied)
    assert loaded.problems == ()
    assert loaded.kit is not None
    for one in made:
        assert item_yaml(loaded.kit.items[one.item.id]) == item_yaml(one.item)
        assert " ".join(loaded.kit.items[one.item.id].stem.split()) == " ".join(
            one.item.stem.split()
        )


def test_what_is_there_stays_byte_for_byte(capsys: Said, copied: Path) -> None:
    path = copied / PINNED
    said(capsys, "--kit", copied, "--pin", ONE_OF_A_TYPE[0])
    assert path.read_bytes().startswith(HEADER.encode())
    mine = path.read_bytes().replace(b"items:\n", b"# mine\nitems:\n\n\n")
    path.write_bytes(mine.rstrip(b"\n"))  # as an editor may leave it
    said(capsys, "--kit", copied, "--pin", ONE_OF_A_TYPE[1])
    assert path.read_bytes().startswith(mine.rstrip(b"\n") + b"\n")
    assert len(load(copied).problems) == 0


def test_another_indent_is_kept(copied: Path) -> None:
    one, two = (g.item for g in generated(sound_kit(copied))[:2])
    before = f"items:\n{item_yaml(one, '')}".encode()
    after = with_item(before, two)
    assert after == before + b"\n" + item_yaml(two, "").encode()


@pytest.mark.parametrize(
    "before", ["items: []\n", "items:\n  - id: x\n", "nothing\n", "items: [\n", "\n"]
)
def test_a_file_that_cannot_be_added_to_is_left_alone(
    capsys: Said, copied: Path, before: str
) -> None:
    name = ONE_OF_A_TYPE[0]
    whole = load(copied).kit
    assert whole is not None
    path = copied / PINNED
    path.write_text(before, encoding="utf-8")
    err = refused(capsys, "--kit", copied, "--pin", name)
    assert err
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_what_is_typed_cannot_steer_the_terminal(
    capsys: Said, starter: Path, attack: str
) -> None:
    for option in ("--source", "--show", "--pin"):
        assert not harmful(refused(capsys, "--kit", starter, option, attack))
