"""Quiz forms for other programs: one module a format, a form and its key → bytes.

Stage: beside the terminal; takes what ``quiz`` has drawn. Each module has ``SUFFIX``,
the end of the file's name, and ``export(kit, form, key, seed)``.
"""

from __future__ import annotations

import importlib
from typing import Protocol, cast

from debatekit.kit.kit import Kit
from debatekit.quiz.records import AnswerKey, QuizForm


class Exporter(Protocol):
    """What every module of this package offers."""

    SUFFIX: str

    def export(self, kit: Kit, form: QuizForm, key: AnswerKey, seed: int) -> bytes: ...


# Format → module, imported when it is asked for.
EXPORTERS = {"html": "debatekit.exports.html"}


def exporter(name: str) -> Exporter:
    return cast(Exporter, importlib.import_module(EXPORTERS[name]))
