"""The kinds of practice: drill, exam, blind, review; hints, certainty, time."""

from __future__ import annotations

import dataclasses
import fcntl
import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from commands import PATIENCE, command, debatekit, environment, read_until

from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.kit.review import practice_kit, sound_kit
from debatekit.quiz.forms import make_forms
from debatekit.quiz.generate import generated
from debatekit.quiz.hints import hints
from debatekit.quiz.records import KeyEntry
from debatekit.quiz.result import Result, checked, decoded, encoded, rows
from debatekit.quiz.session import Event, Score, Session, SessionKind
from debatekit.terminal import drill
from debatekit.terminal.exam import Exam, show_checked
from debatekit.terminal.page import Page
from debatekit.terminal.practice import Practice, practice
from debatekit.terminal.quiz import Terminal
from debatekit.terminal.store import Store
from debatekit.terminal.watch import Watch, spelled

ROOT = Path(__file__).parent.parent
TYPES = (
    "more-0",
    "two-part",
    "written",
    "several",
    "pairs",
    "steps",
    "statement",
    "gap",
)


# ------------------------------------------------------------- real terminals


def on_a_terminal(
    env: dict[str, str], lines: Iterable[str], *arguments: object
) -> list[str]:
    """What a quiz writes to a terminal of 80 columns: one text up to each prompt, at
    which the next line is typed, and the last up to its end."""
    ours, theirs = pty.openpty()
    try:
        size = (24).to_bytes(2, sys.byteorder) + (80).to_bytes(2, sys.byteorder)
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, size + bytes(4))
        modes = termios.tcgetattr(theirs)
        modes[1] &= ~termios.OPOST
        modes[3] &= ~termios.ECHO
        termios.tcsetattr(theirs, termios.TCSANOW, modes)
        process = subprocess.Popen(
            command("quiz", *arguments),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=env,
            cwd=env["DEBATEKIT_DATA"],
            start_new_session=True,
        )
        os.close(theirs)
        typed = iter(lines)
        said = [b""]
        while some := _some(ours):
            said[-1] += some
            if said[-1].endswith(b": "):
                os.write(ours, next(typed).encode() + b"\n")
                said.append(b"")
        assert process.wait(timeout=PATIENCE) == 0, said
        return [part.decode() for part in said]
    finally:
        os.close(ours)


def _some(descriptor: int) -> bytes:
    ready, _, _ = select.select([descriptor], [], [], PATIENCE)
    assert ready, "the quiz neither asks nor ends"
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other side has closed.
        return b""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "data").mkdir()
    return environment(DEBATEKIT_DATA=str(tmp_path / "data"))


def key_of(kit: Kit, seed: int, *names: str) -> Practice:
    """The practice that a seed gives of a kit's items, or of those named."""
    items = [kit.items[name] for name in names or kit.items]
    forms = make_forms(kit, items, 1, seed)
    return practice(kit, forms.forms[0], forms.keys[0])


def telling(what: Practice) -> list[str]:
    """What must not be read before an item is answered."""
    told = ["Right:", "Wrong:", "Not all right", "Proof:", "The answer is", "points."]
    for entry in what.key.entries:
        told += [option.why for option in entry.options]
        told += [
            option.why for option in (entry.second.options if entry.second else ())
        ]
        told += [entry.why, entry.correction, *entry.answers]
        if entry.guide:
            told += [entry.guide.sample, entry.guide.full]
    return [text for text in told if text]


def test_a_fresh_session_with_hints_and_certainty(
    starter: Path, env: dict[str, str]
) -> None:
    what = key_of(sound_kit(starter), 1)
    right = [entry.letter for entry in what.key.entries]
    wrong = next(o.letter for o in what.key.entries[1].options if not o.right)
    typed = ["!", "hint", right[0], "y", wrong, "x", "n", right[2], "", right[1], "y"]
    said = on_a_terminal(
        env, typed, "--kit", starter, "--seed", 1, "--confidence", "--minutes", 60
    )
    assert said[1].startswith("Hint 1 of 2: Look at Source A, ¶")
    assert said[2].startswith("Hint 2 of 2: It is not ")
    assert said[3] == "Sure? y or n: "
    assert said[6] == "Type y or n; Enter alone leaves it open.\nSure? y or n: "
    end = said[-1]
    assert "Done: 2 of 3 right at the first answer.\n" in end
    assert "Time: " in end
    assert "Answered after a hint: 1.\n" in end
    assert end.endswith("Right when:\n  sure: 1 of 1\n  not sure: 0 of 1\n")
    for before in (said[0], said[1], said[2]):
        assert not [text for text in telling(what) if text in before]


def test_a_review_asks_what_is_due_and_nothing_else(
    starter: Path, env: dict[str, str]
) -> None:
    said = on_a_terminal(env, [], "--kit", starter, "--review")
    assert said == ["Nothing to review: `debatekit quiz` asks new items.\n"]
    what = key_of(sound_kit(starter), 1)
    old = Store(
        Path(env["DEBATEKIT_DATA"]), "voting-age", lambda: "2026-01-01T00:00:00Z"
    )
    old.begin(what.orders, "fresh", 1)
    name = what.key.entries[0].item
    old.append(Event("answer", name, "A", of=1))
    old.finish()
    due = key_of(sound_kit(starter), 1, name)
    letter = due.key.entries[0].letter
    said = on_a_terminal(env, [letter], "--kit", starter, "--review", "--seed", 1)
    assert "Review: what is due again.\n" in said[0]
    assert "Item 1 of 1\n" in said[0]
    assert "Done: 1 of 1 right" in said[-1]
    said = on_a_terminal(env, [], "--kit", starter, "--review")
    assert said[0].startswith("Nothing is due today. The next review: ")


def test_a_drill_switches_sides_and_keeps_ratings(
    starter: Path, env: dict[str, str]
) -> None:
    typed = ["", "?", "pause", "", "My reply.", "3", "2", "Another.", "0"]
    options = ("--drill", "--kit", starter, "--seed", 1, "--seconds", 40)
    said = on_a_terminal(env, typed, *options)
    assert "You have 40 s for each; what it took is told afterwards.\n" in said[0]
    turns = [f"{n} of 2: you speak for" for n in (1, 2)]
    sides = [
        part.partition(turn)[2][:5] for turn in turns for part in said if turn in part
    ]
    assert sides == [" CON.", " PRO."]
    kit = sound_kit(starter)
    first = next(name for name in kit.rebuttals if kit.side_of[name] == "pro")
    reply = kit.rebuttals[first][0].text[:30]
    assert "Type your reply; ? shows" in said[1]
    assert "q  save and leave" in said[2]
    assert said[3] == "The clock stands still. Enter goes on: "
    assert not [part for part in said[:5] if reply in part]
    assert reply in said[5]
    assert "Support: “" in said[8]
    assert "They may answer: " in said[5]
    assert said[6].startswith("Type 2, 1 or 0; q leaves.\n")
    assert said[-1].endswith(
        "Done: 2 of 2 answered.\n"
        "  For PRO: 0 in full, 0 in part, 1 missed.\n"
        "  For CON: 1 in full, 0 in part, 0 missed.\n"
    )
    answers = Store(Path(env["DEBATEKIT_DATA"]), "voting-age").answers()
    assert [(a.item, a.kind, a.points, a.of, a.text) for a in answers] == [
        (first, "drill", 2, 2, "My reply."),
        (answers[1].item, "drill", 0, 2, "Another."),
    ]


def test_a_blind_trial_shows_the_passage_after_the_answer(
    starter: Path, env: dict[str, str]
) -> None:
    kit = sound_kit(starter)
    texts = {name: p.text[:40] for name, p in kit.passages.items()}
    said = on_a_terminal(
        env, ["p", "!", "a", "a", "s"], "--blind", "--kit", starter, "--seed", 1
    )
    assert "what can be guessed" in said[0]
    assert said[1].startswith("The passage is shown after your answer.\n")
    assert said[2].startswith("There are no hints now.\n")
    before = "".join(said[:3])
    assert not [text for text in texts.values() if text in " ".join(before.split())]
    assert not [p.context for p in kit.passages.values() if p.context in before]
    after, _, following = said[3].partition("Item 2 of 3")
    assert "Proof: " in after
    read = kit.items[key_of(kit, 1).key.entries[0].item].reads
    assert all(texts[name] in " ".join(after.split()) for name in read)
    assert texts[read[0]] not in " ".join(following.split())
    assert "once more" not in "".join(said)
    assert said[-1].startswith("Skipped.\n")
    assert "of 3 right without the passages.\nNever answered: 1.\n" in said[-1]
    answers = Store(Path(env["DEBATEKIT_DATA"]), "voting-age").answers()
    assert {answer.kind for answer in answers} == {"blind"}


def test_a_blind_trial_asks_only_items_with_a_passage(env: dict[str, str]) -> None:
    kit = sound_kit(ROOT / "seeds" / "huawei-ban")
    assert [item for item in kit.items.values() if not item.reads]
    options = ("--blind", "--items", 500, "--seed", 1)
    debatekit("quiz", *options, typed="q\n", env=env)
    saved = Store(Path(env["DEBATEKIT_DATA"]), kit.id).load()
    assert saved is not None
    wanted = {item.id for item in kit.items.values() if item.reads}
    assert set(saved.orders) == wanted


def test_an_exam_tells_nothing_before_its_end_and_is_scored_again(
    starter: Path, env: dict[str, str]
) -> None:
    what = key_of(sound_kit(starter), 1)
    right = [entry.letter for entry in what.key.entries]
    wrong = [next(o.letter for o in e.options if not o.right) for e in what.key.entries]
    typed = [
        *("?", "!", "pause", "p"),
        *(wrong[0], "s", "q", "n", right[2]),
        *("<", "<", "<", right[0], "s", "s"),
        *("", right[1], "<", "s", "x", "y", "Made Up"),
    ]
    out = Path(env["DEBATEKIT_DATA"]) / "result.json"
    options = ("--kit", starter, "--seed", 1)
    said = on_a_terminal(env, typed, "--exam", "--out", out.name, *options)
    assert "q  end the exam; you are asked once more\n" in said[1]
    assert "!  a hint" not in said[1]
    assert said[2].startswith("There are no hints now.\n")
    assert said[3].startswith("An exam has no pause.\n")
    assert "Leaving ends the exam" in said[7]
    asks = next(n for n, part in enumerate(said) if "That was the last item." in part)
    assert "Your answer so far: " in "".join(said[:asks])
    end = len(said) - 2
    assert said[end - 1].endswith("y hands the exam in, < goes back: ")
    before = " ".join("".join(said[:end]).split())
    assert not [text for text in telling(what) if text in before]
    assert "Right: " in said[end]
    assert "Done: 3 of 3 right.\n" in said[end]
    assert said[-1].startswith("3 of 3 points. Result: result.json\n")
    result, claimed = decoded(out.read_bytes(), "it")
    assert (result.points, claimed, result.name) == (3, 3, "Made Up")
    assert not result.interrupted
    assert result.started <= result.finished
    done = debatekit("quiz", "--check-result", out, "--kit", starter, env=env)
    assert done.returncode == 0
    assert b"Points, scored anew: 3 of 3.\nThe signature fits." in done.stdout
    assert b"Made Up" not in (out.parent / "progress.sqlite").read_bytes()
    out.write_bytes(out.read_bytes().replace(b'"points": 1', b'"points": 0', 1))
    done = debatekit("quiz", "--check-result", out, "--kit", starter, env=env)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"was changed after it was written" in done.stderr


def test_a_killed_exam_goes_on_and_its_result_says_so(
    starter: Path, env: dict[str, str]
) -> None:
    process = subprocess.Popen(
        command("quiz", "--exam", "--kit", starter, "--seed", 1, "--minutes", 30),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=env,
    )
    assert process.stdin
    assert process.stdout
    prompt = b"Your answer (A, B or C): "
    read_until(process.stdout.fileno(), prompt)
    process.stdin.write(b"a\n")
    process.stdin.flush()
    read_until(process.stdout.fileno(), prompt)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    typed = ["y", "b", "c", "y", ""]
    said = on_a_terminal(env, typed, "--kit", starter)
    assert said[0].startswith("You left an exam with 1 of 3 items answered.\n")
    assert "3 items, 30 min." in said[1]
    assert "Item 2 of 3\n" in said[1]
    (path,) = Path(env["DEBATEKIT_DATA"]).glob("voting-age-exam-*-A.json")
    result, _ = decoded(path.read_bytes(), "it")
    assert (result.interrupted, result.minutes) == (True, 30)
    assert [row.letters for row in result.items] == ["A", "B", "C"]


def test_leaving_an_exam_ends_it(starter: Path, env: dict[str, str]) -> None:
    said = on_a_terminal(env, ["a", "q", "y", ""], "--exam", "--kit", starter)
    assert "Never answered: 2.\n" in said[-2]
    assert "No answer. Right: " in said[-2]
    options = ("--exam", "--kit", starter, "--out", "result.json")
    for name in ("result.json", "result-2.json"):
        again = on_a_terminal(env, ["a", "q", "y", ""], *options)
        assert "You left" not in again[0]
        assert f"Result: {name}\n" in again[-1]
    assert len(list(Path(env["DEBATEKIT_DATA"]).glob("voting-age-exam-*.json"))) == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--drill", "--exam"], "--drill and --exam do not go together"),
        (["--review", "--blind"], "--review and --blind do not go together"),
        (["--seconds", "5"], "--seconds goes with --drill"),
        (["--exam", "--debate-on", "2027-01-01"], "--debate-on goes with --review"),
        (["--out", "x.json"], "--out goes with --exam"),
        (["--drill", "--confidence"], "--confidence does not go with --drill"),
        (["--drill", "--source", "x"], "--source does not go with --drill"),
        (["--exam", "--check-result", "kit.yaml"], "does not go with --exam"),
        (["--review", "--debate-on", "soon"], "'soon' does not match"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(
    starter: Path, env: dict[str, str], options: list[str], sentence: str
) -> None:
    done = debatekit("quiz", *options, cwd=starter, env=env)
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence in " ".join(done.stderr.decode().split())


def test_generated_items_are_asked_and_gone_on_with(env: dict[str, str]) -> None:
    options = ("--generated", "--items", 60, "--seed", 2)
    done = debatekit("quiz", *options, typed="s\n" * 30 + "q\n", env=env)
    assert b"Item 30 of 60" in done.stdout
    saved = Store(Path(env["DEBATEKIT_DATA"]), "huawei-ban").load()
    assert saved is not None
    assert any(name.startswith("gen-") for name in saved.orders)
    done = debatekit("quiz", typed="y\nq\n", env=env)
    assert b"Item 31 of 60" in done.stdout


# ------------------------------------------------------------------ in process


@dataclass
class Room:
    """A student, a store and a clock that each line typed moves by ``pace`` seconds."""

    what: Practice
    store: Store
    pace: float = 0.0
    time: float = 0.0
    out: io.StringIO = field(default_factory=io.StringIO)

    def sit(
        self, kind: SessionKind, lines: Iterable[str], minutes: int = 0
    ) -> tuple[str, Session]:
        """Begin a session, type the lines; what was said and what was kept."""
        self.store.begin(self.what.orders, kind, 1)
        if minutes:
            self.store.append(Event("start", "", seconds=60 * minutes))
        return self.go_on(lines)

    def go_on(self, lines: Iterable[str]) -> tuple[str, Session]:
        session = self.session
        terminal = self.terminal(lines)
        if session.kind == "exam":
            out = self.store.path / "result.json"
            Exam(terminal, self.what, 1, "then", out).run(session)
        elif session.kind == "drill":
            drill.run(terminal, self.what.kit, session)
        else:
            terminal.run(self.what, session)
        return self.out.getvalue(), terminal_session(terminal, session)

    def terminal(self, lines: Iterable[str]) -> Terminal:
        self.out = io.StringIO()
        room = self

        class Keyboard(io.StringIO):
            def readline(self, size: int = -1, /) -> str:
                room.time += room.pace
                return super().readline(size)

        read = Keyboard("".join(f"{line}\n" for line in lines))
        return Terminal(Page(self.out), read, self.store, lambda: self.time)

    @property
    def session(self) -> Session:
        saved = self.store.load()
        assert saved is not None
        kinds: dict[str, SessionKind] = {"exam": "exam", "blind": "blind"}
        return dataclasses.replace(saved.session, kind=kinds.get(saved.kind, "fresh"))


def terminal_session(terminal: Terminal, before: Session) -> Session:
    saved = terminal.store.load()
    return dataclasses.replace(saved.session, kind=before.kind) if saved else before


@pytest.fixture
def room(full_kit: Path, tmp_path: Path) -> Callable[..., Room]:
    kit = sound_kit(full_kit)

    def make(*names: str, pace: float = 0.0) -> Room:
        return Room(key_of(kit, 1, *names), Store(tmp_path / "data", kit.id), pace)

    return make


def right_lines(entry: KeyEntry, exam: bool = False) -> list[str]:
    """What a student who knows it types at an item; in an exam without scores."""
    match entry.type:
        case "two-part":
            assert entry.second
            return [entry.letter, entry.second.letter]
        case "written":
            return ["My words."] if exam else ["My words.", "2"]
        case "true-false":
            return ["F", "Put right."] if exam else ["F", "Put right.", "y"]
        case "cloze":
            return [entry.answers[0]]
    return [entry.letter]


def all_right(what: Practice, exam: bool = False) -> Iterator[str]:
    for entry in what.key.entries:
        yield from right_lines(entry, exam)


def test_all_eight_types_in_one_session(room: Callable[..., Room]) -> None:
    sat = room(*TYPES)
    assert len({entry.type for entry in sat.what.key.entries}) == 8
    said, _ = sat.sit("fresh", all_right(sat.what))
    assert "Done: 8 of 8 right at the first answer.\n" in said
    assert "once more" not in said


@pytest.mark.parametrize("kind", ["fresh", "exam", "blind"])
@pytest.mark.parametrize("name", TYPES)
def test_no_key_is_printed_before_the_answer(
    room: Callable[..., Room], kind: SessionKind, name: str
) -> None:
    sat = room(name)
    nonsense = [] if name in ("written", "gap") else ["nonsense 7"]
    said, _ = sat.sit(kind, ["?", "p", *nonsense])
    told = [text for text in telling(sat.what) if text in " ".join(said.split())]
    assert told == []
    after, _ = sat.sit("fresh", all_right(sat.what))
    assert [text for text in telling(sat.what) if text in " ".join(after.split())]


def test_an_exam_of_all_types_leaves_words_to_its_end(
    room: Callable[..., Room],
) -> None:
    sat = room(*TYPES)
    lines = list(all_right(sat.what, exam=True))
    lines[lines.index("filled gap")] = "filed gap"
    said, session = sat.sit("exam", lines)
    assert not [text for text in telling(sat.what) if text in " ".join(said.split())]
    assert "Close: check the spelling" not in said
    assert set(session.words) == {"written", "statement", "gap"}
    said, session = sat.go_on(["y"])
    assert (session.ended, set(session.words)) == (
        True,
        {"written", "statement", "gap"},
    )
    order = [i for i in session.items if i in session.words]
    judge = {"written": "1", "statement": "y", "gap": "y"}
    said, _ = sat.go_on(judge[name] for name in order)
    assert "The answer is filled gap.\nOnly a slip in spelling (y or n): " in said
    assert "You wrote: filed gap\n" in said
    assert "Done: 7 of 8 right.\n" in said
    result, claimed = decoded((sat.store.path / "result.json").read_bytes(), "it")
    found = checked(result, claimed, sat.what.kit)
    assert (found.points, found.of, found.claimed) == (claimed, result.of, claimed)
    own = {row.id: row.own for row in found.rows if row.own}
    assert own == judge
    points = {row.id: row.points for row in found.rows}
    by_hand = points["written"] + points["gap"] + 1
    assert found.own == by_hand, "and one point for the correction"
    out = io.StringIO()
    show_checked(Page(out), found)
    assert f"own judgement gave {by_hand} of these" in out.getvalue()


def test_in_an_exam_the_last_answer_counts(room: Callable[..., Room]) -> None:
    sat = room("more-0", "more-1")
    right = [entry.letter for entry in sat.what.key.entries]
    wrong = [
        next(o.letter for o in e.options if not o.right) for e in sat.what.key.entries
    ]
    said, _ = sat.sit("exam", [wrong[0], "<", right[0], right[1], "<", wrong[1], "y"])
    assert "Done: 1 of 2 right.\n" in said
    assert "Answer so far" not in said.partition("Item 2 of 2")[0].partition("\n")[0]


def test_time_that_is_up_ends_a_session_after_the_answer(
    room: Callable[..., Room],
) -> None:
    sat = room("more-0", "more-1", "more-2", pace=25.0)
    right = [entry.letter for entry in sat.what.key.entries]
    said, _ = sat.sit("fresh", ["what", right[0], right[1], right[2]], 1)
    assert "3 items, 1 min.\n" in said
    assert "Item 1 of 3\n1 min left.\n" in said
    assert "Item 2 of 3\n10 s left.\n" in said
    assert "Item 3 of 3" not in said
    end = (
        "\nTime is up.\n\nDone: 2 of 3 right at the first answer.\nNever answered: 1.\n"
    )
    assert end in said
    assert "Time: 1 min 15 s of 1 min.\n" in said
    assert sat.store.load() is None


def test_nothing_is_said_of_time_while_there_is_enough(
    room: Callable[..., Room],
) -> None:
    said, _ = room("more-0", "more-1", pace=25.0).sit("fresh", [], 6)
    assert " left." not in said
    assert "Time" not in room("more-0").sit("fresh", ["a", "a"])[0]


def test_a_pause_stops_the_clock(room: Callable[..., Room]) -> None:
    sat = room("more-0", "more-1", pace=50.0)
    right = [entry.letter for entry in sat.what.key.entries]
    said, _ = sat.sit("fresh", [right[0], "pause", "", right[1]], 3)
    assert "The clock stands still." in said
    assert "Time: 2 min 30 s of 3 min.\n" in said
    assert "Time is up" not in said


def test_time_goes_on_where_a_session_was_left(room: Callable[..., Room]) -> None:
    sat = room("more-0", "more-1", pace=50.0)
    right = [entry.letter for entry in sat.what.key.entries]
    sat.sit("fresh", [right[0]], 2)
    assert sat.session.seconds == 50
    sat.time += 10_000
    said, _ = sat.go_on([right[1]])
    assert "1 min 10 s left." in said
    assert "Time: 1 min 40 s of 2 min.\n" in said


def test_an_exam_is_handed_in_when_its_time_is_up(room: Callable[..., Room]) -> None:
    sat = room("more-0", "more-1", "more-2", pace=40.0)
    letter = sat.what.key.entries[0].letter
    said, _ = sat.sit("exam", [letter, "s", "Name"], 1)
    assert "Time is up: the exam is handed in.\n" in said
    assert "Done: 1 of 3 right.\nNever answered: 2.\n" in said


def test_the_time_of_a_reply_is_told_afterwards(
    room: Callable[..., Room], full_kit: Path, tmp_path: Path
) -> None:
    kit = sound_kit(full_kit)
    sat = Room(key_of(kit, 1, "more-0"), Store(tmp_path / "d", kit.id), 52.0)
    (name,) = drill.contentions(kit, "pro", 1, 1)
    terminal = sat.terminal(["Reply.", "1"])
    session = Session((name,), (Event("start", "", of=40),), "drill")
    sat.store.begin({name: ""}, "drill")
    assert drill.run(terminal, kit, session)
    assert "That took 52 s of 40 s.\n" in sat.out.getvalue()
    (answer,) = sat.store.answers()
    assert (answer.seconds, answer.points, answer.right) == (52, 1, False)


def test_a_drill_can_be_left_and_gone_on_with(full_kit: Path, tmp_path: Path) -> None:
    kit = sound_kit(full_kit)
    names = drill.contentions(kit, None, 10, 1)
    sides = [kit.side_of[name] for name in names]
    assert sides[:2] == ["pro", "con"]
    assert set(drill.contentions(kit, "pro", 10, 1)) == {
        name for name in names if kit.side_of[name] == "con"
    }
    sat = Room(key_of(kit, 1, "more-0"), Store(tmp_path / "d", kit.id))
    sat.store.begin(dict.fromkeys(names, ""), "drill")
    assert not drill.run(
        sat.terminal(["Kept words."]), kit, Session(names, (), "drill")
    )
    saved = sat.store.load()
    assert saved is not None
    session = dataclasses.replace(saved.session, kind="drill")
    drill.run(sat.terminal(["2"]), kit, session)
    said = sat.out.getvalue()
    assert "You wrote: Kept words.\n" in said
    bare = dataclasses.replace(kit, sides={})
    with pytest.raises(UserError, match="no replies to drill"):
        drill.contentions(bare, None, 10, 1)


# ----------------------------------------------------------------------- hints


def test_hints_are_counted_and_kept(room: Callable[..., Room]) -> None:
    sat = room("more-0")
    sat.sit("fresh", ["!", "!"])
    assert sat.session.draft == Event("draft", "more-0", hints=2)
    letter = sat.what.key.entries[0].letter
    said, _ = sat.go_on([letter])
    assert "Answered after a hint: 1.\n" in said
    (answer,) = sat.store.answers()
    assert (answer.hints, answer.right, answer.points) == (2, True, 2)


def test_a_hint_before_a_skip_counts_for_the_answer(room: Callable[..., Room]) -> None:
    sat = room("more-0")
    letter = sat.what.key.entries[0].letter
    sat.sit("fresh", ["!", "s", letter])
    assert [answer.hints for answer in sat.store.answers()] == [1]


def test_there_are_no_more_hints_than_there_are(room: Callable[..., Room]) -> None:
    said, session = room("steps").sit("fresh", ["!", "!", "!"])
    assert said.count("Hint 1 of") == 1
    assert "There is no other hint.\n" in said
    assert session.draft == Event("draft", "steps", hints=1)


def test_a_hint_never_names_or_strikes_out_the_key() -> None:
    """On every item of the bundled kit, curated and made from its map."""
    bundled = sound_kit(ROOT / "seeds" / "huawei-ban")
    made = {one.item.id: one.item for one in generated(bundled)}
    kit = dataclasses.replace(bundled, items={**bundled.items, **made})
    what = key_of(kit, 1)
    items = {item.id: item for item in what.form.items}
    told = 0
    for entry in what.key.entries:
        for second in (False, True) if entry.second else (False,):
            part = entry.second if second and entry.second else entry
            item = items[entry.item]
            shown = item.second.options if second and item.second else item.options
            given = hints(kit, entry, second)
            told += len(given)
            assert f"It is not {part.letter}." not in given
            right = [o.text for o in shown if o.letter in part.letter]
            words = [*entry.answers, *(right if entry.type == "choice" else [])]
            for text in words:
                assert not [hint for hint in given[:2] if text in hint], entry.item
    assert told > 500


def test_where_options_are_sources_no_hint_says_where_to_look(
    room: Callable[..., Room], full_kit: Path
) -> None:
    what = room("more-0").what
    entry = what.key.entries[0]
    assert len(hints(what.kit, entry)) == 2
    item = what.kit.items["more-0"]
    named = {
        letter: msgspec.structs.replace(option, text=f"Source {letter.upper()}")
        for letter, option in item.options.items()
    }
    items = {"more-0": msgspec.structs.replace(item, options=named)}
    given = hints(dataclasses.replace(what.kit, items=items), entry)
    assert [hint[:9] for hint in given] == ["It is not"]


def test_hints_say_on_which_lines_of_the_handout_the_proof_stands() -> None:
    kit = practice_kit(ROOT / "seeds" / "huawei-ban")
    what = key_of(kit, 1)
    entry = next(e for e in what.key.entries if e.item == "laskai-cvt-link")
    first, second, third = hints(kit, entry)
    assert first == "Look at Source A, ¶2 and at Source B, ¶1."
    assert second.startswith("On the sources handout: Source A, line")
    assert third.startswith("It is not ")


# ------------------------------------------------------------------ the result


def made_result(what: Practice) -> Result:
    entry = what.key.entries[0]
    session = Session((entry.item,), (), "exam").after(
        Event("answer", entry.item, entry.letter, True, 1, of=1)
    )
    kit = what.kit
    form = make_forms(kit, [kit.items[entry.item]], 1, 1).forms[0].code
    return Result(
        kit.id,
        kit.head.version,
        form,
        1,
        "",
        "a",
        "b",
        0,
        False,
        rows(what.key, session),
    )


def test_every_change_to_a_result_is_seen(room: Callable[..., Room]) -> None:
    result = made_result(room("more-0").what)
    raw = encoded(result)
    assert decoded(raw, "it") == (result, 1)
    data = json.loads(raw)
    for name, value in data.items():
        other = {**data, name: [value] if isinstance(value, str) else "other"}
        with pytest.raises(UserError):
            decoded(json.dumps(other).encode(), "it")
    assert decoded(json.dumps(data).encode(), "it") == (result, 1), "spaces are free"


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"7", b"[" * 99_999, b"\xff"])
def test_what_is_no_result_is_refused(raw: bytes) -> None:
    with pytest.raises(UserError, match="is no result of an exam"):
        decoded(raw, "it")


def test_points_are_never_taken_from_the_file(room: Callable[..., Room]) -> None:
    """Whoever forges the signature too still has the responses scored."""
    what = room("more-0").what
    true = made_result(what)
    entry = what.key.entries[0]
    wrong = next(o.letter for o in entry.options if not o.right)
    row = dataclasses.replace(true.items[0], letters=wrong)
    forged = dataclasses.replace(true, items=(row,))
    found = checked(*decoded(encoded(forged), "it"), what.kit)
    assert (found.claimed, found.points) == (1, 0)
    out = io.StringIO()
    show_checked(Page(out), found)
    assert "Points by the file: 1; that is not so.\n" in out.getvalue()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kit_version": "9"}, "the kit at hand is"),
        ({"seed": 2}, "are not those of the kit at hand"),
        ({"items": ()}, "are not those of the kit at hand"),
    ],
)
def test_a_result_of_something_else_is_refused(
    room: Callable[..., Room], change: dict[str, object], sentence: str
) -> None:
    what = room("more-0").what
    other = dataclasses.replace(made_result(what), **change)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=sentence):
        checked(*decoded(encoded(other), "it"), what.kit)


# ----------------------------------------------------------------- the session


def played(session: Session, *acts: tuple[str, str]) -> Session:
    for kind, letter in acts:
        right = letter == "A"
        item = session.current or ""
        event = Event(kind, item, letter, right, int(right))  # type: ignore[arg-type]
        session = session.after(event)
    return session


def test_an_exam_goes_back_from_its_end_and_takes_the_last_answer() -> None:
    answer, wrong, skip, back = (
        ("answer", "A"),
        ("answer", "B"),
        ("skip", ""),
        ("back", ""),
    )
    exam = played(Session(("a", "b", "c"), (), "exam"), answer, skip, wrong)
    assert exam.queue == ("a", "b", "c", "b")
    exam = played(exam, ("words", ""))
    assert (exam.current, exam.ended, set(exam.words)) == (None, False, {"b"})
    exam = played(exam, back)
    assert exam.current == "b"
    exam = played(exam, wrong, back, back, answer, skip)
    assert exam.score == Score(2, 3)
    ended = played(exam, ("end", ""))
    assert (ended.ended, ended.current) == (True, None)
    assert played(ended, wrong).answers == exam.answers, "nothing counts after it"


def test_words_replace_an_answer_and_an_answer_replaces_words() -> None:
    answer, words, back = ("answer", "A"), ("words", "F"), ("back", "")
    exam = played(Session(("a",), (), "exam"), answer, back, words)
    assert (set(exam.answers), set(exam.words)) == (set(), {"a"})
    exam = played(exam, back, answer)
    assert (set(exam.answers), set(exam.words)) == ({"a"}, set())


def test_words_are_scored_after_the_end_only_once() -> None:
    exam = played(Session(("a",), (), "exam"), ("words", ""), ("end", ""))
    scored = exam.after(Event("answer", "a", "2", True, 2))
    assert (scored.score, scored.words) == (Score(1, 1), {})
    assert scored.after(Event("answer", "a", "0")).score == Score(1, 1)


def test_blind_items_do_not_come_back() -> None:
    blind = played(Session(("a", "b"), (), "blind"), ("answer", "B"), ("skip", ""))
    assert (blind.current, blind.queue) == (None, ("a", "b"))


def test_a_draft_outlives_a_break() -> None:
    draft = Event("draft", "a", "C")
    exam = Session(("a",), (draft, Event("resume", "")), "exam")
    assert (exam.draft, exam.interrupted) == (draft, True)


def test_a_watch_counts_whole_seconds_once() -> None:
    time = [0.0]
    watch = Watch(lambda: time[0], before=10, limit=400)
    laps = []
    for step in (0.6, 0.6, 0.9, 5.0):
        time[0] += step
        laps.append(watch.lap())
    assert (laps, watch.used) == ([0, 1, 1, 5], 17)
    assert watch.warning == ""
    time[0] += 200
    assert watch.warning == "3 min 3 s left."
    time[0] += 300
    assert (watch.over, watch.warning) == (True, "0 s left.")
    assert [spelled(n) for n in (0, 59, 60, 61)] == [
        "0 s",
        "59 s",
        "1 min",
        "1 min 1 s",
    ]
