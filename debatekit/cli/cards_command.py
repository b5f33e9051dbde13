"""`debatekit cards`"""

from __future__ import annotations

import shutil
import sys

import click

from debatekit.cli.options import SIDES, kit_folder, kit_option


@click.command(epilog="Example: debatekit cards --side con --contention backfires")
@kit_option
@click.option("--side", type=SIDES, help="Only this side's cards.")
@click.option("--contention", metavar="ID", help="Only the cards of this contention.")
def command(kit_dir: str | None, side: str | None, contention: str | None) -> None:
    """Show a kit's argument cards in the terminal.

    The words to read aloud stand in [brackets].
    """
    from debatekit.documents.cards import cards
    from debatekit.kit.problems import UserError, did_you_mean
    from debatekit.kit.review import sound_kit
    from debatekit.terminal.cards import show
    from debatekit.terminal.page import Page

    kit = sound_kit(kit_folder(kit_dir))
    if contention is not None and contention not in kit.contentions:
        known = ", ".join(kit.contentions)
        hint = did_you_mean(contention, kit.contentions) or f"this kit has: {known}"
        raise UserError(f'no contention "{contention}"', hint)
    chosen = [
        card
        for card in cards(kit).cards
        if side in (None, card.side) and contention in (None, card.contention_id)
    ]
    if not chosen:
        raise UserError(f'contention "{contention}" is not a {side} contention')
    show(Page(sys.stdout, shutil.get_terminal_size().columns), chosen)
