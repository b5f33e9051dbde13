"""Debate formats as lines of text: a list of them, or one with all it says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from debatekit.kit.dates import long_date
from debatekit.kit.model import DebateFormat, Prep
from debatekit.terminal.page import Page

SURE = {
    "high": "high, two independent sources agree",
    "medium": "medium, one source",
    "low": "low, sources conflict",
}


def minutes(seconds: int) -> str:
    """240 as 4:00."""
    return f"{seconds // 60}:{seconds % 60:02}"


def show_all(page: Page, formats: Iterable[DebateFormat]) -> None:
    for form in formats:
        page.say(f"{form.id}: {form.name}")
        about = f"{form.teams}; {_whole(form.seconds)}; prep: {_prep(form.prep)}"
        page.say(about, indent="    ")


def show(page: Page, form: DebateFormat) -> None:
    """One format in full, with where its timings are from."""
    sides = f"{form.side_name('pro')} and {form.side_name('con')}"
    page.say(f"{form.name} ({form.id})")
    page.say(f"{form.teams[:1].upper()}{form.teams[1:]}: {sides}.")
    page.say()
    for number, speech in enumerate(form.speeches, start=1):
        side = "" if speech.side == "both" else f"{form.side_name(speech.side)}, "
        told = f"{minutes(speech.seconds):>5}  {speech.name} ({side}{speech.speaker})"
        page.say(told, indent=" " * 11, first=f"{number:>2}. ")
    page.say(f"{minutes(form.seconds):>5}  in all", first="    ", indent=" " * 11)
    page.say()
    page.say(f"Prep: {_prep(form.prep)}.")
    if form.prep is not None:
        if form.prep.confidence is not None:
            page.say(f"Confidence in the prep: {SURE[form.prep.confidence]}.")
        if form.prep.note:
            page.say(form.prep.note)
    page.say(f"Points of information: {_poi(form)}.")
    if form.flow_columns:
        page.say(f"Flow sheet: {' | '.join(form.flow_columns)}")
    if form.note:
        page.say(form.note)
    page.say()
    page.say(timings(form))
    for source in form.sources:
        page.say(source, indent="    ", first="  - ")


def timings(form: DebateFormat) -> str:
    """When the timings were looked up and how sure they are, as sentences."""
    told = "Leagues differ: check the times with yours."
    if form.confidence is not None:
        told = f"Confidence in the timings: {SURE[form.confidence]}. {told}"
    if form.checked is not None and form.checked != "not known":
        told = f"Timings checked {long_date(form.checked)}. {told}"
    return told


def as_data(form: DebateFormat) -> dict[str, Any]:
    """A format as plain data for JSON; all times in seconds."""
    prep = form.prep
    return {
        "id": form.id,
        "name": form.name,
        "teams": form.teams,
        "sides": {side: form.side_name(side) for side in ("pro", "con")},
        "seconds": form.seconds,
        "speeches": [
            {
                "name": speech.name,
                "side": speech.side,
                "speaker": speech.speaker,
                "kind": speech.kind,
                "seconds": speech.seconds,
                "poi": form.poi_of(speech),
            }
            for speech in form.speeches
        ],
        "prep": {
            "each_side": prep.pool_seconds if prep else 0,
            "before": prep.before_seconds if prep else 0,
            "confidence": prep.confidence if prep else None,
            "note": prep.note if prep else "",
        },
        "flow_columns": form.flow_columns,
        "note": form.note,
        "sources": form.sources,
        "checked": form.checked,
        "confidence": form.confidence,
    }


def _whole(seconds: int) -> str:
    return minutes(seconds) if seconds % 60 else f"{seconds // 60} minutes"


def _prep(prep: Prep | None) -> str:
    parts = []
    if prep is not None and prep.pool_seconds:
        whose = "team" if prep.per_team else "side"
        parts.append(f"{minutes(prep.pool_seconds)} for each {whose}")
    if prep is not None and prep.before_seconds:
        parts.append(f"{minutes(prep.before_seconds)} before the round")
    return " and ".join(parts) or "none"


def _poi(form: DebateFormat) -> str:
    if form.poi is None:
        return "none"
    windows = {form.poi_of(speech) for speech in form.speeches} - {None}
    told = " or ".join(
        f"from {minutes(opens)} to {minutes(closes)}"
        for opens, closes in sorted(window for window in windows if window)
    )
    if form.poi.not_in:
        told += f"; none in {', '.join(form.poi.not_in)}"
    return told
