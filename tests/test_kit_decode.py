"""A tree → records: all faults of a record at once, each at its own place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debatekit.kit import model
from debatekit.kit.decode import decode
from debatekit.kit.problems import Problem
from debatekit.kit.yamlmarks import parse

FACT = """\
id: law
statement: A law was made.
reference: {document: Act, issuer: Parliament, date: 2024}
date: 2024
confidence: high
"""


def read(
    text: str, kind: type[model.Record] = model.Fact
) -> tuple[model.Record | None, list[Problem]]:
    node, found = parse(text.encode(), "f")
    assert node is not None
    assert found == []
    record = decode(node, kind, found)
    assert (record is None) or isinstance(record, kind)
    return record, found


def places(found: list[Problem]) -> list[str]:
    where = sorted((p.location.line, p.location.col, p.code) for p in found)
    return [f"{line}:{col} {code}" for line, col, code in where]


def test_a_record_holds_what_was_written_and_where() -> None:
    fact, found = read(FACT)
    assert found == []
    assert isinstance(fact, model.Fact)
    assert fact.reference.document == "Act"
    assert fact.overtakes == ()
    assert fact.origin.at("confidence").line == 5
    assert fact.reference.origin.at("issuer").col == 36


def test_every_fault_of_a_record_is_told_at_its_place() -> None:
    text = """\
id: No Id
statment: A law was made.
reference: {document: Act, issuer: [Parliament], date: 2024-02-31, page: 3}
date: yesterday
confidence: hihg
overtakes: [a, B, c d]
"""
    record, found = read(text)
    assert record is None
    assert places(found) == [
        "1:1 field-missing",
        "1:5 value-wrong",
        "2:1 field-unknown",
        "3:36 type-wrong",
        "3:56 value-wrong",
        "3:68 field-unknown",
        "4:7 value-wrong",
        "5:13 value-wrong",
        "6:16 value-wrong",
        "6:19 value-wrong",
    ]
    hints = [p.hint for p in found if p.hint]
    assert 'did you mean "statement"?' in hints
    assert 'did you mean "high"?' in hints


def test_a_bad_record_is_left_out_and_its_neighbours_stand() -> None:
    facts = "facts:\n"
    for ident, sure in (("one", "high"), ("two", "huge"), ("three", "low")):
        facts += f"  - {{id: {ident}, statement: x, date: 2024, confidence: {sure}, "
        facts += "reference: {document: d, issuer: i, date: not known}}\n"
    file, found = read(facts, model.FactsFile)
    assert isinstance(file, model.FactsFile)
    assert [fact.id for fact in file.facts] == ["one", "three"]
    assert [problem.code for problem in found] == ["value-wrong"]
    assert '"two"' in found[0].message


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("statement", "No", "No"),
        ("statement", "7:00", "7:00"),
        ("statement", "012", "012"),
        ("statement", "'  two  '", "  two  "),
        ("statement", "|\n  one\n  two\n", "one\ntwo"),
        ("date", "2024-02-29", "2024-02-29"),
        ("date", "1971", "1971"),
        ("date", "not known", "not known"),
        ("overtakes", "[a-b, 1]", ("a-b", "1")),
        ("overtakes", "[]", ()),
        ("overtakes", "", ()),
    ],
)
def test_the_type_of_the_field_decides(field: str, value: str, kept: object) -> None:
    lines = [line for line in FACT.splitlines() if not line.startswith(f"{field}:")]
    fact, found = read("\n".join([*lines, f"{field}: {value}"]))
    assert found == []
    assert getattr(fact, field) == kept


@pytest.mark.parametrize(
    "date",
    [
        "2023-02-29",
        "2024-00",
        "2024-1-1",
        "24",
        "0000",
        "2024-12-32",
        "2024/12/30",
        "16 May 2019",
        "٢٠٢٤",
        "unknown",
        "2024-05-16 ",
    ],
)
def test_a_date_is_a_day_that_was(date: str) -> None:
    record, found = read(FACT.replace("date: 2024\n", f"date: '{date}'\n"))
    assert record is None
    assert places(found) == ["4:7 value-wrong"]


ITEM = """\
id: i
skill: locate
reads: [p]
stem: Which?
options: {a: {text: x, why: y}}
key: a
proof: [{passage: p, words: w}]
"""


@pytest.mark.parametrize(
    ("line", "field", "kept"),
    [
        ("points: 2", "points", 2),
        ("points: 02", "points", 2),
        ("keep_order: true", "keep_order", True),
        ("keep_order: false", "keep_order", False),
    ],
)
def test_numbers_and_truths(line: str, field: str, kept: object) -> None:
    item, found = read(f"{ITEM}{line}\n", model.Item)
    assert found == []
    assert getattr(item, field) == kept
    assert type(getattr(item, field)) is type(kept)


@pytest.mark.parametrize(
    "line",
    [
        "points: two",
        "points: 2.0",
        "points: 0",
        "points: 21",
        "points: ٢",
        "points: [2]",
        "points: 99999999999999999999",
        "keep_order: yes",
        "keep_order: True",
        "keep_order: {a: b}",
    ],
)
def test_no_guess_at_numbers_and_truths(line: str) -> None:
    item, found = read(f"{ITEM}{line}\n", model.Item)
    assert item is None
    assert [p.code for p in found] in (["value-wrong"], ["type-wrong"])
    assert found[0].location.line == 8


TERM = "id: phone\nterm: {}\nmeaning: Any device.\n"


@pytest.mark.parametrize("empty", ["", "''", "' '", '"\\u00a0"', "|\n\n", ">-\n\n"])
def test_a_required_text_is_not_empty(empty: str) -> None:
    """Also where it is a word or a title, and not our own prose."""
    for text, kind in (
        (TERM.format(empty), model.Term),
        (FACT.replace("A law was made.", empty), model.Fact),
    ):
        record, found = read(text, kind)
        assert record is None
        assert [p.code for p in found] == ["value-empty"]
        assert found[0].location.line == 2


def test_a_message_never_shows_a_whole_page() -> None:
    page = "word " * 1000
    _, found = read(
        f"id: {page}\nterm: a\nmeaning: b\nalso: [c]\n? {page}\n", model.Term
    )
    _, more = read(FACT.replace("high", page))
    assert len(found) == 2
    assert len(more) == 1
    assert max(len(problem.message) for problem in found + more) < 300


trees = st.recursive(
    st.sampled_from(["law", "2024", "high", "", "No", "a b", "not known"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "date", "statement", "reference", "facts", "x"]),
            inner,
        )
    ),
    max_leaves=10,
)
KINDS = [
    model.KitFile,
    model.Source,
    model.FactsFile,
    model.Fact,
    model.SideFile,
    model.ItemsFile,
    model.Item,
]


@given(trees, st.sampled_from(KINDS))
def test_whatever_the_tree_there_is_a_record_or_a_problem(
    data: object, kind: type[model.Record]
) -> None:
    node, found = parse(repr(data).encode(), "f")
    if node is None:
        return
    record = decode(node, kind, found)
    assert record is not None or found
