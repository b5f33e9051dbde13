"""The organizers: sheets to think and take notes on, filled from the kit where it can.

A Structured Academic Controversy, four corners, fishbowl notes, and impacts to weigh.
"""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.documents.common import SIDE_NAMES, Head, head_for
from debatekit.kit import model
from debatekit.kit.kit import Kit

STATEMENTS = 5
OPEN_QUESTIONS = 3
CLASHES = 2
CRITERIA = (
    ("magnitude", "How much?"),
    ("probability", "How likely?"),
    ("timeframe", "How soon?"),
    ("reversibility", "Can it be undone?"),
)


@dataclass(frozen=True)
class Starter:
    """How to begin a sentence that makes a move, such as disagree."""

    move: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Starters:
    """The sentence starters at the foot of each organizer; a kit may have none."""

    controversy: tuple[Starter, ...]
    corners: tuple[Starter, ...]
    fishbowl: tuple[Starter, ...]
    weighing: tuple[Starter, ...]


@dataclass(frozen=True)
class Impact:
    side: model.Side
    side_name: str
    number: int
    claim: str


@dataclass(frozen=True)
class Criterion:
    question: str
    pro: str
    con: str


@dataclass(frozen=True)
class Clash:
    """An impact of each side, to be weighed against the other."""

    number: int
    pro: Impact
    con: Impact
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Organizers:
    """``fields``: how the names of their fields begin, empty where they have none."""

    head: Head
    motion: str
    statements: tuple[str, ...]
    open_questions: tuple[str, ...]
    clashes: tuple[Clash, ...]
    starters: Starters
    fields: str = ""


def organizers(kit: Kit, fillable: bool = False) -> Organizers:
    """All organizers; the one for weighing only where the kit weighs impacts."""
    return Organizers(
        head=head_for(kit, "organizer", "Organizers", kit.head.title),
        motion=kit.head.motion.sentence,
        statements=_statements(kit),
        open_questions=_questions(kit)[:OPEN_QUESTIONS],
        clashes=_clashes(kit),
        starters=Starters(
            controversy=_starters(kit, "restate", "concede", "conclude"),
            corners=_starters(kit, "state", "disagree"),
            fishbowl=_starters(kit, "clarify", "challenge", "support"),
            weighing=_starters(kit, "weigh"),
        ),
        fields="organizer" if fillable else "",
    )


def _statements(kit: Kit) -> tuple[str, ...]:
    """What to take a stand on: the motion, contested statements, then claims in turn.

    Nobody can agree with a question, so what is contested in the form of one is left
    to the open questions; claims of both sides take its place, as many of each.
    """
    found = [kit.head.motion.sentence]
    found += [text for text in kit.head.contested if not _asks(text)]
    pairs = zip(
        kit.sides["pro"].contentions, kit.sides["con"].contentions, strict=False
    )
    for pair in pairs:
        if len(found) + len(pair) > STATEMENTS:
            break
        found += [contention.claim for contention in pair]
    return tuple(_sentence(text) for text in found[:STATEMENTS])


def _sentence(text: str) -> str:
    """A text with a full stop, which a motion is written without."""
    return text if text.rstrip("”’'\"").endswith((".", "!")) else f"{text}."


def _questions(kit: Kit) -> tuple[str, ...]:
    return tuple(text for text in kit.head.contested if _asks(text))


def _asks(text: str) -> bool:
    return text.rstrip("”’'\"").endswith("?")


def _starters(kit: Kit, *moves: str) -> tuple[Starter, ...]:
    """The starters of some moves, at the middle level of help, in the order named."""
    known = {move.move: move.starters.some for move in kit.extras.moves}
    return tuple(Starter(move, known[move]) for move in moves if known.get(move))


def _clashes(kit: Kit) -> tuple[Clash, ...]:
    """Each side's first impacts that the kit has weighed, set against each other."""
    weighed = [
        [(n, c) for n, c in enumerate(kit.sides[side].contentions, 1) if c.weighing]
        for side in model.SIDES
    ]
    pairs = list(zip(*weighed, strict=False))[:CLASHES]
    return tuple(_clash(number, *pair) for number, pair in enumerate(pairs, start=1))


def _clash(
    number: int, pro: tuple[int, model.Contention], con: tuple[int, model.Contention]
) -> Clash:
    return Clash(
        number=number,
        pro=_impact("pro", *pro),
        con=_impact("con", *con),
        criteria=tuple(
            Criterion(
                question,
                getattr(pro[1].weighing, name, ""),
                getattr(con[1].weighing, name, ""),
            )
            for name, question in CRITERIA
        ),
    )


def _impact(side: model.Side, number: int, contention: model.Contention) -> Impact:
    return Impact(side, SIDE_NAMES[side], number, contention.claim)
