"""Word files: opened again, they say what the documents say, in styles Word knows."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from kits import explanations

from debatekit.assets import bundled_kit
from debatekit.cli.main import run
from debatekit.documents.brief import Brief
from debatekit.documents.cards import Cards, Printing
from debatekit.documents.handouts import Handout, handouts, printed_forms
from debatekit.documents.key import MISTAKES, ExplainedRow, Key
from debatekit.documents.quiz import Quiz
from debatekit.kit import model
from debatekit.kit.review import sound_kit
from debatekit.quiz.records import FormBlock, FormItem, FormOption, Forms
from debatekit.render.html import Paper
from debatekit.render.pdf import font_paths
from debatekit.render.word import WORD, word
from debatekit.render.word.package import pinned
from debatekit.render.word.quiz import BOX

NAMES = ("brief-pro", "brief-con", "cards", "quiz-a", "quiz-b", "key")
named = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(params=["full", "bundled"])
def kit_folder(request: pytest.FixtureRequest, full_kit: Path) -> Path:
    return full_kit if request.param == "full" else bundled_kit()


@cache
def made(folder: Path) -> dict[str, Handout]:
    kit = sound_kit(folder)
    return {h.name: h for h in handouts(kit, (), printed_forms(kit, 2, seed=1))}


@cache
def file_of(folder: Path, name: str, paper: Paper = "letter") -> bytes:
    return word(made(folder)[name], paper)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def written(document: Any, template: str = "quiz") -> Document:
    """A document of a test's own as a Word file, opened again."""
    handout = Handout("own", "student/own", template, "student", document)
    return opened(word(handout, "letter"))


def paragraphs(document: Document) -> list[Paragraph]:
    """Those of the body and of its tables, in the order read."""
    return [
        Paragraph(element, document._body)
        for element in document.element.body.iter(qn("w:p"))
    ]


def styled(document: Document, style: str) -> list[str]:
    return [p.text for p in paragraphs(document) if p.style.name == style]


def text_of(document: Document) -> str:
    return "\n".join(p.text for p in paragraphs(document))


def flat(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def style_xml(document: Document, name: str) -> Any:
    return document.styles[name].element


# ------------------------------------------------------------------ which, and when


def test_the_command_writes_what_has_a_word_form(
    full_kit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {"brief", "quiz", "key", "cards"} == WORD
    build = ["build", "--kit", str(full_kit), "--out", str(tmp_path), "--docx"]
    assert run(build) == 0
    names = {path.stem: path for path in tmp_path.rglob("*.docx")}
    assert set(names) == {"brief-pro", "brief-con", "cards", "quiz", "key"}
    assert names["key"].parent.name == "teacher"
    assert names["quiz"].read_bytes() == word(
        next(handouts(sound_kit(full_kit), ["quiz"], one_form(full_kit))), "letter"
    )
    assert run([*build, "flow", "quiz"]) == 1
    assert "flow: no Word file is made of this" in capsys.readouterr().err
    assert run([*build, "--html"]) == 2
    assert run([*build, "--packet", "all"]) == 2


def one_form(folder: Path) -> Forms:
    return printed_forms(sound_kit(folder), 1, seed=1)


def test_python_docx_is_imported_for_a_word_file_only() -> None:
    ask = "import sys, debatekit.render.word; print('docx' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


# -------------------------------------------------------------------------- styles


@named
def test_headings_go_down_one_level_at_a_time(kit_folder: Path, name: str) -> None:
    """By outline level, which is what the navigation pane shows."""
    levels = [level for level, _ in outline(opened(file_of(kit_folder, name)))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert max(levels) >= 3
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def outline(document: Document) -> Iterator[tuple[int, str]]:
    for paragraph in paragraphs(document):
        style: Any = paragraph.style
        while style is not None:
            level = style.element.find(f".//{qn('w:outlineLvl')}")
            if level is not None:
                yield int(level.get(qn("w:val"))) + 1, paragraph.text
                break
            style = style.base_style


def test_verbatim_s_names_are_on_word_s_own_styles(full_kit: Path) -> None:
    document = opened(file_of(full_kit, "cards"))
    known = {
        "Heading 1": ("Heading1", "Pocket"),
        "Heading 2": ("Heading2", "Hat"),
        "Heading 3": ("Heading3", "Block"),
        "Heading 4": ("Heading4", "Tag"),
        "Style 13 pt Bold": ("Style13ptBold", "Cite"),
        "Style Underline": ("StyleUnderline", "Underline"),
    }
    for name, expected in known.items():
        element = style_xml(document, name)
        alias = element.find(qn("w:aliases")).get(qn("w:val"))
        assert (element.get(qn("w:styleId")), alias) == expected
        built_in = name.startswith("Heading")
        assert (element.get(qn("w:customStyle")) is None) == built_in
    assert style_xml(document, "Emphasis").get(qn("w:styleId")) == "Emphasis"


@named
def test_every_line_has_a_style_with_a_name(kit_folder: Path, name: str) -> None:
    """And no run is set by hand, but for the highlight Verbatim looks for."""
    document = opened(file_of(kit_folder, name))
    ids = {style.style_id for style in document.styles}
    used = document.element.body.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
    assert {element.get(qn("w:val")) for element in used} <= ids
    by_hand = {
        child.tag
        for properties in document.element.body.iter(qn("w:rPr"))
        for child in properties
    }
    assert by_hand <= {qn("w:rStyle"), qn("w:highlight")}


def test_only_styles_that_are_ours_or_every_file_s_are_offered(full_kit: Path) -> None:
    document = opened(file_of(full_kit, "quiz-a"))
    names = [style.name for style in document.styles]
    assert len(names) == len(set(names))
    assert {"Normal", "Option", "Answer line", "Table Grid"} <= set(names)
    assert not [name for name in names if name.startswith(("Light", "Medium", "Dark"))]


def test_a_source_s_words_stand_in_the_serif(full_kit: Path) -> None:
    document = opened(file_of(full_kit, "brief-pro"))
    for name in ("Quotation", "Quoted"):
        fonts = style_xml(document, name).find(f".//{qn('w:rFonts')}")
        kinds = {fonts.get(qn(f"w:{k}")) for k in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert kinds == {"IBM Plex Serif"}
    bars = {}
    for name in ("Quotation", "Source check", "Fact"):
        border = style_xml(document, name).find(f".//{qn('w:pBdr')}/{qn('w:left')}")
        bars[name] = border.get(qn("w:val"))
    assert bars == {"Quotation": "single", "Source check": "dashed", "Fact": "double"}


def test_quoted_words_in_our_prose_are_set_apart(kit_folder: Path) -> None:
    quotes = 0
    for name in NAMES:
        for paragraph in paragraphs(opened(file_of(kit_folder, name))):
            if paragraph.style.name in ("Quotation", "Cite line", "Proof"):
                continue
            runs = [run.text for run in paragraph.runs if run.style.name == "Quoted"]
            plain = paragraph.text
            for text in runs:
                assert re.fullmatch("“[^”]*”", text)
                plain = plain.replace(text, "", 1)
            assert not re.search("“[^”]*”", plain), paragraph.text
            quotes += len(runs)
    assert quotes > 3


# ------------------------------------------------------------------------- content


@pytest.mark.parametrize("side", model.SIDES)
def test_a_brief_says_all_of_its_document(kit_folder: Path, side: str) -> None:
    doc: Brief = made(kit_folder)[f"brief-{side}"].document
    document = opened(file_of(kit_folder, f"brief-{side}"))
    claims = [f"{c.number}. {c.claim}" for c in doc.contentions]
    hats = [flat(text) for text in styled(document, "Heading 2")]
    assert [hat for hat in hats if hat[0].isdigit()] == [flat(c) for c in claims]
    evidence = [e for c in doc.contentions for e in c.evidence]
    assert styled(document, "Heading 4") == [flat(e.tag) for e in evidence]
    blocks = styled(document, "Heading 3")
    assert blocks.count("Why it matters") == len(doc.contentions)
    assert blocks.count("Evidence") == sum(bool(c.evidence) for c in doc.contentions)
    assert styled(document, "Quotation") == [
        flat(f"“{e.quote.text}”") for e in evidence if e.quote.quoted
    ]
    told = [doc.motion, doc.measure_text, doc.info, *doc.both_accept, *doc.norms]
    told += [gloss.meaning for gloss in doc.definitions]
    told += doc.sources
    for contention in doc.contentions:
        told += [contention.warrant, contention.impact, contention.weak_point]
        told += contention.questions
        for exchange in contention.exchanges:
            told += [exchange.they_say, *exchange.support, exchange.you_answer]
    told += [note for e in evidence for note in e.quote.notes]
    everything = text_of(document)
    assert [text for text in told if flat(text) not in everything] == []
    assert [e.quote.cite for e in evidence if e.quote.cite not in everything] == []


def test_a_quiz_says_all_of_its_document_in_order(kit_folder: Path) -> None:
    for name in ("quiz-a", "quiz-b"):
        doc: Quiz = made(kit_folder)[name].document
        everything = text_of(opened(file_of(kit_folder, name)))
        at = 0
        for text in told_by(doc):
            found = everything.find(flat(text), at)
            assert found >= 0, text
            at = found


def told_by(doc: Quiz) -> Iterator[str]:
    yield doc.how
    for block in doc.blocks:
        for passage in block.passages:
            yield from (passage.context, f"“{passage.text}”", passage.cite)
            yield from passage.notes
        for item in block.items:
            gap = "_" * 16 if item.type == "cloze" else model.GAP
            yield item.stem.replace(model.GAP, gap)
            yield from (item.task, *item.prompts)
            yield from (text for o in item.options for text in (o.text, *o.notes))
            if item.second:
                yield item.second.stem
                yield from (option.text for option in item.second.options)


def test_the_letters_of_options_are_typed(kit_folder: Path) -> None:
    """A list of Word's would give the letters anew when a line goes."""
    doc: Quiz = made(kit_folder)["quiz-a"].document
    document = opened(file_of(kit_folder, "quiz-a"))
    items = [item for block in doc.blocks for item in block.items]
    letters = [o.letter for item in items for o in all_options(item)]
    options = [p for p in paragraphs(document) if p.style.name == "Option"]
    assert [p.text.partition("\t")[0] for p in options] == letters
    assert document.element.body.find(f".//{qn('w:numPr')}") is None
    indent = style_xml(document, "Option").find(f".//{qn('w:ind')}")
    assert int(indent.get(qn("w:hanging"))) > 0


def all_options(item: FormItem) -> tuple[FormOption, ...]:
    return (*item.options, *(item.second.options if item.second else ()))


def test_a_key_says_all_of_its_document(kit_folder: Path) -> None:
    doc: Key = made(kit_folder)["key"].document
    document = opened(file_of(kit_folder, "key"))
    everything = text_of(document)
    told = [code for _, code in doc.codes]
    for item in doc.items:
        told += [item.stem, item.id, *(p.words for p in item.proofs)]
        for part in item.parts:
            told += [text for o in part.options for text in (o.text, o.why, o.suggests)]
        told += [item.why, item.correction, *item.accepted[1:], item.scoring]
        for row in item.rows:
            told += [row.label, row.left, row.text, row.why]
        if item.guide:
            told += [item.guide.full, item.guide.part, item.guide.none]
            told.append(item.guide.sample)
    assert [text for text in told if flat(text) not in everything] == []
    grid = document.tables[0]
    shown = [[cell.text for cell in row.cells] for row in grid.rows]
    assert shown[0][:3] == ["Item", "Skill", "Points"]
    assert [row[3:] for row in shown[1:]] == [list(row.answers) for row in doc.rows]
    right = [o for i in doc.items for p in i.parts for o in p.options if o.right]
    assert len([t for t in styled(document, "Option") if "\tRight: " in t]) == len(
        right
    )


# --------------------------------------------------------------------------- cards


def test_a_card_is_tag_cite_and_body_in_three_paragraphs(kit_folder: Path) -> None:
    """By that Verbatim knows a card; nothing may come between."""
    doc: Cards = made(kit_folder)["cards"].document
    lines = paragraphs(opened(file_of(kit_folder, "cards")))
    tags = [n for n, line in enumerate(lines) if line.style.name == "Heading 4"]
    assert len(tags) == len(doc.cards)
    for at, card in zip(tags, doc.cards, strict=True):
        tag, cite, body, *rest = lines[at:]
        assert tag.text == flat(card.tag)
        assert cite.runs[0].style.name == "Style 13 pt Bold"
        assert cite.runs[0].text == card.quote.cite
        assert card.who in cite.text
        text = f"“{card.quote.text}”" if card.quote.quoted else card.quote.text
        assert body.text == flat(text)
        assert body.style.name == ("Quotation" if card.quote.quoted else "Fact")
        after = "\n".join(line.text for line in rest[: len(card.quote.notes) + 1])
        assert all(note in after for note in card.quote.notes)
        label = rest[len(card.quote.notes)]
        assert label.text.endswith(f"{card.label} · read aloud: {card.seconds} s")
        # The card ends here: else all cards would be one thing to be kept together.
        assert not is_with_next(label)


def test_words_to_read_aloud_are_marked_and_no_others(kit_folder: Path) -> None:
    doc: Cards = made(kit_folder)["cards"].document
    document = opened(file_of(kit_folder, "cards"))
    bodies = [p for p in paragraphs(document) if p.style.name == "Quotation"]
    cards = [card for card in doc.cards if card.quote.quoted]
    for paragraph, card in zip(bodies, cards, strict=True):
        marked = [run.text for run in paragraph.runs if is_aloud(run)]
        assert marked == [flat(run.text) for run in card.body if run.aloud]
    look = document.styles["Emphasis"].font
    # Two signs that a copier keeps: the highlight is not one.
    assert (look.bold, look.underline) == (True, True)


def is_aloud(run: Run) -> bool:
    marked = run.font.highlight_color is not None
    assert marked == (run.style.name == "Emphasis")
    return marked


def test_the_backs_are_told_where_they_are_printed(full_kit: Path) -> None:
    doc: Cards = made(full_kit)["cards"].document
    assert "They will say" not in text_of(opened(file_of(full_kit, "cards")))
    two_sided = replace(doc, printing=Printing(mode="long-edge"))
    everything = text_of(written(two_sided, "cards"))
    backs = [card.back for card in doc.cards]
    told = [text for b in backs for text in (b.who, b.trust, b.reply, b.answer)]
    assert [text for text in told if flat(text) not in everything] == []


# ---------------------------------------------------------------- other item types


def own_item(kind: model.ItemType, **fields: Any) -> FormItem:
    item = FormItem(1, "own", kind, "locate", "The stem.", (), None, 0, 1)
    return replace(item, **fields)


LETTERED = tuple(FormOption(letter, f"text {letter}", False) for letter in "ABCD")


@pytest.mark.parametrize(
    ("item", "lines"),
    [
        (
            own_item("multiple", options=LETTERED, wanted=2),
            ["A\ttext A", "D\ttext D"],
        ),
        (
            own_item("matching", prompts=("left", "right"), options=LETTERED),
            [f"1\t{BOX.text} left", f"2\t{BOX.text} right", "A\ttext A"],
        ),
        (
            own_item("ordering", options=LETTERED),
            [f"A\t{BOX.text} text A", f"D\t{BOX.text} text D"],
        ),
        (
            own_item("true-false", lines=2),
            [f"{BOX.text} True \u2003{BOX.text} False", "\t", "\t"],
        ),
        (own_item("cloze", stem="A ____ here."), ["1\tA ________________ here."]),
        (own_item("written", lines=4), ["1\tThe stem.", *"\t\t\t\t"]),
    ],
    ids=lambda value: getattr(value, "type", ""),
)
def test_each_type_of_item_has_what_it_is_answered_on(
    full_kit: Path, item: FormItem, lines: list[str]
) -> None:
    doc: Quiz = made(full_kit)["quiz-a"].document
    document = written(replace(doc, blocks=(FormBlock((), (item,)),)))
    shown = [p.text for p in paragraphs(document)]
    shown = shown[: shown.index("One thing I still want to know:")]
    wanted = iter(shown)
    assert all(line in wanted for line in lines), shown
    assert shown.count("\t") == item.lines
    assert styled(document, "Heading 2") == ["Without a passage"]
    assert item.task in "\n".join(shown)


def test_the_key_explains_pairs_corrections_and_accepted_words(full_kit: Path) -> None:
    doc: Key = made(full_kit)["key"].document
    rows = (
        ExplainedRow("1B", "B", "left", "its “partner”", False, "as they say"),
        ExplainedRow("A", "A", "", "words", True, "fits nothing"),
    )
    item = replace(
        doc.items[0],
        type="matching",
        rows=rows,
        parts=(),
        scoring="How it is scored.",
        why="Why it is so.",
        correction="It is so.",
        accepted=("shown", "also", "too"),
    )
    document = written(replace(doc, items=(item,)), "key")
    assert styled(document, "Option") == [
        "1B\tleft B its “partner”",
        "A\tLeft over: “words”",
    ]
    everything = text_of(document)
    told = ["Why it is so.", "A right correction: It is so.", "Right too: also; too"]
    told += ["Scoring. How it is scored.", "as they say", "fits nothing"]
    assert [text for text in told if text not in everything] == []


# ------------------------------------------------------------------- what it hides


def test_nothing_of_the_key_is_in_a_student_s_file(kit_folder: Path) -> None:
    kit = sound_kit(kit_folder)
    secrets = [why for item in kit.items.values() for why in explanations(item)]
    secrets += [*MISTAKES.values(), "Right:", "Proof.", "Suggests", "answer key"]
    for name in NAMES[:-1]:
        everything = inside(file_of(kit_folder, name))
        assert [text for text in secrets if text in everything] == [], name
    found = inside(file_of(kit_folder, "key"))
    asked = {item.id for item in made(kit_folder)["key"].document.items}
    parts = [part for item in asked for part in kit.items[item].parts]
    whys = [option.why for part in parts for option in part.options.values()]
    assert whys
    assert [why for why in whys if why not in found] == []


def inside(data: bytes) -> str:
    """All that a file holds: its texts, run into run, then every entry as it is."""
    document = opened(data)
    with zipfile.ZipFile(io.BytesIO(data)) as entries:
        raw = [f"{n}\n{entries.read(n).decode('utf-8', 'replace')}" for n in
               entries.namelist()]  # fmt: skip
    return "\n".join([text_of(document), *raw])


def test_hostile_text_stays_text(full_kit: Path) -> None:
    doc: Quiz = made(full_kit)["quiz-a"].document
    hostile = 'a </w:t> <w:br/> & <!-- "x" --> “{{ 7*7 }}” ]]> &amp; \\ { PAGE }'
    head = replace(doc.head, title=hostile, kit_title=hostile, language='en" x="')
    item = own_item("choice", stem=hostile, options=(FormOption("A", hostile, True),))
    blocks = (FormBlock((), (item,)),)
    document = written(replace(doc, head=head, blocks=blocks))
    assert f"1\t{hostile}" in styled(document, "Stem")
    assert f"A\t“{hostile}”" in styled(document, "Option")
    assert hostile in document.sections[0].header.paragraphs[0].text
    assert document.core_properties.title == f"{head.label}: {hostile}"
    assert document.element.body.find(f".//{qn('w:br')}") is None
    language = document.settings.element.find(qn("w:themeFontLang"))
    assert language.get(qn("w:val")) == head.language


# ---------------------------------------------------------------- the page about it


@named
def test_a_page_has_its_size_and_room_for_three_holes(
    full_kit: Path, name: str
) -> None:
    sizes = {}
    papers: tuple[Paper, ...] = ("letter", "a4")
    for paper in papers:
        section = opened(file_of(full_kit, name, paper)).sections[0]
        sizes[paper] = (round(section.page_width.mm), round(section.page_height.mm))
        assert section.left_margin.mm >= 20
    assert sizes == {"letter": (216, 279), "a4": (210, 297)}


@named
def test_the_running_head_and_foot_say_what_a_page_belongs_to(
    kit_folder: Path, name: str
) -> None:
    handout = made(kit_folder)[name]
    head, section = handout.document.head, opened(file_of(kit_folder, name)).sections[0]
    top = section.header.paragraphs[0].text
    assert top.startswith(f"{head.label} · {head.title}")
    assert ("For the teacher only" in top) == (head.audience == "teacher")
    foot = section.footer.paragraphs[0]
    assert f"{head.kit_title} · {head.edition}" in foot.text
    assert (f"form code {head.code}" in foot.text) == bool(head.code)
    fields = [f.get(qn("w:instr")).strip() for f in foot._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_students_have_a_line_for_their_name_and_teachers_a_warning(
    full_kit: Path,
) -> None:
    for name in NAMES:
        document = opened(file_of(full_kit, name))
        first = paragraphs(document)[0].text
        expected = "For the teacher only" if name == "key" else "Name \t Date \t Period"
        assert first.startswith(expected)
        notice = made(full_kit)[name].document.head.notice
        assert styled(document, "Notice") == [flat(notice)]


@named
def test_tables_repeat_their_head_and_keep_rows_whole(
    kit_folder: Path, name: str
) -> None:
    document = opened(file_of(kit_folder, name))
    assert bool(document.tables) == name.startswith(("brief", "key"))
    for table in document.tables:
        marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marks == [True, *[False] * (len(table.rows) - 1)]
        assert all(r._tr.trPr.find(qn("w:cantSplit")) is not None for r in table.rows)
        styles = {cell.paragraphs[0].style.name for cell in table.rows[0].cells}
        assert styles == {"Table head"}


ITEM_STYLES = {"Instruction", "Prompt", "Option", "Why", "Part stem", "Answer line"}


def test_an_item_stays_whole_and_with_its_passage(full_kit: Path) -> None:
    lines = paragraphs(opened(file_of(full_kit, "quiz-a")))
    starts = [n for n, line in enumerate(lines) if line.style.name == "Stem"]
    assert starts
    for start in starts:
        end = start + 1
        while lines[end].style.name in ITEM_STYLES:
            end += 1
        assert all(line.paragraph_format.keep_together for line in lines[start:end])
        assert all(is_with_next(line) for line in lines[start : end - 1])
        assert not is_with_next(lines[end - 1])
    read = ("Context", "Quotation", "Cite line", "Source check")
    assert {p.style.name for p in lines} >= set(read)
    assert all(is_with_next(line) for line in lines if line.style.name in read)
    assert all(is_with_next(line) for line in lines if "Heading" in line.style.name)


def is_with_next(paragraph: Paragraph) -> bool:
    direct = paragraph.paragraph_format.keep_with_next
    if direct is not None:
        return direct
    return bool(paragraph.style.paragraph_format.keep_with_next)


@named
def test_language_and_properties_are_the_document_s(full_kit: Path, name: str) -> None:
    handout = made(full_kit)[name]
    document = replace(handout.document.head, language="fr-CA")
    handout = replace(handout, document=replace(handout.document, head=document))
    data = word(handout, "letter")
    file = opened(data)
    defaults = file.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "fr-CA"
    known = file.core_properties
    assert known.title == handout.document.head.pdf_title
    assert (known.author, known.last_modified_by) == ("debatekit", "debatekit")
    assert known.language == "fr-CA"
    assert (known.created.year, known.modified.year) == (1980, 1980)
    assert "python-docx" not in inside(data)


def test_a_long_motion_is_cut_in_the_properties_only(full_kit: Path) -> None:
    doc: Quiz = made(full_kit)["quiz-a"].document
    title = "word " * 80
    document = written(replace(doc, head=replace(doc.head, title=title)))
    assert len(document.core_properties.title) == 255
    assert flat(title) in text_of(document)


# --------------------------------------------------------------------------- bytes


def test_both_typefaces_are_packed_into_the_file(full_kit: Path) -> None:
    ours = {path.stem: path.read_bytes() for path in font_paths()}
    with zipfile.ZipFile(io.BytesIO(file_of(full_kit, "cards"))) as entries:
        table = entries.read("word/fontTable.xml").decode()
        links = entries.read("word/_rels/fontTable.xml.rels").decode()
        fonts = [n for n in entries.namelist() if n.endswith(".odttf")]
        shown = re.findall(r'<w:embed\w+ r:id="(\w+)" w:fontKey="\{(.+?)\}"/>', table)
        assert len(shown) == len(fonts) == 4
        for name in fonts:
            file = Path(name)
            link = re.search(rf'<Relationship [^>]*fonts/{file.name}"[^>]*>', links)
            assert link is not None
            (id_,) = re.findall(r'Id="(\w+)"', link.group())
            data = entries.read(name)
            # ECMA-376: the key's bytes from the last to the first, over 32 bytes.
            pad = bytes.fromhex(dict(shown)[id_].replace("-", ""))[::-1] * 2
            start = bytes(a ^ b for a, b in zip(data[:32], pad, strict=True))
            assert start + data[32:] == ours[file.stem]
    assert 'w:altName w:val="Verdana"' in table
    assert 'w:altName w:val="Georgia"' in table


@named
def test_a_file_holds_what_it_needs_in_a_fixed_order(full_kit: Path, name: str) -> None:
    data = file_of(full_kit, name)
    with zipfile.ZipFile(io.BytesIO(data)) as entries:
        names = entries.namelist()
        stamps = {(e.date_time, e.create_system) for e in entries.infolist()}
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    assert stamps == {((1980, 1, 1, 0, 0, 0), 0)}
    unwanted = ("thumbnail", "customXml", "app.xml", "stylesWithEffects")
    assert [n for n in names if any(part in n for part in unwanted)] == []
    assert pinned(data) == data


MAKE = """
import hashlib, sys
from pathlib import Path
from debatekit.documents.handouts import handouts, printed_forms
from debatekit.kit.review import sound_kit
from debatekit.render.word import WORD, word
kit = sound_kit(Path(sys.argv[1]))
for handout in handouts(kit, (), printed_forms(kit, 2, 1)):
    if handout.template in WORD:
        data = word(handout, "letter")
        print(handout.name, hashlib.sha256(data).hexdigest())
"""


def test_two_processes_make_the_same_bytes(full_kit: Path) -> None:
    said = []
    for seed, zone in (("1", "UTC"), ("4242", "Asia/Kolkata")):
        environ = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", MAKE, str(full_kit)]
        done = subprocess.run(
            command, env=environ, capture_output=True, text=True, check=True
        )
        said.append(done.stdout)
    assert said[0] == said[1]
    here = hashlib.sha256(file_of(full_kit, "cards")).hexdigest()
    assert f"cards {here}" in said[0].splitlines()
    assert len(said[0].splitlines()) == len(NAMES)
