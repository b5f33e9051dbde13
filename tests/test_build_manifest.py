"""Forms that were printed before come out again, from a manifest or by their code."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kits import read_yaml, write_yaml

from debatekit.assets import bundled_kit
from debatekit.cli.main import run
from debatekit.documents.handouts import printed_forms
from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.kit.review import sound_kit
from debatekit.quiz.forms import make_forms
from debatekit.quiz.reprint import record, recorded, reprinted
from debatekit.render.manifest import FORMS, MANIFEST

Capture = pytest.CaptureFixture[str]


class Desk:
    """A copy of the starter kit and the folder it is printed to."""

    def __init__(self, kit: Path, out: Path):
        self.kit, self.out = kit, out

    def build(self, *more: str, out: Path | None = None) -> int:
        where = ["--kit", str(self.kit), "--out", str(out or self.out)]
        return run(["build", "quiz", "key", *where, *more])

    def printed(self, out: Path | None = None) -> dict[str, bytes]:
        folder = out or self.out
        return {p.name: p.read_bytes() for p in sorted(folder.rglob("*.pdf"))}

    @property
    def manifest(self) -> Path:
        return self.out / MANIFEST

    @property
    def kept(self) -> list[Path]:
        return sorted((self.out / FORMS).iterdir())

    @property
    def code(self) -> str:
        return self.kept[0].stem

    def change_items(self, change: Callable[[list[dict[str, Any]]], None]) -> None:
        path = next((self.kit / "items").glob("*.yaml"))
        data = read_yaml(path)
        change(data["items"])
        write_yaml(path, data)

    def change_json(self, path: Path, change: Callable[[dict[str, Any]], None]) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        change(data)
        path.write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture
def desk(starter: Path, tmp_path: Path) -> Desk:
    desk = Desk(starter, tmp_path / "out")
    assert desk.build("--forms", "3", "--seed", "7") == 0
    return desk


# ------------------------------------------------------------------ the same again


def test_a_manifest_prints_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert desk.build("--manifest", str(desk.manifest), out=again) == 0
    assert {"key.pdf", "quiz-a.pdf", "quiz-c.pdf"} <= desk.printed().keys()
    assert desk.printed(again) == desk.printed()
    assert (again / MANIFEST).read_bytes() == desk.manifest.read_bytes()
    (kept,) = (again / FORMS).iterdir()
    assert kept.read_bytes() == desk.kept[0].read_bytes()


@pytest.mark.parametrize("form", ["{}", "{}-B", " {}-c "])
def test_a_code_prints_the_same_bytes(desk: Desk, form: str) -> None:
    """Also when other forms were printed since."""
    first, code = desk.printed(), desk.code
    assert desk.build("--seed", "8", "--forms", "3") == 0
    assert len(desk.kept) == 2
    assert desk.printed() != first
    assert desk.build("--form-code", form.format(code.lower())) == 0
    assert desk.printed() == first


def test_the_recorded_order_is_printed_and_none_is_drawn(desk: Desk) -> None:
    """An order that nobody would draw again comes out as it is recorded."""
    kit = sound_kit(desk.kit)
    data = json.loads(desk.kept[0].read_text(encoding="utf-8"))
    for form in data["forms"].values():
        for item_id, order in form.items():
            form[item_id] = order[::-1]
    data["quiz"].pop("items")
    known = recorded(data)
    assert known is not None
    forms = reprinted(kit, known)
    for key in forms.keys:
        assert {e.item: e.order for e in key.entries} == data["forms"][key.code]
        for entry in key.entries:
            item = kit.items[entry.item]
            assert entry.order["ABC".index(entry.letter)] == item.key


def test_a_manifest_of_version_1_is_read(desk: Desk, tmp_path: Path) -> None:
    def as_before(data: dict[str, Any]) -> None:
        data["version"] = 1
        del data["quiz"]

    desk.change_json(desk.manifest, as_before)
    again = tmp_path / "again"
    assert desk.build("--manifest", str(desk.manifest), out=again) == 0
    assert desk.printed(again) == desk.printed()


def test_generated_items_are_found_again(tmp_path: Path) -> None:
    kit = sound_kit(bundled_kit())
    forms = printed_forms(kit, 2, 3, generated=4)
    data = {"version": 2, "kit": named(kit), **record(kit, forms, 3)}
    assert len(data["quiz"]["generated"]) == 4
    known = recorded(json.loads(json.dumps(data)))
    assert known is not None
    assert reprinted(kit, known) == forms


def named(kit: Kit) -> dict[str, str]:
    return {"id": kit.id, "version": kit.head.version, "sha256": "0"}


def test_every_type_of_item_comes_out_again(full_kit: Path) -> None:
    kit = sound_kit(full_kit)
    for seed in range(20):
        forms = printed_forms(kit, 4, seed)
        data = {"version": 2, "kit": named(kit), **record(kit, forms, seed)}
        known = recorded(json.loads(json.dumps(data)))
        assert known is not None
        assert reprinted(kit, known) == forms


def test_what_is_recorded(desk: Desk) -> None:
    data = json.loads(desk.kept[0].read_text(encoding="utf-8"))
    manifest = json.loads(desk.manifest.read_text(encoding="utf-8"))
    assert (data["version"], manifest["version"]) == (2, 2)
    assert data["seed"] == manifest["seed"] == 7
    assert list(data["forms"]) == [f"{desk.code}-{letter}" for letter in "ABC"]
    assert data["forms"] == manifest["forms"]
    assert data["quiz"] == manifest["quiz"]
    assert data["quiz"]["minutes"] == 5
    assert data["quiz"]["blueprint"]["skills"] == {"locate": 1, "infer": 1, "source": 1}
    assert data["kit"] == manifest["made_from"]["kit"]


# ------------------------------------------------------------------ a kit that changed


def test_another_stem_is_printed_with_a_warning(desk: Desk, capsys: Capture) -> None:
    desk.change_items(lambda items: items[0].update(stem="Who is it that speaks here?"))
    capsys.readouterr()
    assert desk.build("--form-code", desk.code) == 0
    told = capsys.readouterr()
    assert told.err.startswith("warning: the kit has changed since these forms were")
    assert "quiz-b" in told.out


def test_the_same_kit_gives_no_warning(desk: Desk, capsys: Capture) -> None:
    capsys.readouterr()
    assert desk.build("--form-code", desk.code) == 0
    assert capsys.readouterr().err == ""


def another_option(items: list[dict[str, Any]]) -> None:
    items[0]["options"]["a"]["text"] += " indeed"


def one_more_option(items: list[dict[str, Any]]) -> None:
    items[0]["options"]["d"] = {
        "text": "A fourth one here",
        "why": "It is not said.",
        "mistake": "not-here",
    }


def another_key(items: list[dict[str, Any]]) -> None:
    old = items[0]["key"]
    new = next(letter for letter in items[0]["options"] if letter != old)
    items[0]["key"] = new
    mistake = items[0]["options"][new].pop("mistake")
    items[0]["options"][old]["mistake"] = mistake


def another_id(items: list[dict[str, Any]]) -> None:
    items[0]["id"] = "another-id"


@pytest.mark.parametrize(
    ("change", "how"),
    [
        (another_option, "says something else in its options"),
        (one_more_option, "has other options"),
        (another_key, "says something else in its options"),
        (another_id, "is no longer in the kit"),
    ],
)
def test_an_item_that_changed_is_named_and_nothing_printed(
    desk: Desk, capsys: Capture, change: Callable[[Any], None], how: str
) -> None:
    first = desk.printed()
    item = read_yaml(next((desk.kit / "items").glob("*.yaml")))["items"][0]["id"]
    desk.change_items(change)
    for option in (["--form-code", desk.code], ["--manifest", str(desk.manifest)]):
        capsys.readouterr()
        assert desk.build(*option) == 1
        said = capsys.readouterr().err
        assert f'item "{item}" of the forms {desk.code} {how}; nothing' in said
        assert "Traceback" not in said
    assert desk.printed() == first


def test_the_forms_of_another_kit(desk: Desk, capsys: Capture) -> None:
    head = read_yaml(desk.kit / "kit.yaml")
    write_yaml(desk.kit / "kit.yaml", head | {"kit": "another"})
    capsys.readouterr()
    assert desk.build("--form-code", desk.code) == 1
    assert (
        f'the forms {desk.code} are of the kit "voting-age"' in capsys.readouterr().err
    )


# ------------------------------------------------------------ what is asked wrongly


def test_an_unknown_code_lists_those_there_are(desk: Desk, capsys: Capture) -> None:
    for asked in ("0000", "../x", "nonsense", f"{desk.code}-X", "ÄÖ"):
        capsys.readouterr()
        assert desk.build("--form-code", asked) == 1
        assert f"there are: {desk.code}" in capsys.readouterr().err
    assert desk.build("--form-code", f"{desk.code}-D") == 1
    assert "there are: A, B, C" in capsys.readouterr().err


def test_nothing_is_kept_here(desk: Desk, tmp_path: Path, capsys: Capture) -> None:
    assert desk.build("--form-code", desk.code, out=tmp_path / "none") == 1
    assert "--out names the folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "more", [["--seed", "1"], ["--forms", "3"], ["--generated", "0"], ["--manifest"]]
)
def test_what_decides_a_drawing_is_refused(
    desk: Desk, more: list[str], capsys: Capture
) -> None:
    more = [*more, str(desk.manifest)] if more == ["--manifest"] else more
    assert desk.build("--form-code", desk.code, *more) == 2
    said = capsys.readouterr().err
    assert "choose one" in said or f"leave out {more[0]}" in said


def spoilt(data: dict[str, Any], *path: Any, value: Any) -> dict[str, Any]:
    inner = data
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 3),
        (("forms",), {}),
        (("forms",), []),
        (("forms",), {"zz": {"a": "abc"}}),
        (("forms",), {"AAAA-A": {"a": "abc"}, "BBBB-B": {"a": "abc"}}),
        (("forms",), {"AAAA-A": {"a": "abc"}, "AAAA-B": {"b": "abc"}}),
        (("forms",), {"AAAA-A": {}}),
        (("forms",), {"AAAA-A": {"a": 5}}),
        (("kit",), None),
        (("kit", "id"), ["x"]),
        (("seed",), "1"),
        (("seed",), -1),
        (("quiz",), []),
        (("quiz", "minutes"), None),
    ],
)
def test_a_spoilt_record_is_no_record(
    desk: Desk, path: tuple[str, ...], value: Any, capsys: Capture
) -> None:
    file = desk.kept[0]
    desk.change_json(file, lambda data: spoilt(data, *path, value=value) and None)
    assert desk.build("--manifest", str(file)) == 1
    said = capsys.readouterr().err
    assert f"{file.as_posix()} does not record the forms of a quiz" in said


# ------------------------------------------------------------------ what is kept


def test_more_forms_of_a_code_are_added_to_it(desk: Desk) -> None:
    code, first = desk.code, json.loads(desk.kept[0].read_text(encoding="utf-8"))
    assert desk.build("--forms", "1", "--seed", "7") == 0
    assert json.loads(desk.kept[0].read_text(encoding="utf-8")) == first
    assert desk.build("--forms", "4", "--seed", "7") == 0
    forms = json.loads(desk.kept[0].read_text(encoding="utf-8"))["forms"]
    assert list(forms) == [f"{code}-{letter}" for letter in "ABCD"]
    assert first["forms"].items() <= forms.items()


def test_forms_in_students_hands_are_not_overwritten(
    desk: Desk, capsys: Capture
) -> None:
    """The same code with another order, as a later way of drawing might give it."""

    def turned(data: dict[str, Any]) -> None:
        data["forms"] = {
            code: {name: order[::-1] for name, order in form.items()}
            for code, form in data["forms"].items()
        }
        data["quiz"].pop("items")

    desk.change_json(desk.kept[0], turned)
    before, printed = desk.kept[0].read_bytes(), desk.printed()
    capsys.readouterr()
    assert desk.build("--seed", "7") == 1
    assert f"other forms of the code {desk.code}" in capsys.readouterr().err
    assert (desk.kept[0].read_bytes(), desk.printed()) == (before, printed)


def test_another_kit_s_forms_are_not_overwritten(desk: Desk) -> None:
    desk.change_json(
        desk.kept[0], lambda data: spoilt(data, "kit", "id", value="other") and None
    )
    assert desk.build("--seed", "7") == 1


def test_forms_that_cannot_be_printed_any_more_are_let_go(desk: Desk) -> None:
    desk.change_items(one_more_option)
    code = desk.code
    assert desk.build("--seed", "7", "--forms", "3") == 0
    assert [path.stem for path in desk.kept] == [code]
    assert desk.build("--form-code", code) == 0


def test_forms_are_kept_of_a_quiz_alone(starter: Path, tmp_path: Path) -> None:
    where = ["--kit", str(starter), "--out", str(tmp_path / "out")]
    assert run(["build", "brief-pro", *where]) == 0
    assert not (tmp_path / "out" / FORMS).exists()
    assert run(["build", "quiz", "--html", *where]) == 0
    assert len(list((tmp_path / "out" / FORMS).iterdir())) == 1


def test_a_moved_kit_prints_the_same(desk: Desk, tmp_path: Path) -> None:
    first = desk.printed()
    moved = Desk(shutil.copytree(desk.kit, tmp_path / "moved"), desk.out)
    assert moved.build("--form-code", desk.code) == 0
    assert moved.printed() == first


def test_an_item_that_left_its_passage_is_named(large_kit: Path) -> None:
    """Its number would be another one than on the paper in students' hands."""
    kit = sound_kit(large_kit)
    one, other, *_ = (item for item in kit.items.values() if len(item.reads) == 1)
    between = next(i for i in kit.items.values() if i.reads != one.reads)
    assert one.reads == other.reads
    forms = make_forms(kit, [one, other, between], 1, 1)
    data = {"version": 2, "kit": named(kit), **record(kit, forms, 1)}
    (code,) = data["forms"]
    order = data["forms"][code]
    moved = [one.id, between.id, other.id]
    data["forms"] = {code: {name: order[name] for name in moved}}
    known = recorded(data)
    assert known is not None
    with pytest.raises(UserError, match=f'"{between.id}".* with other passages'):
        reprinted(kit, known)
