"""A folder → a Kit and the problems of reading it.

Stage: reading ends here. What the records mean together (dangling ids, balance,
proof of quotation) is for ``checks`` and ``quotes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from debatekit.kit import model, yamlmarks
from debatekit.kit.decode import decode
from debatekit.kit.problems import (
    Location,
    Problem,
    UserError,
    did_you_mean,
    error,
    ordered,
    warning,
)

R = TypeVar("R", bound=model.Record)

KNOWN_FILES = ("kit.yaml", "facts.yaml", "pro.yaml", "con.yaml", "glossary.yaml")
KNOWN_FOLDERS = ("sources", "items")


@dataclass(frozen=True)
class Quotation:
    """Words a record takes from a source: a passage, or what a source check quotes."""

    name: str
    record: model.Passage | model.SourceCheck
    source: model.Source
    text: str
    location: Location


@dataclass(frozen=True)
class Kit:
    """Everything a folder says, ready to be looked up. Only readable records are in it.

    ``broken`` holds the ids of records that could not be read, so that a reference to
    one is not reported as a second fault.
    """

    folder: Path
    shown: str
    head: model.KitFile
    sources: tuple[model.Source, ...]
    facts: Mapping[str, model.Fact]
    terms: Mapping[str, model.Term]
    sides: Mapping[model.Side, model.SideFile]
    items: Mapping[str, model.Item]
    broken: frozenset[str]

    @property
    def id(self) -> str:
        return self.head.kit

    @cached_property
    def passages(self) -> Mapping[str, model.Passage]:
        return {p.id: p for s in self.sources for p in s.passages}

    @cached_property
    def source_of(self) -> Mapping[str, model.Source]:
        """Passage id or source-check id → its source."""
        pairs = [(p.id, s) for s in self.sources for p in s.passages]
        return dict([*pairs, *((c.id, s) for s in self.sources for c in s.checks)])

    @cached_property
    def checks(self) -> Mapping[str, model.SourceCheck]:
        return {c.id: c for s in self.sources for c in s.checks}

    @cached_property
    def contentions(self) -> Mapping[str, model.Contention]:
        return {c.id: c for side in self.sides.values() for c in side.contentions}

    @cached_property
    def side_of(self) -> Mapping[str, model.Side]:
        """Contention id → the side that argues it."""
        return {c.id: side for side, f in self.sides.items() for c in f.contentions}

    @cached_property
    def rebuttals(self) -> Mapping[str, tuple[model.Rebuttal, ...]]:
        """Contention id → the other side's rebuttals, in the order written."""
        found: dict[str, tuple[model.Rebuttal, ...]] = {}
        for file in self.sides.values():
            for rebuttal in file.rebuttals:
                known = found.get(rebuttal.answers, ())
                found[rebuttal.answers] = (*known, rebuttal)
        return found

    @property
    def measure(self) -> model.Measure | None:
        wanted = self.head.motion.measure
        return next((m for m in self.head.measures if m.id == wanted), None)

    def quotations(self) -> Iterator[Quotation]:
        """Every text of the kit that must stand verbatim in a source text."""
        for source in self.sources:
            for p in source.passages:
                at = p.origin.at("text")
                yield Quotation(f"passage:{p.id}", p, source, p.text, at)
            for c in source.checks:
                at = c.origin.at("says")
                yield Quotation(f"check:{c.id}", c, source, c.says, at)


@dataclass(frozen=True)
class Loaded:
    """What reading gave: a kit, or None where kit.yaml itself cannot stand."""

    kit: Kit | None
    problems: tuple[Problem, ...]


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


def load(folder: Path) -> Loaded:
    """Read every file of a kit; report every problem of every file."""
    reader = _Reader(folder)
    head = reader.one("kit.yaml", model.KitFile, required=True)
    sources = tuple(reader.folder("sources", model.Source))
    facts = reader.one("facts.yaml", model.FactsFile)
    glossary = reader.one("glossary.yaml", model.GlossaryFile)
    sides = {side: reader.one(f"{side}.yaml", model.SideFile) for side in model.SIDES}
    items = [i for f in reader.folder("items", model.ItemsFile) for i in f.items]
    reader.strangers()
    if head is None:
        return Loaded(None, ordered(reader.problems))
    kit = Kit(
        folder=folder,
        shown=reader.shown(""),
        head=head,
        sources=sources,
        facts=reader.index(facts.facts if facts else (), "fact"),
        terms=reader.index(glossary.terms if glossary else (), "term"),
        sides={side: file for side, file in sides.items() if file is not None},
        items=reader.index(items, "item"),
        broken=frozenset(reader.ids_seen),
    )
    return Loaded(kit, ordered(reader.problems))


class _Reader:
    """Reads the files of one folder and gathers their problems."""

    def __init__(self, folder: Path):
        self.root = folder
        self.problems: list[Problem] = []
        self.ids_seen: set[str] = set()

    def shown(self, name: str) -> str:
        return (self.root / name).as_posix()

    def one(self, name: str, kind: type[R], required: bool = False) -> R | None:
        path = self.root / name
        if not path.exists():
            if required:
                self.problems.append(
                    error(
                        Location(self.shown(name)),
                        "file-missing",
                        f"a kit needs a file {name}",
                        "`debatekit new DIR` writes one to start from",
                    )
                )
            return None
        node, problems = yamlmarks.read(path, self.shown(name))
        self.problems += problems
        if node is None:
            return None
        before = len(self.problems)
        record = decode(node, kind, self.problems)
        if len(self.problems) > before or problems:
            # Any id written in a file with faults counts as known: a dangling
            # reference is only reported where its target was really read.
            self.ids_seen |= set(_ids(node))
        return record

    def folder(self, name: str, kind: type[R]) -> Iterator[R]:
        for path in sorted((self.root / name).glob("*.yaml")):
            record = self.one(f"{name}/{path.name}", kind)
            if record is not None:
                yield record

    def index(self, records: Iterable[R], noun: str) -> dict[str, R]:
        """Records by id; a second one with the same id is a problem."""
        found: dict[str, R] = {}
        for record in records:
            first = found.setdefault(record_id(record), record)
            if first is not record:
                self.problems.append(duplicate_id(record, first, noun))
        return found

    def strangers(self) -> None:
        """Files that look like a part of the kit and are not read: say so."""
        if not self.root.is_dir():
            return
        for path in sorted(self.root.rglob("*.y*ml")):
            name = path.relative_to(self.root).as_posix()
            folder, _, rest = name.rpartition("/")
            if name in KNOWN_FILES or (
                folder in KNOWN_FOLDERS and rest.endswith(".yaml")
            ):
                continue
            hint = did_you_mean(name, KNOWN_FILES)
            self.problems.append(
                warning(
                    Location(self.shown(name)),
                    "file-unknown",
                    "this file is not part of a kit and is not read",
                    hint or "sources go into sources/, items into items/, as *.yaml",
                )
            )


def record_id(record: model.Record) -> str:
    """The author's id of a record that has one."""
    ident: str = getattr(record, "id", "")
    return ident


def duplicate_id(record: model.Record, first: model.Record, noun: str) -> Problem:
    where = first.origin.at("id")
    return error(
        record.origin.at("id"),
        "id-duplicate",
        f'{noun} "{record_id(record)}" stands here twice (first at {where})',
        "give one of them an id of its own",
    )


def _ids(node: yamlmarks.Node) -> Iterator[str]:
    waiting = [node]
    while waiting:
        value = waiting.pop().value
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            ident = value.get("id")
            if ident is not None and isinstance(ident.value, str):
                yield ident.value
            waiting += value.values()
