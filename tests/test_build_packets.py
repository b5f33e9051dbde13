"""Packets: what is bound together, in which order, and what must not be in it."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from kits import explanations
from pdfs import outline, page_texts, squeezed
from pdfua import faults

from debatekit.cli.main import run
from debatekit.documents.handouts import (
    AUDIENCES,
    HANDOUTS,
    Handout,
    handouts,
    printed_forms,
)
from debatekit.documents.packets import Packet, packets
from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.kit.review import sound_kit
from debatekit.render.build import build_pdfs

STUDENTS = [name for name in HANDOUTS if AUDIENCES[name] == "student"]
TEACHERS = [name for name in HANDOUTS if AUDIENCES[name] == "teacher"]


def made_from(folder: Path, count: int = 1, names: tuple[str, ...] = ()) -> Any:
    kit = sound_kit(folder)
    return kit, list(handouts(kit, names, printed_forms(kit, count, seed=1)))


def names(packet: Packet) -> list[str]:
    return [handout.name for handout in packet.pieces]


# ------------------------------------------------------------------- what is in them


def test_a_student_s_packet_holds_what_a_student_gets(full_kit: Path) -> None:
    _, made = made_from(full_kit)
    (packet,) = packets(made, "student")
    assert names(packet) == [name for name in STUDENTS if name != "sources-plain"]
    assert (packet.path, packet.audience) == ("student/packet", "student")


def test_a_teacher_s_packet_holds_what_a_teacher_gets(full_kit: Path) -> None:
    _, made = made_from(full_kit, 2)
    (packet,) = packets(made, "teacher")
    assert names(packet) == TEACHERS
    assert (packet.path, packet.audience) == ("teacher/packet", "teacher")


def test_the_whole_packet_is_the_teacher_s_and_holds_everything(full_kit: Path) -> None:
    _, made = made_from(full_kit, 2)
    (packet,) = packets(made, "all")
    forms = ["quiz-a" if name == "quiz" else name for name in STUDENTS]
    forms.insert(forms.index("quiz-a") + 1, "quiz-b")
    assert names(packet) == [*TEACHERS, *forms]
    assert (packet.path, packet.audience) == ("teacher/packet-all", "teacher")


def test_each_form_of_the_quiz_makes_a_packet_of_its_own(full_kit: Path) -> None:
    _, made = made_from(full_kit, 3)
    found = list(packets(made, "student"))
    assert [p.path for p in found] == [f"student/packet-{form}" for form in "abc"]
    for packet, form in zip(found, "abc", strict=True):
        assert [n for n in names(packet) if "quiz" in n] == [f"quiz-{form}"]
        assert len(packet.pieces) == len(STUDENTS) - 1


def test_plain_sources_are_packed_where_there_are_no_others(full_kit: Path) -> None:
    """They are one handout at two levels: nobody needs both."""
    for chosen in (("sources-plain",), ("sources-plain", "glossary")):
        _, made = made_from(full_kit, names=chosen)
        (packet,) = packets(made, "student")
        assert names(packet) == list(chosen)
    _, made = made_from(full_kit, names=("sources-plain", "sources"))
    (packet,) = packets(made, "student")
    assert names(packet) == ["sources"]


def test_a_packet_without_a_quiz_is_one_packet(full_kit: Path) -> None:
    _, made = made_from(full_kit, 3, ("glossary", "exit"))
    (packet,) = packets(made, "student")
    assert (packet.name, names(packet)) == ("packet", ["glossary", "exit"])


@pytest.mark.parametrize(
    ("wanted", "chosen"), [("student", ("key", "ballot")), ("teacher", ("quiz",))]
)
def test_nothing_for_the_packet_is_said(
    full_kit: Path, wanted: Any, chosen: tuple[str, ...]
) -> None:
    _, made = made_from(full_kit, names=chosen)
    with pytest.raises(UserError, match=f"is for the {wanted} packet") as failure:
        list(packets(made, wanted))
    assert failure.value.hint


# ------------------------------------------------------------------- the bound files


@dataclass(frozen=True)
class Bound:
    """A packet as a file, with the files of its pieces."""

    packet: Packet
    data: bytes
    pieces: tuple[tuple[Handout, bytes], ...]

    @property
    def pages(self) -> tuple[str, ...]:
        return page_texts(self.data)

    @cached_property
    def starts(self) -> list[int]:
        """The page, counted from 0, to which each bookmark of a piece leads."""
        reader = pypdf.PdfReader(io.BytesIO(self.data))
        tops = [entry for entry in reader.outline if not isinstance(entry, list)]
        return [reader.get_destination_page_number(entry) for entry in tops]


FOR = ("student", "teacher", "all")


@dataclass(frozen=True)
class Binding:
    kit: Kit
    two_sided: bool
    bound: tuple[Bound, ...]


@pytest.fixture(scope="module", params=[True, False], ids=["two-sided", "one-sided"])
def binding(
    request: pytest.FixtureRequest,
    full_kit: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Binding:
    kit, made = made_from(full_kit, 2)
    out = tmp_path_factory.mktemp("out")
    return bind(kit, made, out, request.param)


def bind(kit: Kit, made: list[Handout], out: Path, two_sided: bool) -> Binding:
    packed = [packet for wanted in FOR for packet in packets(made, wanted)]
    reported: list[Any] = []
    built = build_pdfs(
        kit, made, "letter", out, reported.append, "standard", packed, two_sided
    )
    assert reported == built
    files: Mapping[str, bytes] = {
        one.handout.path: one.path.read_bytes() for one in built
    }
    return Binding(
        kit,
        two_sided,
        tuple(
            Bound(
                packet,
                files[packet.path],
                tuple((piece, files[piece.path]) for piece in packet.pieces),
            )
            for packet in packed
        ),
    )


def test_there_is_a_packet_a_form_and_two_for_the_teacher(binding: Binding) -> None:
    assert [one.packet.path for one in binding.bound] == [
        "student/packet-a",
        "student/packet-b",
        "teacher/packet",
        "teacher/packet-all",
    ]


def test_every_piece_is_whole_and_in_its_order(binding: Binding) -> None:
    for one in binding.bound:
        pieces = [page for _, data in one.pieces for page in page_texts(data)]
        assert [p for p in one.pages if p.strip()] == [p for p in pieces if p.strip()]


def test_pages_are_counted_piece_by_piece(binding: Binding) -> None:
    """A student who lost page 3 of the sources must not look for page 27."""
    for one in binding.bound:
        told = [n for page in one.pages for n in re.findall(r"Page \d+ of \d+", page)]
        own = [
            n
            for _, data in one.pieces
            for page in page_texts(data)
            for n in re.findall(r"Page \d+ of \d+", page)
        ]
        assert told == own
        assert sum(n.startswith("Page 1 of ") for n in told) > 2


def blanks(one: Bound) -> list[int]:
    """The pages, counted from 0, that a packet has more than its pieces."""
    found, at = [], 0
    for (_, data), start in zip(one.pieces, one.starts, strict=True):
        found += range(at, start)
        at = start + len(page_texts(data))
    assert at == len(one.pages)
    return found


def test_a_piece_begins_on_the_front_of_a_sheet(binding: Binding) -> None:
    for one in binding.bound:
        lengths = [len(page_texts(data)) for _, data in one.pieces]
        if binding.two_sided:
            assert all(start % 2 == 0 for start in one.starts)
            odd = sum(length % 2 for length in lengths[:-1])
            assert len(blanks(one)) == odd
        else:
            assert blanks(one) == []
            assert len(one.pages) == sum(lengths)
    whole = binding.bound[-1]
    assert bool(blanks(whole)) == binding.two_sided


def test_a_blank_page_is_blank(binding: Binding) -> None:
    for one in binding.bound:
        for number in blanks(one):
            assert one.pages[number].strip() == ""
            with pikepdf.open(io.BytesIO(one.data)) as pdf:
                page = pdf.pages[number]
                first = pdf.pages[0].MediaBox
                assert sorted(map(float, page.MediaBox)) == sorted(map(float, first))
                shown = {
                    str(operator) for _, operator in pikepdf.parse_content_stream(page)
                }
                assert not shown & {"Tj", "TJ", "'", '"', "f", "S", "B", "Do"}


def bookmarks(data: bytes) -> Iterator[tuple[str, list[str]]]:
    """Each bookmark of the first level with all those below it."""

    def below(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, list):
                yield from below(entry)
            else:
                yield str(entry.title)

    top: str | None = None
    inside: list[str] = []
    for entry in pypdf.PdfReader(io.BytesIO(data)).outline:
        if isinstance(entry, list):
            inside = list(below(entry))
            continue
        if top is not None:
            yield top, inside
        top, inside = str(entry.title), []
    if top is not None:
        yield top, inside


def test_a_bookmark_leads_to_each_piece_and_below_it_to_its_headings(
    binding: Binding,
) -> None:
    for one in binding.bound:
        labels = [handout.document.head.label for handout, _ in one.pieces]
        assert list(bookmarks(one.data)) == [
            (label, outline(data))
            for label, (_, data) in zip(labels, one.pieces, strict=True)
        ]
        assert len(set(labels)) > len(labels) - 2, "one name leads to several pieces"


def test_no_student_s_packet_holds_a_word_of_the_teacher_s(binding: Binding) -> None:
    secrets = {
        squeezed(text)
        for item in binding.kit.items.values()
        for text in explanations(item)
    }
    assert len(secrets) > 40
    told = 0
    for one in binding.bound:
        text = squeezed(" ".join(one.pages))
        found = {secret for secret in secrets if secret in text}
        if one.packet.audience == "student":
            assert found == set()
            assert {h.audience for h, _ in one.pieces} == {"student"}
            assert "Fortheteacheronly" not in text
            assert "teacher" not in " ".join(outline(one.data))
            raw = pikepdf.open(io.BytesIO(one.data))
            objects = b"".join(
                stream.read_bytes()
                for stream in raw.objects
                if isinstance(stream, pikepdf.Stream)
            )
            assert b"Answer key" not in objects
        else:
            told += len(found)
    assert told, "the test finds no secret where there must be some"


def test_a_packet_is_a_tagged_file_with_a_title_and_a_language(
    binding: Binding,
) -> None:
    label = {"student": "Packet", "teacher": "Teacher's packet", "all": "Everything"}
    for one in binding.bound:
        with pikepdf.open(io.BytesIO(one.data)) as pdf:
            name = one.packet.path.rpartition("/")[2].removeprefix("packet-")
            kind = name if name == "all" else one.packet.audience
            title = f"{label[kind]}: {binding.kit.head.title}"
            assert str(pdf.docinfo["/Title"]) == title
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                assert metadata["dc:title"] == title
            assert str(pdf.Root.Lang) == binding.kit.head.language
            assert pdf.Root.MarkInfo.Marked
            assert "/StructTreeRoot" in pdf.Root


def test_a_packet_is_as_accessible_as_its_pieces(binding: Binding) -> None:
    for one in binding.bound:
        own = {fault for _, data in one.pieces for fault in rules(faults(data))}
        assert rules(faults(one.data, len(one.pieces))) - own == set()


def rules(found: list[str]) -> set[str]:
    return {fault.split()[0] for fault in found}


def test_the_same_pieces_make_the_same_bytes(
    binding: Binding, full_kit: Path, tmp_path: Path
) -> None:
    kit, made = made_from(full_kit, 2)
    again = bind(kit, made, tmp_path, binding.two_sided)
    assert [one.data for one in again.bound] == [one.data for one in binding.bound]


# ----------------------------------------------------------------------- the command


def test_the_manifest_names_packets_with_their_hash(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["build", "--kit", str(starter), "--out", str(tmp_path), "--forms", "2"]
    chosen = ["quiz", "glossary", "key"]
    assert run([*command, *chosen, "--packet", "student"]) == 0
    said = capsys.readouterr().out
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    packed = {
        name: entry
        for name, entry in manifest["files"].items()
        if entry["handout"].startswith("packet")
    }
    assert list(packed) == [f"voting-age/student/packet-{form}.pdf" for form in "ab"]
    for name, entry in packed.items():
        data = (tmp_path / name).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["pages"] == len(page_texts(data))
        assert f"{(tmp_path / name).as_posix()}" in said
    # What is bound is not to be printed a second time.
    single = [e for e in manifest["files"].values() if e not in packed.values()]
    students = sum(e["pages"] for e in single if e["handout"] != "key")
    assert f"To print all: {students} pages a student" in said


@pytest.mark.parametrize(("sides", "more"), [("one-sided", 0), ("two-sided", 1)])
def test_the_sides_are_chosen_by_an_option(
    starter: Path, tmp_path: Path, sides: str, more: int
) -> None:
    command = ["build", "glossary", "exit", "--kit", str(starter), "--pages", sides]
    assert run([*command, "--packet", "student", "--out", str(tmp_path)]) == 0
    found = {p.stem: len(page_texts(p.read_bytes())) for p in tmp_path.rglob("*.pdf")}
    assert found["glossary"] % 2, "the test needs a piece that ends on a front"
    assert found["packet"] == found["glossary"] + more + found["exit"]


def test_nothing_for_the_packet_leaves_no_file(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["build", "key", "--kit", str(starter), "--out", str(tmp_path)]
    assert run([*command, "--packet", "student"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("debatekit: none of the handouts named is for the student")
    assert "Traceback" not in error
    assert list(tmp_path.rglob("*.pdf")) == []


def test_web_pages_are_not_bound(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["build", "--kit", str(starter), "--out", str(tmp_path / "out")]
    assert run([*command, "--packet", "student", "--html"]) == 2
    assert "--packet binds PDFs; leave out --html" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
