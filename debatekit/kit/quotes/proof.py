"""Every quotation of a kit, found in the source texts at its place, or a problem.

Stage: part of ``quotes``, for an author who has the texts; others have the lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from debatekit.kit import model
from debatekit.kit.kit import Kit, Quotation
from debatekit.kit.problems import Problem, counted, error
from debatekit.kit.quotes.folding import Span, find, folded, readings
from debatekit.kit.quotes.lock import Lock, LockedQuote, LockedText, words_sha256
from debatekit.kit.quotes.texts import Text, read_text


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
