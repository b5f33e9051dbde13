"""A solver of generated items that knows only the map of a kit, not the generators.

It reads what a student reads (stem, options, passages in hand) and answers from the
kit's records: every option that is right, or that the map does not rule out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from itertools import pairwise

from debatekit.kit import model
from debatekit.kit.kit import Kit

Answer = set[str]


def solve(kit: Kit, kind: str, item: model.Item) -> Answer:
    """The letters of all options that may be right."""
    return SOLVERS[kind](kit, item)


def _by_text(item: model.Item, right: Callable[[str], bool]) -> Answer:
    return {letter for letter, option in item.options.items() if right(option.text)}


def _by_passage(item: model.Item, right: Callable[[str], bool]) -> Answer:
    return {
        letter for letter, option in item.options.items() if right(str(option.passage))
    }


def _claimed(kit: Kit, stem: str) -> model.Contention:
    found = [c for c in kit.contentions.values() if c.claim in stem]
    assert len(found) == 1, stem
    return found[0]


def _evidence(contention: model.Contention) -> set[str]:
    return {str(e.passage or e.fact) for e in contention.evidence}


def _supports(reply: model.Rebuttal) -> set[str]:
    return {str(s.passage or s.fact) for s in reply.support}


def _touches(kit: Kit, ground: str) -> set[str]:
    """Contentions that use a passage or fact, or are answered with it."""
    found = {c.id for c in kit.contentions.values() if ground in _evidence(c)}
    for replies in kit.rebuttals.values():
        found |= {reply.answers for reply in replies if ground in _supports(reply)}
    return found


def _who_said(kit: Kit, item: model.Item) -> Answer:
    passage = kit.passages[item.reads[0]]
    author = kit.source_of[passage.id].author
    name = passage.speaker or passage.at.name or author
    if name == "not known":
        name = "the writer"
    return _by_text(item, lambda text: name.casefold() in text.casefold())


def _source_kind(kit: Kit, item: model.Item) -> Answer:
    kind = kit.source_of[item.reads[0]].kind
    words = {"reader comments": "comment", "news": "report", "official document": "doc"}
    return _by_text(item, lambda text: words.get(kind, kind)[:7] in text)


def _which_side(kit: Kit, item: model.Item) -> Answer:
    passage = kit.passages[item.reads[0]]
    sides = {passage.stance} - {"neutral"}
    for side, file in kit.sides.items():
        if any(passage.id in _evidence(c) for c in file.contentions):
            sides.add(side)
        if any(passage.id in _supports(r) for r in file.rebuttals):
            sides.add(side)
    if "mixed" in sides:
        sides = {"pro", "con"}
    wanted = {side.upper() for side in sides} or {"Neither,"}
    return _by_text(
        item,
        lambda text: (
            text.split()[0].rstrip(",") in {word.rstrip(",") for word in wanted}
        ),
    )


def _which_contention(kit: Kit, item: model.Item) -> Answer:
    if item.reads:
        ground = item.reads[0]
    else:
        ground = next(
            str(e.fact)
            for c in kit.contentions.values()
            for e in c.evidence
            if e.tag in item.stem
        )
    claims = {kit.contentions[c].claim for c in _touches(kit, ground)}
    return _by_text(item, lambda text: text in claims)


def _which_passage(kit: Kit, item: model.Item) -> Answer:
    contention = _claimed(kit, item.stem)
    side = kit.side_of[contention.id]

    def may_support(name: str) -> bool:
        passage = kit.passages[name]
        touched = _touches(kit, name)
        if contention.id in touched or passage.stance == "mixed":
            return True
        # Of this side, and without another place in the cases: it might fit anywhere.
        return passage.stance in (side, "neutral") and not touched

    return _by_passage(item, may_support)


def _which_tag(kit: Kit, item: model.Item) -> Answer:
    tags = {
        e.tag
        for c in kit.contentions.values()
        for e in c.evidence
        if e.passage == item.reads[0]
    }
    return _by_text(item, lambda text: text in tags)


def _which_reply(kit: Kit, item: model.Item) -> Answer:
    contention = _claimed(kit, item.stem)
    right = kit.rebuttals[contention.id]
    grounds = _evidence(contention).union(*map(_supports, right))
    replies = [r for group in kit.rebuttals.values() for r in group]

    def may_answer(text: str) -> bool:
        own = [r for r in replies if " ".join(r.text.split()).startswith(text)]
        assert own, text
        return any(r in right or _supports(r) & grounds for r in own)

    return _by_text(item, may_answer)


def _who_disagrees(kit: Kit, item: model.Item) -> Answer:
    if len(item.reads) == 2:
        claims = {
            kit.contentions[c].claim for r in item.reads for c in _touches(kit, r)
        }
        return _by_text(item, lambda text: text in claims)
    side = kit.passages[item.reads[0]].stance
    return _by_passage(item, lambda name: kit.passages[name].stance != side)


def _overclaim(kit: Kit, item: model.Item) -> Answer:
    over = {
        option.text
        for one in kit.items.values()
        if one.reads == item.reads
        for option in one.options.values()
        if option.mistake == "overclaim"
    }
    return _by_text(item, lambda text: text in over)


FAULT_WORDS = {
    "wrong": "not the case",
    "misleading": "wrong idea",
    "outdated": "overtook",
    "disputed": "argue",
    "unverifiable": "able to check",
}


def _source_error(kit: Kit, item: model.Item) -> Answer:
    if item.type == "matching":
        own = [
            [c.id for c in kit.checks.values() if f"“{c.says}”" in pair.left]
            for pair in item.pairs
        ]
        told = [
            [c.id for c in kit.checks.values() if _plain(c.record).startswith(p.right)]
            for p in item.pairs
        ]
        assert own == told, (own, told)
        assert len({tuple(names) for names in own}) == len(own)
        assert all(len(names) == 1 for names in own)
        return set()
    checks = [kit.checks[c] for c in kit.passages[item.reads[0]].checks]
    check = next(c for c in checks if f"“{c.says}”" in item.stem)
    faults = {check.fault}
    if re.search(r"disput|disagree|opinion", check.record):
        faults.add("disputed")
    return _by_text(item, lambda text: any(FAULT_WORDS[f] in text for f in faults))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _days(date: str) -> tuple[datetime.date, datetime.date]:
    """The first day and the last that a date may mean."""
    year, month, day = ([int(p) for p in date.split("-")] + [0, 0])[:3]
    if day:
        exact = datetime.date(year, month, day)
        return exact, exact
    after = datetime.date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    return datetime.date(year, month or 1, 1), after - datetime.timedelta(1)


def _event(kit: Kit, text: str) -> model.Event:
    found = [e for e in kit.extras.events.values() if e.event == text]
    assert len(found) == 1
    return found[0]


def _event_order(kit: Kit, item: model.Item) -> Answer:
    spans = [_days(_event(kit, step.text).date) for step in item.steps]
    for before, after in pairwise(spans):
        assert before[1] < after[0], item.id
    assert not any(re.search(r"\b(19|20)\d\d\b", step.text) for step in item.steps)
    return set()


def _event_before(kit: Kit, item: model.Item) -> Answer:
    assert kit.measure is not None
    first, last = _days(kit.measure.date)
    earlier = "already" in item.stem

    def may_fit(text: str) -> bool:
        start, end = _days(_event(kit, text).date)
        return start <= last if earlier else end >= first

    return _by_text(item, may_fit)


def _which_measure(kit: Kit, item: model.Item) -> Answer:
    explained = kit.extras.explainers
    named = [m for m in kit.head.measures if f"'{m.name}'" in item.stem]
    if named:
        return _by_text(item, lambda text: text == explained[named[0].id].in_short)
    asked = item.stem.removesuffix(" Which measure is this about?")
    about = {
        name
        for name, text in [
            *((m.id, m.what) for m in kit.head.measures),
            *((e.measure, e.in_short) for e in explained.values()),
            *((str(e.measure), e.event) for e in kit.extras.events.values()),
        ]
        if _plain(text).startswith(asked.rpartition(": ")[2])
        or text in asked
        or _plain(text).startswith(asked)
    }
    names = {m.name for m in kit.head.measures if m.id in about}
    return _by_text(item, lambda text: text in names)


def _forms(term: model.Term) -> list[str]:
    return [term.term, *term.also]


def _term_to_meaning(kit: Kit, item: model.Item) -> Answer:
    match = re.search(r"what does '(.+)' mean\?$", item.stem)
    assert match
    meanings = {t.meaning for t in kit.terms.values() if match.group(1) in _forms(t)}
    if item.reads:
        text = kit.passages[item.reads[0]].text.casefold()
        assert match.group(1).casefold() in text
    return _by_text(item, lambda text: text in meanings)


def _meaning_to_term(kit: Kit, item: model.Item) -> Answer:
    right = {t.term for t in kit.terms.values() if item.stem.startswith(t.meaning)}
    return _by_text(item, lambda text: text in right)


def _word_left_out(kit: Kit, item: model.Item) -> Answer:
    (term,) = [t for t in kit.terms.values() if item.stem.startswith(t.meaning)]
    text = kit.passages[item.reads[0]].text
    standing = re.findall(rf"(?i)\b{re.escape(item.answers[0])}\b", text)
    assert len(standing) == 1, item.id
    assert set(item.answers) <= set(_forms(term))
    assert item.stem.count(model.GAP) == 1
    assert item.stem.endswith(model.GAP)
    return set()


SOLVERS: dict[str, Callable[[Kit, model.Item], Answer]] = {
    "who-said": _who_said,
    "source-kind": _source_kind,
    "which-side": _which_side,
    "which-contention": _which_contention,
    "which-passage": _which_passage,
    "which-tag": _which_tag,
    "which-reply": _which_reply,
    "who-disagrees": _who_disagrees,
    "overclaim": _overclaim,
    "source-error": _source_error,
    "event-order": _event_order,
    "event-before": _event_before,
    "which-measure": _which_measure,
    "term-to-meaning": _term_to_meaning,
    "meaning-to-term": _meaning_to_term,
    "word-left-out": _word_left_out,
}
