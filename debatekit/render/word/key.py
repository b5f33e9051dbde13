"""The answer key in Word: the grid of all forms, then every item explained.

Stage: one document → a sheet. For the teacher alone.
"""

from __future__ import annotations

from debatekit.documents.key import (
    ExplainedItem,
    ExplainedOption,
    ExplainedRow,
    GridRow,
    Key,
)
from debatekit.kit.problems import counted
from debatekit.quiz.records import KeyGuide, KeyProof
from debatekit.render.word.sheet import Piece, Sheet, Words, quoted, strong


def write_key(sheet: Sheet, doc: Key) -> None:
    sheet.heading(1, f"{doc.head.title}: answer key")
    codes = "; ".join(f"Form {letter}: code {code}" for letter, code in doc.codes)
    skills = ", ".join(f"{skill} {count}" for skill, count in doc.skills)
    size = (
        f"{len(doc.rows)} items, {counted(doc.points, 'point')}, {doc.minutes} minutes"
    )
    met = "".join(f" {label}: {counts}." for label, counts in doc.met)
    sheet.line("Lead", f"{size}. {codes}. Skills: {skills}.{met}")
    sheet.heading(2, "All forms")
    forms = [f"Form {letter}" for letter, _ in doc.codes]
    sheet.table(("Item", "Skill", "Points", *forms), [_row(row) for row in doc.rows])
    sheet.heading(2, f"Every item, as form {doc.codes[0][0]} prints it")
    for item in doc.items:
        with sheet.kept():
            _item(sheet, item)
    if doc.sources:
        sheet.heading(2, "Answers to the source questions")
    for source in doc.sources:
        sheet.heading(3, f"Source {source.letter}: {source.title}")
        for told in source.answers:
            sheet.line("Stem", strong(str(told.number)), "\t", told.question)
            sheet.line("Why", strong("Look for:"), " ", told.answer)


def _row(row: GridRow) -> list[list[Piece]]:
    told: list[list[Piece]] = [[str(row.number)], [row.skill], [str(row.points)]]
    told += [[strong(answer)] for answer in row.answers]
    return told


def _item(sheet: Sheet, item: ExplainedItem) -> None:
    sheet.line("Stem", strong(str(item.number)), "\t", item.stem)
    answers = " · ".join(f"form {letter}: {answer}" for letter, answer in item.answers)
    worth = f"{item.skill} · {counted(item.points, 'point')} · {item.id}"
    sheet.line("Instruction", strong(answers), f" · {worth}")
    for proof in item.proofs:
        _proof(sheet, proof)
    if item.guide:
        _guide(sheet, item.guide)
    _judging(sheet, item)
    for row in item.rows:
        _belongs(sheet, item.type, row)
    for part in item.parts:
        if part.stem:
            sheet.line("Part stem", "Part B. ", part.stem)
        for option in part.options:
            _option(sheet, option)


def _proof(sheet: Sheet, proof: KeyProof) -> None:
    words = quoted(proof.words) if proof.quoted else proof.words
    sheet.line("Proof", strong("Proof."), " ", words, Words(f" {proof.cite}", ""))


def _guide(sheet: Sheet, guide: KeyGuide) -> None:
    scored = (
        ("2 points:", guide.full),
        ("1 point:", guide.part),
        ("0 points:", guide.none),
        ("A full answer:", guide.sample),
    )
    for label, text in scored:
        sheet.line("Guide", strong(label), " ", text)


def _judging(sheet: Sheet, item: ExplainedItem) -> None:
    """What is right where no option is, and what is right in part."""
    if item.why:
        sheet.line("Guide", item.why)
    if item.correction:
        sheet.line("Guide", strong("A right correction:"), " ", item.correction)
    if len(item.accepted) > 1:
        also = "; ".join(item.accepted[1:])
        sheet.line("Guide", strong("Right too:"), " ", Words(also, ""))
    if item.scoring:
        sheet.line("Instruction", strong("Scoring."), " ", item.scoring)


def _belongs(sheet: Sheet, kind: str, row: ExplainedRow) -> None:
    """A pair, a text left over, or a step in its right place."""
    words = quoted(row.text) if row.quoted else row.text
    before: tuple[Piece, ...] = ()
    if row.left:
        before = (row.left, " ", strong(row.letter), " ")
    elif kind == "matching":
        before = (strong("Left over: "),)
    sheet.line("Option", strong(row.label), "\t", *before, words)
    sheet.line("Why", row.why)


def _option(sheet: Sheet, option: ExplainedOption) -> None:
    right = (strong("Right: "),) if option.right else ()
    words = quoted(option.text) if option.quoted else option.text
    sheet.line("Option", strong(option.letter), "\t", *right, words)
    suggests = f" Suggests: {option.suggests}." if option.suggests else ""
    sheet.line("Why", option.why, suggests)
