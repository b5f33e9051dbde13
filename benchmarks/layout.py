"""What our pages cost beside WeasyPrint's own: the same words as plain paragraphs.

Run with the Python that has debatekit: `make benchmark`. Each run is a process of its
own that prints one handout; ours and the plain one take turns. The plain page has the
same text in the same type and nothing else, so the ratio is what structure, tags,
tables, line numbers and cards cost. `cards x4` holds every card four times: where it
costs more than four times `cards`, the layout is not linear in its sheets.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

RUNS = 5
HANDOUTS = ("brief-pro", "sources", "quiz", "cards", "cards x4")


def pages(name: str) -> tuple[str, str]:
    """A handout as HTML, and its words as plain paragraphs."""
    from debatekit.assets import bundled_kit
    from debatekit.documents.handouts import handouts, printed_forms
    from debatekit.kit.review import sound_kit
    from debatekit.render.html import to_html

    kit = sound_kit(bundled_kit())
    wanted, _, times = name.partition(" x")
    made = next(handouts(kit, [wanted], printed_forms(kit, 1, 1)))
    document = made.document
    if times:
        document = replace(document, cards=document.cards * int(times))
    html = to_html(made.template, document)
    body = re.search("<main>(.*)</main>|<body[^>]*>(.*)</body>", html, re.DOTALL)
    assert body
    blocks = re.split("</(?:p|li|h1|h2|h3|td|th)>", body.group(1) or body.group(2))
    words = (re.sub("<[^>]*>", "", block).strip() for block in blocks)
    plain = "".join(f"<p>{text}</p>" for text in words if text)
    title = "<title>Plain</title>"
    return html, f'<!doctype html><html lang="en"><head>{title}</head><body>{plain}'


def run(name: str, which: str) -> None:
    """What a process does: lay out and write one PDF, and say its time and pages."""
    from debatekit.assets import templates
    from debatekit.render.pdf import Printer

    html = pages(name)[which == "plain"]
    start = time.perf_counter()
    pdf = Printer("letter", (templates(),)).print(html, name)
    print(time.perf_counter() - start, pdf.pages)


def measured(name: str, which: str) -> tuple[float, int]:
    command = [sys.executable, __file__, name, which]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, count = said.split()
    return float(seconds), int(count)


def main(arguments: Sequence[str]) -> None:
    if arguments:
        run(*arguments)
        return
    print(f"medians of {RUNS} processes each, seconds for layout and PDF")
    print(f"{'':<12}{'ours':>8}{'pages':>7}{'plain':>8}{'pages':>7}{'ratio':>7}")
    for name in HANDOUTS:
        turns = [(measured(name, "ours"), measured(name, "plain")) for _ in range(RUNS)]
        ours = statistics.median(turn[0][0] for turn in turns)
        plain = statistics.median(turn[1][0] for turn in turns)
        counts = turns[0][0][1], turns[0][1][1]
        print(
            f"{name:<12}{ours:>8.2f}{counts[0]:>7}{plain:>8.2f}{counts[1]:>7}"
            f"{ours / plain:>7.2f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
