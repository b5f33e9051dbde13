"""The quiz has no room for a key; the key has one for everything."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from kits import explanations

from debatekit.assets import bundled_kit
from debatekit.documents.brief import Brief
from debatekit.documents.cards import Cards
from debatekit.documents.handouts import handouts, printed_forms
from debatekit.documents.key import MISTAKES, Key, key
from debatekit.documents.quiz import Quiz, quiz
from debatekit.documents.sources import Sources, sources
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz.forms import make_forms
from debatekit.quiz.records import OPTION_LETTERS, FormItem, Forms
from debatekit.render.html import to_html

TELLING = {"key", "keys", "right", "why", "mistake", "suggests", "proof", "proofs"}
TELLING |= {"correction", "corrected", "accepted", "scoring", "rows"}
TELLING |= {"order", "answer", "answers", "rationale", "letters", "entries", "guide"}


@pytest.fixture(params=["full", "bundled"])
def kit(request: pytest.FixtureRequest, full_kit: Path) -> Kit:
    return sound_kit(full_kit if request.param == "full" else bundled_kit())


@pytest.fixture
def forms(kit: Kit) -> Forms:
    return printed_forms(kit, 3, seed=7)


def fields_of(kind: Any, seen: set[Any]) -> Iterator[tuple[str, Any]]:
    """(Class.field, type of a single value) of a record and all it can hold."""
    if kind in seen:
        return
    seen.add(kind)
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        for part in parts_of(hints[field.name]):
            if dataclasses.is_dataclass(part):
                yield from fields_of(part, seen)
            else:
                yield f"{kind.__name__}.{field.name}", part


def parts_of(hint: Any) -> Iterator[Any]:
    """A type taken apart: tuple[X, ...] and X | None give X."""
    origin = typing.get_origin(hint)
    if origin in (tuple, types.UnionType, typing.Union):
        for argument in typing.get_args(hint):
            if argument is not ...:
                yield from parts_of(argument)
    elif origin is typing.Literal:
        yield str
    else:
        yield hint


def test_a_student_s_document_can_hold_text_and_numbers_only(
    kit: Kit, forms: Forms
) -> None:
    """No field of it, however deep, can hold the kit, a key or anything at all."""
    made = [h for h in handouts(kit, (), forms) if h.audience == "student"]
    kinds = {type(handout.document) for handout in made}
    assert {Quiz, Brief, Cards, Sources} <= kinds
    allowed = {str, int, float, bool, type(None)}
    for kind in kinds:
        found = dict(fields_of(kind, set()))
        assert {n: t for n, t in found.items() if t not in allowed} == {}


def test_a_quiz_has_no_field_that_tells_the_key() -> None:
    seen: set[Any] = set()
    names = {name.partition(".")[2] for name, _ in fields_of(Quiz, seen)}
    assert {"stem", "letter", "text", "quoted", "number"} <= names
    assert names & TELLING == set()
    assert {kind.__name__ for kind in seen} == {
        "FormBlock",
        "FormItem",
        "FormOption",
        "FormPart",
        "FormPassage",
        "Head",
        "Quiz",
    }


def test_the_search_would_find_the_key_where_there_is_one() -> None:
    names = {name.partition(".")[2] for name, _ in fields_of(Key, set())}
    assert {"right", "why", "suggests", "answers", "guide"} <= names & TELLING


def test_nothing_a_student_gets_says_why_an_option_is_right(
    kit: Kit, forms: Forms
) -> None:
    told = [why for item in kit.items.values() for why in explanations(item)]
    told += MISTAKES.values()
    made = list(handouts(kit, (), forms))
    students = [h for h in made if h.audience == "student"]
    assert len(students) >= 4 + len(forms.forms)
    for handout in students:
        shown = repr(handout.document)
        assert not [t for t in told if repr(t)[1:-1] in shown], handout.name
    (teacher,) = [h for h in made if h.name == "key"]
    shown = repr(teacher.document)
    asked = [kit.items[e.item] for e in forms.keys[0].entries]
    whys = [why for item in asked for why in explanations(item)]
    assert [why for why in whys if repr(why)[1:-1] not in shown] == []


def test_items_are_numbered_through_the_form(kit: Kit, forms: Forms) -> None:
    for form in forms.forms:
        document = quiz(kit, form)
        items = [item for block in document.blocks for item in block.items]
        assert [item.number for item in items] == list(range(1, len(items) + 1))
        assert document.items == len(items) == sum(kit.head.quiz.skills.values())
        assert document.points == sum(item.points for item in items)
        assert document.minutes == kit.head.quiz.minutes
        assert document.head.code == form.code
        assert document.form == form.letter
        for item in items:
            letters = "".join(option.letter for option in item.options)
            assert letters == OPTION_LETTERS[: len(letters)]


def test_every_item_stands_with_the_passages_it_is_read_with(
    kit: Kit, forms: Forms
) -> None:
    for block in quiz(kit, forms.forms[0]).blocks:
        given = [passage.id for passage in block.passages]
        for item in block.items:
            assert list(kit.items[item.id].reads) == given


def test_the_key_s_letters_point_at_the_right_options(kit: Kit, forms: Forms) -> None:
    """Read off what is printed: the text at the letter is the author's right one."""
    document = key(kit, forms)
    numbers = [row.number for row in document.rows]
    assert numbers == list(range(1, len(numbers) + 1))
    for place, form in enumerate(forms.forms):
        items = [i for b in quiz(kit, form).blocks for i in b.items]
        for item, row in zip(items, document.rows, strict=True):
            assert row.number == item.number
            author = kit.items[item.id]
            if author.type == "written":
                assert row.answers[place] == "written"
                assert item.options == ()
                assert item.lines == author.lines
                continue
            if author.type not in ("choice", "two-part"):
                assert right_texts(item, row.answers[place]) == author_says(author)
                continue
            letters = row.answers[place].split(", ")
            printed = [item.options, *([item.second.options] if item.second else [])]
            for letter, options, part in zip(
                letters, printed, author.parts, strict=True
            ):
                (shown,) = [o.text for o in options if o.letter == letter]
                right = part.options[part.key or ""]
                words = kit.passages[right.passage].text if right.passage else ""
                assert plain(shown) == plain(words or right.text)


def right_texts(item: FormItem, answer: str) -> list[str]:
    """What an answer of the grid says, read off the printed item."""
    texts = {option.letter: option.text for option in item.options}
    match item.type:
        case "multiple":
            return sorted(texts[letter] for letter in answer.split(", "))
        case "matching":
            pairs = [(int(pair[:-1]), pair[-1]) for pair in answer.split()]
            return sorted(f"{item.prompts[n - 1]} = {texts[x]}" for n, x in pairs)
        case "ordering":
            return [texts[letter] for letter in answer.split()]
    return [answer]


def author_says(author: model.Item) -> list[str]:
    match author.type:
        case "multiple":
            return sorted(author.options[letter].text for letter in author.keys)
        case "matching":
            return sorted(f"{pair.left} = {pair.right}" for pair in author.pairs)
        case "ordering":
            return [step.text for step in author.steps]
        case "true-false":
            return ["true" if author.true else "false"]
    return [author.answers[0]]


def plain(text: str) -> list[str]:
    """Words without quotation marks: a quoting option is set inside a pair of them."""
    return re.sub(r"[“”‘’\"']", "", text).split()


def test_the_key_explains_every_option_and_names_every_mistake(
    kit: Kit, forms: Forms
) -> None:
    document = key(kit, forms)
    assert document.head.audience == "teacher"
    assert document.points == forms.forms[0].points
    assert sum(n for _, n in document.skills) == len(document.rows)
    for item in document.items:
        author = kit.items[item.id]
        assert len(item.parts) == len(author.parts)
        for shown, part in zip(item.parts, author.parts, strict=True):
            assert len(shown.options) == len(part.options)
            assert [o.right for o in shown.options].count(True) == len(part.right)
            for option in shown.options:
                (written,) = [o for o in part.options.values() if o.why == option.why]
                right = [part.options[letter] for letter in part.right]
                assert option.right == any(written is one for one in right)
                meant = written.mistake
                # 'Misread' says no more than that the answer is wrong.
                known = "" if meant in (None, "misread") else MISTAKES[str(meant)]
                assert option.suggests == known
        assert (item.guide is None) == (author.guide is None)
        assert len(item.proofs) == len(author.proof)
        answers = [k[item.id].answer for k in forms.keys]
        assert [answer for _, answer in item.answers] == answers


def test_the_code_of_the_key_is_what_its_forms_share(kit: Kit, forms: Forms) -> None:
    document = key(kit, forms)
    assert document.codes == tuple((f.letter, f.code) for f in forms.forms)
    assert {code for _, code in document.codes} == {
        f"{document.head.code}-{form.letter}" for form in forms.forms
    }


def test_every_mistake_of_the_format_has_words() -> None:
    assert set(MISTAKES) == set(typing.get_args(model.Mistake))


def test_an_option_that_is_a_passage_keeps_the_passage_s_own_marks(kit: Kit) -> None:
    """“… in support of ‘self-reliance’” must not lose its inner closing mark."""
    (form,) = make_forms(kit, kit.items.values(), 1, seed=1).forms
    shown = [
        option.text
        for item in form.items
        for option in (*item.options, *(item.second.options if item.second else ()))
        if option.quoted
    ]
    assert shown
    assert [text for text in shown if text.count("“") != text.count("”")] == []


# ------------------------------------------------------------- other types of item


def of_types(kit: Kit, *wanted: str) -> Forms:
    items = [item for item in kit.items.values() if item.type in wanted]
    assert {item.type for item in items} == set(wanted)
    return make_forms(kit, items, 2, seed=3)


@pytest.mark.parametrize(
    ("types", "says", "not_said"),
    [
        (("choice",), "mark one letter for each item. Answer from the", "item says"),
        (("choice", "two-part"), "one letter for each question.", "item says"),
        (("choice", "multiple"), "or do what the item says.", "each item."),
        (("choice", "ordering"), "Where there is a passage, ", "Answer from the"),
        (("ordering", "matching"), "For each item, mark", "passage"),
    ],
)
def test_the_first_sentence_fits_the_items(
    full_kit: Path, types: tuple[str, ...], says: str, not_said: str
) -> None:
    kit = sound_kit(full_kit)
    how = quiz(kit, of_types(kit, *types).forms[0]).how
    assert says in how
    assert not_said not in how


def test_the_page_says_how_to_answer_each_type(full_kit: Path) -> None:
    kit = sound_kit(full_kit)
    (form, _) = of_types(kit, "multiple", "matching", "ordering", "cloze").forms
    page = to_html("quiz", quiz(kit, form))
    assert "Mark every right answer (2 of them)." in page
    assert "Write a letter beside each number. 1 letter is left over." in page
    assert "Write a number in each box: 1 = first." in page
    assert page.count('<span class="slot"></span>') == 4
    assert 'Stem of gap with a <span class="slot missing">' in page
    assert "____" not in page


def test_a_statement_leaves_room_for_a_correction_whatever_it_is(
    full_kit: Path,
) -> None:
    """A true statement must look like a false one."""
    kit = sound_kit(full_kit)
    false = kit.items["statement"]
    changes = {"id": "statement-true", "true": True, "correction": ""}
    true = msgspec.structs.replace(false, **changes)
    both = dataclasses.replace(kit, items={false.id: false, true.id: true})
    (form,) = make_forms(both, both.items.values(), 1, seed=1).forms
    one, other = form.items
    assert one.lines == other.lines == 2
    same = {"number": 0, "id": ""}
    assert dataclasses.replace(one, **same) == dataclasses.replace(other, **same)


def test_pairs_that_are_not_a_point_each_are_scored_by_a_share(full_kit: Path) -> None:
    kit = sound_kit(full_kit)
    pairs = kit.items["pairs"]
    uneven = msgspec.structs.replace(pairs, points=len(pairs.pairs) + 1)
    (item,) = key(kit, make_forms(kit, [uneven], 1, seed=3)).items
    assert item.scoring == "5 points × numbers right ÷ 4, rounded down."


@pytest.mark.parametrize("points", [1, 2, 3])
def test_the_key_says_what_a_part_earns(kit: Kit, points: int) -> None:
    """As the program scores it."""
    two = next(item for item in kit.items.values() if item.type == "two-part")
    worth = msgspec.structs.replace(two, points=points)
    forms = make_forms(kit, [worth], 1, seed=3)
    entry = forms.keys[0][worth.id]
    first = entry.earned(entry.letter + "-")
    (item,) = key(kit, forms).items
    said = f"{first} for part A alone" if first else "part A alone earns nothing"
    assert said in item.scoring
    assert entry.earned("-" + (entry.second.letter if entry.second else "")) == 0
    assert "0 for part B alone" in item.scoring


def test_the_key_answers_the_questions_under_the_sources() -> None:
    kit = sound_kit(bundled_kit())
    document = key(kit, printed_forms(kit, 1, seed=1))
    sheets = {sheet.letter: sheet for sheet in sources(kit).sheets}
    assert [s.letter for s in document.sources] == sorted(sheets)
    for told in document.sources:
        asked = enumerate(sheets[told.letter].questions, start=1)
        assert [(a.number, a.question) for a in told.answers] == [
            (number, question.text) for number, question in asked
        ]
        source = next(s for s in kit.sources if s.letter == told.letter)
        assert source.answers is not None
        assert [a.answer for a in told.answers] == list(source.answers.asked)
    page = to_html("key", document)
    assert page.count("<b>Look for:</b>") == sum(
        len(s.answers) for s in document.sources
    )


def test_a_kit_without_answers_has_a_key_without_them(full_kit: Path) -> None:
    kit = sound_kit(full_kit)
    document = key(kit, printed_forms(kit, 1, seed=1))
    assert document.sources == ()
    assert "source questions" not in to_html("key", document)


def test_the_key_page_explains_pairs_steps_statements_and_gaps(full_kit: Path) -> None:
    kit = sound_kit(full_kit)
    forms = of_types(kit, "matching", "ordering", "true-false", "cloze", "multiple")
    items = {item.id: item for item in key(kit, forms).items}
    pairs = items["pairs"]
    assert [row.label[0] for row in pairs.rows[:4]] == list("1234")
    letters = "".join(row.letter for row in pairs.rows[:4])
    assert letters == forms.keys[0]["pairs"].letter
    assert [(row.text, row.left) for row in pairs.rows[4:]] == [("right alone", "")]
    for row in pairs.rows[:4]:
        assert row.left[-1] == row.text[-1] == row.why[-1]
    assert [row.text for row in items["steps"].rows] == [f"step {n}" for n in range(4)]
    assert items["pairs"].scoring == "1 point for each number right."
    assert items["statement"].scoring.startswith("2 for ‘false’, 1 for")
    assert "÷ 3, rounded down" in items["steps"].scoring
    assert "÷ 2, rounded down, never below 0" in items["several"].scoring
    page = to_html("key", key(kit, forms))
    assert "<b>A right correction:</b> rationale statement corrected" in page
    assert "<b>Right too:</b> other filling" in page
    proofs = [proof for item in items.values() for proof in item.proofs]
    cites = {proof.cite for proof in proofs}
    assert {"glossary", "CON reply", "PRO contention 2"} <= cites
    assert "3 November 1943; Issuer 1, A paper" in cites
