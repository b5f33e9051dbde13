"""A blank Word page: paper, margins, running head and foot, styles and properties.

Stage: the start of a Word file. All that comes from the document's head is here.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from debatekit.documents.common import Head
from debatekit.render.html import Paper
from debatekit.render.word.looks import BUILT_IN, style_elements
from debatekit.render.word.sheet import Sheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

# In millimetres, as in page.css: the left margin holds three punched holes.
SIZES: dict[Paper, tuple[float, float]] = {"letter": (215.9, 279.4), "a4": (210, 297)}
TOP, RIGHT, BOTTOM, LEFT, EDGE = 20.0, 16.0, 19.0, 24.0, 9.0

# No clock: the same kit makes the same file, and a date would be that of no edit.
MADE = datetime.datetime(1980, 1, 1)

# What a property may hold; python-docx refuses more.
LONGEST = 255

_SETTINGS = """
<w:settings {spaces}><w:zoom w:percent="100"/><w:embedTrueTypeFonts/>
<w:defaultTabStop w:val="720"/><w:compat>
<w:compatSetting w:name="compatibilityMode"
 w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val={language}/></w:settings>"""

_BULLETS = """
<w:numbering {spaces}><w:abstractNum w:abstractNumId="0">
<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>
<w:lvlJc w:val="left"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def blank_sheet(head: Head, paper: Paper) -> Sheet:
    """A sheet with everything that surrounds the content, and the line above it."""
    from docx import Document

    document = Document()
    width = SIZES[paper][0] - LEFT - RIGHT
    _set_styles(document, head.language, width)
    _set_settings(document, head.language)
    _set_paper(document, paper)
    _set_edges(document, head)
    _set_properties(document, head)
    sheet = Sheet(document)
    if head.audience == "student":
        sheet.line("Name line", "Name ", "\t", " Date ", "\t", " Period ", "\t")
    else:
        sheet.line("Teacher line", "For the teacher only")
    return sheet


def _set_styles(document: Document, language: str, width: float) -> None:
    """Replace the template's 160 styles, of which Word would offer every one."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    end, line = ((width, "right", "none"),), ((width, "right", "underscore"),)
    blanks = tuple((width * part, "right", "underscore") for part in (0.55, 0.8, 1))
    stops = {
        "header": end,
        "footer": end,
        "Answer line": line,
        "Name line": blanks,
    }
    styles = document.styles.element
    for style in list(document.styles):
        if style.name not in BUILT_IN:
            styles.remove(style.element)
    styles.remove(styles.find(qn("w:docDefaults")))
    wrapped = "".join(style_elements(language, stops))
    ours = list(parse_xml(f"<w:styles {nsdecls('w')}>{wrapped}</w:styles>"))
    styles.insert(0, ours[0])
    for element in ours[1:]:
        styles.append(element)


def _set_settings(document: Document, language: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    filled = _SETTINGS.format(spaces=nsdecls("w"), language=quoteattr(language))
    parts = (
        (document.settings.element, filled),
        (document.part.numbering_part.element, _BULLETS.format(spaces=nsdecls("w"))),
    )
    for element, xml in parts:
        for child in list(element):
            element.remove(child)
        for child in list(parse_xml(xml)):
            element.append(child)


def _set_paper(document: Document, paper: Paper) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, SIZES[paper])
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(EDGE)


def _set_edges(document: Document, head: Head) -> None:
    """What a page that got lost belongs to, on every page."""
    section = document.sections[0]
    top = section.header.paragraphs[0]
    top.add_run(f"{head.label} · {head.title}")
    if head.audience == "teacher":
        top.add_run("\tFor the teacher only")
    code = f" · form code {head.code}" if head.code else ""
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{head.kit_title} · {head.edition}{code}\tPage ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    """A value that Word counts for itself."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    run = "<w:r><w:t>1</w:t></w:r>"
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" {name} ">{run}</w:fldSimple>'
    paragraph._p.append(parse_xml(field))


def _set_properties(document: Document, head: Head) -> None:
    properties = document.core_properties
    properties.title = head.pdf_title[:LONGEST]
    properties.subject = head.kit_title[:LONGEST]
    properties.author = properties.last_modified_by = "debatekit"
    properties.language = head.language
    properties.created = properties.modified = MADE
    properties.comments = properties.keywords = ""
    properties.revision = 1
