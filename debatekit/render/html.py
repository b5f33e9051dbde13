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

Paper = Literal["letter", "a4"]
Theme = Literal["standard", "easy", "large"]

_QUOTED = re.compile("“[^”]*”")


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
    return environment


def voice(text: str) -> Markup:
    """Escape our prose and set what stands in “…” in the typeface of quotations."""
    parts: list[str] = []
    end = 0
    for match in _QUOTED.finditer(text):
        parts.append(str(escape(text[end : match.start()])))
        parts.append(f'<span class="quoted">{escape(match.group())}</span>')
        end = match.end()
    parts.append(str(escape(text[end:])))
    return Markup("".join(parts))


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
