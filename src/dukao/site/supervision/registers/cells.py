"""What a column holds: read from what somebody typed, and said in words."""

from collections.abc import Mapping
from typing import Any

from dukao.progress.figures import say_plain
from dukao.site.supervision.registers.terms import Field, Terms
from dukao.site.supervision.typed import Unfit, read_day, read_number

_LONGEST = 500
Value = str | float


def read_cell(field: Field, said: str) -> Value | None:
    """The value of a field from what was typed; None for nothing. Raises Unfit."""
    text = " ".join(said.split())
    if not text:
        return None
    if field.is_figure:
        return read_number(field.label, text, least=0, most=1e12)
    if field.kind == "date":
        return read_day(field.label, text).isoformat()
    if field.kind == "choice" and text not in field.choices:
        raise Unfit(f"“{field.label}”写的是“{text[:20]}”：只能选{'、'.join(field.choices)}")
    if len(text) > _LONGEST:
        raise Unfit(f"“{field.label}”有 {len(text)} 个字，最多 {_LONGEST} 个：请写要点")
    return text


def read_values(
    terms: Terms, cells: Mapping[str, str], *, is_whole: bool = True
) -> tuple[dict[str, Value], list[str]]:
    """The values of all fields from what was typed, and what is wrong with them, one sentence each.

    `is_whole`: what must be filled in is missed where it is empty.
    """
    values: dict[str, Value] = {}
    wrong = []
    for field in terms.fields:
        try:
            value = read_cell(field, cells.get(field.code, ""))
        except Unfit as unfit:
            wrong.append(str(unfit))
            continue
        if value is not None:
            values[field.code] = value
        elif field.required and is_whole:
            wrong.append(f"“{field.label}”还没有填")
    return values, wrong


def say_cell(field: Field, values: Mapping[str, Any]) -> str:
    """A field's value as a form and a workbook show it; empty for none."""
    value = values.get(field.code)
    if value is None:
        return ""
    return say_plain(float(value)) if field.is_figure else str(value)
