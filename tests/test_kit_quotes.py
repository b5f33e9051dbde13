"""Proof of quotation: found, not found, remembered in the lock, counted."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from kits import write_yaml
from msgspec.structs import replace

from debatekit.kit import quotes
from debatekit.kit.kit import Kit
from debatekit.kit.load import load
from debatekit.kit.problems import as_text
from debatekit.kit.quotes import (
    LOCK_NAME,
    Lock,
    LockedQuote,
    LockedText,
    find,
    fold,
    folded,
    pieces,
    read_lock,
    readings,
    stands_in,
    word_count,
    write_lock,
)
from debatekit.kit.quotes.proof import prove
from debatekit.kit.quotes.usage import Use, over_limit, usage

ROOT = Path(__file__).parent.parent
BASE = ROOT / "tests" / "cases" / "base"
SOURCES = ROOT.parent / "shared" / "seeds"

# --------------------------------------------------------------------- folding

anything = st.text(st.sampled_from("aB. \t\n\u00a0\u2009‘’“”\"'„‚–é…[]"), max_size=40)


@given(anything | st.text(max_size=40))
def test_folding_touches_white_space_and_quotation_marks_only(text: str) -> None:
    whole = fold(text)
    assert whole.text == folded(text) == folded(whole.text)
    assert len(whole.origin) == len(whole.text)
    assert sorted(set(whole.origin)) == list(whole.origin)
    for char, place in zip(whole.text, whole.origin, strict=True):
        was = text[place]
        assert char == was or (char == " " and was.isspace()) or was in "‘’‚‛“”„‟"
    kept = [c for c in text if not c.isspace()]
    assert len(kept) == len(whole.text.replace(" ", ""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a\u00a0b", "a b"),
        ("a \r\n\t b\u2009c ", "a b c"),
        ("“a” ‘b’ „c“", '"a" \'b\' "c"'),
        ("isn’t", "isn't"),
    ],
)
def test_what_folds_to_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert find(one, f"x {other} y") is not None
    assert find(other, f"x {one} y") is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a – b", "a - b"),
        ("a…", "a..."),
        ("A", "a"),
        ("é", "e"),
        ("a,", "a"),
        ("ﬁ", "fi"),
    ],
)
def test_what_does_not(one: str, other: str) -> None:
    assert find(one, f"x {other} y") is None


# --------------------------------------------------------------------- finding

WORDS = [
    "not",
    "may",
    "the",
    "rule",
    "isn’t",
    "“so”",
    "5.5",
    "non-binding",
    "U.S.",
    "a",
]
SPACES = [" ", "\n", "\u00a0", "  ", "\t \n"]
CUTS = [" […] ", "[…]", " [...] ", "\n[…]\n"]
texts = st.lists(st.sampled_from(WORDS), min_size=4, max_size=30)


def spaced(words: list[str], data: st.DataObject) -> str:
    gaps = [data.draw(st.sampled_from(SPACES)) for _ in words]
    return "".join(word + gap for word, gap in zip(words, gaps, strict=True))


def straight(text: str) -> str:
    return text.replace("’", "'").replace("“", '"').replace("”", '"')


@given(texts, st.data())
def test_a_found_span_is_the_quotation(words: list[str], data: st.DataObject) -> None:
    """However it is spaced and quoted here and there, with or without marked cuts."""
    places = st.integers(0, len(words))
    edges = sorted(data.draw(st.sets(places, min_size=2, max_size=4)))
    ranges = list(zip(edges[::2], edges[1::2], strict=False))
    assume(ranges)
    text = spaced(words, data)
    parts = [straight(spaced(words[a:b], data)).strip() for a, b in ranges]
    quotation = data.draw(st.sampled_from(CUTS)).join(parts)
    spans = find(quotation, text)
    assert spans is not None
    assert [folded(text[a:b]) for a, b in spans] == pieces(quotation)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
    assert stands_in(quotation, text)


@given(texts, st.data())
def test_one_changed_word_is_not_found_and_both_readings_are_named(
    words: list[str], data: st.DataObject
) -> None:
    words = [f"{word}{n}" for n, word in enumerate(words)]
    start = data.draw(st.integers(0, len(words) - 4))
    quoted = words[start:][: data.draw(st.integers(4, 9))]
    at = data.draw(st.integers(0, len(quoted) - 1))
    changed = [*quoted[:at], "changed", *quoted[at + 1 :]]
    text = spaced(words, data)
    assert find(" ".join(changed), text) is None
    assert not stands_in(" ".join(changed), text)
    both = readings(" ".join(changed), text)
    assert both is not None
    assert "changed" in both[0].split()
    assert folded(quoted[at]) in both[1].split()


@given(anything, anything)
def test_standing_in_is_being_found(quotation: str, text: str) -> None:
    if pieces(quotation):
        assert stands_in(quotation, text) == (find(quotation, text) is not None)


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("able", "It was notable."),
        ("not", "It was notable."),
        ("We can", "We can’t say."),
        ("t say", "We can’t say."),
        ("binding", "a non-binding vote"),
        ("non", "a non-binding vote"),
        ("5 million", "1.5 million"),
        ("10", "10,000 phones"),
        ("b a", "a b"),
        ("a b", "a very b"),
        ("a […] b", "b and a"),
        ("a […] a", "one a only"),
        ("[…]", "anything"),
        ("", "anything"),
    ],
)
def test_what_is_not_a_quotation(quotation: str, text: str) -> None:
    assert find(quotation, text) is None


@pytest.mark.parametrize(
    ("quotation", "text", "span"),
    [
        ("able", "notable and able", (12, 16)),
        ("say", "“say”", (1, 4)),
        ("The end", "Over.The end", (5, 12)),
        ("firms", "non-firms–firms.", (10, 15)),
        ("in 2019", "in 2019, or later", (0, 7)),
        ("yes", "'yes'", (1, 4)),
        ("and", "so--and so", (4, 7)),
    ],
)
def test_where_a_word_begins_and_ends(
    quotation: str, text: str, span: tuple[int, int]
) -> None:
    assert find(quotation, text) == (span,)


@pytest.mark.parametrize(
    ("quotation", "text", "both"),
    [
        (
            "it may do harm",
            "They say it could do harm.",
            ("it may do harm", "it could do harm."),
        ),
        ("it does harm", "it does not harm", ("it does harm", "it does not harm")),
        (
            "one two [...] four six",
            "one two three four five",
            ("four six", "four five"),
        ),
        ("nothing like it", "Something else altogether.", None),
    ],
)
def test_readings(quotation: str, text: str, both: tuple[str, str] | None) -> None:
    assert readings(quotation, text) == both


def test_words_are_counted_without_the_cuts() -> None:
    assert word_count("one two […] three [...] four–five") == 4
    assert word_count("one[…]two") == 2
    assert word_count(" \n ") == 0


# ------------------------------------------------------------------- the texts


def source(folder: Path, raw: bytes, passages: list[Any], **text: Any) -> Kit:
    """A kit of one source with this text and these passages."""
    shutil.copytree(BASE, folder, ignore=shutil.ignore_patterns("readers.*", "*.lock"))
    (folder / "texts" / "rivera.txt").write_bytes(raw)
    sha256 = hashlib.sha256(raw).hexdigest()
    whole = {"file": "rivera.txt", "sha256": sha256, "first": 1, "last": 99, **text}
    data = {
        **dict.fromkeys(("title", "author", "publication", "focus"), "x"),
        **{"id": "rivera", "letter": "A", "date": "2024", "kind": "other"},
        **{"head_note": "x", "trust": "x", "text": whole, "quotation_limit": 100},
        "questions": {
            name: ["x"]
            for name in ("sourcing", "context", "close_reading", "corroboration")
        },
        "passages": [
            {"id": f"p{n}", "at": at, "text": words, "context": "x", "stance": "pro"}
            for n, (at, words) in enumerate(passages)
        ],
    }
    write_yaml(folder / "sources" / "rivera.yaml", data)
    loaded = load(folder)
    assert as_text(loaded.problems) == ""
    assert loaded.kit is not None
    return loaded.kit


def proved(kit: Kit, today: str = "2024-11-02", old: Lock | None = None) -> Lock:
    proof = prove(kit, kit.folder / "texts", old, today)
    assert as_text(proof.problems) == ""
    return proof.lock


def test_paragraphs_are_counted_in_the_body_without_headings(tmp_path: Path) -> None:
    raw = b"Title\n\nOne.\n \nHeading\nTwo\x0cstill two.\r\n\r\nThree.\nEnd"
    at = [
        ({"paragraph": 1}, "One."),
        ({"paragraph": 2}, "still two."),
        ({"paragraph": 3}, "Three."),
    ]
    kit = source(tmp_path / "kit", raw, at, first=3, last=8, headings=[5])
    lock = proved(kit)
    assert lock.texts["rivera"].words == 5
    body = raw.decode()
    for name, words in (("p0", "One."), ("p1", "still two."), ("p2", "Three.")):
        ((start, end),) = lock.quotes[f"passage:{name}"].spans
        assert body[start:end] == words


def test_comments_are_pairs_of_lines_also_behind_a_byte_order_mark(
    tmp_path: Path,
) -> None:
    raw = "\ufeffAda (York)\r\nFirst.\r\n\r\nBo\r\nSecond.\r\nAda (York)\r\n".encode()
    at = [
        ({"comment": 1, "name": "Ada", "place": "York"}, "First."),
        ({"comment": 2, "name": "Bo"}, "Second."),
    ]
    kit = source(tmp_path / "kit", raw, at, layout="comments")
    assert proved(kit).texts["rivera"].words == 2


def test_a_quotation_stays_within_its_paragraph(tmp_path: Path) -> None:
    kit = source(
        tmp_path / "kit", b"One two.\nThree four.\n", [({"paragraph": 1}, "two. Three")]
    )
    found = prove(kit, kit.folder / "texts", None, "2024-11-02").problems
    assert [problem.code for problem in found] == ["quote-differs"]


def test_the_quotations_of_the_bundled_kit_are_in_the_sources() -> None:
    if not SOURCES.is_dir():
        pytest.skip("the source texts are not part of the project")
    kit = load(ROOT / "seeds" / "huawei-ban").kit
    assert kit is not None
    lock = prove(kit, SOURCES, None, "2024-11-02").lock
    assert len(lock.quotes) == len(list(kit.quotations())) > 30
    for quotation in kit.quotations():
        raw = (SOURCES / quotation.source.text.file).read_bytes()
        spans = lock.quotes[quotation.name].spans
        words = [folded(raw.decode()[start:end]) for start, end in spans]
        assert words == pieces(quotation.text)


# -------------------------------------------------------------------- the lock


@pytest.fixture
def kit() -> Kit:
    found = load(BASE).kit
    assert found is not None
    return found


def test_proving_again_gives_the_same_bytes_on_another_day(kit: Kit) -> None:
    first = proved(kit, "2024-11-02")
    again = proved(kit, "2031-01-01", first)
    assert write_lock(again) == write_lock(first)
    assert {entry.date for entry in first.quotes.values()} == {"2024-11-02"}


def test_what_changed_is_dated_anew_and_nothing_else(tmp_path: Path) -> None:
    raw = b"One two three.\n"
    before = source(
        tmp_path / "a",
        raw,
        [({"paragraph": 1}, "One"), ({"paragraph": 1}, "two three")],
    )
    old = proved(before, "2024-11-02")
    after = source(
        tmp_path / "b", raw, [({"paragraph": 1}, "One"), ({"paragraph": 1}, "two")]
    )
    new = proved(after, "2025-01-01", old)
    dates = {name: entry.date for name, entry in new.quotes.items()}
    assert dates == {"passage:p0": "2024-11-02", "passage:p1": "2025-01-01"}


def test_a_lock_is_json_with_a_sorted_line_an_entry(kit: Kit, tmp_path: Path) -> None:
    lock = proved(kit)
    raw = write_lock(lock)
    (tmp_path / LOCK_NAME).write_bytes(raw)
    assert read_lock(tmp_path) == (lock, [])
    data = json.loads(raw)
    assert list(data["quotes"]) == sorted(lock.quotes)
    lines = raw.decode().split("\n")
    assert sum('"spans"' in line for line in lines) == len(lock.quotes)
    backwards = Lock(
        1,
        dict(reversed(lock.texts.items())),
        dict(reversed(lock.quotes.items())),
    )
    assert write_lock(backwards) == raw
    assert json.loads(write_lock(Lock())) == {"version": 1, "texts": {}, "quotes": {}}


def test_the_lock_holds_no_words_of_a_source(kit: Kit) -> None:
    raw = write_lock(proved(kit)).decode()
    for quotation in kit.quotations():
        assert quotation.text not in raw


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff\xfe{\x00}\x00",
        b'{"texts": {"a\xff": {}}}',
        b'{"quotes": {"passage:a": {"sha256": 1}}}',
        b'{"quotes": {"passage:a": {"spans": [[1]]}}}',
        b'{"other": ' + b"[" * 100_000,
        b'{"texts": {"a": {"sha256": "x", "words": "1"}}}',
    ],
)
def test_a_damaged_lock_is_one_problem(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / LOCK_NAME).write_bytes(raw)
    lock, found = read_lock(tmp_path)
    assert lock is None
    assert [problem.code for problem in found] == ["lock-damaged"]


@pytest.fixture(scope="module")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lock")


@given(raw=st.binary(max_size=80))
def test_no_bytes_of_a_lock_raise(empty_folder: Path, raw: bytes) -> None:
    (empty_folder / LOCK_NAME).write_bytes(raw)
    lock, found = read_lock(empty_folder)
    assert (lock is None) == bool(found)


# ---------------------------------------------------------------- how much is quoted


def quoted(*passages: str, text: str = "one two three four five six") -> int:
    """The words that a kit with these passages is said to quote of this text."""
    kit = load(BASE).kit
    assert kit is not None
    first = next(s for s in kit.sources if s.id == "rivera")
    entries = {}
    records = []
    for number, words in enumerate(passages):
        record = replace(first.passages[0], id=f"p{number}", text=words)
        spans = find(words, text)
        assert spans is not None
        sha256 = quotes.words_sha256(words)
        entries[f"passage:p{number}"] = LockedQuote(sha256, "", spans, "")
        records.append(record)
    sources = (replace(first, checks=(), passages=tuple(records)),)
    lock = Lock(1, {"rivera": LockedText("", len(text.split()))}, entries)
    (use,) = usage(dataclasses.replace(kit, sources=sources), lock)
    assert use.words == len(text.split())
    return use.quoted


@pytest.mark.parametrize(
    ("passages", "count"),
    [
        (["one two"], 2),
        (["one two", "four five"], 4),
        (["one two three", "one two three"], 3),
        (["two", "one two three four"], 4),
        (["one", "one two three four five"], 5),
        (["one two three four five", "five"], 5),
        (["one two three", "three four"], 4),
        (["one […] three […] six", "two three"], 4),
    ],
)
def test_words_quoted_twice_count_once(passages: list[str], count: int) -> None:
    assert quoted(*passages) == count


@given(st.data())
def test_overlaps_are_counted_once_to_a_word_or_two(data: st.DataObject) -> None:
    """The lock knows spans, not words: where two overlap, the count is by length."""
    words = [f"w{n}" + "o" * (n % 4) for n in range(30)]
    edges = st.tuples(st.integers(0, 24), st.integers(1, 6))
    ranges = [
        (a, a + size) for a, size in data.draw(st.lists(edges, min_size=1, max_size=4))
    ]
    exact = len({n for a, b in ranges for n in range(a, b)})
    passages = [" ".join(words[a:b]) for a, b in ranges]
    assert abs(quoted(*passages, text=" ".join(words)) - exact) <= 2


def test_the_limit_is_passed_only_when_it_is_passed(kit: Kit) -> None:
    first = kit.sources[0]
    limit = first.quotation_limit
    for words, over in ((limit, False), (limit + 1, True)):
        use = Use(first, words, 100)
        assert use.over is over
        assert len(over_limit([use])) == over
    assert Use(first, 5, 0).percent == 0
    assert usage(kit, None) == ()
