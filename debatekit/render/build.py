"""Handouts → files, with a manifest of what they were made from.

Stage: the end of the printed pipeline. Each file is written whole or not at all, and
progress is reported by a function that is passed in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from debatekit import __version__
from debatekit.assets import templates
from debatekit.documents.cards import Cards, Printing
from debatekit.documents.handouts import Handout
from debatekit.files import write_whole
from debatekit.kit.formats import DEFAULT
from debatekit.kit.kit import Kit
from debatekit.kit.problems import UserError
from debatekit.quiz.records import Forms
from debatekit.render.html import Paper, Theme, print_styles, screen_styles, to_html

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Built:
    """A file of a build; ``pages`` is 0 for a web page."""

    handout: Handout
    path: Path
    pages: int
    sha256: str
    html_sha256: str


Report = Callable[[Built], None]


def build_pdfs(
    kit: Kit,
    made: Iterable[Handout],
    paper: Paper,
    out: Path,
    report: Report,
    theme: Theme = "standard",
) -> list[Built]:
    """Print every handout to OUT/KIT-ID/PATH.pdf. Raises UserError.

    Files are written when the last one is printed, so that a handout that fails leaves
    no new quiz beside an old key. What tells the pages of other files is printed last;
    ``html_sha256`` is of its text before they are filled in.
    """
    from debatekit.render.cardsheets import print_cards
    from debatekit.render.pdf import Printer

    printer = Printer(paper, (templates(), kit.folder), theme)
    printed: list[tuple[Built, bytes]] = []
    for handout in counting_last(made):
        said = to_html(handout.template, handout.document)
        html = to_html(handout.template, _counted(handout.document, printed))
        try:
            if isinstance(handout.document, Cards):
                pdf = print_cards(printer, handout.name, handout.document, paper)
            else:
                pdf = printer.print(html, handout.name, handout.sheets)
        except UserError as failure:
            message = f"{failure.message}; no file was written"
            raise UserError(message, failure.hint) from failure
        path = out / kit.id / f"{handout.path}.pdf"
        hashes = _sha256(pdf.data), _sha256(said.encode())
        printed.append((Built(handout, path, pdf.pages, *hashes), pdf.data))
        report(printed[-1][0])
    for one, data in printed:
        write_whole(one.path, data)
    return [one for one, _ in printed]


def build_pages(
    kit: Kit, made: Iterable[Handout], out: Path, report: Report
) -> list[Built]:
    """Write every handout as one self-contained web page; needs no PDF library."""
    styles = screen_styles()
    built = []
    for handout in made:
        data = to_html(handout.template, handout.document, styles).encode()
        path = out / kit.id / f"{handout.path}.html"
        write_whole(path, data)
        built.append(Built(handout, path, 0, _sha256(data), _sha256(data)))
        report(built[-1])
    return built


def counting_last(made: Iterable[Handout]) -> list[Handout]:
    """The handouts in their order, but at the end those that tell others' pages."""
    return sorted(made, key=lambda handout: hasattr(handout.document, "with_pages"))


def _counted(document: Any, printed: list[tuple[Built, bytes]]) -> Any:
    """A document that tells the pages of other handouts, with the pages of these."""
    if not hasattr(document, "with_pages"):
        return document
    return document.with_pages({one.handout.name: one.pages for one, _ in printed})


# ------------------------------------------------------------------- manifest


def made_from(
    kit: Kit, paper: Paper, theme: Theme = "standard", format_id: str = DEFAULT
) -> dict[str, Any]:
    """Hashes and versions of everything that decides the bytes of the PDFs."""
    from debatekit.render import pdf

    sheets = [templates() / name for name in print_styles(paper, theme)]
    pages = sorted(templates().glob("*.html"))
    return {
        "debatekit": __version__,
        "kit": {"id": kit.id, "version": kit.head.version, "sha256": kit_sha256(kit)},
        "paper": paper,
        "theme": theme,
        "format": format_id,
        "templates": _sha256(b"".join(p.read_bytes() for p in [*pages, *sheets])),
        "fonts": {path.name: _sha256(path.read_bytes()) for path in pdf.font_paths()},
        "versions": pdf.versions(),
    }


def kit_sha256(kit: Kit) -> str:
    """One hash over the kit's YAML files, by name."""
    digest = hashlib.sha256()
    for path in sorted(kit.folder.rglob("*.yaml")):
        name = path.relative_to(kit.folder).as_posix()
        digest.update(f"{name}\0{_sha256(path.read_bytes())}\n".encode())
    return digest.hexdigest()


def write_manifest(
    out: Path, inputs: Mapping[str, Any], forms: Forms, seed: int, built: list[Built]
) -> Path:
    """Record what the files of OUT were made from, beside them.

    Entries of an earlier build stay only where it was made from the very same things,
    seed and forms included.
    """
    path = out / MANIFEST
    origin = {
        "made_from": dict(inputs),
        "seed": seed,
        "forms": {
            key.code: {entry.item: entry.order for entry in key.entries}
            for key in forms.keys
        },
    }
    old = read_manifest(path)
    same = old is not None and origin.items() <= old.items()
    entries = old["files"] if old and same else {}
    for one in built:
        name = one.path.relative_to(out).as_posix()
        entries[name] = {
            "handout": one.handout.name,
            "pages": one.pages,
            "sha256": one.sha256,
            "html_sha256": one.html_sha256,
        }
        document = one.handout.document
        if isinstance(document, Cards) and document.printing != Printing():
            entries[name]["printing"] = asdict(document.printing)
    manifest = {"version": 1, **origin, "files": dict(sorted(entries.items()))}
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, text.encode())
    return path


def read_manifest(path: Path) -> dict[str, Any] | None:
    """A manifest, or None where there is none that can be read."""
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        known = manifest["version"] == 1 and isinstance(manifest["files"], dict)
        return manifest if known else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
