"""Flow sheets and ballots of every format; lesson plans; the balance sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from kits import write_yaml
from pdfs import page_texts, squeezed

from debatekit.assets import bundled_kit
from debatekit.cli.main import run
from debatekit.documents.balance_sheet import balance_sheet
from debatekit.documents.ballot import RUBRIC, ballot
from debatekit.documents.copying import Span, divided, said_of
from debatekit.documents.exit import exit_tickets
from debatekit.documents.flow import Sheet, flow
from debatekit.documents.handouts import AUDIENCES, HANDOUTS
from debatekit.documents.lesson import Lessons, Plan, lessons
from debatekit.documents.organizer import organizers
from debatekit.documents.roles import roles
from debatekit.documents.rounds import minutes
from debatekit.kit import model
from debatekit.kit.formats import DEFAULT, bundled
from debatekit.kit.kit import Kit
from debatekit.kit.nodes import Node
from debatekit.kit.problems import Location, UserError
from debatekit.kit.quotes import read_lock
from debatekit.kit.quotes.usage import usage
from debatekit.kit.review import sound_kit
from debatekit.render.html import Paper, Theme, to_html
from debatekit.render.manifest import MANIFEST, read_manifest
from debatekit.render.pdf import Printer


@pytest.fixture(scope="module")
def kit() -> Kit:
    return sound_kit(bundled_kit())


def columns(sheet: Sheet) -> list[str]:
    return [column.name for column in sheet.columns]


# ------------------------------------------------------------------------------ flow


def test_policy_has_seven_columns_and_the_negative_s_case_begins_later(
    kit: Kit,
) -> None:
    aff, neg = flow(kit, bundled()["policy-hs"]).sheets
    assert columns(aff) == ["1AC", "1NC", "2AC", "2NC/1NR", "1AR", "2NR", "2AR"]
    assert columns(neg) == columns(aff)[1:]
    assert (aff.side, aff.case) == ("pro", "PRO (Aff)")
    assert (neg.side, neg.case) == ("con", "CON (Neg)")
    block = aff.columns[3]
    assert (block.side, block.speaker, block.length) == ("con", "N2, N1", "8:00 + 5:00")


def test_a_format_without_columns_has_one_for_each_speech_but_the_questions(
    kit: Kit,
) -> None:
    first, second = flow(kit, bundled()["public-forum"]).sheets
    assert len(columns(first)) == 8
    assert "Crossfire" not in columns(first)
    assert columns(second) == columns(first)[1:]


def test_a_team_that_tosses_for_its_side_is_not_given_one(kit: Kit) -> None:
    document = flow(kit, bundled()["public-forum"])
    assert [sheet.side for sheet in document.sheets] == [None, None]
    assert "Team A, arguing" in to_html("flow", document)
    assert [team.side for team in ballot(kit, bundled()["public-forum"]).teams] == [
        None,
        None,
    ]


def test_abbreviated_columns_know_their_speeches(kit: Kit) -> None:
    government, _ = flow(kit, bundled()["british-parliamentary"]).sheets
    assert columns(government)[:2] == ["PM", "LO"]
    assert [c.speaker for c in government.columns[:2]] == ["OG1", "OO1"]


@pytest.mark.parametrize("name", bundled())
def test_every_format_has_sheets_a_ballot_and_times_with_their_date(
    kit: Kit, name: str
) -> None:
    form = bundled()[name]
    document = flow(kit, form)
    assert len(document.sheets) == 2
    assert all(len(sheet.columns) >= 2 for sheet in document.sheets)
    assert all(c.length for sheet in document.sheets for c in sheet.columns)
    judged = ballot(kit, form)
    assert all(team.speakers for team in judged.teams)
    page = squeezed(to_html("ballot", judged))
    for speech in form.speeches:
        assert squeezed(f"<b>{minutes(speech.seconds)}</b>") in page
    for text in (*form.sources, "November 2026", "Leagues differ"):
        assert squeezed(text) in page
        assert squeezed(text) in squeezed(to_html("flow", document))


@pytest.mark.parametrize(
    ("paper", "theme"),
    [("letter", "standard"), ("a4", "standard"), ("a4", "easy"), ("a4", "large")],
)
def test_a_flow_sheet_is_one_wide_page_in_every_format(
    kit: Kit, paper: Paper, theme: Theme
) -> None:
    printer = Printer(paper, (), theme)
    names = bundled() if theme == "standard" else [DEFAULT, "british-parliamentary"]
    for name in names:
        html = to_html("flow", flow(kit, bundled()[name]))
        assert printer.print(html, name).pages == 2, name


# ---------------------------------------------------------------------------- ballot


def test_a_ballot_comes_with_the_motion_and_without_it(kit: Kit) -> None:
    document = ballot(kit, bundled()[DEFAULT])
    data = Printer("letter", ()).print(to_html("ballot", document), "ballot").data
    halves, first, second, rubric = page_texts(data)
    assert squeezed(halves).count("Ballotofajudge") == 2
    assert squeezed(halves).count("Onenextstep") == 2
    for page in (halves, first, second):
        assert "For the teacher only" not in page
        assert "checked November 2026" not in page
    assert "Timeschecked" in squeezed(rubric)
    assert squeezed(kit.head.motion.sentence) in squeezed(first)
    assert squeezed(kit.head.motion.sentence) not in squeezed(second)
    for part in ("Winner:", "Reasonfordecision", "30–29", "Speechtimes."):
        assert part in squeezed(first)
        assert part in squeezed(second)
    assert "Classroomrubric" in squeezed(rubric)


def test_four_teams_are_put_in_order_and_two_have_a_winner(kit: Kit) -> None:
    four = ballot(kit, bundled()["british-parliamentary"])
    assert four.places == ("1st", "2nd", "3rd", "4th")
    assert four.teams[0].speakers == ("OG1", "OG2", "CG1", "CG2")
    assert "Winner:" not in to_html("ballot", four)
    assert ballot(kit, bundled()["world-schools"]).places == ()


def test_who_speaks_twice_stands_on_the_ballot_once(kit: Kit) -> None:
    pro, con = ballot(kit, bundled()["world-schools"]).teams
    assert (pro.speakers, con.speakers) == (("P1", "P2", "P3"), ("O1", "O2", "O3"))


def test_the_rubric_is_five_criteria_by_four_levels() -> None:
    assert [len(criterion.levels) for criterion in RUBRIC] == [4] * 5


# ---------------------------------------------------------------------------- lessons


@pytest.fixture(scope="module")
def plans(kit: Kit) -> Lessons:
    return lessons(kit, AUDIENCES)


def test_the_clock_of_a_lesson_runs_to_its_end_without_a_gap(plans: Lessons) -> None:
    assert len(plans.plans) == 3
    for plan in plans.plans:
        spans = [step.clock.split("–") for step in plan.steps]
        assert spans[0][0] == "0:00"
        assert [s[0] for s in spans[1:]] == [s[1] for s in spans[:-1]]
        hours, left = spans[-1][1].split(":")
        assert 60 * int(hours) + int(left) == plan.minutes
    assert plans.plans[0].steps[0].clock == "0:00–0:05"


def test_what_is_needed_is_in_hand_at_some_step_or_named_beside(kit: Kit) -> None:
    for plan, lesson in zip(
        lessons(kit, AUDIENCES).plans, kit.extras.lessons.values(), strict=True
    ):
        assert plan.copies
        assert plan.needs == lesson.needs
        assert all(step.hand for step in plan.steps)
        assert len(plan.exit) == len([q for q in plan.exit if q.answer]) == 3
        assert plan.grade


def test_a_plan_may_name_every_handout_there_is_and_no_other() -> None:
    assert set(get_args(model.Printed)) == set(HANDOUTS)


def test_the_page_has_a_column_of_what_is_in_hand(kit: Kit, full_kit: Path) -> None:
    page = to_html("lesson", lessons(kit, AUDIENCES))
    assert page.count('<th scope="col">In hand</th>') == 3
    assert "This is not a first lesson." in page
    assert "no teacher or scholar outside the project has reviewed it" in page
    bare = replace(lessons(kit, AUDIENCES), plans=(without_hands(kit),))
    assert "In hand" not in to_html("lesson", bare)


def without_hands(kit: Kit) -> Plan:
    plan = lessons(kit, AUDIENCES).plans[0]
    return replace(plan, steps=tuple(replace(s, hand="") for s in plan.steps))


def test_a_plan_without_page_counts_names_the_files(plans: Lessons) -> None:
    page = to_html("lesson", plans)
    assert "student/brief-pro.pdf, opening to contention 2" in page
    assert ">Sheets each<" not in page


TABLES = {"of": 4, "least": 4, "most": 5}
ROUNDS = {"of": 6, "least": 5, "most": 8}


@pytest.mark.parametrize(
    ("students", "numbers", "sizes", "said"),
    [
        (28, TABLES, (4,) * 7, "7 tables of 4"),
        (23, TABLES, (5, 5, 5, 4, 4), "5 tables: 3 of 5, 2 of 4"),
        (30, TABLES, (5, 5, 4, 4, 4, 4, 4), "7 tables: 2 of 5, 5 of 4"),
        (7, TABLES, (4, 3), "2 tables: 1 of 4, 1 of 3"),
        (4, TABLES, (4,), "1 table of 4"),
        (28, ROUNDS, (6, 6, 6, 5, 5), "5 tables: 3 of 6, 2 of 5"),
        (21, ROUNDS, (6, 5, 5, 5), "4 tables: 1 of 6, 3 of 5"),
        (7, ROUNDS, (7,), "1 table of 7"),
    ],
)
def test_a_class_is_divided_so_that_nobody_is_left_over(
    plans: Lessons,
    students: int,
    numbers: dict[str, int],
    sizes: tuple[int, ...],
    said: str,
) -> None:
    origin = Node("", Location("trial"))
    groups = model.Groups(origin=origin, **numbers)
    assert divided(students, groups) == sizes
    assert sum(sizes) == students
    assert said_of(sizes, "table") == said


def layout_of(plans: Lessons) -> tuple[dict[str, int], dict[str, dict[str, list[int]]]]:
    """Pages and parts as a build might find them: five pages a part, four a ticket."""
    pages = dict.fromkeys(AUDIENCES, 20)
    parts: dict[str, dict[str, list[int]]] = {name: {} for name in pages}
    for row in (row for plan in plans.plans for row in plan.copies):
        for name in (row.handout, row.instead or row.handout):
            for number, part in enumerate(row.parts):
                first = 5 * number + 1
                parts[name][part] = list(range(first, first + 5))
    for part in list(parts["exit"]):
        del parts["exit"][part]
        parts["exit"] |= {f"{part}#{n}": [3] for n in range(1, 5)}
    return pages, parts


@pytest.mark.parametrize("students", [28, 23, 7])
def test_the_copies_are_enough_for_everybody_and_add_up(
    kit: Kit, students: int
) -> None:
    plans = lessons(kit, AUDIENCES, students)
    counted = plans.with_pages(*layout_of(plans))
    for plan, lesson in zip(counted.plans, kit.extras.lessons.values(), strict=True):
        assert plan.counted
        assert lesson.groups is not None
        sizes = divided(students, lesson.groups)
        rows = {(row.name, row.handout): row for row in plan.copies}
        tickets = rows["exit ticket", "exit"]
        assert (tickets.wanted, tickets.up) == (students, 4)
        assert tickets.total == -(-students // 4)
        assert rows["role card", "roles"].copies == len(sizes)
        fives = sum(size >= 5 for size in sizes)
        extra = [row for row in plan.copies if "table of 5" in row.whom]
        if lesson.groups.called == "table":
            assert [row.copies for row in extra] == [fives] * (3 if fives else 0)
        assert plan.sheets == sum(r.copies * r.sheets for r in plan.copies) > 0
        page = squeezed(to_html("lesson", replace(counted, plans=(plan,))))
        assert f'<tdclass="number"data-label="Sheetsinall">{plan.sheets}</td>' in page
        assert f"for{students}students" in page


def test_a_row_tells_pages_sides_and_sheets(plans: Lessons) -> None:
    counted = plans.with_pages(*layout_of(plans))
    rows = {row.name: row for row in counted.plans[0].copies}
    briefs, source = rows["brief to contention 2"], rows["Source B"]
    assert briefs.span == Span(1, 10, 20)
    assert (briefs.copies, briefs.sheets, briefs.total) == (14, 5, 70)
    assert (briefs.whom, briefs.one_sided) == ("2 a table: con pair", False)
    assert (source.span, source.instead) == (Span(1, 5, 20), "sources-plain")
    assert [s.said for s in (Span(1, 5, 20), Span(3, 3, 20), Span(1, 20, 20))] == [
        "1–5",
        "3",
        "all 20",
    ]
    assert rows["note sheet"].one_sided


def test_the_longest_form_of_a_quiz_counts_and_old_plans_name_no_number(
    kit: Kit,
) -> None:
    lesson = next(iter(kit.extras.lessons.values()))
    old = msgspec.structs.replace(
        lesson, copies=(), needs=("quiz", "exit tickets", "scissors")
    )
    extras = replace(kit.extras, lessons={"old": old})
    plans = lessons(replace(kit, extras=extras), AUDIENCES)
    (plan,) = plans.with_pages({"quiz-a": 4, "quiz-b": 5, "exit": 2}).plans
    assert plan.needs == ("scissors",)
    assert [row.span for row in plan.copies] == [Span(1, 5, 5), Span(1, 2, 2)]
    assert [row.sheets for row in plan.copies] == [3, 2]
    assert plan.sheets == 0
    assert "see the notes" in to_html("lesson", plans)


def test_one_unknown_count_and_the_plan_does_without_any(plans: Lessons) -> None:
    pages, parts = layout_of(plans)
    del pages["sources"]
    assert not any(plan.counted for plan in plans.with_pages(pages, parts).plans)


def test_a_part_that_a_handout_does_not_have_is_corrected(plans: Lessons) -> None:
    pages, parts = layout_of(plans)
    parts["brief-con"]["contention 3x"] = parts["brief-con"].pop("contention 3")
    with pytest.raises(UserError, match='"contention 3" of brief-con') as raised:
        plans.with_pages(pages, parts)
    assert raised.value.hint == 'did you mean "contention 3x"?'


def test_a_handout_without_parts_says_so(plans: Lessons) -> None:
    with pytest.raises(UserError) as raised:
        plans.with_pages(dict.fromkeys(AUDIENCES, 2), {})
    assert raised.value.hint == "its parts are: none"


# ------------------------------------------------------------------------ role cards


def test_every_lesson_has_its_role_cards_and_an_extract_is_printed_once(
    kit: Kit,
) -> None:
    document = roles(kit)
    plans = kit.extras.lessons
    assert [sheet.lesson for sheet in document.sheets] == list(plans)
    for sheet in document.sheets:
        assert [c.role for c in sheet.cards] == [
            r.role for r in plans[sheet.lesson].roles
        ]
    (extract,) = document.extracts
    assert [voice.side for voice in extract.voices].count("pro") == 3
    assert [voice.side for voice in extract.voices].count("con") == 3
    assert all(voice.notes for voice in extract.voices)
    assert "written before" in extract.sources[0].line


def test_model_answers_and_marks_are_on_no_page_for_students(kit: Kit) -> None:
    told = [
        squeezed(text)
        for lesson in kit.extras.lessons.values()
        for text in (*lesson.answers, *lesson.grade)
    ]
    pages = {
        "exit": exit_tickets(kit),
        "roles": roles(kit),
        "organizer": organizers(kit),
        "ballot": ballot(kit, bundled()[DEFAULT]),
    }
    for name, document in pages.items():
        page = squeezed(unescape(to_html(name, document)))
        assert not [text for text in told if text in page], name
    page = squeezed(
        re.sub("<[^>]+>", "", unescape(to_html("lesson", lessons(kit, AUDIENCES))))
    )
    assert all(text in page for text in told)


# ---------------------------------------------------------------------------- balance


def test_the_coding_table_adds_up(kit: Kit) -> None:
    coding = balance_sheet(kit, ()).coding
    assert coding is not None
    assert kit.extras.coding is not None
    assert sum(coding.totals) == len(kit.extras.coding.comments)
    columns = zip(*(row.counts for row in coding.rows), strict=True)
    assert tuple(sum(column) for column in columns) == coding.totals


def test_the_balance_sheet_tells_all_that_the_kit_says_of_itself(kit: Kit) -> None:
    lock, _ = read_lock(kit.folder)
    document = balance_sheet(kit, usage(kit, lock))
    assert len(document.quotations) == len(kit.sources)
    checks = [check for source in document.checked for check in source.checks]
    assert len(checks) == len(kit.checks)
    assert {check.record for check in checks} == {
        check.record for check in kit.checks.values()
    }
    assert [p.text for p in document.statement] == [s.text for s in kit.extras.fairness]


def test_a_kit_without_all_that_has_a_balance_sheet_of_counts(starter: Path) -> None:
    document = balance_sheet(sound_kit(starter), ())
    bare = replace(document, checked=(), statement=())
    html = to_html("balance", bare)
    assert "Both sides, counted" in html
    assert "<h2" not in html


# ------------------------------------------------------------------------------ build


def build(kit: Path, out: Path, *more: str) -> int:
    return run(["build", *more, "--kit", str(kit), "--out", str(out)])


def test_the_build_fills_in_the_pages_of_what_it_printed(
    full_kit: Path, tmp_path: Path
) -> None:
    made = ("lesson", "roles", "exit")
    assert build(full_kit, tmp_path / "out", *made, "--class-size", "10") == 0
    (pdf,) = (tmp_path / "out").rglob("lesson.pdf")
    pages = squeezed(" ".join(page_texts(pdf.read_bytes())))
    assert "for10students:3teams:1of4,2of3" in pages.casefold()
    assert "cardroles,page2oneside313eachteam" in pages
    assert "ticketexit,1pageoneside313eachstudent(4apage:cut)" in pages
    assert "Sheetsofpaper6" in pages
    manifest = read_manifest(tmp_path / "out" / MANIFEST)
    assert manifest is not None
    assert manifest["made_from"]["class_size"] == 10
    assert build(full_kit, tmp_path / "alone", "lesson", "--class-size", "10") == 0
    alone = read_manifest(tmp_path / "alone" / MANIFEST)
    assert alone is not None
    (told,) = [f for f in manifest["files"].values() if f["handout"] == "lesson"]
    (bare,) = alone["files"].values()
    assert told["html_sha256"] == bare["html_sha256"]
    assert told["sha256"] != bare["sha256"]


def test_the_format_is_chosen_by_its_id(starter: Path, tmp_path: Path) -> None:
    assert build(starter, tmp_path, "flow", "--format", "lincoln-douglas") == 0
    (pdf,) = tmp_path.rglob("flow.pdf")
    assert "2AR" in page_texts(pdf.read_bytes())[0]
    manifest = read_manifest(tmp_path / MANIFEST)
    assert manifest is not None
    assert manifest["made_from"]["format"] == "lincoln-douglas"


def test_a_kit_s_own_format_can_be_chosen(starter: Path, tmp_path: Path) -> None:
    speech = {"name": "Speech", "side": "pro", "speaker": "S", "minutes": "1"}
    other = speech | {"name": "Reply", "side": "con"}
    form = {"id": "ours", "name": "Our way", "teams": "1", "speeches": [speech, other]}
    write_yaml(starter / "formats.yaml", {"formats": [form]})
    assert build(starter, tmp_path, "flow", "--format", "ours") == 0
    (pdf,) = tmp_path.rglob("flow.pdf")
    assert "OUR WAY" in page_texts(pdf.read_bytes())[0].upper()


def test_an_unknown_format_is_corrected(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(starter, tmp_path, "--format", "public-form") == 1
    assert 'did you mean "public-forum"?' in capsys.readouterr().err
    assert list(tmp_path.rglob("*.pdf")) == []


def test_the_help_names_the_format_that_is_the_default(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["build", "--help"]) == 0
    assert f"[default:{DEFAULT}]" in squeezed(capsys.readouterr().out)
