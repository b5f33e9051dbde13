"""`debatekit timer`: clocks by a fake clock, the rest on a real terminal and pipe."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from commands import PATIENCE, command, environment, read_until
from hypothesis import given
from hypothesis import strategies as st
from kits import write_yaml
from test_kit_formats import OWN
from test_terminal_safe import ATTACKS, harmful

from debatekit.cli.main import run
from debatekit.kit.formats import bundled
from debatekit.kit.problems import UserError
from debatekit.terminal.keys import TypedLines
from debatekit.terminal.round import MINUTE, SECOND, Round, countdown, log, round_of
from debatekit.terminal.timer import Timer

Typed = Sequence[tuple[float, str]]


@dataclass
class Stage:
    """A clock that only waiting moves, what is typed when, what is written when."""

    typed: list[tuple[int, str]]
    now: int = 5_000_000
    late: int = 0
    written: list[tuple[int, str]] = field(default_factory=list)

    def line(self, wait: float) -> str | None:
        until = self.now + round(wait * SECOND) + self.late
        if not self.typed:
            raise EOFError
        if self.typed[0][0] <= until:
            when, line = self.typed.pop(0)
            self.now = max(self.now, when)
            if line == "^C":
                raise KeyboardInterrupt
            return line
        self.now = until
        return None

    def write(self, text: str) -> int:
        self.written.append((self.now, text))
        return len(text)

    def flush(self) -> None:
        pass

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.written)


@dataclass
class Held:
    """What a round timed on a Stage has left."""

    stage: Stage
    timer: Timer
    finished: bool
    saved: list[list[str]]
    start: int

    @property
    def text(self) -> str:
        return self.stage.text

    @property
    def lines(self) -> list[tuple[float, str]]:
        """Seconds since the start, and the line written then."""
        return [
            ((when - self.start) / SECOND, line)
            for when, text in self.stage.written
            for line in text.splitlines()
        ]

    @property
    def bells(self) -> list[tuple[float, str]]:
        return [(when, line) for when, line in self.lines if " bell," in line]

    @property
    def rung(self) -> list[tuple[float, int]]:
        """When BEL was sent, and how many."""
        return [
            ((when - self.start) / SECOND, text.count("\a"))
            for when, text in self.stage.written
            if "\a" in text
        ]


def held(
    name: str | Round,
    typed: Typed,
    *,
    moving: bool = False,
    rings: bool = False,
    columns: int = 80,
    late: int = 0,
) -> Held:
    """Time a round; ``typed`` are seconds since its start and lines."""
    begun = round_of(bundled()[name]) if isinstance(name, str) else name
    start = 5_000_000
    stage = Stage([(start + round(s * SECOND), line) for s, line in typed], late=late)
    saved: list[list[str]] = []
    timer = Timer(
        round=begun,
        out=stage,  # type: ignore[arg-type]
        keys=stage,
        now=lambda: stage.now,
        columns=lambda: columns,
        moving=moving,
        rings=rings,
        echoes=False,
        save=lambda lines: saved.append([*lines]),
    )
    return Held(stage, timer, timer.run(), saved, start)


# ------------------------------------------------------------------------- bells


@pytest.mark.parametrize("late", [0, 7])
@pytest.mark.parametrize("name", bundled())
def test_bells_ring_at_the_right_seconds(name: str, late: int) -> None:
    """Every speech of every format, each 100 seconds over its time. A real clock wakes
    some milliseconds late: the bells do not move further with every second."""
    form = bundled()[name]
    typed: list[tuple[float, str]] = []
    wanted: list[tuple[int, int]] = []
    at = 0
    for speech in form.speeches:
        typed += [(at, ""), (at + speech.seconds + 100, "n")]
        rings = {speech.seconds + over: 3 for over in (15, 30, 45, 60)}
        for edge in form.poi_of(speech) or ():
            if edge < speech.seconds:
                rings[edge] = 1
        if speech.seconds > 60:
            rings[speech.seconds - 60] = 1
        rings[speech.seconds] = 2
        wanted += [(at + second, bells) for second, bells in sorted(rings.items())]
        at += speech.seconds + 100
    seen = held(name, typed, rings=True, late=late)
    assert [(int(when), bells) for when, bells in seen.rung] == wanted
    assert all(when - int(when) < 0.01 for when, _ in seen.rung)
    assert [int(when) for when, _ in seen.bells] == [when for when, _ in wanted]
    assert seen.finished
    assert len(seen.saved[-1]) >= len(form.speeches)
    for line, speech in zip(seen.saved[-1], form.speeches, strict=False):
        minutes = f"{speech.seconds // 60}:00"
        used = f"{(speech.seconds + 100) // 60}:40"
        assert line.endswith(f": planned {minutes}, used {used}, over 1:40")


def test_the_words_of_the_bells() -> None:
    seen = held("british-parliamentary", [(0, ""), (500, "q")])
    assert [line for _, line in seen.bells] == [
        "6:00  Prime Minister: bell, points of information may be offered",
        "1:00  Prime Minister: bell, 1 minute left; no more points of information",
        "0:00  Prime Minister: double bell, time is up",
        "+0:15  Prime Minister: triple bell, 0:15 over",
        "+0:30  Prime Minister: triple bell, 0:30 over",
        "+0:45  Prime Minister: triple bell, 0:45 over",
        "+1:00  Prime Minister: triple bell, 1:00 over",
    ]
    assert "Points of information from 1:00 to 6:00.\n" in seen.text
    assert "\a" not in seen.text


def test_no_points_of_information_in_replies() -> None:
    form = bundled()["world-schools"]
    reply = held(round_of(form, 7), [(0, ""), (300, "q")])
    assert "Opposition Reply (Opp, O1 or O2), 4:00\n" in reply.text
    assert "oints of information" not in reply.text


def test_where_the_window_has_no_end_it_is_not_rung() -> None:
    seen = held("oxford-classroom", [(0, ""), (310, "q")])
    assert [when for when, _ in seen.bells] == [60, 240, 300]


def test_a_plain_line_at_whole_minutes_and_the_last_seconds() -> None:
    seen = held("lincoln-douglas", [(0, ""), (400, "q")])
    times = [
        (when, line.split()[0])
        for when, line in seen.lines
        if line.endswith(" AC") and "n" not in line.split()[1]
    ]
    left = [300, 240, 180, 120, 30, 15, *range(10, 0, -1)]
    assert times == [(360 - s, countdown(s * SECOND)) for s in left]


# ------------------------------------------------------------------- pause and keys


def test_a_pause_stops_everything() -> None:
    """Fractions of a second add up, too."""
    typed = [(0, ""), (10.4, ""), (1000, ""), (1010.3, ""), (2000, ""), (2100, "q")]
    seen = held("spar", typed)
    # 20.7 seconds were used when it went on.
    assert [when for when, _ in seen.bells] == pytest.approx([2039.3, 2099.3])
    assert seen.saved[-1][0].endswith("planned 2:00, used 2:00, over 0:00")


def test_many_pauses_lose_no_time() -> None:
    typed = [(0.7 * turn, "") for turn in range(200)]
    seen = held("spar", [*typed, (500, "q")])
    assert seen.timer.round.speech.used == 70_000


def test_next_back_and_the_end() -> None:
    last = round_of(bundled()["spar"], 5)
    seen = held(last, [(0, ""), (5, "b"), (6, ""), (9, "next"), (9, "n"), (10, "n")])
    used = [clock.used for clock in seen.timer.round.speeches]
    assert used == [0, 0, 0, 3_000, 5_000, 0]
    assert seen.finished
    assert "5 of 6: Pro Rebuttal" in seen.text
    assert "6 of 6: Con Rebuttal" in seen.text
    assert seen.text.rstrip().endswith(
        "6. Con Rebuttal (Con, C): planned 2:00, not held"
    )
    assert "This is the first speech." in held("spar", [(0, "b"), (1, "q")]).text


def test_ten_seconds_more_and_less() -> None:
    seen = held("spar", [(0, ""), (20, "+"), (200, "q")])
    assert [when for when, _ in seen.bells] == [70, 130, 145, 160, 175, 190]
    assert seen.saved[-1][0].endswith("planned 2:00 + 0:10, used 3:20, over 1:10")
    seen = held("spar", [(0, ""), (20, "-"), (21, "-"), (110, "q")])
    assert [when for when, _ in seen.bells] == [40, 100]
    # What is jumped over rings at once; what comes again rings again.
    seen = held("spar", [(0, ""), (55, "-"), (115, "+"), (125, "q")])
    assert [when for when, _ in seen.bells] == [55, 110, 120]
    seen = held("spar", [(0, "-")] * 20 + [(1, "q")])
    assert seen.timer.round.speech.left == 0


def test_added_time_moves_the_protected_last_minute() -> None:
    seen = held("british-parliamentary", [(0, ""), (20, "+"), (400, "q")])
    assert [when for when, _ in seen.bells] == [60, 370]


def test_help_and_nonsense() -> None:
    seen = held("spar", [(0, "?"), (1, "\x1b[2Jx"), (2, "q")])
    assert "p  start or stop prep time" in seen.text
    assert "Type ? for the keys.\n" in seen.text
    assert harmful(seen.text) == []


# --------------------------------------------------------------------------- prep


def test_prep_pools_count_down_each_by_itself() -> None:
    typed = [
        (0, "p pro"),
        (30, "p con"),  # from one to the other
        (40, "p"),
        (50, "p b"),
        (75, "p team b"),
        (80, "P CON"),
        (81, ""),  # the speech stops the prep
        (90, "p"),  # and the prep the speech
        (91, "q"),
    ]
    seen = held("public-forum", typed)
    pools = {name: pool.used for name, pool in seen.timer.round.pools.items()}
    assert pools == {"pro": 31_000, "con": 36_000}
    assert seen.timer.round.speech.used == 9_000
    assert seen.saved[-1][-2:] == [
        "prep of Team A: used 0:31 of 3:00",
        "prep of Team B: used 0:36 of 3:00",
    ]
    assert "prep: Team A 2:30, Team B 3:00" in seen.text


def test_a_pool_rings_and_stops_when_it_is_used_up() -> None:
    seen = held("public-forum", [(0, "p a"), (400, "p a"), (401, "p b"), (402, "q")])
    assert seen.bells == [
        (120, "1:00  prep of Team A: bell, 1 minute left"),
        (180, "0:00  prep of Team A: double bell, prep of Team A is used up"),
    ]
    assert "prep of Team A is used up.\n" in seen.text
    assert seen.timer.round.pools["pro"].used == 180_000
    assert seen.timer.round.pools["con"].used == 1_000


def test_ten_seconds_more_of_prep() -> None:
    seen = held("public-forum", [(0, "p a"), (10, "+"), (200, "q")])
    assert [when for when, _ in seen.bells] == [130, 190]


def test_p_alone_takes_the_pool_of_the_next_speaker() -> None:
    form = bundled()["public-forum"]
    assert held(round_of(form, 1), [(0, "p"), (1, "q")]).timer.round.running == "pro"
    assert held(round_of(form, 2), [(0, "p"), (1, "q")]).timer.round.running == "con"
    crossfire = held(round_of(form, 3), [(0, "p"), (1, "p team"), (2, "q")])
    assert crossfire.timer.round.running == ""
    assert crossfire.text.count("Whose prep time? Type p pro or p con.") == 2


def test_prep_before_the_round() -> None:
    seen = held("middle-school-public-debate", [(0, "p"), (1201, ""), (1202, "q")])
    assert [when for when, _ in seen.bells] == [1140, 1200]
    assert seen.saved[-1][-1] == "prep before the round: used 20:00 of 20:00"


def test_a_format_without_prep() -> None:
    seen = held("spar", [(0, "p pro"), (1, "q")])
    assert "This format has no prep time.\n" in seen.text


# ----------------------------------------------------------------------- the log


def test_the_log_is_shown_however_a_round_ends() -> None:
    for ending, finished in (("q", True), ("quit", True), ("^C", False)):
        seen = held("spar", [(0, ""), (125.9, ending)])
        assert seen.finished is finished
        assert "Log of the round:\n" in seen.text
        told = "1. Preparation (all): planned 2:00, used 2:05, over 0:05"
        assert told in seen.text
        assert seen.saved[-1][0] == told
        assert "planned 2:00, not held" in seen.saved[-1][1]
    assert "Log of the round:" in held("spar", []).text


def test_the_log_is_saved_after_every_speech() -> None:
    seen = held("spar", [(0, ""), (90, "n"), (91, ""), (100, "q")])
    assert [lines[0].partition(": ")[2] for lines in seen.saved] == [
        "planned 2:00, not held",
        "planned 2:00, used 1:30, over 0:00",
        "planned 2:00, used 1:30, over 0:00",
    ]


def test_a_full_disk_does_not_end_a_round() -> None:
    stage = Stage([(5_000_000, ""), (5_009_000, "n"), (5_010_000, "q")])
    calls = 0

    def save(lines: Sequence[str]) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise UserError("cannot write")

    timer = Timer(
        round=round_of(bundled()["spar"]),
        out=stage,  # type: ignore[arg-type]
        keys=stage,
        now=lambda: stage.now,
        columns=lambda: 80,
        moving=False,
        rings=False,
        echoes=False,
        save=save,
    )
    with pytest.raises(UserError):
        timer.run()
    assert calls == 3
    assert "used 0:09" in stage.text


@given(
    st.lists(
        st.tuples(
            st.integers(0, 200_000),
            st.sampled_from(
                ["", "", "n", "b", "p", "p pro", "p con", "+", "-", "?", "x"]
            ),
        ),
        max_size=30,
    )
)
def test_no_second_is_lost_or_made(steps: list[tuple[int, str]]) -> None:
    """All clocks together never show more than has passed, and every line adds up."""
    at, typed = 0.0, []
    for gap, line in steps:
        at += gap / SECOND
        typed.append((at, line))
    seen = held("policy-hs", [*typed, (at + 1, "q")])
    round_ = seen.timer.round
    clocks = [*round_.speeches, *round_.pools.values()]
    assert sum(clock.used for clock in clocks) <= (at + 1) * SECOND + 1
    for clock in clocks:
        assert clock.left >= 0 or not clock.pool or clock.extra < 0
    for line in log(round_):
        for part in re.findall(r"\d+:\d+", line):
            assert re.fullmatch(r"\d+:[0-5]\d", part)


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (185_000, "3:05"),
        (184_001, "3:05"),
        (1, "0:01"),
        (0, "0:00"),
        (-999, "0:00"),
        (-1000, "+0:01"),
        (-3_605_000, "+60:05"),
        (60 * MINUTE, "60:00"),
    ],
)
def test_time_has_its_leading_zero(left: int, shown: str) -> None:
    assert countdown(left) == shown


# ------------------------------------------------------------------ the running line


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
@pytest.mark.parametrize("name", ["public-forum", "british-parliamentary"])
def test_the_running_line_moves_nothing_but_itself(name: str, columns: int) -> None:
    typed = [(0, "p"), (65, ""), (700, "n"), (701, ""), (720, "q")]
    seen = held(name, typed, moving=True, rings=True, columns=columns)
    assert not re.search(r"[\x00-\x06\x08\x0b\x0c\x0e-\x1f\x7f]", seen.text)
    drawn = re.split(r"[\r\n]", seen.text.replace("\a", ""))
    assert max(map(len, drawn)) <= columns
    running = [line for line in drawn if re.match(r"\S+ (ready|running|paused)", line)]
    assert max(map(len, running)) <= max(columns - 6, 14)
    seconds = [when for when, text in seen.stage.written if text.startswith("\r6:")]
    assert seconds == sorted(seconds)
    if columns == 80 and name == "public-forum":
        assert (
            "\r1:56 running  Constructive (Team A, A1)  prep: Team A 1:55" in seen.text
        )


def test_wide_letters_do_not_break_the_line() -> None:
    clock = round_of(bundled()["spar"])
    named = clock.speeches[0].__class__("討論" * 9, "学生", "both", 60_000)
    seen = held(Round((named,), {}), [(0, ""), (4, "q")], moving=True, columns=40)
    assert "\r0:57 running " in seen.text
    assert "0:57 running  討論" not in seen.text


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_name_cannot_steer_the_terminal(attack: str) -> None:
    """A kit with such a name is refused when it is read; this is the second wall."""
    evil = ATTACKS[attack] + "\nx"
    clock = (
        round_of(bundled()["spar"])
        .speeches[0]
        .__class__(evil, evil, "both", 61_000, poi=(1_000, 2_000))
    )
    for moving in (True, False):
        seen = held(Round((clock,), {}), [(0, ""), (70, "q")], moving=moving)
        assert harmful(seen.text.replace("\r", "")) == []
        drawn = [text for _, text in seen.stage.written if text.startswith("\r")]
        assert all("\n" not in text for text in drawn)


# ----------------------------------------------------------------------- real lines


def test_no_line_is_lost() -> None:
    """Many at once, in pieces, with Windows ends, a last one without an end."""
    ours, theirs = os.pipe()
    with os.fdopen(ours) as stream:
        keys = TypedLines(stream)
        assert keys.line(0.01) is None
        os.write(theirs, b"a\nb\r\n\nc")
        assert [keys.line(PATIENCE) for _ in range(3)] == ["a", "b\r", ""]
        assert keys.line(0.01) is None
        os.write(theirs, b"d\n\xff")
        assert keys.line(PATIENCE) == "cd"
        os.close(theirs)
        assert keys.line(PATIENCE) == "\ufffd"
        for _ in range(2):
            with pytest.raises(EOFError):
                keys.line(PATIENCE)


def test_a_stream_that_is_no_file() -> None:
    keys = TypedLines(io.StringIO("a\nb"))
    assert [keys.line(PATIENCE), keys.line(PATIENCE)] == ["a", "b"]
    with pytest.raises(EOFError):
        keys.line(PATIENCE)


# ------------------------------------------------------------- a terminal, a pipe

# A busy machine may be a second late.
TOLD = r"used 0:\d\d, over 0:\d\d"


@pytest.fixture
def quick(starter: Path) -> Path:
    """A kit with a format of two short speeches."""
    form = {
        **OWN,
        "sides": {"pro": "Home", "con": "Away"},
        "speeches": [
            {"name": "First", "side": "pro", "speaker": "H", "minutes": "0:02"},
            {"name": "Second", "side": "con", "speaker": "A", "minutes": "0:03"},
        ],
        "prep": {"per_side": "0:02"},
        "poi": {"opens": "0:01", "closes": "0:02"},
    }
    write_yaml(starter / "formats.yaml", {"formats": [form]})
    return starter


def on_a_terminal(
    kit: Path, log_file: Path, term: str, columns: int
) -> tuple[str, int]:
    """Hold the quick round on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    size = b"".join(n.to_bytes(2, sys.byteorder) for n in (24, columns, 0, 0))
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, size)
    process = subprocess.Popen(
        command("timer", "quick", "--kit", kit, "--log", log_file),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(TERM=term),
        start_new_session=True,
    )
    os.close(theirs)
    seen = read_until(ours, b"0:02 ready")
    os.write(ours, b"p\n")
    seen += read_until(ours, b"is used up")
    os.write(ours, b"\n")
    seen += read_until(ours, b"time is up")
    os.write(ours, b"n\n\n")
    seen += read_until(ours, b"time is up")
    os.write(ours, b"n\n")
    while True:
        ready, _, _ = select.select([ours], [], [], PATIENCE)
        assert ready
        try:
            some = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side has closed.
            break
        if not some:
            break
        seen += some
    os.close(ours)
    return seen.decode(), process.wait(timeout=PATIENCE)


@pytest.mark.parametrize("columns", [80, 40])
def test_a_round_on_a_real_terminal(quick: Path, tmp_path: Path, columns: int) -> None:
    path = tmp_path / "round.txt"
    seen, status = on_a_terminal(quick, path, "xterm", columns)
    assert status == 0
    assert "\x1b" not in seen
    shown = "prep: Home 0:00, Away 0:02" if columns == 80 else "prep: 0:00 0:02"
    assert shown in seen
    assert re.search(r"\r0:0\d running", seen)
    assert seen.count("\a") >= 3 * 2
    plain = " ".join(seen.replace("\a", "").split())
    assert re.search(r"First: \w+ bell, time is up", plain)
    assert re.search(rf"1\. First \(Home, H\): planned 0:02, {TOLD}", plain)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"Quick round \(quick\), \d{4}-\d\d-\d\d \d\d:\d\d", lines[0])
    assert re.fullmatch(rf"1\. First \(Home, H\): planned 0:02, {TOLD}", lines[1])
    assert re.fullmatch(rf"2\. Second \(Away, A\): planned 0:03, {TOLD}", lines[2])
    assert lines[3:] == [
        "prep of Home: used 0:02 of 0:02",
        "prep of Away: used 0:00 of 0:02",
        "Leagues differ: check the times with yours.",
    ]


def test_a_terminal_that_cannot_move_its_cursor(quick: Path, tmp_path: Path) -> None:
    seen, status = on_a_terminal(quick, tmp_path / "round.txt", "dumb", 80)
    assert status == 0
    # A terminal makes CR LF of each line's end.
    assert "\r" not in seen.replace("\r\n", "")
    assert "\a" in seen
    assert "points of information may be offered" in seen


def test_a_round_through_pipes(quick: Path) -> None:
    with subprocess.Popen(
        command("timer", "quick", "--kit", quick, "--speech", 2),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(TERM="xterm"),
    ) as process:
        assert process.stdin
        assert process.stdout
        began = time.monotonic()
        process.stdin.write(b"\n")
        process.stdin.flush()
        seen = read_until(process.stdout.fileno(), b"time is up")
        assert time.monotonic() - began >= 3
        rest, err = process.communicate(b"q\n", timeout=PATIENCE)
    out = (seen + rest).decode()
    assert (process.returncode, err) == (0, b"")
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", out)
    assert "2 of 2: Second (Away, A), 0:03\n" in out
    assert "Second: bell, points of information may be offered" in out
    assert "no more points of information" in out
    assert "1. First (Home, H): planned 0:02, not held\n" in out
    assert re.search(rf"2\. Second \(Away, A\): planned 0:03, {TOLD}\n", out)


def test_ctrl_c_shows_and_saves_the_log(quick: Path, tmp_path: Path) -> None:
    path = tmp_path / "round.txt"
    with subprocess.Popen(
        command("timer", "quick", "--kit", quick, "--log", path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"\n")
        process.stdin.flush()
        read_until(process.stdout.fileno(), b"time is up")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (130, b"")
    assert re.search(rf"First \(Home, H\): planned 0:02, {TOLD}\n", out.decode())
    assert "used 0:0" in path.read_text(encoding="utf-8")


def test_a_log_is_never_overwritten(
    quick: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "round.txt"
    path.write_text("an older round")
    assert run(["timer", "quick", "--kit", str(quick), "--log", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "is there already" in err
    assert path.read_text() == "an older round"
    nowhere = path / "x" / "round.txt"
    assert run(["timer", "quick", "--kit", str(quick), "--log", str(nowhere)]) == 1
    out, err = capsys.readouterr()
    assert err.startswith("debatekit: cannot write ")
    assert "1 of 2" not in out


def test_wrong_words(quick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kit = ["--kit", str(quick)]
    assert run(["timer", "quik", *kit]) == 1
    assert 'did you mean "quick"?' in capsys.readouterr().err
    assert run(["timer", "quick", "--speech", "3", *kit]) == 1
    assert "quick has no speech 3" in capsys.readouterr().err
    assert run(["timer", "quick", "--speech", "0", *kit]) == 2
    assert run(["timer", *kit]) == 2
