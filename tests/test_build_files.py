"""Files are written whole or not at all, and nothing is left lying about."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import NoReturn

import pytest

from debatekit.cli.main import run
from debatekit.documents.handouts import handouts, printed_forms
from debatekit.files import write_whole
from debatekit.kit.problems import UserError
from debatekit.kit.review import sound_kit


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def failing(number: int) -> object:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def test_writes_the_bytes_and_makes_the_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file.pdf"
    write_whole(path, b"one")
    write_whole(path, b"\x00two\r\n")
    assert path.read_bytes() == b"\x00two\r\n"
    assert names(path.parent) == {"file.pdf"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_symbolic_link_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    target, link = tmp_path / "precious.txt", tmp_path / "out" / "brief.pdf"
    target.write_bytes(b"precious")
    link.parent.mkdir()
    link.symlink_to(target)
    write_whole(link, b"new")
    assert target.read_bytes() == b"precious"
    assert not link.is_symlink()
    assert link.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["write", "fsync", "chmod", "replace"])
def test_the_old_file_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(b"old")
    if step == "write":
        real = os.fdopen

        class Full:
            """A file on a disk that is full after ten bytes."""

            def __init__(self, handle: int, mode: str):
                self.file = real(handle, mode)

            def __enter__(self) -> Full:
                return self

            def __exit__(self, *_: object) -> None:
                self.file.close()

            def write(self, data: bytes) -> NoReturn:
                self.file.write(data[:10])
                self.file.flush()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fdopen", Full)
    else:
        monkeypatch.setattr(os, step, failing(errno.ENOSPC))
    with pytest.raises(UserError, match=r"cannot write .*file\.pdf: No space left"):
        write_whole(path, b"new" * 100)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"file.pdf"}


def test_an_interruption_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> NoReturn:
        raise KeyboardInterrupt

    path = tmp_path / "file.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"file.pdf"}


def test_a_place_that_cannot_be_written_is_the_user_s_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "x.pdf", tmp_path / "folder"):
        with pytest.raises(UserError, match="cannot write"):
            write_whole(path, b"new")
    assert names(tmp_path) == {"file", "folder"}


# ------------------------------------------------------------------ a whole build


def paths(folder: Path) -> list[str]:
    kit = sound_kit(folder)
    return [handout.path for handout in handouts(kit, (), printed_forms(kit, 1, 1))]


def build(kit: Path, out: Path, *more: str) -> int:
    return run(["build", "--kit", str(kit), "--out", str(out), *more])


def test_a_build_writes_six_files_and_says_where(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert build(starter, out) == 0
    made = {p.relative_to(out / "voting-age").as_posix() for p in out.rglob("*.pdf")}
    assert made == {f"{path}.pdf" for path in paths(starter)}
    assert {
        "student/brief-con.pdf",
        "student/brief-pro.pdf",
        "student/cards.pdf",
        "student/quiz.pdf",
        "student/sources.pdf",
        "teacher/key.pdf",
    } <= made
    told = capsys.readouterr().out
    where = f"{out.as_posix()}/voting-age"
    assert all(f"{where}/{name}" in told for name in made)
    assert f"{len(made)} files in {where}" in told
    assert not list(out.rglob(".*"))


def test_a_build_that_cannot_write_says_so(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "voting-age").write_text("in the way")
    assert build(starter, tmp_path / "out") == 1
    error = capsys.readouterr().err
    assert error.startswith("debatekit: cannot write ")
    assert "Traceback" not in error


def test_web_pages_are_whole_and_need_nothing_else(
    starter: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert build(starter, out, "--html") == 0
    pages = list(out.rglob("*.html"))
    assert len(pages) == len(paths(starter))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith("<!doctype html>")
        assert "@media screen" in text
        assert "<link" not in text
        assert "src=" not in text
        assert "url(" not in text
    assert not list(out.rglob("*.pdf"))
