"""Quiz forms: fair key places, the same form from the same seed, no key in a form."""

from __future__ import annotations

import dataclasses
import itertools
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kits import explanations, item_data, write_yaml

from debatekit.assets import bundled_kit
from debatekit.documents.handouts import printed_forms
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.kit.review import sound_kit
from debatekit.quiz import chance
from debatekit.quiz.choose import Filter, choose_any, matching
from debatekit.quiz.forms import make_forms
from debatekit.quiz.orders import fits
from debatekit.quiz.records import (
    FORM_LETTERS,
    OPTION_LETTERS,
    AnswerKey,
    Forms,
    QuizForm,
)

SEEDS = range(300)


@pytest.fixture(scope="module")
def kit(large_kit: Path) -> Kit:
    return sound_kit(large_kit)


@pytest.fixture
def kit_of(starter: Path) -> Callable[[Sequence[tuple[int, str, bool]]], Kit]:
    """Build a kit with items of (number of options, key, keep_order), in this order."""

    def make(rows: Sequence[tuple[int, str, bool]]) -> Kit:
        items = [
            item_data(
                f"row-{n}",
                options,
                key,
                reads=["eisenhower-summoned"],
                keep_order=keep,
            )
            for n, (options, key, keep) in enumerate(rows)
        ]
        write_yaml(starter / "items" / "rows.yaml", {"items": items})
        return sound_kit(starter)

    return make


def made_of(kit: Kit, prefix: str, count: int, seed: int) -> Forms:
    items = [item for item in kit.items.values() if item.id.startswith(prefix)]
    return make_forms(kit, items, count, seed)


def places(kit: Kit, key: AnswerKey) -> list[int]:
    """Where the key stands in each item, by the permutation and not by the letter."""
    return [entry.order.index(kit.items[entry.item].key) for entry in key.entries]


def longest_run(values: Iterable[int]) -> int:
    longest, length, last = 0, 0, None
    for value in values:
        length = length + 1 if value == last else 1
        longest, last = max(longest, length), value
    return longest


def spread(kit: Kit, key: AnswerKey) -> dict[int, int]:
    """For each number of options: the most minus the fewest keys on a place."""
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    for entry, place in zip(key.entries, places(kit, key), strict=True):
        counts[len(entry.order)][place] += 1
    return {
        options: max(count[p] for p in range(options))
        - min(count[p] for p in range(options))
        for options, count in counts.items()
    }


# ------------------------------------------------------------------ key places


def test_a_large_kit_s_forms_are_fair_over_300_seeds(kit: Kit) -> None:
    for seed in SEEDS:
        forms = make_forms(kit, kit.items.values(), 3, seed)
        before: dict[str, int] = {}
        for key in forms.keys:
            assert set(spread(kit, key).values()) <= {0, 1}, (seed, key.letter)
            now = dict(
                zip([e.item for e in key.entries], places(kit, key), strict=True)
            )
            assert longest_run(now.values()) < 4, (seed, key.letter)
            shared = {i for i, place in now.items() if before.get(i) == place}
            kept = {i for i in now if kit.items[i].keep_order}
            assert shared == (kept if before else set()), (seed, key.letter)
            before = now


@pytest.mark.parametrize("options", [3, 4, 5])
@pytest.mark.parametrize("count", [1, 5, 8, 24, 25])
def test_every_number_of_items_is_spread_evenly(
    kit_of: Callable[..., Kit], options: int, count: int
) -> None:
    kit = kit_of([(options, "a", False)] * count)
    for seed in range(40):
        forms = made_of(kit, "row-", 8, seed)
        rows = [places(kit, key) for key in forms.keys]
        for key, row in zip(forms.keys, rows, strict=True):
            assert spread(kit, key)[options] <= 1, (seed, key.letter)
            assert longest_run(row) < 4, (seed, key.letter)
        for one, other in itertools.pairwise(rows):
            assert all(a != b for a, b in zip(one, other, strict=True)), seed


def test_the_first_place_of_a_form_is_no_habit(kit: Kit) -> None:
    """Fair in one form and the same in every form would still be guessable."""
    first = Counter(
        places(kit, make_forms(kit, kit.items.values(), 1, seed).keys[0])[0]
        for seed in SEEDS
    )
    options = len(next(iter(made_of(kit, "", 1, 1).keys[0].entries)).order)
    assert set(first) == set(range(options))
    assert max(first.values()) < 2 * len(SEEDS) / options


KEPT = [
    # The draw must leave room for a kept item that comes later.
    [(4, "a", False), (4, "b", False), (4, "c", False), (4, "a", True)] * 6,
    [(3, "a", False)] * 3 + [(3, "a", True)] + [(3, "a", False)] * 20,
    [(4, "b", True)] * 3 + [(4, "b", False)] * 21,
    [(4, "d", True), (4, "d", False), (4, "d", True), (4, "d", True)] * 6,
    [(5, "c", True)] * 2 + [(3, "c", False)] * 20 + [(5, "c", True)] * 2,
]


@pytest.mark.parametrize("rows", KEPT)
def test_kept_items_do_not_make_a_run_or_a_lean(
    kit_of: Callable[..., Kit], rows: list[tuple[int, str, bool]]
) -> None:
    kit = kit_of(rows)
    for seed in range(60):
        forms = made_of(kit, "row-", 3, seed)
        drawn = []
        for key in forms.keys:
            row = places(kit, key)
            assert longest_run(row) < 4, (seed, key.letter)
            assert all(
                lean <= least_spread(rows, options)
                for options, lean in spread(kit, key).items()
            ), (seed, key.letter)
            drawn.append(
                [p for p, (_, _, keep) in zip(row, rows, strict=True) if not keep]
            )
        for one, other in itertools.pairwise(drawn):
            assert all(a != b for a, b in zip(one, other, strict=True)), seed


def least_spread(rows: list[tuple[int, str, bool]], options: int) -> int:
    """How even it can get: every free item goes where the fewest keys are."""
    group = [(key, keep) for number, key, keep in rows if number == options]
    counts = Counter(dict.fromkeys(range(options), 0))
    counts.update("abcde".index(key) for key, keep in group if keep)
    for _ in range(sum(not keep for _, keep in group)):
        counts[min(counts, key=counts.__getitem__)] += 1
    return max(counts.values()) - min(counts.values())


def test_a_run_that_nobody_can_break_is_printed(kit_of: Callable[..., Kit]) -> None:
    kit = kit_of([(3, "b", True)] * 5)
    (key,) = made_of(kit, "row-", 1, 1).keys
    assert places(kit, key) == [1] * 5


def test_five_hundred_items_are_drawn_too(kit_of: Callable[..., Kit]) -> None:
    """The largest blueprint: 50 items of each of ten skills."""
    kit = kit_of([(4, "a", n % 50 == 0) for n in range(500)])
    for key in made_of(kit, "row-", 2, 3).keys:
        assert spread(kit, key)[4] <= 1
        assert longest_run(places(kit, key)) < 4


ROWS = st.tuples(st.sampled_from([3, 4, 5]), st.sampled_from("abc"), st.booleans())


@given(rows=st.lists(ROWS, min_size=1, max_size=14), seed=st.integers(0, 2**40))
def test_any_mixture_of_items_gives_forms(
    kit: Kit, rows: list[tuple[int, str, bool]], seed: int
) -> None:
    mixed = with_rows(kit, rows)
    free = not any(keep for _, _, keep in rows)
    before: list[int] = []
    for key in make_forms(mixed, mixed.items.values(), 3, seed).keys:
        row = places(mixed, key)
        for start in range(len(row) - 3):
            kept = all(keep for _, _, keep in rows[start : start + 4])
            assert kept or len(set(row[start : start + 4])) > 1
        if free:
            assert max(spread(mixed, key).values()) <= 1
            assert all(a != b for a, b in zip(row, before, strict=False))
        before = row


def with_rows(kit: Kit, rows: Sequence[tuple[int, str, bool]]) -> Kit:
    """A kit in memory whose items are copies of one, cut to the options asked for."""
    whole = next(i for i in kit.items.values() if len(i.options) == 5)
    items = {}
    for number, (options, key, keep) in enumerate(rows):
        items[f"row-{number}"] = msgspec.structs.replace(
            whole,
            id=f"row-{number}",
            options={k: v for k, v in whole.options.items() if k in "abcde"[:options]},
            key=key,
            keep_order=keep,
        )
    return dataclasses.replace(kit, items=items)


# ---------------------------------------------------------- orders and letters


def test_an_order_can_be_undone(kit: Kit) -> None:
    """From any printed letter back to the author's, and from there to the rationale."""
    for seed in range(20):
        forms = make_forms(kit, kit.items.values(), 2, seed)
        for form, key in zip(forms.forms, forms.keys, strict=True):
            for shown, entry in zip(form.items, key.entries, strict=True):
                item = kit.items[shown.id]
                assert (entry.item, entry.number) == (shown.id, shown.number)
                assert sorted(entry.order) == sorted(item.options)
                letters = OPTION_LETTERS[: len(item.options)]
                assert "".join(o.letter for o in shown.options) == letters
                assert "".join(o.letter for o in entry.options) == letters
                back = dict(zip(letters, entry.order, strict=True))
                assert back[entry.letter] == item.key
                assert [o.letter for o in entry.options if o.right] == [entry.letter]
                for printed, explained in zip(
                    shown.options, entry.options, strict=True
                ):
                    author = item.options[back[printed.letter]]
                    assert printed.text == author.text
                    assert explained.why == author.why
                    assert explained.mistake == author.mistake


def test_kept_orders_are_kept_and_others_are_not(kit: Kit) -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for seed in range(30):
        for entry in make_forms(kit, kit.items.values(), 1, seed).keys[0].entries:
            seen[entry.item].add(entry.order)
    kept = {item.id for item in kit.items.values() if item.keep_order}
    assert len(kept) == 4
    for item_id, orders in seen.items():
        written = "".join(kit.items[item_id].options)
        assert (orders == {written}) == (item_id in kept)


def test_the_order_as_written_is_the_author_s_not_the_alphabet_s(starter: Path) -> None:
    data = item_data("dates", 4, "d", reads=["eisenhower-summoned"], keep_order=True)
    data["options"] = {letter: data["options"][letter] for letter in "cadb"}
    write_yaml(starter / "items" / "dates.yaml", {"items": [data]})
    forms = made_of(sound_kit(starter), "dates", 1, 1)
    assert forms.keys[0]["dates"].order == "cadb"
    assert forms.keys[0]["dates"].letter == "C"
    assert [o.text[-1] for o in forms.forms[0].items[0].options] == list("cadb")


def test_items_stay_with_their_passages(kit: Kit) -> None:
    letters = [source.letter for source in kit.sources]
    assert letters != sorted(letters), "the kit must not be in order by chance"
    forms = make_forms(kit, reversed(list(kit.items.values())), 2, 5)
    for form in forms.forms:
        blocks = [tuple(p.id for p in block.passages) for block in form.blocks]
        assert len(blocks) == len(set(blocks)) == 6
        first = [block.passages[0].letter for block in form.blocks]
        assert first == sorted(first)
        for reads, block in zip(blocks, form.blocks, strict=True):
            assert all(kit.items[item.id].reads == reads for item in block.items)
            here = [item.id for item in block.items]
            assert here == [i for i, item in kit.items.items() if item.reads == reads]
        assert [item.number for item in form.items] == list(range(1, 44))


def test_a_passage_brings_its_source_check_and_its_place(kit: Kit) -> None:
    form = make_forms(kit, kit.items.values(), 1, 1).forms[0]
    shown = {p.id: p for block in form.blocks for p in block.passages}
    assert shown["essay-two"].notes == ("Only some cities did.",)
    assert shown["essay-two"].cite == "Source D, “The essay”, undated, ¶2"
    assert shown["essay-one"].notes == ()
    reader = shown["reader-three"].cite
    assert reader.startswith("Source C, reader comment 3, screen name Sam B, Leeds, ")
    assert reader.endswith(" not verified")


# -------------------------------------------------------- two parts, and in words


@pytest.fixture(scope="module")
def full(full_kit: Path) -> Kit:
    return sound_kit(full_kit)


def test_both_parts_of_an_item_have_an_order_that_can_be_undone(full: Kit) -> None:
    item = full.items["two-part"]
    assert item.evidence is not None
    for seed in range(30):
        made = make_forms(full, full.items.values(), 2, seed)
        for form, key in zip(made.forms, made.keys, strict=True):
            entry = key["two-part"]
            shown = next(i for i in form.items if i.id == "two-part")
            assert shown.second is not None
            assert entry.second is not None
            first, second = entry.order.split("/")
            assert (sorted(first), sorted(second)) == (list("abcd"), list("abc"))
            assert first["ABCD".index(entry.letter)] == item.key == "d"
            assert second["ABC".index(entry.second.letter)] == item.evidence.key == "b"
            for letter, option in zip(second, shown.second.options, strict=True):
                assert option.quoted
                assert f"“{option.text}”" == item.evidence.options[letter].text
            for letter, told in zip(second, entry.second.options, strict=True):
                assert told.why == item.evidence.options[letter].why
                assert told.right == (letter == "b")
            assert entry.answer == f"{entry.letter}, {entry.second.letter}"


def test_the_keys_of_second_parts_are_as_fair(full: Kit) -> None:
    whole = full.items["two-part"]
    assert whole.evidence is not None
    items = {}
    for number in range(12):
        name = f"pair-{number}"
        part = msgspec.structs.replace(whole.evidence, key="abc"[number % 3])
        items[name] = msgspec.structs.replace(whole, id=name, evidence=part)
    kit = dataclasses.replace(full, items=items)
    for seed in range(100):
        before: list[str] = []
        for key in make_forms(kit, items.values(), 3, seed).keys:
            letters = [part for e in key.entries for part in e.answer.split(", ")]
            assert longest_run("ABCD".index(letter) for letter in letters) < 4
            for part, options in ((letters[::2], "ABCD"), (letters[1::2], "ABC")):
                counts = Counter(part)
                held = [counts[letter] for letter in options]
                assert max(held) - min(held) <= 1
            assert all(a != b for a, b in zip(letters, before, strict=False))
            before = letters


def test_points_of_two_parts(full: Kit) -> None:
    entry = make_forms(full, full.items.values(), 1, 1).keys[0]["two-part"]
    assert entry.second is not None
    right, other = entry.letter, "A" if entry.letter != "A" else "B"
    supports = entry.second.letter
    wrong = "A" if supports != "A" else "B"
    assert entry.earned(right + supports) == 2
    assert entry.earned(right + wrong) == 1
    assert entry.earned(right) == 1
    assert entry.earned(other + supports) == 0
    assert entry.earned("") == 0


def test_a_written_item_has_lines_and_its_key_a_guide(full: Kit) -> None:
    made = make_forms(full, full.items.values(), 1, 1)
    shown = next(item for item in made.forms[0].items if item.id == "written")
    entry = made.keys[0]["written"]
    assert (shown.options, shown.second, shown.lines) == ((), None, 4)
    assert entry.guide is not None
    assert entry.guide.sample == "rationale written sample"
    assert (entry.letter, entry.options, entry.order) == ("", (), "")
    assert entry.answer == "written"
    assert entry.earned("A") == 0


# ---------------------------------------------------------- the same once more

FORM_SCRIPT = """
import sys
from pathlib import Path
from debatekit.kit.review import sound_kit
from debatekit.quiz.choose import choose_any
from debatekit.quiz.forms import make_forms
kit = sound_kit(Path(sys.argv[1]))
items = tuple(kit.items.values())
for seed in 1, 7:
    print(make_forms(kit, choose_any(kit, items, 30, seed), 3, seed))
"""


def test_the_same_seed_gives_the_same_form_in_another_process(large_kit: Path) -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", FORM_SCRIPT, str(large_kit)],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("0", "1", "4711")
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"Forms(") == 2


def test_forms_are_those_of_the_last_release(
    kit: Kit, golden: Callable[[str, str], None]
) -> None:
    """A form printed last year must come out again; so must its key."""
    lines = [f"draw {chance.draw(3, 'a', 5)}"]
    lines.append("shuffled " + " ".join(chance.shuffled("abcdefgh", 3, "x")))
    lines.append("pick " + " ".join(chance.pick("abcdefgh", n, "x") for n in range(9)))
    chosen = choose_any(kit, tuple(kit.items.values()), 26, 12)
    for key in make_forms(kit, chosen, 3, 12, minutes=20).keys:
        lines.append(f"form {key.code}")
        lines += [f"{e.number} {e.item} {e.order} {e.letter}" for e in key.entries]
    golden("quiz/forms.txt", "\n".join(lines) + "\n")


def test_another_seed_gives_another_form(kit: Kit) -> None:
    orders = {
        tuple(
            e.order for e in make_forms(kit, kit.items.values(), 1, s).keys[0].entries
        )
        for s in range(50)
    }
    assert len(orders) == 50


def test_a_form_s_code_tells_kit_items_and_seed_apart(kit: Kit) -> None:
    items = list(kit.items.values())
    codes = [f.code for f in make_forms(kit, items, 2, 1).forms]
    assert re.fullmatch(r"[0-9A-F]{4}-A", codes[0])
    assert codes[1] == codes[0][:-1] + "B"
    others = {
        make_forms(kit, items, 1, 2).forms[0].code,
        make_forms(kit, items[1:], 1, 1).forms[0].code,
        make_forms(newer(kit), items, 1, 1).forms[0].code,
    }
    assert len(others) == 3
    assert codes[0] not in others


def newer(kit: Kit) -> Kit:
    return dataclasses.replace(kit, head=msgspec.structs.replace(kit.head, version="9"))


def test_one_more_form_does_not_change_the_others(kit: Kit) -> None:
    few = make_forms(kit, kit.items.values(), 2, 3)
    many = make_forms(kit, kit.items.values(), len(FORM_LETTERS), 3)
    assert many.forms[:2] == few.forms
    assert many.keys[:2] == few.keys


# --------------------------------------------------------------- no key to leak

TELLING = re.compile(r"key|right|why|rationale|mistake|proof|answer|correct|order")


def field_names(kind: Any, seen: set[Any]) -> Iterator[str]:
    """The names of all fields of a type and of the types inside it."""
    if kind in seen:
        return
    seen.add(kind)
    for part in get_args(kind):
        yield from field_names(part, seen)
    if dataclasses.is_dataclass(kind):
        for name, inner in get_type_hints(kind).items():
            yield name
            yield from field_names(inner, seen)


def test_the_student_s_types_have_no_field_for_a_key() -> None:
    seen: set[Any] = set()
    names = set(field_names(QuizForm, seen))
    assert {"stem", "options", "text", "passages", "points"} <= names
    assert not [name for name in names if TELLING.search(name)]
    # The walk itself must be able to find one.
    assert {"why", "right", "proofs"} <= set(field_names(AnswerKey, set()))


def test_no_field_hides_behind_the_types(full: Kit) -> None:
    """No subclass, dict or stray attribute carries what the types do not name."""
    form = make_forms(full, full.items.values(), 1, 1).forms[0]
    seen: set[str] = set()
    waiting: list[Any] = [form]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting += part
        elif dataclasses.is_dataclass(part):
            seen.add(type(part).__name__)
            assert set(vars(part)) == {f.name for f in dataclasses.fields(part)}
            waiting += vars(part).values()
        else:
            assert isinstance(part, str | int | None), part
    assert seen == {
        "QuizForm",
        "FormBlock",
        "FormPassage",
        "FormItem",
        "FormPart",
        "FormOption",
    }


def test_no_rationale_or_mistake_is_in_a_form(full: Kit) -> None:
    forms = make_forms(full, full.items.values(), 2, 1)
    texts = " ".join(repr(form) for form in forms.forms)
    whys = [why for item in full.items.values() for why in explanations(item)]
    assert len(whys) > 150
    assert not [why for why in whys if why in texts]
    assert not [word for word in get_args(model.Mistake) if word in texts]
    assert whys[0] in repr(forms.keys)


def test_a_form_does_not_tell_which_option_came_first(kit: Kit) -> None:
    """Equal but for the key: two kits with other keys print the same items."""
    item = next(i for i in kit.items.values() if len(i.options) == 4)
    texts = []
    for key in item.options:
        other = msgspec.structs.replace(item, key=key)
        one = dataclasses.replace(kit, items={item.id: other})
        form = make_forms(one, [other], 1, 1).forms[0]
        shown = form.items[0]
        bare = [(o.text, o.quoted) for o in shown.options]
        texts.append((shown.stem, shown.points, form.code, sorted(bare)))
    assert len(set(map(str, texts))) == 1


# -------------------------------------------------------------------- choosing


def test_choose_spreads_over_sources_sides_and_skills(kit: Kit) -> None:
    items = tuple(kit.items.values())
    for seed in range(60):
        chosen = choose_any(kit, items, 12, seed)
        skills = Counter(i.skill for i in chosen)
        assert len(skills) == 5
        assert max(skills.values()) <= 3
        sources = Counter(kit.source_of[p].id for i in chosen for p in i.reads)
        assert set(sources) == {s.id for s in kit.sources}
        assert max(sources.values()) <= 6
        stances = Counter(kit.passages[p].stance for i in chosen for p in i.reads)
        assert set(stances) == {"pro", "con", "mixed", "neutral"}
        assert max(stances.values()) <= 6


def test_a_skill_that_needs_two_passages_is_as_welcome_as_others(kit: Kit) -> None:
    items = [
        msgspec.structs.replace(item, skill="corroborate")
        if len(item.reads) == 2
        else item
        for item in kit.items.values()
    ]
    skills: Counter[str] = Counter()
    for seed in range(100):
        skills.update(item.skill for item in choose_any(kit, items, 6, seed))
    assert len(skills) == 6
    assert skills["corroborate"] > 0.7 * 100


def test_choose_draws_by_the_seed(kit: Kit) -> None:
    items = tuple(kit.items.values())
    drawn = {frozenset(i.id for i in choose_any(kit, items, 8, s)) for s in range(40)}
    assert len(drawn) > 20
    assert {i.id for i in choose_any(kit, items, 999, 1)} == set(kit.items)
    assert choose_any(kit, items, 8, 5) == choose_any(kit, items, 8, 5)


def test_filters(kit: Kit) -> None:
    def ids(**wanted: str) -> set[str]:
        return {item.id for item in matching(kit, Filter(**wanted))}

    def having(test: Callable[[model.Item], bool]) -> set[str]:
        return {item.id for item in kit.items.values() if test(item)}

    assert ids() == set(kit.items)
    assert ids(skill="infer") == having(lambda i: i.skill == "infer")
    assert ids(side="pro") == having(lambda i: "eisenhower-summoned" in i.reads)
    assert ids(source="essay") == having(lambda i: i.reads[0].startswith("essay"))
    both = ids(side="con", skill="source", source="amendment")
    assert both == having(
        lambda i: i.skill == "source" and "amendment-eighteen" in i.reads
    )
    assert all((ids(skill="infer"), ids(side="pro"), ids(source="essay"), both))


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        (
            Filter(source="esay"),
            'no source "esay"',
            'did you mean "essay"?',
        ),
        (
            Filter(source="zzz"),
            'no source "zzz"',
            "this kit has: amendment, eisenhower, essay, readers",
        ),
        (
            Filter(side="pro", source="readers"),
            "no item of this kit fits all that was asked for",
            "`debatekit list` shows how many items there are of each kind",
        ),
    ],
)
def test_filters_that_fit_nothing(
    kit: Kit, wanted: Filter, message: str, hint: str
) -> None:
    with pytest.raises(UserError) as caught:
        matching(kit, wanted)
    assert (caught.value.message, caught.value.hint) == (message, hint)


# ------------------------------------------------- parallel forms, over many seeds


def right_of(kit: Kit, forms: Forms, index: int) -> dict[str, str]:
    """What is right in each item of a form, in its letters, worked out from what is
    printed and the kit, without the key."""
    found = {}
    for item in forms.forms[index].items:
        written = kit.items[item.id]
        letters = {option.text: option.letter for option in item.options}
        match item.type:
            case "choice" | "two-part":
                parts = zip(written.parts, (item, item.second), strict=False)
                found[item.id] = ", ".join(key_of(kit, *pair) for pair in parts)
            case "multiple":
                texts = [written.options[letter].text for letter in written.keys]
                found[item.id] = ", ".join(sorted(letters[text] for text in texts))
            case "matching":
                partner = {pair.left: pair.right for pair in written.pairs}
                found[item.id] = " ".join(
                    f"{number}{letters[partner[left]]}"
                    for number, left in enumerate(item.prompts, 1)
                )
            case "ordering":
                steps = [letters[step.text] for step in written.steps]
                found[item.id] = " ".join(steps)
    return found


def key_of(kit: Kit, part: model.Part, shown: Any) -> str:
    option = part.options[part.key or ""]
    said = kit.passages[option.passage].text if option.passage else option.text
    texts = {said, said.strip("“”")}
    (letter,) = (o.letter for o in shown.options if o.text in texts)
    return str(letter)


def faults_of(kit: Kit, forms: Forms) -> list[str]:
    """Every way in which parallel forms are not fair to those who get them."""
    found = []
    first = forms.forms[0]
    drawn = [right_of(kit, forms, index) for index in range(len(forms.forms))]
    for form, key, right in zip(forms.forms, forms.keys, drawn, strict=True):
        ids = [item.id for item in form.items]
        if len(set(ids)) < len(ids) or ids != [entry.item for entry in key.entries]:
            found.append(f"{form.letter}: an item twice, or not in the key")
        if [(i.id, i.skill, i.points) for i in form.items] != [
            (i.id, i.skill, i.points) for i in first.items
        ]:
            found.append(f"{form.letter}: not parallel")
        for item, entry in zip(form.items, key.entries, strict=True):
            if not fits(kit.items[item.id], entry.order):
                found.append(f"{form.letter}: {item.id} is no permutation")
            if item.id in right and entry.answer != right[item.id]:
                found.append(f"{form.letter}: {item.id} has another key")
        found += [f"{form.letter}: {fault}" for fault in unfair(kit, form, right)]
    for one, other in itertools.pairwise(drawn):
        for name in one:
            same = set(one[name].split(", ")) & set(other[name].split(", "))
            alike = one[name] == other[name]
            if not fixed(kit.items[name]) and (
                same if kit.items[name].type == "choice" else alike
            ):
                found.append(f"neighbours share the key of {name}")
    return found


def fixed(item: model.Item) -> bool:
    return any(part.keep_order for part in item.parts)


def unfair(kit: Kit, form: QuizForm, right: dict[str, str]) -> Iterator[str]:
    """Runs, and letters that hold the key more often than others, where no item is
    fixed."""
    single = [i for i in form.items if i.type in ("choice", "two-part")]
    if any(fixed(kit.items[item.id]) for item in single):
        return
    letters = ["ABCDE".index(x) for i in single for x in right[i.id].split(", ")]
    if longest_run(letters) > 3:
        yield "a run"
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for item in single:
        for part, letter in zip(
            (item, item.second), right[item.id].split(", "), strict=False
        ):
            assert part is not None
            counts[len(part.options)][letter] += 1
    for options, count in counts.items():
        held = [count[letter] for letter in "ABCDE"[:options]]
        if max(held) - min(held) > 1:
            yield f"uneven: {held}"


def test_four_forms_of_a_made_up_bank_are_fair_over_a_thousand_seeds(full: Kit) -> None:
    """Choices of three to five options, and an item of every other type."""
    kinds = [i for i in full.items.values() if i.type != "choice"]
    free = [i for i in full.items.values() if i.type == "choice" and not i.keep_order]
    assert {i.type for i in kinds} | {"choice"} == set(get_args(model.ItemType))
    for seed in range(1000):
        items = [*kinds, *chance.shuffled(free, seed)[:6]]
        assert faults_of(full, make_forms(full, items, 4, seed)) == [], seed


def test_four_printed_forms_of_the_bundled_kit_are_fair() -> None:
    kit = sound_kit(bundled_kit())
    for seed in range(120):
        forms = printed_forms(kit, 4, seed)
        assert faults_of(kit, forms) == [], seed
        skills = Counter(item.skill for item in forms.forms[0].items)
        assert skills == Counter(dict(kit.head.quiz.skills)), seed


def test_an_unfair_form_would_be_seen(full: Kit) -> None:
    forms = make_forms(full, full.items.values(), 3, 1)
    assert faults_of(full, forms) == []
    twice = Forms((forms.forms[0],) * 2, (forms.keys[0],) * 2)
    assert any("neighbours share" in fault for fault in faults_of(full, twice))
    crossed = Forms(forms.forms, (forms.keys[1], forms.keys[0], forms.keys[2]))
    assert any("has another key" in fault for fault in faults_of(full, crossed))
