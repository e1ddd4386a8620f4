"""Which year a page of a unit or a leader is about."""

from dukao.site.ledger.moments import AskedFor
from dukao.site.ledger.queries.ledger import read_sheets, year_in_hand


def read_year(request: AskedFor) -> tuple[int, tuple[int, ...]]:
    """The year in the address (`?year=2024`), else the one in hand; and all there are."""
    sheets = read_sheets(request.viewer, request.record_at)
    years = tuple(sheet.year for sheet in sheets)
    said = request.GET.get("year", "")
    if said.isdecimal() and len(said) == 4:
        return int(said), years
    return year_in_hand(sheets) or request.moment.year, years
