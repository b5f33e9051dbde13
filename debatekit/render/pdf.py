"""HTML → PDF bytes. The only owner of weasyprint.

Stage: the last before a file. Nothing is read while rendering but packaged fonts and
files of the folders allowed; whatever WeasyPrint warns of (a missing image or glyph, a
rule it ignored) ends the build, because a page that lost something must not be printed.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from debatekit import system
from debatekit.kit.problems import UserError
from debatekit.render.artifacts import with_artifacts
from debatekit.render.boxes import full_boxes, misfits
from debatekit.render.html import (
    Paper,
    Theme,
    print_styles,
    style_sheet,
    to_html,
)

FONT_PACKAGES = ("fontpkg_atkinson_hyperlegible", "fontpkg_ibm_plex_serif")
# The styles the templates use; others in the packages would only slow the search.
FONT_FILES = (
    "AtkinsonHyperlegible-Regular.ttf",
    "AtkinsonHyperlegible-Bold.ttf",
    "IBMPlexSerif-Regular.ttf",
    "IBMPlexSerif-SemiBold.ttf",
    "IBMPlexSerif-Bold.ttf",
)


@dataclass(frozen=True)
class Pdf:
    """A file, its number of pages, and its layout, to bind it with others."""

    data: bytes
    pages: int
    layout: Any = field(repr=False, compare=False)


@dataclass(frozen=True)
class Piece:
    """A file to be bound into a packet; ``label`` is its bookmark."""

    label: str
    pdf: Pdf


class NoRoom(UserError):
    """Text did not fit; ``boxes`` are the ``data-fit`` names of those too full."""

    def __init__(self, message: str, hint: str, boxes: frozenset[str]):
        super().__init__(message, hint)
        self.boxes = boxes


class Printer:
    """Renders many documents with one parsed set of styles and fonts.

    A fresh font configuration for each document would cost 1.7 times the time and
    leak memory, so a build makes one Printer.
    """

    def __init__(
        self,
        paper: Paper,
        allowed: Sequence[Path] = (),
        theme: Theme = "standard",
    ):
        self.theme = theme
        self._weasyprint = _import_weasyprint()
        self._fonts = self._weasyprint.text.fonts.FontConfiguration()
        self._fetcher = _fetcher(self._weasyprint, allowed)
        with _warnings_are_problems("the style sheets"):
            self._styles = [
                self._weasyprint.CSS(
                    string=style_sheet(name),
                    font_config=self._fonts,
                    url_fetcher=self._fetcher,
                )
                for name in print_styles(paper, theme)
            ]

    def lay_out(self, html: str, name: str) -> Any:
        """Lay out one document: WeasyPrint's pages. Raises UserError."""
        with self._loading(name):
            document = self._weasyprint.HTML(string=html, url_fetcher=self._fetcher)
            return document.render(
                stylesheets=self._styles,
                font_config=self._fonts,
                pdf_variant="pdf/ua-1",
            )

    def print(self, html: str, name: str, sheets: int | None = None) -> Pdf:
        """Lay out one document as PDF/UA-1. ``sheets`` is the page count that must
        come out, where every page is filled on purpose. Raises UserError."""
        document = self.lay_out(html, name)
        lost = list(misfits(document))
        if lost:
            boxes = frozenset(full_boxes(document))
            said = f"{name}: {'; '.join(lost)}"
            raise NoRoom(said, "shorten what stands there", boxes)
        pages = len(document.pages)
        if sheets is not None and pages != sheets:
            raise UserError(
                f"{name}: {sheets} sheets became {pages} pages: a card holds more text "
                "than fits",
                "shorten the tag or the passage of the longest card",
            )
        return self._written(document, name)

    def bind(self, title: str, pieces: Sequence[Piece], two_sided: bool) -> Pdf:
        """Several documents as one, a bookmark a piece, each with its own page count.

        ``two_sided`` puts a blank page after a piece that ends on a front, so that no
        two share a sheet.
        """
        pages: list[Any] = []
        for piece in pieces:
            if two_sided and len(pages) % 2:
                pages += self.lay_out(to_html("blank", title), title).pages
            laid = [copy(page) for page in piece.pdf.layout.pages]
            for page in laid:
                page.bookmarks = [(n + 1, *rest) for n, *rest in page.bookmarks]
            laid[0].bookmarks.insert(0, (1, piece.label, (0, 0), "open"))
            pages += laid
        whole = pieces[0].pdf.layout.copy(pages)
        whole.metadata = copy(whole.metadata)
        whole.metadata.title = title
        return self._written(whole, title)

    @contextlib.contextmanager
    def _loading(self, name: str) -> Iterator[None]:
        """What may not be loaded, and what WeasyPrint warns of, is a UserError."""
        with _warnings_are_problems(name):
            try:
                yield
            except self._weasyprint.urls.FatalURLFetchingError as failure:
                raise UserError(f"{name}: {failure}") from failure

    def _written(self, document: Any, name: str) -> Pdf:
        with self._loading(name):
            data = with_artifacts(document.write_pdf(pdf_variant="pdf/ua-1"))
        return Pdf(data, len(document.pages), document)


def versions() -> dict[str, str]:
    """The versions that decide the bytes of a PDF."""
    weasyprint = _import_weasyprint()
    packages = ("pikepdf", "pydyf", *(name.replace("_", "-") for name in FONT_PACKAGES))
    return {
        "weasyprint": weasyprint.__version__,
        "pango": str(weasyprint.text.ffi.pango.pango_version()),
        # Without it fonts are cut by another program, to other bytes.
        "harfbuzz-subset": "no" if system.missing_libraries() else "yes",
        **{package: version(package) for package in packages},
    }


def font_paths() -> tuple[Path, ...]:
    folders = [Path(str(files(package))) / "files" for package in FONT_PACKAGES]
    found = [f / name for name in FONT_FILES for f in folders if (f / name).is_file()]
    if len(found) != len(FONT_FILES):
        raise UserError(
            "the packaged fonts are not all there", "install debatekit again"
        )
    return tuple(found)


def _import_weasyprint() -> Any:
    """Import WeasyPrint with our fonts only; explain a missing Pango in one line."""
    os.environ["FONTCONFIG_FILE"] = str(_fonts_conf())
    # One stray variable font would otherwise put the clock into the bytes.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    try:
        # Where a library is missing, WeasyPrint prints a page of advice to stdout.
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
            import weasyprint.text.fonts
    except OSError as failure:
        raise UserError(
            "PDFs need the Pango library, which is not installed here",
            f"run: {system.install_command()}",
        ) from failure
    return weasyprint


@cache
def _fonts_conf() -> Path:
    """A fontconfig file that knows the packaged fonts and no others.

    An unknown family then falls back to ours on every machine, not to whatever the
    machine has. Must be set before WeasyPrint is imported, which starts fontconfig.
    It stands in a folder of its own, which goes when Python ends.
    """
    folders = sorted({path.parent for path in font_paths()})
    lines = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    home = Path(tempfile.mkdtemp(prefix="debatekit-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    cache = f"<cachedir>{escape(str(home))}</cachedir>"
    path = home / "debatekit-fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{lines}{cache}</fontconfig>",
        encoding="utf-8",
    )
    return path


def _fetcher(weasyprint: Any, allowed: Sequence[Path]) -> Any:
    roots = [root.resolve() for root in allowed]

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # untyped base
        """Lets through files below the allowed folders, and data: images."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            path = Path(unquote(parts.path)).resolve()
            inside = any(path.is_relative_to(root) for root in roots)
            if parts.scheme == "file" and inside and path.is_file():
                return super().fetch(path.as_uri(), headers)
            raise weasyprint.urls.FatalURLFetchingError(
                f"a page may not load {url}: only files of the kit are read"
            )

    return Fetcher(allowed_protocols={"file", "data"}, allow_redirects=False)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextlib.contextmanager
def _warnings_are_problems(name: str) -> Iterator[None]:
    logger = logging.getLogger("weasyprint")
    collector = _Collector()
    before, level = logger.handlers[:], logger.level
    logger.handlers[:] = [collector]
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.handlers[:] = before
        logger.setLevel(level)
    if collector.messages:
        raise UserError(f"{name}: {'; '.join(dict.fromkeys(collector.messages))}")
