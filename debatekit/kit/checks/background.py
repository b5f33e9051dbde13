"""Rules on what surrounds the cases: readings, coding, time line, formats."""

from __future__ import annotations

from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.checks.references import Finder
from debatekit.kit.checks.wording import QUOTED
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Problem, did_you_mean, error, warning
from debatekit.kit.quotes import stands_in
from debatekit.kit.readability import grade, words_in

STANDARD_WORDS = range(250, 351)
PLAIN_WORDS = range(150, 221)
PLAIN_GRADES = (5.5, 7.5)  # 'about grade 6 to 7', within what the formula can tell


def background_names_resolve(kit: Kit) -> Iterator[Problem]:
    """Measures, sources, passages and terms that the other files name exist."""
    find = Finder(kit)
    measures = [m.id for m in kit.head.measures]
    sources = [s.id for s in kit.sources]
    for explainer in kit.extras.explainers.values():
        at = explainer.origin.at("measure")
        yield from find.one("an explainer", "measure", explainer.measure, measures, at)
    for event in kit.extras.events.values():
        if event.measure is not None:
            at = event.origin.at("measure")
            yield from find.one(
                f'event "{event.id}"', "measure", event.measure, measures, at
            )
    for reading in kit.extras.readings.values():
        at = reading.origin.at("source")
        yield from find.one("a reading", "source", reading.source, sources, at)
        for number, paragraph in enumerate(reading.paragraphs, start=1):
            who = f"paragraph {number} of this reading"
            for index, passage in enumerate(paragraph.quotes):
                at = paragraph.origin.at("quotes", index)
                yield from find.passage(who, passage, at)
            for index, term in enumerate(paragraph.terms):
                at = paragraph.origin.at("terms", index)
                yield from find.one(who, "term", term, kit.terms, at)
    coding = kit.extras.coding
    if coding is not None:
        at = coding.origin.at("source")
        yield from find.one("the coding", "source", coding.source, sources, at)


def readings_quote_the_same(kit: Kit) -> Iterator[Problem]:
    """Both levels of a paragraph quote the passages it names, and nothing else.

    Then an item about a passage can be answered by a reader of either level.
    """
    for reading in kit.extras.readings.values():
        for number, paragraph in enumerate(reading.paragraphs, start=1):
            known = [kit.passages[p] for p in paragraph.quotes if p in kit.passages]
            for level in ("standard", "plain"):
                text = getattr(paragraph, level)
                quoted = [m.strip(" ,.;:?!") for m in QUOTED.findall(text)]
                yield from _level(paragraph, number, level, quoted, known)


def _level(
    paragraph: model.ReadingParagraph,
    number: int,
    level: str,
    quoted: list[str],
    known: list[model.Passage],
) -> Iterator[Problem]:
    at = paragraph.origin.at(level)
    for words in quoted:
        if words and not any(stands_in(words, p.text) for p in known):
            yield error(
                at,
                "reading-quote",
                f"“{words}” in paragraph {number} ({level}) stands in none of the "
                "passages it names",
                "name the passage in quotes, or copy its words",
            )
    for passage in known:
        if not any(stands_in(words, passage.text) for words in quoted):
            yield error(
                at,
                "reading-quote",
                f'paragraph {number} ({level}) names passage "{passage.id}" but quotes '
                "none of its words",
                "set some of its words in “…” at both levels",
            )


def readings_fit_their_level(kit: Kit) -> Iterator[Problem]:
    """A retelling has 250 to 350 words; its plain form 150 to 220 at grade 6 to 7."""
    for reading in kit.extras.readings.values():
        at = reading.origin.at("paragraphs")
        standard = " ".join(p.standard for p in reading.paragraphs)
        plain = " ".join(p.plain for p in reading.paragraphs)
        for name, text, wanted in (
            ("standard", standard, STANDARD_WORDS),
            ("plain", plain, PLAIN_WORDS),
        ):
            count = len(words_in(text))
            if count not in wanted:
                yield warning(
                    at,
                    "reading-length",
                    f'the {name} reading of "{reading.source}" has {count} words; '
                    f"it should have {wanted.start} to {wanted.stop - 1}",
                )
        level = grade(plain)
        if not PLAIN_GRADES[0] <= level <= PLAIN_GRADES[1]:
            yield warning(
                at,
                "reading-level",
                f'the plain reading of "{reading.source}" is at grade {level:.1f}; '
                "it should be at 6 to 7",
                "shorter sentences and shorter words lower the grade",
            )


def coding_is_complete(kit: Kit) -> Iterator[Problem]:
    """Every comment from 1 up is coded once, on a ground that is listed."""
    coding = kit.extras.coding
    if coding is None:
        return
    numbers = [c.number for c in coding.comments]
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    twice = sorted({n for n in numbers if numbers.count(n) > 1})
    for label, found in (("not coded", missing), ("coded twice", twice)):
        if found:
            listed = ", ".join(str(n) for n in found)
            yield error(
                coding.origin.at("comments"),
                "coding-numbers",
                f"these comments are {label}: {listed}",
            )
    for comment in coding.comments:
        if comment.ground not in coding.grounds:
            yield error(
                comment.origin.at("ground"),
                "ground-unknown",
                f'comment {comment.number} has the ground "{comment.ground}", '
                "which is not listed in grounds",
            )
        twin = comment.near_duplicate_of
        if twin is not None and (twin not in numbers or twin == comment.number):
            yield error(
                comment.origin.at("near_duplicate_of"),
                "coding-numbers",
                f"comment {comment.number} cannot be a near-duplicate of {twin}",
            )


def coding_agrees_with_passages(kit: Kit) -> Iterator[Problem]:
    """A comment whose passages all go one way is not coded the other way."""
    coding = kit.extras.coding
    if coding is None:
        return
    source = next((s for s in kit.sources if s.id == coding.source), None)
    for comment in coding.comments if source else ():
        assert source is not None
        stances = {
            p.stance for p in source.passages if p.at.comment == comment.number
        } - {"neutral", "mixed"}
        if len(stances) == 1 and {comment.stance, *stances} == {"pro", "con"}:
            yield warning(
                comment.origin.at("stance"),
                "coding-stance",
                f"comment {comment.number} is coded {comment.stance}, but its passages "
                f"are {stances.pop()}",
            )


def events_in_order(kit: Kit) -> Iterator[Problem]:
    """The time line runs forward: an event is not before the one above it."""
    before = ""
    for event in kit.extras.events.values():
        if event.date < before[: len(event.date)]:
            yield warning(
                event.origin.at("date"),
                "event-order",
                f'event "{event.id}" ({event.date}) stands after {before}',
                "put the events in the order of their dates",
            )
        before = event.date


def formats_can_be_run(kit: Kit) -> Iterator[Problem]:
    """A format has one prep pool, and points of information inside its speeches.

    Fails: points until 7:00 in a speech of 4:00 that is not listed in ``not_in``.
    """
    for form in kit.extras.formats.values():
        prep, poi = form.prep, form.poi
        if prep is not None and prep.per_team and prep.per_side:
            yield error(
                prep.origin.at("per_side"),
                "prep-unclear",
                f'debate format "{form.id}" gives prep both per team and per side',
                "keep the one that fits",
            )
        if poi is None:
            continue
        names = [speech.name for speech in form.speeches]
        for index, name in enumerate(poi.not_in):
            if name not in names:
                yield error(
                    poi.origin.at("not_in", index),
                    "speech-unknown",
                    f'debate format "{form.id}" has no speech "{name}"',
                    did_you_mean(name, names) or f"it has: {', '.join(names)}",
                )
        for speech in form.speeches:
            window = form.poi_of(speech)
            if window and not window[0] < window[1] <= speech.seconds:
                yield error(
                    poi.origin.at("closes" if poi.closes else "opens"),
                    "poi-outside",
                    f'points of information do not fit into "{speech.name}", which '
                    f"takes {speech.minutes} minutes",
                    "correct opens and closes, or list the speech in not_in",
                )


RULES = (
    background_names_resolve,
    readings_quote_the_same,
    coding_is_complete,
    formats_can_be_run,
)
ADVICE = (
    readings_fit_their_level,
    coding_agrees_with_passages,
    events_in_order,
)
