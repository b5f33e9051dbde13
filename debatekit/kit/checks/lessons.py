"""Rules on lesson plans: minutes, and everything that a step needs is in the plan."""

from __future__ import annotations

from collections.abc import Iterator

from debatekit.kit.checks.references import Finder
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Problem, counted, did_you_mean, error, warning


def lesson_minutes_add_up(kit: Kit) -> Iterator[Problem]:
    """The steps of a lesson take as long as the lesson."""
    for lesson in kit.extras.lessons.values():
        total = sum(step.minutes for step in lesson.steps)
        if total != lesson.minutes:
            yield error(
                lesson.origin.at("minutes"),
                "lesson-minutes",
                f'the steps of lesson "{lesson.id}" take {total} minutes, '
                f"not {lesson.minutes}",
            )


def what_is_in_hand_is_copied(kit: Kit) -> Iterator[Problem]:
    """What a step has in hand is in the plan's copies, or among the things needed.

    Fails: ``hand: [note sheet]`` in a plan that has no copies of that name.
    """
    for lesson in kit.extras.lessons.values():
        known = [*(copies.name for copies in lesson.copies), *lesson.needs]
        for step in lesson.steps:
            for index, name in enumerate(step.hand):
                if name not in known:
                    yield error(
                        step.origin.at("hand", index),
                        "hand-unknown",
                        f'a step of lesson "{lesson.id}" has "{name}" in hand, which '
                        "is neither in copies nor in needs",
                        did_you_mean(name, known),
                    )


def copies_can_be_counted(kit: Kit) -> Iterator[Problem]:
    """Copies for each group are for groups that there are, and groups can be made.

    Fails: ``per: group`` in a plan without ``groups``; groups of 4, but at least 5.
    """
    for lesson in kit.extras.lessons.values():
        groups = lesson.groups
        if groups is not None and not groups.least <= groups.of <= groups.most:
            yield error(
                groups.origin.at("of"),
                "groups-impossible",
                f'lesson "{lesson.id}" has groups of {groups.of}, but from '
                f"{groups.least} to {groups.most}",
            )
        for copies in lesson.copies:
            if copies.per == "group" and groups is None:
                yield error(
                    copies.origin.at("per"),
                    "groups-missing",
                    f'"{copies.name}" is copied for each group, but lesson '
                    f'"{lesson.id}" does not say how the class is divided',
                    "add groups, as in {of: 4, least: 4, most: 5}",
                )
            if copies.seat is not None and copies.per != "group":
                yield error(
                    copies.origin.at("seat"),
                    "groups-missing",
                    f'"{copies.name}" names a seat of a group, but is not copied for '
                    "each group",
                    "write per: group",
                )


def answers_fit_the_questions(kit: Kit) -> Iterator[Problem]:
    """Model answers are one for each question for the way out, or none at all."""
    for lesson in kit.extras.lessons.values():
        if lesson.answers and len(lesson.answers) != len(lesson.exit):
            yield error(
                lesson.origin.at("answers"),
                "exit-answers",
                f'lesson "{lesson.id}" has {counted(len(lesson.answers), "answer")} to '
                f"{counted(len(lesson.exit), 'question')} in exit",
            )


def extracts_name_passages(kit: Kit) -> Iterator[Problem]:
    """The passages of an extract exist."""
    find = Finder(kit)
    for lesson in kit.extras.lessons.values():
        for index, passage in enumerate(lesson.extract):
            at = lesson.origin.at("extract", index)
            yield from find.passage(f'lesson "{lesson.id}"', passage, at)


def extracts_are_even(kit: Kit) -> Iterator[Problem]:
    """An extract has as many passages for one side as for the other."""
    for lesson in kit.extras.lessons.values():
        known = [kit.passages[p] for p in lesson.extract if p in kit.passages]
        pro, con = (sum(p.stance == side for p in known) for side in ("pro", "con"))
        if pro != con:
            yield warning(
                lesson.origin.at("extract"),
                "extract-one-sided",
                f'the extract of lesson "{lesson.id}" has {pro} for the motion and '
                f"{con} against it",
            )


def copies_are_used(kit: Kit) -> Iterator[Problem]:
    """What is copied for students is in their hands at some step."""
    for lesson in kit.extras.lessons.values():
        used = {name for step in lesson.steps for name in step.hand}
        for copies in lesson.copies:
            if copies.per != "teacher" and copies.name not in used:
                yield warning(
                    copies.origin.at("name"),
                    "copies-unused",
                    f'lesson "{lesson.id}" has "{copies.name}" copied, but no step has '
                    "it in hand",
                    "name it in the hand of a step, or leave it out",
                )


RULES = (
    lesson_minutes_add_up,
    what_is_in_hand_is_copied,
    copies_can_be_counted,
    answers_fit_the_questions,
    extracts_name_passages,
)
ADVICE = (extracts_are_even, copies_are_used)
