"""What ends a printing: anything WeasyPrint lost, and any file that is not ours."""

from __future__ import annotations

import io
import os
import socket
import urllib.request
from pathlib import Path
from typing import Any, NoReturn

import pikepdf
import pytest
from pdfs import uncompressed

from debatekit.cli.main import run
from debatekit.kit.problems import UserError
from debatekit.render.pdf import Printer

CANARY = "CANARY-7731-outside-the-kit"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    f"<title>{CANARY}</title><rect width='9' height='9'/></svg>"
)


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Printer:
    """One that may read a single folder, which holds a picture and a style sheet."""
    folder = tmp_path_factory.mktemp("allowed")
    (folder / "picture.svg").write_text(SVG, encoding="utf-8")
    return Printer("letter", allowed=(folder,))


@pytest.fixture
def canary(tmp_path: Path) -> str:
    """The address of a folder outside, with a canary in every kind of file."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "canary.svg").write_text(SVG, encoding="utf-8")
    (outside / "canary.txt").write_text(CANARY, encoding="utf-8")
    style = f'body::after {{ content: "{CANARY}" }}'
    (outside / "canary.css").write_text(style, encoding="utf-8")
    return outside.as_uri()


def page(body: str = "<p>Words.</p>", head: str = "") -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Trial</title>{head}</head><body>{body}</body></html>"
    )


def test_a_page_without_fault_is_printed(printer: Printer) -> None:
    assert printer.print(page(), "trial").pages == 1


# --------------------------------------------------------- warnings are problems


@pytest.mark.parametrize(
    ("html", "says"),
    [
        (page('<p style="colr: red">x</p>'), "colr"),
        (page(head="<style>p { colour: red }</style>"), "colour"),
        (page(head="<style>p { color: }</style>"), "color"),
        (page('<img src="data:image/png;base64,AAAA" alt="x">'), "image"),
        (page('<img src="missing.png" alt="x">'), "missing.png"),
        (page("<p>\U0001f600</p>"), "U+1F600"),
        (page("<p>华为</p>"), "U+534E"),
        (page().replace(' lang="en"', ""), "lang"),
        (
            page(
                '<img src="data:image/svg+xml,'
                "<svg xmlns='http://www.w3.org/2000/svg'/>\" alt=''>"
            ),
            "alt",
        ),
    ],
)
def test_what_weasyprint_warns_of_ends_the_printing(
    printer: Printer, html: str, says: str
) -> None:
    with pytest.raises(UserError) as failure:
        printer.print(html, "brief-pro")
    assert failure.value.message.startswith("brief-pro: ")
    assert says in failure.value.message


def test_the_next_page_after_a_fault_is_printed(printer: Printer) -> None:
    """A warning belongs to one handout; it must not stick to the printer."""
    with pytest.raises(UserError):
        printer.print(page("<p>\U0001f600</p>"), "brief-pro")
    assert printer.print(page(), "brief-con").pages == 1


@pytest.mark.parametrize("text", ["Huawei \U0001f4f1", "Huawei (华为)"])
def test_a_letter_that_no_font_has_is_named_with_its_handout(
    starter: Path, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = starter / "pro.yaml"
    words = "People who carry public duties"
    changed = path.read_text(encoding="utf-8").replace(words, f"{text} {words}")
    path.write_text(changed, encoding="utf-8")
    out = tmp_path / "out"
    assert run(["build", "--kit", str(starter), "--out", str(out)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("debatekit: brief-pro: ")
    assert f"U+{ord(next(c for c in text if ord(c) > 0x2000)):X}" in error
    assert not out.exists()


# ----------------------------------------------------------- files from elsewhere

REFUSED = {
    "img": page('<img src="{}/canary.svg" alt="x">'),
    "object": page('<object data="{}/canary.svg">x</object>'),
    "embed": page('<embed src="{}/canary.svg">'),
    "background": page('<p style="background: url({}/canary.svg)">x</p>'),
    "list-style-image": page(
        '<ul style="list-style-image: url({}/canary.svg)"><li>x</li></ul>'
    ),
    "border-image": page(
        '<p style="border: 3pt solid; border-image: url({}/canary.svg) 3">x</p>'
    ),
    "content": page(head="<style>p::after {{ content: url({}/canary.svg) }}</style>"),
    "page background": page(
        head="<style>@page {{ background: url({}/canary.svg) }}</style>"
    ),
    "link rel=attachment": page(
        head='<link rel="attachment" href="{}/canary.txt">',
    ),
    "a rel=attachment": page('<a rel="attachment" href="{}/canary.txt">x</a>'),
    "link rel=stylesheet": page(head='<link rel="stylesheet" href="{}/canary.css">'),
    "@import": page(head='<style>@import "{}/canary.css";</style>'),
    "@font-face": page(
        head="<style>@font-face {{ font-family: X; src: url({}/canary.txt) }} "
        "p {{ font-family: X }}</style>"
    ),
    "base": page(
        head='<base href="{}/"><link rel="attachment" href="canary.txt">',
    ),
    "svg image": page(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<image href="{}/canary.svg" width="9" height="9"/></svg>'
    ),
}
NEVER_READ = {
    "iframe": page('<iframe src="{}/canary.svg"></iframe>'),
    "video": page('<video poster="{0}/canary.svg" src="{0}/canary.txt"></video>'),
    "srcset": page('<img srcset="{}/canary.svg 2x" alt="x">'),
    "svg use": page(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<use href="{}/canary.svg#a"/></svg>'
    ),
    "script": page('<script src="{}/canary.txt"></script><p>x</p>'),
    "input": page('<input type="image" src="{}/canary.svg"><p>x</p>'),
}


@pytest.mark.parametrize("construct", REFUSED)
def test_a_file_outside_the_kit_is_refused(
    printer: Printer, canary: str, construct: str
) -> None:
    with pytest.raises(UserError) as failure:
        printer.print(REFUSED[construct].format(canary), "sources")
    assert failure.value.message.startswith("sources: ")
    assert CANARY not in failure.value.message


@pytest.mark.parametrize("construct", NEVER_READ)
def test_what_weasyprint_does_not_read_is_not_in_the_file(
    printer: Printer, canary: str, construct: str
) -> None:
    data = printer.print(NEVER_READ[construct].format(canary), "sources").data
    assert not holds_canary(data)


def test_the_search_for_the_canary_finds_one_that_was_let_in(
    tmp_path: Path, canary: str
) -> None:
    outside = Printer("letter", allowed=(tmp_path,))
    html = REFUSED["link rel=attachment"].format(canary)
    assert holds_canary(outside.print(html, "sources").data)


def holds_canary(data: bytes) -> bool:
    pdf = pikepdf.open(io.BytesIO(data))
    forms = (CANARY.encode(), CANARY.encode("utf-16-be"))
    return bool(pdf.attachments) or any(form in uncompressed(pdf) for form in forms)


@pytest.mark.parametrize(
    "way",
    [
        "{folder}/../outside/canary.svg",
        "{folder}/%2e%2e/outside/canary.svg",
        "{folder}/link.svg",
        "{folder}/linked/canary.svg",
        "{folder}",
        "{folder}/fifo",
        "file:///dev/zero",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file://localhost/etc/passwd",
        "{folder}-sibling/canary.svg",
        "{folder}/picture.svg%00.png",
    ],
)
def test_no_way_round_leads_out_of_the_kit(
    tmp_path: Path, canary: str, way: str
) -> None:
    folder, outside = tmp_path / "kit", tmp_path / "outside"
    for made in (folder, tmp_path / "kit-sibling"):
        made.mkdir()
        (made / "picture.svg").write_text(SVG, encoding="utf-8")
        (made / "canary.svg").write_text(SVG, encoding="utf-8")
    (folder / "link.svg").symlink_to(outside / "canary.svg")
    (folder / "linked").symlink_to(outside)
    os.mkfifo(folder / "fifo")
    printer = Printer("letter", allowed=(folder,))
    assert printer.print(page(img(folder.as_uri() + "/picture.svg")), "cards").pages
    with pytest.raises(UserError) as failure:
        printer.print(page(img(way.format(folder=folder.as_uri()))), "cards")
    assert failure.value.message.startswith("cards: ")


def img(address: str) -> str:
    return f'<img src="{address}" alt="x">'


# ------------------------------------------------------------------- the network


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every try to reach the network is noted, and fails."""
    tries: list[str] = []

    def refuse(name: str) -> Any:
        def attempt(*arguments: Any, **_: Any) -> NoReturn:
            tries.append(f"{name}{arguments}")
            raise OSError("a test must not reach the network")

        return attempt

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse(name), raising=True)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse(name))
    return tries


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/canary.svg",
        "https://example.org/canary.svg",
        "ftp://example.org/canary.svg",
        "//example.org/canary.svg",
        "HTTP://127.0.0.1/canary.svg",
    ],
)
@pytest.mark.parametrize("construct", ["img", "link rel=stylesheet", "@import"])
def test_the_network_is_refused_before_a_socket_is_opened(
    printer: Printer, no_network: list[str], construct: str, address: str
) -> None:
    html = REFUSED[construct]
    for name in ("svg", "css"):
        html = html.replace(f"{{}}/canary.{name}", address)
    with pytest.raises(UserError):
        printer.print(html, "quiz")
    assert no_network == []


def test_a_whole_build_opens_no_socket(
    starter: Path, tmp_path: Path, no_network: list[str]
) -> None:
    assert run(["build", "--kit", str(starter), "--out", str(tmp_path / "out")]) == 0
    assert len(list((tmp_path / "out").rglob("*.pdf"))) >= 6
    assert no_network == []


def test_the_watch_on_sockets_sees_one(no_network: list[str]) -> None:
    with pytest.raises(OSError, match="network"):
        urllib.request.urlopen("http://127.0.0.1:9/")
    assert no_network
