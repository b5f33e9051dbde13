"""A structural check of the rules of PDF/UA-1 that a program can test.

It claims no conformance: much of PDF/UA is for people to judge, and other programs test
more. Most rules are named as in veraPDF's validation profile for PDF/UA-1 (clause of
ISO 14289-1, number of the test); `own` are ours, about what a handout must have or not.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf

Identity = tuple[int, int]
Grid = dict[tuple[int, int], "Element"]

TYPES = """
Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2
H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference
BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form
"""
STANDARD = frozenset(TYPES.split())
# What may stand in what, with the number of the test.
KIDS = {
    "Table": ("7.2-3", {"TR", "THead", "TBody", "TFoot", "Caption"}),
    "TR": ("7.2-10", {"TH", "TD"}),
    "L": ("7.2-19", {"L", "LI", "Caption"}),
    "LI": ("7.2-20", {"Lbl", "LBody"}),
    "TOC": ("7.2-27", {"TOC", "TOCI", "Caption"}),
    "THead": ("7.2-36", {"TR"}),
    "TBody": ("7.2-37", {"TR"}),
    "TFoot": ("7.2-38", {"TR"}),
}
PARENTS = {
    "TR": ("7.2-4", {"Table", "THead", "TBody", "TFoot"}),
    "THead": ("7.2-5", {"Table"}),
    "TBody": ("7.2-6", {"Table"}),
    "TFoot": ("7.2-7", {"Table"}),
    "TH": ("7.2-8", {"TR"}),
    "TD": ("7.2-9", {"TR"}),
    "LI": ("7.2-17", {"L"}),
    "LBody": ("7.2-18", {"LI"}),
    "TOCI": ("7.2-26", {"TOC"}),
}
SHOWING = {"Tj", "TJ", "'", '"', "sh", "INLINE IMAGE"}
SHOWING |= {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
PREDEFINED = {"/WinAnsiEncoding", "/MacRomanEncoding"}
ACTIVE = {"/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles", "/EF"}


def faults(pdf: bytes, pieces: int = 1) -> list[str]:
    """What breaks a rule, as `CLAUSE-TEST what, and where`; empty: nothing found.

    ``pieces`` is how many handouts the file holds: each has one heading of level 1.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        file = File(opened)
        found = [fault for rule in RULES for fault in rule(file)]
        found += list(heading_levels(file, pieces))
    return list(dict.fromkeys(found))


@dataclass(frozen=True, eq=False)
class Element:
    """A structure element; ``role`` is its standard type, without the slash."""

    role: str
    data: Any
    parent: str
    kids: tuple[Element, ...]

    def all(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.all()

    def attribute(self, name: str) -> Any:
        given = self.data.get("/A", {})
        for each in given if isinstance(given, pikepdf.Array) else [given]:
            if isinstance(each, pikepdf.Dictionary) and name in each:
                return each[name]
        return None

    @cached_property
    def contents(self) -> set[tuple[Identity, int]]:
        """Pages and numbers of the marked content that hangs on it directly."""
        found = set()
        for kid in listed(self.data.get("/K")):
            if isinstance(kid, int):
                found.add((self.data.Pg.objgen, kid))
            elif "/MCID" in kid:
                page = kid.get("/Pg", self.data.get("/Pg"))
                found.add((page.objgen, int(kid.MCID)))
        return found

    @property
    def objects(self) -> set[Identity]:
        """The annotations that hang on it."""
        kids = [kid for kid in listed(self.data.get("/K")) if not isinstance(kid, int)]
        return {kid.Obj.objgen for kid in kids if "/Obj" in kid}

    @property
    def replacement(self) -> str:
        """What is read where it shows no text."""
        return "".join(str(self.data.get(key, "")) for key in ("/Alt", "/ActualText"))


class File:
    """A PDF, its tag tree and its marked content."""

    def __init__(self, pdf: pikepdf.Pdf):
        self.pdf = pdf
        self.root: Any = pdf.Root
        self.tree: Any = self.root.get("/StructTreeRoot", pikepdf.Dictionary())
        self.role_map: Any = self.tree.get("/RoleMap", pikepdf.Dictionary())

    @cached_property
    def elements(self) -> list[Element]:
        """All elements that the root of the tree reaches, in reading order."""
        tops = [self._element(kid, "") for kid in listed(self.tree.get("/K"))]
        return [element for top in tops for element in top.all()]

    @cached_property
    def by_identity(self) -> dict[Identity, Element]:
        return {element.data.objgen: element for element in self.elements}

    def hung_on(self, holder: Any, key: str) -> Any:
        """What the parent tree says of a page or an annotation: None, an element or
        the elements of its marked content."""
        if key not in holder or "/ParentTree" not in self.tree:
            return None
        return pikepdf.NumberTree(self.tree.ParentTree).get(int(holder[key]))

    def role(self, name: str) -> str | None:
        """The standard type that a type stands for, None where there is none."""
        for _ in range(20):
            if name in STANDARD:
                return name
            name = str(self.role_map.get(f"/{name}", "/")).lstrip("/")
        return None

    def _element(self, data: Any, parent: str) -> Element:
        name = str(data.S).lstrip("/")
        role = self.role(name) or name
        kids = (kid for kid in listed(data.get("/K")) if is_element(kid))
        return Element(role, data, parent, tuple(self._element(k, role) for k in kids))

    @cached_property
    def annotations(self) -> list[tuple[int, Any, Element | None]]:
        """Page number, annotation, and the element it hangs on."""
        found = []
        for number, page in enumerate(self.pdf.pages, start=1):
            for annotation in listed(page.obj.get("/Annots")):
                entry = self.hung_on(annotation, "/StructParent")
                element = entry and self.by_identity.get(entry.objgen)
                if element and annotation.objgen not in element.objects:
                    element = None
                found.append((number, annotation, element or None))
        return found

    @cached_property
    def marks(self) -> list[Marks]:
        return [Marks(number, page) for number, page in enumerate(self.pdf.pages, 1)]


class Marks:
    """What the content of one page marks, and what it shows without a mark."""

    def __init__(self, number: int, page: pikepdf.Page):
        self.number = number
        self.page: Any = page.obj
        self.seen: Counter[int] = Counter()
        self.bare: Counter[str] = Counter()
        self.artifact_in_tagged = self.tagged_in_artifact = False
        self._walk(page, page.resources, [])

    def _walk(self, holder: Any, resources: Any, around: list[str]) -> None:
        """``around``: the marks open, each `artifact`, `tagged` or `other`."""
        open_marks = list(around)
        for step in pikepdf.parse_content_stream(holder):
            operator, operands = str(step.operator), list(step.operands)
            if operator in ("BMC", "BDC"):
                open_marks.append(self._opened(operands, resources, open_marks))
            elif operator == "EMC":
                open_marks.pop()
            elif operator == "Do":
                drawn = resources.XObject[operands[0]]
                if drawn.Subtype == "/Form":
                    inner = drawn.get("/Resources", resources)
                    self._walk(drawn, inner, open_marks)
                else:
                    self._show("an image", open_marks)
            elif operator in SHOWING:
                self._show(operator, open_marks)

    def _opened(self, operands: list[Any], resources: Any, around: list[str]) -> str:
        about: Any = operands[1] if len(operands) > 1 else {}
        if isinstance(about, pikepdf.Name):
            about = resources.Properties[about]
        if operands[0] == "/Artifact":
            self.artifact_in_tagged |= "tagged" in around
            return "artifact"
        if "/MCID" not in about:
            return "other"
        self.tagged_in_artifact |= "artifact" in around
        self.seen[int(about.MCID)] += 1
        return "tagged"

    def _show(self, what: str, around: list[str]) -> None:
        if not {"tagged", "artifact"} & set(around):
            self.bare[what] += 1


def listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


# --------------------------------------------------------------- what the file says


def identification(file: File) -> Iterator[str]:
    if "/Metadata" not in file.root:
        yield "7.1-8 no metadata stream"
        return
    metadata = file.pdf.open_metadata()
    part = metadata.get("pdfuaid:part")
    if part is None:
        yield "5-1 the metadata do not name PDF/UA"
    elif part != "1":
        yield f"5-2 pdfuaid:part is {part}"
    if not metadata.get("dc:title"):
        yield "7.1-9 no dc:title in the metadata"


def catalog(file: File) -> Iterator[str]:
    marked = file.root.get("/MarkInfo", {})
    if not marked.get("/Marked", False):
        yield "6.2-1 MarkInfo does not say Marked"
    if marked.get("/Suspects", False):
        yield "7.1-4 MarkInfo says Suspects"
    if not file.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "7.1-10 ViewerPreferences do not say DisplayDocTitle"
    if "/StructTreeRoot" not in file.root:
        yield "7.1-11 no StructTreeRoot"
    if "/XFA" in file.root.get("/AcroForm", {}):
        yield "7.15-1 an XFA form"


def language(file: File) -> Iterator[str]:
    said = file.root.get("/Lang")
    if said is None or not str(said):
        yield "7.2-33 the catalog names no language"
    named = [said, *(element.data.get("/Lang") for element in file.elements)]
    for lang in (str(lang) for lang in named if lang):
        if not re.fullmatch(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", lang):
            yield f"7.2-29 {lang!r} is not the name of a language"


def bookmarks(file: File) -> Iterator[str]:
    headings = [e for e in file.elements if re.fullmatch(r"H[1-6]?", e.role)]
    with file.pdf.open_outline() as outline:
        if headings and not outline.root:
            yield "own: headings, but no bookmarks"


def nothing_active(file: File) -> Iterator[str]:
    waiting: list[Any] = [file.root, *file.pdf.objects]
    while waiting:
        value = waiting.pop()
        if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
            for key in sorted(ACTIVE & set(value.keys())):
                yield f"own: {key} in the file"
            inside = list(value.values())
        else:
            inside = list(value) if isinstance(value, pikepdf.Array) else []
        own = (item for item in inside if isinstance(item, pikepdf.Object))
        waiting += [item for item in own if not item.is_indirect]


# ------------------------------------------------------------------ marks and tags


def everything_marked(file: File) -> Iterator[str]:
    for marks in file.marks:
        at = f"on page {marks.number}"
        if marks.bare:
            what = ", ".join(f"{n} x {op}" for op, n in sorted(marks.bare.items()))
            yield f"7.1-3 content neither tagged nor artifact {at}: {what}"
        if marks.artifact_in_tagged:
            yield f"7.1-1 an artifact inside tagged content {at}"
        if marks.tagged_in_artifact:
            yield f"7.1-2 tagged content inside an artifact {at}"


def marks_in_the_tree(file: File) -> Iterator[str]:
    """Content → parent tree → element → content: each the way back of the other."""
    hung = {place for element in file.elements for place in element.contents}
    for marks in file.marks:
        entries = listed(file.hung_on(marks.page, "/StructParents"))
        for mcid, times in sorted(marks.seen.items()):
            at = f"marked content {mcid} on page {marks.number}"
            entry = entries[mcid] if mcid < len(entries) else None
            element = entry and file.by_identity.get(entry.objgen)
            if entry is None:
                yield f"7.1-3 {at} is not in the parent tree"
            elif element is None:
                yield f"7.1-3 {at} is of an element that is not in the tag tree"
            elif (marks.page.objgen, mcid) not in element.contents:
                yield f"7.1-3 {at} is not among what its element holds"
            if times > 1:
                yield f"7.1-3 {at} is there {times} times"
        there = {(marks.page.objgen, mcid) for mcid in marks.seen}
        for _, mcid in sorted({p for p in hung if p[0] == marks.page.objgen} - there):
            yield f"7.1-3 an element holds content {mcid}, not on page {marks.number}"


def types(file: File) -> Iterator[str]:
    for element in file.elements:
        name = str(element.data.S).lstrip("/")
        if file.role(name) is None:
            yield f"7.1-5 {name} is not mapped to a standard type"
        if "/P" not in element.data:
            yield f"7.1-12 a {element.role} without its parent"
    for name in sorted({key.lstrip("/") for key in file.role_map} & STANDARD):
        yield f"7.1-7 the standard type {name} is mapped to another"


def nesting(file: File) -> Iterator[str]:
    for element in file.elements:
        kids = [kid.role for kid in element.kids]
        test, allowed = KIDS.get(element.role, ("", set(kids)))
        for odd in sorted(set(kids) - allowed):
            yield f"{test} {odd} in {element.role}"
        test, allowed = PARENTS.get(element.role, ("", {element.parent}))
        if element.parent not in allowed:
            yield f"{test} {element.role} in {element.parent or 'no element'}"
        captions = [at for at, kid in enumerate(kids) if kid == "Caption"]
        places = {"L": [[0]], "Table": [[0], [len(kids) - 1]]}.get(element.role)
        if captions and places and captions not in places:
            yield f"{KIDS[element.role][0]} a Caption out of place in {element.role}"


def heading_levels(file: File, pieces: int) -> Iterator[str]:
    roles = [e.role for e in file.elements if re.fullmatch(r"H[1-6]?", e.role)]
    levels = [int(role[1:]) for role in roles if role != "H"]
    if "H" in roles:
        yield "7.4.4-2 H among numbered headings" if levels else "own: H, not H1"
    if levels[:1] not in ([], [1]):
        yield f"7.4.2-1 the first heading is H{levels[0]}"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"7.4.2-1 H{after} comes after H{before}"
    if levels.count(1) != pieces:
        yield f"own: {levels.count(1)} headings of level 1, not {pieces}"


def words_and_names(file: File) -> Iterator[str]:
    tests = {"Figure": "7.3-1", "Formula": "7.7-1"}
    for element in file.elements:
        if element.role in tests and not element.replacement:
            yield f"{tests[element.role]} a {element.role} without Alt or ActualText"
    notes = [element for element in file.elements if element.role == "Note"]
    ids = Counter(str(note.data.get("/ID", "")) for note in notes)
    for name, times in ids.items():
        if not name:
            yield "7.9-1 a Note without an ID"
        elif times > 1:
            yield f"7.9-2 {times} Notes with the ID {name}"


# --------------------------------------------------------------------------- tables


def tables(file: File) -> Iterator[str]:
    seen = [element for element in file.elements if element.role == "Table"]
    for number, table in enumerate(seen, start=1):
        at = f"in table {number}"
        kids = Counter(kid.role for kid in table.kids)
        for role, test in (("THead", "7.2-11"), ("TFoot", "7.2-12")):
            if kids[role] > 1:
                yield f"{test} more than one {role} {at}"
        for role, test in (("TFoot", "7.2-13"), ("THead", "7.2-14")):
            if kids[role] and not kids["TBody"]:
                yield f"{test} {role} without TBody {at}"
        grid: Grid = {}
        yield from (f"{fault} {at}" for fault in _lay_out(table, grid))
        yield from (f"{fault} {at}" for fault in _headers(table, grid))


def _lay_out(table: Element, grid: Grid) -> Iterator[str]:
    """Fill ``grid`` with the cells, spans counted."""
    rows = [element for element in table.all() if element.role == "TR"]
    for y, row in enumerate(rows):
        x = 0
        for cell in row.kids:
            while (y, x) in grid:
                x += 1
            wide, high = (int(cell.attribute(f"/{n}Span") or 1) for n in ("Col", "Row"))
            for place in itertools.product(range(y, y + high), range(x, x + wide)):
                if place in grid:
                    yield "7.2-15 two cells in one place"
                grid[place] = cell
            x += wide
    if any(y >= len(rows) for y, _ in grid):
        yield "7.2-41 a cell spans more rows than there are"
    widths = [sum(y == at for y, _ in grid) for at in range(len(rows))]
    if len(set(widths)) > 1:
        yield f"7.2-43 rows of {sorted(set(widths))} columns"


def _headers(table: Element, grid: Grid) -> Iterator[str]:
    """Each TD names its headers, or headers have a scope that takes it in."""
    heads = [element for element in table.all() if element.role == "TH"]
    ids = {str(head.data.ID) for head in heads if "/ID" in head.data}
    rows, columns = (
        {
            place[axis]
            for place, cell in grid.items()
            if cell.role == "TH" and str(cell.attribute("/Scope")) in (scope, "/Both")
        }
        for axis, scope in ((0, "/Row"), (1, "/Column"))
    )
    for (y, x), cell in sorted(grid.items(), key=lambda item: item[0]):
        if cell.role != "TD":
            continue
        named = {str(name) for name in listed(cell.attribute("/Headers"))}
        if named - ids:
            yield f"7.5-2 cell {y + 1}, {x + 1} names a header that is not there"
        elif not named and y not in rows and x not in columns:
            yield f"7.5-1 cell {y + 1}, {x + 1} has no header"


# ------------------------------------------------------------- annotations and fonts


def tagged_annotations(file: File) -> Iterator[str]:
    homes = {"/Link": ("7.18.5-1", "Link"), "/Widget": ("7.18.4-1", "Form")}
    for number, annotation, element in file.annotations:
        kind = str(annotation.Subtype)
        if kind == "/Popup":
            continue
        at = f"on page {number}"
        test, home = homes.get(kind, ("7.18.1-1", "Annot"))
        if element is None or element.role != home:
            yield f"{test} a {kind} annotation outside {home} {at}"
        if kind == "/Link" and not str(annotation.get("/Contents", "")):
            yield f"7.18.5-2 a link without Contents {at}"
        if kind == "/Widget":
            field = annotation.get("/Parent", annotation)
            said = annotation.get("/TU", field.get("/TU", ""))
            if not str(said) and not (element and "/Alt" in element.data):
                yield f"7.18.1-3 a form field without TU {at}"
        if file.pdf.pages[number - 1].obj.get("/Tabs") != "/S":
            yield f"7.18.3-1 annotations, but not /Tabs /S {at}"


def fonts(file: File) -> Iterator[str]:
    for font in file.pdf.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font":
            continue
        name, kind = str(font.get("/BaseFont", "a font")), str(font.Subtype)
        described: Any = font.get("/FontDescriptor", {})
        inside = any(f"/FontFile{end}" in described for end in ("", "2", "3"))
        if kind not in ("/Type0", "/Type3") and not inside:
            yield f"7.21.4.1-1 {name} is not embedded"
        known = str(font.get("/Encoding")) in PREDEFINED
        if not kind.startswith("/CIDFont") and "/ToUnicode" not in font and not known:
            yield f"7.21.7-1 {name} has no ToUnicode"
        if kind == "/CIDFontType2" and "/CIDToGIDMap" not in font:
            yield f"7.21.3.2-1 {name} has no CIDToGIDMap"


RULES: tuple[Callable[[File], Iterator[str]], ...] = (
    identification,
    catalog,
    language,
    bookmarks,
    nothing_active,
    everything_marked,
    marks_in_the_tree,
    types,
    nesting,
    words_and_names,
    tables,
    tagged_annotations,
    fonts,
)
