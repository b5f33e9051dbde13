"""The kit a student practises with, opened quickly when it is the one of last time.

Stage: before ``practice``. Reading and checking YAML takes longer than all the rest of
the start, so a sound kit is kept in a form that is quick to read; it is used only while
every file of the kit is as it was, and doing without it changes nothing but the wait.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from debatekit.files import write_whole
from debatekit.kit.compiled import digest, packed, unpacked
from debatekit.kit.problems import UserError

if TYPE_CHECKING:
    from debatekit.kit.kit import Kit

SHIPPED = "practice.pack"


def open_kit(folder: Path, kept: Path) -> tuple[Kit, Callable[[], None]]:
    """The practice kit of a folder, and what keeps it for the next time: to be called
    when nobody waits any more. ``kept`` is the folder for the quick form.

    Raises UserError where the kit has errors.
    """
    where = str(folder.resolve()).encode(errors="surrogateescape")
    path = kept / f"{hashlib.sha256(where).hexdigest()[:16]}.kit"
    now = digest(folder)
    for form in (folder / SHIPPED, path):
        with contextlib.suppress(OSError):
            kit = unpacked(form.read_bytes(), now, folder)
            if kit is not None:
                return kit, _nothing
    from debatekit.kit.review import practice_kit

    read = practice_kit(folder)

    def keep() -> None:
        with contextlib.suppress(UserError):
            write_whole(path, packed(read, now))

    return read, keep


def ship(folder: Path) -> None:
    """Keep the quick form in the kit itself: for one that is handed to many students,
    whose first start would otherwise be the slow one. Raises UserError."""
    from debatekit.kit.review import practice_kit

    write_whole(folder / SHIPPED, packed(practice_kit(folder), digest(folder)))


def _nothing() -> None:
    """It is kept already."""
