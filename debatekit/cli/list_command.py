"""`debatekit list`"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from debatekit.cli.options import kit_folder, kit_option
from debatekit.terminal.safe import safe


@click.command(epilog="Example: debatekit list --kit my-kit --json")
@kit_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def command(kit_dir: str | None, as_json: bool) -> None:
    """Show what a kit holds, with counts."""
    from debatekit.kit.census import census
    from debatekit.kit.review import sound_kit

    found = census(sound_kit(kit_folder(kit_dir)))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(safe("\n".join(_lines(found))))


def _lines(found: Mapping[str, Any]) -> list[str]:
    from debatekit.kit.problems import counted

    lines = [
        f"{found['title']} ({found['kit']}, version {found['version']})",
        f"Motion: {found['motion']}",
        f"Measures: {', '.join(found['measures'])}",
        "Sources:",
    ]
    for s in found["sources"]:
        lines.append(
            f"  {s['letter']}  {s['id']}: {s['title']} ({s['kind']}, {s['date']}), "
            f"{counted(s['passages'], 'passage')}, "
            f"{counted(s['checks'], 'source check')}"
        )
    lines.append(f"Passages: {_counts(found['passages'])}")
    lines.append(f"Facts: {found['facts']}")
    for side, case in found["sides"].items():
        names = ", ".join(case["contentions"])
        lines.append(
            f"{side.upper()}: {counted(len(case['contentions']), 'contention')} "
            f"({names}), {counted(case['cards'], 'card')}, "
            f"{counted(case['rebuttals'], 'rebuttal')}"
        )
    lines.append(f"Items: {_counts(found['items'])}")
    lines.append(f"Types of item: {_counts(found['item_types'])}")
    lines.append(f"Glossary: {counted(found['terms'], 'term')}")
    lines += _extras(found)
    return lines


def _extras(found: Mapping[str, Any]) -> Iterator[str]:
    """What surrounds the cases; a kit may have none of it."""
    for source, reading in found["readings"].items():
        yield (
            f"Reading of {source}: {reading['standard_words']} words; plain "
            f"{reading['plain_words']} words at grade {reading['plain_grade']}"
        )
    if found["coded_comments"]:
        yield f"Comments coded: {_counts(found['coded_comments'])}"
    for name, label in (
        ("explainers", "Pages on the measures"),
        ("events", "Time line events"),
        ("people", "People and organisations"),
        ("starters", "Moves with sentence starters"),
        ("standards", "Standards codes"),
    ):
        if found[name]:
            yield f"{label}: {found[name]}"
    if found["lessons"]:
        plans = [f"{name} ({n} minutes)" for name, n in found["lessons"].items()]
        yield f"Lessons: {', '.join(plans)}"


def _counts(table: Mapping[str, int]) -> str:
    parts = [f"{name} {count}" for name, count in table.items() if name != "total"]
    return f"{table['total']} ({', '.join(parts)})"
