"""Quiz and organizers to be filled in on screen: their fields and copies."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import pikepdf
import pypdf
import pytest
from kits import explanations
from pdfs import page_texts, squeezed
from pdfua import faults

from debatekit.assets import bundled_kit
from debatekit.cli.main import run
from debatekit.documents.handouts import Handout, handouts, printed_forms
from debatekit.documents.quiz import quiz
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz.forms import make_forms
from debatekit.quiz.records import FormItem
from debatekit.render.build import print_handout
from debatekit.render.copies import copy, numbered
from debatekit.render.html import Paper, Theme, to_html
from debatekit.render.manifest import MANIFEST
from debatekit.render.pdf import Pdf, Printer

PRINTS = [(p, t) for p in ("letter", "a4") for t in ("standard", "large")]


@cache
def bundled() -> Kit:
    return sound_kit(bundled_kit())


@cache
def made(name: str, fillable: bool = True) -> Handout:
    forms = printed_forms(bundled(), 1, seed=1)
    (handout,) = handouts(bundled(), [name], forms, fillable=fillable)
    return handout


@cache
def printed(
    name: str, paper: str = "letter", theme: str = "standard", fillable: bool = True
) -> Pdf:
    return on_paper(made(name, fillable), paper, theme)


def on_paper(handout: Handout, paper: str = "letter", theme: str = "standard") -> Pdf:
    printer = Printer(cast(Paper, paper), (), cast(Theme, theme))
    return print_handout(printer, handout, handout.document, cast(Paper, paper))


@pytest.fixture(scope="module")
def of_all_types(full_kit: Path) -> tuple[Handout, Pdf]:
    """A quiz of every item of a kit that has all eight types."""
    kit = sound_kit(full_kit)
    (form,) = make_forms(kit, kit.items.values(), 1, seed=1).forms
    assert len({item.type for item in form.items}) == 8
    handout = replace(made("quiz"), document=quiz(kit, form, True))
    return handout, on_paper(handout)


def fields(data: bytes) -> dict[str, Any]:
    """Name → type, what is read aloud, states or flags of every field."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        listed = list(pdf.Root.AcroForm.Fields)
        names = [str(field["/T"]) for field in listed]
        assert [name for name, n in Counter(names).items() if n > 1] == []
        widgets = {
            widget.objgen
            for page in pdf.pages
            for widget in page.obj.get("/Annots", [])
            if widget.Subtype == "/Widget"
        }
        hung = {w.objgen for field in listed for w in field.get("/Kids", [field])}
        assert widgets == hung, "fields that are not on a page, or the reverse"
        return {
            name: (
                str(field.FT),
                str(field.TU),
                tuple(states(field)),
                int(field.get("/Ff", 0)),
            )
            for name, field in zip(names, listed, strict=True)
        }


def states(field: Any) -> Iterator[str]:
    if field.FT == "/Btn":
        for button in field.get("/Kids", [field]):
            (state,) = set(button.AP.N.keys()) - {"/Off"}
            yield state


RADIO, LINES = 0b11 << 14, 1 << 12
TEXT = "/Tx"
TITLE = "{http://purl.org/dc/elements/1.1/}title"


def wanted(code: str, item: FormItem) -> dict[str, tuple[str, tuple[str, ...], int]]:
    """The fields an item should have."""
    name = f"{code}-{item.number:02}"
    letters = tuple(f"/{option.letter}" for option in item.options)
    match item.type:
        case "choice":
            return {name: ("/Btn", letters, RADIO)}
        case "two-part":
            assert item.second is not None
            second = tuple(f"/{option.letter}" for option in item.second.options)
            return {
                f"{name}a": ("/Btn", letters, RADIO),
                f"{name}b": ("/Btn", second, RADIO),
            }
        case "multiple":
            return {f"{name}-{x[1:]}": ("/Btn", ("/Yes",), 0) for x in letters}
        case "matching":
            numbers = range(1, len(item.prompts) + 1)
            return {f"{name}-{n}": (TEXT, (), 0) for n in numbers}
        case "ordering":
            return {f"{name}-{x[1:]}": (TEXT, (), 0) for x in letters}
        case "true-false":
            right = (TEXT, (), LINES)
            return {
                name: ("/Btn", ("/true", "/false"), RADIO),
                f"{name}-put-right": right,
            }
        case "cloze":
            return {name: (TEXT, (), 0)}
        case "written":
            return {name: (TEXT, (), LINES)}


# --------------------------------------------------------------------------- fields


def test_every_type_of_item_has_its_fields(of_all_types: tuple[Handout, Pdf]) -> None:
    handout, pdf = of_all_types
    document, found = handout.document, fields(pdf.data)
    expected: dict[str, Any] = {
        f"{document.head.code}-{n}": (TEXT, (), 0)
        for n in ("name", "date", "period", "still")
    }
    for block in document.blocks:
        for item in block.items:
            expected |= wanted(document.head.code, item)
    said = {
        name: (kind, marks, flags) for name, (kind, _, marks, flags) in found.items()
    }
    assert said == expected


def test_a_field_says_what_it_is_for(of_all_types: tuple[Handout, Pdf]) -> None:
    handout, pdf = of_all_types
    said = {name.partition("-A-")[2]: f[1] for name, f in fields(pdf.data).items()}
    assert said["name"] == "Name"
    items = {i.type: i for block in handout.document.blocks for i in block.items}
    number = {kind: item.number for kind, item in items.items()}

    def of(kind: str, more: str = "") -> str:
        return said[f"{number[kind]:02}{more}"].removeprefix(f"Item {number[kind]}")

    assert of("choice") == ""
    assert of("two-part", "b") == " part B"
    assert of("multiple", "-B") == ", option B"
    assert of("matching", "-2") == ", the letter for 2"
    assert of("ordering", "-C") == ", the place of C"
    assert of("true-false") == ""
    assert of("true-false", "-put-right") == ", put right"
    assert of("cloze") == ", what is missing"
    assert of("written") == ", your answer"


def test_what_is_typed_can_be_read(of_all_types: tuple[Handout, Pdf]) -> None:
    """A gap is drawn on paper by words in white, 1 pt high."""
    for data in (of_all_types[1].data, printed("organizer").data):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            typed = [f for f in pdf.Root.AcroForm.Fields if f.FT == TEXT]
            assert typed
            for field in typed:
                *colour, font, size, _ = str(field.DA).split()
                assert colour == ["0", "0", "0", "rg"]
                assert float(size) >= 8
                assert font in pdf.Root.AcroForm.DR.Font
                high = abs(float(field.Rect[3]) - float(field.Rect[1]))
                assert high > float(size)


@pytest.mark.parametrize("name", ["quiz", "organizer"])
def test_each_button_of_a_group_says_which_it_is(name: str) -> None:
    """And none has a name, which would make it a field inside a field."""
    with pikepdf.open(io.BytesIO(printed(name).data)) as pdf:
        groups = [f for f in pdf.Root.AcroForm.Fields if "/Kids" in f]
        assert groups
        for group in groups:
            said = [str(button.TU) for button in group.Kids]
            assert all(each.startswith(f"{group.TU}, ") for each in said)
            assert len(set(said)) == len(said) > 1
            assert not [button for button in group.Kids if "/T" in button]


def test_organizers_have_their_cells_rules_and_marks() -> None:
    found = fields(printed("organizer").data)
    assert all(name.startswith("organizer-") for name in found)
    assert found["organizer-controversy-claim-ours"][::3] == (TEXT, LINES)
    assert found["organizer-fishbowl-6-question"][::3] == (TEXT, LINES)
    assert found["organizer-controversy-common"][3] == LINES
    assert found["organizer-weighing-2-4-con"][0] == TEXT
    assert found["organizer-weighing-1-heavier"][2] == ("/pro", "/con")
    stands = ("/strongly-agree", "/agree", "/disagree", "/strongly-disagree")
    assert found["organizer-corners-5-after"] == (
        "/Btn",
        "Statement 5 after the talk",
        stands,
        RADIO,
    )


def test_a_group_that_runs_over_a_page_is_one_field() -> None:
    """An item longer than a page, its options on several."""
    document = made("quiz").document
    block = next(b for b in document.blocks if b.items[0].type == "choice")
    item = block.items[0]
    long = tuple(replace(o, text="word " * 900, quoted=False) for o in item.options)
    blocks = (replace(block, items=(replace(item, options=long),)),)
    pdf = on_paper(replace(made("quiz"), document=replace(document, blocks=blocks)))
    assert pdf.pages > 3
    letters = tuple(f"/{option.letter}" for option in long)
    found = fields(pdf.data)
    assert found[f"{document.head.code}-{item.number:02}"][2] == letters


# ------------------------------------------------------------------- the whole page


@pytest.mark.parametrize("name", ["quiz", "organizer"])
@pytest.mark.parametrize(("paper", "theme"), PRINTS)
def test_the_file_is_tagged_and_laid_out_as_the_printed_one(
    name: str, paper: str, theme: str
) -> None:
    pdf = printed(name, paper, theme)
    assert fields(pdf.data)
    assert faults(pdf.data) == []
    assert pdf.pages == printed(name, paper, theme, False).pages


@pytest.mark.parametrize("name", ["quiz", "organizer"])
def test_the_words_are_those_of_the_printed_one(name: str) -> None:
    """A gap is drawn as such on paper only; here it is a field."""
    texts = [
        squeezed(" ".join(page_texts(printed(name, fillable=fillable).data)))
        for fillable in (True, False)
    ]
    assert texts[0] == texts[1]


def test_all_types_are_tagged(of_all_types: tuple[Handout, Pdf]) -> None:
    assert faults(of_all_types[1].data) == []


def test_nothing_of_the_key_is_in_the_file(
    of_all_types: tuple[Handout, Pdf], full_kit: Path
) -> None:
    """No field has a value or a default, no button is on, no rationale is said."""
    data = of_all_types[1].data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and (
                "/FT" in thing or thing.get("/Subtype") == "/Widget"
            ):
                assert not {"/V", "/DV", "/Opt"} & set(thing.keys())
                assert thing.get("/AS", "/Off") == "/Off"
    said = " ".join(field[1] for field in fields(data).values())
    page = to_html("quiz", of_all_types[0].document)
    for item in sound_kit(full_kit).items.values():
        assert not [w for w in explanations(item) if w in said or w in page]


def test_same_input_same_bytes() -> None:
    assert on_paper(made("quiz")).data == printed("quiz").data
    assert copy(printed("quiz").data, 7) == copy(printed("quiz").data, 7)


# -------------------------------------------------------------------------- filling


def filled(data: bytes, values: dict[str, str]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def values(data: bytes) -> dict[str, str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        listed = list(pdf.Root.AcroForm.Fields)
        return {str(f["/T"]): str(f["/V"]) for f in listed if str(f.get("/V", ""))}


def test_answers_filled_in_are_read_back(of_all_types: tuple[Handout, Pdf]) -> None:
    pdf = of_all_types[1]
    answers = {}
    for name, (kind, _, marks, _) in fields(pdf.data).items():
        answers[name] = marks[-1] if kind == "/Btn" else "3"
    back = filled(pdf.data, answers)
    assert {n: v for n, v in values(back).items() if v != "/Off"} == answers


# --------------------------------------------------------------------------- copies


def test_a_copy_differs_in_names_and_title_only() -> None:
    plain = printed("quiz").data
    one = copy(plain, 3)
    assert fields(one) == {f"s03-{name}": f for name, f in fields(plain).items()}
    assert faults(one) == []
    assert page_texts(one) == page_texts(plain)
    with pikepdf.open(io.BytesIO(plain)) as a, pikepdf.open(io.BytesIO(one)) as b:
        assert str(b.docinfo["/Title"]) == f"{a.docinfo['/Title']} · copy 3"
        assert b.open_metadata()["dc:title"] == str(b.docinfo["/Title"])
        del a.docinfo["/Title"], b.docinfo["/Title"]
        assert {k: str(v) for k, v in a.docinfo.items()} == {
            k: str(v) for k, v in b.docinfo.items()
        }
        with a.open_metadata() as x, b.open_metadata() as y:
            assert set(x) == set(y)
            assert {k for k in x if x[k] != y[k]} == {TITLE}
        for left, right in zip(a.pages, b.pages, strict=True):
            assert left.obj.Contents.read_bytes() == right.obj.Contents.read_bytes()


def test_numbers_of_copies_are_of_one_length() -> None:
    data = printed("quiz").data
    assert [number for number, _ in numbered(data, 3)] == ["01", "02", "03"]
    last = list(numbered(data, 100))
    assert (last[0][0], last[-1][0]) == ("001", "100")
    assert all(name.startswith("s001-") for name in fields(last[0][1]))


def test_merged_copies_keep_every_answer_apart() -> None:
    """As a teacher's program does, which takes fields of one name for one field."""
    copies = []
    for number, letter in ((1, "/A"), (2, "/B")):
        data = copy(printed("quiz").data, number)
        name = next(n for n, f in fields(data).items() if f[3] == RADIO)
        student = f"s{number:02}-{made('quiz').document.head.code}-name"
        copies.append(filled(data, {name: letter, student: f"student {number}"}))
    with pikepdf.open(io.BytesIO(copies[0])) as first:
        for data in copies[1:]:
            with pikepdf.open(io.BytesIO(data)) as other:
                for page in other.pages:
                    first.pages.append(page)
                    first.acroform.fix_copied_annotations(
                        first.pages[-1], page, other.acroform
                    )
        out = io.BytesIO()
        first.save(out)
    both = fields(out.getvalue())
    assert both == {k: v for data in copies for k, v in fields(data).items()}
    marked = {v for v in values(out.getvalue()).values() if v != "/Off"}
    assert marked == {"/A", "/B", "student 1", "student 2"}


# --------------------------------------------------------------------- command line


def build(kit: Path, out: Path, *more: str) -> int:
    return run(["build", "--kit", str(kit), "--out", str(out), *more])


def test_copies_are_files_of_their_own(full_kit: Path, tmp_path: Path) -> None:
    names = ["quiz", "organizer", "glossary", "--forms", "2"]
    assert build(full_kit, tmp_path, *names, "--fillable", "--copies", "2") == 0
    made = sorted(path.stem for path in tmp_path.rglob("*.pdf"))
    quizzes = [f"quiz-{form}-{n}" for form in "ab" for n in ("01", "02")]
    assert made == ["glossary", "organizer-01", "organizer-02", *quizzes]
    manifest = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert sorted(Path(name).stem for name in manifest["files"]) == made


def test_what_is_printed_counts_one_copy_a_student(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(starter, tmp_path / "a", "quiz", "--fillable")
    one = capsys.readouterr().out.splitlines()[-1]
    build(starter, tmp_path / "b", "quiz", "--fillable", "--copies", "3")
    assert capsys.readouterr().out.splitlines()[-1] == one


def test_a_file_to_fill_in_is_not_of_the_make_of_a_printed_one(
    starter: Path, tmp_path: Path
) -> None:
    def manifest(*more: str) -> Any:
        assert build(starter, tmp_path, *more) == 0
        return json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))

    first = manifest("quiz", "--fillable")
    assert first["made_from"]["fillable"] is True
    second = manifest("glossary")
    assert "fillable" not in second["made_from"]
    assert [entry["handout"] for entry in second["files"].values()] == ["glossary"]


@pytest.mark.parametrize("name", ["quiz", "organizer"])
def test_without_the_flag_there_is_no_trace_of_fields(name: str) -> None:
    plain = made(name, False)
    page = to_html(plain.template, plain.document)
    for trace in ("<input", "<textarea", "<style", "field", "appearance"):
        assert trace not in page
    with pikepdf.open(io.BytesIO(printed(name, fillable=False).data)) as pdf:
        assert "/AcroForm" not in pdf.Root


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--copies", "2"], "add --fillable"),
        (["--fillable", "--html"], "debatekit export html"),
        (["--fillable", "--docx"], "leave out --docx and --packet"),
        (["--fillable", "--packet", "student"], "leave out --docx and --packet"),
        (["--fillable", "--copies", "0"], "1<=x<=200"),
        (["--fillable", "--copies", "201"], "1<=x<=200"),
    ],
)
def test_what_cannot_be_is_said(
    starter: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    said: str,
) -> None:
    assert build(starter, tmp_path / "out", "quiz", *options) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_handout_without_fields_is_not_filled_in(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(starter, tmp_path / "out", "glossary", "--fillable") == 2
    assert "quiz and organizer" in capsys.readouterr().err
