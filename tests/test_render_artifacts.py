"""Running heads as artifacts, and the structural check that every handout passes.

The check itself is tested on a file without fault, broken in one place at a time.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pdfua
import pikepdf
import pypdfium2
import pytest
from pdfs import Build, build, outline, page_texts
from pdfua import faults

from debatekit.assets import bundled_kit
from debatekit.render.artifacts import with_artifacts
from debatekit.render.html import Paper, Theme
from debatekit.render.pdf import Printer

STYLE = """
@page {
  size: A5; margin: 20mm;
  @top-left { content: "The running head"; }
  @bottom-left { content: element(note); }
  @bottom-right { content: "Page " counter(page); opacity: 0.5; }
}
.note { position: running(note); }
.faint { opacity: 0.5; }
input { appearance: auto; }
"""
BODY = """
<p class="note">A <u>running</u> foot</p>
<h1>The first heading</h1>
<p>A <u>paragraph</u> with <a href="https://example.org/">a link</a>.</p>
<ol><li>one<ul><li>within</li></ul></li><li>two</li></ol>
<h2>A table</h2>
<table><thead><tr><th>Left</th><th>Right</th></tr></thead>
<tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>
<div style="break-before: page"></div>
<h2>The second page</h2>
<p class="faint">Faint <u>words</u>.</p>
<svg width="9" height="9"><title>A square</title><rect width="9" height="9"/></svg>
<p>The end.</p><form><input name="n" title="Your name"></form>
"""


@pytest.fixture(scope="module")
def weasyprint() -> Any:
    """With our fonts, which a Printer sees to."""
    Printer("letter")
    import weasyprint

    return weasyprint


def rendered(weasyprint: Any, body: str) -> Any:
    html = f"<html lang='en'><title>A file</title><style>{STYLE}</style>{body}</html>"
    return weasyprint.HTML(string=html).render(pdf_variant="pdf/ua-1")


@pytest.fixture(scope="module")
def raw(weasyprint: Any) -> bytes:
    return cast(bytes, rendered(weasyprint, BODY).write_pdf(pdf_variant="pdf/ua-1"))


@pytest.fixture(scope="module")
def good(raw: bytes) -> bytes:
    return with_artifacts(raw)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def content(page: pikepdf.Page) -> str:
    steps = pikepdf.parse_content_stream(page)
    return pikepdf.unparse_content_stream(steps).decode("latin-1")


# ------------------------------------------------------------------- with_artifacts


def test_what_stands_in_the_margins_becomes_an_artifact(
    raw: bytes, good: bytes
) -> None:
    before = faults(raw)
    assert before
    assert all("of an element that is not in the tag tree" in said for said in before)
    assert faults(good) == []
    for page in opened(good).pages:
        drawn = content(page)
        assert drawn.count("/Subtype /Header") == 1
        # The three parts of the foot; the page number is drawn in a form.
        assert drawn.count("/Subtype /Footer") == 3
        form = page.Resources.XObject[re.findall(r"(/\S+) Do", drawn)[-1]]
        assert b"/Subtype /Footer" in form.read_bytes()


def test_only_the_marks_change(raw: bytes, good: bytes) -> None:
    """Same pictures, text, bookmarks, links, fields and words about the file."""
    assert page_texts(good) == page_texts(raw)
    assert outline(good) == outline(raw) != []
    assert pictures(good) == pictures(raw)
    old, new = opened(raw), opened(good)
    assert new.docinfo == old.docinfo
    assert new.Root.Metadata.read_bytes() == old.Root.Metadata.read_bytes()
    assert new.pdf_version == old.pdf_version
    assert set(new.Root.keys()) == set(old.Root.keys())
    assert [str(field.TU) for field in new.Root.AcroForm.Fields] == ["Your name"]
    assert "https://example.org/" in [
        str(note.A.URI)
        for page in new.pages
        for note in page.get("/Annots", [])
        if "/A" in note
    ]
    assert len(good) < 1.1 * len(raw) + 500


def pictures(data: bytes) -> list[bytes]:
    pages = pypdfium2.PdfDocument(data)
    return [page.render(scale=1).to_pil().tobytes() for page in pages]


def test_the_parent_tree_keeps_its_places_and_loses_its_orphans(
    raw: bytes, good: bytes
) -> None:
    before, after = opened(raw), opened(good)
    old, new = (
        list(pdf.Root.StructTreeRoot.ParentTree.Nums[1]) for pdf in (before, after)
    )
    assert len(new) == len(old)
    assert None not in old
    assert None in new
    elements = [o for o in dictionaries(after) if o.get("/Type") == "/StructElem"]
    assert len(elements) == len(pdfua.File(after).elements)


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    return (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary))


def test_done_twice_is_done_once(good: bytes, weasyprint: Any) -> None:
    assert with_artifacts(good) == good
    bare = weasyprint.HTML(string="<p>no tags").write_pdf()
    assert with_artifacts(bare) == bare


def test_every_process_makes_the_same_bytes(raw: bytes, good: bytes) -> None:
    program = (
        # A second later: a clock in the bytes would show.
        "import hashlib, sys, time; time.sleep(1.1); "
        "from debatekit.render.artifacts import with_artifacts; "
        "made = with_artifacts(sys.stdin.buffer.read()); "
        "print(hashlib.sha256(made).hexdigest())"
    )
    for seed in ("1", "77"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=raw,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert done.stdout.decode().strip() == hashlib.sha256(good).hexdigest()


def test_files_put_together_from_several_documents(weasyprint: Any) -> None:
    one, two = (rendered(weasyprint, BODY.replace('n"', f'n{n}"')) for n in (1, 2))
    together = one.copy([*one.pages, *two.pages])
    raw = together.write_pdf(pdf_variant="pdf/ua-1")
    made = with_artifacts(raw)
    assert len(opened(made).pages) == 4
    assert faults(raw, pieces=2) != []
    assert faults(made, pieces=2) == []
    assert faults(made) == ["own: 2 headings of level 1, not 1"]


def test_an_artifact_holds_no_marks_of_its_own(raw: bytes) -> None:
    """Whatever was marked within a running head, also twice over."""
    pdf = opened(raw)
    page = pdf.pages[0]
    steps = content(page)
    at = steps.rindex("\nBT")
    within = "\n/Span BMC\n/Artifact BMC\n0 0 1 1 re\nf\nEMC\nEMC" + steps[at:]
    page.obj.Contents = pdf.make_stream((steps[:at] + within).encode("latin-1"))
    assert any(said.startswith("7.1-1") for said in faults(saved(pdf)))
    made = with_artifacts(saved(pdf))
    assert faults(made) == []
    after = opened(made)
    marks, depth = content(after.pages[0]), 0
    for mark in re.findall(r"(BMC|BDC|EMC)$", marks, re.MULTILINE):
        depth += -1 if mark == "EMC" else 1
        assert depth in (0, 1)
    assert "0 0 1 1 re" in marks


def test_a_link_in_a_running_head_loses_its_tie_to_the_orphan(weasyprint: Any) -> None:
    """It is still a link, which the check names."""
    body = BODY.replace("<u>running</u>", "<a href='https://example.org/'>web</a>")
    raw = rendered(weasyprint, body).write_pdf(pdf_variant="pdf/ua-1")
    made = with_artifacts(raw)
    assert with_artifacts(made) == made
    assert faults(made) == [
        f"7.18.5-1 a /Link annotation outside Link on page {n}" for n in (1, 2)
    ]
    after = opened(made)
    loose = [
        note
        for page in after.pages
        for note in page.Annots
        if "/StructParent" not in note
    ]
    assert len(loose) == 2


# ----------------------------------------------------------------------- the check


def find(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    """The elements of a role, in reading order."""
    return [e.data for e in pdfua.File(pdf).elements if e.role == role]


def rename(pdf: pikepdf.Pdf, **roles: str) -> None:
    """Give all elements of these roles another one."""
    found = {role: find(pdf, role) for role in roles}
    for role, elements in found.items():
        for element in elements:
            element.S = pikepdf.Name(f"/{roles[role]}")


def renamed(**roles: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: rename(pdf, **roles)


def rows(pdf: pikepdf.Pdf, role: str, *, to: str) -> None:
    """The rows of THead or TBody under another name."""
    for part in find(pdf, role):
        for row in part.K:
            row.S = pikepdf.Name(f"/{to}")


def one(role: str, at: int, to: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        find(pdf, role)[at].S = pikepdf.Name(f"/{to}")

    return change


def metadata(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.Root.Metadata
        text = stream.read_bytes()
        assert re.search(old, text)
        stream.write(re.sub(old, new, text))

    return change


def drawn(change: Callable[[str], str]) -> Callable[[pikepdf.Pdf], None]:
    def apply(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        old = content(page)
        assert change(old) != old
        page.obj.Contents = pdf.make_stream(change(old).encode("latin-1"))

    return apply


def put(path: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    """Set an entry of the catalog, `A/B`; None deletes it."""

    def change(pdf: pikepdf.Pdf) -> None:
        *way, last = path.split("/")
        place: Any = pdf.Root
        for name in way:
            place = place[f"/{name}"]
        if value is None:
            del place[f"/{last}"]
        else:
            place[f"/{last}"] = value

    return change


def without(role: str, *keys: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for element in find(pdf, role):
            for key in keys:
                del element[key]

    return change


def spans(*of: tuple[int, str]) -> Callable[[pikepdf.Pdf], None]:
    """Cells of the table's body that span two rows or columns."""

    def change(pdf: pikepdf.Pdf) -> None:
        cells = find(pdf, "TD")
        for at, name in of:
            cells[at].A[f"/{name}Span"] = 2

    return change


def each_annotation(
    kind: str, change: Callable[[Any], None]
) -> Callable[[pikepdf.Pdf], None]:
    def apply(pdf: pikepdf.Pdf) -> None:
        found = [n for page in pdf.pages for n in page.get("/Annots", [])]
        for each in (note for note in found if note.Subtype == kind):
            change(each)

    return apply


def font_entries(*keys: str) -> Callable[[pikepdf.Pdf], None]:
    """Take entries out of all fonts and their descriptions."""

    def change(pdf: pikepdf.Pdf) -> None:
        for o in dictionaries(pdf):
            if o.get("/Type") in ("/Font", "/FontDescriptor"):
                for key in keys:
                    if key in o:
                        del o[key]

    return change


def bare_text(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(b"0 0 9 9 re f")


def no_entry(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1][0] = None


def orphan(pdf: pikepdf.Pdf) -> None:
    find(pdf, "P")[0].K = pikepdf.Array([])


def wrong_number(pdf: pikepdf.Pdf) -> None:
    find(pdf, "Span")[0].K = pikepdf.Array([99])


def notes(name: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for element in find(pdf, "P"):
            element.S = pikepdf.Name.Note
            if name:
                element.ID = pikepdf.String(name)

    return change


def no_scope(pdf: pikepdf.Pdf) -> None:
    for cell in find(pdf, "TD"):
        cell.A.Headers = pikepdf.Array([])


def nobody(pdf: pikepdf.Pdf) -> None:
    find(pdf, "TD")[0].A.Headers = pikepdf.Array([pikepdf.String("nobody")])


def both(
    *changes: Callable[[pikepdf.Pdf], None],
) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for each in changes:
            each(pdf)

    return change


def no_tabs(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Tabs


# What the check must say, and how a good file is broken so that it has to.
BROKEN: list[tuple[str, Callable[[pikepdf.Pdf], None]]] = [
    ("5-1", metadata(rb'pdfuaid:part="1"', b"")),
    ("5-2 pdfuaid:part is 2", metadata(rb'pdfuaid:part="1"', b'pdfuaid:part="2"')),
    ("6.2-1", put("MarkInfo/Marked", False)),
    ("6.2-1", put("MarkInfo", None)),
    ("7.1-1 ", drawn(lambda text: text.replace("BT", "/Artifact BMC EMC BT", 1))),
    ("7.1-2 ", drawn(lambda text: f"/Artifact BMC {text} EMC")),
    ("7.1-3 content neither tagged nor artifact on page 2: 1 x f", bare_text),
    ("7.1-3 marked content 0 on page 1 is not in the parent tree", no_entry),
    ("7.1-3 marked content 1 on page 1 is of an element that is not", orphan),
    ("7.1-3 marked content 0 on page 1 is not among what", wrong_number),
    ("7.1-3 an element holds content 99, not on page 1", wrong_number),
    (
        "7.1-3 marked content 0 on page 1 is there 2 times",
        drawn(lambda text: text + "\n/Span <</MCID 0>> BDC EMC"),
    ),
    ("7.1-4", put("MarkInfo/Suspects", True)),
    ("7.1-5 Verse is not mapped", renamed(P="Verse")),
    ("7.1-7", put("StructTreeRoot/RoleMap", pikepdf.Dictionary(P="/Div"))),
    ("7.1-8", put("Metadata", None)),
    ("7.1-9", metadata(rb"<dc:title>.*</dc:title>", b"")),
    ("7.1-10", put("ViewerPreferences/DisplayDocTitle", False)),
    ("7.1-10", put("ViewerPreferences", None)),
    ("7.1-11", put("StructTreeRoot", None)),
    ("7.1-12", without("P", "/P")),
    ("7.2-3 Div in Table", renamed(THead="Div")),
    (
        "7.2-3 a Caption out of place",
        both(one("TBody", 0, "Caption"), one("THead", 0, "Caption")),
    ),
    ("7.2-4 TR in Div", renamed(TBody="Div")),
    ("7.2-5 THead in Div", renamed(Table="Div")),
    ("7.2-6 TBody in Div", renamed(Table="Div")),
    ("7.2-7 TFoot in Div", renamed(Table="Div", THead="TFoot")),
    ("7.2-8 TH in P", lambda pdf: rows(pdf, "THead", to="P")),
    ("7.2-9 TD in P", lambda pdf: rows(pdf, "TBody", to="P")),
    ("7.2-10 P in TR", renamed(TD="P")),
    ("7.2-11", renamed(TBody="THead")),
    ("7.2-12", renamed(TBody="TFoot", THead="TFoot")),
    ("7.2-13", renamed(TBody="THead", THead="TFoot")),
    ("7.2-14", renamed(TBody="THead")),
    ("7.2-15", spans((1, "Row"), (2, "Col"))),
    ("7.2-17 LI in Div", renamed(L="Div")),
    ("7.2-18 LBody in P", renamed(LI="P")),
    ("7.2-19 P in L", renamed(LI="P")),
    ("7.2-19 a Caption out of place", one("LI", -1, "Caption")),
    ("7.2-20 Span in LI", renamed(LBody="Span")),
    ("7.2-26 TOCI in L", renamed(LI="TOCI")),
    ("7.2-27 LI in TOC", renamed(L="TOC")),
    ("7.2-29", put("Lang", "English, of course")),
    ("7.2-33", put("Lang", None)),
    ("7.2-36 P in THead", lambda pdf: rows(pdf, "THead", to="P")),
    ("7.2-37 P in TBody", lambda pdf: rows(pdf, "TBody", to="P")),
    (
        "7.2-38 P in TFoot",
        both(lambda pdf: rows(pdf, "THead", to="P"), renamed(THead="TFoot")),
    ),
    ("7.2-41", spans((2, "Row"), (3, "Row"))),
    ("7.2-43 rows of [2, 3] columns in table 1", spans((1, "Col"))),
    ("7.3-1", without("Figure", "/Alt")),
    ("7.4.2-1 the first heading is H2", one("H1", 0, "H2")),
    ("7.4.2-1 H4 comes after H1", one("H2", 0, "H4")),
    ("7.4.4-2", one("H2", 0, "H")),
    ("7.5-1 cell 2, 1 has no header in table 1", no_scope),
    ("7.5-2 cell 2, 1 names", nobody),
    ("7.7-1", both(renamed(Figure="Formula"), without("Formula", "/Alt"))),
    ("7.9-1", notes("")),
    ("7.9-2", notes("the same")),
    ("7.15-1", put("AcroForm/XFA", pikepdf.Array([]))),
    (
        "7.18.1-1",
        each_annotation("/Link", lambda note: note.update({"/Subtype": "/Text"})),
    ),
    ("7.18.1-3", each_annotation("/Widget", lambda note: note.__delitem__("/TU"))),
    ("7.18.3-1 annotations, but not /Tabs /S on page 1", no_tabs),
    ("7.18.4-1", renamed(Form="Div")),
    ("7.18.5-1", renamed(Link="Span")),
    ("7.18.5-2", each_annotation("/Link", lambda note: note.__delitem__("/Contents"))),
    ("7.21.3.2-1", font_entries("/CIDToGIDMap")),
    ("7.21.4.1-1", font_entries("/FontFile", "/FontFile2", "/FontFile3")),
    ("7.21.7-1", font_entries("/ToUnicode")),
    ("own: headings, but no bookmarks", put("Outlines", None)),
    ("own: /OpenAction in the file", put("OpenAction", pikepdf.Array([]))),
    ("own: 3 headings of level 1, not 1", renamed(H2="H1")),
    ("own: H, not H1", renamed(H1="H", H2="H")),
]


@pytest.mark.parametrize(("said", "spoil"), BROKEN, ids=[b[0][:50] for b in BROKEN])
def test_the_check_finds(
    said: str, spoil: Callable[[pikepdf.Pdf], None], good: bytes
) -> None:
    pdf = opened(good)
    spoil(pdf)
    found = faults(saved(pdf))
    assert any(fault.startswith(said) for fault in found), found


def test_every_rule_of_the_check_is_tested() -> None:
    source = Path(pdfua.__file__).read_text(encoding="utf-8")
    rules = set(re.findall(r'"(\d+(?:\.\d+)*-\d+|own:)', source))
    assert len(rules) > 50
    assert rules == {said.split()[0] for said, _ in BROKEN}


def test_headers_with_a_scope_need_no_names(good: bytes) -> None:
    pdf = opened(good)
    no_scope(pdf)
    for head in find(pdf, "TH"):
        head.A.Scope = pikepdf.Name.Column
    assert faults(saved(pdf)) == []


def test_types_may_be_mapped_to_standard_ones(good: bytes) -> None:
    pdf = opened(good)
    rename(pdf, P="Verse")
    pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(Verse="/Line", Line="/P")
    assert faults(saved(pdf)) == []
    pdf.Root.StructTreeRoot.RoleMap.Line = pikepdf.Name.Verse
    assert any("Verse is not mapped" in fault for fault in faults(saved(pdf)))


# --------------------------------------------------------------------- our handouts


@pytest.fixture(
    scope="module",
    params=["full letter standard", "full a4 large", "bundled letter standard"],
)
def made(request: pytest.FixtureRequest, full_kit: Path) -> Build:
    kit, paper, theme = request.param.split()
    folder = full_kit if kit == "full" else bundled_kit()
    return build(folder, cast(Paper, paper), cast(Theme, theme))


def test_every_handout_passes_the_structural_check(made: Build) -> None:
    found = {
        printed.handout.name: faults(with_artifacts(printed.data))
        for printed in made.printed
    }
    assert {name: said for name, said in found.items() if said} == {}
