"""What a debate format says, in the words of a handout: sides, speakers, speech times.

Stage: documents; shared by the flow sheets and the ballot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from debatekit.kit.dates import long_date
from debatekit.kit.model import DebateFormat, Side, Speech

SURE = {
    "high": "two independent sources agree",
    "medium": "from one source",
    "low": "sources differ",
}
ONE_SPEAKER = re.compile(r"\w+( [A-Z])?")


@dataclass(frozen=True)
class Timing:
    """A stretch of the round; ``side`` is what the format calls it, or empty."""

    name: str
    side: str
    speaker: str
    length: str


@dataclass(frozen=True)
class Timings:
    """The times of a format, and where they are from."""

    speeches: tuple[Timing, ...]
    total: str
    prep: str
    grounds: str


def minutes(seconds: int) -> str:
    """240 as 4:00."""
    return f"{seconds // 60}:{seconds % 60:02}"


def side_is_drawn(form: DebateFormat) -> bool:
    """Whether the sides are teams, either of which may turn out to be pro."""
    return form.side_name("pro").startswith("Team ")


def team_count(form: DebateFormat) -> int:
    """How many teams a format has; two where its text begins with no number."""
    match = re.match(r"\d+(?= teams)", form.teams)
    return int(match.group()) if match else 2


def timings(form: DebateFormat) -> Timings:
    return Timings(
        speeches=tuple(_timing(form, speech) for speech in form.speeches),
        total=minutes(form.seconds),
        prep=_prep(form),
        grounds=grounds(form),
    )


def grounds(form: DebateFormat) -> str:
    """Where the times are from and how sure they are: leagues differ."""
    told = ["Leagues differ: check the times with yours."]
    if form.confidence is not None:
        told.insert(0, f"How sure: {SURE[form.confidence]}.")
    if form.sources:
        told.insert(0, f"Times from: {'; '.join(form.sources)}.")
    if form.checked is not None and form.checked != "not known":
        told.insert(0, f"Times checked {long_date(form.checked)}.")
    return " ".join(told)


def speakers(form: DebateFormat, side: Side) -> tuple[str, ...]:
    """Who speaks for a side, each once, in the order of their first speeches."""
    names = [
        speech.speaker
        for speech in form.speeches
        if speech.kind == "speech" and speech.side == side
    ]
    found = [name for name in names if ONE_SPEAKER.fullmatch(name)] or names
    return tuple(dict.fromkeys(found))


def _timing(form: DebateFormat, speech: Speech) -> Timing:
    side = "" if speech.side == "both" else form.side_name(speech.side)
    return Timing(speech.name, side, speech.speaker, minutes(speech.seconds))


def _prep(form: DebateFormat) -> str:
    prep = form.prep
    parts = []
    if prep is not None and prep.pool_seconds:
        whose = "team" if prep.per_team else "side"
        parts.append(f"{minutes(prep.pool_seconds)} for each {whose}")
    if prep is not None and prep.before_seconds:
        parts.append(f"{minutes(prep.before_seconds)} before the round")
    return " and ".join(parts) or "none"
