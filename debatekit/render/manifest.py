"""What the files of a build were made from, kept beside them.

Stage: part of ``build``. The manifest is of the last build; the forms of every quiz
that was printed are kept for themselves, by the code at the foot of their pages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from debatekit import __version__
from debatekit.assets import templates
from debatekit.documents.cards import Cards, Printing
from debatekit.documents.handouts import Handout
from debatekit.documents.lesson import STUDENTS
from debatekit.files import write_whole
from debatekit.kit.formats import DEFAULT
from debatekit.kit.kit import Kit
from debatekit.kit.lines import LINES_NAME
from debatekit.kit.problems import UserError
from debatekit.quiz.reprint import CODE, Recorded, recorded, reprinted
from debatekit.render.build import Built, sha256
from debatekit.render.html import Paper, Theme, print_styles
from debatekit.render.pdf import font_paths, versions

MANIFEST = "manifest.json"
FORMS = "forms"
VERSION = 2


def made_from(
    kit: Kit,
    paper: Paper,
    theme: Theme = "standard",
    format_id: str = DEFAULT,
    fillable: bool = False,
    class_size: int = STUDENTS,
) -> dict[str, Any]:
    """Hashes and versions of everything that decides the bytes of the PDFs."""
    names = [*print_styles(paper, theme), *(["fields.css"] if fillable else [])]
    sheets = [templates() / name for name in names]
    pages = sorted(templates().glob("*.html"))
    return {
        "debatekit": __version__,
        "kit": _kit(kit),
        "paper": paper,
        "theme": theme,
        "format": format_id,
        "templates": sha256(b"".join(p.read_bytes() for p in [*pages, *sheets])),
        "fonts": {path.name: sha256(path.read_bytes()) for path in font_paths()},
        "versions": versions(),
        **({"fillable": True} if fillable else {}),
        **({"class_size": class_size} if class_size != STUDENTS else {}),
    }


def _kit(kit: Kit) -> dict[str, str]:
    return {"id": kit.id, "version": kit.head.version, "sha256": kit_sha256(kit)}


def kit_sha256(kit: Kit) -> str:
    """One hash over the kit's YAML files and line numbers, by name."""
    digest = hashlib.sha256()
    for path in sorted([*kit.folder.rglob("*.yaml"), *kit.folder.glob(LINES_NAME)]):
        name = path.relative_to(kit.folder).as_posix()
        digest.update(f"{name}\0{sha256(path.read_bytes())}\n".encode())
    return digest.hexdigest()


def write_manifest(
    out: Path,
    inputs: Mapping[str, Any],
    record: Mapping[str, Any],
    built: Sequence[Built],
) -> Path:
    """Record what the files of OUT were made from, beside them.

    Entries of an earlier build stay only where it was made from the very same things,
    seed and forms included.
    """
    path = out / MANIFEST
    origin = {"made_from": dict(inputs), **record}
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
    manifest = {"version": VERSION, **origin, "files": dict(sorted(entries.items()))}
    return _write(path, manifest)


def read_manifest(path: Path) -> dict[str, Any] | None:
    """A manifest, or None where there is none that can be read."""
    manifest = _read(path)
    try:
        known = manifest["version"] in (1, VERSION)
        return manifest if known and isinstance(manifest["files"], dict) else None
    except (KeyError, TypeError):
        return None


# ---------------------------------------------------------------------- forms


def forms_to_keep(out: Path, kit: Kit, record: Mapping[str, Any]) -> dict[str, Any]:
    """What OUT/forms/CODE.json is to say of forms, with the letters it has by now.

    Raises UserError where it holds other forms of the same code that may still be in
    somebody's hands; only such as this kit cannot print any more are let go.
    """
    kept = {
        "version": VERSION,
        "debatekit": __version__,
        "kit": _kit(kit),
        **record,
    }
    new = recorded(kept)
    assert new is not None
    path = forms_path(out, new.code)
    old = recorded(_read(path))
    if old is None:
        return kept
    shared = old.forms.keys() & new.forms.keys()
    if _origin(old) == _origin(new):
        if all(old.forms[code] == new.forms[code] for code in shared):
            kept["forms"] = dict(sorted({**old.forms, **new.forms}.items()))
            return kept
        if not _can_be_printed(kit, old):
            return kept
    raise UserError(
        f"{path.as_posix()} holds other forms of the code {new.code}; nothing was "
        "printed",
        f"`build quiz key --form-code {new.code}` prints those again; draw others with "
        "another --seed, or write to another folder with --out",
    )


def _origin(known: Recorded) -> tuple[object, ...]:
    """What a code stands for."""
    return known.kit, known.kit_version, known.seed, sorted(known.items)


def _can_be_printed(kit: Kit, known: Recorded) -> bool:
    try:
        reprinted(kit, known)
    except UserError:
        return False
    return True


def keep_forms(out: Path, kept: Mapping[str, Any]) -> Path:
    """Write OUT/forms/CODE.json."""
    code = next(iter(kept["forms"])).partition("-")[0]
    return _write(forms_path(out, code), kept)


def forms_path(out: Path, code: str) -> Path:
    return out / FORMS / f"{code}.json"


def recorded_forms(path: Path) -> Recorded:
    """The forms that a manifest, or a file of forms, records. Raises UserError."""
    known = recorded(_read(path))
    if known is None:
        raise UserError(
            f"{path.as_posix()} does not record the forms of a quiz",
            "name the manifest.json of a build, or a file of its folder forms",
        )
    return known


def forms_of_code(out: Path, asked: str) -> Recorded:
    """The forms kept under a code as it stands at the foot of a page: 'AB4C-B', or
    without the letter. Raises UserError where there are none."""
    code, _, letter = asked.strip().upper().partition("-")
    path = forms_path(out, code)
    if not CODE.fullmatch(f"{code}-{letter or 'A'}") or not path.is_file():
        there = sorted(p.stem for p in (out / FORMS).glob("*.json"))
        folder = (out / FORMS).as_posix()
        raise UserError(
            f'no forms of the code "{asked}" are kept in {folder}',
            f"there are: {', '.join(there)}"
            if there
            else "--out names the folder they were printed to",
        )
    known = recorded_forms(path)
    if letter and letter not in known.letters:
        raise UserError(
            f"of the code {code} there is no form {letter}",
            f"there are: {', '.join(known.letters)}",
        )
    return known


def _write(path: Path, data: Mapping[str, Any]) -> Path:
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, text.encode())
    return path


def _read(path: Path) -> Any:
    """The JSON of a file; None where there is none that can be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
