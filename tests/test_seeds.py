"""The bundled kit: sound, proved, balanced, and quoting no more than it may.

The source texts are not in the project. Where they lie beside it, in ../shared/seeds,
every quotation is proved anew and the whole tree is searched for longer stretches.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pdfs import page_texts

from debatekit.assets import bundled_kit
from debatekit.cli.main import run
from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.quotes import MAX_WORDS, folded, read_lock, word_count
from debatekit.kit.quotes.usage import usage
from debatekit.kit.review import review, sound_kit

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT.parent / "shared" / "seeds"

needs_texts = pytest.mark.skipif(
    not TEXTS.is_dir(), reason=f"the source texts are not in ../{TEXTS.parent.name}"
)


@pytest.fixture(scope="module")
def kit() -> Kit:
    return sound_kit(bundled_kit())


# -------------------------------------------------------------------------- proof


def test_the_kit_is_clean_against_its_lock() -> None:
    found = review(bundled_kit())
    assert found.problems == ()
    assert found.proved == 0
    assert run(["check", str(bundled_kit()), "--strict"]) == 0


@needs_texts
def test_every_quotation_is_proved_in_its_text(kit: Kit) -> None:
    found = review(bundled_kit(), TEXTS, "2000-01-01")
    assert found.problems == ()
    assert found.proved == len(list(kit.quotations()))
    strict = ["check", str(bundled_kit()), "--texts", str(TEXTS), "--strict"]
    assert run(strict) == 0


@needs_texts
def test_the_lock_is_what_proving_gives_today() -> None:
    """Nothing proved is missing from it, and nothing in it is left over."""
    lock, problems = read_lock(bundled_kit())
    assert problems == []
    assert review(bundled_kit(), TEXTS, "2000-01-01").lock == lock


def test_each_source_is_quoted_within_its_limit(kit: Kit) -> None:
    lock, _ = read_lock(kit.folder)
    uses = usage(kit, lock)
    assert {use.source.id for use in uses} == {s.id for s in kit.sources}
    for use in uses:
        assert use.source.quotation_limit <= 25
        assert 0 < use.percent <= use.source.quotation_limit, use.source.id
    for quotation in kit.quotations():
        assert word_count(quotation.text) <= MAX_WORDS == 60


# ------------------------------------------------------------------------ contents


def test_the_kit_is_as_large_as_promised(kit: Kit) -> None:
    stances = Counter(passage.stance for passage in kit.passages.values())
    assert sum(stances.values()) >= 30
    assert stances["pro"] >= 9
    assert stances["con"] >= 9
    assert len(kit.sources) == 5
    assert len(kit.terms) >= 12
    assert len(kit.items) >= 24
    assert len({item.skill for item in kit.items.values()}) >= 6


def test_every_source_gives_passages_and_items(kit: Kit) -> None:
    read = {kit.source_of[p].id for item in kit.items.values() for p in item.reads}
    assert read == {source.id for source in kit.sources}
    assert "".join(sorted(source.letter for source in kit.sources)) == "ABCDE"


@pytest.mark.parametrize("side", model.SIDES)
def test_a_side_has_four_contentions_each_with_evidence_and_answered(
    kit: Kit, side: model.Side
) -> None:
    contentions = kit.sides[side].contentions
    assert len(contentions) >= 4
    for contention in contentions:
        assert contention.evidence
        replies = kit.rebuttals[contention.id]
        assert replies
        for reply in replies:
            assert kit.side_of[reply.answers] == side
            assert reply.text
            assert reply.answer


def test_the_sides_are_of_a_size(kit: Kit) -> None:
    """In contentions, in cards, in replies: neither side is a straw man."""
    sides = [kit.sides[side] for side in model.SIDES]
    counts = [
        [len(side.contentions) for side in sides],
        [sum(len(c.evidence) for c in side.contentions) for side in sides],
        [len(side.rebuttals) for side in sides],
    ]
    for pro, con in counts:
        assert min(pro, con) >= 0.75 * max(pro, con), counts


def test_the_quiz_asks_several_skills_about_every_side(kit: Kit) -> None:
    skills = {skill for skill, count in kit.head.quiz.skills.items() if count}
    assert len(skills) >= 6
    stances = {
        kit.passages[p].stance for item in kit.items.values() for p in item.reads
    }
    assert {"pro", "con"} <= stances


def test_no_reader_comment_is_read_for_a_fact(kit: Kit) -> None:
    """A fact rests on a public document, which names its issuer."""
    assert kit.facts
    for fact in kit.facts.values():
        assert fact.reference.issuer
        assert fact.reference.document
        assert "comment" not in fact.reference.document.casefold()


# -------------------------------------------------- what the tree holds of the texts

LONGEST_RUN = 60
PICTURES = {".png", ".jpg", ".svg", ".ico"}


def tree() -> Iterator[tuple[str, str]]:
    """(path, text) of every file that is committed or could be, PDFs included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix == ".pdf" and path.is_file():
            yield name, "\n".join(page_texts(path.read_bytes()))
        elif path.suffix not in PICTURES and path.is_file():
            yield name, path.read_text(encoding="utf-8", errors="replace")


def words_of(text: str) -> list[str]:
    """Words in lower case, without marks: neither these nor line ends hide a run."""
    return re.sub(r"[^\w\s]|_", "", folded(text).casefold()).split()


def runs_in(text: str, length: int, known: frozenset[tuple[str, ...]]) -> list[str]:
    words = words_of(text)
    starts = range(len(words) - length + 1)
    windows = (tuple(words[at : at + length]) for at in starts)
    return [" ".join(window) for window in windows if window in known]


@pytest.fixture(scope="module")
def long_runs() -> frozenset[tuple[str, ...]]:
    """Every run of 61 words of the source texts."""
    length = LONGEST_RUN + 1
    found: set[tuple[str, ...]] = set()
    for path in sorted(TEXTS.glob("*.txt")):
        words = words_of(path.read_text(encoding="utf-8"))
        assert len(words) > 300, path.name
        found |= {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
    assert len(found) > 5000
    return frozenset(found)


@needs_texts
def test_no_long_stretch_of_a_source_is_anywhere_in_the_tree(
    long_runs: frozenset[tuple[str, ...]],
) -> None:
    files = dict(tree())
    assert len(files) > 50, "the tree was not scanned"
    assert any(name.startswith("seeds/huawei-ban/") for name in files)
    length = LONGEST_RUN + 1
    found = {name: runs_in(text, length, long_runs) for name, text in files.items()}
    assert {name: runs[0] for name, runs in found.items() if runs} == {}


@needs_texts
def test_no_source_text_is_in_the_tree_under_any_name() -> None:
    texts = {path.read_bytes() for path in TEXTS.glob("*.txt")}
    names = {path.name for path in TEXTS.glob("*.txt")}
    assert len(texts) == 5
    for name, text in tree():
        assert Path(name).name not in names
        assert text.encode() not in texts


@needs_texts
def test_the_scan_finds_a_stretch_that_was_reset(
    long_runs: frozenset[tuple[str, ...]],
) -> None:
    """Other line ends, capitals, quotation marks and a list in between hide nothing."""
    text = (TEXTS / "000_a6ed6ce2f8fead85.txt").read_text(encoding="utf-8")
    words = text.split()[100:190]
    disguised = "\n- ".join(word.upper().replace("“", '"') for word in words)
    assert runs_in(f"Ours. {disguised} Ours.", LONGEST_RUN + 1, long_runs)
    assert not runs_in(" ".join(words[:30] * 3), LONGEST_RUN + 1, long_runs)
