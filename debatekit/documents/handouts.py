"""The handouts there are, by name: what each is made from and for whom.

Stage: the list of documents; a new handout is a module, a template and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from debatekit.documents.balance_sheet import balance_sheet
from debatekit.documents.ballot import ballot
from debatekit.documents.brief import brief
from debatekit.documents.cards import cards
from debatekit.documents.clash import clash_map
from debatekit.documents.common import Audience
from debatekit.documents.exit import exit_tickets
from debatekit.documents.flow import flow
from debatekit.documents.glossary import glossary
from debatekit.documents.key import key
from debatekit.documents.lesson import STUDENTS, lessons
from debatekit.documents.measures import measures
from debatekit.documents.organizer import organizers
from debatekit.documents.quiz import quiz
from debatekit.documents.roles import roles
from debatekit.documents.sources import sources
from debatekit.documents.timeline import timeline
from debatekit.kit.formats import DEFAULT, one_format
from debatekit.kit.kit import Kit
from debatekit.kit.model import DebateFormat
from debatekit.kit.problems import UserError
from debatekit.kit.quotes import read_lock
from debatekit.kit.quotes.usage import usage
from debatekit.quiz.blueprint import choose
from debatekit.quiz.forms import make_forms
from debatekit.quiz.records import FORM_LETTERS, Forms


@dataclass(frozen=True)
class Handout:
    """One file to be made: ``path`` below the kit's folder, without an ending."""

    name: str
    path: str
    template: str
    audience: Audience
    document: Any


@dataclass(frozen=True)
class Chosen:
    """What a build decides beside the kit: forms of the quiz, a debate format, whether
    quiz and organizers are to be filled in on screen, and for how many students the
    lesson plans count copies."""

    forms: Forms
    format: DebateFormat
    fillable: bool = False
    class_size: int = STUDENTS


Maker = Callable[[Kit, Chosen], Iterator[Handout]]


def _brief_pro(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    yield _student("brief-pro", "brief", brief(kit, "pro"))


def _brief_con(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    yield _student("brief-con", "brief", brief(kit, "con"))


def _sources(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    yield _student("sources", "sources", sources(kit))


def _sources_plain(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    if kit.extras.readings:
        yield _student("sources-plain", "sources", sources(kit, "plain"))


def _measures(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    if kit.extras.explainers:
        yield _student("measures", "measures", measures(kit))


def _glossary(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    if kit.terms:
        yield _student("glossary", "glossary", glossary(kit))


def _timeline(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    if kit.extras.events:
        yield _student("timeline", "timeline", timeline(kit))


def _map(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    if kit.rebuttals:
        yield _student("map", "map", clash_map(kit))


def _organizer(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    yield _student("organizer", "organizer", organizers(kit, chosen.fillable))


def _exit(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    yield _student("exit", "exit", exit_tickets(kit))


def _flow(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    yield _student("flow", "flow", flow(kit, chosen.format))


def _cards(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    yield _student("cards", "cards", cards(kit))


def _quiz(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    for form in chosen.forms.forms:
        # A single form is the quiz; several are files of their own, to copy in piles.
        name = "quiz" if len(chosen.forms.forms) == 1 else f"quiz-{form.letter.lower()}"
        yield _student(name, "quiz", quiz(kit, form, chosen.fillable))


def _lesson(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    if kit.extras.lessons:
        yield _teacher("lesson", lessons(kit, AUDIENCES, chosen.class_size))


def _roles(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    document = roles(kit)
    if document.sheets or document.extracts:
        yield _teacher("roles", document)


def _balance(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    lock, _ = read_lock(kit.folder)
    yield _teacher("balance", balance_sheet(kit, usage(kit, lock)))


def _ballot(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    yield _teacher("ballot", ballot(kit, chosen.format))


def _key(kit: Kit, chosen: Chosen) -> Iterator[Handout]:
    yield _teacher("key", key(kit, chosen.forms))


def _teacher(name: str, document: Any) -> Handout:
    return Handout(name, f"teacher/{name}", name, "teacher", document)


def _student(name: str, template: str, document: Any) -> Handout:
    return Handout(name, f"student/{name}", template, "student", document)


HANDOUTS: dict[str, Maker] = {
    "brief-pro": _brief_pro,
    "brief-con": _brief_con,
    "sources": _sources,
    "sources-plain": _sources_plain,
    "measures": _measures,
    "glossary": _glossary,
    "timeline": _timeline,
    "map": _map,
    "cards": _cards,
    "flow": _flow,
    "organizer": _organizer,
    "quiz": _quiz,
    "exit": _exit,
    "lesson": _lesson,
    "roles": _roles,
    "balance": _balance,
    "ballot": _ballot,
    "key": _key,
}
TEACHERS = frozenset({"lesson", "roles", "balance", "ballot", "key"})
AUDIENCES: dict[str, Audience] = {
    name: "teacher" if name in TEACHERS else "student" for name in HANDOUTS
}
MAX_FORMS = len(FORM_LETTERS)


def printed_forms(
    kit: Kit, count: int, seed: int, generated: int | None = None
) -> Forms:
    """The forms of the kit's blueprint; ``generated`` overrides how many items are from
    the map. Raises UserError where a line of the blueprint cannot be met."""
    blueprint, asked_by = kit.head.quiz, ""
    if generated is not None:
        blueprint, asked_by = blueprint.with_generated(generated), "--generated"
    items = list(kit.items.values())
    if blueprint.generated:
        from debatekit.quiz.generate import generated as from_the_map

        items += (made.item for made in from_the_map(kit))
    chosen = choose(kit, blueprint, items, seed, asked_by)
    return make_forms(kit, chosen, count, seed, blueprint.minutes)


def handouts(
    kit: Kit,
    names: Sequence[str],
    forms: Forms,
    format_id: str = DEFAULT,
    fillable: bool = False,
    class_size: int = STUDENTS,
) -> Iterator[Handout]:
    """The handouts named, in the order of HANDOUTS; none named means all that the kit
    has the files for. Raises UserError where it lacks those of a handout named, or
    where there is no debate format of that id."""
    chosen = Chosen(forms, one_format(kit, format_id), fillable, class_size)
    for name, make in HANDOUTS.items():
        if names and name not in names:
            continue
        made = list(make(kit, chosen))
        if names and not made:
            raise UserError(
                f'this kit has nothing to make the handout "{name}" from',
                "docs/authoring.md says which files it needs",
            )
        yield from made
