"""Documents → HTML. The only owner of jinja2; the one place where text is escaped.

Stage: after documents. Templates get one document and nothing else; how a page looks
is theirs and the style sheets', what it says was decided before.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

import jinja2
from markupsafe import Markup, escape

from debatekit.assets import templates
from debatekit.kit.lines import Lines

Paper = Literal["letter", "a4"]
Theme = Literal["standard", "easy", "large"]

# A group, so that splitting by it keeps the quotations.
QUOTATIONS = re.compile("(“[^”]*”)")
# Words before a quotation, in its markup, and the space between the two.
BEFORE = re.compile('(^|>)([^<>]+) (?=<span class="quoted">)')


@cache
def _environment() -> jinja2.Environment:
    # autoescape=True, not select_autoescape(): that one leaves *.html.j2 unescaped.
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("debatekit.templates", ""),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["voice"] = voice
    environment.filters["in_lines"] = in_lines
    return environment


def voice(text: str) -> Markup:
    """Escape our prose and set what stands in “…” in the typeface of quotations."""
    # WeasyPrint breaks a line words too early where a space that ends a run of text
    # falls on the margin; outside a span of its own it is a run by itself.
    return Markup(BEFORE.sub(r"\1<span>\2</span> ", _flowing(text)))


def _flowing(text: str) -> str:
    spans = [match.span() for match in QUOTATIONS.finditer(text)]
    return _voiced(text, 0, len(text), spans)


def in_lines(text: str, lines: Lines | None, quoted: bool = False) -> Markup:
    """A text as ``voice`` sets it, or ``quoted`` whole, each numbered line in a span
    of its own, every fifth with its number to show. Without lines the text flows."""
    first, last = ("“", "”") if quoted else ("", "")
    if lines is None:
        # As it was when lines.lock was written: not by ``voice``.
        inside = text if quoted else Markup(_flowing(text))
        return Markup("{}{}{}").format(first, inside, last)
    spans = [] if quoted else [match.span() for match in QUOTATIONS.finditer(text)]
    shown: list[str] = []
    start = 0
    for number, end in enumerate(lines.ends, start=lines.first):
        inside = _voiced(text, start, end, spans)
        inside = first + inside if start == 0 else inside
        inside = inside + last if end == lines.ends[-1] else inside
        fifth = ' class="l fifth"' if number % 5 == 0 else ' class="l"'
        shown.append(f'<span{fifth} data-line="{number}">{inside}</span>')
        # No space where a line ended inside a word, after its hyphen.
        start = end + len(text[end:]) - len(text[end:].lstrip())
        shown.append(text[end:start])
    return Markup("".join(shown))


def _voiced(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """A stretch of a text, escaped, with what of the ``spans`` falls in it marked."""
    parts, at = [], start
    for first, last in spans:
        left, right = max(first, start), min(last, end)
        if left < right:
            parts.append(str(escape(text[at:left])))
            parts.append(f'<span class="quoted">{escape(text[left:right])}</span>')
            at = right
    return "".join([*parts, str(escape(text[at:end]))])


def to_html(template: str, document: Any, styles: str = "") -> str:
    """A document as one HTML page; ``styles`` puts the style sheets into the page."""
    page = _environment().get_template(f"{template}.html")
    return page.render(doc=document, styles=Markup(styles))


def print_styles(paper: Paper, theme: Theme = "standard") -> tuple[str, ...]:
    """The names of the style sheets of a printed page, in the order they apply."""
    return ("page.css", "handout.css", "cards.css", f"{theme}.css", f"{paper}.css")


def screen_styles() -> str:
    """The style sheets of a page for the browser, as one text."""
    names = ("handout.css", "standard.css", "screen.css")
    return "\n".join(style_sheet(name) for name in names)


def style_sheet(name: str) -> str:
    return (templates() / name).read_text(encoding="utf-8")
