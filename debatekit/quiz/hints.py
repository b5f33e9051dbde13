"""Hints to an item, each saying more than the one before; none gives the key away.

Stage: beside ``keys``; first where to look, then on which lines, then what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.quiz.chance import pick
from debatekit.quiz.records import KeyEntry, KeyOption

# Where a proof is found that is no passage. A cite would often be the answer: it names
# the author, the date or the measure that is asked for.
PLACES = {
    "fact": "the facts",
    "term": "the glossary",
    "event": "the time line",
    "measure": "the measures",
    "contention": "the cases of the two sides",
    "rebuttal": "the replies of the two sides",
}
# An option that names a source: then where to look is the answer.
SOURCE = re.compile(r"\bSource [A-Z]\b")


def hints(kit: Kit, entry: KeyEntry, second: bool = False) -> tuple[str, ...]:
    """The hints to an item of a form, or to its ``second`` part."""
    item = kit.items[entry.item]
    asks_where = any(
        SOURCE.search(o.text) for part in item.parts for o in part.options.values()
    )
    proofs = () if asks_where else item.proof
    places = dict.fromkeys(_place(kit, proof) for proof in proofs)
    lines = dict.fromkeys(filter(None, (_lines(kit, proof) for proof in proofs)))
    told = []
    if places:
        told.append(f"Look at {' and at '.join(places)}.")
    if lines:
        told.append(f"On the sources handout: {'; '.join(lines)}.")
    if entry.type in ("choice", "two-part"):
        part = entry.second if second else entry
        told += _struck(entry.item, part.options if part else ())
    return tuple(told)


def _struck(item: str, options: Sequence[KeyOption]) -> list[str]:
    wrong = [option.letter for option in options if not option.right]
    if len(wrong) < 2:
        return []
    # Drawn: the first wrong letter, being B, would tell that A is right.
    struck = pick(wrong, 0, "hint", item, *wrong)
    return [f"It is not {struck}."]


def _place(kit: Kit, proof: model.Proof) -> str:
    if proof.passage is not None:
        at = kit.passages[proof.passage].at
        place = f"comment {at.comment}" if at.comment else f"¶{at.paragraph}"
        return f"Source {kit.source_of[proof.passage].letter}, {place}"
    if proof.check is not None:
        return f"a source check on Source {kit.source_of[proof.check].letter}"
    if proof.source is not None:
        source = next(s for s in kit.sources if s.id == proof.source)
        return f"what is said about Source {source.letter}"
    return PLACES[proof.named[0]]


def _lines(kit: Kit, proof: model.Proof) -> str:
    """Where the proving words stand on the handout, if that is known."""
    lines = kit.passage_lines.get(proof.passage or "")
    if proof.passage is None or lines is None:
        return ""
    start = kit.passages[proof.passage].text.find(proof.words) if proof.words else -1
    spelled = lines.of(start, start + len(proof.words)) if start >= 0 else str(lines)
    return f"Source {kit.source_of[proof.passage].letter}, {spelled}"
