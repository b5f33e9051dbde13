"""The looks of a Word file: its named styles, as the XML that Word keeps them in.

Stage: data for ``page``. Whose words? The typeface says it, as on paper: a source's in
the serif, ours in the sans. Nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import quoteattr

# Both are packed into the file; Google Docs knows them by name. What else a program may
# take stands in ``package.FALLBACKS``.
SANS = "Atkinson Hyperlegible"
SERIF = "IBM Plex Serif"

# Names and ids are Verbatim's, so that its commands and those of programs that read its
# files find the parts of a card; it has the short names as aliases.
CITE = "Style 13 pt Bold"
UNDERLINE = "Style Underline"
EMPHASIS = "Emphasis"

STRONG = "Strong"
QUOTED = "Quoted"
KIND = "Kind"

Border = Literal["single", "dashed", "double"]

# Tab stops: millimetres from the margin, the side that is set there, what leads to it.
Stops = tuple[tuple[float, str, str], ...]


@dataclass(frozen=True)
class Look:
    """A named style. Sizes and spaces are points, ``left`` and ``hang`` millimetres;
    0 leaves what the style it is based on has. ``level`` is that of the outline."""

    name: str
    base: str = "Normal"
    alias: str = ""
    next: str = ""
    size: float = 0
    bold: bool = False
    serif: bool = False
    before: float = 0
    after: float | None = None
    left: float = 0
    hang: float = 0
    bar: Border | None = None
    boxed: bool = False
    over: bool = False
    with_next: bool = False
    together: bool = False
    level: int = 0
    bullet: bool = False


PARAGRAPHS = (
    Look("heading 1", alias="Pocket", size=22, bold=True, after=8, level=1),
    Look("heading 2", alias="Hat", size=14.5, bold=True, before=18, after=6, level=2),
    Look("heading 3", alias="Block", size=12, bold=True, before=10, after=4, level=3),
    Look("heading 4", alias="Tag", size=12.5, bold=True, before=8, after=3, level=4),
    Look("Lead", size=12),
    Look("Label", size=9.5, bold=True, before=10, after=2, with_next=True),
    Look("Read aloud", size=9.5, bold=True, before=2),
    Look("List Bullet", after=3, left=5, hang=5, bullet=True),
    Look("Accepted", "List Bullet", left=7, hang=5, boxed=True, together=True),
    Look("Gloss", after=3, together=True),
    Look("Quotation", serif=True, left=4, after=3, bar="single", together=True),
    Look("Fact", left=4, after=3, bar="double", together=True),
    Look("Proof", size=10.5, left=9, after=3, bar="single", together=True),
    Look("Cite line", size=9.5, after=4, together=True),
    Look("Context", size=10.5, after=3, with_next=True),
    Look("Source check", size=9.5, left=4, bar="dashed", together=True),
    Look("Stem", "heading 3", "", "Option", size=11.5, left=9, hang=9, before=12),
    Look("Part stem", bold=True, left=9, before=5, after=4, with_next=True),
    Look("Instruction", size=10.5, left=9, after=4, with_next=True),
    Look("Option", next="Option", left=18, hang=9, after=3, together=True),
    Look("Prompt", next="Prompt", left=18, hang=9, after=3, together=True),
    Look("Guide", size=10.5, left=9, after=3, together=True),
    Look("Why", size=9.5, left=18, after=4, together=True),
    Look("Answer line", next="Answer line", before=10, after=0),
    Look("Name line", next="Normal", after=12),
    Look("Teacher line", next="Normal", bold=True, after=12),
    Look("Table head", size=9.5, bold=True, after=2, with_next=True),
    Look("Table text", size=10.5, after=2),
    Look("Notice", size=8.5, before=20, over=True, together=True),
    Look("header", size=8.5, after=0),
    Look("footer", size=8.5, after=0),
)

# The template's own, which every Word file has.
BUILT_IN = frozenset(
    {"Default Paragraph Font", "Normal Table", "No List", "Table Grid"}
)


def style_elements(language: str, stops: dict[str, Stops]) -> Iterator[str]:
    """Every style of ours as XML without namespaces declared, the defaults first;
    ``stops`` are the tab stops of a style that depend on the paper, by its name."""
    yield (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(SANS)}{_size(11.5)}"
        f"<w:lang w:val={quoteattr(language)} w:eastAsia={quoteattr(language)}/>"
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>"
        '<w:spacing w:after="140" w:line="276" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    yield (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    for look in PARAGRAPHS:
        yield _paragraph(look, stops.get(look.name, ()))
    yield _character(STRONG, "<w:b/><w:bCs/>")
    yield _character(QUOTED, _fonts(SERIF))
    yield _character(KIND, f"{_size(9)}<w:bdr {_line('single', 4)}/>")
    yield _character(CITE, f"<w:b/><w:bCs/>{_size(10.5)}", "Cite")
    yield _character(UNDERLINE, '<w:u w:val="single"/>', "Underline")
    yield _character(EMPHASIS, '<w:b/><w:bCs/><w:u w:val="single"/>')


def style_id(name: str) -> str:
    """The id under which Word files know a style: its name without the spaces."""
    return (name[0].upper() + name[1:]).replace(" ", "")


def _paragraph(look: Look, stops: Stops) -> str:
    # The order of the elements is fixed by the format.
    with_next = look.with_next or look.level
    together = look.together or look.level
    properties = "".join(
        (
            "<w:keepNext/>" if with_next else "",
            "<w:keepLines/>" if together else "",
            '<w:numPr><w:numId w:val="1"/></w:numPr>' if look.bullet else "",
            _borders(look),
            _tabs(stops or _hanging(look)),
            _spacing(look),
            _indent(look),
            f'<w:outlineLvl w:val="{look.level - 1}"/>' if look.level else "",
        )
    )
    runs = "".join(
        (
            _fonts(SERIF) if look.serif else "",
            "<w:b/><w:bCs/>" if look.bold else "",
            _size(look.size) if look.size else "",
        )
    )
    following = look.next or ("Normal" if look.level else "")
    return (
        f'<w:style w:type="paragraph"{_custom(look.name)} '
        f'w:styleId="{style_id(look.name)}">{_names(look.name, look.alias)}'
        f'<w:basedOn w:val="{style_id(look.base)}"/>'
        + (f'<w:next w:val="{style_id(following)}"/>' if following else "")
        + f"<w:qFormat/><w:pPr>{properties}</w:pPr><w:rPr>{runs}</w:rPr></w:style>"
    )


def _character(name: str, properties: str, alias: str = "") -> str:
    return (
        f'<w:style w:type="character"{_custom(name)} w:styleId="{style_id(name)}">'
        f'{_names(name, alias)}<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def _custom(name: str) -> str:
    """Built-in styles must not be marked as somebody's own, or Word renames them."""
    built_in = name in (STRONG, EMPHASIS, "List Bullet", "header", "footer")
    return "" if built_in or name.startswith("heading") else ' w:customStyle="1"'


def _names(name: str, alias: str) -> str:
    known = f'<w:aliases w:val="{alias}"/>' if alias else ""
    return f'<w:name w:val="{name}"/>{known}'


def _fonts(name: str) -> str:
    places = ("ascii", "hAnsi", "eastAsia", "cs")
    return f"<w:rFonts {' '.join(f'w:{place}={quoteattr(name)}' for place in places)}/>"


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _borders(look: Look) -> str:
    if look.bar:
        # In eighths of a point: heavy for a source's words, thin for a check of them.
        eighths = 18 if look.bar == "single" else 8
        return f"<w:pBdr><w:left {_line(look.bar, eighths, 8)}/></w:pBdr>"
    if look.boxed:
        sides = ("top", "left", "bottom", "right")
        lines = "".join(f"<w:{side} {_line('single', 4, 6)}/>" for side in sides)
        return f"<w:pBdr>{lines}</w:pBdr>"
    if look.over:
        return f"<w:pBdr><w:top {_line('single', 4, 6)}/></w:pBdr>"
    return ""


def _line(kind: Border, eighths: int, space: int = 0) -> str:
    return f'w:val="{kind}" w:sz="{eighths}" w:space="{space}" w:color="000000"'


def _hanging(look: Look) -> Stops:
    """Where the text after a number or letter starts; Word does it for bullets."""
    if not look.hang or look.bullet or look.base == "List Bullet":
        return ()
    return ((look.left, "left", "none"),)


def _tabs(stops: Stops) -> str:
    marks = "".join(
        f'<w:tab w:val="{side}" w:leader="{leader}" w:pos="{twips(at)}"/>'
        for at, side, leader in stops
    )
    return f"<w:tabs>{marks}</w:tabs>" if marks else ""


def _spacing(look: Look) -> str:
    before = f' w:before="{round(look.before * 20)}"' if look.before else ""
    after = "" if look.after is None else f' w:after="{round(look.after * 20)}"'
    return f"<w:spacing{before}{after}/>" if before or after else ""


def _indent(look: Look) -> str:
    if not look.left:
        return ""
    hang = f' w:hanging="{twips(look.hang)}"' if look.hang else ""
    return f'<w:ind w:left="{twips(look.left)}"{hang}/>'


def twips(millimetres: float) -> int:
    """Word's unit of length, a twentieth of a point."""
    return round(millimetres / 25.4 * 1440)
