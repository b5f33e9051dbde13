"""A session in lines of text: what is typed, what is said, what is kept."""

from __future__ import annotations

import dataclasses
import errno
import io
import json
import os
import shutil
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kits import item_data, write_yaml

from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
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
        self.store.begin(self.kit.id, self.what.orders)
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
    return Sitting(sound_kit(starter), Store(tmp_path / "data" / "session.jsonl"))


def block(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


# ----------------------------------------------------------------------- saying


def test_a_right_answer_is_explained_and_proved(sitting: Sitting) -> None:
    said = sitting.start(sitting.letters(True)[0], "q")
    letter = sitting.letters(True)[0]
    expected = f"""
        Right: {letter}. The passage names the ages, 18 and 21.
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
        assert f"Wrong: you chose {chosen.letter}. {chosen.why}\n" in said
        assert f"The answer is {right}. The passage names the ages, 18 and 21." in said
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
    said = Sitting(sound_kit(starter), Store(tmp_path / "s")).start("q")
    assert "“The right of citizens" in said
    assert "“choice quoting" not in said


def test_a_source_check_is_read_with_the_passage_it_corrects(
    large_kit: Path, tmp_path: Path
) -> None:
    kit = sound_kit(large_kit)
    items = [i for i in kit.items.values() if i.reads == ("essay-two",)]
    forms = make_forms(kit, items, 1, 1)
    out = io.StringIO()
    store = Store(tmp_path / "session.jsonl")
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
        return Sitting(kit, Store(tmp_path / "session.jsonl"))

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
    assert ("Part B: Right" in said) == (second == "right")
    assert (", once more" in said) == (points < 2)
    if points < 2:
        event = sitting.saved.session.first_answers["two-part"]
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
    assert f"Part B: Right: {supports}." in said
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
    event = sitting.saved.session.first_answers["written"]
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
    sitting.store.begin(sitting.kit.id, what.orders)
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
    assert terminal.offer_resume(sitting.saved) is go_on
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


# ------------------------------------------------------------------- the store

ORDERS = {"one": "abc", "two": "cab"}
EVENTS = st.lists(
    st.builds(
        Event,
        kind=st.sampled_from(["answer", "skip", "back", "draft"]),
        item=st.sampled_from(["one", "two"]),
        letter=st.sampled_from(["A", "B", ""]),
        right=st.booleans(),
        points=st.integers(0, 4),
        text=st.text(st.characters(exclude_categories=[]), max_size=9),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store") / "deep" / "session.jsonl")


def write(store: Store, events: list[Event]) -> None:
    store.begin("kit", ORDERS)
    for event in events:
        store.append(event)


@given(EVENTS)
def test_what_is_written_is_read(store: Store, events: list[Event]) -> None:
    write(store, events)
    saved = Saved("kit", ORDERS, Session(("one", "two"), tuple(events)))
    assert store.load() == saved
    store.forget()
    assert store.load() is None
    store.forget()


@given(EVENTS, st.integers(1, 400))
def test_a_line_cut_short_loses_only_itself(
    store: Store, events: list[Event], cut: int
) -> None:
    """A power cut at any byte; then the session goes on in the same file."""
    write(store, events)
    raw = store.path.read_bytes()
    store.path.write_bytes(raw[:-cut])
    before = store.load()
    more = Event("answer", "one", "C", True)
    store.append(more)
    after = store.load()
    if before is None:
        assert after is None, "without its header a file is no session"
        return
    assert after is not None
    assert after.session.events == (*before.session.events, more)
    kept = before.session.events
    assert kept == tuple(events)[: len(kept)]
    whole = raw[:-cut].count(b"}\n") - 1
    assert len(kept) >= whole


@given(st.binary(max_size=300))
def test_any_bytes_are_a_session_or_none(store: Store, raw: bytes) -> None:
    store.path.parent.mkdir(exist_ok=True)
    store.path.write_bytes(raw)
    assert store.load() is None


FIELDS = ["kind", "item", "letter", "right", "version", "orders", "kit"]
ROWS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
    ),
    max_leaves=6,
)


@given(ROWS, st.lists(ROWS, max_size=4))
def test_any_rows_are_a_session_that_replays_or_none(
    store: Store, orders: object, rows: list[object]
) -> None:
    header = {"version": 1, "kit": "kit", "orders": orders}
    store.path.parent.mkdir(exist_ok=True)
    store.path.write_text("\n".join(json.dumps(row) for row in [header, *rows]))
    saved = store.load()
    if saved is not None:
        assert saved.session.place <= len(saved.session.queue)
        assert isinstance(saved.session.score, Score)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"version": 2, "kit": "k", "orders": {}}', "{}", "7", "null"],
)
def test_a_file_of_another_kind_is_no_session(store: Store, text: str) -> None:
    store.path.parent.mkdir(exist_ok=True)
    store.path.write_text(text)
    assert store.load() is None


def test_an_event_of_a_later_version_is_passed_over(store: Store) -> None:
    write(store, [Event("skip", "one")])
    with store.path.open("a") as file:
        file.write('{"kind": "hint", "item": "two", "letter": "", "right": false}\n')
        file.write('{"kind": "skip", "item": "two", "letter": "", "sure": 1}\n')
    store.append(Event("answer", "two", "A", True))
    saved = store.load()
    assert saved is not None
    assert [e.kind for e in saved.session.events] == ["skip", "answer"]


def test_a_new_session_replaces_the_old_one(store: Store) -> None:
    write(store, [Event("skip", "one"), Event("skip", "two")])
    store.begin("kit", {"three": "abc"})
    saved = store.load()
    assert saved == Saved("kit", {"three": "abc"}, Session(("three",)))


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError) as caught:
        Store(tmp_path / "file" / "session.jsonl").begin("kit", ORDERS)
    path = tmp_path / "file" / "session.jsonl"
    assert caught.value.message.startswith(f"cannot save your answers to {path}: ")
    assert caught.value.hint == "set DEBATEKIT_DATA to a folder that can be written"


def test_a_full_disk_says_so(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sitting.start("a", "q")
    monkeypatch.setattr("debatekit.terminal.store.os.fsync", full)
    with pytest.raises(UserError, match=os.strerror(errno.ENOSPC)):
        sitting.go_on("a")
