"""The debate formats there are: those that come with debatekit, and a kit's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from debatekit.kit import checks, model, yamlmarks
from debatekit.kit.decode import decode
from debatekit.kit.kit import Kit
from debatekit.kit.load import load
from debatekit.kit.problems import Severity, UserError, did_you_mean, ordered

NAME = "formats.yaml"
DEFAULT = "public-forum"


@cache
def bundled() -> Mapping[str, model.DebateFormat]:
    """The formats that come with debatekit, by id, in the order of their file."""
    path = Path(str(files("debatekit.kit"))) / NAME
    node, problems = yamlmarks.read(path, NAME)
    file = decode(node, model.FormatsFile, problems) if node else None
    if file is None or problems:
        raise RuntimeError(f"{path}: {problems}")
    return MappingProxyType({form.id: form for form in file.formats})


def formats_of(kit: Kit | Path) -> Mapping[str, model.DebateFormat]:
    """All formats to choose from: the bundled ones, then those only the kit has.

    A kit's format takes the place of a bundled one with its id. Of a folder only
    formats.yaml is read; raises UserError where that has errors.
    """
    own = _own(kit) if isinstance(kit, Path) else kit.extras.formats
    return MappingProxyType({**bundled(), **own})


def one_format(kit: Kit | Path, wanted: str) -> model.DebateFormat:
    """The format of that id. Raises UserError, with the nearest id, where none is."""
    known = formats_of(kit)
    if wanted not in known:
        hint = did_you_mean(wanted, known) or "`debatekit formats` lists them"
        raise UserError(f'there is no debate format "{wanted}"', hint)
    return known[wanted]


def _own(folder: Path) -> Mapping[str, model.DebateFormat]:
    if not (folder / NAME).exists():
        return {}
    from debatekit.kit.checks.background import formats_can_be_run

    loaded = load(folder, frozenset({NAME}))
    assert loaded.rest is not None, "find_kit gives folders with a kit.yaml"
    problems = [*loaded.problems, *checks.run(loaded.rest, [formats_can_be_run])]
    errors = [p for p in ordered(problems) if p.severity is Severity.ERROR]
    if errors:
        raise UserError(
            "this kit's formats.yaml has errors and cannot be used yet",
            f"mend them; `debatekit check {folder.as_posix()}` shows everything",
            errors,
        )
    return loaded.rest.extras.formats
