"""What is said of a file that cannot be read as YAML, in a teacher's words.

Stage: part of ``yamlmarks``; it is given the place and makes the problem.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from debatekit.kit.problems import Location, Problem, error


def encoding_problem(where: Location) -> Problem:
    return error(
        where,
        "file-encoding",
        "this file is not UTF-8 text",
        'save it again with the encoding "UTF-8"',
    )


def unfit_problem(char: str, where: Location) -> Problem:
    # Every second byte of plain UTF-16 is a zero.
    return encoding_problem(where) if char == "\0" else control_problem(char, where)


def control_problem(char: str, where: Location) -> Problem:
    name = unicodedata.name(char, "").lower() or f"U+{ord(char):04X}"
    return error(
        where,
        "control-character",
        f"this text holds a control character ({name})",
        "remove it: it could change what a terminal shows",
    )


def syntax_problem(failure: Any, text: str, shown: str) -> Problem:
    mark = failure.problem_mark or failure.context_mark
    opened = failure.context_mark
    if opened and mark.index >= len(text.rstrip()):
        mark = opened  # said of the end of the file; what is open began above
    if mark is None:
        return error(Location(shown), "yaml-syntax", str(failure.problem))
    lines = text.splitlines()
    # Some faults are found one line below the last.
    last = len(lines) - 1
    row, col = (mark.line, mark.column) if mark.line <= last else (last, len(lines[-1]))
    where = Location(shown, row + 1, col + 1)
    line = lines[row]
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[col:][:1] == "\t":
        return error(
            where,
            "yaml-tab",
            "a tab stands here where YAML wants spaces",
            "indent with spaces; most editors can convert tabs for you",
        )
    problem = str(failure.problem or failure.context or "this is not valid YAML")
    hint = _SYNTAX_HINTS.get(problem, "")
    if opened and re.search("flow (sequence|mapping)", str(failure.context)):
        hint = (
            f"look at the bracket that opens in line {opened.line + 1}: a comma or "
            "the closing bracket is missing"
        )
    return error(where, "yaml-syntax", f"this is not valid YAML: {problem}", hint)


# What libyaml says → what a teacher can do. Unknown sayings pass without a hint.
_SYNTAX_HINTS = {
    "mapping values are not allowed in this context": (
        'a ": " inside text needs quotes around the text, or a block (>-)'
    ),
    "did not find expected key": (
        "look for a quote mark inside quoted text, or a line that is indented "
        "differently from its neighbours"
    ),
    "did not find expected '-' indicator": (
        "look for a line that is indented differently from its neighbours"
    ),
    "found unexpected end of stream": "a quote mark is opened but never closed",
    "could not find expected ':'": (
        "a line of text stands where a field was expected: indent it, or add a field"
    ),
    "found character that cannot start any token": (
        "put text that starts with this character in quotes"
    ),
    "found unknown escape character": (
        "inside \"…\" a backslash starts a code; use 'single' quotes, or a block (>-)"
    ),
}
