"""A session in lines of text: what is typed, what is said, what is kept."""

from __future__ import annotations

import dataclasses
import io
import shutil
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from kits import item_data, write_yaml

from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz.forms import make_forms
from debatekit.quiz.session import Event, Score, Session
from debatekit.terminal.page import Page
from debatekit.terminal.practice import Practice, practice, resumed
from debatekit.terminal.quiz import Terminal
from debatekit.terminal.store import Saved, Store


@dataclass
class Sitting:
    """One practice that can be started again and again, as a student would."""

    kit: Kit
    store: Store
    columns: int = 80

    @property
    def what(self) -> Practice:
        forms = make_forms(self.kit, self.kit.items.values(), 1, 1)
        return practice(self.kit, forms.forms[0], forms.keys[0])

    def letters(self, right: bool) -> list[str]:
        """An answer to every item in order, all right or all wrong."""
        return [
            next(o.letter for o in entry.options if o.right == right)
            for entry in self.what.key.entries
        ]

    def terminal(self, typed: str) -> tuple[Terminal, io.StringIO]:
        out = io.StringIO()
        page = Page(out, self.columns)
        return Terminal(page, io.StringIO(typed), self.store), out

    def start(self, *lines: str) -> str:
        """Begin anew, type the lines, and return what was said."""
        terminal, out = self.terminal("".join(f"{line}\n" for line in lines))
        self.store.begin(self.what.orders)
        terminal.run(self.what, Session(tuple(self.what.orders)))
        return out.getvalue()

    def go_on(self, *lines: str) -> str:
        saved = self.saved
        terminal, out = self.terminal("".join(f"{line}\n" for line in lines))
        what = resumed(self.kit, saved)
        assert what is not None
        terminal.run(what, saved.session)
        return out.getvalue()

    @property
    def saved(self) -> Saved:
        saved = self.store.load()
        assert saved is not None
        return saved


@pytest.fixture
def sitting(starter: Path, tmp_path: Path) -> Sitting:
    return Sitting(sound_kit(starter), Store(tmp_path / "data", "voting-age"))


def block(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


# ----------------------------------------------------------------------- saying


def test_a_right_answer_is_explained_and_proved(sitting: Sitting) -> None:
    said = sitting.start(sitting.letters(True)[0], "q")
    letter = sitting.letters(True)[0]
    expected = f"""

        The passage names the ages, 18 and 21.
        Right: {letter}.
        Proof: “citizens between the ages of 18 and 21” (Source A, Dwight D. Eisenhower,
        """
    assert block(expected) in said
    assert "Wrong" not in said


def test_a_wrong_answer_says_why_and_what_is_right(sitting: Sitting) -> None:
    what = sitting.what
    for chosen in what.key.entries[0].options:
        if chosen.right:
            continue
        said = sitting.start(chosen.letter, "q")
        right = what.key.entries[0].letter
        assert f"\n{chosen.why}\nWrong: you chose {chosen.letter}.\n" in said
        assert (
            f"\nThe answer is {right}. The passage names the ages, 18 and 21." in said
        )
        assert "Proof: “citizens between the ages of 18 and 21”" in said


def test_the_passage_stands_before_its_items_and_is_not_repeated(
    sitting: Sitting,
) -> None:
    said = sitting.start(*sitting.letters(True))
    summoned = "summoned to fight for America"
    assert said.count(summoned) == 1
    assert said.index(summoned) < said.index("who had been called to fight?")
    assert "Item 2 of 3\nThe same passage; p shows it again.\n" in said
    assert said.count("who are eighteen years of age") == 1
    assert sitting.start(sitting.letters(True)[0], "p", "q").count(summoned) == 2


def test_help_names_every_key(sitting: Sitting) -> None:
    said = sitting.start("?", "help", "q")
    assert said.count("The other keys, each with Enter:") == 2
    for key in ("p  show", "s  skip", "<  go back", "q  save", "?  show"):
        assert f"\n{key}" in said


LONG = "9" * 5000
WRONG_NUMBERS = ["0", "4", "-1", "²", "１", LONG]
NONSENSE = ["", " ", "d", "z", "ab", *WRONG_NUMBERS, "\x00", "é", "\ud800"]


@pytest.mark.parametrize("nonsense", NONSENSE, ids=ascii)
def test_nonsense_is_answered_with_what_can_be_typed(
    sitting: Sitting, nonsense: str
) -> None:
    said = sitting.start(nonsense, "q")
    assert "Type A, B or C; ? shows the other keys." in said
    assert sitting.saved.session.events == ()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_letters_and_numbers_in_any_case_answer(sitting: Sitting, number: int) -> None:
    letter = "ABC"[number - 1]
    for typed in (letter, letter.lower(), str(number), f"  {letter} "):
        sitting.start(typed, "q")
        (event,) = sitting.saved.session.events
        assert (event.kind, event.letter) == ("answer", letter)
        assert event.right == (letter == sitting.letters(True)[0])


@pytest.mark.parametrize("back", ["<", "back", "BACK"])
def test_back_shows_the_item_before_and_keeps_its_answer(
    sitting: Sitting, back: str
) -> None:
    wrong, right = sitting.letters(False), sitting.letters(True)
    said = sitting.start(wrong[0], back, right[0], "q")
    assert said.count("who had been called to fight?") == 2
    assert said.count("summoned to fight") == 2, "the passage is shown again"
    assert sitting.saved.session.score == Score(0, 1)


def test_back_on_the_first_item_says_so(sitting: Sitting) -> None:
    said = sitting.start("<", "q")
    assert "This is the first item.\n" in said
    assert sitting.saved.session.events == ()


def test_b_is_an_option_and_never_goes_back(sitting: Sitting) -> None:
    sitting.start("a", "b", "q")
    assert [e.letter for e in sitting.saved.session.events] == ["A", "B"]


@pytest.mark.parametrize("skip", ["s", "S", "skip"])
def test_a_skipped_item_comes_back_at_the_end(sitting: Sitting, skip: str) -> None:
    right = sitting.letters(True)
    said = sitting.start(skip, right[1], right[2], right[0])
    assert said.count("Skipped; it comes back at the end.\n") == 1
    assert "Item 1 of 3, once more\n" in said
    assert "Done: 3 of 3 right at the first answer.\n" in said


def test_skipping_never_promises_what_does_not_happen(sitting: Sitting) -> None:
    right = sitting.letters(True)
    said = sitting.start(right[0], "<", "s", right[1], "s", "s")
    assert said.count("Skipped; it comes back at the end.\n") == 1
    assert said.count("Skipped.\n") == 2
    assert "Done: 2 of 3 right at the first answer.\nNever answered: 1.\n" in said


def test_wrong_items_come_back_once(sitting: Sitting) -> None:
    wrong, right = sitting.letters(False), sitting.letters(True)
    said = sitting.start(wrong[0], right[1], wrong[2], right[0], wrong[2], "unread")
    assert said.count(", once more\n") == 2
    assert said.index("Item 1 of 3, once more") < said.index("Item 3 of 3, once more")
    assert said.count("Done:") == 1


def test_the_summary_counts_by_skill_and_side(sitting: Sitting) -> None:
    wrong, right = sitting.letters(False), sitting.letters(True)
    said = sitting.start(wrong[0], right[1], right[2], right[0])
    expected = """
        Done: 2 of 3 right at the first answer.
        By skill:
          locate: 0 of 1
          infer: 1 of 1
          source: 1 of 1
        By side of the passage:
          pro: 1 of 2
          con: 1 of 1
        """
    assert said.endswith(block(expected) + "\n")
    assert sitting.store.load() is None, "a session that is done is not offered again"


def test_quoted_options_stand_in_quotation_marks(starter: Path, tmp_path: Path) -> None:
    data = item_data("quoting", 3, "a", reads=["eisenhower-summoned"])
    data["options"]["c"] = {
        "passage": "amendment-eighteen",
        "why": "That is Source B.",
        "mistake": "other-source",
    }
    write_yaml(starter / "items" / "first.yaml", {"items": [data]})
    kit_file = starter / "kit.yaml"
    kit_file.write_text(
        kit_file.read_text().replace("locate: 1, infer: 1, source: 1", "locate: 1")
    )
    said = Sitting(sound_kit(starter), Store(tmp_path / "s", "k")).start("q")
    assert "“The right of citizens" in said
    assert "“choice quoting" not in said


def test_a_source_check_is_read_with_the_passage_it_corrects(
    large_kit: Path, tmp_path: Path
) -> None:
    kit = sound_kit(large_kit)
    items = [i for i in kit.items.values() if i.reads == ("essay-two",)]
    forms = make_forms(kit, items, 1, 1)
    out = io.StringIO()
    store = Store(tmp_path, "kit")
    what = practice(kit, forms.forms[0], forms.keys[0])
    Terminal(Page(out), io.StringIO(""), store).run(what, Session(tuple(what.orders)))
    said = out.getvalue()
    error, check = "every city did as it liked", "Source check: Only some cities did.\n"
    assert said.index(error) < said.index(check) < said.index("Stem of")


# ------------------------------------------------------- two parts, and in words


@pytest.fixture
def one(full_kit: Path, tmp_path: Path) -> Callable[[str], Sitting]:
    """A sitting with a single item of the full kit."""

    def sit(item_id: str) -> Sitting:
        kit = sound_kit(full_kit)
        kit = dataclasses.replace(kit, items={item_id: kit.items[item_id]})
        return Sitting(kit, Store(tmp_path, "kit"))

    return sit


def parts(sitting: Sitting) -> tuple[str, str, str, str]:
    """The letters of a two-part item: right and wrong, first and second part."""
    entry = sitting.what.key.entries[0]
    assert entry.second is not None
    both = [entry.options, entry.second.options]
    right = [next(o.letter for o in options if o.right) for options in both]
    wrong = [next(o.letter for o in options if not o.right) for options in both]
    return right[0], wrong[0], right[1], wrong[1]


@pytest.mark.parametrize(
    ("first", "second", "points"),
    [("right", "right", 2), ("right", "wrong", 1), ("wrong", "right", 0)],
)
def test_two_parts_are_asked_one_after_the_other(
    one: Callable[[str], Sitting], first: str, second: str, points: int
) -> None:
    sitting = one("two-part")
    right, wrong, supports, other = parts(sitting)
    typed = [
        right if first == "right" else wrong,
        supports if second == "right" else other,
    ]
    said = sitting.start(*typed, "q")
    assert said.index("Part A. Stem of two-part?") < said.index("Part B. Stem of")
    assert f"{points} of 2 points.\n" in said
    assert said.count("Right: ") + said.count("Wrong: you chose") == 2
    verdict = said.partition("Part B: ")[2].splitlines()[1]
    assert verdict.startswith("Right") == (second == "right")
    assert (", once more" in said) == (points < 2)
    if points < 2:
        event = sitting.saved.session.answers["two-part"]
        assert (event.letter, event.points) == ("".join(typed), points)
        assert not event.right
    else:
        assert "Done: 1 of 1 right at the first answer." in said


@pytest.mark.parametrize("leave", ["q", "s", "<", ""])
def test_part_a_is_kept_when_part_b_is_left(
    one: Callable[[str], Sitting], leave: str
) -> None:
    sitting = one("two-part")
    right, _, supports, _ = parts(sitting)
    sitting.start(right, *([leave] if leave else []))
    assert sitting.saved.session.events[0] == Event("draft", "two-part", right)
    said = sitting.go_on(*([] if leave != "s" else [right]), supports)
    assert (f"You chose {right}.\n" in said) == (leave != "s")
    assert f"\nRight: {supports}.\n2 of 2 points.\n" in said
    assert "2 of 2 points" in said


def test_a_written_answer_is_scored_by_the_student(
    one: Callable[[str], Sitting],
) -> None:
    sitting = one("written")
    said = sitting.start("Both say so.", "9", "1", "q")
    assert said.index("Your answer, in one line: ") < said.index("A full answer: ")
    for name, points in (("full", "2 points"), ("part", "1 point"), ("none", "0 po")):
        assert points in said
        assert f"rationale written {name}\n" in said
    assert "Type 2, 1 or 0; q leaves.\n" in said
    assert "You gave yourself 1 of 2 points.\n" in said
    event = sitting.saved.session.answers["written"]
    assert (event.text, event.points, event.right) == ("Both say so.", 1, False)
    assert "Done: 1 of 1 right" in sitting.start("Both.", "2")


@pytest.mark.parametrize("key", ["p", "P", "passage", "?", "HELP", "", "<"])
def test_keys_are_no_written_answer(one: Callable[[str], Sitting], key: str) -> None:
    sitting = one("written")
    said = sitting.start(key, "q")
    assert "A full answer" not in said
    assert sitting.saved.session.events == ()


@pytest.mark.parametrize("leave", [("q",), ("Q",), ()])
def test_words_not_scored_yet_are_kept(
    one: Callable[[str], Sitting], leave: tuple[str, ...]
) -> None:
    sitting = one("written")
    words = "Beide sagen es – “so”. \ud800"
    sitting.start(words, *leave)
    said = sitting.go_on("2")
    assert "You wrote: Beide sagen es – “so”. ?\n" in said
    assert "Your answer, in one line" not in said
    assert "Done: 1 of 1 right" in said


@pytest.mark.parametrize("columns", [1, 20, 40, 60, 80, 200])
def test_lines_keep_to_the_width(sitting: Sitting, columns: int) -> None:
    sitting.columns = columns
    wrong = sitting.letters(False)
    said = sitting.start("?", "p", "x", "s", *wrong, *wrong)
    assert "Done" in said
    width = max(20, min(columns, 80))
    lines = [
        line.removeprefix("Your answer (A, B or C): ") for line in said.split("\n")
    ]
    assert not [line for line in lines if len(line) > width]


def test_a_line_is_as_long_as_it_may_be() -> None:
    out = io.StringIO()
    Page(out, 40).say("word " * 30, indent="  ", first="A ")
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("A word")
    assert all(line.startswith("  word") for line in lines[1:])
    assert max(map(len, lines)) > 35


# -------------------------------------------------------------------- resuming


def test_an_answer_is_on_disk_before_the_next_question(sitting: Sitting) -> None:
    """What a kill can leave behind is looked at from inside the reading of a line."""
    counts: list[int] = []

    class Keyboard(io.StringIO):
        def readline(self, size: int = -1, /) -> str:
            counts.append(len(sitting.saved.session.events))
            return super().readline(size)

    what = sitting.what
    sitting.store.begin(what.orders)
    page = Page(io.StringIO())
    typed = Keyboard("a\ns\n<\nb\nc\n")
    Terminal(page, typed, sitting.store).run(what, Session(tuple(what.orders)))
    assert counts[:5] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("leave", [("q",), ("Q",), ("quit",), ()])
def test_leaving_and_going_on(sitting: Sitting, leave: tuple[str, ...]) -> None:
    """An empty tuple is the end of the input: a closed window, a pipe run dry."""
    right = sitting.letters(True)
    said = sitting.start(right[0], "s", *leave)
    assert said.endswith(
        "Your answer (A, B or C): \nSaved. The next `debatekit quiz` offers to go on.\n"
    )
    said = sitting.go_on(right[2], right[1])
    assert "Item 1 of 3" not in said
    assert said.index("Item 3 of 3\n") < said.index("Item 2 of 3, once more\n")
    assert "Done: 3 of 3 right at the first answer.\n" in said


def test_a_session_resumed_asks_the_same_options(sitting: Sitting) -> None:
    first = sitting.start("q")
    assert sitting.go_on("q") == first


@pytest.mark.parametrize(
    ("typed", "go_on"),
    [
        ("y\n", True),
        ("Yes\n", True),
        ("n\n", False),
        ("x\n\nno\n", False),
        ("q\n", None),
        ("", None),
    ],
)
def test_the_offer(sitting: Sitting, typed: str, go_on: bool | None) -> None:
    sitting.start(sitting.letters(False)[0], "s", "q")
    terminal, out = sitting.terminal(typed)
    assert terminal.offer_resume(sitting.saved.session) is go_on
    said = out.getvalue()
    assert said.startswith("You left a session with 1 of 3 items answered.\n")
    assert said.count("Type y to go on") == (2 if "x" in typed else 0)


Change = Callable[[Path], object]


def remove_item(kit: Path) -> None:
    path = kit / "items" / "first.yaml"
    path.write_text(path.read_text().replace("eisenhower-who", "eisenhower-whom"))


def remove_option(kit: Path) -> None:
    path = kit / "items" / "first.yaml"
    lines = path.read_text().splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith("      c:"))
    added = [line.replace("c:", "d:") for line in lines[start : start + 1]]
    path.write_text("".join([*lines[:start], *added, *lines[start + 1 :]]))


def swap_sources(kit: Path) -> None:
    for name, letter in (("amendment", "A"), ("eisenhower", "B")):
        path = kit / "sources" / f"{name}.yaml"
        text = path.read_text()
        path.write_text(text.replace("letter: A\n", "").replace("letter: B\n", ""))
        path.write_text(f"letter: {letter}\n{path.read_text()}")


@pytest.mark.parametrize("change", [remove_item, remove_option, swap_sources])
def test_a_kit_changed_meanwhile_is_not_resumed(
    sitting: Sitting, starter: Path, change: Change
) -> None:
    sitting.start("a", "q")
    change(starter)
    assert resumed(sound_kit(starter), sitting.saved) is None


def reword(kit: Path) -> None:
    path = kit / "items" / "first.yaml"
    path.write_text(path.read_text().replace("take for granted", "assume"))


def add_item(kit: Path) -> None:
    items = [item_data("new", 3, "a", reads=["eisenhower-summoned"])]
    write_yaml(kit / "items" / "new.yaml", {"items": items})


def move_file(kit: Path) -> None:
    shutil.move(kit / "items" / "first.yaml", kit / "items" / "renamed.yaml")


@pytest.mark.parametrize("change", [reword, add_item, move_file])
def test_a_kit_mended_meanwhile_is_resumed(
    sitting: Sitting, starter: Path, change: Change
) -> None:
    """A typo mended, an item added: nothing a student has answered is lost."""
    sitting.start(sitting.letters(True)[0], "q")
    change(starter)
    what = resumed(sound_kit(starter), sitting.saved)
    assert what is not None
    assert what.orders == sitting.saved.orders
    assert sitting.saved.session.score == Score(1, 1)
