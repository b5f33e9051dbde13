"""A python-docx document → the bytes of a file, the same wherever they are made.

Stage: the end of a Word file. Packs our two typefaces into it, as their licence (OFL)
allows: a school's computer has neither.
"""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from debatekit.render.pdf import font_paths
from debatekit.render.word.looks import SANS, SERIF

if TYPE_CHECKING:
    from docx.document import Document
    from docx.package import Package

# What a program takes that does not read the packed ones: every school has these.
FALLBACKS = {SANS: ("Verdana", "swiss"), SERIF: ("Georgia", "roman")}
_FILES = {
    SANS: ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf"),
    SERIF: ("IBMPlexSerif-Regular.ttf", "IBMPlexSerif-Bold.ttf"),
}
_SHOWN = ("embedRegular", "embedBold")

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TABLE_TYPE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
)
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"

# Of the template: a preview of an empty page, the name of another program, old styles.
_DROPPED = ("/thumbnail", "/extended-properties", "/customXml", "/stylesWithEffects")

# The first moment that a zip can name.
_STAMP = (1980, 1, 1, 0, 0, 0)


def packed(document: Document) -> bytes:
    """The file, its typefaces in it and nothing else that nobody asked for."""
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith((*_DROPPED, "/fontTable")):
                del relations[key]
    _pack_fonts(document, package)
    out = io.BytesIO()
    document.save(out)
    return pinned(out.getvalue())


def pinned(data: bytes) -> bytes:
    """A zip with its entries in a fixed order, without the time they were made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w") as kept:
        # The list of content types comes first, as readers expect.
        names = sorted(made.namelist(), key=lambda n: (n != "[Content_Types].xml", n))
        for name in names:
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            kept.writestr(entry, made.read(name))
    return out.getvalue()


def _pack_fonts(document: Document, package: Package) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    files = {path.name: path.read_bytes() for path in font_paths()}
    table = Part(PackURI("/word/fontTable.xml"), _TABLE_TYPE, None, package)
    described = []
    for font, names in _FILES.items():
        packed_as = []
        for shown, name in zip(_SHOWN, names, strict=True):
            key = uuid.UUID(bytes=hashlib.sha256(files[name]).digest()[:16])
            uri = PackURI(f"/word/fonts/{name.removesuffix('.ttf')}.odttf")
            part = Part(uri, _FONT_TYPE, obfuscated(files[name], key), package)
            id_ = table.relate_to(part, f"{_OFFICE}/font")
            packed_as.append(
                f'<w:{shown} r:id="{id_}" w:fontKey="{{{str(key).upper()}}}"/>'
            )
        other, family = FALLBACKS[font]
        described.append(
            f'<w:font w:name={quoteattr(font)}><w:altName w:val="{other}"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="variable"/>'
            f"{''.join(packed_as)}</w:font>"
        )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:fonts xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}">{"".join(described)}</w:fonts>'
    )
    table._blob = xml.encode()
    document.part.relate_to(table, f"{_OFFICE}/fontTable")


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """A font as Word packs it: the first 32 bytes crossed with a key, twice over
    (ECMA-376, part 4). Doing it again gives the font back."""
    pad = key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:32], pad, strict=True)) + font[32:]
