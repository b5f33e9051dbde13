"""HTML: whatever a kit says stays text, whatever page it stands on."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec.inspect
import pytest
from kits import read_yaml, write_yaml

from debatekit.assets import starter_kit, templates
from debatekit.documents.handouts import HANDOUTS, Handout, handouts, printed_forms
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.load import FILES, FOLDERS
from debatekit.kit.review import review, sound_kit
from debatekit.quiz.passages import nested
from debatekit.render.html import screen_styles, to_html, voice
from debatekit.render.pdf import Printer

HOSTILE = (
    "K{}K <img src=file:///etc/passwd> </style><style>@import 'x';</style> "
    '{{{{7*7}}}} {{% raise %}} "><link rel=attachment href=file:///etc/passwd> '
    "&amp; &#60;b&#62; <!-- “<b>said</b>” </title> `${{x}}`"
)
HARMLESS = "K{}K some ordinary words that mean no harm and “said” the rest"

# Printed nowhere, on purpose: what only `check` and `quiz` need.
UNPRINTED = {
    "Reference.url",
    "Reference.note",
    "KitFile.established",
    "KitFile.contested",
    "Term.also",
}
# Kept as they are: they name a file, or are words of another field (set below).
KEPT = {
    "SourceText.file",
    "Evidence.read",
    "Proof.words",
    "Term.also",
    "Copies.name",
    "Copies.parts",
    "Step.hand",
}
# In no handout yet, nor in the kit of these tests. A handout that prints one of them
# needs it there first: see fill() in kits.py.
NOT_IN_HANDOUTS = {
    "CodedComment",
    "CommentsFile",
    "Copies",
    "DebateFormat",
    "Event",
    "Groups",
    "Lesson",
    "Move",
    "Person",
    "Poi",
    "Prep",
    "Role",
    "SideNames",
    "Speech",
    "Standard",
    "Starters",
    "Statement",
    "Step",
    "Weighing",
}

ALL_FILES = {**FILES, **{f"{name}/*.yaml": kind for name, kind in FOLDERS.items()}}


class Rewriter:
    """Puts a numbered text of its own into every free text field of a kit's files."""

    def __init__(self, pattern: str):
        self.pattern = pattern
        self.fields: dict[int, str] = {}

    def rewrite(self, folder: Path) -> None:
        for name, kind in ALL_FILES.items():
            info = msgspec.inspect.type_info(kind)
            for path in sorted(folder.glob(name)):
                write_yaml(path, self.value(info, read_yaml(path), kind.__name__))
        self.copy_verbatim_words(folder)

    def value(self, info: Any, data: Any, field: str) -> Any:
        match info:
            case msgspec.inspect.StructType():
                fields = {f.encode_name: f.type for f in info.fields}
                kind = info.cls.__name__
                return {
                    name: self.value(fields[name], child, f"{kind}.{name}")
                    for name, child in data.items()
                }
            case msgspec.inspect.Metadata():
                return self.value(info.type, data, field)
            case msgspec.inspect.VarTupleType():
                return [self.value(info.item_type, child, field) for child in data]
            case msgspec.inspect.DictType():
                inner = info.value_type
                return {k: self.value(inner, child, field) for k, child in data.items()}
            case msgspec.inspect.UnionType():
                (kind,) = [
                    t for t in info.types if not isinstance(t, msgspec.inspect.NoneType)
                ]
                return self.value(kind, data, field)
            case msgspec.inspect.StrType(pattern=None) if field not in KEPT:
                number = len(self.fields) + 100
                self.fields[number] = field
                return self.pattern.format(number)
        return data

    @staticmethod
    def copy_verbatim_words(folder: Path) -> None:
        """Words to read aloud and proofs are verbatim: copy them from the new texts."""
        sources = {p: read_yaml(p) for p in folder.glob("sources/*.yaml")}
        texts = {p["id"]: p["text"] for s in sources.values() for p in s["passages"]}
        notes = {s["id"]: s["head_note"] for s in sources.values()}
        for side in model.SIDES:
            data = read_yaml(folder / f"{side}.yaml")
            for contention in data["contentions"]:
                for evidence in contention["evidence"]:
                    if "read" in evidence:
                        evidence["read"] = [texts[evidence["passage"]].split(" ", 1)[1]]
            write_yaml(folder / f"{side}.yaml", data)
        for path in folder.glob("items/*.yaml"):
            data = read_yaml(path)
            for item in data["items"]:
                if item.get("type") == "cloze":
                    item["stem"] += " ____"
                for proof in item["proof"]:
                    if "words" in proof:
                        known = texts.get(proof.get("passage"))
                        proof["words"] = known or notes[proof["source"]]
            write_yaml(path, data)


class Structure(HTMLParser):
    """What a browser makes of a page: its elements, and its text apart."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(" ".join([tag, *sorted(name for name, _ in attrs)]))
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.elements.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append("comment")

    @property
    def text(self) -> str:
        """What is read, the running head and foot included."""
        values = [f" {value} " for _, _, value in self.attributes]
        return " ".join("".join([*self.texts, *values]).split())


def parsed(html: str) -> Structure:
    page = Structure()
    page.feed(html)
    page.close()
    return page


def pages_of(folder: Path) -> dict[str, str]:
    kit = sound_kit(folder)
    return {
        h.name: to_html(h.template, h.document)
        for h in handouts(kit, (), printed_forms(kit, 2, seed=1))
    }


def rewritten(full_kit: Path, folder: Path, pattern: str) -> Rewriter:
    shutil.copytree(full_kit, folder)
    (folder / "quotes.lock").unlink()
    rewriter = Rewriter(pattern)
    rewriter.rewrite(folder)
    return rewriter


@pytest.fixture(scope="module")
def hostile(
    full_kit: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Rewriter, Path]:
    folder = tmp_path_factory.mktemp("hostile") / "kit"
    return rewritten(full_kit, folder, HOSTILE), folder


# -------------------------------------------------------------------- hostile text


def test_every_free_text_field_of_the_format_is_tried(
    hostile: tuple[Rewriter, Path],
) -> None:
    rewriter, _ = hostile
    tried = set(rewriter.fields.values())
    assert len(tried) > 40
    left = set(text_fields()) - tried - KEPT
    assert {name for name in left if name.split(".")[0] not in NOT_IN_HANDOUTS} == set()


def text_fields() -> Iterator[str]:
    """Record.field of every text of the format that is not an id, a date or a hash."""
    known = msgspec.inspect.multi_type_info([*ALL_FILES.values()])
    waiting: list[tuple[str, Any]] = [("", info) for info in known]
    seen = set()
    while waiting:
        field, info = waiting.pop()
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls not in seen:
                seen.add(info.cls)
                name = info.cls.__name__
                waiting += [(f"{name}.{f.encode_name}", f.type) for f in info.fields]
        elif isinstance(info, msgspec.inspect.Metadata):
            waiting.append((field, info.type))
        elif isinstance(info, msgspec.inspect.VarTupleType):
            waiting.append((field, info.item_type))
        elif isinstance(info, msgspec.inspect.DictType):
            waiting.append((field, info.value_type))
        elif isinstance(info, msgspec.inspect.UnionType):
            waiting += [(field, kind) for kind in info.types]
        elif isinstance(info, msgspec.inspect.StrType) and info.pattern is None:
            yield field


def test_hostile_text_makes_no_element_and_no_attribute(
    hostile: tuple[Rewriter, Path], full_kit: Path, tmp_path: Path
) -> None:
    """The page has the very elements that the same kit with harmless text has."""
    rewritten(full_kit, tmp_path / "kit", HARMLESS)
    harmless = pages_of(tmp_path / "kit")
    pages = pages_of(hostile[1])
    assert set(pages) == set(harmless)
    assert len(pages) == len(HANDOUTS) + 1, "some handout was not tried"
    for name, html in pages.items():
        page = parsed(html)
        assert page.elements == parsed(harmless[name]).elements, name
        assert not {e.split()[0] for e in page.elements} & {"img", "link", "style"}
        for tag, attribute, value in page.attributes:
            if attribute == "style":
                assert re.fullmatch(r"[-a-z0-9.:; %]+", value), value
            if re.search(r"K\d+K", value):
                assert tag == "body"
                assert attribute in ("data-head", "data-foot")


def test_hostile_text_is_printed_as_it_is(hostile: tuple[Rewriter, Path]) -> None:
    """Each field on some page, letter for letter, wherever it is on a page at all."""
    rewriter, folder = hostile
    pages = {name: parsed(html).text for name, html in pages_of(folder).items()}
    everything = " ".join(pages.values())
    missing, printed = set(), set()
    for number, field in rewriter.fields.items():
        payload = rewriter.pattern.format(number)
        for text in pages.values():
            shown = text.count(f"K{number}K")
            whole = text.count(payload) + text.count(nested(payload))
            assert shown == whole, (field, number)
        (printed if f"K{number}K" in everything else missing).add(field)
    left = missing - printed - UNPRINTED
    assert {name for name in left if name.split(".")[0] not in NOT_IN_HANDOUTS} == set()


def test_hostile_text_is_printed_on_paper(hostile: tuple[Rewriter, Path]) -> None:
    """It asks for nothing while it is laid out: one request would end the printing."""
    _, folder = hostile
    printer = Printer("letter", allowed=(folder,))
    for name, html in pages_of(folder).items():
        if name == "cards":  # No card has room for it.
            continue
        data = printer.print(html, name).data
        assert b"/EmbeddedFile" not in data
        assert b"/Filespec" not in data


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\x9b", "\x07"])
def test_text_that_turns_lines_round_does_not_get_this_far(
    starter: Path, char: str
) -> None:
    path = starter / "glossary.yaml"
    data = read_yaml(path)
    data["terms"][0]["meaning"] += char
    write_yaml(path, data)
    assert [p.location.file for p in review(starter).problems] == [path.as_posix()]


def test_voice_sets_quoted_words_apart_and_escapes_both() -> None:
    assert str(voice("a <b> “<i>c</i>” & “d")) == (
        "<span>a &lt;b&gt;</span> "
        '<span class="quoted">“&lt;i&gt;c&lt;/i&gt;”</span> &amp; “d'
    )
    assert str(voice("x “y”, z “w”")) == (
        '<span>x</span> <span class="quoted">“y”</span>'
        '<span>, z</span> <span class="quoted">“w”</span>'
    )


# ----------------------------------------------------------------------- templates


def template_texts() -> dict[str, str]:
    found = {p.name: p.read_text(encoding="utf-8") for p in templates().glob("*.html")}
    assert len(found) >= 7, "no templates were scanned"
    return found


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("|safe turns escaping off", r"\|\s*safe\b"),
        ("escaping is turned off", r"autoescape|\bMarkup\b"),
        ("a value inside style=", r"style\s*=\s*[\"'][^\"']*\{[{%]"),
        ("a value as an unquoted attribute", r"=\s*\{[{%]"),
        ("a value in an address or a script", r"\b(href|src|on\w+)\s*=\s*.?\{[{%]"),
        ("a script", r"<script"),
    ],
)
def test_templates_keep_to_the_rules_of_escaping(fault: str, pattern: str) -> None:
    markup = {
        name: re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        for name, text in template_texts().items()
        # The quiz for the browser is a program: tests/test_exports_html.py holds its
        # script and data to rules of their own.
        if name != "quizpage.html"
    }
    # A number with its unit is no text: the test of attributes above holds it to that.
    sized = re.compile(r"\{\{[^}]*\}\}(?:em|mm)\b")
    sizes = {name: sized.sub("1em", text) for name, text in markup.items()}
    outside = {n: re.sub(r"\{%.*?%\}", "{% %}", t) for n, t in sizes.items()}
    found = [name for name, text in outside.items() if re.search(pattern, text)]
    assert found == [], fault


def test_the_only_value_in_a_style_element_is_our_own_style_sheet() -> None:
    """Escaping does not help there: a brace ends a rule all the same."""
    inside = [
        value
        for name, text in template_texts().items()
        if name != "quizpage.html"
        for style in re.findall(r"<style.*?</style>", text, re.DOTALL)
        for value in re.findall(r"\{\{.*?\}\}", style)
    ]
    assert inside == ["{{ styles }}"]
    sheets = list(templates().glob("*.css"))
    assert sheets
    assert not [s.name for s in sheets if "{{" in s.read_text(encoding="utf-8")]
    assert "</style" not in screen_styles()
    assert "@import" not in screen_styles()
    assert "url(" not in screen_styles()


# -------------------------------------------------------------------------- golden


@pytest.mark.parametrize("name", HANDOUTS)
def test_the_pages_of_a_small_kit(
    name: str, full_kit: Path, golden: Callable[[str, str], None]
) -> None:
    """Read the change, then accept it with pytest --update-golden.

    The starter's, but for handouts that need more than the starter has.
    """
    kits = (sound_kit(folder) for folder in (starter_kit(), full_kit))
    made = (handout for kit in kits for handout in all_handouts(kit))
    handout = next(handout for handout in made if handout.name == name)
    golden(f"html/{name}.html", to_html(handout.template, handout.document))


def all_handouts(kit: Kit) -> list[Handout]:
    return list(handouts(kit, (), printed_forms(kit, 1, seed=1)))
