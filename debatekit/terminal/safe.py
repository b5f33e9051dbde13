"""Text from a kit or a file name → text that cannot steer a terminal.

``click.unstyle`` leaves operating-system commands, hyperlinks and C1 controls alone,
so what is dangerous is replaced here by its name's absence: a visible '?'.
"""

from __future__ import annotations

from debatekit.kit.yamlmarks import is_control


def safe(text: str) -> str:
    """The text with every control character but newline and tab shown as '?'."""
    return "".join("?" if is_control(char) else char for char in text)
