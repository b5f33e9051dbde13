"""The quiz as a web page, as bytes: whole, offline, safe, the same again."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from commands import debatekit, environment

from debatekit.assets import bundled_kit
from debatekit.cli import main as cli
from debatekit.exports import EXPORTERS, exporter
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz.choose import choose_any
from debatekit.quiz.forms import make_forms

LARGEST = 400_000
NASTY = "</script><script>alert(1)</script><!-- \"q\" 'a' & 🙂\u2028\u2029 &lt;b&gt;"


class Page(HTMLParser):
    """A page as a browser takes it apart: elements, and the text each begins with."""

    def __init__(self, raw: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.inside = ""
        self.feed(raw.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.setdefault(tag, []).append("")
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[self.inside][-1] += data

    @property
    def data(self) -> Any:
        return json.loads(self.texts["script"][0])

    @property
    def policy(self) -> str:
        return next(
            str(attributes["content"])
            for tag, attributes in self.elements
            if attributes.get("http-equiv") == "Content-Security-Policy"
        )


def exported(kit: Kit, count: int = 40, seed: int = 1) -> bytes:
    forms = make_forms(
        kit, choose_any(kit, [*kit.items.values()], count, seed), 1, seed
    )
    return exporter("html").export(kit, forms.forms[0], forms.keys[0], seed)


@pytest.fixture(scope="module")
def bundled() -> bytes:
    return exported(sound_kit(bundled_kit()))


def hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_forty_items_of_the_bundled_kit_are_a_small_page(bundled: bytes) -> None:
    assert len(bundled) < LARGEST
    page = Page(bundled)
    assert len(page.data["key"]) == 40
    assert sum(len(block["items"]) for block in page.data["blocks"]) == 40


def test_nothing_is_fetched(bundled: bytes) -> None:
    page = Page(bundled)
    loaded = [
        value
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in ("src", "srcset", "href", "action", "data", "poster", "style")
    ]
    assert loaded == ["data:,"]
    assert not {"a", "form", "iframe", "img", "object"} & page.texts.keys()
    assert not re.search(r"url\(|@import|@font-face", page.texts["style"][0])
    asking = (
        r"\b(fetch|XMLHttpRequest|WebSocket|sendBeacon|EventSource|import)\b\s*[(.]"
    )
    assert not re.search(asking, page.texts["script"][1])


def test_the_policy_lets_only_this_script_and_this_style_run(bundled: bytes) -> None:
    page = Page(bundled)
    policy = dict(part.strip().split(" ", 1) for part in page.policy.split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == hashed(page.texts["script"][1])
    assert policy["style-src"] == hashed(page.texts["style"][0])
    assert "connect-src" not in policy


def test_the_script_makes_no_markup_of_texts(bundled: bytes) -> None:
    script = Page(bundled).texts["script"][1]
    assert script.startswith('"use strict";')
    unsafe = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\("
    )
    assert not re.search(unsafe, script)


@pytest.mark.parametrize("field", ["stem", "title", "option", "why", "sample"])
def test_whatever_a_text_says_stays_a_text(full_kit: Path, field: str) -> None:
    kit = sound_kit(full_kit)
    item = kit.items["written" if field == "sample" else "eisenhower-who"]
    if field == "title":
        kit = dataclasses.replace(
            kit, head=msgspec.structs.replace(kit.head, title=NASTY)
        )
    elif field in ("stem", "sample"):
        item = msgspec.structs.replace(item, **{field: NASTY})
    else:
        name = "text" if field == "option" else "why"
        options = {
            letter: msgspec.structs.replace(option, **{name: f"{NASTY} {letter}"})
            for letter, option in item.options.items()
        }
        item = msgspec.structs.replace(item, options=options)
    kit = dataclasses.replace(kit, items={item.id: item})
    page = Page(exported(kit))
    assert [tag for tag, _ in page.elements].count("script") == 2
    assert NASTY in strings(page.data)
    assert "\u2028" not in page.texts["script"][0]
    assert "<" not in page.texts["script"][0]
    assert (
        page.texts["script"][1]
        == Page(exported(sound_kit(full_kit))).texts["script"][1]
    )


def strings(data: Any) -> str:
    """Every text in the data, one after the other."""
    if isinstance(data, dict):
        return " ".join(strings(value) for value in data.values())
    if isinstance(data, list):
        return " ".join(map(strings, data))
    return str(data)


def test_what_is_printed_has_no_answers(full_kit: Path) -> None:
    """The fixture's rationales begin with 'rationale'."""
    raw = exported(sound_kit(full_kit), 60).decode()
    paper = raw.partition('<section class="paper">')[2].partition("</main>")[0]
    page = raw.partition('<script type="application/json"')[0]
    assert "Stem of several" in paper
    assert "choice several a" in paper
    assert "rationale" in raw
    assert "rationale" not in page
    for told in ("corrected", "filled gap", "other filling"):
        assert told in raw
        assert told not in page


def test_the_same_kit_and_seed_give_the_same_bytes(full_kit: Path) -> None:
    kit = sound_kit(full_kit)
    assert exported(kit) == exported(sound_kit(full_kit))
    assert exported(kit) != exported(kit, seed=2)


def test_the_bytes_do_not_hang_on_the_order_of_sets(
    full_kit: Path, tmp_path: Path
) -> None:
    for salt in ("1", "2"):
        out = tmp_path / f"{salt}.html"
        done = debatekit(
            *("export", "html", "--kit", full_kit, "--out", out),
            env=environment(PYTHONHASHSEED=salt),
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


# ---------------------------------------------------------------------- command


def test_the_file_is_named_after_the_kit(
    starter: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["export", "html", "--kit", str(starter)]) == 0
    assert capsys.readouterr().out == "wrote voting-age-quiz.html: 3 items\n"
    assert Page((tmp_path / "voting-age-quiz.html").read_bytes()).data["seed"] == 1


def test_items_can_be_narrowed(
    full_kit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.html"
    start = ["export", "html", "--kit", str(full_kit), "--out", str(out)]
    assert cli.run([*start, "--items", "4", "--skill", "word", "--seed", "7"]) == 0
    data = Page(out.read_bytes()).data
    assert [entry["skill"] for entry in data["key"].values()] == ["word"] * 4
    assert data["seed"] == 7
    assert cli.run([*start, "--items", "999"]) == 0
    curated = Page(out.read_bytes()).data["key"]
    assert not any(name.startswith("gen-") for name in curated)
    assert cli.run([*start, "--items", "999", "--generated"]) == 0
    more = Page(out.read_bytes()).data["key"]
    assert any(name.startswith("gen-") for name in more)
    assert set(curated) < set(more)
    capsys.readouterr()


def test_what_is_wrong_is_said_in_a_sentence(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", "htm"]) == cli.EXIT_USAGE
    assert 'there is no format "htm"' in capsys.readouterr().err
    kit = ["--kit", str(starter)]
    assert cli.run(["export", "html", *kit, "--source", "nobody"]) == 1
    assert 'no source "nobody"' in capsys.readouterr().err
    (tmp_path / "file").touch()
    out = str(tmp_path / "file" / "quiz.html")
    assert cli.run(["export", "html", *kit, "--out", out]) == 1
    assert "cannot write" in capsys.readouterr().err


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_format_is_a_module_that_exports(full_kit: Path, name: str) -> None:
    kit = sound_kit(full_kit)
    forms = make_forms(kit, [*kit.items.values()][:3], 1, 1)
    module = exporter(name)
    assert module.SUFFIX.startswith(".")
    assert module.export(kit, forms.forms[0], forms.keys[0], 1)
