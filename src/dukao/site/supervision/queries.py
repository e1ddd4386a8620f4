"""What the first page asks of the room: everything that waits for somebody, the earliest limit first."""

from datetime import date, datetime

from dukao.site.people.access import Viewer
from dukao.site.supervision.assigning import queries as assigning
from dukao.site.supervision.closing import queries as closing
from dukao.site.supervision.filing import queries as filing
from dukao.site.supervision.needs import Need
from dukao.site.supervision.planning import queries as planning
from dukao.site.supervision.pressing import queries as pressing
from dukao.site.supervision.registers import queries as registers

_PARTS = (assigning, planning, filing, pressing, closing, registers)


def needs_of(viewer: Viewer, now: datetime) -> list[Need]:
    """Whatever waits for this person, the earliest limit first, what has none last."""
    found = [need for part in _PARTS for need in part.needs_of(viewer, now) if need.count]
    return sorted(found, key=lambda need: need.due or date.max)
