"""Types of item beside choices: their orders, their scores, their typed answers."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz import orders, scoring
from debatekit.quiz.answers import match
from debatekit.quiz.chance import draw
from debatekit.quiz.forms import blocks_of, form_of, make_forms
from debatekit.quiz.records import OPTION_LETTERS, KeyEntry
from debatekit.quiz.session import Session
from debatekit.terminal.practice import resumed
from debatekit.terminal.store import Saved

SEEDS = range(200)
NEW = ("multiple", "matching", "ordering", "true-false", "cloze")


@pytest.fixture(scope="module")
def kit(full_kit: Path) -> Kit:
    whole = sound_kit(full_kit)
    items = {name: item for name, item in whole.items.items() if item.type in NEW}
    assert {item.type for item in items.values()} == set(NEW)
    return dataclasses.replace(whole, items=items)


def entries(kit: Kit, seed: int, count: int = 1) -> list[dict[str, KeyEntry]]:
    forms = make_forms(kit, kit.items.values(), count, seed)
    return [{entry.item: entry for entry in key.entries} for key in forms.keys]


# ------------------------------------------------------------------------- orders


def test_an_order_can_be_undone(kit: Kit) -> None:
    """Read off the printed form: the response names what the author paired and put."""
    for seed in SEEDS:
        forms = make_forms(kit, kit.items.values(), 2, seed)
        for form, key in zip(forms.forms, forms.keys, strict=True):
            shown = {item.id: item for item in form.items}
            for entry in key.entries:
                item = shown[entry.item]
                texts = {option.letter: option.text for option in item.options}
                assert "".join(texts) == OPTION_LETTERS[: len(texts)]
                read = [texts[x] for x in entry.letter] if texts else []
                author = kit.items[entry.item]
                if author.type == "matching":
                    pairs = dict(zip(item.prompts, read, strict=True))
                    assert pairs == {p.left: p.right for p in author.pairs}
                    assert len(texts) == len(author.pairs) + len(author.extra)
                elif author.type == "ordering":
                    assert read == [step.text for step in author.steps]
                elif author.type == "multiple":
                    right = {author.options[letter].text for letter in author.keys}
                    assert set(read) == right
                    assert item.wanted == len(right)


def test_nothing_is_printed_as_its_own_answer(kit: Kit) -> None:
    for seed in SEEDS:
        for entry in entries(kit, seed, 3)[-1].values():
            if entry.type in ("matching", "ordering"):
                assert entry.letter != OPTION_LETTERS[: len(entry.letter)]


def test_forms_have_answers_of_their_own(kit: Kit) -> None:
    """While there are enough: a choice of two in five has ten."""
    for seed in SEEDS:
        keys = entries(kit, seed, 5)
        for name in ("several", "pairs", "steps"):
            assert len({key[name].letter for key in keys}) == 5, (seed, name)


def test_where_all_answers_are_used_neighbours_still_differ(kit: Kit) -> None:
    """Three steps have five orders beside the right one; there are eight forms."""
    steps = kit.items["steps"]
    three = msgspec.structs.replace(steps, steps=steps.steps[:3])
    small = dataclasses.replace(kit, items={"steps": three})
    for seed in range(50):
        letters = [key["steps"].letter for key in entries(small, seed, 8)]
        assert "ABC" not in letters
        assert all(one != other for one, other in itertools.pairwise(letters))


def test_the_same_seed_draws_the_same_and_another_does_not(kit: Kit) -> None:
    items = kit.items.values()
    assert make_forms(kit, items, 2, 7) == make_forms(kit, items, 2, 7)
    drawn = {make_forms(kit, items, 1, seed).keys[0]["pairs"].order for seed in SEEDS}
    assert len(drawn) > 100


def test_a_kept_order_is_kept(kit: Kit) -> None:
    kept = msgspec.structs.replace(kit.items["several"], keep_order=True)
    small = dataclasses.replace(kit, items={"several": kept})
    for seed in range(20):
        assert [key["several"].letter for key in entries(small, seed, 2)] == ["BD"] * 2


def test_items_without_a_passage_come_last(kit: Kit) -> None:
    form = make_forms(kit, reversed(list(kit.items.values())), 1, 1).forms[0]
    reads = [tuple(p.id for p in block.passages) for block in form.blocks]
    assert reads[-1] == ()
    assert all(reads[:-1])
    assert [item.id for item in form.blocks[-1].items] == ["pairs", "steps"]


def test_a_form_can_be_printed_again_from_its_orders(kit: Kit) -> None:
    forms = make_forms(kit, kit.items.values(), 1, 5)
    form, key = forms.forms[0], forms.keys[0]
    drawn = {entry.item: entry.order for entry in key.entries}
    blocks = blocks_of(kit, kit.items.values())
    assert form_of(kit, blocks, drawn, "A", form.code, 0) == (form, key)


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("pairs", "abcd"),
        ("pairs", "abcd/abcd"),
        ("pairs", "abcc/abcde"),
        ("pairs", "abcde/abcde"),
        ("steps", "abc"),
        ("steps", "abcde"),
        ("steps", "ab/cd"),
        ("steps", ""),
        ("several", "abcd"),
        ("several", "abcdf"),
        ("gap", "a"),
        ("statement", "ab"),
    ],
)
def test_an_order_that_no_longer_fits_is_not_resumed(
    kit: Kit, name: str, order: str
) -> None:
    drawn = {name: entry.order for name, entry in entries(kit, 3)[0].items()}
    assert resumed(kit, Saved(kit.id, drawn, Session(tuple(drawn)))) is not None
    broken = {**drawn, name: order}
    assert resumed(kit, Saved(kit.id, broken, Session(tuple(broken)))) is None
    assert not orders.fits(kit.items[name], order)


# ------------------------------------------------------------------------ scoring


@pytest.mark.parametrize(
    ("response", "points"),
    [("BD", 4), ("B", 2), ("BE", 0), ("ABD", 2), ("ABCDE", 0), ("AC", 0), ("", 0)],
)
def test_a_wrong_letter_takes_a_right_one_back(response: str, points: int) -> None:
    assert scoring.multiple(4, "BD", response) == points


@pytest.mark.parametrize(
    ("response", "points"),
    [("CABD", 3), ("ABDC", 1), ("BDCA", 2), ("DCAB", 2), ("DBAC", 0), ("ACBD", 1)],
)
def test_neighbours_kept_count(response: str, points: int) -> None:
    """Right: C A B D. `ABDC` keeps A-B and B-D; two of three of 2 points make 1."""
    worth = 2 if response == "ABDC" else 3
    assert scoring.ordering(worth, "CABD", response) == points


def test_pairs_count_each() -> None:
    assert scoring.matching(4, "CAB", "CAB") == 4
    assert scoring.matching(4, "CAB", "CBA") == 1
    assert scoring.matching(4, "CAB", "ABC") == 0


@pytest.mark.parametrize(("points", "seen"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_a_false_statement_is_half_seen_and_half_corrected(
    points: int, seen: int
) -> None:
    assert scoring.true_false(points, "F", "F", corrected=False) == seen
    assert scoring.true_false(points, "F", "F", corrected=True) == points
    assert seen + scoring.for_correction(points) == points
    assert scoring.true_false(points, "F", "T", corrected=True) == 0
    assert scoring.true_false(points, "T", "T", corrected=False) == points
    assert scoring.true_false(points, "T", "F", corrected=True) == 0


@given(seed=st.integers(0, 2**32), points=st.integers(1, 20), junk=st.text(max_size=9))
def test_scores_stay_between_nothing_and_all(
    kit: Kit, seed: int, points: int, junk: str
) -> None:
    for entry in entries(kit, seed)[0].values():
        worth = dataclasses.replace(entry, points=points)
        right = worth.letter or worth.answers[0]
        assert worth.earned(right, corrected=True) == points
        letters = [o.letter for o in worth.options] or list("TF")
        typed = [letters[draw(seed, n) % len(letters)] for n in range(seed % 6)]
        for response in (junk, "".join(typed)):
            assert 0 <= worth.earned(response) <= points


# ------------------------------------------------------------------- typed answers


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("Protectionism", "protectionism"),
        ("  trade   PROTECTIONISM. ", "trade protectionism"),
        ("the Entity List", "Entity List"),
        ("an order", "order"),
        ("Entity List", "the entity list"),
        ("Malmo", "Malmö"),
        ("Strasse", "Straße"),
        ("healthcare", "health care"),
        ("rip-and-replace", "rip and replace"),
        ("Huaweis", "Huawei’s"),
        ("1000", "1,000"),
        ("5 g", "5G"),
        ("5 per cent", "5%"),
        ("a", "a"),
        ("3.5", "3.5"),
    ],
)
def test_what_makes_no_difference_is_right(typed: str, accepted: str) -> None:
    assert match(typed, [accepted]) == "right"
    assert match(accepted, ["something else", typed]) == "right"


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("protectionsim", "protectionism"),
        ("protctonism", "protectionism"),
        ("subsidis", "subsidies"),
        ("bettin", "betting"),
        ("uHawei", "Huawei"),
        ("uawei", "Huawei"),
        ("entiti list", "the Entity List"),
        ("helthcare", "health care"),
        ("5", "5%"),
    ],
)
def test_a_slip_is_near(typed: str, accepted: str) -> None:
    assert match(typed, [accepted]) == "near"
    assert match(typed, ["something else", accepted]) == "near"


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("", "betting"),
        ("...", "betting"),
        ("ban", "bans"),
        ("pro", "con"),
        ("2018", "2019"),
        ("20 19", "2019"),
        ("15", "1.5"),
        ("-5", "5"),
        ("5$", "5%"),
        ("4G", "5G"),
        ("million", "billion"),
        ("Iraq", "Iran"),
        ("Tuesday", "Thursday"),
        ("unlawful", "lawful"),
        ("lawful", "unlawful"),
        ("exporter", "importer"),
        ("external", "internal"),
        ("approve", "disapprove"),
        ("bett", "betting"),
        ("hoping", "betting"),
        ("trade wart", "trade war"),
        ("list entity", "entity list"),
    ],
)
def test_another_word_or_number_is_wrong(typed: str, accepted: str) -> None:
    assert match(typed, [accepted]) == "wrong"


def test_what_is_near_one_answer_may_be_right_as_another() -> None:
    assert match("affect", ["effect", "affect"]) == "right"


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_gets_one_of_three_answers(typed: str, accepted: list[str]) -> None:
    assert match(typed, accepted) in ("right", "near", "wrong")


WORDS = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=12)


@given(WORDS)
def test_an_answer_matches_itself(word: str) -> None:
    assert match(word, [word]) == "right"
    assert match(f" {word.upper()}! ", [word.lower()]) in ("right", "near", "wrong")


# --------------------------------------------------------------- what an item is


def test_only_questions_with_options_are_parts(kit: Kit) -> None:
    counts = {item.type: len(item.parts) for item in kit.items.values()}
    assert counts == {
        "multiple": 1,
        "matching": 0,
        "ordering": 0,
        "true-false": 0,
        "cloze": 0,
    }
    assert kit.items["several"].right == ("b", "d")


def test_the_grid_says_the_answer_in_the_way_of_the_type(kit: Kit) -> None:
    key = entries(kit, 1)[0]
    letters = {name: entry.letter for name, entry in key.items()}
    assert key["several"].answer == ", ".join(letters["several"])
    one, two, three, four = letters["pairs"]
    assert key["pairs"].answer == f"1{one} 2{two} 3{three} 4{four}"
    assert key["steps"].answer == " ".join(letters["steps"])
    assert key["statement"].answer == "false"
    assert key["gap"].answer == "filled gap"


def test_every_type_can_be_proved_by_every_thing(kit: Kit) -> None:
    fields = set(model.Proof.__struct_fields__)
    assert set(model.PROVES) == fields - {"words", "origin"}
