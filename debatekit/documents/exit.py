"""Exit tickets: four alike on a sheet, a sheet a lesson."""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.documents.common import Head, head_for
from debatekit.kit.kit import Kit

TICKETS_A_SHEET = 4
# More do not fit on a quarter of a sheet with lines to write on.
QUESTIONS_A_TICKET = 3
DEFAULT_QUESTIONS = (
    "Which argument of the side that you did not argue is its strongest, and why?",
    "What would make you think again about the motion?",
    "Name one statement from today that you would check, and where you would look.",
)


@dataclass(frozen=True)
class ExitSheet:
    """``id`` and ``lesson``, its title, are of the lesson that asks, or empty."""

    id: str
    lesson: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Exit:
    head: Head
    tickets: int
    sheets: tuple[ExitSheet, ...]


def exit_tickets(kit: Kit) -> Exit:
    """A sheet for every lesson that asks something at its end, or one that fits any."""
    sheets = tuple(
        ExitSheet(lesson.id, lesson.title, lesson.exit[:QUESTIONS_A_TICKET])
        for lesson in kit.extras.lessons.values()
        if lesson.exit
    )
    return Exit(
        head=head_for(kit, "exit", "Exit ticket", kit.head.title),
        tickets=TICKETS_A_SHEET,
        sheets=sheets or (ExitSheet("", "", DEFAULT_QUESTIONS),),
    )
