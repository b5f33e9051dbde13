"""The quick form of a kit gives the very practice that its YAML gives."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from debatekit.assets import bundled_kit, starter_kit
from debatekit.kit import review
from debatekit.kit.compiled import digest, packed, unpacked
from debatekit.kit.kit import Kit
from debatekit.kit.nodes import Node
from debatekit.kit.problems import UserError
from debatekit.quiz.choose import choose_any
from debatekit.quiz.forms import make_forms
from debatekit.terminal import kits


def plain(kit: Kit) -> object:
    """All that a kit says, without the places in its files."""

    def no_place(value: object) -> None:
        assert isinstance(value, Node)

    parts = [
        kit.head,
        kit.sources,
        kit.facts,
        kit.terms,
        kit.sides,
        kit.items,
        kit.extras.events,
        kit.lines,
        sorted(kit.unread),
    ]
    return msgspec.json.decode(msgspec.json.encode(parts, enc_hook=no_place))


def open_kit(folder: Path, kept: Path) -> Kit:
    """Open a kit and keep it, as a session does at its end."""
    kit, keep = kits.open_kit(folder, kept)
    keep()
    return kit


@pytest.fixture
def kit_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(starter_kit(), tmp_path / "kit"))


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose YAML was read."""
    read: list[Path] = []
    whole = review.practice_kit

    def counted(folder: Path) -> Kit:
        read.append(folder)
        return whole(folder)

    monkeypatch.setattr(review, "practice_kit", counted)
    return read


@pytest.mark.parametrize("folder", [bundled_kit(), starter_kit()], ids=lambda p: p.name)
def test_what_is_unpacked_is_what_was_read(folder: Path) -> None:
    kit = review.practice_kit(folder)
    again = unpacked(packed(kit, "now"), "now", folder)
    assert again is not None
    assert plain(again) == plain(kit)
    assert again.passage_lines == kit.passage_lines
    for seed in range(20):
        both = [
            make_forms(k, choose_any(k, tuple(k.items.values()), 10, seed), 2, seed)
            for k in (kit, again)
        ]
        assert both[0] == both[1]


def test_it_is_read_once_while_nothing_changes(
    kit_folder: Path, tmp_path: Path, read_again: list[Path]
) -> None:
    first = open_kit(kit_folder, tmp_path / "kept")
    second = open_kit(kit_folder, tmp_path / "kept")
    assert plain(first) == plain(second)
    assert len(read_again) == 1


@pytest.mark.parametrize("name", ["kit.yaml", "pro.yaml", "quotes.lock", "lines.lock"])
def test_every_file_counts(
    kit_folder: Path, tmp_path: Path, read_again: list[Path], name: str
) -> None:
    open_kit(kit_folder, tmp_path / "kept")
    path = kit_folder / name
    before = path.read_bytes() if path.exists() else b'{"version": 1}'
    path.write_bytes(before + b"\n")
    open_kit(kit_folder, tmp_path / "kept")
    assert len(read_again) == 2


def test_a_new_fault_is_found_all_the_same(kit_folder: Path, tmp_path: Path) -> None:
    open_kit(kit_folder, tmp_path / "kept")
    (kit_folder / "kit.yaml").write_text("kit: [", encoding="utf-8")
    with pytest.raises(UserError, match="has errors"):
        open_kit(kit_folder, tmp_path / "kept")


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\x93\x01\x02\x03", b"half"])
def test_a_damaged_form_is_made_again(
    kit_folder: Path, tmp_path: Path, read_again: list[Path], damage: bytes
) -> None:
    good = plain(open_kit(kit_folder, tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] if damage == b"half" else damage)
    assert plain(open_kit(kit_folder, tmp_path / "kept")) == good
    assert len(read_again) == 2
    assert kept.read_bytes() == whole


def test_where_nothing_can_be_kept_it_is_read_each_time(
    kit_folder: Path, tmp_path: Path, read_again: list[Path]
) -> None:
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    for _ in range(2):
        open_kit(kit_folder, tmp_path / "kept")
    assert len(read_again) == 2


def test_the_digest_is_of_names_and_of_contents(kit_folder: Path) -> None:
    before = digest(kit_folder)
    assert digest(kit_folder) == before
    (kit_folder / "facts.yaml").rename(kit_folder / "facts2.yaml")
    assert digest(kit_folder) != before


def test_the_form_that_is_shipped_is_of_the_bundled_kit_as_it_is(
    tmp_path: Path, read_again: list[Path]
) -> None:
    """Else every student's first start is the slow one: run `make handouts`."""
    kit, keep = kits.open_kit(bundled_kit(), tmp_path / "kept")
    keep()
    assert read_again == []
    assert not (tmp_path / "kept").exists()
    assert plain(kit) == plain(review.practice_kit(bundled_kit()))


def test_a_kit_can_hold_its_own_form(
    kit_folder: Path, tmp_path: Path, read_again: list[Path]
) -> None:
    kits.ship(kit_folder)
    shipped = len(read_again)
    assert plain(open_kit(kit_folder, tmp_path)) == plain(
        review.practice_kit(kit_folder)
    )
    assert len(read_again) == shipped + 1
