"""Proof of quotation: every quoted word stands in the source text, at its place.

Stage: beside ``checks``; needs the texts, which the kit does not hold, or the lock
that an earlier proof wrote. White space and typographic quotation marks are folded,
nothing else: a changed letter is a failed proof. A quotation may leave words out only
at a marked ``[…]``.
"""

from __future__ import annotations

import difflib
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from debatekit.kit import model
from debatekit.kit.load import Kit, Quotation
from debatekit.kit.problems import Location, Problem, counted, error, warning

LOCK_NAME = "quotes.lock"
MAX_WORDS = 60
CUT = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")

_QUOTES = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
}
_FOLD = str.maketrans(_QUOTES)
Span = tuple[int, int]


# -------------------------------------------------------------- folding, finding


@dataclass(frozen=True)
class Folded:
    """Text with white space and quotation marks folded; ``origin[i]`` is the place
    in the unfolded text of the folded character i."""

    text: str
    origin: Sequence[int]


def fold(text: str) -> Folded:
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        if char.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                origin.append(index)
            continue
        out.append(_QUOTES.get(char, char))
        origin.append(index)
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    return Folded("".join(out), origin)


@cache
def folded(text: str) -> str:
    """The folded text alone; the same as ``fold(text).text``, and far cheaper."""
    return " ".join(text.translate(_FOLD).split())


def stands_in(quotation: str, text: str) -> bool:
    """Whether every piece of a quotation stands in the text, in order."""
    whole, start = folded(text), 0
    for piece in pieces(quotation):
        at = _find_words(piece, whole, start)
        if at < 0:
            return False
        start = at + len(piece)
    return True


def word_count(text: str) -> int:
    """Words as people count them: runs between white space, marked cuts left out."""
    return len(CUT.sub(" ", text).split())


def pieces(quotation: str) -> list[str]:
    """The parts of a quotation between marked cuts, folded."""
    return [folded(part) for part in CUT.split(quotation) if part.strip()]


def find(quotation: str, text: str) -> tuple[Span, ...] | None:
    """The character spans in ``text`` of a quotation's pieces, in order, or None.

    Pieces begin and end at word boundaries, so that 'not able' cannot be quoted out
    of 'notable', nor 'we can' out of 'we can't', nor 'binding' out of 'non-binding'.
    """
    whole = fold(text)
    spans: list[Span] = []
    start = 0
    for piece in pieces(quotation):
        at = _find_words(piece, whole.text, start)
        if at < 0:
            return None
        end = at + len(piece)
        spans.append((whole.origin[at], whole.origin[end - 1] + 1))
        start = end
    return tuple(spans) or None


def _find_words(piece: str, text: str, start: int) -> int:
    at = text.find(piece, start)
    while at >= 0:
        if not (_in_word(text, at) or _in_word(text, at + len(piece))):
            return at
        at = text.find(piece, at + 1)
    return -1


def _in_word(text: str, at: int) -> bool:
    """Whether a cut before the character ``at`` goes through a word or a number."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if left.isalnum() and right.isalnum():
        return True
    if right in _JOINTS:
        return _joined(left, right, text[at + 1 : at + 2])
    return left in _JOINTS and _joined(text[max(at - 2, 0) : at - 1], left, right)


# What makes one word or number of its two sides: don't, non-binding, 1.5, 10,000.
_JOINTS = "'-‐‑.,"


def _joined(left: str, sign: str, right: str) -> bool:
    if sign in ".,":
        return left.isdigit() and right.isdigit()
    return left.isalnum() and right.isalnum()


def readings(quotation: str, text: str) -> tuple[str, str] | None:
    """Where a quotation departs from its text: (what it says, what the text says).

    Finds the nearest stretch of the text and the first words that differ, with a word
    of context on both sides. None where nothing in the text resembles it.
    """
    whole = folded(text).split()
    for piece in pieces(quotation):
        words = piece.split()
        if _find_words(piece, folded(text), 0) >= 0:
            continue
        matcher = difflib.SequenceMatcher(None, whole, words, autojunk=False)
        anchor = matcher.find_longest_match()
        if anchor.size < (1 if len(words) < 5 else 2):
            return None
        start = max(0, anchor.a - anchor.b)
        window = whole[start : start + len(words) + 3]
        return _first_difference(words, window)
    return None


def _first_difference(words: list[str], window: list[str]) -> tuple[str, str]:
    matcher = difflib.SequenceMatcher(None, words, window, autojunk=False)
    changes = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    if not changes:
        return _few(words), _few(window)
    _, a1, a2, b1, b2 = changes[0]
    return (
        _few(words[max(0, a1 - 2) : a2 + 2]),
        _few(window[max(0, b1 - 2) : b2 + 2]),
    )


def _few(words: list[str]) -> str:
    return " ".join(words if len(words) <= 12 else [*words[:12], "…"])


# -------------------------------------------------------------------- the texts


@dataclass(frozen=True)
class Text:
    """A source text, cut into what locators can name.

    ``parts`` maps a locator number to (offset in the file, text); for comments
    ``names`` holds the name lines.
    """

    sha256: str
    parts: Mapping[int, tuple[int, str]]
    names: Mapping[int, str]

    @property
    def words(self) -> int:
        return sum(len(text.split()) for _, text in self.parts.values())


def read_text(path: Path, where: model.SourceText) -> Text:
    """Read a source text as its kit describes it. Raises OSError, UnicodeError."""
    raw = path.read_bytes()
    body = raw.decode("utf-8-sig")
    offset = 0
    lines: list[tuple[int, int, str]] = []
    # Lines as an editor counts them: `splitlines` would also cut at form feeds.
    for number, line in enumerate(io.StringIO(body, newline=""), start=1):
        inside = where.first <= number <= where.last
        if inside and line.strip() and number not in where.headings:
            lines.append((number, offset, line.rstrip("\r\n")))
        offset += len(line)
    if where.layout == "comments":
        named = list(zip(lines[::2], lines[1::2], strict=False))
        parts = {i: (at, text) for i, (_, (_, at, text)) in enumerate(named, 1)}
        names = {i: name for i, ((_, _, name), _) in enumerate(named, 1)}
    else:
        parts = {i: (at, text) for i, (_, at, text) in enumerate(lines, 1)}
        names = {}
    return Text(hashlib.sha256(raw).hexdigest(), parts, names)


# --------------------------------------------------------------------- the lock


class LockedQuote(msgspec.Struct, frozen=True):
    """One proved quotation: hash of its folded words, its spans, the day of proof."""

    sha256: str
    text: str
    spans: tuple[Span, ...]
    date: str


class LockedText(msgspec.Struct, frozen=True):
    """One source text: hash of the file, words in the body."""

    sha256: str
    words: int


class Lock(msgspec.Struct, frozen=True):
    """quotes.lock: what was proved, so that a later change shows without the texts."""

    version: int = 1
    texts: dict[str, LockedText] = {}
    quotes: dict[str, LockedQuote] = {}


def words_sha256(quotation: str) -> str:
    return hashlib.sha256(folded(quotation).encode()).hexdigest()


def read_lock(folder: Path) -> tuple[Lock | None, list[Problem]]:
    path = folder / LOCK_NAME
    if not path.exists():
        return None, []
    try:
        return msgspec.json.decode(path.read_bytes(), type=Lock), []
    except (OSError, ValueError, RecursionError):
        return None, [
            error(
                Location(path.as_posix()),
                "lock-damaged",
                f"{LOCK_NAME} cannot be read",
                "delete it and run `debatekit check --texts DIR --lock` again",
            )
        ]


def write_lock(lock: Lock) -> bytes:
    """The lock as JSON with a line an entry, sorted: small diffs, equal bytes."""
    plain = msgspec.to_builtins(lock)
    rows = ["{", '  "version": 1,']
    for name in ("texts", "quotes"):
        entries = sorted(plain[name].items())
        rows.append(f'  "{name}": {{')
        for index, (key, entry) in enumerate(entries):
            comma = "," if index < len(entries) - 1 else ""
            value = msgspec.json.encode(entry).decode()
            rows.append(f'    "{key}": {value}{comma}')
        rows.append("  }," if name == "texts" else "  }")
    return ("\n".join([*rows, "}"]) + "\n").encode()


# -------------------------------------------------------------------- the proof


@dataclass(frozen=True)
class Proof:
    """What proving gave: problems, and the lock that records what was proved."""

    problems: tuple[Problem, ...]
    lock: Lock


def prove(kit: Kit, texts: Path, old: Lock | None, today: str) -> Proof:
    """Find every quotation of the kit in the texts of a folder.

    ``today`` (YYYY-MM-DD) dates new entries of the lock; an entry that has not changed
    keeps its date, so that proving twice gives the same bytes.
    """
    problems: list[Problem] = []
    opened: dict[str, Text] = {}
    for source in kit.sources:
        text = _open(source, texts, problems)
        if text:
            opened[source.id] = text
    quotes: dict[str, LockedQuote] = {}
    for quotation in kit.quotations():
        text = opened.get(quotation.source.id)
        spans = _locate(quotation, text, problems) if text else None
        if text and spans:
            entry = LockedQuote(
                words_sha256(quotation.text), text.sha256[:16], spans, today
            )
            before = old.quotes.get(quotation.name) if old else None
            if before and msgspec.structs.replace(entry, date=before.date) == before:
                entry = before
            quotes[quotation.name] = entry
    locked = {name: LockedText(t.sha256, t.words) for name, t in opened.items()}
    return Proof(tuple(problems), Lock(1, locked, quotes))


def _open(source: model.Source, texts: Path, problems: list[Problem]) -> Text | None:
    at = source.text.origin.at("file")
    path = texts / source.text.file
    if Path(source.text.file).name != source.text.file:
        problems.append(
            error(at, "text-name", "name the text's file only, without a folder")
        )
        return None
    try:
        text = read_text(path, source.text)
    except OSError:
        problems.append(
            error(
                at,
                "text-missing",
                f'the text of source "{source.id}" is not there: {path}',
                "put the file into the folder named with --texts",
            )
        )
        return None
    except UnicodeDecodeError:
        problems.append(error(at, "text-encoding", f"{path} is not UTF-8 text"))
        return None
    if not source.text.sha256:
        problems.append(
            error(
                source.text.origin.location,
                "text-unhashed",
                f"the sha256 of {path.name} is not written down",
                f"add a line sha256: {text.sha256}",
            )
        )
    elif text.sha256 != source.text.sha256:
        problems.append(
            error(
                source.text.origin.at("sha256"),
                "text-changed",
                f"{path.name} is not the file this kit was quoted from",
                f"its sha256 is {text.sha256}",
            )
        )
    return text


def _locate(
    quotation: Quotation, text: Text, problems: list[Problem]
) -> tuple[Span, ...] | None:
    at = quotation.record.at
    where = at.origin.location
    comments = quotation.source.text.layout == "comments"
    number = at.comment if comments else at.paragraph
    if number is None:
        return None  # an incomplete locator has its own rule in ``checks``
    part = text.parts.get(number)
    if part is None:
        noun = "comment" if comments else "paragraph"
        problems.append(
            error(
                where,
                "locator-wrong",
                f'source "{quotation.source.id}" has no {noun} {number}',
                f"it has {counted(len(text.parts), noun)}",
            )
        )
        return None
    if comments and at.name and not _same_name(at, text.names[number]):
        problems.append(
            error(
                where,
                "locator-wrong",
                f'comment {number} is by "{text.names[number]}", '
                f'not by "{_name_line(at)}"',
            )
        )
        return None
    offset, body = part
    spans = find(quotation.text, body)
    if spans is None:
        problems.append(_not_found(quotation, text, body, number))
        return None
    return tuple((offset + a, offset + b) for a, b in spans)


def _name_line(at: model.Locator) -> str:
    return f"{at.name} ({at.place})" if at.place else at.name


def _same_name(at: model.Locator, line: str) -> bool:
    return folded(line) == folded(_name_line(at))


def _not_found(quotation: Quotation, text: Text, body: str, number: int) -> Problem:
    noun = "comment" if text.names else "paragraph"
    name = quotation.name.partition(":")[2]
    for other, (_, elsewhere) in text.parts.items():
        if find(quotation.text, elsewhere):
            return error(
                quotation.record.at.origin.location,
                "locator-wrong",
                f'the words of "{name}" stand in {noun} {other}, '
                f"not in {noun} {number}",
            )
    message = f'the words of "{name}" do not stand in {noun} {number} of the source'
    both = readings(quotation.text, body)
    hint = "copy the words from the text again"
    if both:
        hint = f'the kit reads "{both[0]}"; the source reads "{both[1]}"'
    return error(quotation.location, "quote-differs", message, hint)


def against_lock(kit: Kit, lock: Lock | None) -> list[Problem]:
    """What can be told without the texts: quotations changed since they were proved."""
    if lock is None:
        return [
            warning(
                Location(kit.shown),
                "lock-missing",
                "the quotations of this kit have not been proved",
                "run `debatekit check --texts DIR --lock` with the source texts",
            )
        ]
    problems = []
    for quotation in kit.quotations():
        entry = lock.quotes.get(quotation.name)
        name = quotation.name.partition(":")[2]
        if entry is None:
            problems.append(
                warning(
                    quotation.location,
                    "quote-unproved",
                    f'the words of "{name}" have never been proved',
                    "run `debatekit check --texts DIR --lock` with the source texts",
                )
            )
        elif entry.sha256 != words_sha256(quotation.text):
            problems.append(
                error(
                    quotation.location,
                    "quote-changed",
                    f'the words of "{name}" were changed since they were proved '
                    f"on {entry.date}",
                    "undo the change, or prove it again: "
                    "`debatekit check --texts DIR --lock`",
                )
            )
    return problems


# ------------------------------------------------------------- quotation limits


@dataclass(frozen=True)
class Use:
    """How much of a source the kit quotes. Words counted once where quotes overlap."""

    source: model.Source
    quoted: int
    words: int

    @property
    def percent(self) -> float:
        return 100 * self.quoted / self.words if self.words else 0.0

    @property
    def over(self) -> bool:
        return self.percent > self.source.quotation_limit


def usage(kit: Kit, lock: Lock | None) -> tuple[Use, ...]:
    """The quotation table, from the lock's spans; empty without a lock."""
    if lock is None:
        return ()
    rows = []
    for source in kit.sources:
        text = lock.texts.get(source.id)
        if text is None:
            continue
        quotes = [q for q in kit.quotations() if q.source is source]
        rows.append(Use(source, _words_once(quotes, lock), text.words))
    return tuple(rows)


def _words_once(quotes: Iterable[Quotation], lock: Lock) -> int:
    """Words under the union of spans; a span's share of its words by its length."""
    marked: list[tuple[Span, int]] = []
    for quote in quotes:
        entry = lock.quotes.get(quote.name)
        if entry is None or entry.sha256 != words_sha256(quote.text):
            continue  # its spans are those of other words
        parts = pieces(quote.text)
        for span, part in zip(entry.spans, parts, strict=False):
            marked.append((span, len(part.split())))
    total = 0.0
    covered = -1
    # The longer of two that begin together first: what lies inside adds nothing.
    for (start, end), words in sorted(marked, key=lambda m: (m[0][0], -m[0][1])):
        fresh = end - max(start, covered)
        if fresh > 0:
            total += words * fresh / (end - start)
        covered = max(covered, end)
    return round(total)


def over_limit(uses: Iterable[Use]) -> list[Problem]:
    return [
        error(
            use.source.origin.at("id"),
            "quote-limit",
            f'the kit quotes {use.percent:.1f} % of source "{use.source.id}" '
            f"({use.quoted} of {use.words} words); "
            f"the limit is {use.source.quotation_limit} %",
            "quote less of it, or leave passages out",
        )
        for use in uses
        if use.over
    ]
