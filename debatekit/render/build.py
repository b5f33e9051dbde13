"""Handouts → files, with a manifest of what they were made from.

Stage: the end of the printed pipeline. Each file is written whole or not at all, and
progress is reported by a function that is passed in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from debatekit import __version__
from debatekit.assets import templates
from debatekit.documents.cards import Cards, Printing
from debatekit.documents.handouts import Handout
from debatekit.documents.packets import Packet
from debatekit.documents.quiz import Quiz
from debatekit.files import write_whole
from debatekit.kit.formats import DEFAULT
from debatekit.kit.kit import Kit
from debatekit.kit.lines import LINES_NAME
from debatekit.kit.problems import UserError
from debatekit.quiz.records import Forms
from debatekit.render.cardsheets import print_cards
from debatekit.render.html import Paper, Theme, print_styles, screen_styles, to_html
from debatekit.render.openings import print_openings
from debatekit.render.pdf import Pdf, Piece, Printer, font_paths, versions
from debatekit.render.word import WORD, word

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Built:
    """A file of a build; ``pages`` is 0 for a web page."""

    handout: Handout | Packet
    path: Path
    pages: int
    sha256: str
    html_sha256: str


Report = Callable[[Built], None]


def build_pdfs(
    kit: Kit,
    made: Sequence[Handout],
    paper: Paper,
    out: Path,
    report: Report,
    theme: Theme = "standard",
    packed: Sequence[Packet] = (),
    two_sided: bool = True,
) -> list[Built]:
    """Print every handout to OUT/KIT-ID/PATH.pdf, and the packets ``packed`` of them.

    Files are written when the last one is printed, so that a handout that fails leaves
    no new quiz beside an old key. What tells the pages of other files is printed last;
    ``html_sha256`` is of its text before they are filled in. Raises UserError.
    """
    printer = Printer(paper, (templates(), kit.folder), theme)
    printed: dict[str, tuple[Built, Pdf]] = {}

    def done(one: Handout | Packet, pdf: Pdf, said: str) -> None:
        path = out / kit.id / f"{one.path}.pdf"
        hashes = _sha256(pdf.data), _sha256(said.encode())
        printed[one.path] = Built(one, path, pdf.pages, *hashes), pdf
        report(printed[one.path][0])

    for handout in counting_last(made):
        try:
            pdf = print_handout(
                printer, handout, _counted(handout.document, printed), paper
            )
        except UserError as failure:
            message = f"{failure.message}; no file was written"
            raise UserError(message, failure.hint) from failure
        done(handout, pdf, to_html(handout.template, handout.document))
    for packet in packed:
        pieces = [printed[handout.path] for handout in packet.pieces]
        title = f"{packet.label}: {kit.head.title}"
        labelled = zip(packet.pieces, pieces, strict=True)
        bound = [Piece(h.document.head.label, pdf) for h, (_, pdf) in labelled]
        said = "".join(one.html_sha256 for one, _ in pieces)
        done(packet, printer.bind(title, bound, two_sided), said)
    for one, pdf in printed.values():
        write_whole(one.path, pdf.data)
    return [one for one, _ in printed.values()]


def print_handout(
    printer: Printer, handout: Handout, document: Any, paper: Paper
) -> Pdf:
    """Print a handout's ``document`` as its kind asks for. Raises UserError."""
    if isinstance(document, Cards):
        return print_cards(printer, handout.name, document, paper)
    if isinstance(document, Quiz):
        return print_openings(printer, handout.name, handout.template, document)
    html = to_html(handout.template, document)
    return printer.print(html, handout.name, handout.sheets)


def build_pages(
    kit: Kit, made: Iterable[Handout], out: Path, report: Report
) -> list[Built]:
    """Write every handout as one self-contained web page; needs no PDF library."""
    styles = screen_styles()
    pages = ((h, to_html(h.template, h.document, styles).encode()) for h in made)
    return list(_written(pages, out / kit.id, ".html", report))


def build_word(
    kit: Kit, made: Iterable[Handout], paper: Paper, out: Path, report: Report
) -> list[Built]:
    """Write the handouts that have a Word form as .docx; needs no PDF library."""
    files = ((h, word(h, paper)) for h in made if h.template in WORD)
    return list(_written(files, out / kit.id, ".docx", report))


def _written(
    files: Iterable[tuple[Handout, bytes]], folder: Path, ending: str, report: Report
) -> Iterator[Built]:
    for handout, data in files:
        path = folder / f"{handout.path}{ending}"
        write_whole(path, data)
        built = Built(handout, path, 0, _sha256(data), _sha256(data))
        report(built)
        yield built


def counting_last(made: Iterable[Handout]) -> list[Handout]:
    """The handouts in their order, but at the end those that tell others' pages."""
    return sorted(made, key=lambda handout: hasattr(handout.document, "with_pages"))


def _counted(document: Any, printed: Mapping[str, tuple[Built, Pdf]]) -> Any:
    """A document that tells the pages of other handouts, with the pages of these."""
    if not hasattr(document, "with_pages"):
        return document
    pages = {one.handout.name: one.pages for one, _ in printed.values()}
    return document.with_pages(pages)


# ------------------------------------------------------------------- manifest


def made_from(
    kit: Kit, paper: Paper, theme: Theme = "standard", format_id: str = DEFAULT
) -> dict[str, Any]:
    """Hashes and versions of everything that decides the bytes of the PDFs."""
    sheets = [templates() / name for name in print_styles(paper, theme)]
    pages = sorted(templates().glob("*.html"))
    return {
        "debatekit": __version__,
        "kit": {"id": kit.id, "version": kit.head.version, "sha256": kit_sha256(kit)},
        "paper": paper,
        "theme": theme,
        "format": format_id,
        "templates": _sha256(b"".join(p.read_bytes() for p in [*pages, *sheets])),
        "fonts": {path.name: _sha256(path.read_bytes()) for path in font_paths()},
        "versions": versions(),
    }


def kit_sha256(kit: Kit) -> str:
    """One hash over the kit's YAML files and line numbers, by name."""
    digest = hashlib.sha256()
    for path in sorted([*kit.folder.rglob("*.yaml"), *kit.folder.glob(LINES_NAME)]):
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
        if isinstance(one.handout, Handout):
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
