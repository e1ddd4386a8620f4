"""What pages ask of close-out, standing and registers."""

from datetime import datetime

from dukao.site.people.access import Viewer
from dukao.site.supervision.needs import Need


def needs_of(viewer: Viewer, now: datetime) -> list[Need]:
    """What of this waits for somebody today; nothing yet."""
    return []
