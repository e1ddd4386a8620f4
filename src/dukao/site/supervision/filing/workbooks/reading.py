"""A round's workbook that came back, as rows of text."""

from dukao.site.supervision.filing.errors import Refusal
from dukao.site.supervision.filing.workbooks.columns import HEADS, SHEET
from dukao.site.supervision.workbooks import Line, Sayings, read_lines

_MOST_ROWS = 2_000
_SAYINGS = Sayings(Refusal.WORKBOOK_KIND, Refusal.WORKBOOK_FOREIGN, Refusal.WORKBOOK_WIDE)


def read_rows(data: bytes, name: str) -> tuple[Line, ...]:
    """The rows of a round's workbook that are more than a remark; Refused where it is none."""
    lines = read_lines(data, name, SHEET, HEADS, _SAYINGS, most_rows=_MOST_ROWS)
    return tuple(line for line in lines if sum(1 for text in line.cells.values() if text) > 1)
