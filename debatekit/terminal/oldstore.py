"""The session file of debatekit 0.1: a header, then one line of JSON an event.

Stage: read once by ``store``, which takes over what it holds and removes it.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSION = 1


@dataclass(frozen=True)
class Old:
    """A session left; ``events`` are lines of JSON, ``when`` the file was written."""

    orders: dict[str, str]
    events: tuple[str, ...]
    when: str


def read_old(path: Path) -> Old | None:
    """What the file holds, or None where it is no session that can be read."""
    try:
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        when = time.gmtime(path.stat().st_mtime)
        header: Any = json.loads(first)
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(header, dict) or header.get("version") != VERSION:
        return None
    orders = header.get("orders")
    if not isinstance(orders, dict):
        return None
    if not all(isinstance(order, str) for order in orders.values()):
        return None
    return Old(orders, tuple(lines), time.strftime("%Y-%m-%dT%H:%M:%SZ", when))
