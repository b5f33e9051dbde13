"""Rules on the two cases: both are there, argued, and answered."""

from __future__ import annotations

from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Location, Problem, error, warning
from debatekit.kit.quotes import MAX_WORDS, find, word_count


def both_sides(kit: Kit) -> Iterator[Problem]:
    """A motion has two sides. Fails: a kit with pro.yaml and no con.yaml."""
    for side in model.SIDES:
        name = (kit.folder / f"{side}.yaml").as_posix()
        if side not in kit.sides and not (kit.folder / f"{side}.yaml").exists():
            yield error(
                Location(name),
                "side-missing",
                f"the {side} side has no contentions: {side}.yaml is missing",
                "a motion with one side is not a debate",
            )


def replies_cross_over(kit: Kit) -> Iterator[Problem]:
    """A rebuttal answers a contention of the other side, never one of its own."""
    for side, file in kit.sides.items():
        for rebuttal in file.rebuttals:
            if kit.side_of.get(rebuttal.answers) == side:
                yield error(
                    rebuttal.origin.at("answers"),
                    "rebuttal-own-side",
                    f'rebuttal "{rebuttal.id}" answers "{rebuttal.answers}", '
                    f"which is a contention of the same side",
                )


def nothing_unanswered(kit: Kit) -> Iterator[Problem]:
    """Every contention has a rebuttal by the other side."""
    for contention in kit.contentions.values():
        if not kit.rebuttals.get(contention.id):
            side = kit.side_of[contention.id]
            other = "con" if side == "pro" else "pro"
            if {other} & (kit.faulty | kit.unread):
                continue
            yield warning(
                contention.origin.at("id"),
                "contention-unanswered",
                f'nobody answers contention "{contention.id}"',
                f"add a rebuttal with `answers: {contention.id}` to {other}.yaml",
            )


def read_aloud_is_quoted(kit: Kit) -> Iterator[Problem]:
    """The words to read aloud stand in the passage, in its order."""
    for contention in kit.contentions.values():
        for evidence in contention.evidence:
            passage = kit.passages.get(evidence.passage or "")
            if passage is None:
                if evidence.read and evidence.fact:
                    yield error(
                        evidence.origin.at("read"),
                        "read-without-passage",
                        f'evidence "{evidence.id}" is a fact; only a passage '
                        "has words to read aloud",
                    )
                continue
            rest = passage.text
            for index, words in enumerate(evidence.read):
                spans = find(words, rest)
                if spans is None:
                    yield error(
                        evidence.origin.at("read", index),
                        "read-not-in-passage",
                        f'"{words}" does not stand in passage "{passage.id}" '
                        "(or not in this order)",
                        "copy the words from the passage",
                    )
                    break
                rest = rest[spans[-1][1] :]


def passages_are_short(kit: Kit) -> Iterator[Problem]:
    """A quotation has at most sixty words."""
    for quotation in kit.quotations():
        words = word_count(quotation.text)
        if words > MAX_WORDS:
            name = quotation.name.partition(":")[2]
            yield error(
                quotation.location,
                "quote-long",
                f'"{name}" quotes {words} words; the most is {MAX_WORDS}',
                "cut at a sentence, or mark a cut with […]",
            )


RULES = (
    both_sides,
    replies_cross_over,
    nothing_unanswered,
    read_aloud_is_quoted,
    passages_are_short,
)
