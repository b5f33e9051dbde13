"""The handouts in the project are what the project makes today."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from debatekit.assets import bundled_kit
from debatekit.cli.main import run
from debatekit.documents.handouts import HANDOUTS, handouts, printed_forms
from debatekit.kit.review import sound_kit
from debatekit.render import manifest as manifests
from debatekit.render.html import to_html
from debatekit.render.lines import with_lines
from debatekit.render.manifest import MANIFEST, made_from, read_manifest

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "handouts"
ADVICE = "handouts/ is not what the project makes now: run `make handouts`"
TWO_MEGABYTES = 2_000_000


def stale(folder: Path, kit_folder: Path, rebuilt: Path) -> Iterator[str]:
    """Every way in which a folder of handouts is not what the kit gives today.

    Bytes are compared where the libraries are those the handouts were made with, by
    building them again into ``rebuilt``; elsewhere lines may break otherwise, and the
    pages are compared before they are laid out.
    """
    manifest = read_manifest(folder / MANIFEST)
    if manifest is None:
        yield f"there is no {MANIFEST} that can be read"
        return
    recorded, files = manifest["made_from"], manifest["files"]
    kit = with_lines(sound_kit(kit_folder))
    now = json.loads(json.dumps(made_from(kit, recorded["paper"])))
    for name in now.keys() | recorded.keys():
        if name != "versions" and now.get(name) != recorded.get(name):
            yield f"another {name}: {recorded.get(name)} then, {now.get(name)} now"
    yield from _other_files(folder, files)
    yield from _other_pages(kit, manifest)
    if now["versions"] == recorded["versions"]:
        yield from _other_bytes(folder, kit_folder, manifest, rebuilt)


def _other_files(folder: Path, files: dict[str, Any]) -> Iterator[str]:
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*.pdf")}
    for name in sorted(there ^ files.keys()):
        yield f"{name} is {'not in the manifest' if name in there else 'missing'}"
    for name in sorted(there & files.keys()):
        data = (folder / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != files[name]["sha256"]:
            yield f"{name} was changed since it was built"


def _other_pages(kit: Any, manifest: dict[str, Any]) -> Iterator[str]:
    forms = printed_forms(kit, len(manifest["forms"]), manifest["seed"])
    pages = {
        f"{kit.id}/{h.path}.pdf": to_html(h.template, h.document)
        for h in handouts(kit, (), forms)
    }
    recorded = {n: entry["html_sha256"] for n, entry in manifest["files"].items()}
    for name in sorted(pages.keys() | recorded.keys()):
        page = pages.get(name, "").encode()
        if hashlib.sha256(page).hexdigest() != recorded.get(name):
            yield f"{name} would say something else"


def _other_bytes(
    folder: Path, kit_folder: Path, manifest: dict[str, Any], out: Path
) -> Iterator[str]:
    command = ["build", "--kit", str(kit_folder), "--out", str(out)]
    command += ["--paper", manifest["made_from"]["paper"]]
    command += ["--seed", str(manifest["seed"]), "--forms", str(len(manifest["forms"]))]
    assert run(command) == 0
    for path in sorted(p for p in out.rglob("*") if p.is_file()):
        name = path.relative_to(out)
        known = folder / name
        if not known.is_file() or known.read_bytes() != path.read_bytes():
            yield f"{name.as_posix()} comes out differently"


# --------------------------------------------------------------- what is committed


def test_the_handouts_are_fresh(tmp_path: Path) -> None:
    reasons = list(stale(FOLDER, bundled_kit(), tmp_path))
    assert reasons == [], ADVICE


def test_they_are_all_those_of_the_bundled_kit_on_letter_paper() -> None:
    manifest = read_manifest(FOLDER / MANIFEST)
    assert manifest is not None, ADVICE
    assert manifest["made_from"]["paper"] == "letter"
    assert len(manifest["forms"]) == 1
    made = {entry["handout"] for entry in manifest["files"].values()}
    assert made == set(HANDOUTS), ADVICE
    assert len(manifest["files"]) == len(HANDOUTS)


def test_they_are_small() -> None:
    sizes = {p.name: p.stat().st_size for p in FOLDER.rglob("*") if p.is_file()}
    assert sizes, ADVICE
    assert sum(sizes.values()) < TWO_MEGABYTES, sizes


# ------------------------------------------------------------- that it would notice


class Shelf:
    """A kit and its handouts, fresh from the printer, to be spoilt."""

    def __init__(self, kit: Path, folder: Path):
        self.kit, self.made, self.folder = kit, folder / "made", folder
        self.rebuilt = 0
        assert run(["build", "--kit", str(kit), "--out", str(self.made)]) == 0
        assert self.reasons() == []

    def reasons(self) -> list[str]:
        self.rebuilt += 1
        return list(stale(self.made, self.kit, self.folder / f"again-{self.rebuilt}"))

    def change_manifest(self, *keys: str, value: Any) -> None:
        path = self.made / MANIFEST
        manifest = json.loads(path.read_text(encoding="utf-8"))
        inner = manifest
        for key in keys[:-1]:
            inner = inner[key]
        inner[keys[-1]] = value
        path.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.fixture
def shelf(starter: Path, tmp_path: Path) -> Shelf:
    return Shelf(starter, tmp_path)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_one_word_of_the_kit_is_noticed(shelf: Shelf) -> None:
    change(shelf.kit / "pro.yaml", "At least one American city", "One American city")
    reasons = "\n".join(shelf.reasons())
    assert "another kit:" in reasons
    assert "voting-age/student/cards.pdf would say something else" in reasons
    assert "voting-age/student/cards.pdf comes out differently" in reasons
    assert "quiz.pdf" not in reasons


def test_a_comment_in_the_kit_is_noticed(shelf: Shelf) -> None:
    """It changes no page, and the manifest would still name another kit."""
    path = shelf.kit / "glossary.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# A comment.\n", "utf-8")
    reasons = shelf.reasons()
    assert any(reason.startswith("another kit:") for reason in reasons)
    # The manifest and the record of the quiz's form name the kit; no page does.
    changed = {r.partition(" ")[0] for r in reasons if "differently" in r}
    assert {Path(name).suffix for name in changed} == {".json"}
    assert "manifest.json" in changed


@pytest.mark.parametrize("sheet", ["handout.css", "quiz.html", "letter.css"])
def test_one_letter_of_a_template_is_noticed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, sheet: str
) -> None:
    copy = shelf.folder / "templates"
    shutil.copytree(manifests.templates(), copy)
    monkeypatch.setattr(manifests, "templates", lambda: copy)
    assert shelf.reasons() == []
    with (copy / sheet).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert any(reason.startswith("another templates:") for reason in shelf.reasons())


def test_an_other_font_is_noticed(shelf: Shelf) -> None:
    name = "IBMPlexSerif-Regular.ttf"
    shelf.change_manifest("made_from", "fonts", name, value="0" * 64)
    assert any(reason.startswith("another fonts:") for reason in shelf.reasons())


def test_a_spoilt_a_missing_and_a_stray_file_are_noticed(shelf: Shelf) -> None:
    student = shelf.made / "voting-age" / "student"
    with (student / "quiz.pdf").open("ab") as file:
        file.write(b"%")
    (student / "cards.pdf").rename(student / "old-cards.pdf")
    reasons = shelf.reasons()
    assert "voting-age/student/quiz.pdf was changed since it was built" in reasons
    assert "voting-age/student/cards.pdf is missing" in reasons
    assert "voting-age/student/old-cards.pdf is not in the manifest" in reasons


def test_with_other_libraries_the_pages_are_compared_before_layout(
    shelf: Shelf,
) -> None:
    shelf.change_manifest("made_from", "versions", "pango", value="99999")
    assert shelf.reasons() == []
    quiz = "voting-age/student/quiz.pdf"
    shelf.change_manifest("files", quiz, "html_sha256", value="0" * 64)
    assert shelf.reasons() == [f"{quiz} would say something else"]


def test_no_handouts_at_all_are_noticed(shelf: Shelf) -> None:
    (shelf.made / MANIFEST).unlink()
    assert shelf.reasons() == [f"there is no {MANIFEST} that can be read"]


@pytest.mark.parametrize("name", ["handouts", "all-pages"])
def test_the_pictures_are_of_these_handouts(name: str) -> None:
    manifest = read_manifest(FOLDER / MANIFEST)
    assert manifest is not None
    printed = {file: entry["sha256"] for file, entry in manifest["files"].items()}
    of = hashlib.sha256(json.dumps(printed, sort_keys=True).encode()).hexdigest()
    with Image.open(ROOT / "docs" / "images" / f"{name}.png") as picture:
        said = picture.text["handouts"]
    assert said == of, "run `docs/make_pictures.py` and look at what it draws"
