"""`debatekit progress`: what it works out, says, draws, writes and deletes."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from commands import debatekit, environment

from debatekit.cli.main import run
from debatekit.documents.progress import progress_page
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz.export import as_csv
from debatekit.quiz.generate import generated
from debatekit.quiz.history import Answer
from debatekit.quiz.progress import Course, Progress, Share, progress
from debatekit.quiz.session import Event, SessionKind
from debatekit.render.html import to_html
from debatekit.terminal.page import Page
from debatekit.terminal.progress import show
from debatekit.terminal.store import Store

Said = pytest.CaptureFixture[str]
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def answer(
    item: str,
    day: int,
    points: int,
    *,
    kind: str = "fresh",
    session: int = 0,
    of: int = 1,
    **more: object,
) -> Answer:
    """An answer on a day of November; without a session, in that day's own."""
    when = f"2026-11-{day:02}T10:00:00Z"
    right = points == of
    return Answer(item, kind, when, session or day, right, points, of, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def kit(large_kit: Path) -> Kit:
    return sound_kit(large_kit)


def found(kit: Kit, *answers: Answer, debate: date | None = None) -> Progress:
    return progress(kit, answers, NOW, debate)


def told(what: Progress, columns: int = 80) -> str:
    out = io.StringIO()
    show(Page(out, columns), what)
    return out.getvalue()


def courses(what: Progress, heading: str) -> dict[str, Course]:
    (table,) = [t for t in what.tables if t.heading == heading]
    return {course.label: course for course in table.courses}


def much(kit: Kit) -> list[Answer]:
    """Three sittings of 20 items each; every third answer is wrong."""
    ids = list(kit.items)
    return [
        answer(item, day, int((place + day) % 3 > 0), letter="A")
        for day, start in ((10, 0), (12, 10), (15, 20))
        for place, item in enumerate(ids[start : start + 20])
    ]


# --------------------------------------------------------------------------- mastery


def test_mastery_is_of_the_last_three_first_tries(kit: Kit) -> None:
    one, two = "more-0", "more-1"
    answers = [
        answer(one, 1, 1),
        answer(one, 2, 0),
        answer(one, 2, 1, session=2),  # it came back in the same sitting
        answer(one, 3, 1),
        answer(one, 4, 1),
        answer(two, 4, 1, of=4),
    ]
    overall = found(kit, *answers).overall
    assert overall.now == Share((2 / 3 + 1 / 4) / 2, 4)
    assert overall.before == Share(2 / 3, 3)
    assert [p.day.day for p in overall.points] == [1, 2, 3, 4]
    assert [p.share.value for p in overall.points[:2]] == [1, 1 / 2]


def test_an_item_counts_for_its_skill_sides_and_sources(kit: Kit) -> None:
    item = next(i for i in kit.items.values() if len(i.reads) == 2)
    what = found(kit, answer(item.id, 3, 1))
    stances = {kit.passages[p].stance for p in item.reads}
    letters = {f"Source {kit.source_of[p].letter}" for p in item.reads}
    assert set(courses(what, "By skill")) == {item.skill}
    assert set(courses(what, "By side of the passage")) == stances
    assert set(courses(what, "By source")) == letters
    assert len(letters) == 2


def test_what_an_answer_could_earn_is_the_item_s_where_it_was_not_kept(
    kit: Kit,
) -> None:
    half = answer("more-0", 3, 1, of=0)
    assert found(kit, half).overall.now.value == 1 / kit.items["more-0"].points
    assert found(kit, answer("more-0", 3, 9, of=1)).overall.now.value == 1


def test_in_an_exam_the_last_answer_counts(kit: Kit) -> None:
    changed = [
        answer("more-0", 3, 0, kind="exam", session=1),
        answer("more-0", 3, 1, kind="exam", session=1),
    ]
    assert found(kit, *changed).overall.now == Share(1.0, 1)
    assert found(kit, *changed[::-1]).overall.now == Share(0.0, 1)


def test_blind_answers_and_drills_are_no_mastery(kit: Kit) -> None:
    contention, side = next(iter(kit.side_of.items()))
    what = found(
        kit,
        answer("more-0", 3, 1, kind="blind"),
        answer(contention, 3, 1, kind="drill", of=0),
    )
    assert what.overall == Course("All items", ())
    assert (what.tables, what.due) == ((), ())
    (drill,) = what.drills
    assert (drill.label, drill.now) == (f"to {side}", Share(1 / 2, 1))


def test_the_index_is_of_items_as_they_were_met_first(kit: Kit) -> None:
    ids = list(kit.items)
    blind = [answer(i, 3, int(n < 2), kind="blind") for n, i in enumerate(ids[:5])]
    after = [answer(i, 4, 1) for i in ids[:5]]
    seen = [answer(i, 5, int(n < 8)) for n, i in enumerate(ids[10:20])]
    again = [answer(i, 6, 1, kind="blind") for i in ids[10:20]]
    what = found(kit, *blind, *after, *seen, *again)
    assert (what.with_passage, what.blind) == (Share(0.8, 10), Share(0.4, 5))
    assert what.index == pytest.approx(0.4)
    assert "p(with) - p(without): +40 points." in told(what)
    few = found(kit, *blind[:4], *seen)
    assert few.index is None
    assert "without the passage  4 answers: too few to say" in told(few)


def test_items_without_a_passage_are_no_part_of_the_index(kit: Kit) -> None:
    bare = msgspec.structs.replace(kit.items["more-0"], reads=())
    kit = dataclasses.replace(kit, items={**kit.items, "more-0": bare})
    what = found(kit, answer("more-0", 3, 1), answer("more-1", 3, 0))
    assert what.with_passage == Share(0.0, 1)
    assert what.overall.now.answers == 2


def test_calibration(kit: Kit) -> None:
    ids = list(kit.items)
    sure = [answer(i, 3, int(n < 9), sure="sure") for n, i in enumerate(ids[:10])]
    unsure = [answer(i, 3, int(n < 2), sure="unsure") for n, i in enumerate(ids[10:15])]
    what = found(kit, *sure, *unsure, answer(ids[20], 3, 1))
    assert (what.sure, what.unsure) == (Share(0.9, 10), Share(0.4, 5))
    said = told(what)
    assert "  sure    right 90 %  n 10\n  unsure  right 40 %  n 5\n" in said
    assert "Your feeling tells you something." in said
    assert "Sure and right" not in told(found(kit, answer(ids[20], 3, 1)))


def test_answers_to_what_is_gone_are_told_and_not_counted(kit: Kit) -> None:
    what = found(kit, answer("no-such-item", 3, 1), answer("more-0", 3, 1))
    assert (what.unknown, what.answers, what.overall.now.answers) == (1, 1, 1)
    assert "1 answer not counted: this kit no longer has what was asked." in told(what)


def test_days_ahead(kit: Kit) -> None:
    debate = date(2026, 11, 25)
    ids = list(kit.items)
    answers = [answer(i, 20, 0) for i in ids[:3]]
    answers += [answer(i, day, 1) for i in ids[4:6] for day in (10, 12, 20)]
    answers += [answer(ids[7], 10, 0)]
    near = found(kit, *answers, debate=debate)
    assert near.due == (
        (date(2026, 11, 20), 1),
        (date(2026, 11, 21), 3),
        (date(2026, 11, 24), 2),
    )
    assert (
        "Due for review:\n  today: 1 item\n  tomorrow: 3 items\n"
        "  24 November 2026: 2 items\n" in told(near)
    )
    assert sum(count for _, count in found(kit, *answers).due) == 6
    assert found(kit, *answers).due[-1][0] > debate


# ------------------------------------------------------------------------------ text


def test_few_answers_are_not_made_much_of(kit: Kit) -> None:
    said = told(found(kit, *[answer(f"more-{n}", 3, 1) for n in range(3)]))
    assert "All items  3 answers: too few to say\n" in said
    assert "%" not in said
    assert "#" not in said
    assert "1 answer: too few to say" in said


@pytest.mark.parametrize("columns", [40, 50, 60, 80])
def test_lines_keep_to_the_width_with_numbers_before_bars(
    kit: Kit, columns: int
) -> None:
    said = told(found(kit, *much(kit)), columns)
    lines = said.splitlines()
    assert max(map(len, lines)) <= columns
    assert not [line for line in lines if line != line.rstrip()]
    assert not [line for line in lines if re.match(r" *(was \d|[#-]{3})", line)]
    bars = [line for line in lines if re.search("[#-]{5}", line)]
    assert len(bars) >= 3
    for line in bars:
        shown = re.search(r" (\d+) %  n \d+ +([#-]+)", line)
        assert shown, line
        bar = shown.group(2)
        assert abs(bar.count("#") / len(bar) - int(shown.group(1)) / 100) <= 0.06
    assert not re.search(r"[^\n\x20-\x7e]", said.replace(kit.head.title, ""))


def test_what_it_was_before_the_last_day(kit: Kit) -> None:
    what = found(kit, *much(kit))
    assert what.overall.before
    line = next(x for x in told(what).splitlines() if x.startswith("  All items"))
    assert line.endswith(f"was {100 * what.overall.before.value:.0f} %")
    assert "2026-11-12" in told(what)


# ----------------------------------------------------------------------------- page


def page(what: Progress) -> str:
    return to_html("progress", progress_page(what))


def test_the_page_stands_alone_in_black_and_white(kit: Kit) -> None:
    html = page(found(kit, *much(kit)))
    assert not re.search(r"https?:|src=|href=|@import|url\(|<script", html)
    colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", html))
    assert colours == {"#000", "#fff"}
    assert html == page(found(kit, *much(kit)))


def test_every_plot_has_words_and_a_table(kit: Kit) -> None:
    what = found(kit, *much(kit))
    html = page(what)
    sections = re.findall(r"<section>.*?</section>", html, re.DOTALL)
    plotted = [section for section in sections if "<svg" in section]
    assert len(plotted) == 1 + len(what.tables)
    seen = set()
    for section in plotted:
        assert "<table>" in section
        for svg in re.findall(r"<svg.*?</svg>", section, re.DOTALL):
            root = ElementTree.fromstring(svg)
            title = root.find("title")
            assert title is not None
            assert title.text
            assert re.search(r"\d+ %", title.text)
            assert root.get("role") == "img"
            assert root.get("aria-labelledby") == title.get("id")
            seen.add(title.get("id"))
            for line in root.iter("polyline"):
                for mark in (line.get("points") or "").split():
                    x, y = map(float, mark.split(","))
                    assert 40 <= x <= 300
                    assert 10 <= y <= 110
    assert len(seen) == html.count("<svg")
    dashed = html.count('stroke-dasharray="6 4"')
    assert dashed == html.count("<svg") - 1, "all items are not held against themselves"
    for row in what.overall.points:
        assert f"{100 * row.share.value:.0f} % (n {row.share.answers})" in html


def test_the_page_of_nothing_and_of_one_day(kit: Kit) -> None:
    assert "<svg" not in page(found(kit))
    one = page(found(kit, *[answer(f"more-{n}", 3, 1) for n in range(9)]))
    assert '<circle cx="170.0" cy="10.0" r="3"/>' in one
    few = page(found(kit, answer("more-0", 3, 1)))
    assert "<svg" not in few
    assert "too few" in few


def test_what_a_kit_is_called_is_escaped(starter: Path, data: Path) -> None:
    head = starter / "kit.yaml"
    head.write_text(re.sub("(?m)^title:.*$", 'title: "<b>&"', head.read_text()))
    done = debatekit("progress", "--kit", starter, "--html", data / "p.html")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "<title>Progress: &lt;b&gt;&amp;</title>" in (data / "p.html").read_text()


# --------------------------------------------------------------------- the command


@pytest.fixture
def practised(starter: Path, data: Path) -> Store:
    return sit(
        data, "voting-age", [item.id for item in sound_kit(starter).items.values()]
    )


def sit(
    folder: Path, kit: str, items: Sequence[str], kind: SessionKind = "fresh"
) -> Store:
    """A sitting of yesterday, all right, and one wrong answer with a formula in it."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    store = Store(folder, kit, yesterday.isoformat)
    store.begin(dict.fromkeys(items, "abc"), kind)
    for item in items:
        store.append(Event("answer", item, "A", True, 1, of=1))
    store.append(Event("answer", items[0], text='=HYPERLINK("x")'))
    store.finish()
    return store


def said_by(capsys: Said, *arguments: object) -> str:
    assert run([*map(str, arguments)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_without_answers_it_says_how_to_start(
    starter: Path, data: Path, capsys: Said
) -> None:
    out = said_by(capsys, "progress", "--kit", starter)
    assert out.endswith("No answers yet. `debatekit quiz` starts.\n")
    assert not data.exists()


def test_what_was_answered_is_shown(
    starter: Path, practised: Store, capsys: Said
) -> None:
    out = said_by(capsys, "progress", "--kit", starter)
    assert "4 answers in all.\n" in out
    assert "  All items  3 answers: too few to say\n" in out
    assert "  today: 1 item\n" in out
    assert "`debatekit quiz --review` asks them.\n" in out
    soon = (datetime.now().astimezone() + timedelta(days=1)).date()
    out = said_by(capsys, "progress", "--kit", starter, "--debate-on", soon)
    assert "  today: 3 items\n" in out


def test_items_made_from_the_map_are_counted(
    full_kit: Path, data: Path, capsys: Said
) -> None:
    made = [one.item.id for one in generated(sound_kit(full_kit))][:6]
    assert len(made) > 1
    sit(data, "voting-age", made)
    out = said_by(capsys, "progress", "--kit", full_kit)
    assert "not counted" not in out
    assert f"{len(made) + 1} answers in all" in out


def test_export_as_json(starter: Path, practised: Store, capsys: Said) -> None:
    out = said_by(capsys, "progress", "--kit", starter, "--export", "-")
    whole = json.loads(out)
    about = ("debatekit-progress", 1, "voting-age")
    assert (whole["format"], whole["version"], whole["kit"]) == about
    assert tuple(Answer(**row) for row in whole["answers"]) == practised.answers()
    assert not [key for key in whole["answers"][0] if "name" in key]
    path = starter / "out.json"
    said = said_by(capsys, "progress", "--kit", starter, "--export", path)
    assert said == f"wrote {path}\n"
    assert json.loads(path.read_text()) == whole


def test_export_as_csv(starter: Path, practised: Store, capsys: Said) -> None:
    path = starter / "OUT.CSV"
    said_by(capsys, "progress", "--kit", starter, "--export", path)
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert len(rows) == 4
    assert {(row["version"], row["kit"]) for row in rows} == {("1", "voting-age")}
    assert rows[-1]["text"] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = as_csv("kit", [answer("one", 3, 1, text=f"{start}1+1", letter=start)])
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["text"], row["letter"]) == (f"'{start}1+1", f"'{start}")


def test_half_a_character_is_exported_as_one_that_exists(
    starter: Path, practised: Store, capsys: Said
) -> None:
    practised.begin({})
    practised.append(Event("answer", "one", text="\ud800"))
    for name in ("out.csv", "out.json"):
        said_by(capsys, "progress", "--kit", starter, "--export", starter / name)
        assert (starter / name).read_bytes()
    said_by(capsys, "progress", "--kit", starter, "--export", "-")


@pytest.mark.parametrize(
    ("typed", "gone"), [("y\n", True), ("YES\n", True), ("n\n", False), ("", False)]
)
def test_forgetting_asks_first(
    starter: Path,
    practised: Store,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Said,
    typed: str,
    gone: bool,
) -> None:
    other = sit(data, "other", ["one"])
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    out = said_by(capsys, "progress", "--kit", starter, "--forget")
    assert out.startswith("This deletes 4 answers to voting-age")
    end = "Deleted 4 answers to voting-age.\n" if gone else "Nothing was deleted.\n"
    assert out.endswith(end)
    assert len(practised.answers()) == (0 if gone else 4)
    assert len(other.answers()) == 2


def test_forgetting_needs_no_sound_kit_and_no_question(
    starter: Path, practised: Store, capsys: Said
) -> None:
    (starter / "pro.yaml").write_text("nonsense: [")
    out = said_by(capsys, "progress", "--kit", starter, "--forget", "--yes")
    assert out == "Deleted 4 answers to voting-age.\n"
    assert practised.answers() == ()


Wrong = Callable[[Path], list[object]]
USAGE: list[Wrong] = [
    lambda _: ["--yes"],
    lambda folder: ["--forget", "--html", folder / "p.html"],
    lambda _: ["--debate-on", "soon"],
]


@pytest.mark.parametrize("wrong", USAGE)
def test_wrong_usage(starter: Path, capsys: Said, wrong: Wrong) -> None:
    options = map(str, wrong(starter))
    assert run(["progress", "--kit", str(starter), *options]) == 2
    assert capsys.readouterr().err.startswith("Usage: debatekit progress ")


def test_what_cannot_be_done_is_one_message(
    starter: Path, practised: Store, capsys: Said
) -> None:
    options = ["--export", str(starter / "answers.xls")]
    assert run(["progress", "--kit", str(starter), *options]) == 1
    assert "the ending says what is written" in capsys.readouterr().err
    practised.file.write_bytes(b"something else")
    assert run(["progress", "--kit", str(starter)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 2
    assert practised.file.read_bytes() == b"something else"


def test_every_terminal_gets_the_same_text(
    starter: Path, practised: Store, data: Path
) -> None:
    assert practised.answers()
    seen = set()
    for colour in ({}, {"FORCE_COLOR": "1"}, {"NO_COLOR": "1"}, {"TERM": "dumb"}):
        env = environment(DEBATEKIT_DATA=str(data), **colour)
        done = debatekit("progress", "--kit", starter, env=env)
        assert (done.returncode, done.stderr) == (0, b"")
        seen.add(done.stdout)
    (out,) = seen
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", out)
