"""Blueprints: every line is met where it can be, and no item tells another's key."""

from __future__ import annotations

import dataclasses
import itertools
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kits import read_yaml, write_yaml

from debatekit.assets import bundled_kit
from debatekit.documents.handouts import printed_forms
from debatekit.documents.key import key
from debatekit.kit import model
from debatekit.kit.checks.bank import clue, give_away
from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.kit.review import sound_kit
from debatekit.quiz.blueprint import choose, lines_of, worth
from debatekit.quiz.generate import generated
from debatekit.render.html import to_html

SKILLS = ("locate", "word", "infer")


@pytest.fixture(scope="module")
def bundled() -> Kit:
    return sound_kit(bundled_kit())


@pytest.fixture(scope="module")
def pool(bundled: Kit) -> tuple[model.Item, ...]:
    """The bundled items, and those made from the map."""
    return (*bundled.items.values(), *(made.item for made in generated(bundled)))


@pytest.fixture(scope="module")
def kit(large_kit: Path) -> Kit:
    return sound_kit(large_kit)


def asking(kit: Kit, **fields: Any) -> model.Blueprint:
    """The kit's blueprint with other fields."""
    return msgspec.structs.replace(kit.head.quiz, **fields)


def with_quiz(kit: Kit, **fields: Any) -> Kit:
    head = msgspec.structs.replace(kit.head, quiz=asking(kit, **fields))
    return dataclasses.replace(kit, head=head)


def short_of(kit: Kit, quiz: model.Blueprint, items: Sequence[model.Item]) -> list[str]:
    """The lines of a blueprint that items do not meet, counted anew."""
    stances = [{kit.passages[p].stance for p in item.reads} for item in items]
    sources = [{kit.source_of[p].id for p in item.reads} for item in items]
    made = sum(item.id not in kit.items for item in items)
    points = sum(item.points for item in items)
    skills, types = Counter(i.skill for i in items), Counter(i.type for i in items)
    short = [s for s in {*quiz.skills, *skills} if skills[s] != quiz.skills.get(s, 0)]
    short += [s for s, n in quiz.sides.items() if sum(s in x for x in stances) < n]
    short += [s for s, n in quiz.sources.items() if sum(s in x for x in sources) < n]
    short += [t for t, n in quiz.types.items() if types[t] < n]
    short += ["generated"] if made != quiz.generated else []
    short += ["points"] if quiz.points not in (None, points) else []
    return [str(line) for line in short]


def telling(kit: Kit, items: Sequence[model.Item]) -> list[tuple[str, str]]:
    """The pairs of which one gives the other away."""
    clues = [(item.id, clue(kit, item)) for item in items]
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(clues, 2)
        if give_away(a, b)
    ]


# -------------------------------------------------------------- it finds what is there

RICH = {
    "sides": {"pro": 3, "con": 3},
    "sources": {"mcgrath": 2, "expo": 2},
    "types": {"matching": 1, "two-part": 1},
    "points": 17,
}


def test_every_line_is_met_over_a_hundred_seeds(bundled: Kit) -> None:
    items, quiz = tuple(bundled.items.values()), asking(bundled, **RICH)
    drawn = set()
    for seed in range(100):
        chosen = choose(bundled, quiz, items, seed)
        assert short_of(bundled, quiz, chosen) == [], seed
        assert telling(bundled, chosen) == [], seed
        drawn.add(frozenset(item.id for item in chosen))
    assert len(drawn) > 90


def test_items_from_the_map_are_as_many_as_asked(
    bundled: Kit, pool: tuple[model.Item, ...]
) -> None:
    told = 0
    for seed in range(6):
        for lines in (RICH | {"generated": 1}, {"generated": 4}, {"generated": 8}):
            quiz = asking(bundled, **lines)
            chosen = choose(bundled, quiz, pool, seed)
            assert short_of(bundled, quiz, chosen) == [], seed
            assert telling(bundled, chosen) == [], seed
            told += bool(telling(bundled, [*chosen, *pool[-60:]]))
    assert told, "the items from the map must be able to give one another away"


def test_generated_items_are_spread_over_the_skills(
    bundled: Kit, pool: tuple[model.Item, ...]
) -> None:
    """Not all of them where the first skills are."""
    quiz = asking(bundled, generated=3)
    skills = {
        item.skill
        for seed in range(15)
        for item in choose(bundled, quiz, pool, seed)
        if item.id not in bundled.items
    }
    assert len(skills) >= 7


BANKS = st.lists(
    st.tuples(st.sampled_from(SKILLS), st.integers(1, 3), st.booleans()),
    min_size=3,
    max_size=9,
)


SMALL = st.integers(0, 3)


@settings(max_examples=150, deadline=None)
@given(
    rows=BANKS,
    seed=st.integers(0, 99),
    skills=st.fixed_dictionaries(dict.fromkeys(SKILLS, SMALL)),
    sides=st.dictionaries(st.sampled_from(["pro", "con"]), SMALL),
    sources=st.dictionaries(st.sampled_from(["readers", "essay"]), SMALL),
    types=st.dictionaries(st.just("cloze"), SMALL),
    made=st.integers(0, 2),
    points=st.none() | st.integers(1, 14),
)
@example(  # All six are needed, and one of them gives another away.
    rows=[(s, 1, made) for s in ("locate", "word") for made in (False, False, True)],
    seed=0,
    skills={"locate": 3, "word": 3, "infer": 0},
    sides={},
    sources={},
    types={},
    made=1,
    points=None,
)
def test_a_choice_is_found_exactly_where_there_is_one(
    kit: Kit,
    rows: list[tuple[model.Skill, int, bool]],
    seed: int,
    skills: dict[model.Skill, int],
    sides: dict[model.Side, int],
    sources: dict[str, int],
    types: dict[model.ItemType, int],
    made: int,
    points: int | None,
) -> None:
    """Held against trying all choices, items that give each other away included."""
    bank, items = small_bank(kit, rows)
    quiz = asking(
        kit,
        skills=skills,
        sides=sides,
        sources=sources,
        types=types,
        generated=made,
        points=points,
    )
    barred = [set(pair) for pair in telling(bank, items)]
    possible = any(
        not short_of(bank, quiz, chosen)
        and not any(pair <= {item.id for item in chosen} for pair in barred)
        for chosen in itertools.combinations(items, sum(skills.values()))
    )
    if possible:
        found = choose(bank, quiz, items, seed)
        assert short_of(bank, quiz, found) == []
        assert telling(bank, found) == []
        return
    with pytest.raises(UserError) as caught:
        choose(bank, quiz, items, seed)
    assert "was found" not in caught.value.message, "it must not give up so soon"


def answer(item: model.Item) -> str:
    return item.options[item.key or ""].text


def small_bank(
    kit: Kit, rows: Sequence[tuple[model.Skill, int, bool]]
) -> tuple[Kit, list[model.Item]]:
    """Items of these skills and points; those marked are from the map, every third is
    of another type, and every fourth tells the key of the one before."""
    items: list[model.Item] = []
    for (skill, points, made), item in zip(rows, kit.items.values(), strict=False):
        number = len(items)
        stem = item.stem
        if number % 4 == 3:
            stem = f"Does {answer(items[-1])} stand?"
        items.append(
            msgspec.structs.replace(
                item,
                id=f"{'made' if made else 'own'}-{number}",
                skill=skill,
                points=points,
                stem=stem,
                type="cloze" if number % 3 == 1 else "choice",
                proof=items[-1].proof if number % 4 == 3 else item.proof,
            )
        )
    own = {item.id: item for item in items if item.id.startswith("own")}
    return dataclasses.replace(kit, items=own), items


def test_the_same_seed_takes_the_items_of_the_last_release(
    kit: Kit, golden: Callable[[str, str], None]
) -> None:
    """With skills alone, and with lines beside them."""
    skills = {"locate": 2, "infer": 3, "word": 1}
    rich = {"sides": {"con": 2}, "sources": {"essay": 2}, "points": 6}
    asked = {
        "skills": asking(kit, skills=skills),
        "lines": asking(kit, skills=skills, **rich),
    }
    lines = []
    for name, quiz in asked.items():
        for seed in range(6):
            chosen = choose(kit, quiz, tuple(kit.items.values()), seed)
            lines.append(f"{name} {seed}: {' '.join(item.id for item in chosen)}")
    golden("quiz/chosen.txt", "\n".join(lines) + "\n")


SCRIPT = """
import sys
from pathlib import Path
from debatekit.documents.handouts import printed_forms
from debatekit.kit.review import sound_kit
kit = sound_kit(Path(sys.argv[1]))
for seed in 1, 2, 3:
    print(printed_forms(kit, 4, seed))
"""


def test_another_process_prints_the_same_forms(starter: Path) -> None:
    ask(starter, sides={"pro": 1}, types={"choice": 2}, points=3)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(starter)],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("0", "1", "4711")
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"Forms(") == 3


def ask(folder: Path, **fields: Any) -> None:
    """Write lines into the blueprint of a kit."""
    head = read_yaml(folder / "kit.yaml")
    head["quiz"] |= fields
    write_yaml(folder / "kit.yaml", head)


# ------------------------------------------------------------------ what is not there


def refusal(kit: Kit, quiz: model.Blueprint, items: Any = None) -> UserError:
    with pytest.raises(UserError) as caught:
        choose(kit, quiz, tuple(items or kit.items.values()), 1)
    return caught.value


def test_too_few_of_a_skill(kit: Kit) -> None:
    said = refusal(kit, asking(kit, skills={"locate": 3, "word": 99})).message
    assert said == 'the quiz asks for 99 items of skill "word", but there are 8'


def test_a_line_that_the_skills_leave_no_room_for(starter: Path) -> None:
    """The hint has the place of the number in kit.yaml."""
    ask(starter, points=5)
    kit = sound_kit(starter)
    failure = refusal(kit, kit.head.quiz)
    assert failure.message == (
        "quiz.points asks for 5 points; with the skills locate 1, infer 1, source 1 "
        "the nearest is 3"
    )
    at = kit.head.quiz.origin.at("points")
    assert failure.hint == f"{at}: change the number, or write more items"
    assert str(at).startswith(f"{kit.shown}/kit.yaml:")


def test_lines_that_bar_each_other(bundled: Kit) -> None:
    quiz = asking(bundled, skills={"locate": 2}, types={"ordering": 1}, points=2)
    assert refusal(bundled, quiz).message == (
        "quiz.points asks for 2 points; with the other lines of the quiz "
        "the nearest is 4"
    )
    quiz = asking(bundled, skills={"locate": 1}, types={"ordering": 1, "multiple": 1})
    assert refusal(bundled, quiz).message == (
        "quiz.types asks for 1 item of type multiple; with the other lines of the quiz "
        "there are at most 0"
    )


def test_more_generated_items_than_the_map_gives(
    bundled: Kit, pool: tuple[model.Item, ...]
) -> None:
    there = {item.skill for item in pool if item.id not in bundled.items}
    lacking = next(skill for skill in bundled.head.quiz.skills if skill not in there)
    quiz = asking(bundled, skills={lacking: 2}, generated=2)
    said = refusal(bundled, quiz, pool).message
    assert said == (
        f"quiz.generated asks for 2 generated items; with the skills {lacking} 2 "
        "the nearest is 0"
    )


def test_items_that_all_give_each_other_away(kit: Kit) -> None:
    rows: list[tuple[model.Skill, int, bool]] = [("word", 1, False)] * 8
    bank, items = small_bank(kit, rows)
    pair = items[6:8]
    assert len(telling(bank, pair)) == 1
    said = refusal(bank, asking(kit, skills={"word": 2}), pair).message
    assert said == (
        "every choice that meets the quiz has two items of which one gives the other "
        "away"
    )


def test_every_reason_is_given_without_a_long_search(bundled: Kit) -> None:
    """Ten slots, many lines, none of which can be met with the others."""
    quiz = asking(
        bundled,
        sides={"pro": 9, "con": 9},
        sources={"mcgrath": 5, "expo": 5, "laskai": 4},
        points=25,
    )
    assert "quiz" in refusal(bundled, quiz).message


# ------------------------------------------------------------------- giving away


def test_what_gives_another_item_away(kit: Kit) -> None:
    told = msgspec.structs.replace
    whole = list(kit.items.values())[10]

    def item(name: str, stem: str, key: str, fact: str) -> model.Item:
        """An item whose options but the key are its own."""
        options = {
            letter: told(option, text=f"{name} {letter}")
            for letter, option in whole.options.items()
        }
        options["b"] = told(options["b"], text=key)
        proof = (model.Proof(origin=whole.origin, fact=fact),)
        return told(whole, id=name, stem=stem, options=options, key="b", proof=proof)

    def tells(one: model.Item, other: model.Item) -> bool:
        found = {give_away(clue(kit, one), clue(kit, other))}
        assert found == {give_away(clue(kit, other), clue(kit, one))}, "either way"
        return found.pop()

    long = item("long", "Who has it?", "All who serve, vote.", "first")
    short = item("short", "How many?", "Six men", "first")
    assert not tells(long, item("other", "Why is it so?", "It just is", "first"))
    assert tells(long, item("other", "Why do ALL who serve vote?", "Duty", "second"))
    assert not tells(long, item("other", "Do all who serve vote-trade?", "No", "first"))
    assert not tells(short, item("other", "Why do six men vote?", "Duty", "second"))
    assert tells(short, item("other", "Why do six men vote?", "Duty", "first"))
    assert tells(short, item("other", "Who votes?", "Six men of four", "first"))
    assert not tells(short, item("other", "Who votes?", "Six men of four", "second"))


def test_only_the_same_words_of_a_passage_are_the_same_proof(kit: Kit) -> None:
    item = next(i for i in kit.items.values() if i.proof[0].passage)
    told = msgspec.structs.replace

    def with_words(words: str) -> model.Item:
        return told(item, id=words, proof=(told(item.proof[0], words=words),))

    def tells(one: str, other: str) -> bool:
        return give_away(*(clue(kit, with_words(words)) for words in (one, other)))

    assert tells("on account of age", "on account of age")
    assert tells("on account of age", "account of")
    assert not tells("on account of age", "eighteen years")


# --------------------------------------------------------------- from kit.yaml to paper


def test_forms_of_a_blueprint_and_the_line_of_the_key(bundled: Kit) -> None:
    kit = with_quiz(bundled, **RICH | {"generated": 2})
    forms = printed_forms(kit, 2, 5)
    ids = [item.id for item in forms.forms[0].items]
    assert sum(name not in kit.items for name in ids) == 2
    assert forms.forms[0].points == 17
    page = to_html("key", key(kit, forms))
    letters = {source.id: source.letter for source in kit.sources}
    counts = dict(key(kit, forms).met)
    assert counts["From the map"] == "2"
    assert list(counts) == ["Sides", "Sources", "Types", "From the map"]
    for label, said in counts.items():
        assert f" {label}: {said}." in page
    stances = [
        {kit.passages[p.id].stance for p in block.passages}
        for block in forms.forms[0].blocks
        for _ in block.items
    ]
    pro, con = (sum(side in found for found in stances) for side in ("pro", "con"))
    assert counts["Sides"] == f"pro {pro}, con {con}"
    assert min(pro, con) >= 3
    assert counts["Sources"].startswith(f"{letters['mcgrath']} ")


def test_the_option_overrides_the_number_of_generated_items(bundled: Kit) -> None:
    kit = with_quiz(bundled, generated=1)

    def made(number: int | None) -> int:
        form = printed_forms(kit, 1, 2, number).forms[0]
        return sum(item.id not in kit.items for item in form.items)

    assert [made(None), made(0), made(3)] == [1, 0, 3]
    with pytest.raises(UserError, match=r"^--generated asks for 10 generated items; "):
        printed_forms(kit, 1, 2, 10)


def test_a_blueprint_of_skills_alone_has_no_further_lines(bundled: Kit) -> None:
    assert lines_of(bundled.head.quiz) == ()
    assert key(bundled, printed_forms(bundled, 1, 1)).met == ()
    quiz = asking(bundled, sides={"pro": 0, "con": 2}, points=12)
    assert [(line.field, line.name) for line in lines_of(quiz)] == [
        ("sides", "con"),
        ("points", ""),
    ]
    for item in bundled.items.values():
        stances = {bundled.passages[p].stance for p in item.reads}
        for side in ("pro", "con"):
            assert worth(bundled, side_line(bundled, side), item) == (side in stances)


def side_line(kit: Kit, side: str) -> Any:
    (line,) = lines_of(asking(kit, sides={side: 1}))
    return line
