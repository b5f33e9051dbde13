"""Kits made for tests, so that none depends on what the bundled kit says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from debatekit.kit import model

SKILLS = ("locate", "infer", "source", "word", "evaluate")
LETTERS = "abcde"
PASSAGES = (
    ("eisenhower-summoned",),
    ("essay-one",),
    ("essay-two",),
    ("amendment-eighteen",),
    ("reader-three",),
    ("eisenhower-summoned", "amendment-eighteen"),
)


def read_yaml(path: Path) -> Any:
    """Every scalar as text, as the kit's own reader has it."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def write_yaml(path: Path, data: Any) -> None:
    """JSON is YAML: every text in quotes, so that nothing in it needs care."""
    path.write_text(json.dumps(data, ensure_ascii=True, indent=1), encoding="utf-8")


def grow(folder: Path, options: Sequence[int] = (4, 4, 3, 5), count: int = 40) -> None:
    """Add sources C and D, and items of 3 to 5 options over five skills, to a kit.

    An option's rationale is `rationale ITEM LETTER`; every tenth item keeps its order.
    """
    write_yaml(folder / "sources" / "essay.yaml", _essay())
    write_yaml(folder / "sources" / "readers.yaml", _readers())
    items = [_item(n, options[n % len(options)]) for n in range(count)]
    write_yaml(folder / "items" / "more.yaml", {"items": items})


def item_data(
    name: str,
    options: int,
    key: str,
    *,
    skill: str = "locate",
    reads: Sequence[str] = ("essay-one",),
    keep_order: bool = False,
) -> dict[str, Any]:
    """An item as YAML data, complete and without fault."""
    return {
        "id": name,
        "skill": skill,
        "reads": list(reads),
        "stem": f"Stem of {name}?",
        "options": {
            letter: {
                "text": f"choice {name} {letter}",
                "why": f"rationale {name} {letter}",
                **({} if letter == key else {"mistake": "misread"}),
            }
            for letter in LETTERS[:options]
        },
        "key": key,
        "proof": [{"fact": "takoma-park"}],
        "keep_order": "true" if keep_order else "false",
    }


def _item(number: int, options: int) -> dict[str, Any]:
    return item_data(
        f"more-{number}",
        options,
        LETTERS[number * 7 % options],
        skill=SKILLS[number % len(SKILLS)],
        reads=PASSAGES[number % len(PASSAGES)],
        keep_order=number % 10 == 9,
    )


def _source(name: str, letter: str, kind: str, layout: str) -> dict[str, Any]:
    return {
        "id": name,
        "letter": letter,
        "title": f"The {name}",
        "author": "not known",
        "publication": "A paper",
        "date": "not known",
        "kind": kind,
        "focus": "What does it say?",
        "head_note": "Made for a test.",
        "trust": "None.",
        "text": {
            "file": f"{name}.txt",
            "sha256": "0" * 64,
            "layout": layout,
            "first": 1,
            "last": 9,
        },
        "questions": {
            kind: ["What?"]
            for kind in ("sourcing", "context", "close_reading", "corroboration")
        },
    }


def _essay() -> dict[str, Any]:
    wrong = {
        "id": "essay-wrong",
        "at": {"paragraph": 2},
        "says": "every city did",
        "fault": "wrong",
        "record": "Only some cities did.",
    }
    one, two = (
        {
            "id": f"essay-{name}",
            "at": {"paragraph": number},
            "text": text,
            "context": f"The essay's paragraph {number}.",
            "stance": stance,
        }
        for number, (name, text, stance) in enumerate(
            [
                ("one", "People of sixteen work and pay taxes.", "mixed"),
                ("two", "In the end every city did as it liked.", "neutral"),
            ],
            start=1,
        )
    )
    two["checks"] = ["essay-wrong"]
    return {
        **_source("essay", "D", "opinion", "paragraphs"),
        "checks": [wrong],
        "passages": [one, two],
    }


def _readers() -> dict[str, Any]:
    return {
        **_source("readers", "C", "reader comments", "comments"),
        "passages": [
            {
                "id": "reader-three",
                "at": {"comment": 3, "name": "Sam B", "place": "Leeds"},
                "text": "At sixteen I could not have cared less.",
                "context": "A reader looks back.",
                "stance": "con",
            }
        ],
    }


def fill(folder: Path) -> None:
    """Give a grown kit a use of every field that a handout can show.

    Source checks stand beside words on a card, in a brief and in the quiz.
    """
    pro, con = (read_yaml(folder / f"{side}.yaml") for side in ("pro", "con"))
    pro["contentions"][0]["evidence"] += [
        {
            "id": "pro-cities",
            "passage": "essay-two",
            "tag": "Cities went their own way.",
            "read": ["In the end", "as it liked"],
        },
        {
            "id": "pro-reader",
            "passage": "reader-three",
            "tag": "A reader remembers.",
        },
    ]
    pro["contentions"].append(
        {
            "id": "work-and-tax",
            "claim": "Those who pay should have a say.",
            "warrant": "Taxes are spent by those who are elected.",
            "evidence": [
                {
                    "id": "pro-work",
                    "passage": "essay-one",
                    "tag": "Many already pay.",
                    "read": ["pay “their” taxes"],
                },
                {"id": "pro-count", "fact": "some-count", "tag": "Some count."},
            ],
            "impact": "A public purse needs public consent.",
        }
    )
    pro["rebuttals"][0]["support"] += [{"fact": "some-count"}, {"passage": "essay-two"}]
    con["rebuttals"] += [
        {
            "id": f"re-work-{number}",
            "answers": "work-and-tax",
            "text": f"Reply {number} to the taxes.",
            "answer": f"Answer {number} about the taxes.",
            "support": [{"passage": "reader-three"}],
        }
        for number in (1, 2)
    ]
    for side, file in (("pro", pro), ("con", con)):
        file["contentions"][0]["weighing"] = _weighing(side)
    write_yaml(folder / "pro.yaml", pro)
    write_yaml(folder / "con.yaml", con)

    facts = read_yaml(folder / "facts.yaml")
    facts["facts"].append(
        {
            "id": "some-count",
            "statement": "Somebody counted, and somebody doubts it.",
            "reference": {
                "document": "A count",
                "issuer": "An office",
                "date": "not known",
                "url": "https://example.org/count",
                "note": "read in a secondary report",
            },
            "date": "not known",
            "confidence": "low",
            "overtakes": ["essay-one"],
        }
    )
    write_yaml(folder / "facts.yaml", facts)

    essay = read_yaml(folder / "sources" / "essay.yaml")
    essay |= {"author_is": "a teacher", "date_note": "The web page has no date."}
    essay["checks"][0]["reference"] = facts["facts"][-1]["reference"]
    one = essay["passages"][0]
    one |= {"text": "People of sixteen work and pay “their” taxes.", "speaker": "A man"}
    write_yaml(folder / "sources" / "essay.yaml", essay)

    items = read_yaml(folder / "items" / "more.yaml")
    for item in items["items"][::5]:
        item["points"] = 2
    items["items"].append(
        {
            **item_data("quoting", 3, "a", skill="position"),
            "options": {
                "a": {"passage": "amendment-eighteen", "why": "It sets a line."},
                "b": {
                    "passage": "eisenhower-summoned",
                    "why": "It asks for a change.",
                    "mistake": "other-side",
                },
                "c": {"text": "Neither", "why": "One does.", "mistake": "misread"},
            },
            "proof": [
                {"passage": "amendment-eighteen", "words": "on account of age"},
                {"check": "essay-wrong"},
                {"source": "essay", "words": "Made for a test"},
            ],
        }
    )
    items["items"] += [_two_part(), _written(), *other_types()]
    write_yaml(folder / "items" / "more.yaml", items)

    head = read_yaml(folder / "kit.yaml")
    head["established"] = ["Some cities did."]
    head["contested"] = ["It is time", "Who should decide?"]
    skills = {"locate": 5, "word": 5, "position": 1, "evidence": 1, "corroborate": 1}
    skills["structure"] = len(other_types())
    head["quiz"]["skills"] |= skills
    write_yaml(folder / "kit.yaml", head)

    measures = [measure["id"] for measure in head["measures"]]
    explainers = [_explainer(measure) for measure in measures]
    write_yaml(folder / "measures.yaml", {"explainers": explainers})
    write_yaml(folder / "timeline.yaml", {"events": _events(measures[0])})
    starters = {level: [f"A {level} one: ___."] for level in ("full", "some", "light")}
    moves = ("state", "clarify", "restate", "weigh")
    moved = [{"move": move, "starters": starters} for move in moves]
    write_yaml(folder / "starters.yaml", {"moves": moved})
    (folder / "lessons").mkdir()
    write_yaml(folder / "lessons" / "one.yaml", _lesson())
    (folder / "readings").mkdir()
    write_yaml(folder / "readings" / "essay.yaml", _reading())


def _events(measure: str) -> list[dict[str, Any]]:
    """Eight events, two years apart or on one day, one of them about a measure."""
    dates = ("1942", "1943-11-03", *["1954-01"] * 4, "1971-07-01", "not known")
    return [
        {
            "id": f"event-{number}",
            "date": date,
            "event": f"Something happens for time {number}.",
            "reference": {"document": "A paper", "issuer": f"Issuer {number}", **when},
            "confidence": "high" if number else "low",
            **({"measure": measure} if number == 1 else {}),
        }
        for number, date in enumerate(dates)
        for when in [{"date": "not known" if number == 2 else "1999-12-31"}]
    ]


def _lesson() -> dict[str, Any]:
    return {
        "id": "one",
        "title": "One lesson",
        "minutes": 10,
        "students": "all",
        "aims": ["They can do it."],
        "needs": ["scissors"],
        "before": "Not the first lesson.",
        "groups": {"called": "team", "of": "3", "least": "3", "most": "4"},
        "copies": [
            {"name": "card", "handout": "roles", "parts": ["one"], "per": "group"},
            {"name": "ticket", "handout": "exit", "parts": ["one"], "per": "student"},
        ],
        "steps": [
            {
                "minutes": 10,
                "who": "all",
                "do": "Talk.",
                "say": "Talk now.",
                "hand": ["card", "ticket"],
            }
        ],
        "roles": [{"role": "timekeeper", "does": "Keeps the time."}],
        "exit": ["What did you learn?", "What would you ask?"],
        "answers": ["That cities differ.", "Who decides."],
        "grade": ["Two points an answer."],
        "extract": ["reader-three"],
        "update": "Look up what came of it.",
        "notes": ["Open a window."],
    }


def _weighing(name: str) -> dict[str, str]:
    fields = ("magnitude", "probability", "timeframe", "reversibility")
    return {field: f"The {field} of {name}." for field in fields}


def explanations(item: model.Item) -> list[str]:
    """All that an item says for the teacher alone: why an option is right or wrong,
    how a written answer is scored, and a sample of one."""
    told = [option.why for part in item.parts for option in part.options.values()]
    told += [text.why for text in (*item.pairs, *item.extra, *item.steps)]
    told += [text for text in (item.why, item.correction) if text]
    if item.guide is not None:
        told += [item.guide.full, item.guide.part, item.guide.none, item.sample]
    return told


def _two_part() -> dict[str, Any]:
    second = item_data("two-part-b", 3, "b")
    for letter, words in zip("abc", ("sixteen", "work and pay", "taxes"), strict=True):
        second["options"][letter]["text"] = f"“{words}”"
    return {
        **item_data("two-part", 4, "d", skill="evidence"),
        "type": "two-part",
        "evidence": {name: second[name] for name in ("stem", "options", "key")},
        "points": 2,
    }


def _written() -> dict[str, Any]:
    item = item_data("written", 3, "a", skill="corroborate")
    return {
        **{name: item[name] for name in ("id", "skill", "reads", "stem", "proof")},
        "type": "written",
        "lines": 4,
        "sample": "rationale written sample",
        "guide": {
            name: f"rationale written {name}" for name in ("full", "part", "none")
        },
        "points": 2,
    }


def other_types() -> list[dict[str, Any]]:
    """An item of each type that is neither a choice nor written."""
    several = item_data("several", 5, "b", reads=["essay-two"])["options"]
    del several["d"]["mistake"]
    return [
        {
            **_other("several", "multiple", [{"fact": "takoma-park"}]),
            "reads": ["essay-two"],
            "options": several,
            "keys": ["b", "d"],
            "points": 2,
        },
        {
            **_other("pairs", "matching", [{"term": "amendment"}]),
            "pairs": [
                {
                    "left": f"left {n}",
                    "right": f"right {n}",
                    "why": f"rationale pairs {n}",
                }
                for n in range(4)
            ],
            "extra": [{"text": "right alone", "why": "rationale pairs alone"}],
            "points": 4,
        },
        {
            **_other("steps", "ordering", [{"event": "event-1"}]),
            "steps": [
                {"text": f"step {n}", "why": f"rationale steps {n}"} for n in range(4)
            ],
            "points": 3,
        },
        {
            **_other("statement", "true-false", [{"contention": "work-and-tax"}]),
            "true": "false",
            "correction": "rationale statement corrected",
            "why": "rationale statement",
            "reads": ["reader-three"],
            "points": 3,
        },
        {
            **_other("gap", "cloze", [{"rebuttal": "re-work-1"}]),
            "stem": "Stem of gap with a ____ in it.",
            "answers": ["filled gap", "other filling"],
            "why": "rationale gap",
            "reads": ["essay-one"],
        },
    ]


def _other(name: str, kind: str, proof: list[dict[str, str]]) -> dict[str, Any]:
    stem = f"Stem of {name}."
    return {
        "id": name,
        "type": kind,
        "skill": "structure",
        "stem": stem,
        "proof": [*proof, {"measure": "national-sixteen"}],
    }


def _explainer(measure: str) -> dict[str, Any]:
    fields = ("in_short", "why_confused", "whom_it_touches", "afterwards")
    return {
        "measure": measure,
        **{field: f"The {field} of {measure}." for field in fields},
        "does": [f"{measure} does one thing.", f"{measure} does another."],
        "does_not": [f"{measure} does not do this."],
    }


def _reading() -> dict[str, Any]:
    return {
        "source": "essay",
        "paragraphs": [
            {
                "standard": "People of sixteen, it says, “work and pay”. So it goes.",
                "plain": "It says that people of sixteen “work”.",
                "quotes": ["essay-one"],
                "terms": ["amendment"],
            },
            {
                "standard": "Then it says that “every city did as it liked”.",
                "plain": "It says: “every city did as it liked”.",
                "quotes": ["essay-two"],
            },
        ],
    }
