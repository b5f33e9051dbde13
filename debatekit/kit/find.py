"""Which folder is the kit: before anything of it is read."""

from __future__ import annotations

from pathlib import Path

from debatekit.kit.problems import UserError


def find_kit(wanted: str | None, here: Path, bundled: Path) -> Path:
    """The folder of the kit to use: the one named, the one stood in, the bundled one.

    Raises UserError where the folder named has no kit.yaml.
    """
    if wanted is None:
        return here if (here / "kit.yaml").is_file() else bundled
    folder = Path(wanted)
    if folder.is_dir() and (folder / "kit.yaml").is_file():
        return folder
    what = "no kit.yaml in it" if folder.is_dir() else "no such folder"
    raise UserError(
        f"{wanted}: {what}",
        "name a folder that holds a kit.yaml; `debatekit new DIR` makes one",
    )
