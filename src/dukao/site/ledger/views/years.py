"""Which year a page of a unit or a leader is about."""

from dukao.site.ledger.moments import AskedFor
from dukao.site.ledger.queries.ledger import read_sheets


def read_year(request: AskedFor) -> tuple[int, tuple[int, ...]]:
    """The year in the address (`?year=2024`), else the newest with a breakdown; and all there are."""
    years = tuple(sheet.year for sheet in read_sheets(request.viewer, request.record_at))
    said = request.GET.get("year", "")
    if said.isdecimal() and len(said) == 4:
        return int(said), years
    return (years[0] if years else request.moment.year), years
