"""History as a table that leaves the house: CSV in UTF-8 with a mark, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from dukao.site.history.models import Entry
from dukao.site.history.telling import tell

HEAD = ("序号", "时间", "登录名", "姓名", "地方", "事项", "对象", "改动", "理由", "校验值")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(entries: QuerySet[Entry]) -> Iterator[str]:
    """The lines of the table, head first, written as they are read."""
    writer: Any = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(HEAD)
    for entry in entries.order_by("-sequence").iterator(chunk_size=500):
        yield writer.writerow([as_text(cell) for cell in _cells(entry)])


def as_text(cell: object) -> object:
    """A cell no spreadsheet takes for a formula: one that begins like one is led by an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _cells(entry: Entry) -> tuple[object, ...]:
    told = tell(entry)
    about = "；".join(f"{one.noun} {one.key}" for one in told.about)
    changes = "\n".join(
        f"{one.label}：{one.before or '（无）'} → {one.after or '（无）'}" for one in told.changes
    )
    at = localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    return (
        *(entry.sequence, at, entry.actor, entry.actor_name, entry.place, entry.label),
        *(about, changes, entry.why, entry.digest),
    )
