"""Progress as lines of text: every number before its bar, nothing told by colour.

Stage: ``quiz.progress`` → a terminal of 40 to 80 columns. A bar is only drawn where
there is room; a screen reader has heard the number by then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from debatekit.kit.dates import long_date
from debatekit.kit.problems import counted
from debatekit.quiz.progress import LAST_TRIES, Course, Progress, Share
from debatekit.terminal.page import Page

BAR, NARROW_BAR = 20, 10
# The last days of practice that are listed, and the next days that are looked ahead.
DAYS = 14


def show(page: Page, found: Progress) -> None:
    """All that is told, or one line where nothing was answered yet."""
    page.say(f"Progress: {found.title}")
    if found.unknown:
        page.say(
            f"{counted(found.unknown, 'answer')} not counted: this kit no longer has "
            "what was asked."
        )
    if not found.answers:
        page.say("No answers yet. `debatekit quiz` starts.")
        return
    hints = f", {found.hinted} of them with a hint" if found.hinted else ""
    page.say(f"{counted(found.answers, 'answer')} in all{hints}.")
    page.say()
    page.say(
        f"Mastery: your share of the points, from the last {LAST_TRIES} first tries at "
        "each item. n: the answers it is made of."
    )
    _courses(page, [found.overall])
    for table in found.tables:
        page.say(f"{table.heading}:")
        _courses(page, table.courses)
    _days(page, found.overall)
    _due(page, found)
    _sure(page, found)
    _blind(page, found)
    if found.drills:
        page.say("Replies in drills, as you rated them:")
        _courses(page, found.drills)


def told(share: Share) -> str:
    """A share with its n, or in words that it is made of too little."""
    if not share.told:
        return f"{counted(share.answers, 'answer')}: too few to say"
    return f"{percent(share.value)}  n {share.answers}"


def percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _courses(page: Page, courses: Iterable[Course]) -> None:
    shown = list(courses)
    width = max((len(course.label) for course in shown), default=0)
    for course in shown:
        before = course.before
        was = ""
        if before and before.told and course.now.told:
            was = f"  was {percent(before.value)}"
        _row(page, f"{course.label:<{width}}", course.now, was)


def _row(page: Page, label: str, share: Share, was: str = "") -> None:
    if not share.told:
        page.say(told(share), first=f"  {label}  ", indent="    ")
        return
    room = page.width >= 60
    full = BAR if room else NARROW_BAR
    marks = round(share.value * full)
    bar = "#" * marks + "-" * (full - marks)
    start = f"  {label}  {percent(share.value):>5}  n {share.answers:<3}"
    lines = (f"{start} {bar}{was}", f"{start}{was}", start)
    page.say(next((x for x in lines if len(x.rstrip()) <= page.width), start).rstrip())


def _days(page: Page, overall: Course) -> None:
    points = overall.points[-DAYS:]
    if len(points) < 2:
        return
    page.say("All items, day by day:")
    for point in points:
        _row(page, point.day.isoformat(), point.share)


def _due(page: Page, found: Progress) -> None:
    days = dict(found.due)
    today = found.today
    page.say("Due for review:")
    page.say(f"  today: {_items(days.get(today, 0))}")
    shown = [day for day in sorted(days) if today < day <= today + timedelta(days=DAYS)]
    for day in shown:
        page.say(f"  {_name(day, today)}: {_items(days[day])}")
    later = sum(count for day, count in days.items() if day > today) - sum(
        days[day] for day in shown
    )
    if later:
        page.say(f"  later: {_items(later)}")
    if days.get(today):
        page.say("`debatekit quiz --review` asks them.")


def _items(count: int) -> str:
    return counted(count, "item")


def _name(day: date, today: date) -> str:
    if day == today + timedelta(days=1):
        return "tomorrow"
    return long_date(day.isoformat())


def _sure(page: Page, found: Progress) -> None:
    """Calibration: how often somebody who was sure was right."""
    if not (found.sure.answers or found.unsure.answers):
        return
    page.say("Sure and right:")
    for label, share in (("sure  ", found.sure), ("unsure", found.unsure)):
        text = f"right {told(share)}" if share.told else told(share)
        page.say(f"{label}  {text}", indent="  ")
    if found.sure.told and found.unsure.told:
        gap = found.sure.value - found.unsure.value
        page.say(
            "Your feeling tells you something."
            if gap >= 0.1
            else "Being sure says little so far: look at the lines once more.",
            indent="  ",
        )


def _blind(page: Page, found: Progress) -> None:
    """What can be guessed: items met blind against items met with their passage."""
    if not found.blind.answers:
        return
    page.say("Blind trial, each item as it was met for the first time:")
    page.say(f"with the passage     {told(found.with_passage)}", indent="  ")
    page.say(f"without the passage  {told(found.blind)}", indent="  ")
    if found.index is not None:
        page.say(
            f"p(with) - p(without): {100 * found.index:+.0f} points. Near 0, the "
            "answers can be guessed.",
            indent="  ",
        )
