"""Packets: which handouts are bound into one file, and in which order.

Stage: after ``handouts``; a packet holds documents that are made already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from debatekit.documents.common import Audience
from debatekit.documents.handouts import Handout
from debatekit.kit.problems import UserError

For = Literal["student", "teacher", "all"]


@dataclass(frozen=True)
class Packet:
    """Handouts in printing order; ``path`` below the kit's folder, without ending."""

    name: str
    path: str
    label: str
    audience: Audience
    pieces: tuple[Handout, ...]


def packets(made: Sequence[Handout], wanted: For) -> Iterator[Packet]:
    """What one student, the teacher, or the teacher's own file holds.

    A student has one form of the quiz and one level of the reading: each form makes a
    packet of its own, and plain readings are packed where there are no others. Raises
    UserError where nothing built belongs in the packet.
    """
    audiences = ("teacher", "student") if wanted == "all" else (wanted,)
    chosen = [h for who in audiences for h in made if h.audience == who]
    if not chosen:
        raise UserError(
            f"none of the handouts named is for the {wanted} packet",
            "name others, or none for all of them",
        )
    if wanted != "student":
        name = "packet" if wanted == "teacher" else "packet-all"
        label = "Teacher's packet" if wanted == "teacher" else "Everything"
        yield Packet(name, f"teacher/{name}", label, "teacher", tuple(chosen))
        return
    if any(h.name == "sources" for h in chosen):
        chosen = [h for h in chosen if h.name != "sources-plain"]
    forms = [h.name for h in chosen if h.template == "quiz"] or [""]
    for form in forms:
        name = f"packet{form.removeprefix('quiz')}"
        pieces = (h for h in chosen if h.template != "quiz" or h.name == form)
        yield Packet(name, f"student/{name}", "Packet", "student", tuple(pieces))
