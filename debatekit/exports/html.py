"""A form and its key → one web page to practise with, which needs nothing else.

Stage: an exporter. The page is a shell (``templates/quizpage.html``), the paper quiz
for print, the form and key as JSON, and a script that runs the session.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from debatekit.documents.quiz import Quiz, quiz
from debatekit.kit.kit import Kit
from debatekit.quiz.answers import APART, PREFIXES
from debatekit.quiz.hints import hints
from debatekit.quiz.passages import nested
from debatekit.quiz.records import AnswerKey, KeyEntry, QuizForm
from debatekit.render.html import style_sheet, to_html

SUFFIX = ".html"
# Of the data below; the page's result file has a version of its own.
VERSION = 1
SCRIPTS = (
    "quizpage.answers.js",
    "quizpage.session.js",
    "quizpage.parts.js",
    "quizpage.feedback.js",
    "quizpage.result.js",
    "quizpage.item.js",
    "quizpage.js",
)
# What would end a script element, or a line of JavaScript, inside a text.
ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class QuizPage:
    """``data`` is JSON that stands in a script element as it is; the hashes are what
    the page's own policy lets run."""

    sheet: Quiz
    data: str
    script: str
    script_hash: str
    style_hash: str


def export(kit: Kit, form: QuizForm, key: AnswerKey, seed: int) -> bytes:
    """One form as a page that runs the quiz, with its key, in any browser."""
    sheet = quiz(kit, form)
    script = "\n".join(['"use strict";', *map(style_sheet, SCRIPTS)])
    styles = style_sheet("quizpage.css")
    page = QuizPage(
        sheet=sheet,
        data=embedded({**_data(kit, form, key, sheet), "seed": seed}),
        script=script,
        script_hash=_hash(script),
        style_hash=_hash(styles),
    )
    return to_html("quizpage", page, styles).encode()


def embedded(data: Any) -> str:
    """JSON that can stand in a script element, whatever the texts in it say."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(ESCAPED)


def _hash(text: str) -> str:
    """A text as a Content-Security-Policy names it."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _data(kit: Kit, form: QuizForm, key: AnswerKey, sheet: Quiz) -> dict[str, Any]:
    """All that the script needs to know, by the names of the records."""
    data: dict[str, Any] = {
        "version": VERSION,
        "kit": {"id": kit.id, "version": kit.head.version, "title": kit.head.title},
        "form": {"letter": form.letter, "code": form.code, "points": form.points},
        "blocks": [asdict(block) for block in sheet.blocks],
        "key": {entry.item: _entry(kit, entry) for entry in key.entries},
        "apart": [sorted(group) for group in APART],
        "prefixes": sorted(PREFIXES),
    }
    # A session kept by a browser goes on only with the questions it was begun with.
    mark = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
    return {**data, "mark": mark}


def _entry(kit: Kit, entry: KeyEntry) -> dict[str, Any]:
    proofs = tuple(
        replace(proof, words=nested(proof.words)) if proof.quoted else proof
        for proof in entry.proofs
    )
    sides = dict.fromkeys(kit.passages[p].stance for p in kit.items[entry.item].reads)
    return {
        **asdict(replace(entry, proofs=proofs)),
        "answer": entry.answer,
        "sides": list(sides),
        "hints": _hints(kit, entry),
    }


def _hints(kit: Kit, entry: KeyEntry) -> list[str]:
    """The hints of an item; what is struck out of two parts says in which."""
    told: dict[str, None] = {}
    for part, second in (("Part A: ", False), ("Part B: ", True)):
        if entry.second is None:
            return list(hints(kit, entry))
        for text in hints(kit, entry, second):
            told.setdefault(part + text if text.startswith("It is not") else text)
    return list(told)
