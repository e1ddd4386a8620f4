"""Rows of the rule book read for themselves, so that every rule can prove what it reads."""

from dukao.breakdown.duties.columns import Column
from dukao.breakdown.reader import read_with_columns
from dukao.breakdown.rules.rows import RULES
from dukao.breakdown.tasks.traces import Trace, merge_traces
from dukao.reading.errors import SourceError
from dukao.reading.values import Source

__all__ = ["RULES", "fired_breakdown"]

# The columns of a row of the rule book that stands in no table.
_COLUMNS: list[Column | None] = ["task", "responsible", "remark"]
_OF_FINDINGS = {"two-leaders": "B61", "unit-alias": "B63"}
_OF_ODDITIES = {
    "truncated": "B51",
    "no-units": "B52",
    "unread-lines": "B53",
    "unread-columns": "B54",
    "unit-persons": "B55",
    "unnamed-others": "B56",
}


def fired_breakdown(row_text: str) -> dict[str, list[str]]:
    """The rules that take part in a row, or in a few rows together, and what each reads.

    >>> fired_breakdown("| 疏浚南塘河。 | *区水务局、区住建局 |")["B11"]
    ['区水务局']
    """
    source = Source("row", "", "text/plain", "utf-8", row_text)
    traces: list[Trace] = []
    try:
        breakdown = read_with_columns(source, None, _COLUMNS, traces)
    except SourceError as error:
        return {"B71": [error.code]}
    fired = merge_traces(traces)
    for finding in breakdown.findings:
        if finding.code in _OF_FINDINGS:
            fired.setdefault(_OF_FINDINGS[finding.code], []).append(" ".join(finding.items))
    for oddity in breakdown.diagnostics:
        if oddity.code in _OF_ODDITIES:
            fired.setdefault(_OF_ODDITIES[oddity.code], []).append(row_text[oddity.start : oddity.end])
    return fired
