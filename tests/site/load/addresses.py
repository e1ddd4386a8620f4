"""The site's addresses and the empty write, which saves are measured by: one row and one history entry."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import TextChoices
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from dukao.site.history.actions import record
from dukao.site.ledger.models import SavedView
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.asked import Asked


class Action(TextChoices):
    """What is done here."""

    EMPTY = "empty-write", "空写"


@transaction.atomic
def write_nothing(*, by: Viewer, at: datetime) -> None:
    """One transaction, one row, one entry: as little as an action can be."""
    require(by, Act.FILE)
    row = SavedView.objects.create(user_id=by.user_id, name=secrets.token_hex(8), query="")
    record(Action.EMPTY, by=by.actor, at=at, about=[("view", row.pk)])


@require_POST
def empty(request: Asked) -> HttpResponse:
    """The empty write, by the way every other request goes."""
    write_nothing(by=request.viewer, at=request.moment)
    return HttpResponse()


urlpatterns = [path("empty/", empty), path("", include("dukao.site.urls"))]
handler404 = "dukao.site.refusals.say_missing"
handler500 = "dukao.site.refusals.say_broken"
