"""Writing files: whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from debatekit.kit.problems import UserError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a power cut, never meets half of it.

    The bytes go to a file beside it, which then takes its name; a symbolic link is
    replaced, not followed. Raises UserError where the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as failure:
        reason = failure.strerror or "unknown reason"
        raise UserError(f"cannot write {path}: {reason}") from failure
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError as failure:
        reason = failure.strerror or "unknown reason"
        raise UserError(f"cannot write {path}: {reason}") from failure
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
