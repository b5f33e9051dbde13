"""A quiz in Word, for a teacher who must change a line. Made from data without a key.

Stage: one document → a sheet. Numbers and letters are typed, with a hanging indent, and
are no lists of Word's: a list is numbered anew when a line goes or is pasted in, and
the key and the student's answer would then mean other options.
"""

from __future__ import annotations

from collections.abc import Sequence

from debatekit.documents.quiz import Quiz
from debatekit.kit import model
from debatekit.kit.problems import counted
from debatekit.quiz.records import FormBlock, FormItem, FormOption, FormPassage
from debatekit.render.word.looks import KIND
from debatekit.render.word.sheet import Piece, Sheet, Words, quoted, strong

BLANK = "_" * 8
# A box to write one letter or number in, or to tick: no-break spaces with a border.
BOX = Words("\u00a0" * 5, KIND)


def write_quiz(sheet: Sheet, doc: Quiz) -> None:
    sheet.heading(1, f"{doc.head.title}, form {doc.form}")
    worth = f"{doc.items} items, {counted(doc.points, 'point')}, {doc.minutes} minutes"
    score = f"Score: {BLANK} of {doc.points}"
    sheet.line("Lead", f"{worth}. {doc.how} {score}")
    for block in doc.blocks:
        _block(sheet, block)
    with sheet.kept():
        sheet.line("Label", "One thing I still want to know:")
        sheet.answer_lines(1)


def _block(sheet: Sheet, block: FormBlock) -> None:
    sheet.heading(2, _title(block))
    for passage in block.passages:
        _passage(sheet, passage)
    for item in block.items:
        with sheet.kept():
            _item(sheet, item)


def _title(block: FormBlock) -> str:
    if not block.passages:
        return "Without a passage"
    first, last = block.items[0].number, block.items[-1].number
    items = f"item {first}" if first == last else f"items {first} to {last}"
    return f"Passage{'s' if len(block.passages) > 1 else ''} for {items}"


def _passage(sheet: Sheet, passage: FormPassage) -> None:
    with sheet.kept(with_next=True):
        sheet.line("Context", passage.context)
        sheet.line("Quotation", Words(f"“{passage.text}”", ""))
        sheet.line("Cite line", Words(passage.cite, ""))
        sheet.checks(passage.notes)


def _item(sheet: Sheet, item: FormItem) -> None:
    part = "Part A. " if item.second else ""
    worth = f" ({counted(item.points, 'point')})" if item.points > 1 else ""
    asked = item.stem
    if item.type == "cloze":
        asked = asked.replace(model.GAP, BLANK * 2)
    sheet.line("Stem", strong(str(item.number)), "\t", part, asked, worth)
    if item.task:
        sheet.line("Instruction", item.task)
    for number, prompt in enumerate(item.prompts, start=1):
        sheet.line("Prompt", strong(str(number)), "\t", BOX, " ", prompt)
    place = (BOX, " ") if item.type == "ordering" else ()
    _options(sheet, item.options, place)
    if item.second:
        sheet.line("Part stem", "Part B. ", item.second.stem)
        _options(sheet, item.second.options)
    if item.type == "true-false":
        sheet.line("Prompt", BOX, " True \u2003", BOX, " False")
        sheet.line("Instruction", "If it is false, put it right:")
    sheet.answer_lines(item.lines)


def _options(
    sheet: Sheet, options: Sequence[FormOption], place: tuple[Piece, ...] = ()
) -> None:
    for option in options:
        words = quoted(option.text) if option.quoted else option.text
        sheet.line("Option", strong(option.letter), "\t", *place, words)
        for note in option.notes:
            sheet.line("Why", strong("Source check."), " ", note)
