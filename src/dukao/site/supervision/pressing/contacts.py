"""Where a unit's reminders go by mail: one address a unit, kept by the office."""

from datetime import datetime

from django.db import transaction
from django.http import Http404

from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Unit
from dukao.site.supervision.models import Contact
from dukao.site.supervision.naming import Action


@transaction.atomic
def keep_contact(unit_id: int, mail: str, *, by: Viewer, at: datetime) -> Contact:
    """Set a unit's address for reminders, or take it away with nothing; a form has checked what it is."""
    require(by, Act.PRESS)
    unit = Unit.objects.select_for_update().filter(pk=unit_id, place_id=by.place_id).first()
    if unit is None:
        raise Http404
    contact, _ = Contact.objects.get_or_create(unit=unit)
    if contact.mail != mail.strip():
        before = {"提醒邮箱": contact.mail}
        contact.mail = mail.strip()
        contact.save()
        after = {"提醒邮箱": contact.mail}
        about = [("unit", unit.pk)]
        record(Action.CONTACT_KEPT, by=by.actor, at=at, about=about, before=before, after=after)
    return contact
