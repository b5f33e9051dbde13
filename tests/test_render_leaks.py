"""What a student can find in a student's file, by any means: nothing of the key."""

from __future__ import annotations

from pathlib import Path

import pytest
from kits import explanations
from pdfs import Build, Printed, build, outline, page_texts, squeezed, uncompressed

from debatekit.assets import bundled_kit
from debatekit.documents.key import MISTAKES
from debatekit.quiz.records import AnswerKey


@pytest.fixture(params=["full", "bundled"])
def built(request: pytest.FixtureRequest, full_kit: Path) -> Build:
    return build(full_kit if request.param == "full" else bundled_kit())


def secrets(built: Build) -> list[str]:
    """Every rationale of the kit, what a mistake suggests, the key's own words."""
    whys = [why for item in built.kit.items.values() for why in explanations(item)]
    return [*whys, *MISTAKES.values(), "Right:", "Proof.", "Suggests", "answer key"]


def everything_in(one: Printed) -> str:
    """Text, bookmarks and metadata, and the unpacked bytes in three encodings."""
    pdf = one.pdf
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        described = [str(value) for value in xmp.values()]
    raw = uncompressed(pdf)
    parts = [
        *page_texts(one.data),
        *outline(one.data),
        *described,
        *(str(value) for value in pdf.docinfo.values()),
        *(raw.decode(name, "replace") for name in ("latin-1", "utf-8")),
        *(raw[odd:].decode("utf-16-be", "replace") for odd in (0, 1)),
        one.html,
        one.handout.path,
    ]
    return squeezed("\n".join(parts))


def found_in(one: Printed, words: list[str]) -> list[str]:
    everything = everything_in(one)
    return [text for text in words if squeezed(text) in everything]


def test_nothing_of_the_key_is_in_a_student_s_file(built: Build) -> None:
    assert len(built.students) >= 6
    for one in built.students:
        assert found_in(one, secrets(built)) == [], one.handout.name


def test_the_search_finds_all_of_it_in_the_teacher_s_key(built: Build) -> None:
    asked = [built.kit.items[entry.item] for entry in built.forms.keys[0].entries]
    whys = [why for item in asked for why in explanations(item)]
    key = built["key"]
    assert found_in(key, whys) == whys
    assert found_in(key, ["Right:", "Suggests"]) == ["Right:", "Suggests"]


def test_file_names_tell_nothing_but_the_handout(built: Build) -> None:
    for one in built.students:
        assert one.handout.path == f"student/{one.handout.name}"
    assert [one.handout.path for one in built.printed][-1] == "teacher/key"


def test_the_key_and_its_forms_were_really_drawn_apart(built: Build) -> None:
    """Else a leak of one form's letters into another would go unseen."""
    first, second = (_letters(key) for key in built.forms.keys)
    assert first != second


def _letters(key: AnswerKey) -> list[str]:
    return [entry.answer for entry in key.entries]
