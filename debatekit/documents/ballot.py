"""The judge's ballot of a debate format, and a rubric for the classroom.

Stage: documents. First comes what a student judge fills in, twice on a page; then the
ballot with points, with the motion and with room for another; then the rubric.
"""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.documents.common import SIDE_NAMES, Head, head_for
from debatekit.documents.rounds import (
    Timings,
    side_is_drawn,
    speakers,
    team_count,
    timings,
)
from debatekit.kit import model
from debatekit.kit.kit import Kit

# Leagues have scales of their own; the ballot says so.
SCALE = (
    ("30–29", "outstanding: could teach it"),
    ("28–27", "strong: clear, proved, answers what was said"),
    ("26–25", "good: clear, with some proof and some answers"),
    ("24–22", "on the way: claims stand alone or answers are missing"),
    ("21–20", "a start: hard to follow, or far too short"),
)
SHORT_BALLOTS = 2
PLACES = ("1st", "2nd", "3rd", "4th")
LEVELS = ("4 · leads", "3 · secure", "2 · on the way", "1 · a start")


@dataclass(frozen=True)
class Criterion:
    name: str
    levels: tuple[str, ...]


RUBRIC = (
    Criterion(
        "Argument",
        (
            "Every claim has a reason and an impact, and they fit together.",
            "Most claims have a reason, and it is clear why they matter.",
            "Claims are clear; reasons are thin or missing.",
            "An opinion without a reason.",
        ),
    ),
    Criterion(
        "Evidence",
        (
            "Exact words and facts, each with its source and how far to trust it.",
            "Evidence for most claims, with its source.",
            "Some evidence; sources are missing or the words are changed.",
            "No evidence, or evidence that does not fit the claim.",
        ),
    ),
    Criterion(
        "Answering",
        (
            "Takes the other side's best argument, puts it fairly and answers it.",
            "Answers most of what was said.",
            "Answers a few points, or weaker ones than were made.",
            "Speaks past the other side.",
        ),
    ),
    Criterion(
        "Weighing",
        (
            "Compares both sides: how much, how likely, how soon, how lasting.",
            "Says why its own side matters more, with one comparison.",
            "Says that its own side matters more.",
            "Does not compare.",
        ),
    ),
    Criterion(
        "Speaking and fairness",
        (
            "Easy to follow to the end, keeps the time, respectful under pressure.",
            "Clear and in time; keeps the ground rules.",
            "Partly read out or hard to hear; one reminder of a rule.",
            "Hard to follow, or breaks the ground rules.",
        ),
    ),
)


@dataclass(frozen=True)
class Team:
    """``side`` is empty where a lot decides it."""

    name: str
    side: model.Side | None
    side_name: str
    speakers: tuple[str, ...]


@dataclass(frozen=True)
class Ballot:
    """``motions`` holds one text for each ballot; an empty one is to be filled in.
    ``short`` is how many of the shorter ballots there are.

    ``places`` are ranks to give where there are more than two teams.
    """

    head: Head
    short: int
    motion: str
    motions: tuple[str, ...]
    format_name: str
    teams: tuple[Team, ...]
    places: tuple[str, ...]
    scale: tuple[tuple[str, str], ...]
    timings: Timings
    note: str
    levels: tuple[str, ...]
    criteria: tuple[Criterion, ...]


def ballot(kit: Kit, form: model.DebateFormat) -> Ballot:
    count = team_count(form)
    return Ballot(
        head=head_for(kit, "ballot", "Judge's ballot", kit.head.title, "teacher"),
        short=SHORT_BALLOTS,
        motion=kit.head.motion.sentence,
        motions=(kit.head.motion.sentence, ""),
        format_name=form.name,
        teams=tuple(_team(form, side) for side in model.SIDES),
        places=PLACES[:count] if count > len(model.SIDES) else (),
        scale=SCALE,
        timings=timings(form),
        note=form.note,
        levels=LEVELS,
        criteria=RUBRIC,
    )


def _team(form: model.DebateFormat, side: model.Side) -> Team:
    drawn = side_is_drawn(form)
    return Team(
        name=form.side_name(side),
        side=None if drawn else side,
        side_name="" if drawn else SIDE_NAMES[side],
        speakers=speakers(form, side),
    )
