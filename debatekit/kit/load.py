"""A folder → a Kit and the problems of reading it.

Stage: reading ends here. What the records mean together (dangling ids, balance,
proof of quotation) is for ``checks`` and ``quotes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from debatekit.kit import model, yamlmarks
from debatekit.kit.decode import decode
from debatekit.kit.kit import Extras, Kit
from debatekit.kit.lines import SourceLines, against_lines, current, read_lines
from debatekit.kit.nodes import Node
from debatekit.kit.problems import (
    Location,
    Problem,
    did_you_mean,
    error,
    ordered,
    warning,
)

R = TypeVar("R", bound=model.Record)

# Every file of a kit, and every folder of files, with what stands in it.
FILES: Mapping[str, type[model.Record]] = {
    "kit.yaml": model.KitFile,
    "facts.yaml": model.FactsFile,
    "glossary.yaml": model.GlossaryFile,
    "pro.yaml": model.SideFile,
    "con.yaml": model.SideFile,
    "measures.yaml": model.MeasuresFile,
    "timeline.yaml": model.TimelineFile,
    "people.yaml": model.PeopleFile,
    "comments.yaml": model.CommentsFile,
    "starters.yaml": model.StartersFile,
    "standards.yaml": model.StandardsFile,
    "fairness.yaml": model.FairnessFile,
    "formats.yaml": model.FormatsFile,
}
FOLDERS: Mapping[str, type[model.Record]] = {
    "sources": model.Source,
    "items": model.ItemsFile,
    "readings": model.Reading,
    "lessons": model.Lesson,
}
# What a student's practice needs, with all that may prove an item: to read no more
# halves the wait for the first item.
PRACTICE = frozenset(
    {
        "kit.yaml",
        "facts.yaml",
        "glossary.yaml",
        "timeline.yaml",
        "pro.yaml",
        "con.yaml",
        "sources",
        "items",
    }
)

# Where records of a kind stand that others name.
PARTS: Mapping[str, tuple[str, ...]] = {
    "measure": ("kit",),
    "passage": ("sources",),
    "check": ("sources",),
    "source": ("sources",),
    "fact": ("facts",),
    "term": ("glossary",),
    "contention": model.SIDES,
    "rebuttal": model.SIDES,
    "event": ("timeline",),
}


@dataclass(frozen=True)
class Loaded:
    """What reading gave: a kit, or None where kit.yaml itself cannot stand.

    ``rest`` is the kit for the rules: it is there, with an empty head, also where the
    faults of kit.yaml must not hide those of the other files.
    """

    kit: Kit | None
    problems: tuple[Problem, ...]
    rest: Kit | None


def load(folder: Path, only: frozenset[str] | None = None) -> Loaded:
    """Read a kit's files and report every problem of every file.

    ``only`` names the files and folders to read (see FILES, FOLDERS); the kit is then
    empty in the other parts.
    """
    read = _Reader(folder, only)
    head = read.one("kit.yaml", model.KitFile, required=True)
    facts = read.one("facts.yaml", model.FactsFile)
    glossary = read.one("glossary.yaml", model.GlossaryFile)
    sides = {side: read.one(f"{side}.yaml", model.SideFile) for side in model.SIDES}
    sources = tuple(read.folder("sources", model.Source))
    items = [i for f in read.folder("items", model.ItemsFile) for i in f.items]
    extras = _extras(read)
    lines = read.lines(sources, extras.readings)
    if only is None:
        read.strangers()
    if not (folder / "kit.yaml").exists():
        return Loaded(None, ordered(read.problems), None)
    read.unread |= {side for side, file in sides.items() if file is None}
    read.unread |= {"kit"} if head is None else set()
    kit = Kit(
        folder=folder,
        shown=read.shown(""),
        head=head or _no_head(Location(read.shown("kit.yaml"))),
        sources=sources,
        facts=read.index(facts.facts if facts else (), "fact"),
        terms=read.index(glossary.terms if glossary else (), "term"),
        sides={side: file for side, file in sides.items() if file is not None},
        items=read.index(items, "item"),
        extras=extras,
        broken=frozenset(read.ids_seen),
        faulty=frozenset(read.faulty),
        unread=frozenset(read.unread),
        lines=lines,
    )
    return Loaded(kit if head else None, ordered(read.problems), kit)


def _no_head(where: Location) -> model.KitFile:
    """Stands for a kit.yaml that could not be read; it names nothing."""
    node = Node({}, where)
    return model.KitFile(
        origin=node,
        kit="",
        title="",
        version="",
        language="",
        motion=model.Motion(origin=node, sentence="", measure="", info=""),
        measures=(),
        both_accept=(),
        quiz=model.Blueprint(origin=node, minutes=0, skills={}),
        notice="",
    )


def _extras(read: _Reader) -> Extras:
    measures = read.one("measures.yaml", model.MeasuresFile)
    timeline = read.one("timeline.yaml", model.TimelineFile)
    people = read.one("people.yaml", model.PeopleFile)
    starters = read.one("starters.yaml", model.StartersFile)
    standards = read.one("standards.yaml", model.StandardsFile)
    fairness = read.one("fairness.yaml", model.FairnessFile)
    formats = read.one("formats.yaml", model.FormatsFile)
    explainers = measures.explainers if measures else ()
    return Extras(
        explainers=read.index(explainers, "explainer", "measure"),
        events=read.index(timeline.events if timeline else (), "event"),
        people=read.index(people.people if people else (), "person"),
        readings=read.index(
            read.folder("readings", model.Reading), "reading", "source"
        ),
        coding=read.one("comments.yaml", model.CommentsFile),
        lessons=read.index(read.folder("lessons", model.Lesson), "lesson"),
        moves=starters.moves if starters else (),
        standards=standards.standards if standards else (),
        fairness=fairness.statement if fairness else (),
        formats=read.index(formats.formats if formats else (), "debate format"),
    )


class _Reader:
    """Reads the files of one folder and gathers their problems."""

    def __init__(self, folder: Path, only: frozenset[str] | None):
        self.root = folder
        self.only = only
        self.problems: list[Problem] = []
        self.ids_seen: set[str] = set()
        self.faulty: set[str] = set()
        self.unread: set[str] = set()

    def shown(self, name: str) -> str:
        return (self.root / name).as_posix()

    def one(self, name: str, kind: type[R], required: bool = False) -> R | None:
        path = self.root / name
        part = name.removesuffix(".yaml").partition("/")[0]
        wanted = self.only is None or (name.partition("/")[0] in self.only)
        if not wanted:
            self.unread.add(part)
            return None
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
            self.faulty.add(part)
            self.unread.add(part)
            return None
        before = len(self.problems)
        record = decode(node, kind, self.problems)
        if len(self.problems) > before or problems:
            # Any id written in a file with faults counts as known: a dangling
            # reference is only reported where its target was really read.
            self.faulty.add(part)
            ids = set(_ids(node))
            self.ids_seen |= ids
            if record is None and not ids:
                self.unread.add(part)
        return record

    def folder(self, name: str, kind: type[R]) -> Iterator[R]:
        for path in sorted((self.root / name).glob("*.yaml")):
            record = self.one(f"{name}/{path.name}", kind)
            if record is not None:
                yield record

    def index(self, records: Iterable[R], noun: str, field: str = "id") -> dict[str, R]:
        """Records by id; a second one with the same id is a problem."""
        found: dict[str, R] = {}
        for record in records:
            first = found.setdefault(getattr(record, field), record)
            if first is not record:
                self.faulty |= set(PARTS.get(noun, (f"{noun}s",)))
                self.problems.append(duplicate_id(record, first, noun, field))
        return found

    def lines(
        self, sources: Iterable[model.Source], readings: Mapping[str, model.Reading]
    ) -> dict[str, SourceLines]:
        """The line numbers that still fit the texts, by source."""
        locked, damage = read_lines(self.root)
        self.problems += damage
        if self.only is None:
            self.problems += against_lines(self.root, locked, sources, readings)
        known = {
            source.id: current(locked.get(source.id), source, readings.get(source.id))
            for source in sources
        }
        return {name: lines for name, lines in known.items() if lines is not None}

    def strangers(self) -> None:
        """Files that look like a part of the kit and are not read: say so."""
        if not self.root.is_dir():
            return
        for path in sorted(self.root.rglob("*.[yY]*[mM][lL]")):
            name = path.relative_to(self.root).as_posix()
            folder, _, rest = name.rpartition("/")
            known = folder in FOLDERS and rest.endswith(".yaml")
            hidden = any(part.startswith(".") for part in name.split("/"))
            if name in FILES or known or hidden:
                continue
            hint = did_you_mean(folder or name, FOLDERS if folder else FILES)
            if folder in FOLDERS:
                hint = "its name must end in .yaml"
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


def duplicate_id(
    record: model.Record, first: model.Record, noun: str, field: str = "id"
) -> Problem:
    where = first.origin.at(field)
    return error(
        record.origin.at(field),
        "id-duplicate",
        f'{noun} "{getattr(record, field)}" stands here twice (first at {where})',
        "give one of them an id of its own",
    )


def _ids(node: Node) -> Iterator[str]:
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
