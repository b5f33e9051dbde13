"""The quiz as a web page in a real browser: sessions, accessibility, paper, parity."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import axe_playwright_python
import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from test_system import DEBIAN, FEDORA, Apt, loader

from debatekit import system
from debatekit.exports import exporter
from debatekit.kit.kit import Kit
from debatekit.kit.review import sound_kit
from debatekit.quiz.answers import APART, match
from debatekit.quiz.forms import make_forms
from debatekit.quiz.records import AnswerKey
from debatekit.quiz.result import Checked, checked, decoded, signature
from debatekit.quiz.session import Event, Session

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# One item of every type, and one whose options quote.
NAMES = [
    "eisenhower-who",
    "two-part",
    "several",
    "pairs",
    "steps",
    "statement",
    "gap",
    "written",
    "quoting",
]
SMALLEST_TARGET = 44
KEEPS_NOTHING = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("not here", "SecurityError"); },
})"""
# What a typed answer may be made of, beside words that are told apart.
WORDS = re.split(
    r"\s*\|\s*",
    """the Entity List|5%|1,000|US$1.5 billion|10-12|-5|covid-19|health care|Straße|
    ΣΊΣΥΦΟΣ|café|naïve|unlawful|importer|five per cent|per centum|1,2,345|a5.5|x_5|
    don’t|a|the|½|①|x²|Ⅷ|ﬁne|12:30|1/2|–5|−5|🙂 smile|İstanbul|persecution|prosecution|
    government|supply chain|an apple||a thousand|theatre|an|co-operate""",
)
SMALL = """least => {
  const one = "button, label.option, select, textarea, input[type=text]";
  const shown = [...document.querySelectorAll(one)].filter(one => one.offsetParent);
  const small = shown.filter(one => one.getBoundingClientRect().height < least);
  return small.map(one => one.outerHTML);
}"""
Open = Callable[..., Page]


@dataclasses.dataclass(frozen=True)
class Made:
    """A page on disk, with what it was made from."""

    address: str
    kit: Kit
    key: AnswerKey
    order: tuple[str, ...]

    def read(self, path: Path) -> Checked:
        """A saved result, scored anew as `debatekit quiz --check-result` does."""
        result, claimed = decoded(path.read_bytes(), path.name)
        return checked(result, claimed, self.kit)


@pytest.fixture(scope="module")
def made(full_kit: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    whole = sound_kit(full_kit)
    kit = dataclasses.replace(whole, items={name: whole.items[name] for name in NAMES})
    forms = make_forms(kit, kit.items.values(), 1, 1)
    form, key = forms.forms[0], forms.keys[0]
    assert {item.type for item in form.items} == {i.type for i in whole.items.values()}
    path = tmp_path_factory.mktemp("page") / "quiz.html"
    path.write_bytes(exporter("html").export(kit, form, key, 1))
    return Made(path.as_uri(), kit, key, tuple(item.id for item in form.items))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = system.find_browser()
    if not path:
        pytest.fail(
            "no browser here; run: python debatekit/system.py --install --browser"
        )
    with sync_playwright() as playwright:
        # A sandbox cannot be made by root, or in a container; the page is our own.
        running = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, made: Made) -> Iterator[Open]:
    """Open the page as told; nothing it does may ask the network or raise an error."""
    contexts = []
    faults: list[str] = []

    def open_page(script: str = "", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        opened = context.new_page()
        opened.set_default_timeout(10_000)
        opened.on("console", lambda said: faults.append(said.text))
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("request", lambda asked: _local(asked.url, faults))
        opened.on("dialog", lambda dialog: dialog.accept())
        if script:
            opened.add_init_script(script)
        opened.goto(made.address)
        return opened

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def _local(address: str, faults: list[str]) -> None:
    if not address.startswith(("file:", "data:", "blob:")):
        faults.append(address)


# ------------------------------------------------------------------- doing an item


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page) -> str:
    return page.locator("h2#heading").inner_text()


def fill(page: Page, made: Made, item: str, right: bool = True) -> None:
    """Answer an item by pointer, right or wrong, up to where the student scores it."""
    entry = made.key[item]
    letters = entry.letter + (entry.second.letter if entry.second else "")
    match entry.type:
        case "matching":
            for number, letter in enumerate(letters if right else letters[::-1]):
                page.select_option(f"#field-n{number}", letter)
        case "ordering":
            for place, letter in enumerate(letters if right else letters[::-1], 1):
                page.select_option(f"#field-o{letter}", str(place))
        case "cloze":
            page.fill("#field-text", entry.answers[0] if right else "nothing of it")
        case "written":
            page.fill("#field-text", "My own words.")
        case "true-false":
            page.get_by_label("False" if right else "True", exact=True).check()
            if right:
                page.fill("#field-text", "It is otherwise.")
        case "multiple":
            wrong = [o.letter for o in entry.options if not o.right][: len(letters)]
            for letter in letters if right else wrong:
                page.check(f"[name=a][value={letter}]")
        case _:
            parts = [entry.options, *([entry.second.options] if entry.second else [])]
            for name, options in zip("ab", parts, strict=False):
                chosen = next(o.letter for o in options if o.right is right)
                page.check(f"[name={name}][value={chosen}]")


def finish(page: Page, made: Made, item: str, right: bool = True) -> None:
    """Answer an item whole, to its feedback."""
    fill(page, made, item, right)
    press(page, "Answer")
    if page.locator("[name=own]").count():
        page.locator("[name=own]").nth(0 if right else -1).check()
        press(page, "Score it")


def accessible(page: Page) -> None:
    """No rule of WCAG 2.0 to 2.2, A and AA, that axe can test is broken."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("levels => axe.run(document, { runOnly: levels })", LEVELS)
    assert found["passes"], "axe tested nothing"
    assert [
        (fault["id"], [node["html"] for node in fault["nodes"]])
        for fault in found["violations"]
    ] == []


def fits(page: Page) -> None:
    """No sideways scrolling, and nothing too small to touch."""
    wide, there = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= there, heading(page)
    small = page.evaluate(SMALL, SMALLEST_TARGET)
    assert small == []


# ------------------------------------------------------------------------ sessions


def test_a_session_by_pointer_with_a_break_in_it(
    page: Open, made: Made, tmp_path: Path
) -> None:
    """The second item is skipped, the third wrong: both come back, once."""
    opened = page(accept_downloads=True)
    expect(opened.get_by_text("Use it to practise, not to grade.")).to_be_visible()
    press(opened, "Start")
    first, second, third, *others = made.order
    finish(opened, made, first)
    press(opened, "Next")
    press(opened, "Skip")
    expect(opened.get_by_text("Skipped; it comes back at the end.")).to_be_visible()
    fill(opened, made, third, right=False)
    opened.reload()
    expect(opened.get_by_text("with 1 of 9 items answered")).to_be_visible()
    press(opened, "Go on")
    assert heading(opened) == "Item 3 of 9"
    press(opened, "Answer")  # what was filled in is still there
    expect(opened.get_by_text("Wrong", exact=False).first).to_be_visible()
    press(opened, "Next")
    for item in others:
        finish(opened, made, item)
        press(opened, "Next")
    for item in (second, third):
        assert heading(opened).endswith("of 9, once more")
        finish(opened, made, item)
        opened.locator("#next").click()
    assert heading(opened) == "Your result"
    expect(opened.get_by_text("8 of 9 right at the first answer")).to_be_visible()
    opened.get_by_label("Name").fill("Zoë “Z” 🙂")
    with opened.expect_download() as download:
        press(opened, "Save result")
    assert download.value.suggested_filename.startswith(f"{made.kit.id}-practice-")
    download.value.save_as(tmp_path / "result.json")
    found = made.read(tmp_path / "result.json")
    assert found.result.name == "Zoë “Z” 🙂"
    assert found.result.interrupted
    assert found.points == found.claimed == found.of - made.key[third].points
    opened.reload()
    press(opened, "Show the result")
    press(opened, "Start again")
    press(opened, "Start")
    assert heading(opened) == "Item 1 of 9"


def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        held = page.evaluate("s => document.activeElement.matches(s)", selector)
        if held:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def by_keyboard(page: Page, made: Made, item: str) -> None:
    """Answer an item right with keys alone."""
    entry = made.key[item]
    letters = entry.letter + (entry.second.letter if entry.second else "")
    match entry.type:
        case "matching":
            for number, letter in enumerate(letters):
                tab_to(page, f"#field-n{number}")
                page.keyboard.type(letter)
        case "ordering":
            for option in sorted(letters):
                tab_to(page, f"#field-o{option}")
                page.keyboard.type(str(letters.index(option) + 1))
        case "cloze":
            tab_to(page, "#field-text")
            page.keyboard.type(entry.answers[0])
        case "written":
            tab_to(page, "#field-text")
            page.keyboard.type("npH? all of it is text")
        case "true-false":
            page.keyboard.press("f")
            tab_to(page, "#field-text")
            page.keyboard.type("nonsense put right")
        case _:
            for letter in letters:
                page.keyboard.press(letter.lower())
    if entry.type in ("choice", "two-part", "multiple", "cloze"):
        page.keyboard.press("Enter")
    else:
        tab_to(page, "button[type=submit]")
        page.keyboard.press("Enter")
    if page.locator("[name=own]").count():
        tab_to(page, "[name=own]")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")


def test_a_session_by_keyboard_alone(page: Open, made: Made, tmp_path: Path) -> None:
    opened = page(accept_downloads=True)
    opened.keyboard.press("Enter")
    for number, item in enumerate(made.order, 1):
        assert heading(opened) == f"Item {number} of 9"
        assert opened.evaluate("document.activeElement.id") == "heading"
        by_keyboard(opened, made, item)
        assert opened.evaluate("document.activeElement.id") == "next", item
        opened.keyboard.press("Enter")
    tab_to(opened, "#name")
    opened.keyboard.type("no one")
    opened.keyboard.press("Tab")
    with opened.expect_download() as download:
        opened.keyboard.press("Enter")
    download.value.save_as(tmp_path / "result.json")
    found = made.read(tmp_path / "result.json")
    assert found.points == found.claimed == found.of
    assert not found.result.interrupted
    told = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert told["kind"] == "practice"
    assert told["signature"] == signature(told)


def test_keys_lead_about_and_can_be_switched_off(page: Open, made: Made) -> None:
    opened = page()
    press(opened, "Start")
    opened.keyboard.press("n")
    assert heading(opened) == "Item 2 of 9"
    opened.keyboard.press("p")
    assert heading(opened) == "Item 1 of 9"
    opened.keyboard.press("h")
    assert opened.locator(".hints li").count() == 1
    opened.keyboard.press("?")
    dialog = opened.get_by_role("dialog")
    expect(dialog).to_be_visible()
    opened.keyboard.press("n")
    dialog.get_by_label("Single keys").uncheck()
    opened.keyboard.press("Escape")
    for key in "np?h":
        opened.keyboard.press(key)
    assert heading(opened) == "Item 1 of 9"
    expect(dialog).to_be_hidden()
    assert opened.locator(".hints li").count() == 1
    opened.reload()
    expect(opened.get_by_label("Single keys")).not_to_be_checked()


def test_an_empty_answer_is_not_taken(page: Open, made: Made) -> None:
    opened = page()
    press(opened, "Start")
    for _ in made.order:
        press(opened, "Answer")
        problem = opened.get_by_role("alert")
        expect(problem).to_contain_text("or skip the item.")
        expect(problem).to_be_in_viewport()
        told = "document.activeElement.getAttribute('aria-describedby')"
        assert opened.evaluate(told) == "problem"
        press(opened, "Skip")
    assert heading(opened) == "Item 1 of 9, once more"


def test_the_part_that_is_left_out_is_named_by_the_focus(
    page: Open, made: Made
) -> None:
    opened = page(viewport={"width": 390, "height": 500})
    press(opened, "Start")
    for _ in range(made.order.index("two-part")):
        press(opened, "Skip")
    opened.keyboard.press("a")
    press(opened, "Answer")
    assert opened.evaluate("document.activeElement.name") == "b"
    expect(opened.get_by_role("alert")).to_be_in_viewport()
    accessible(opened)


def test_feedback_starts_with_the_reason_and_shows_the_proof(
    page: Open, made: Made
) -> None:
    opened = page()
    press(opened, "Start")
    for item in made.order:
        finish(opened, made, item, right=False)
        entry = made.key[item]
        said = opened.locator(".feedback")
        assert said.get_attribute("role") == "status"
        start = said.locator("p, li").first.inner_text()
        chosen = [o.why for o in entry.options] + [entry.why, "You gave yourself 0"]
        assert any(why and why in start for why in chosen), item
        for proof in entry.proofs:
            cite = said.locator(".cite", has_text=proof.cite)
            expect(cite.first).to_be_visible()
        assert "✓" not in said.inner_text()
        opened.locator("#next").click()


def test_a_slip_is_asked_back_once(page: Open, made: Made) -> None:
    opened = page()
    press(opened, "Start")
    while made.order[int(heading(opened).split()[1]) - 1] != "gap":
        press(opened, "Skip")
    opened.fill("#field-text", "filed gap")
    press(opened, "Answer")
    expect(opened.get_by_role("alert")).to_contain_text("Close: check the spelling")
    opened.reload()
    press(opened, "Go on")
    expect(opened.get_by_role("alert")).to_contain_text("Close: check the spelling")
    press(opened, "Answer")
    expect(opened.locator(".feedback")).to_contain_text("Wrong: you typed ‘filed gap’")


def test_it_works_where_nothing_can_be_kept(page: Open, made: Made) -> None:
    opened = page(script=KEEPS_NOTHING)
    expect(opened.get_by_text("This browser keeps nothing")).to_be_visible()
    press(opened, "Start")
    for item in made.order:
        finish(opened, made, item)
        opened.locator("#next").click()
    assert heading(opened) == "Your result"


@pytest.mark.parametrize(
    "kept", ["{", "[]", '{"mark":"other"}', '{"events":7}', "null"]
)
def test_what_another_left_in_the_store_is_passed_over(
    page: Open, made: Made, kept: str
) -> None:
    code = made.key.code
    name = f"debatekit:{made.kit.id}:{code}"
    opened = page()
    opened.evaluate("([name, text]) => localStorage.setItem(name, text)", [name, kept])
    opened.reload()
    changed = opened.get_by_text("The quiz has changed since you left it")
    assert changed.count() == (1 if kept.startswith('{"') or kept == "[]" else 0)
    press(opened, "Start")
    assert heading(opened) == "Item 1 of 9"


def test_a_second_window_does_not_undo_the_first(page: Open, made: Made) -> None:
    one = page()
    two = one.context.new_page()
    two.goto(made.address)
    press(one, "Start")
    finish(one, made, made.order[0])
    expect(two.get_by_text("Another window went on with this quiz.")).to_be_visible()
    press(two, "Go on")
    assert heading(two) == "Item 2 of 9"


def test_confidence_is_asked_where_it_is_wished(
    page: Open, made: Made, tmp_path: Path
) -> None:
    opened = page(accept_downloads=True)
    opened.get_by_label("Ask me how sure I am").check()
    press(opened, "Start")
    for item in made.order:
        opened.get_by_label("Sure", exact=True).check()
        finish(opened, made, item)
        opened.locator("#next").click()
    expect(opened.get_by_text("Sure of 9 answers, and right in 9")).to_be_visible()


# ------------------------------------------------------------------- accessibility


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": {"width": 1200, "height": 800}},
        {"viewport": {"width": 320, "height": 640}},
        {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"},
        {"viewport": {"width": 800, "height": 800}, "forced_colors": "active"},
    ],
    ids=["wide", "narrow", "dark", "forced-colours"],
)
def test_every_screen_is_accessible(
    page: Open, made: Made, options: dict[str, Any]
) -> None:
    opened = page(**options)
    expect(opened.locator("html")).to_have_attribute("lang", "en")
    accessible(opened)
    fits(opened)
    press(opened, "Help and settings")
    accessible(opened)
    opened.keyboard.press("Escape")
    opened.locator("#practice").get_by_label("Ask me how sure I am").check()
    press(opened, "Start")
    for number, item in enumerate(made.order):
        opened.keyboard.press("h")
        accessible(opened)
        fits(opened)
        finish(opened, made, item, right=number % 2 == 0)
        accessible(opened)
        fits(opened)
        opened.locator("#next").click()
    while heading(opened) != "Your result":
        press(opened, "Skip")
    accessible(opened)
    fits(opened)


def test_axe_finds_what_is_wrong(page: Open) -> None:
    opened = page()
    opened.evaluate("document.documentElement.removeAttribute('lang')")
    with pytest.raises(AssertionError, match="html-has-lang"):
        accessible(opened)


def test_dark_is_dark_and_light_is_black_on_white(page: Open) -> None:
    colours = "getComputedStyle(document.documentElement).backgroundColor"
    assert page(color_scheme="light").evaluate(colours) == "rgb(255, 255, 255)"
    assert page(color_scheme="dark").evaluate(colours) == "rgb(18, 18, 18)"


# ------------------------------------------------------------ paper and no script


def test_paper_has_the_quiz_and_no_answer(
    page: Open, made: Made, tmp_path: Path
) -> None:
    opened = page()
    press(opened, "Start")
    finish(opened, made, made.order[0])
    opened.pdf(path=tmp_path / "quiz.pdf")
    pages = pypdf.PdfReader(tmp_path / "quiz.pdf").pages
    text = unicodedata.normalize("NFKC", " ".join(p.extract_text() for p in pages))
    text = " ".join(text.split())
    for item in made.kit.items.values():
        assert " ".join(item.stem.split("____")[0].split()) in text
    assert "Name" in text
    told = ("rationale", "corrected", "filled gap", "Proof", "Why", "Next")
    assert not [word for word in told if word in text]


def test_without_a_script_the_quiz_can_be_read(page: Open, made: Made) -> None:
    opened = page(java_script_enabled=False)
    expect(
        opened.get_by_text("This page asks its questions by JavaScript")
    ).to_be_visible()
    expect(opened.get_by_text("Stem of several.")).to_be_visible()


# ----------------------------------------------------------- as the program has it


def test_typed_words_are_matched_as_in_the_terminal(page: Open) -> None:
    chance = random.Random(7)
    answers = sorted({word for group in APART for word in group} | set(WORDS))
    letters = "abcdeénorstuß 0159,.-%$’'"
    pairs = []
    for _ in range(6000):
        typed = wanted = chance.choice(answers)
        for _ in range(chance.choice([0, 1, 1, 2, 3])):
            at = chance.randrange(len(typed) + 1)
            cut = at + chance.choice([0, 1, 1])
            typed = typed[:at] + chance.choice(["", *letters]) + typed[cut:]
        pairs.append([typed.upper() if chance.random() < 0.1 else typed, wanted])
    pairs += [[one, other] for one in answers for other in answers]
    said = page().evaluate("pairs => pairs.map(([a, b]) => match(a, [b]))", pairs)
    told = [match(typed, [wanted]) for typed, wanted in pairs]
    assert {"right", "near", "wrong"} == set(told)
    differ = zip(pairs, said, told, strict=True)
    assert [one for one in differ if one[1] != one[2]] == []


def test_points_are_given_as_in_the_terminal(page: Open, made: Made) -> None:
    chance = random.Random(7)
    asked: list[tuple[str, str, bool]] = []
    for entry in made.key.entries:
        options = [option.letter for option in entry.options] or ["T", "F"]
        size = max(1, len(entry.letter)) + (entry.second is not None)
        for _ in range(100):
            if entry.type in ("multiple", "matching", "ordering"):
                response = "".join(chance.sample(options, size))
            elif entry.type == "cloze":
                response = chance.choice(
                    ["filled gap", "Other  filling", "filed gap", ""]
                )
            else:
                response = "".join(chance.choices(options, k=size))
            asked.append((entry.item, response, chance.random() < 0.5))
    script = "rows => rows.map(([id, given, put]) => earned(QUIZ.key[id], given, put))"
    said = page().evaluate(script, asked)
    told = [made.key[item].earned(given, put) for item, given, put in asked]
    assert said == told
    assert len(set(told)) > 3


def test_events_are_replayed_as_in_the_terminal(page: Open, made: Made) -> None:
    chance = random.Random(7)
    walks: list[tuple[Event, ...]] = []
    for _ in range(200):
        session = Session(made.order)
        for _ in range(chance.randrange(40)):
            kind: Any = chance.choice(["answer", "answer", "answer", "skip", "back"])
            item = session.current or made.order[0]
            if chance.random() < 0.05:
                item = chance.choice(made.order)
            event = Event(kind, item, right=chance.random() < 0.5)
            session = session.after(event)
        walks.append(session.events)
    script = """walks => walks.map(events => {
      const { queue, place, first } = replayed(events);
      return [queue, place, [...first.values()].map(event => event.right)];
    })"""
    data = [[dataclasses.asdict(event) for event in events] for events in walks]
    sessions = [Session(made.order, events) for events in walks]
    told = [
        [list(s.queue), s.place, [e.right for e in s.answers.values()]]
        for s in sessions
    ]
    assert page().evaluate(script, data) == told
    assert any(session.current is None for session in sessions)


def test_results_are_signed_as_in_the_terminal(page: Open) -> None:
    texts = [
        "",
        "a",
        "b" * 55,
        "c" * 56,
        "d" * 64,
        "e" * 1000,
        'é🙂\u007f\u2028\x01"\\',
    ]
    opened = page()
    said = opened.evaluate("texts => texts.map(text => hmac('C0DE-A', text))", texts)
    assert said == [
        hmac.new(b"C0DE-A", text.encode(), hashlib.sha256).hexdigest() for text in texts
    ]
    rows = [{"b": 1, "a": [text, True, None]} for text in texts]
    form = {"ensure_ascii": True, "sort_keys": True, "separators": (",", ":")}
    assert opened.evaluate("rows => rows.map(canonical)", rows) == [
        json.dumps(row, **form)  # type: ignore[arg-type]
        for row in rows
    ]


# -------------------------------------------------------- how the browser gets here


def machine(
    apt: Apt, os_release: dict[str, str], browsers: Sequence[str]
) -> system.Machine:
    """A machine on which only a browser is missing; apt brings it."""
    found = iter(browsers)
    return apt.machine(os_release, root=True)._replace(
        load=loader(), find_browser=lambda platform: next(found)
    )


def test_a_browser_is_installed_where_it_is_asked_for() -> None:
    apt = Apt()
    there = machine(apt, DEBIAN, ["", "/usr/bin/chromium"])
    assert system.main(["--install", "--browser"], there) == 0
    assert apt.commands[-1] == "apt-get install -y --no-install-recommends chromium"
    assert system.main(["--install"], machine(Apt(), DEBIAN, [])) == 0


def test_elsewhere_the_browser_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert system.main(["--browser"], machine(Apt(), FEDORA, [""])) == 1
    said = capsys.readouterr().err
    assert "lacks Chromium" in said
    assert "Install Chromium or Chrome, then try again." in said
