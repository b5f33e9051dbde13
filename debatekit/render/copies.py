"""A file to be filled in → numbered copies of it.

Stage: render, after ``fields``. The names of fields hold for all files that a teacher
merges: fields of one name become one, and the last student's answer is everybody's. So
each copy has names of its own; it is laid out once.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from debatekit.render.fields import saved


def numbered(data: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    """Number and bytes of every copy; the numbers are of one length: 01, 02 …"""
    width = max(2, len(str(count)))
    for number in range(1, count + 1):
        yield f"{number:0{width}}", copy(data, number, width)


def copy(data: bytes, number: int, width: int = 2) -> bytes:
    """The file with names of fields of its own, and its number in its title."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as opened:
        for field in opened.Root.AcroForm.Fields:
            field["/T"] = pikepdf.String(f"s{number:0{width}}-{field['/T']}")
        title = f"{opened.docinfo['/Title']} · copy {number}"
        opened.docinfo["/Title"] = pikepdf.String(title)
        with opened.open_metadata(
            set_pikepdf_as_editor=False, update_docinfo=False
        ) as metadata:
            metadata["dc:title"] = title
        return saved(opened)
