"""Rules on ids: each names one thing, and every name used is the name of something."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.load import PARTS, duplicate_id, record_id
from debatekit.kit.problems import Location, Problem, counted, did_you_mean, error


def unique_ids(kit: Kit) -> Iterator[Problem]:
    """An id stands for one record of its kind.

    Passes: passages ``a`` and ``b``. Fails: two passages ``a``, even in two sources.
    """
    sides = kit.sides.values()
    yield from _twice("source", kit.sources)
    yield from _twice("passage", (p for s in kit.sources for p in s.passages))
    yield from _twice("source check", (c for s in kit.sources for c in s.checks))
    yield from _twice("contention", (c for f in sides for c in f.contentions))
    yield from _twice("rebuttal", (r for f in sides for r in f.rebuttals))
    yield from _twice(
        "evidence", (e for f in sides for c in f.contentions for e in c.evidence)
    )
    yield from _twice("measure", kit.head.measures)


def unique_letters(kit: Kit) -> Iterator[Problem]:
    """No two sources share the letter they are printed with."""
    seen: dict[str, model.Source] = {}
    for source in kit.sources:
        first = seen.setdefault(source.letter, source)
        if first is not source:
            yield error(
                source.origin.at("letter"),
                "letter-duplicate",
                f'sources "{first.id}" and "{source.id}" both have '
                f"the letter {source.letter}",
            )


def motion_names_resolve(kit: Kit) -> Iterator[Problem]:
    """The motion's measure and definitions exist."""
    find = Finder(kit)
    motion = kit.head.motion
    measures = [m.id for m in kit.head.measures]
    at = motion.origin.at("measure")
    yield from find.one("the motion", "measure", motion.measure, measures, at)
    for index, term in enumerate(motion.definitions):
        at = motion.origin.at("definitions", index)
        yield from find.one("the motion", "term", term, kit.terms, at)


def evidence_names_resolve(kit: Kit) -> Iterator[Problem]:
    """What passages, facts, evidence and rebuttals name exists.

    Passes: ``passage: mcgrath-duty`` where a source has it. Fails: ``mcgrath-dutty``.
    """
    find = Finder(kit)
    for source in kit.sources:
        own = [c.id for c in source.checks]
        for passage in source.passages:
            for index, check in enumerate(passage.checks):
                at = passage.origin.at("checks", index)
                yield from find.one(f'passage "{passage.id}"', "check", check, own, at)
    for fact in kit.facts.values():
        for index, passage_id in enumerate(fact.overtakes):
            at = fact.origin.at("overtakes", index)
            yield from find.passage(f'fact "{fact.id}"', passage_id, at)
    for file in kit.sides.values():
        for contention in file.contentions:
            for evidence in contention.evidence:
                yield from find.ground(f'evidence "{evidence.id}"', evidence)
            for support in contention.support:
                yield from find.ground(f'contention "{contention.id}"', support)
        for rebuttal in file.rebuttals:
            who, known = f'rebuttal "{rebuttal.id}"', kit.contentions
            at = rebuttal.origin.at("answers")
            yield from find.one(who, "contention", rebuttal.answers, known, at)
            for support in rebuttal.support:
                yield from find.ground(who, support)


def item_names_resolve(kit: Kit) -> Iterator[Problem]:
    """The passages an item reads or offers, and what proves it, exist."""
    find = Finder(kit)
    for item in kit.items.values():
        yield from _item_names(kit, find, item)


def _item_names(kit: Kit, find: Finder, item: model.Item) -> Iterator[Problem]:
    who = f'item "{item.id}"'
    known = find.known
    for index, passage in enumerate(item.reads):
        yield from find.passage(who, passage, item.origin.at("reads", index))
    for part in item.parts:
        for letter, option in part.options.items():
            if option.passage is not None:
                at = option.origin.at("passage")
                yield from find.passage(f"option {letter} of {who}", option.passage, at)
    for proof in item.proof:
        for noun in proof.named:
            ident, at = getattr(proof, noun), proof.origin.at(noun)
            yield from find.one(f"the proof of {who}", noun, ident, known(noun), at)


def one_locator(kit: Kit) -> Iterator[Problem]:
    """A locator fits its source: a comment with its name, or a paragraph."""
    for quotation in kit.quotations():
        at = quotation.record.at
        name = quotation.name.partition(":")[2]
        comments = quotation.source.text.layout == "comments"
        good = (
            at.comment is not None and at.name and at.paragraph is None
            if comments
            else at.paragraph is not None and at.comment is None
        )
        if not good:
            want = "{comment: n, name: …}" if comments else "{paragraph: n}"
            yield error(
                at.origin.location,
                "locator-incomplete",
                f'"{name}" must say where it stands: at: {want}',
            )


def answers_fit_the_questions(kit: Kit) -> Iterator[Problem]:
    """Where a source's questions are answered, each of them is.

    Fails: two questions on context, and one answer.
    """
    for source in kit.sources:
        if source.answers is None:
            continue
        for group in ("sourcing", "context", "close_reading", "corroboration"):
            asked = getattr(source.questions, group)
            told = getattr(source.answers, group)
            if len(asked) != len(told):
                yield error(
                    source.answers.origin.key_at(group),
                    "answers-uneven",
                    f'source "{source.id}" has {counted(len(asked), "question")} '
                    f"under {group} and {counted(len(told), 'answer')}",
                    "give an answer to every question, in the same order",
                )


def _twice(noun: str, records: Iterable[model.Record]) -> Iterator[Problem]:
    seen: dict[str, model.Record] = {}
    for record in records:
        first = seen.setdefault(record_id(record), record)
        if first is not record:
            yield duplicate_id(record, first, noun)


class Finder:
    """Looks ids up, and says what is nearest where one is not there."""

    def __init__(self, kit: Kit):
        self.kit = kit

    def one(
        self, who: str, noun: str, ident: str, known: Collection[str], at: Location
    ) -> Iterator[Problem]:
        kit = self.kit
        if ident in known or ident in kit.broken or kit.unread & set(PARTS[noun]):
            return
        owner = {
            "passage": "which no source has",
            "check": "which is no source check of its source",
            "fact": "which facts.yaml does not have",
            "term": "which glossary.yaml does not have",
            "contention": "which neither side has",
            "measure": "which kit.yaml does not have",
            "source": "which is not in sources/",
            "event": "which timeline.yaml does not have",
            "rebuttal": "which neither side has",
        }[noun]
        yield error(
            at,
            f"{noun}-unknown",
            f'{who} names {noun} "{ident}", {owner}',
            did_you_mean(ident, known),
        )

    def known(self, noun: str) -> Collection[str]:
        """The ids of a kind of record that an item may be proved by."""
        kit = self.kit
        found: dict[str, Collection[str]] = {
            "passage": kit.passages,
            "check": kit.checks,
            "fact": kit.facts,
            "source": [s.id for s in kit.sources],
            "term": kit.terms,
            "event": kit.extras.events,
            "measure": [m.id for m in kit.head.measures],
            "contention": kit.contentions,
            "rebuttal": [r.id for group in kit.rebuttals.values() for r in group],
        }
        return found[noun]

    def passage(self, who: str, ident: str, at: Location) -> Iterator[Problem]:
        yield from self.one(who, "passage", ident, self.kit.passages, at)

    def ground(
        self, who: str, record: model.Evidence | model.Support
    ) -> Iterator[Problem]:
        """A passage or a fact: exactly one of the two, and it exists."""
        origin = record.origin
        if (record.passage is None) == (record.fact is None):
            yield error(
                origin.location,
                "evidence-unclear",
                f"{who} must name a passage or a fact, and not both",
            )
        if record.passage is not None:
            yield from self.passage(who, record.passage, origin.at("passage"))
        if record.fact is not None:
            facts = self.kit.facts
            yield from self.one(who, "fact", record.fact, facts, origin.at("fact"))


RULES = (
    unique_ids,
    unique_letters,
    one_locator,
    answers_fit_the_questions,
    motion_names_resolve,
    evidence_names_resolve,
    item_names_resolve,
)
