"""Whose close-outs are: the office sees all, a unit what it applied for or leads, others once signed."""

from django.db.models import Q, QuerySet
from django.http import Http404

from dukao.site.ledger.access import visible_tasks
from dukao.site.ledger.models import Responsibility, Role
from dukao.site.people.access import Reach, Viewer
from dukao.site.supervision.access import units_of
from dukao.site.supervision.models import Completion, Exhibit, ShownObjection, Standing


def visible_completions(viewer: Viewer) -> QuerySet[Completion]:
    """The close-outs somebody may read; before it is signed one is the office's, the leader's, the unit's."""
    found = Completion.objects.filter(task__place_id=viewer.place_id)
    if viewer.reach is Reach.ALL:
        return found
    seen = Q(task__in=visible_tasks(viewer))
    if not viewer.unit_id:
        return found.filter(seen)
    units = units_of(viewer)
    led = Responsibility.objects.at(None).filter(unit_id__in=units, role=Role.LEAD)
    own = Q(unit_id__in=units) | Q(task__in=led.values("task_id"))
    return found.filter(own | (seen & Q(signed_at__isnull=False)))


def visible_completion(viewer: Viewer, completion_id: int) -> Completion:
    """One close-out with its people; 404 for any other."""
    people = ("applied_by", "verified_by", "signed_by", "returned_by", "unit", "task", "task__place")
    found = visible_completions(viewer).select_related(*people).filter(pk=completion_id).first()
    if found is None:
        raise Http404
    return found


def visible_exhibit(viewer: Viewer, exhibit_id: int) -> Exhibit:
    """A file brought with a close-out this reader may read; 404 for any other."""
    found = Exhibit.objects.filter(pk=exhibit_id).first()
    if found is None or not found.sha256:
        raise Http404
    visible_completion(viewer, found.completion_id)
    return found


def visible_objection(viewer: Viewer, objection_id: int) -> ShownObjection:
    """An objection to a close-out this reader may read; 404 for any other."""
    found = ShownObjection.objects.filter(pk=objection_id).first()
    if found is None:
        raise Http404
    found.completion = visible_completion(viewer, found.completion_id)
    return found


def visible_standings(viewer: Viewer) -> QuerySet[Standing]:
    """The acts by which tasks left the totals: drafts are the office's alone."""
    found = Standing.objects.filter(task__place_id=viewer.place_id)
    if viewer.reach is Reach.ALL:
        return found
    return found.filter(task__in=visible_tasks(viewer), signed_by__isnull=False)


def visible_standing(viewer: Viewer, standing_id: int) -> Standing:
    """One act with its people; 404 for any other."""
    people = ("task", "task__place", "drafted_by", "signed_by")
    found = visible_standings(viewer).select_related(*people).prefetch_related("into")
    standing = found.filter(pk=standing_id).first()
    if standing is None:
        raise Http404
    return standing
