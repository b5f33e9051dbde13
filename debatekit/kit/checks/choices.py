"""The questions with options of a kit, as the advice on writing them sees them.

Stage: part of ``checks``, for ``style`` and ``bank``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from debatekit.kit.checks.items import option_text
from debatekit.kit.kit import Kit
from debatekit.kit.model import Option
from debatekit.kit.problems import Location


@dataclass(frozen=True)
class Choice:
    """One question with options, as these rules see it; ``quoted`` options are verbatim
    words of sources, which nobody may shorten to please a rule."""

    item: str
    at: Location
    stem: str
    options: tuple[str, ...]
    key: str
    distractors: tuple[str, ...]
    quoted: bool
    passages: tuple[str, ...]
    keep_order: bool


def choices(kit: Kit) -> Iterator[Choice]:
    """Every question with one right option, in the order written."""
    for item in kit.items.values():
        reads = tuple(kit.passages[p].text for p in item.reads if p in kit.passages)
        for part in item.parts:
            texts = {k: option_text(kit, o) for k, o in part.options.items()}
            if part.key not in texts or len(texts) < 2 or not all(texts.values()):
                continue  # has several keys, or an error has said so
            yield Choice(
                item=item.id,
                at=part.origin.at("stem"),
                stem=part.stem,
                options=tuple(texts.values()),
                key=texts[part.key],
                distractors=tuple(t for k, t in texts.items() if k != part.key),
                quoted=any(_is_quoted(o) for o in part.options.values()),
                passages=reads,
                keep_order=part.keep_order,
            )


def _is_quoted(option: Option) -> bool:
    return option.passage is not None or option.text.startswith("“")


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+(?:['’-]\w+)*", text.casefold())
