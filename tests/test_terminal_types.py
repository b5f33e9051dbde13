"""Items that are no choices, in the terminal: what is asked, typed, said and kept."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from debatekit.kit.kit import Kit
from debatekit.kit.review import practice_kit, sound_kit
from debatekit.quiz.forms import make_forms
from debatekit.quiz.records import KeyEntry
from debatekit.quiz.session import Event, Session
from debatekit.terminal.page import Page
from debatekit.terminal.practice import Practice, practice
from debatekit.terminal.quiz import Terminal
from debatekit.terminal.store import Store


@dataclass
class One:
    """A practice of one item."""

    kit: Kit
    store: Store

    @property
    def what(self) -> Practice:
        forms = make_forms(self.kit, self.kit.items.values(), 1, 1)
        return practice(self.kit, forms.forms[0], forms.keys[0])

    @property
    def entry(self) -> KeyEntry:
        return self.what.key.entries[0]

    def type(self, *lines: str, after: tuple[Event, ...] = ()) -> str:
        """Type the lines and leave; what was said, in one line."""
        out = io.StringIO()
        typed = io.StringIO("".join(f"{line}\n" for line in lines))
        self.store.begin(self.what.orders)
        for event in after:
            self.store.append(event)
        session = Session(tuple(self.what.orders), after)
        Terminal(Page(out, 72), typed, self.store).run(self.what, session)
        return " ".join(out.getvalue().split())

    @property
    def events(self) -> tuple[Event, ...]:
        saved = self.store.load()
        assert saved is not None
        return saved.session.events


@pytest.fixture
def one(full_kit: Path, tmp_path: Path) -> Callable[..., One]:
    whole = sound_kit(full_kit)

    def make(name: str, **changes: object) -> One:
        item = msgspec.structs.replace(whole.items[name], **changes)
        kit = dataclasses.replace(whole, items={name: item})
        return One(kit, Store(tmp_path, whole.id))

    return make


def wrong_order(letters: str) -> str:
    return letters[1:] + letters[0]


# ----------------------------------------------------------------- letters in a row


@pytest.mark.parametrize("name", ["several", "pairs", "steps"])
@pytest.mark.parametrize("gap", ["", " ", ", ", ";"])
def test_letters_in_a_row_answer(one: Callable[..., One], name: str, gap: str) -> None:
    asked = one(name)
    right = asked.entry.letter
    said = asked.type(gap.join(right.lower()))
    assert "Right" in said
    assert "Not all right" not in said
    points = asked.kit.items[name].points
    assert f"{points} of {points} points." in said
    assert "Done: 1 of 1 right at the first answer." in said


def test_several_right_letters_may_come_in_any_order(one: Callable[..., One]) -> None:
    asked = one("several")
    assert "2 of 2 points." in asked.type("".join(reversed(asked.entry.letter)))


@pytest.mark.parametrize(
    ("name", "nonsense", "sentence"),
    [
        ("several", ["A", "ABC", "AA", "AZ", "A1", ""], "Type 2 different letters"),
        ("pairs", ["ABC", "ABCDE", "AABC", "ABCF", "1A"], "Type 4 different letters"),
        (
            "steps",
            ["ABC", "ABCDA", "AABC", "ABCE"],
            "Type each letter from A to D once",
        ),
    ],
)
def test_other_letters_are_refused_in_one_sentence(
    one: Callable[..., One], name: str, nonsense: list[str], sentence: str
) -> None:
    asked = one(name)
    for typed in nonsense:
        said = asked.type(typed, "q")
        assert said.count(sentence) == 1, typed
        assert asked.events == ()


def test_what_is_partly_right_earns_a_part_and_is_explained(
    one: Callable[..., One],
) -> None:
    asked = one("pairs")
    right = asked.entry.letter
    typed = right[1] + right[0] + right[2:]
    said = asked.type(typed, "q")
    assert f"Not all right. The answer is {asked.entry.answer}." in said
    assert f"1 is {right[0]}, not {right[1]}: rationale pairs" in said
    assert f"3 is {right[2]}, right: rationale pairs" in said
    assert "is left over: rationale pairs alone" in said
    assert "2 of 4 points." in said
    assert asked.events == (Event("answer", "pairs", typed, False, 2, of=4),)


def test_the_right_order_is_told_with_the_reason_for_each_step(
    one: Callable[..., One],
) -> None:
    asked = one("steps")
    right = asked.entry.letter
    said = asked.type(wrong_order(right), "q")
    assert f"you put {' '.join(wrong_order(right))}." in said
    assert f"The order is {' '.join(right)}." in said
    for number, letter in enumerate(right):
        assert f"{letter}: rationale steps {number}" in said
    assert "2 of 3 points." in said
    assert "Proof: Something happens for time 1." in said


def test_letters_wrongly_chosen_are_explained_too(one: Callable[..., One]) -> None:
    asked = one("several")
    right = asked.entry.letter
    wrong = next(o.letter for o in asked.entry.options if not o.right)
    said = asked.type(right[0] + wrong, "q")
    assert f"The answer is {asked.entry.answer}." in said
    assert f"{wrong}, wrong: rationale several" in said
    assert f"{right[1]}, right: rationale several" in said
    assert "0 of 2 points." in said


def test_both_sides_of_a_matching_item_are_shown(one: Callable[..., One]) -> None:
    said = one("pairs").type("q")
    item = one("pairs").what.form.items[0]
    for number, prompt in enumerate(item.prompts, 1):
        assert f" {number} {prompt} " in said
    for option in item.options:
        assert f" {option.letter} {option.text} " in said
    assert "Without a passage." in said
    assert "This item has no passage." in one("pairs").type("p", "q")


# ------------------------------------------------------------------ true or false


@pytest.mark.parametrize("typed", ["F", "f", "false", "FALSE"])
def test_a_false_statement_is_corrected_and_scored(
    one: Callable[..., One], typed: str
) -> None:
    asked = one("statement")
    said = asked.type(typed, "", "My words.", "x", "y")
    assert said.count("Correct it, in one line:") == 2
    assert said.count("A right correction: rationale statement corrected") == 1
    assert "Type y or n; q leaves." in said
    assert "rationale statement Right: the statement is false." in said
    assert "3 of 3 points." in said


def test_a_correction_that_fails_earns_the_first_half(one: Callable[..., One]) -> None:
    asked = one("statement")
    said = asked.type("F", "My words.", "n", "q")
    assert "2 of 3 points." in said
    *drafts, answer = asked.events
    assert [event.kind for event in drafts] == ["draft", "draft"]
    assert answer == Event("answer", "statement", "F", False, 2, "My words.", of=3)


def test_a_true_statement_asks_the_same_before_it_tells(
    one: Callable[..., One],
) -> None:
    """Whoever says F is asked for a correction, lest the question tell the answer."""
    changes = {"true": True, "correction": ""}
    said = one("statement", **changes).type("F", "My words.", "q")
    false = one("statement").type("F", "My words.", "q")
    start, asks, rest = said.partition("Correct it, in one line: ")
    assert asks
    assert false.startswith(start + asks)
    assert "Wrong: the statement is true." in rest
    assert "A right correction" not in said
    assert "0 of 3 points." in said


def test_a_statement_worth_one_point_is_not_scored_by_hand(
    one: Callable[..., One],
) -> None:
    said = one("statement", points=1).type("F", "My words.")
    assert "Is yours right" not in said
    assert said.count("A right correction: rationale statement corrected") == 1
    assert "Done: 1 of 1 right" in said


def test_true_is_an_answer_by_itself(one: Callable[..., One]) -> None:
    said = one("statement").type("T", "q")
    assert "Correct it" not in said
    assert "Wrong: the statement is false." in said
    assert "A right correction: rationale statement corrected" in said
    assert "0 of 3 points." in said


def test_a_half_answered_statement_goes_on(one: Callable[..., One]) -> None:
    asked = one("statement")
    said = asked.type("My words.", "y", after=(Event("draft", "statement", "F"),))
    assert "You said: false. Correct it" in said
    assert "True or false" not in said
    draft = Event("draft", "statement", "F", text="Old words.")
    said = asked.type("y", after=(draft,))
    assert "You wrote: Old words." in said
    assert "3 of 3 points." in said


# --------------------------------------------------------------------- gaps to fill


def test_a_gap_is_read_out_and_filled(one: Callable[..., One]) -> None:
    said = one("gap").type("The Filled-Gap!")
    assert "Stem of gap with a [gap] in it." in said
    assert "rationale gap Right: filled gap." in said
    assert "Right too: other filling." in said


def test_a_slip_is_asked_back_once_and_the_second_answer_counts(
    one: Callable[..., One],
) -> None:
    asked = one("gap")
    said = asked.type("filed gap", "filled gap")
    assert "Close: check the spelling." in said
    assert "Done: 1 of 1 right" in said
    before, _, _ = said.partition("Close:")
    assert "filled gap" not in before, "asking back must not give the answer away"
    said = asked.type("filed gap", "filed gap", "q")
    assert said.count("Close:") == 1
    assert "Wrong: you typed filed gap" in said
    assert "The answer is filled gap." in said
    assert asked.events[-1] == Event("answer", "gap", "", False, 0, "filed gap", of=1)


def test_asking_back_survives_a_break(one: Callable[..., One]) -> None:
    asked = one("gap")
    said = asked.type("filled gap", after=(Event("draft", "gap", text="filed gap"),))
    assert "You typed: filed gap" in said
    assert "Close: check the spelling." in said
    assert "Done: 1 of 1 right" in said


def test_a_wrong_word_is_wrong_at_once(one: Callable[..., One]) -> None:
    said = one("gap").type("something", "q")
    assert "Close" not in said
    assert "Wrong: you typed something" in said


@pytest.mark.parametrize("lines", [("",), ("filed gap", ""), ("s",), ("skip",)])
def test_a_blank_line_skips(one: Callable[..., One], lines: tuple[str, ...]) -> None:
    asked = one("gap")
    said = asked.type(*lines, "q")
    assert "Skipped; it comes back at the end." in said
    assert asked.events[-1].kind == "skip"


def test_a_word_that_is_a_command_may_fill_a_gap(one: Callable[..., One]) -> None:
    said = one("gap", answers=("back", "passage")).type("Back")
    assert "Right: back." in said
    assert "This is the first item." not in said


def test_the_end_of_input_leaves(one: Callable[..., One]) -> None:
    """Also where the word for leaving would be right."""
    said = one("gap", answers=("quit",)).type()
    assert "Saved." in said


# ---------------------------------------------------------------- what it needs


def test_practice_reads_all_that_proves_an_item(full_kit: Path) -> None:
    kit = practice_kit(full_kit)
    wanted = [kit.items[name] for name in ("pairs", "steps", "statement", "gap")]
    (key,) = make_forms(kit, wanted, 1, 1).keys
    proofs = [proof for entry in key.entries for proof in entry.proofs]
    cites = {proof.cite for proof in proofs}
    assert {"glossary", "CON reply", "PRO contention 2"} <= cites
