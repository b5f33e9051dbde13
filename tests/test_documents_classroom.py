"""Flow sheets and ballots of every format; lesson plans; the balance sheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from kits import read_yaml, write_yaml
from pdfs import page_texts, squeezed

from debatekit.assets import bundled_kit
from debatekit.cli.main import run
from debatekit.documents.balance_sheet import balance_sheet
from debatekit.documents.ballot import RUBRIC, ballot
from debatekit.documents.flow import Sheet, flow
from debatekit.documents.handouts import AUDIENCES
from debatekit.documents.lesson import Lessons, lessons
from debatekit.documents.rounds import minutes
from debatekit.kit.formats import DEFAULT, bundled
from debatekit.kit.kit import Kit
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
    first, second, rubric = page_texts(data)
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


def test_what_is_needed_is_either_printed_or_got_ready(kit: Kit) -> None:
    document = lessons(kit, AUDIENCES)
    for plan, lesson in zip(document.plans, kit.extras.lessons.values(), strict=True):
        assert len(plan.prints) + len(plan.needs) == len(lesson.needs)
        assert "key" in [row.handout for row in plan.prints]
        assert "exit tickets" not in plan.needs


def test_a_plan_without_page_counts_names_the_files(plans: Lessons) -> None:
    page = to_html("lesson", plans)
    assert "student/brief-pro.pdf" in page
    assert ">Sheets<" not in page
    assert "28, on" not in page


def test_page_counts_become_sheets_printed_on_both_sides(plans: Lessons) -> None:
    known = dict.fromkeys(AUDIENCES, 2) | {"sources": 29, "cards": 11}
    del known["quiz"]
    counted = plans.with_pages(known | {"quiz-a": 4, "quiz-b": 5})
    assert all(plan.counted for plan in counted.plans)
    rows = {row.handout: row for plan in counted.plans for row in plan.prints}
    assert (rows["sources"].sheets, rows["cards"].sheets) == (15, 11)
    assert rows["sources"].for_students == "28, on 420 sheets"
    assert rows["sources"].for_tables == "7, on 105 sheets"
    assert rows["quiz"].pages == 5
    assert rows["key"].for_students == "1, for you"
    assert rows["exit"].for_students == "7 of this lesson's page"
    assert "brief-pro.pdf" not in to_html("lesson", counted)


def test_one_unknown_count_and_the_plan_does_without_any(plans: Lessons) -> None:
    known = dict.fromkeys(AUDIENCES, 2)
    del known["sources"]
    assert not any(plan.counted for plan in plans.with_pages(known).plans)


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
    folder = tmp_path / "kit"
    folder.mkdir()
    for path in full_kit.rglob("*"):
        if path.is_file():
            copy = folder / path.relative_to(full_kit)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
    (lesson,) = (folder / "lessons").glob("*.yaml")
    write_yaml(lesson, read_yaml(lesson) | {"needs": ["glossary", "key"]})
    assert build(folder, tmp_path / "out", "lesson", "glossary", "key") == 0
    (pdf,) = (tmp_path / "out").rglob("lesson.pdf")
    pages = squeezed(" ".join(page_texts(pdf.read_bytes())))
    assert "glossary1128,on28sheets7,on7sheets" in pages
    manifest = read_manifest(tmp_path / "out" / MANIFEST)
    assert manifest is not None
    assert build(folder, tmp_path / "alone", "lesson") == 0
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
