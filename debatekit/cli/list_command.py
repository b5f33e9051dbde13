"""`debatekit list`"""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    lines = [
        f"{found['title']} ({found['kit']}, version {found['version']})",
        f"Motion: {found['motion']}",
        f"Measures: {', '.join(found['measures'])}",
        "Sources:",
    ]
    for s in found["sources"]:
        lines.append(
            f"  {s['letter']}  {s['id']}: {s['title']} ({s['kind']}, {s['date']}), "
            f"{s['passages']} passages, {s['checks']} source checks"
        )
    lines.append(f"Passages: {_counts(found['passages'])}")
    lines.append(f"Facts: {found['facts']}")
    for side, case in found["sides"].items():
        names = ", ".join(case["contentions"])
        lines.append(
            f"{side.upper()}: {len(case['contentions'])} contentions ({names}), "
            f"{case['cards']} cards, {case['rebuttals']} rebuttals"
        )
    lines.append(f"Items: {_counts(found['items'])}")
    lines.append(f"Glossary: {found['terms']} terms")
    return lines


def _counts(table: Mapping[str, int]) -> str:
    parts = [f"{name} {count}" for name, count in table.items() if name != "total"]
    return f"{table['total']} ({', '.join(parts)})"
