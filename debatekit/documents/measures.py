"""The measures that are called by one name, a page each."""

from __future__ import annotations

from dataclasses import dataclass

from debatekit.documents.common import Head, head_for, reference_line
from debatekit.kit import model
from debatekit.kit.dates import long_date
from debatekit.kit.kit import Kit


@dataclass(frozen=True)
class MeasurePage:
    """``debated`` marks the measure the motion means."""

    number: int
    name: str
    debated: bool
    in_short: str
    what: str
    who: str
    date: str
    does: tuple[str, ...]
    does_not: tuple[str, ...]
    why_confused: str
    whom_it_touches: str
    afterwards: str
    reference: str


@dataclass(frozen=True)
class Measures:
    head: Head
    motion: str
    pages: tuple[MeasurePage, ...]


def measures(kit: Kit) -> Measures:
    """A page for every measure that has an explainer, in the order of kit.yaml."""
    explained = [m for m in kit.head.measures if m.id in kit.extras.explainers]
    return Measures(
        head=head_for(kit, "measures", "Measures", kit.head.title),
        motion=kit.head.motion.sentence,
        pages=tuple(_page(kit, m, n) for n, m in enumerate(explained, start=1)),
    )


def _page(kit: Kit, measure: model.Measure, number: int) -> MeasurePage:
    explainer = kit.extras.explainers[measure.id]
    return MeasurePage(
        number=number,
        name=measure.name,
        debated=measure.id == kit.head.motion.measure,
        in_short=explainer.in_short,
        what=measure.what,
        who=measure.who,
        date=long_date(measure.date),
        does=explainer.does,
        does_not=explainer.does_not,
        why_confused=explainer.why_confused,
        whom_it_touches=explainer.whom_it_touches,
        afterwards=explainer.afterwards,
        reference=reference_line(measure.reference),
    )
