"""The lesson plans: minute by minute, with what to print, role cards and notes.

Stage: documents. How many pages a handout has is known only when it is laid out: the
build fills it in with ``with_pages``, and the plan does without until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from debatekit.documents.common import Audience, Head, head_for
from debatekit.documents.exit import TICKETS_A_SHEET
from debatekit.kit import model
from debatekit.kit.kit import Kit

STUDENTS = 28
TABLE = 4
# Cut apart, so printed on one side.
ONE_SIDED = frozenset({"cards", "exit"})
# In the teacher's folder, and yet not for the teacher alone.
SHARED = frozenset({"ballot"})
# What a lesson may call a handout in its needs, beside the handout's own name.
CALLED = {
    "ballots": "ballot",
    "exit tickets": "exit",
    "flow sheets": "flow",
    "organizers": "organizer",
}


@dataclass(frozen=True)
class PrintRow:
    """A handout to print; ``pages`` is 0 where it is not known."""

    handout: str
    file: str
    audience: Audience
    pages: int = 0

    @property
    def sheets(self) -> int:
        """Sheets of paper for one copy."""
        one_sided = self.handout in ONE_SIDED
        return self.pages if one_sided else -(-self.pages // 2)

    @property
    def for_students(self) -> str:
        if self.handout == "exit":
            return f"{-(-STUDENTS // TICKETS_A_SHEET)} of this lesson's page"
        return "1, for you" if self._for_one else self._copies(STUDENTS)

    @property
    def for_tables(self) -> str:
        if self._for_one or self.handout == "exit":
            return "–"
        return self._copies(-(-STUDENTS // TABLE))

    @property
    def _for_one(self) -> bool:
        return self.audience == "teacher" and self.handout not in SHARED

    def _copies(self, count: int) -> str:
        if not self.pages:
            return str(count)
        return f"{count}, on {count * self.sheets} sheets"


@dataclass(frozen=True)
class StepRow:
    clock: str
    who: str
    do: str
    say: str


@dataclass(frozen=True)
class RoleCard:
    role: str
    does: str


@dataclass(frozen=True)
class Plan:
    title: str
    minutes: int
    students: str
    aims: tuple[str, ...]
    needs: tuple[str, ...]
    prints: tuple[PrintRow, ...]
    steps: tuple[StepRow, ...]
    roles: tuple[RoleCard, ...]
    exit: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def counted(self) -> bool:
        """Whether the pages of all that is to be printed are known."""
        return all(row.pages for row in self.prints)


@dataclass(frozen=True)
class Lessons:
    head: Head
    motion: str
    class_size: int
    table: int
    tables: int
    plans: tuple[Plan, ...]

    def with_pages(self, pages: Mapping[str, int]) -> Lessons:
        """The same with page counts: ``pages`` maps a handout file's name to its own.

        Of several forms of a quiz the longest counts: a student gets one of them.
        """
        plans = tuple(
            replace(
                plan,
                prints=tuple(
                    replace(row, pages=_pages(row.handout, pages))
                    for row in plan.prints
                ),
            )
            for plan in self.plans
        )
        return replace(self, plans=plans)


def lessons(kit: Kit, known: Mapping[str, Audience]) -> Lessons:
    """All lesson plans of a kit; ``known`` are the handouts there are, by name."""
    return Lessons(
        head=head_for(kit, "lesson", "Lesson plans", kit.head.title, "teacher"),
        motion=kit.head.motion.sentence,
        class_size=STUDENTS,
        table=TABLE,
        tables=-(-STUDENTS // TABLE),
        plans=tuple(_plan(lesson, known) for lesson in kit.extras.lessons.values()),
    )


def _plan(lesson: model.Lesson, known: Mapping[str, Audience]) -> Plan:
    return Plan(
        title=lesson.title,
        minutes=lesson.minutes,
        students=lesson.students,
        aims=lesson.aims,
        needs=tuple(n for n in lesson.needs if CALLED.get(n, n) not in known),
        prints=tuple(_prints(lesson.needs, known)),
        steps=tuple(_steps(lesson.steps)),
        roles=tuple(RoleCard(role.role, role.does) for role in lesson.roles),
        exit=lesson.exit,
        notes=lesson.notes,
    )


def _prints(needs: Iterable[str], known: Mapping[str, Audience]) -> Iterator[PrintRow]:
    for name in (CALLED.get(need, need) for need in needs):
        if name in known:
            yield PrintRow(name, f"{known[name]}/{name}.pdf", known[name])


def _steps(steps: tuple[model.Step, ...]) -> Iterator[StepRow]:
    ends = accumulate(step.minutes for step in steps)
    for step, end in zip(steps, ends, strict=True):
        clock = f"{_clock(end - step.minutes)}–{_clock(end)}"
        yield StepRow(clock, step.who, step.do, step.say)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _pages(handout: str, pages: Mapping[str, int]) -> int:
    """The pages of a handout, or of the longest of its files: quiz-a, quiz-b …"""
    if handout in pages:
        return pages[handout]
    forms = [
        count
        for name, count in pages.items()
        if name.startswith(f"{handout}-") and len(name) == len(handout) + 2
    ]
    return max(forms, default=0)
