"""Where the files shipped with debatekit are, in a checkout and in a wheel alike."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def bundled_kit() -> Path:
    """The folder of the kit that comes with debatekit."""
    return Path(str(files("debatekit.seeds"))) / "huawei-ban"


def starter_kit() -> Path:
    """The folder that `debatekit new` copies."""
    return Path(str(files("debatekit.seeds"))) / "starter"


def templates() -> Path:
    return Path(str(files("debatekit.templates")))
