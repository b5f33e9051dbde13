"""Dates as authors write them → dates as people read them."""

from __future__ import annotations

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


def long_date(written: str) -> str:
    """``2019-05-16`` as '16 May 2019', ``2019-05`` as 'May 2019', ``2019`` as it is.

    'not known' becomes 'undated'.
    """
    if written == "not known":
        return "undated"
    year, *rest = written.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1] if 1 <= int(rest[0]) <= 12 else rest[0]
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month} {year}"
