"""Line numbers: broken once, kept in the lock, and at the same words in every copy."""

from __future__ import annotations

import html
import io
import itertools
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from kits import read_yaml, write_yaml
from pdfs import squeezed

from debatekit.assets import bundled_kit, templates
from debatekit.cli.main import run
from debatekit.documents.brief import brief
from debatekit.documents.handouts import printed_forms
from debatekit.documents.key import key
from debatekit.documents.sources import Level, sources
from debatekit.kit.kit import Kit
from debatekit.kit.lines import (
    LEVELS,
    LINES_NAME,
    Lines,
    SourceLines,
    numbered_texts,
    read_lines,
    spelled,
    write_lines,
)
from debatekit.kit.review import practice_kit, review, sound_kit
from debatekit.quiz.passages import cite, form_passage, nested
from debatekit.quiz.records import FormBlock
from debatekit.render.boxes import pages_of, text_lines
from debatekit.render.html import Paper, Theme, in_lines, screen_styles, to_html
from debatekit.render.lines import broken, line_ends, with_lines
from debatekit.render.pdf import Printer
from debatekit.terminal.page import Page
from debatekit.terminal.show import passages as show_passages

CHANGED = "WeasyPrint changed its boxes: see render/boxes.py"


@pytest.fixture(scope="module")
def bundled() -> Kit:
    return sound_kit(bundled_kit())


@pytest.fixture(scope="module")
def fresh(bundled: Kit) -> dict[str, SourceLines]:
    """The lines of the bundled kit as a layout of today breaks them."""
    return broken(bundled, list(bundled.sources))


@pytest.fixture
def kit(full_kit: Path, tmp_path: Path) -> Path:
    """A copy of a small kit with readings at both levels, and no lock."""
    return shutil.copytree(full_kit, tmp_path / "kit")


@pytest.fixture
def locked(kit: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["lines", "--kit", str(kit), "--lock"]) == 0
    capsys.readouterr()
    return kit


def all_texts(kit: Kit) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Source id, block, and the texts of the block, of everything that is numbered."""
    for source in kit.sources:
        reading = kit.extras.readings.get(source.id)
        for block, texts in numbered_texts(source, reading).items():
            yield source.id, block, texts


def cut(text: str, ends: tuple[int, ...]) -> list[str]:
    """The lines of a text without the space between them."""
    starts = (0, *ends)
    return [text[a:b].strip() for a, b in zip(starts, ends, strict=False)]


# ------------------------------------------------------------- WeasyPrint's own boxes


def test_the_boxes_of_weasyprint_are_as_we_know_them() -> None:
    """If this fails alone, a new version of WeasyPrint moved what we look at."""
    page = (
        '<!doctype html><html lang="en"><head><title>Trial</title><style>'
        "p { width: 30mm; font-size: 10pt } .two { break-before: page }"
        '</style></head><body data-all="yes">'
        '<p data-text="one">These are words in <b>several kinds</b> of type that need '
        'a few lines.</p><p data-text="two" class="two" data-all="no">Two.</p>'
        "</body></html>"
    )
    try:
        laid = Printer("letter").lay_out(page, "trial")
        lines = text_lines(laid, "data-text")
        pages = pages_of(laid, "data-text"), pages_of(laid, "data-all")
    except (ImportError, AttributeError, TypeError) as change:
        pytest.fail(f"{CHANGED} ({change})")
    joined = " ".join(" ".join(lines.get("one", ())).split())
    assert (
        joined == "These are words in several kinds of type that need a few lines."
    ), CHANGED
    assert lines["two"] == ["Two."], CHANGED
    assert 3 <= len(lines["one"]) <= 6, CHANGED
    assert all(len(line) < 30 for line in lines["one"]), CHANGED
    assert pages == ({"one": [1], "two": [2]}, {"yes": [1, 2], "no": [2]}), CHANGED


# -------------------------------------------------------------------------- breaking


def test_lines_joined_are_the_text(bundled: Kit, fresh: dict[str, SourceLines]) -> None:
    met = 0
    for source, block, texts in all_texts(bundled):
        known = fresh[source]
        ends = (known.passages if block == "passages" else known.levels[block]).ends
        for text, own in zip(texts, ends, strict=True):
            lines = cut(text, own)
            met += 1
            assert all(1 <= len(line) <= 75 for line in lines), text
            whole = lines[0]
            for line in lines[1:]:
                # A line ends between words, or in one after its hyphen or dash.
                hyphen = whole[-1] in "-–—/" and text.startswith(whole + line)
                whole += line if hyphen else f" {line}"
            assert whole == text
    assert met > 100


def test_the_lock_of_the_bundled_kit_is_what_a_layout_gives_now(
    fresh: dict[str, SourceLines],
) -> None:
    path = bundled_kit() / LINES_NAME
    assert write_lines(fresh) == path.read_bytes(), "run `debatekit lines --lock`"
    again, problems = read_lines(bundled_kit())
    assert (again, problems) == (fresh, [])


def test_both_reading_levels_give_passages_the_same_numbers(bundled: Kit) -> None:
    standard, plain = (sources(bundled, level).sheets for level in LEVELS)
    lengths = set()
    for one, other in zip(standard, plain, strict=True):
        assert [e.lines for e in one.excerpts] == [e.lines for e in other.excerpts]
        ends = [sheet.reading[-1].lines for sheet in (one, other)]
        assert None not in ends
        last = [lines.last for lines in ends if lines is not None]
        first = one.excerpts[0].lines
        assert first is not None
        assert first.first % 10 == 1
        assert max(last) < first.first <= max(last) + 10
        lengths.add(last[0] == last[1])
    assert lengths == {False}, "the levels must differ, or this says nothing"


def test_numbers_run_on_from_text_to_text(bundled: Kit) -> None:
    for sheet in sources(bundled).sheets:
        for texts in (sheet.reading, sheet.excerpts):
            lines = [one.lines for one in texts if one.lines is not None]
            assert len(lines) == len(texts)
            for before, after in itertools.pairwise(lines):
                assert after.first == before.last + 1
        assert sheet.reading[0].lines is not None
        assert sheet.reading[0].lines.first == 1


@pytest.mark.parametrize(
    ("text", "lines", "ends"),
    [
        ("one two three", ["one two ", "three"], [7, 13]),
        ("one two three", ["“one two", "three”"], [7, 13]),
        ("one two", ["“one two”"], [7]),
        ("one-two three", ["one-", "two three"], [4, 13]),
        ("“one” two", ["“one”", "two"], [5, 9]),
        ("one  two", ["one", "two"], [3, 8]),
    ],
)
def test_line_ends_are_offsets_in_the_text(
    text: str, lines: list[str], ends: list[int]
) -> None:
    assert list(line_ends(text, lines)) == ends


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["one two"],
        ["one", "three"],
        ["one two", "three four"],
        ["one two", "three", "four"],
        ["one", "", "two three"],
        ["two one", "three"],
        ["one tw", "three"],
        ["one two", "thre"],
        ["xx one two", "three"],
        ["one two", "three ”””"],
    ],
)
def test_line_ends_refuse_what_is_not_the_text(lines: list[str]) -> None:
    with pytest.raises(ValueError, match="the layout lost"):
        list(line_ends("one two three", lines))


# ------------------------------------------------------------------ the printed page


@cache
def few() -> Kit:
    """An article and a source of another kind: themes need not be tried on all."""
    kit = sound_kit(bundled_kit())
    kinds = {source.kind: source for source in kit.sources}
    return replace(kit, sources=tuple(kinds.values())[:2])


def printed(kit: Kit, paper: Paper, theme: Theme, level: Level = "standard") -> bytes:
    printer = Printer(paper, (templates(), kit.folder), theme)
    return printer.print(to_html("sources", sources(kit, level)), "sources").data


def fifths(kit: Kit, level: Level = "standard") -> Iterator[tuple[int, str]]:
    """The number and the words of every fifth line of a sheet, from the lock."""
    for sheet in sources(kit, level).sheets:
        texts = [(one.text, one.lines) for one in (*sheet.reading, *sheet.excerpts)]
        for text, lines in texts:
            assert lines is not None
            numbered = enumerate(cut(text, lines.ends), lines.first)
            yield from ((n, squeezed(line)) for n, line in numbered if n % 5 == 0)


# Where the numbers stand on the standard page, in points from its left edge: the
# margin, the hanging number, the column and its own place (page.css, standard.css).
MM = 72 / 25.4
COLUMN = (24 + 11) * MM
NUMBERS = COLUMN + 112 * MM
NUMBERS_END = NUMBERS + 8 * MM


def marks(data: bytes) -> Iterator[tuple[int, str]]:
    """The numbers beside the column, and what stands at the height of each."""
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        found = []
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            number = text.get_text_bounded(left, bottom, right, top).strip()
            inside = left > NUMBERS and abs(right - NUMBERS_END) < 1.5
            if number.isdecimal() and inside:
                line = text.get_text_bounded(
                    COLUMN - 2, bottom - 2, NUMBERS + 2, top + 2
                )
                found.append((-top, int(number), hyphenated(line)))
        for _, number, line in sorted(found):
            yield number, squeezed(line).removeprefix("“").removesuffix("”")


def hyphenated(text: str) -> str:
    """Text with PDFium's two signs for a hyphen at the end of a line as hyphens."""
    return text.replace("\x02", "-").replace("\ufffe", "-")


def without_marks(rows: Iterator[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(n, t.removeprefix("“").removesuffix("”")) for n, t in rows]


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_printed_number_stands_at_the_line_it_numbers(
    bundled: Kit, paper: Paper
) -> None:
    wanted = without_marks(fifths(bundled))
    assert len(wanted) > 50
    assert list(marks(printed(bundled, paper, "standard"))) == wanted


def test_the_plain_sheet_is_numbered_as_well() -> None:
    wanted = without_marks(fifths(few(), "plain"))
    assert list(marks(printed(few(), "a4", "standard", "plain"))) == wanted
    assert wanted != without_marks(fifths(few()))


def as_on_screen(kit: Kit) -> bytes:
    """The web page, laid out as a browser's."""
    page = to_html("sources", sources(kit), screen_styles())
    Printer("letter")  # Has WeasyPrint use our fonts.
    import weasyprint

    data = weasyprint.HTML(string=page, media_type="screen").write_pdf()
    assert isinstance(data, bytes)
    return data


FLOWING: dict[str, Callable[[Kit], bytes]] = {
    "easy": lambda kit: printed(kit, "letter", "easy"),
    "large": lambda kit: printed(kit, "a4", "large"),
    "web page": as_on_screen,
}


@pytest.mark.parametrize("theme", FLOWING)
def test_a_page_with_lines_of_its_own_marks_the_same_places(theme: str) -> None:
    """|5| stands before the words with which line 5 begins on the standard page."""
    body = ""
    for page in pypdfium2.PdfDocument(FLOWING[theme](few())):
        width, height = page.get_size()
        found = page.get_textpage().get_text_bounded(
            left=0, right=width, bottom=19 * MM, top=height - 17 * MM
        )
        assert not re.search(r"\|\d+\|\s*[\r\n]", found), "a mark before no word"
        body += f"{found} "
    # The sentence that explains the marks has one too.
    _, _, body = squeezed(hyphenated(body)).partition("|5|,standswherethatlinebegins.")
    pieces = re.split(r"\|(\d+)\|", body)
    # Sorted, for PDFium reads the pieces of a page in another order than people do.
    rows = zip(map(int, pieces[1::2]), pieces[2::2], strict=True)
    found = sorted((number, after.lstrip("“")) for number, after in rows)
    wanted = sorted((number, line.lstrip("“")) for number, line in fifths(few()))
    assert [number for number, _ in found] == [number for number, _ in wanted]
    for (number, after), (_, line) in zip(found, wanted, strict=True):
        assert after.startswith(line[:12]), (number, line, after[:30])


def test_the_page_shows_numbers_once_and_only_where_they_belong() -> None:
    standard = printed(few(), "letter", "standard")
    texts = [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(standard)]
    assert not re.search(r"\|\d+\|", " ".join(texts))


def test_a_page_without_numbers_does_not_speak_of_them(kit: Path) -> None:
    """A web page of a kit without a lock: it is made without a layout."""
    told = "In each source lines count from 1"
    plain = sound_kit(kit)
    assert told not in to_html("sources", sources(plain))
    assert told in to_html("sources", sources(with_lines(plain)))


def test_numbered_lines_are_the_text_unchanged(bundled: Kit) -> None:
    """Where lines flow, words part at spaces and not at what was a line's hyphen."""
    for source, block, texts in all_texts(bundled):
        for number, text in enumerate(texts):
            if block == "passages":
                passage = next(s for s in bundled.sources if s.id == source).passages
                lines = bundled.passage_lines[passage[number].id]
            else:
                lines = bundled.reading_lines(source, block)[number]
            for quoted in (True, False):
                made = str(in_lines(text, lines, quoted))
                shown = html.unescape(re.sub("<[^>]*>", "", made))
                assert shown == (f"“{text}”" if quoted else text)
                starts = re.findall(r'data-line="(\d+)"', made)
                assert starts == [str(n) for n in range(lines.first, lines.last + 1)]


def test_a_hyphen_at_the_end_of_a_line_joins_without_a_space() -> None:
    assert str(in_lines("a well-known <b> “c d”", Lines(4, (7, 16, 21, 22)))) == (
        '<span class="l" data-line="4">a well-</span>'
        '<span class="l fifth" data-line="5">known &lt;b&gt;</span> '
        '<span class="l" data-line="6"><span class="quoted">“c d</span></span>'
        '<span class="l" data-line="7"><span class="quoted">”</span></span>'
    )
    assert str(in_lines("a b", None, quoted=True)) == "“a b”"


# ------------------------------------------------------------------------- the lock

Spoil = Callable[[dict[str, Any]], None]


def spoilt(folder: Path, spoil: Spoil, source: str = "essay") -> None:
    path = folder / LINES_NAME
    lock = json.loads(path.read_bytes())
    spoil(lock["sources"][source])
    path.write_text(json.dumps(lock), encoding="utf-8")


def _ends(*rows: list[int]) -> Spoil:
    return lambda known: known["passages"].update(ends=list(rows))


NONSENSE: dict[str, Spoil] = {
    "other text": lambda known: known["passages"].update(sha256="0" * 16),
    "no lines": _ends(),
    "a text without lines": lambda known: known["passages"]["ends"].__setitem__(0, []),
    "ends too early": lambda known: known["passages"]["ends"][0].__setitem__(-1, 3),
    "ends too late": lambda known: known["passages"]["ends"][0].__setitem__(-1, 10**9),
    "a huge number": lambda known: known["passages"]["ends"][0].__setitem__(0, 10**40),
    "goes back": lambda known: known["passages"]["ends"][0].insert(0, 10**6),
    "negative": lambda known: known["passages"]["ends"][0].insert(0, -4),
    "an empty line": lambda known: known["passages"]["ends"][0].insert(0, 0),
    "twice": lambda known: known["passages"]["ends"][0].append(
        known["passages"]["ends"][0][-1]
    ),
    "a text too many": lambda known: known["passages"]["ends"].append([5]),
    "first is nought": lambda known: known["passages"].update(first=0),
    "first is negative": lambda known: known["passages"].update(first=-10),
    "first is among the retelling's": lambda known: known["passages"].update(first=1),
    "no levels": lambda known: known.update(levels={}),
    "one level": lambda known: known["levels"].pop("plain"),
    "a level of other text": lambda known: known["levels"]["plain"].update(sha256=""),
}


@pytest.mark.parametrize("spoil", NONSENSE.values(), ids=NONSENSE)
def test_lines_that_do_not_fit_are_told_and_broken_anew(
    locked: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (locked / LINES_NAME).read_bytes()
    spoilt(locked, spoil)
    assert run(["check", str(locked)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    stale = '/lines.lock: warning: the lines of source "essay" are not those of its'
    assert said.out.count("[lines-stale]") == 1
    assert stale in said.out
    assert run(["check", str(locked), "--strict"]) == 1
    assert write_lines(with_lines(sound_kit(locked)).lines) == whole
    assert run(["lines", "--kit", str(locked), "--lock"]) == 0
    assert (locked / LINES_NAME).read_bytes() == whole


def _lock(source: bytes) -> bytes:
    return b'{"version": 1, "sources": {"essay": {%s}}}' % source


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b"<<<<<<< ours\n{}\n",
        b"[" * 100_000,
        _lock(b""),
        _lock(b'"passages": {"sha256": "", "first": "1", "ends": []}'),
        _lock(b'"passages": {"sha256": "", "first": 1, "ends": [4]}'),
        _lock(b'"passages": {"sha256": "\xff", "first": 1, "ends": []}'),
        _lock(b'"passages": {"sha256": "", "first": %s}' % (b"9" * 5000)),
    ],
    ids=range(12),
)
def test_a_lock_that_cannot_be_read_is_an_error(
    locked: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (locked / LINES_NAME).write_bytes(data)
    assert run(["check", str(locked)]) == 1
    said = capsys.readouterr()
    assert "lines.lock cannot be read [lines-damaged]" in said.out
    assert "delete it and run `debatekit lines --lock`" in said.out
    assert "Traceback" not in said.err
    assert run(["lines", "--kit", str(locked)]) == 1
    assert "[lines-damaged]" in capsys.readouterr().err


def test_a_folder_in_place_of_the_lock_is_an_error(kit: Path) -> None:
    (kit / LINES_NAME).mkdir()
    assert [p.code for p in review(kit).problems if "lines" in p.code] == [
        "lines-damaged"
    ]


def test_a_word_changed_in_a_passage_makes_its_lines_stale(locked: Path) -> None:
    assert codes(locked) == []
    path = locked / "readings" / "essay.yaml"
    data = read_yaml(path)
    data["paragraphs"][0]["plain"] += " It says so twice."
    write_yaml(path, data)
    assert codes(locked) == ["lines-stale"]
    known = sound_kit(locked).lines["essay"]
    assert set(known.levels) == {"standard"}


def codes(folder: Path) -> list[str]:
    return [p.code for p in review(folder).problems if p.code.startswith("lines")]


def test_a_source_that_the_lock_lacks_is_told_and_a_strange_one_is_not(
    locked: Path,
) -> None:
    path = locked / LINES_NAME
    lock = json.loads(path.read_bytes())
    lock["sources"]["gone"] = lock["sources"]["essay"]
    path.write_text(json.dumps(lock), encoding="utf-8")
    assert codes(locked) == []
    del lock["sources"]["readers"]
    path.write_text(json.dumps(lock), encoding="utf-8")
    assert codes(locked) == ["lines-stale"]


# ---------------------------------------------------------------------- the command


def test_lines_are_listed_passage_by_passage(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lines", "--kit", str(kit)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert not (kit / LINES_NAME).exists()
    known = with_lines(sound_kit(kit))
    rows = said.out.splitlines()
    assert len(rows) == len(known.sources) + len(known.passages)
    for source in known.sources:
        own = known.lines[source.id]
        told = [
            f"{name} retelling: lines 1–{block.last}"
            for name, block in own.levels.items()
        ]
        told.append(f"own words: {spelled(own.passages.first, own.passages.last)}")
        assert f"Source {source.letter}  {'; '.join(told)}" in rows
        for number, passage in enumerate(source.passages, start=1):
            label, lines = f"{source.letter}{number}", known.passage_lines[passage.id]
            listed = [label, *str(lines).split(), passage.id]
            assert listed in [row.split() for row in rows]


def test_a_lock_is_written_once_and_for_all(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["lines", "--kit", str(kit), "--lock"]
    assert run(command) == 0
    path = kit / LINES_NAME
    assert capsys.readouterr().err == f"wrote {path.as_posix()}\n"
    first = path.read_bytes()
    assert run(command) == 0
    assert path.read_bytes() == first
    assert codes(kit) == []
    known = sound_kit(kit)
    assert with_lines(known) is known, "nothing is laid out where all is known"


def test_a_kit_without_a_lock_has_the_same_numbers_on_both_papers(
    kit: Path, tmp_path: Path
) -> None:
    path = kit / "readings" / "essay.yaml"
    data = read_yaml(path)
    data["paragraphs"][0]["standard"] += " There is more to it, much more." * 40
    write_yaml(path, data)
    found = []
    for paper in ("letter", "a4"):
        out = tmp_path / paper
        command = ["build", "sources", "--kit", str(kit), "--paper", paper]
        assert run([*command, "--out", str(out)]) == 0
        (made,) = out.rglob("*.pdf")
        found.append(list(marks(made.read_bytes())))
    wanted = without_marks(fifths(with_lines(sound_kit(kit))))
    assert len(wanted) > 3
    assert found == [wanted, wanted]
    assert not (kit / LINES_NAME).exists()


# -------------------------------------------------------------------- what cites them


def test_words_are_cited_with_their_own_lines(bundled: Kit) -> None:
    parts = 0
    for passage_id, passage in bundled.passages.items():
        lines = bundled.passage_lines[passage_id]
        assert cite(bundled, passage_id).endswith(f"; {lines} of the handout")
        for number, line in enumerate(cut(passage.text, lines.ends), lines.first):
            if passage.text.count(line) > 1:
                continue
            said = cite(bundled, passage_id, line)
            assert said.endswith(f"; line {number} of the handout")
            parts += 1
        strange = cite(bundled, passage_id, "words of somebody else")
        assert strange == cite(bundled, passage_id)
    assert parts > 100


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (0, 4, "line 9"),
        (0, 10, "line 9"),
        (0, 12, "lines 9–10"),
        (10, 20, "line 10"),
        (9, 25, "lines 9–11"),
        (21, 30, "line 11"),
        (0, 30, "lines 9–11"),
        (4, 4, "line 9"),
    ],
)
def test_where_characters_stand(start: int, end: int, said: str) -> None:
    assert Lines(9, (10, 20, 30)).of(start, end) == said


def test_the_student_s_quiz_the_key_and_the_briefs_cite_lines(bundled: Kit) -> None:
    forms = printed_forms(bundled, 1, 1)
    shown = [p for b in forms.forms[0].blocks for p in b.passages]
    assert shown
    for passage in shown:
        lines = bundled.passage_lines[passage.id]
        assert passage.cite.endswith(f"; {lines} of the handout")
    explained = {item.id: item for item in key(bundled, forms).items}
    own = 0
    for item_id, item in explained.items():
        proofs = zip(bundled.items[item_id].proof, item.proofs, strict=True)
        for proof, told in proofs:
            if proof.passage is not None:
                wanted = cite(bundled, proof.passage, proof.words)
                assert told.cite == wanted
                own += wanted != cite(bundled, proof.passage)
    assert own, "no proof is shorter than its passage"
    page = to_html("brief", brief(bundled, "pro"))
    cited = [
        cite(bundled, e.passage)
        for c in bundled.sides["pro"].contentions
        for e in c.evidence
        if e.passage
    ]
    assert cited
    assert all(html.escape(line, quote=False) in html.unescape(page) for line in cited)


def test_practice_shows_the_same_lines_without_the_readings(bundled: Kit) -> None:
    practised = practice_kit(bundled.folder)
    assert not practised.extras.readings
    assert practised.passage_lines == bundled.passage_lines
    for passage_id, lines in bundled.passage_lines.items():
        shown = form_passage(practised, passage_id)
        assert shown == form_passage(bundled, passage_id)
        out = io.StringIO()
        show_passages(Page(out), FormBlock((shown,), ()))
        assert f"; {lines} of the handout)" in " ".join(out.getvalue().split())


def test_quotation_marks_of_the_source_do_not_move_a_line(bundled: Kit) -> None:
    """The page prints a quotation's own marks as single ones: as long, one for one."""
    for passage in bundled.passages.values():
        assert len(nested(passage.text)) == len(passage.text)
