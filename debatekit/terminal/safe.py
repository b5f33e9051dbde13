"""Text from a kit or a file name → text that cannot steer a terminal.

``click.unstyle`` leaves operating-system commands, hyperlinks and C1 controls alone,
so what is dangerous is replaced here by a visible '?'. So is half a character: it
stands for a byte of a file name that is not UTF-8, and no terminal can be sent one.
"""

from __future__ import annotations

from debatekit.kit.yamlmarks import CONTROL


def safe(text: str) -> str:
    """The text with every control character but newline and tab shown as '?'."""
    return CONTROL.sub("?", text).encode(errors="replace").decode()
