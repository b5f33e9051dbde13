"""All answers as JSON or CSV, for a spreadsheet or a program of one's own.

Stage: beside ``progress``; answers → text. Both carry a version and no name.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, fields

from debatekit.quiz.history import Answer

VERSION = 1
# A cell that starts with one of these is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_json(kit: str, answers: Iterable[Answer]) -> str:
    """One object: format, version, kit, and the answers in the order given."""
    rows = [asdict(answer) for answer in answers]
    whole = {
        "format": "debatekit-progress",
        "version": VERSION,
        "kit": kit,
        "answers": rows,
    }
    return json.dumps(whole, ensure_ascii=True, indent=1) + "\n"


def as_csv(kit: str, answers: Iterable[Answer]) -> str:
    """A line an answer, kit and version first; no cell is a formula."""
    names = [one.name for one in fields(Answer)]
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(["version", "kit", *names])
    for answer in answers:
        cells = asdict(answer)
        rows.writerow([VERSION, kit, *(_cell(cells[name]) for name in names)])
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
