"""Glossary, time line, map, organizers and exit tickets: complete, and drawn apart."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pdfs import page_texts, squeezed

from debatekit.assets import bundled_kit, starter_kit, templates
from debatekit.documents import clash, organizer
from debatekit.documents.clash import ClashMap, Drawing, clash_map
from debatekit.documents.exit import DEFAULT_QUESTIONS, exit_tickets
from debatekit.documents.glossary import glossary
from debatekit.documents.organizer import organizers
from debatekit.documents.timeline import Timeline, timeline
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.render.html import Paper, Theme, to_html
from debatekit.render.pdf import Printer

PAPERS: tuple[Paper, ...] = ("letter", "a4")
THEMES: tuple[Theme, ...] = ("standard", "easy", "large")


@pytest.fixture(scope="module", params=["bundled", "full"])
def kit(request: pytest.FixtureRequest, full_kit: Path) -> Kit:
    return sound_kit(bundled_kit() if request.param == "bundled" else full_kit)


@pytest.fixture(scope="module")
def bundled() -> Kit:
    return sound_kit(bundled_kit())


# -------------------------------------------------------------------- glossary


def test_the_glossary_has_every_term_once_in_order(kit: Kit) -> None:
    terms = [gloss.term for gloss in glossary(kit).terms]
    assert sorted(terms) == sorted(term.term for term in kit.terms.values())
    assert terms == sorted(terms, key=str.casefold)


# -------------------------------------------------------------------- time line


def test_the_time_line_has_every_event_once_in_the_order_written(kit: Kit) -> None:
    events = timeline(kit).events
    assert [e.text for e in events] == [e.event for e in kit.extras.events.values()]
    assert [e.number for e in events] == list(range(1, len(events) + 1))
    assert all(e.reference for e in events)


def test_an_event_says_which_measure_it_is_about_and_how_sure_we_are(
    bundled: Kit,
) -> None:
    pairs = zip(timeline(bundled).events, bundled.extras.events.values(), strict=True)
    for event, written in pairs:
        wanted = "" if written.confidence == "high" else written.confidence
        assert event.confidence == wanted
        assert bool(event.measure) == (written.measure is not None)
        assert event.debated == (written.measure == "supply-ban")
    found = {event.measure for event in timeline(bundled).events}
    assert "measure 2: The Entity List step" in found


def test_places_never_go_back_in_time(kit: Kit) -> None:
    events = timeline(kit).events
    for before, after in itertools.pairwise(events):
        assert before.at <= after.at
        assert after.gap >= 0


def test_the_empty_rule_is_as_long_as_the_time_it_stands_for(kit: Kit) -> None:
    events = timeline(kit).events
    scales = [
        after.gap / (after.at - before.at)
        for before, after in itertools.pairwise(events)
        if after.at - before.at > 0.5
    ]
    assert scales
    assert max(scales) - min(scales) < 0.02


def test_years_stand_on_the_rule_in_order_and_apart(kit: Kit) -> None:
    document = timeline(kit)
    years = [tick.year for event in document.events for tick in event.ticks]
    assert years == sorted(set(years))
    for event in document.events:
        assert all(-0.01 <= t.at <= event.gap + 0.01 for t in event.ticks)
        for one, other in itertools.pairwise(event.ticks):
            assert other.at - one.at >= 1.39


def test_dots_of_the_overview_do_not_touch_and_stand_by_their_day(kit: Kit) -> None:
    document = timeline(kit)
    view = document.overview
    assert len(view.dots) == len(document.events)
    for one, other in itertools.combinations(view.dots, 2):
        apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        assert apart >= 2 * view.radius
    for one, other in itertools.pairwise(view.dots):
        assert one.x <= other.x
    for dot, event in zip(view.dots, document.events, strict=True):
        assert dot.y + view.radius < view.rule
        assert dot.y - view.radius > 0
        assert 0 < dot.x < view.width
        assert abs(dot.x - place_of(event.at, document)) <= view.radius * 1.3
        assert dot.measure == bool(event.measure)


def place_of(at: float, document: Timeline) -> float:
    """Where a moment stands in the overview, from its year marks."""
    one, other = document.overview.ticks[0], document.overview.ticks[-1]
    share = (at - one.year) / (other.year - one.year)
    return one.at + share * (other.at - one.at)


def test_labels_of_the_overview_are_years_of_it_and_apart(kit: Kit) -> None:
    view = timeline(kit).overview
    assert view.labels
    assert {label.at for label in view.labels} <= {tick.at for tick in view.ticks}
    for one, other in itertools.pairwise(view.labels):
        assert other.at - one.at > 120


# ------------------------------------------------------------------------- map


def test_the_map_has_every_contention_and_every_rebuttal_once(kit: Kit) -> None:
    document = clash_map(kit)
    boxes = [*document.pro, *document.con]
    assert [b.claim for b in boxes] == [c.claim for c in kit.contentions.values()]
    replies = [reply for a in document.answered for reply in a.replies]
    written = [r.text for file in kit.sides.values() for r in file.rebuttals]
    assert sorted(reply.text for reply in replies) == sorted(written)
    assert [reply.number for reply in replies] == list(range(1, len(written) + 1))
    numbers = [number for box in boxes for number in box.answered_by]
    assert numbers == [reply.number for reply in replies]


def test_a_reply_comes_from_the_other_side_and_stands_where_it_answers(
    kit: Kit,
) -> None:
    texts = {r.text: r.answers for f in kit.sides.values() for r in f.rebuttals}
    for answered in clash_map(kit).answered:
        for reply in answered.replies:
            assert reply.side != answered.box.side
            assert kit.contentions[texts[reply.text]].claim == answered.box.claim


def drawing(document: ClashMap) -> Drawing:
    assert document.drawing is not None
    return document.drawing


def test_boxes_do_not_overlap_and_the_drawing_is_as_high_as_they_are(
    bundled: Kit,
) -> None:
    document = clash_map(bundled)
    for column in (document.pro, document.con):
        for above, below in itertools.pairwise(column):
            assert above.top + above.height < below.top
        last = column[-1]
        assert last.top + last.height <= drawing(document).height + 0.01


def test_the_boxes_are_as_high_in_the_style_sheet_as_in_the_drawing(
    bundled: Kit,
) -> None:
    style = (templates() / "handout.css").read_text(encoding="utf-8")
    height = f"calc(var(--lines) * {clash.LINE}em + {clash.PADDING}em)"
    assert f".drawn li {{ height: {height}; }}" in style
    assert re.search(rf"\.clash li {{[^}}]*margin: 0 0 {clash.BETWEEN}em;", style)
    assert f"width: calc(50% - {clash.GUTTER / 2 + 0.05}em)" in style
    for lines in range(1, clash.MOST_LINES + 1):
        assert f".lines-{lines} {{ --lines: {lines}; }}" in style
    document = clash_map(bundled)
    lines = drawing(document).lines_a_box
    assert document.pro[0].height == pytest.approx(
        lines * clash.LINE + clash.PADDING, abs=0.01
    )


def test_every_reply_has_a_mark_at_its_box_and_marks_do_not_touch(
    bundled: Kit,
) -> None:
    document = clash_map(bundled)
    drawn = drawing(document)
    boxes = {n: b for b in (*document.pro, *document.con) for n in b.answered_by}
    assert [mark.number for mark in drawn.marks] == sorted(boxes)
    for mark in drawn.marks:
        box = boxes[mark.number]
        assert box.top < mark.y - drawn.radius
        assert mark.y + drawn.radius < box.top + box.height
        assert mark.edge == (0 if box.side == "pro" else drawn.width)
        assert mark.x - drawn.radius > 0
        assert mark.x + drawn.radius < drawn.width
    for one, other in itertools.combinations(drawn.marks, 2):
        apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        assert apart >= 2 * drawn.radius


def test_a_line_leads_from_an_argument_that_has_the_evidence_to_the_reply(
    bundled: Kit,
) -> None:
    document = clash_map(bundled)
    drawn = drawing(document)
    marks = {mark.number: mark for mark in drawn.marks}
    boxes = {f"{b.side_name} {b.number}": b for b in (*document.pro, *document.con)}
    replies = [reply for a in document.answered for reply in a.replies]
    wanted = [(reply.number, used) for reply in replies for used in reply.uses]
    assert len(wanted) == len(drawn.lines) > 0
    for line in drawn.lines:
        (x, y), *_, end = line.points
        mark = marks[line.number]
        assert end == (mark.x, mark.y)
        assert x == (0 if line.side == "pro" else drawn.width)
        starts = [
            used
            for number, used in wanted
            if number == line.number
            and boxes[used].top < y < boxes[used].top + boxes[used].height
        ]
        assert len(starts) == 1
        assert boxes[starts[0]].side == line.side == mark.side


def test_a_map_with_too_much_on_it_is_a_list(bundled: Kit) -> None:
    sides = {
        side: _with_claims(file, "A claim that goes on and on. " * 12)
        for side, file in bundled.sides.items()
    }
    document = clash_map(replace(bundled, sides=sides))
    assert document.drawing is None
    assert 'class="between"' not in to_html("map", document)


def _with_claims(file, claim):  # type: ignore[no-untyped-def]
    from msgspec.structs import replace as changed

    longer = tuple(changed(c, claim=claim) for c in file.contentions)
    return changed(file, contentions=longer)


# ------------------------------------------------------------------ organizers


def test_stands_are_taken_on_statements_as_many_of_each_side(bundled: Kit) -> None:
    document = organizers(bundled)
    assert document.statements[0] == f"{bundled.head.motion.sentence}."
    claims = {c.id: c.claim for c in bundled.contentions.values()}
    sides = [
        bundled.side_of[ident]
        for text in document.statements[1:]
        for ident, claim in claims.items()
        if claim == text
    ]
    assert sides == ["pro", "con", "pro", "con"]
    asked = bundled.head.contested[: organizer.OPEN_QUESTIONS]
    assert document.open_questions == asked


def test_what_is_contested_as_a_statement_is_one_to_stand_on(full_kit: Path) -> None:
    document = organizers(sound_kit(full_kit))
    assert document.statements[1] == "It is time."
    assert document.open_questions == ("Who should decide?",)
    assert not any(text.endswith("?.") for text in document.statements)


def test_impacts_are_weighed_in_the_kit_s_own_words(kit: Kit) -> None:
    clashes = organizers(kit).clashes
    assert clashes
    weighed = {c.claim: c.weighing for c in kit.contentions.values() if c.weighing}
    for one in clashes:
        for side in ("pro", "con"):
            weighing = weighed[getattr(one, side).claim]
            shown = tuple(getattr(row, side) for row in one.criteria)
            assert shown == tuple(
                getattr(weighing, name) for name, _ in organizer.CRITERIA
            )


def test_starters_are_those_of_the_kit(bundled: Kit) -> None:
    starters = organizers(bundled).starters
    moves = {move.move: move.starters.some for move in bundled.extras.moves}
    for rows in (
        starters.controversy,
        starters.corners,
        starters.fishbowl,
        starters.weighing,
    ):
        assert rows
        assert all(moves[row.move] == row.sentences for row in rows)


# ---------------------------------------------------------------- exit tickets


def test_a_lesson_s_questions_are_on_its_sheet(kit: Kit) -> None:
    asking = [lesson for lesson in kit.extras.lessons.values() if lesson.exit]
    sheets = exit_tickets(kit).sheets
    assert [(s.lesson, s.questions) for s in sheets] == [
        (lesson.title, lesson.exit[:3]) for lesson in asking
    ]


def test_a_kit_without_lessons_has_tickets_that_fit_any() -> None:
    (sheet,) = exit_tickets(sound_kit(starter_kit())).sheets
    assert sheet.questions == DEFAULT_QUESTIONS
    assert sheet.lesson == ""


# -------------------------------------------------------------------- on paper


@pytest.fixture(scope="module", params=[f"{t} {p}" for t in THEMES for p in PAPERS])
def printer(request: pytest.FixtureRequest) -> tuple[Printer, str]:
    theme, paper = request.param.split()
    return Printer(paper, (bundled_kit(),), theme), theme


def test_all_of_it_is_on_the_pages(printer: tuple[Printer, str], bundled: Kit) -> None:
    press, theme = printer
    map_, line = clash_map(bundled), timeline(bundled)
    words = {
        "glossary": [g.meaning for g in glossary(bundled).terms],
        "timeline": [e.text for e in line.events],
        "map": [r.text for a in map_.answered for r in a.replies],
        "organizer": [*organizers(bundled).statements],
        "exit": [q for s in exit_tickets(bundled).sheets for q in s.questions],
    }
    documents = {
        "glossary": glossary(bundled),
        "timeline": line,
        "map": map_,
        "organizer": organizers(bundled),
        "exit": exit_tickets(bundled),
    }
    for name, document in documents.items():
        pdf = press.print(to_html(name, document), name)
        texts = [squeezed(text) for text in page_texts(pdf.data)]
        for part in words[name]:
            assert squeezed(part) in "".join(texts), (name, part)
        if name == "map" and theme != "large":
            # All of the clash on one page on its side, before anything else.
            claims = [box.claim for box in (*map_.pro, *map_.con)]
            assert all(squeezed(claim) in texts[0] for claim in claims)
            first = pypdfium2.PdfDocument(pdf.data)[0]
            assert first.get_width() > first.get_height()
        if name == "exit":
            assert pdf.pages == len(exit_tickets(bundled).sheets)
        if name == "organizer" and theme == "standard":
            assert pdf.pages == 6
