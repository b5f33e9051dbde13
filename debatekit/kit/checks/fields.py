"""Rules on the fields of quiz items: each type has its own.

Stage: part of ``checks``, before the rules on what stands in the fields.
"""

from __future__ import annotations

from collections.abc import Iterator

from debatekit.kit import model
from debatekit.kit.kit import Kit
from debatekit.kit.problems import Problem, error

# The fields each type of item needs, beside those that all have, and those it may have.
NEEDED: dict[model.ItemType, tuple[str, ...]] = {
    "choice": ("options", "key"),
    "two-part": ("options", "key", "evidence"),
    "written": ("lines", "guide", "sample"),
    "multiple": ("options", "keys"),
    "matching": ("pairs",),
    "ordering": ("steps",),
    "true-false": ("true", "why"),
    "cloze": ("answers", "why"),
}
OPTIONAL: dict[model.ItemType, tuple[str, ...]] = {
    "choice": ("keep_order",),
    "two-part": ("keep_order",),
    "multiple": ("keep_order",),
    "matching": ("extra",),
    "true-false": ("correction", "lines"),
}
ALL_FIELDS = tuple(
    dict.fromkeys(
        f for t in (NEEDED, OPTIONAL) for fields in t.values() for f in fields
    )
)


def fields_fit_the_type(kit: Kit) -> Iterator[Problem]:
    """An item has the fields of its type, and no others.

    Fails: a choice without a key; a written item with options.
    """
    for item in kit.items.values():
        wanted = NEEDED[item.type]
        a_type = f"{'an' if item.type == 'ordering' else 'a'} {item.type}"
        allowed = (*wanted, *OPTIONAL.get(item.type, ()))
        for field in ALL_FIELDS:
            given = _is_given(item, field)
            if given and field not in allowed:
                yield error(
                    item.origin.key_at(field),
                    "field-unfit",
                    f'item "{item.id}" is {a_type} item and has no field "{field}"',
                    f"{a_type} item has: {', '.join(wanted)}",
                )
            elif not given and field in wanted:
                yield _missing(item, field)
        if item.evidence is not None and not item.evidence.key:
            yield error(
                item.evidence.origin.location,
                "field-missing",
                f'the evidence of item "{item.id}" needs a field "key"',
            )


def correction_fits_the_statement(kit: Kit) -> Iterator[Problem]:
    """A false statement has a correction, a true one has none."""
    for item in kit.items.values():
        if item.type != "true-false" or item.true is None:
            continue
        given = bool(item.correction.strip())
        if item.true and given:
            yield error(
                item.origin.key_at("correction"),
                "field-unfit",
                f'the statement of item "{item.id}" is true and has no correction',
            )
        elif not item.true and not given:
            yield _missing(item, "correction")


def _is_given(item: model.Item, field: str) -> bool:
    if field == "keep_order":
        return item.keep_order
    value = getattr(item, field)
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value not in ((), {})


def _missing(item: model.Item, field: str) -> Problem:
    return error(
        item.origin.location,
        "field-missing",
        f'item "{item.id}" needs a field "{field}"',
    )


RULES = (fields_fit_the_type, correction_fits_the_statement)
