"""Running heads and feet → artifacts, which screen readers pass over.

Stage: render, once WeasyPrint has written the bytes. It marks the text of a page's
margin boxes as content (`/Span <</MCID n>> BDC`) and makes structure elements for it,
but hangs these on no branch of the tag tree; PDF/UA wants either the tree or an
artifact.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Matrix, Object, Page, Pdf

Identity = tuple[int, int]


def with_artifacts(pdf: bytes) -> bytes:
    """The PDF with all marked content that the tag tree does not reach made artifacts.

    Where there is none, the very bytes given: done twice is done once.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tree = opened.Root.get("/StructTreeRoot")
        if tree is None or not _unhooked(opened, tree):
            return pdf
        out = io.BytesIO()
        # Orphaned elements go by themselves: what nothing refers to is not written.
        opened.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _unhooked(pdf: Pdf, tree: Any) -> bool:
    """Take orphans out of the parent tree and their marks out of the pages; whether
    there were any."""
    import pikepdf

    reached = set(_elements(tree))
    parents = pikepdf.NumberTree(tree.ParentTree)
    changed = False
    for page in pdf.pages:
        entries = _hung_on(parents, page.obj, "/StructParents")
        if entries is None:
            continue
        lost = {
            mcid
            for mcid, entry in enumerate(entries)
            if entry is not None and entry.objgen not in reached
        }
        if lost:
            _Marks(page, lost).rewrite(pdf)
            changed = True
        for mcid in lost:
            # Null, not gone: an entry's place is its MCID.
            entries[mcid] = None
        changed |= _unhook_annotations(page.obj, parents, reached)
    return changed


def _unhook_annotations(page: Any, parents: Any, reached: set[Identity]) -> bool:
    """Take away the tie of an annotation in a margin box to its orphaned element."""
    changed = False
    for annotation in page.get("/Annots", []):
        entry = _hung_on(parents, annotation, "/StructParent")
        if entry is not None and entry.objgen not in reached:
            del parents[int(annotation.StructParent)]
            del annotation["/StructParent"]
            changed = True
    return changed


def _hung_on(parents: Any, holder: Any, key: str) -> Any:
    """What the parent tree says of a page or an annotation, None where nothing."""
    return parents.get(int(holder[key])) if key in holder else None


def _elements(root: Any) -> Iterator[Identity]:
    """Who is in the tag tree."""
    import pikepdf

    waiting = [root]
    while waiting:
        kids = waiting.pop().get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid.objgen
                waiting.append(kid)


class _Marks:
    """The marked content of one page, some of it lost to the tag tree."""

    def __init__(self, page: Page, lost: set[int]):
        self._page = page
        self._lost = lost
        box = [float(edge) for edge in page.mediabox]
        # A running head stands in the top quarter of a page, a foot in the bottom one.
        margin = (box[3] - box[1]) / 4
        self._foot, self._head = box[1] + margin, box[3] - margin

    def rewrite(self, pdf: Pdf) -> None:
        import pikepdf

        resources = self._page.resources
        data = self._rewritten(self._page, resources, pikepdf.Matrix(), False)
        self._page.obj.Contents = pdf.make_stream(data)

    def _rewritten(
        self, holder: Any, resources: Any, ctm: Matrix, inside: bool
    ) -> bytes:
        """The content of a page or form. ``inside``: it is drawn within an artifact
        of ours, which may hold no marks of its own."""
        import pikepdf

        kept: list[Any] = []
        # For each mark that is open: where its artifact begins in `kept`, -1 where it
        # stays as it was, None where it is left out.
        marks: list[int | None] = []
        saved: list[Matrix] = []
        for step in pikepdf.parse_content_stream(holder):
            operator, operands = str(step.operator), step.operands
            within = inside or any(mark != -1 for mark in marks)
            if operator == "q":
                saved.append(ctm)
            elif operator == "Q":
                ctm = saved.pop()
            elif operator == "cm":
                ctm = pikepdf.Matrix(*map(float, operands)) @ ctm
            elif operator == "Tm" and marks:
                self._place(kept, marks, pikepdf.Matrix(*map(float, operands)) @ ctm)
            elif operator == "Do":
                self._place(kept, marks, ctm)
                self._rewrite_form(operands[0], resources, ctm, within)
            elif operator in ("BMC", "BDC"):
                if within:
                    marks.append(None)
                    continue
                is_lost = operator == "BDC" and _mcid(operands[1]) in self._lost
                marks.append(len(kept) if is_lost else -1)
                if is_lost:
                    kept.append(_artifact())
                    continue
            elif operator == "EMC" and marks.pop() is None:
                continue
            kept.append(step)
        return pikepdf.unparse_content_stream(kept)

    def _rewrite_form(
        self, name: Any, resources: Any, ctm: Matrix, inside: bool
    ) -> None:
        import pikepdf

        form = resources.XObject[name]
        if form.get("/Subtype") == "/Form":
            numbers = [float(n) for n in form.get("/Matrix", [1, 0, 0, 1, 0, 0])]
            placed = pikepdf.Matrix(*numbers) @ ctm
            inner = form.get("/Resources", resources)
            form.write(self._rewritten(form, inner, placed, inside))

    def _place(self, kept: list[Any], marks: list[int | None], at: Matrix) -> None:
        """Say of the artifact that is open whether it heads or foots the page, by the
        first thing it shows."""
        start = next((mark for mark in marks if mark not in (None, -1)), None)
        if start is not None and "/Subtype" not in kept[start].operands[1]:
            if at.f > self._head:
                kept[start] = _artifact("/Header")
            elif at.f < self._foot:
                kept[start] = _artifact("/Footer")


def _artifact(part: str | None = None) -> Any:
    """The operator that opens an artifact of the page, not of the text."""
    import pikepdf

    about = pikepdf.Dictionary(Type=pikepdf.Name.Pagination)
    if part:
        about.Subtype = pikepdf.Name(part)
    operands: list[Object] = [pikepdf.Name.Artifact, about]
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator("BDC"))


def _mcid(properties: Any) -> int | None:
    """The number of marked content; WeasyPrint always writes it in place."""
    import pikepdf

    inline = isinstance(properties, pikepdf.Dictionary)
    return int(properties.MCID) if inline and "/MCID" in properties else None
