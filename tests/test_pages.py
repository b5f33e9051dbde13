"""Every page of every handout, on both papers and in every theme, as it is read."""

from __future__ import annotations

from typing import get_args

import pytest
from pages import faults

from debatekit.assets import bundled_kit, templates
from debatekit.documents.handouts import HANDOUTS, handouts, printed_forms
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.render.build import print_handout
from debatekit.render.html import Paper, Theme
from debatekit.render.lines import with_lines
from debatekit.render.pdf import Printer


@pytest.fixture(scope="module")
def kit() -> Kit:
    return with_lines(sound_kit(bundled_kit()))


@pytest.mark.slow
@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("theme", get_args(Theme))
def test_no_page_is_one_that_a_teacher_would_not_hand_out(
    kit: Kit, paper: Paper, theme: Theme
) -> None:
    """Printing itself refuses what WeasyPrint warns of and text that has no room."""
    printer = Printer(paper, (templates(), kit.folder), theme)
    made = list(handouts(kit, [], printed_forms(kit, 1, 1)))
    assert {handout.name for handout in made} == set(HANDOUTS)
    found = [
        f"{handout.name}: {fault}"
        for handout in made
        for fault in faults(
            print_handout(printer, handout, handout.document, paper).layout
        )
    ]
    assert not found


FULL = "<p>Words.</p>" * 25


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (FULL * 2, None),
        (
            f"{FULL}<h2 style='break-after: page'>Lost</h2>{FULL}",
            "page 1 ends with the heading 'Lost'",
        ),
        (
            f"{FULL}<div style='break-inside: auto' class='item'>{FULL}</div>",
            "item split on pages 1 and 2",
        ),
        (
            f"<p style='break-after: page'>Few words.</p>{FULL}",
            "page 1 is filled to",
        ),
        (
            f"<p>Few words.</p><div class='source' style='break-before: page'>{FULL}"
            "</div>",
            None,
        ),
    ],
)
def test_each_fault_is_seen(body: str, fault: str | None) -> None:
    html = (
        "<!doctype html><html lang='en'><head><title>Trial</title>"
        "<style>.item {break-inside: auto !important}</style></head>"
        f"<body>{body}</body></html>"
    )
    found = list(faults(Printer("letter").lay_out(html, "trial")))
    assert len(found) == (fault is not None), found
    assert fault is None or found[0].startswith(fault)
