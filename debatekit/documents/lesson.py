"""The lesson plans: what to copy, minute by minute, marks and notes.

Stage: documents. How many pages a handout has is known only when it is laid out: the
build fills it in with ``with_pages``, and the plan does without until then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from debatekit.documents.common import Audience, Head, head_for
from debatekit.documents.copying import (
    CopyRow,
    Layout,
    copy_rows,
    divided,
    said_of,
)
from debatekit.kit import model
from debatekit.kit.kit import Kit

STUDENTS = 28
# What a lesson may call a handout in its needs, beside the handout's own name.
CALLED = {
    "ballots": "ballot",
    "exit tickets": "exit",
    "flow sheets": "flow",
    "organizers": "organizer",
}
# Cut apart, so printed on one side.
ONE_SIDED = frozenset({"cards", "exit", "roles"})


@dataclass(frozen=True)
class StepRow:
    clock: str
    who: str
    do: str
    say: str
    hand: str


@dataclass(frozen=True)
class Question:
    """A question for the way out, with a model answer or none."""

    text: str
    answer: str


@dataclass(frozen=True)
class Plan:
    """``groups`` says how the class is divided, or nothing."""

    title: str
    minutes: int
    students: str
    before: str
    update: str
    groups: str
    aims: tuple[str, ...]
    needs: tuple[str, ...]
    copies: tuple[CopyRow, ...]
    steps: tuple[StepRow, ...]
    exit: tuple[Question, ...]
    grade: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def counted(self) -> bool:
        """Whether the pages of all that is to be copied are known."""
        return bool(self.copies) and all(row.span for row in self.copies)

    @property
    def has_hands(self) -> bool:
        return any(step.hand for step in self.steps)

    @property
    def sheets(self) -> int:
        return sum(row.total for row in self.copies)


@dataclass(frozen=True)
class Lessons:
    """``review`` says how far the kit has been reviewed, or nothing."""

    head: Head
    motion: str
    measure: str
    measure_text: str
    norms: tuple[str, ...]
    review: tuple[str, ...]
    class_size: int
    plans: tuple[Plan, ...]

    def with_pages(
        self,
        pages: Mapping[str, int],
        parts: Mapping[str, Mapping[str, Sequence[int]]] | None = None,
    ) -> Lessons:
        """The same with page counts: ``pages`` maps a handout file's name to its own,
        ``parts`` to the pages on which each of its parts stands. Raises UserError."""
        layout = Layout(pages, parts or {})
        plans = tuple(
            replace(plan, copies=tuple(row.laid_out(layout) for row in plan.copies))
            for plan in self.plans
        )
        return replace(self, plans=plans)


def lessons(
    kit: Kit, known: Mapping[str, Audience], class_size: int = STUDENTS
) -> Lessons:
    """All lesson plans of a kit; ``known`` are the handouts there are, by name."""
    measure = kit.measure
    return Lessons(
        head=head_for(kit, "lesson", "Lesson plans", kit.head.title, "teacher"),
        motion=kit.head.motion.sentence,
        measure=measure.name if measure else "",
        measure_text=measure.what if measure else "",
        norms=kit.head.norms,
        review=tuple(s.in_short for s in kit.extras.fairness if s.in_short),
        class_size=class_size,
        plans=tuple(
            _plan(lesson, known, class_size) for lesson in kit.extras.lessons.values()
        ),
    )


def _plan(lesson: model.Lesson, known: Mapping[str, Audience], class_size: int) -> Plan:
    groups = lesson.groups
    sizes = divided(class_size, groups) if groups else ()
    answers = lesson.answers or ("",) * len(lesson.exit)
    asked = zip(lesson.exit, answers, strict=True)
    return Plan(
        title=lesson.title,
        minutes=lesson.minutes,
        students=lesson.students,
        before=lesson.before,
        update=lesson.update,
        groups=said_of(sizes, groups.called) if groups else "",
        aims=lesson.aims,
        needs=tuple(n for n in lesson.needs if CALLED.get(n, n) not in known),
        copies=(*_named(lesson, known), *copy_rows(lesson, class_size, known)),
        steps=tuple(_steps(lesson.steps)),
        exit=tuple(Question(text, answer) for text, answer in asked),
        grade=lesson.grade,
        notes=lesson.notes,
    )


def _named(lesson: model.Lesson, known: Mapping[str, Audience]) -> Iterator[CopyRow]:
    """The handouts among the things needed, of which a plan does not say how many."""
    for name in (CALLED.get(need, need) for need in lesson.needs):
        if name in known:
            file = f"{known[name]}/{name}.pdf"
            two_sided = name not in ONE_SIDED
            yield CopyRow(name, name, file, "see the notes", 0, two_sided)


def _steps(steps: tuple[model.Step, ...]) -> Iterator[StepRow]:
    ends = accumulate(step.minutes for step in steps)
    for step, end in zip(steps, ends, strict=True):
        clock = f"{_clock(end - step.minutes)}–{_clock(end)}"
        yield StepRow(clock, step.who, step.do, step.say, ", ".join(step.hand))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
