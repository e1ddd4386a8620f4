"""Whose turn it is: the row of a breakdown is locked by whoever takes it a step further."""

from django.http import Http404

from dukao.site.ledger.models import Breakdown, Task
from dukao.site.people.access import Viewer


def lock_breakdown(breakdown_id: int, by: Viewer) -> Breakdown:
    """The breakdown of the viewer's place, locked until the transaction ends; 404 for any other."""
    found = Breakdown.objects.select_for_update().filter(pk=breakdown_id, place_id=by.place_id).first()
    if found is None:
        raise Http404
    return found


def breakdown_of(task: Task) -> Breakdown:
    """The breakdown a task comes from; 404 for one of another list of the place, which comes from none."""
    if task.breakdown is None:
        raise Http404
    return task.breakdown
