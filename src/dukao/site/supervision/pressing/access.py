"""Whose the papers of pressing are: the office sees all, a unit its own once signed, a leader its tasks'."""

from django.db.models import Q, QuerySet
from django.http import Http404

from dukao.site.ledger.access import visible_tasks
from dukao.site.people.access import Act, Reach, Viewer, may, require
from dukao.site.supervision.access import units_of
from dukao.site.supervision.models import (
    Bulletin,
    Delivery,
    Instruction,
    Meeting,
    Notice,
    NoticeStage,
    Reminder,
)


def visible_notices(viewer: Viewer) -> QuerySet[Notice]:
    """The notices and letters somebody may read: drafts are the office's alone."""
    notices = Notice.objects.filter(place_id=viewer.place_id)
    if viewer.reach is Reach.ALL:
        return notices
    signed = notices.filter(signed_at__isnull=False)
    if viewer.unit_id:
        return signed.filter(unit_id__in=units_of(viewer))
    return signed.filter(pk__in=signed.filter(tasks__in=visible_tasks(viewer)).values("pk"))


def visible_notice(viewer: Viewer, notice_id: int) -> Notice:
    """One notice with its people; 404 for any other."""
    people = ("unit", "place", "drafted_by", "checked_by", "signed_by", "answered_by", "closed_by")
    found = visible_notices(viewer).select_related(*people, "raised_from").filter(pk=notice_id).first()
    if found is None:
        raise Http404
    return found


def visible_instructions(viewer: Viewer) -> QuerySet[Instruction]:
    """What is followed up: to the office all, to others that of their tasks and of their unit."""
    found = Instruction.objects.filter(place_id=viewer.place_id)
    if viewer.reach is Reach.ALL:
        return found
    own = Q(task__in=visible_tasks(viewer)) | Q(given_by_id=viewer.user_id)
    if viewer.unit_id:
        own |= Q(unit_id__in=units_of(viewer))
    return found.filter(own)


def visible_instruction(viewer: Viewer, instruction_id: int) -> Instruction:
    """One of them; 404 for any other."""
    found = visible_instructions(viewer).select_related(
        "task", "post", "unit", "meeting", "given_by", "checked_by", "signed_by", "done_by", "place"
    )
    instruction = found.filter(pk=instruction_id).first()
    if instruction is None:
        raise Http404
    return instruction


def visible_bulletins(viewer: Viewer) -> QuerySet[Bulletin]:
    """The bulletins of the place: to the office with drafts, to others once signed."""
    found = Bulletin.objects.filter(place_id=viewer.place_id)
    return found if viewer.reach is Reach.ALL else found.filter(stage=NoticeStage.SENT)


def visible_bulletin(viewer: Viewer, bulletin_id: int) -> Bulletin:
    """One bulletin; 404 for any other."""
    people = ("place", "drafted_by", "checked_by", "signed_by")
    found = visible_bulletins(viewer).select_related(*people).filter(pk=bulletin_id).first()
    if found is None:
        raise Http404
    return found


def visible_meetings(viewer: Viewer) -> QuerySet[Meeting]:
    """The meetings of the place with what they decided, the latest first."""
    return Meeting.objects.filter(place_id=viewer.place_id).prefetch_related("decisions")


def visible_reminders(viewer: Viewer) -> QuerySet[Reminder]:
    """What was reminded of: to the office everybody's, to a unit its own; refused to everybody else."""
    require(viewer, Act.SEE_PRESS)
    found = Reminder.objects.filter(place_id=viewer.place_id).select_related("unit")
    if viewer.reach is Reach.ALL:
        return found
    require(viewer, Act.FILE)
    return found.filter(unit_id__in=units_of(viewer))


def visible_deliveries(viewer: Viewer) -> QuerySet[Delivery]:
    """The messages that leave the site, to the office; nothing to others."""
    found = Delivery.objects.filter(place_id=viewer.place_id).select_related("unit")
    return found if viewer.reach is Reach.ALL else found.none()


def visible_meeting(viewer: Viewer, meeting_id: int) -> Meeting:
    """One meeting of the place, with who prepared it; 404 for any other."""
    found = Meeting.objects.filter(pk=meeting_id, place_id=viewer.place_id)
    meeting = found.select_related("place", "created_by").first()
    if meeting is None or not may(viewer, Act.SEE_MEETINGS):
        raise Http404
    return meeting
