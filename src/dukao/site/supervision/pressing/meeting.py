"""督查例会: an agenda drawn from what is behind on a day, kept as drawn; decisions are in `instructing`."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.models import Meeting
from dukao.site.supervision.naming import Action
from dukao.site.supervision.pressing.errors import Refusal
from dukao.site.supervision.pressing.listed import lines_of, read_listed, say_lists
from dukao.site.supervision.pressing.overview import behind_of, counts_of, line_of, read_items
from dukao.site.supervision.seeing.said import said_of


def draw_agenda(viewer: Viewer, year: int, at: datetime) -> dict[str, Any]:
    """What the meeting would speak of: counts, and what is behind or blocked, the worst first.

    The counts are the breakdown's; how many stand on the lists beside it is a sentence of its own, and what
    is behind on them comes last.
    """
    today = localdate(at)
    items = read_items(viewer, year, today, at)
    behind, listed = behind_of(items), read_listed(viewer, today, at)
    keys = [one.row.task_id for one in behind] + [row.task_id for one in listed for row in one.behind]
    said = said_of(keys, at)
    return {
        "year": year,
        "as_of": today.isoformat(),
        "counts": counts_of(items),
        "total": len(items),
        "lists": say_lists(listed),
        "items": [line_of(one, said) for one in behind] + lines_of(listed, said),
    }


@transaction.atomic
def hold_meeting(title: str, held_on: date, year: int, *, by: Viewer, at: datetime) -> Meeting:
    """Put a meeting on the record with the agenda of this moment."""
    require(by, Act.PRESS)
    if not title.strip():
        raise Refused(Refusal.NEEDS_WORDS, status=422, what="会议名称", why="议程和议定事项都用它")
    meeting = Meeting.objects.create(
        place_id=by.place_id,
        title=title.strip(),
        held_on=held_on,
        agenda=draw_agenda(by, year, at),
        created_by_id=by.user_id,
        created_at=at,
    )
    return _record(meeting, by=by, at=at)


@transaction.atomic
def redraw_agenda(meeting_id: int, *, by: Viewer, at: datetime) -> Meeting:
    """Draw the agenda again, for a meeting not yet held that was prepared days ago."""
    require(by, Act.PRESS)
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id, place_id=by.place_id)
    before = _plain(meeting)
    year = meeting.agenda.get("year") or meeting.held_on.year
    meeting.agenda = draw_agenda(by, year, at)
    meeting.save(update_fields=("agenda",))
    return _record(meeting, by=by, at=at, before=before)


def _plain(meeting: Meeting) -> dict[str, object]:
    return {
        "会议": meeting.title,
        "日期": meeting.held_on.isoformat(),
        "数据截至": meeting.agenda["as_of"],
        "议题": len(meeting.agenda["items"]),
    }


def _record(meeting: Meeting, *, by: Viewer, at: datetime, before: object = None) -> Meeting:
    about = [("meeting", meeting.pk), *(("task", line["task"]) for line in meeting.agenda["items"])]
    record(Action.MET, by=by.actor, at=at, about=about, before=before, after=_plain(meeting))
    return meeting
