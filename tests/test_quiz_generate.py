"""Generated items: right by the map alone, refused in doubt, stable, fit to be used."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from conftest import ROOT
from msgspec.structs import replace
from solver import SOLVERS, solve

from debatekit.kit import checks, model
from debatekit.kit.kit import Extras, Kit
from debatekit.kit.load import load
from debatekit.kit.problems import Problem, Severity
from debatekit.quiz.forms import make_forms
from debatekit.quiz.generate import GENERATORS, KINDS, Generated, generated

BUNDLED = ROOT / "seeds" / "huawei-ban"
R = TypeVar("R", bound=model.Record)


@cache
def bundled() -> Kit:
    kit = load(BUNDLED).kit
    assert kit is not None
    return kit


@cache
def made() -> Mapping[str, Generated]:
    return {one.item.id: one for one in generated(bundled())}


def of_kind(kit: Kit, kind: str) -> dict[str, model.Item]:
    return {g.item.id: g.item for g in GENERATORS[kind](kit)}


def as_the_bank(kit: Kit, items: Mapping[str, model.Item]) -> Kit:
    """The kit with these items in place of its own, and no blueprint to be met."""
    blueprint = replace(kit.head.quiz, skills={})
    return dataclasses.replace(
        kit, items=dict(items), head=replace(kit.head, quiz=blueprint)
    )


def problems_of(kit: Kit) -> list[Problem]:
    """What all rules say of the kit's generated items, taken as its bank."""
    items = {one.item.id: one.item for one in generated(kit)}
    known = {(p.code, p.message) for p in checks.run(kit, checks.everything())}
    found = checks.run(as_the_bank(kit, items), checks.everything())
    return [p for p in found if (p.code, p.message) not in known]


def assert_solved(kit: Kit, one: Generated) -> None:
    """Exactly one answer is right by the map, and it is the key."""
    item = one.item
    found = solve(kit, one.kind, item)
    assert found == ({item.key} if item.options else set()), item.id


def test_there_are_many_of_many_kinds() -> None:
    counts = Counter(one.kind for one in made().values())
    assert sum(counts.values()) >= 300
    assert len([kind for kind, count in counts.items() if count >= 10]) >= 10
    assert set(counts) == set(KINDS) == set(SOLVERS)


def test_ids_are_of_their_kind_and_differ() -> None:
    found = generated(bundled())
    assert len({one.item.id for one in found}) == len(found)
    assert all(one.item.id.startswith(f"gen-{one.kind}-") for one in found)


@pytest.mark.parametrize("kind", KINDS)
def test_the_map_alone_gives_the_key(kind: str) -> None:
    for one in made().values():
        if one.kind == kind:
            assert_solved(bundled(), one)


def test_the_same_in_small_kits(full_kit: Path, starter: Path) -> None:
    kinds = set()
    for folder in (full_kit, starter):
        kit = load(folder).kit
        assert kit is not None
        for one in generated(kit):
            assert_solved(kit, one)
            kinds.add(one.kind)
        faults = problems_of(kit)
        assert [p for p in faults if p.severity is Severity.ERROR] == []
    assert len(kinds) >= 3


def test_every_rule_on_items_is_kept() -> None:
    """Two items on one claim may give each other away; nothing else is advised."""
    assert {p.code for p in problems_of(bundled())} <= {"item-gives-away"}


def test_all_can_be_printed() -> None:
    items = {name: one.item for name, one in made().items()}
    kit = as_the_bank(bundled(), items)
    forms = make_forms(kit, items.values(), 2, seed=5)
    for form, key in zip(forms.forms, forms.keys, strict=True):
        assert len(form.items) == len(items)
        for entry in key.entries:
            assert entry.proofs
            assert entry.why or all(option.why for option in entry.options)


def test_words_of_others_are_attributed() -> None:
    """No screen name stands as a bare name, as an author's does."""
    names = {p.at.name for p in bundled().passages.values() if p.at.name}
    for one in made().values():
        shown = {option.text for option in one.item.options.values()}
        assert not shown & names, one.item.id


def test_a_source_check_stays_with_its_passage() -> None:
    kit = as_the_bank(bundled(), {n: one.item for n, one in made().items()})
    item = made()["gen-who-said-laskai-new-consensus"].item
    form = make_forms(kit, [item], 1, seed=1).forms[0]
    (note,) = form.blocks[0].passages[0].notes
    assert note == kit.checks["laskai-consensus"].record


def test_the_same_items_in_every_process() -> None:
    """Not by the order of sets: Python hashes words by another seed each time."""
    code = (
        "import sys; from pathlib import Path;"
        "from debatekit.kit.load import load;"
        "from debatekit.kit.write import item_yaml;"
        "from debatekit.quiz.generate import generated;"
        "kit = load(Path(sys.argv[1])).kit;"
        "print(''.join(item_yaml(g.item) for g in generated(kit)))"
    )
    digests = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, BUNDLED],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        )
        digests.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(digests) == 1


def test_a_pinned_item_is_not_offered_again() -> None:
    kit = bundled()
    name = next(iter(made()))
    pinned = dataclasses.replace(kit, items={**kit.items, name: made()[name].item})
    assert {one.item.id for one in generated(pinned)} == set(made()) - {name}


# ------------------------------------------------ the map changed, one thing at a time


def with_passage(name: str, **changes: Any) -> Kit:
    kit = bundled()
    sources = tuple(
        replace(s, passages=_changed(s.passages, name, changes)) for s in kit.sources
    )
    return dataclasses.replace(kit, sources=sources)


def with_check(name: str, **changes: Any) -> Kit:
    kit = bundled()
    sources = tuple(
        replace(s, checks=_changed(s.checks, name, changes)) for s in kit.sources
    )
    return dataclasses.replace(kit, sources=sources)


def with_contention(name: str, **changes: Any) -> Kit:
    kit = bundled()
    sides = {
        side: replace(f, contentions=_changed(f.contentions, name, changes))
        for side, f in kit.sides.items()
    }
    return dataclasses.replace(kit, sides=sides)


def with_rebuttal(name: str, **changes: Any) -> Kit:
    kit = bundled()
    sides = {
        side: replace(f, rebuttals=_changed(f.rebuttals, name, changes))
        for side, f in kit.sides.items()
    }
    return dataclasses.replace(kit, sides=sides)


def with_term(name: str, **changes: Any) -> Kit:
    kit = bundled()
    terms = dict(kit.terms)
    terms[name] = replace(terms[name], **changes)
    return dataclasses.replace(kit, terms=terms)


def with_event(name: str, **changes: Any) -> Kit:
    kit = bundled()
    events = dict(kit.extras.events)
    events[name] = replace(events[name], **changes)
    extras: Extras = dataclasses.replace(kit.extras, events=events)
    return dataclasses.replace(kit, extras=extras)


def _changed(
    records: tuple[R, ...], name: str, changes: dict[str, Any]
) -> tuple[R, ...]:
    return tuple(
        replace(r, **changes) if getattr(r, "id", "") == name else r for r in records
    )


def with_evidence(contention: str, passage: str) -> Kit:
    """The kit with one more card, on a passage, under a contention."""
    old = bundled().contentions[contention]
    card = replace(old.evidence[0], id="new-card", passage=passage, fact=None, read=())
    return with_contention(contention, evidence=(*old.evidence, card))


def shown(item: model.Item) -> set[str]:
    return {option.passage or option.text for option in item.options.values()}


def wrong(item: model.Item) -> list[str]:
    return [
        option.passage or option.text
        for letter, option in item.options.items()
        if letter != item.key
    ]


def test_a_mixed_stance_has_no_side() -> None:
    name = "gen-which-side-laskai-backfire"
    assert name in made()
    assert name not in of_kind(
        with_passage("laskai-backfire", stance="mixed"), "which-side"
    )


def test_a_passage_that_both_sides_use_has_no_side() -> None:
    name = "gen-which-side-laskai-backfire"
    kit = with_evidence("law-compels", "laskai-backfire")
    assert name not in of_kind(kit, "which-side")


@pytest.mark.parametrize("kind", ["which-contention", "which-passage"])
def test_a_passage_of_two_contentions_is_not_asked_for(kind: str) -> None:
    name = f"gen-{kind}-pro-wait-for-evidence"
    assert name in made()
    kit = with_evidence("law-compels", "c17-wait-for-evidence")
    assert name not in of_kind(kit, kind)


def test_a_passage_that_supports_the_claim_too_is_not_offered() -> None:
    name = "gen-which-passage-pro-wait-for-evidence"
    for passage in wrong(made()[name].item):
        kit = with_evidence("act-before-harm", passage)
        left = of_kind(kit, "which-passage").get(name)
        assert left is None or passage not in shown(left)


def test_a_passage_of_this_side_without_a_place_is_not_offered() -> None:
    """It might support the claim: nobody has said that it does not."""
    kit = bundled()
    placed = {e.passage for c in kit.contentions.values() for e in c.evidence}
    placed |= {
        s.passage for rs in kit.rebuttals.values() for r in rs for s in r.support
    }
    for item in of_kind(kit, "which-passage").values():
        side = kit.passages[str(item.options[str(item.key)].passage)].stance
        for name in wrong(item):
            assert name in placed or kit.passages[name].stance != side


def test_a_reply_that_leans_on_the_same_is_not_offered() -> None:
    item = made()["gen-which-reply-re-unfair-subsidy-1"].item
    own = next(
        r for r in bundled().sides["con"].rebuttals if r.id == "re-unfair-subsidy-1"
    )
    for text in wrong(item):
        other = next(
            r
            for r in bundled().sides["con"].rebuttals
            if " ".join(r.text.split()).startswith(text)
        )
        kit = with_rebuttal(other.id, support=own.support)
        left = of_kind(kit, "which-reply").get(item.id)
        assert left is None or text not in shown(left)


def test_one_voice_does_not_disagree_with_itself() -> None:
    name = "gen-who-disagrees-what-re-no-public-evidence-2-c39-shred-of-evidence"
    assert name in made()
    at = replace(bundled().passages["c39-shred-of-evidence"].at, name="Richard Smith")
    kit = with_passage("c39-shred-of-evidence", at=at)
    assert name not in of_kind(kit, "who-disagrees")


@pytest.mark.parametrize("passage", ["c15-below-cost", "mcgrath-protectionism"])
def test_a_mixed_passage_disagrees_with_nobody(passage: str) -> None:
    name = "gen-who-disagrees-what-re-unfair-subsidy-1-c15-below-cost"
    assert name in made()
    assert name not in of_kind(with_passage(passage, stance="mixed"), "who-disagrees")


def test_a_vague_date_cannot_be_put_in_order() -> None:
    event = "australia-decides"
    assert f"gen-event-before-{event}" in made()
    assert any(event in name for name in made() if "event-order" in name)
    kit = with_event(event, date="2019")
    assert f"gen-event-before-{event}" not in of_kind(kit, "event-before")
    for item in of_kind(kit, "event-order").values():
        assert_solved(kit, Generated("event-order", item))


def test_an_event_that_tells_its_date_is_not_asked_about() -> None:
    event = "australia-decides"
    text = f"{bundled().extras.events[event].event[:-1]} in August 2018."
    kit = with_event(event, event=text)
    for kind in ("event-before", "event-order"):
        items = of_kind(kit, kind)
        assert items
        assert all(text not in shown(item) for item in items.values())
        assert all(text != s.text for item in items.values() for s in item.steps)


@pytest.mark.parametrize("kind", ["term-to-meaning", "meaning-to-term"])
def test_terms_that_name_each_other_stay_apart(kind: str) -> None:
    kit = bundled()
    item = made()[f"gen-{kind}-tariff"].item
    for text in wrong(item):
        other = next(t for t in kit.terms.values() if text in (t.term, t.meaning))
        meaning = f"{other.meaning[:-1]}, which is not a tariff."
        left = of_kind(with_term(other.id, meaning=meaning), kind).get(item.id)
        assert left is None or not {other.term, meaning} & shown(left)


def test_a_word_that_stands_twice_is_not_asked_for() -> None:
    name = "gen-word-left-out-backdoor-mcgrath-spying-fears"
    assert name in made()
    text = bundled().passages["mcgrath-spying-fears"].text + " through backdoors"
    kit = with_passage("mcgrath-spying-fears", text=text)
    assert name not in of_kind(kit, "word-left-out")


def test_a_word_that_a_source_check_doubts_is_not_asked_for() -> None:
    kit = bundled()
    for item in of_kind(kit, "word-left-out").values():
        for check in kit.passages[item.reads[0]].checks:
            assert item.answers[0] not in kit.checks[check].says


def test_a_record_that_speaks_of_a_dispute_rules_that_fault_out() -> None:
    name = "gen-source-error-fault-c39-cisco-mix-c39-cisco-backdoor"
    disputed = "They settle what people still argue about."
    assert disputed in shown(made()[name].item)
    record = bundled().checks["c39-cisco-mix"].record + " This is disputed."
    left = of_kind(with_check("c39-cisco-mix", record=record), "source-error").get(name)
    assert left is None or disputed not in shown(left)


def test_a_misleading_claim_is_never_called_wrong() -> None:
    kit = bundled()
    for one in made().values():
        if one.kind == "source-error" and one.item.options:
            faults = {kit.checks[str(p.check)].fault for p in one.item.proof if p.check}
            said = " ".join(shown(one.item))
            both = "not the case" in said and "wrong idea" in said
            assert not both, (one.item.id, faults)


def test_a_measure_that_the_text_fits_too_is_not_offered() -> None:
    kit = bundled()
    name = "gen-which-measure-ally-campaign-short"
    own = kit.extras.explainers["ally-campaign"]
    what = next(m.what for m in kit.head.measures if m.id == "ally-campaign")
    for offered in wrong(made()[name].item):
        other = next(m.id for m in kit.head.measures if m.name == offered)
        explainers = dict(kit.extras.explainers)
        explainers[other] = replace(
            explainers[other], in_short=own.in_short, does=own.does
        )
        measures = _changed(kit.head.measures, other, {"what": what})
        changed = dataclasses.replace(
            kit,
            extras=dataclasses.replace(kit.extras, explainers=explainers),
            head=replace(kit.head, measures=measures),
        )
        left = of_kind(changed, "which-measure").get(name)
        assert left is None or offered not in shown(left)


def test_what_is_not_marked_an_overclaim_is_not_asked_about() -> None:
    kit = bundled()
    (name,) = of_kind(kit, "overclaim")
    item = kit.items["laskai-warning"]
    options = {k: replace(o, mistake=None) for k, o in item.options.items()}
    items = {**kit.items, item.id: replace(item, options=options)}
    assert name not in of_kind(dataclasses.replace(kit, items=items), "overclaim")


def test_nobody_is_asked_for_whom_the_source_line_gives_away() -> None:
    """A reader's plain words, with nobody else named beside them."""
    assert "gen-who-said-c20-only-ones-caught" not in made()
    assert "gen-who-said-expo-torpedo" in made()


def test_an_author_is_no_answer_where_the_writer_is_not_known() -> None:
    kit = bundled()
    authors = {s.author for s in kit.sources} - {"not known"}
    hidden = 0
    for item in of_kind(kit, "who-said").values():
        passage = kit.passages[item.reads[0]]
        known = kit.source_of[passage.id].author in authors and not passage.at.name
        if not known and not passage.speaker:
            hidden += 1
            assert not shown(item) & authors, item.id
    assert hidden


def test_ids_do_not_hang_on_wording() -> None:
    claim = "Other governments judged the risk much alike, and the listing did work."
    kit = with_contention("allies-followed", claim=claim)
    name = "gen-which-contention-pro-canada-later"
    item = of_kind(kit, "which-contention")[name]
    assert claim in shown(item)
    assert claim not in shown(made()[name].item)
    same = {one.item.id for one in generated(kit)} & set(made())
    assert len(same) >= len(made()) - 8


def test_a_mended_word_does_not_move_the_other_items() -> None:
    kit = with_term("tariff", meaning="A charge at the border on goods from abroad.")
    before = {n: shown(g.item) for n, g in made().items() if "which-" in n}
    after = {g.item.id: shown(g.item) for g in generated(kit) if "which-" in g.item.id}
    assert before == after
