"""Same kit, same seed, same versions: the same bytes, wherever and whenever."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from kits import read_yaml, write_yaml

from debatekit.assets import starter_kit
from debatekit.cli.main import run
from debatekit.render.manifest import MANIFEST, read_manifest

BUILD = "from debatekit.cli.main import main; main()"


def build_elsewhere(
    folder: Path, kit: Path, hash_seed: str, zone: str, locale: str
) -> dict[str, bytes]:
    """Build in a process of its own whose surroundings are all different."""
    for name in ("home", "tmp", "here"):
        (folder / name).mkdir(parents=True)
    known = {"PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONPATH"}
    environ = {name: value for name, value in os.environ.items() if name in known}
    environ |= {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "PYTHONHASHSEED": hash_seed,
        "TZ": zone,
        "LC_ALL": locale,
    }
    arguments = ["build", "--kit", str(kit), "--forms", "2", "--out", "made"]
    done = subprocess.run(
        [sys.executable, "-c", BUILD, *arguments],
        cwd=folder / "here",
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert list((folder / "tmp").iterdir()) == [], "temporary files were left"
    out = folder / "here" / "made"
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }


def test_two_processes_make_the_same_bytes(tmp_path: Path) -> None:
    """Other hash seed, folder, home, temporary folder, time zone, locale and second.

    tests/test_handouts.py says the same of the bundled kit, across days.
    """
    kit = starter_kit()
    first = build_elsewhere(tmp_path / "a", kit, "1", "Asia/Kolkata", "C")
    time.sleep(1.1)  # Dates in a PDF count in seconds.
    copy = shutil.copytree(kit, tmp_path / "moved" / "elsewhere")
    second = build_elsewhere(tmp_path / "b" / "deep er", copy, "4242", "UTC", "C.UTF-8")
    assert "manifest.json" in first
    assert len(first) >= 8
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_no_file_names_the_folder_it_was_made_in(tmp_path: Path) -> None:
    made = build_elsewhere(tmp_path / "a", starter_kit(), "0", "UTC", "C")
    for data in made.values():
        assert str(tmp_path).encode() not in data
        assert str(Path.home()).encode() + b"/" not in data


# ------------------------------------------------------------------------ manifest


class Bench:
    """A copy of the starter kit, built again and again into one folder."""

    def __init__(self, kit: Path, out: Path):
        self.kit, self.out = kit, out

    def build(self, *more: str) -> dict[str, Any]:
        assert (
            run(["build", "--kit", str(self.kit), "--out", str(self.out), *more]) == 0
        )
        manifest = json.loads((self.out / MANIFEST).read_text(encoding="utf-8"))
        assert isinstance(manifest, dict)
        return manifest

    def change_a_word(self) -> None:
        path = self.kit / "glossary.yaml"
        data = read_yaml(path)
        data["terms"][0]["meaning"] += " More."
        write_yaml(path, data)


@pytest.fixture
def bench(starter: Path, tmp_path: Path) -> Bench:
    return Bench(starter, tmp_path / "out")


def test_the_manifest_names_every_file_with_its_hash(bench: Bench) -> None:
    manifest = bench.build("--forms", "2", "--seed", "5")
    made = {p.relative_to(bench.out).as_posix(): p for p in bench.out.rglob("*.pdf")}
    assert list(manifest["files"]) == sorted(made)
    assert len(made) >= 7
    for name, path in made.items():
        entry = manifest["files"][name]
        assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert entry["pages"] > 0
    assert manifest["seed"] == 5
    assert len(manifest["forms"]) == 2
    for code, orders in manifest["forms"].items():
        assert code[-2:] in ("-A", "-B")
        assert {"".join(sorted(order)) for order in orders.values()} == {"abc"}
    assert manifest["made_from"]["kit"]["id"] == "voting-age"
    assert {"weasyprint", "pango", "pydyf"} <= manifest["made_from"]["versions"].keys()
    assert len(manifest["made_from"]["fonts"]) >= 4


def test_building_one_more_handout_keeps_the_others(bench: Bench) -> None:
    first = bench.build("quiz")
    assert [entry["handout"] for entry in first["files"].values()] == ["quiz"]
    both = bench.build("key")
    assert [entry["handout"] for entry in both["files"].values()] == ["quiz", "key"]
    assert first["files"].items() <= both["files"].items()


@pytest.mark.parametrize(
    "more", [["--seed", "2"], ["--forms", "2"], ["--paper", "a4"], ["other words"]]
)
def test_files_of_another_make_are_not_claimed(bench: Bench, more: list[str]) -> None:
    """A key of seed 2 beside a quiz of seed 1 would mark every student wrong."""
    bench.build("quiz")
    if more == ["other words"]:
        bench.change_a_word()
        more = []
    manifest = bench.build("key", *more)
    assert [entry["handout"] for entry in manifest["files"].values()] == ["key"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "\ud800",
        '{"version": 1}',
        '{"version": 1, "files": []}',
        '{"version": 1, "files": {}}',
        '{"version": 2, "files": {"kept": {"handout": "no"}}}',
    ],
)
def test_a_manifest_that_cannot_be_read_is_written_anew(
    bench: Bench, text: str
) -> None:
    bench.out.mkdir()
    (bench.out / MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert [e["handout"] for e in bench.build("quiz")["files"].values()] == ["quiz"]


def test_a_manifest_is_read_only_where_it_is_one(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / MANIFEST) is None
    assert read_manifest(tmp_path) is None
