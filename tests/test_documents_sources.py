"""Source sheets, and the law of source checks: never the words without the note."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from debatekit.assets import bundled_kit
from debatekit.documents.brief import brief
from debatekit.documents.cards import cards
from debatekit.documents.common import glosses_in
from debatekit.documents.handouts import handouts, printed_forms
from debatekit.documents.quiz import quiz
from debatekit.documents.sources import sources
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz.forms import make_forms
from debatekit.quiz.passages import nested
from debatekit.render.html import to_html


@pytest.fixture(params=["full", "bundled"])
def kit(request: pytest.FixtureRequest, full_kit: Path) -> Kit:
    return sound_kit(full_kit if request.param == "full" else bundled_kit())


def records(kit: Kit, passage: model.Passage) -> tuple[str, ...]:
    return tuple(kit.checks[check].record for check in passage.checks)


def test_every_passage_is_on_its_source_s_sheet(kit: Kit) -> None:
    document = sources(kit)
    assert [s.letter for s in document.sheets] == sorted(s.letter for s in kit.sources)
    for sheet in document.sheets:
        (source,) = [s for s in kit.sources if s.letter == sheet.letter]
        count = len(source.passages)
        assert [e.label for e in sheet.excerpts] == [
            f"{source.letter}{number}" for number in range(1, count + 1)
        ]
        assert [e.text for e in sheet.excerpts] == [
            nested(p.text) for p in source.passages
        ]
        for excerpt, passage in zip(sheet.excerpts, source.passages, strict=True):
            number = passage.at.comment or passage.at.paragraph
            assert re.search(rf"(original ¶|comment ){number}\b", excerpt.place)
            assert passage.at.name in excerpt.place
        own = source.questions
        assert [(q.kind, q.text) for q in sheet.questions] == [
            *(("Sourcing", text) for text in own.sourcing),
            *(("Context", text) for text in own.context),
            *(("Close reading", text) for text in own.close_reading),
            *(("Corroboration", text) for text in own.corroboration),
        ]


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("How sure is the author that China will gain?", 1),
        ("Name the law.", 1),
        ("What is 3GPP, and why would a company want a voice in it?", 2),
        ("Who speaks? Whose words are given, and from where are they?", 3),
        ("Who wrote this, in which magazine, and for what kind of reader?", 3),
        ("Who? What? When? Where?", 3),
    ],
)
def test_a_question_has_a_line_for_each_thing_it_asks(
    starter: Path, question: str, lines: int
) -> None:
    path = starter / "sources" / "eisenhower.yaml"
    text = path.read_text(encoding="utf-8")
    first = sound_kit(starter).sources[-1].questions.sourcing[0]
    assert text.count(first) == 1
    path.write_text(text.replace(first, question), encoding="utf-8")
    sheets = sources(sound_kit(starter)).sheets
    asked = {q.text: q.lines for sheet in sheets for q in sheet.questions}
    assert asked[question] == lines
    page = to_html("sources", sources(sound_kit(starter)))
    (item,) = [part for part in page.split("</li>") if question in part]
    assert item.count('class="answer"') == lines


def test_the_two_levels_are_told_apart_by_a_mark_in_the_foot_alone() -> None:
    kit = sound_kit(bundled_kit())
    standard, plain = sources(kit), sources(kit, "plain")
    assert standard.head.edition[:-1] == plain.head.edition[:-1]
    assert standard.head.edition != plain.head.edition
    assert standard.head.pdf_title == plain.head.pdf_title


def test_every_source_sheet_has_a_line_for_a_name(kit: Kit) -> None:
    page = to_html("sources", sources(kit))
    assert page.count("blank name") == len(kit.sources)


def test_words_older_than_the_measure_say_so_on_both_sides(kit: Kit) -> None:
    """By the dates, as exactly as both are known, and never on a fact."""
    assert kit.measure is not None
    flagged = set()
    for card in cards(kit).cards:
        said = "; written before the " in card.quote.cite
        evidence = next(
            e for c in kit.contentions.values() for e in c.evidence if e.tag == card.tag
        )
        if evidence.passage is None:
            assert not said, card.label
            continue
        written, debated = kit.source_of[evidence.passage].date, kit.measure.date
        shorter = min(len(written), len(debated))
        known = "not known" not in (written, debated)
        older = known and written[:shorter] < debated[:shorter]
        assert said == older, card.label
        flagged |= {card.side} if said else set()
    if kit.head.kit == "huawei-ban":
        assert flagged == {"pro", "con"}


# ------------------------------------------------------------- the law of checks


def test_some_passage_has_a_check(kit: Kit) -> None:
    """Without one the tests below would say nothing."""
    assert [p for p in kit.passages.values() if p.checks]


def test_notes_stand_with_the_words_on_source_sheets(kit: Kit) -> None:
    for sheet in sources(kit).sheets:
        (source,) = [s for s in kit.sources if s.letter == sheet.letter]
        by_number = {check.number: check for check in sheet.checks}
        assert list(by_number) == list(range(1, len(by_number) + 1))
        for excerpt, passage in zip(sheet.excerpts, source.passages, strict=True):
            shown = tuple(by_number[number].record for number in excerpt.notes)
            assert shown == records(kit, passage)


def test_notes_stand_with_the_words_on_cards_and_in_briefs(kit: Kit) -> None:
    wanted = {
        e.tag: records(kit, kit.passages[e.passage]) if e.passage else ()
        for c in kit.contentions.values()
        for e in c.evidence
    }
    on_cards = {card.tag: card.quote.notes for card in cards(kit).cards}
    in_briefs = {
        e.tag: e.quote.notes
        for side in model.SIDES
        for c in brief(kit, side).contentions
        for e in c.evidence
    }
    assert on_cards == wanted
    assert in_briefs == wanted


def test_notes_stand_with_the_words_in_every_quiz_that_can_be_drawn(kit: Kit) -> None:
    seen = set()
    for seed in range(20):
        for form in printed_forms(kit, 1, seed).forms:
            for block in quiz(kit, form).blocks:
                for passage in block.passages:
                    seen.add(passage.id)
                    known = kit.passages[passage.id]
                    assert passage.notes == records(kit, known)
    assert any(kit.passages[passage].checks for passage in seen)


def test_an_option_quotes_flawed_words_only_where_the_note_stands(kit: Kit) -> None:
    """An option that quotes shows a passage too, to everybody who reads the item."""
    (form,) = make_forms(kit, kit.items.values(), 1, seed=1).forms
    bare = []
    for block in quiz(kit, form).blocks:
        notes = {note for passage in block.passages for note in passage.notes}
        for item in block.items:
            shown = [*item.options, *(item.second.options if item.second else ())]
            notes |= {note for option in shown for note in option.notes}
            parts = kit.items[item.id].parts
            options = [option for part in parts for option in part.options.values()]
            quoted = [kit.passages[o.passage] for o in options if o.passage]
            bare += [
                f"{item.id} quotes {passage.id}"
                for passage in quoted
                if not notes.issuperset(records(kit, passage))
            ]
    assert bare == []


class _Text(HTMLParser):
    """The text of a page as it is read: blocks apart, inline pieces joined."""

    INLINE = frozenset({"b", "i", "span", "strong"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.parts.append("" if tag in self.INLINE else "\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    return " ".join("".join(reader.parts).split())


def test_no_student_reads_flawed_words_without_the_note(kit: Kit) -> None:
    """On the finished pages of all handouts, options that quote included."""
    flawed = {p.id: p for p in kit.passages.values() if p.checks}
    met = set()
    for seed in range(5):
        for handout in handouts(kit, (), printed_forms(kit, 2, seed)):
            if handout.audience == "teacher":
                continue
            page = text_of(to_html(handout.template, handout.document))
            for passage in flawed.values():
                times = page.count(" ".join(nested(passage.text).split()))
                if not times:
                    continue
                met.add((handout.template, passage.id))
                for record in records(kit, passage):
                    notes = page.count(" ".join(record.split()))
                    wanted = 1 if handout.template == "sources" else times
                    assert notes >= wanted, (handout.name, passage.id)
    assert {template for template, _ in met} == {"brief", "cards", "sources", "quiz"}
    assert {passage for _, passage in met} == set(flawed)


# ------------------------------------------------------------------- the glossary


def test_a_source_explains_the_terms_that_its_texts_use(kit: Kit) -> None:
    """Those that occur in its passages, and once more those beside its retelling."""
    beside = 0
    for sheet in sources(kit).sheets:
        text = " ".join(e.text for e in sheet.excerpts).casefold()
        shown = [gloss.term for gloss in sheet.glosses]
        assert shown == sorted(set(shown), key=str.casefold)
        own = {gloss for paragraph in sheet.reading for gloss in paragraph.glosses}
        assert own <= set(sheet.glosses)
        beside += len(own)
        for term in kit.terms.values():
            forms = [form.casefold() for form in (term.term, *term.also)]
            used = any(re.search(rf"\b{re.escape(f)}\b", text) for f in forms)
            used |= term.term in {gloss.term for gloss in own}
            assert used == (term.term in shown), (sheet.letter, term.term)
    assert beside, "no retelling has a term beside it"


def test_terms_are_found_as_words_in_any_case(starter: Path) -> None:
    kit = sound_kit(starter)
    assert [g.term for g in glosses_in(kit, "The Amendments of 1971")] == ["amendment"]
    assert glosses_in(kit, "an amendmentlike thing") == ()
    assert glosses_in(kit) == ()
