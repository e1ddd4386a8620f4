"""States of the ledger page that a person keeps under a name: keep one, give one up."""

from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import SavedView
from dukao.site.ledger.naming import Action
from dukao.site.ledger.queries.selection import read_selection
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused

_LONGEST = 40  # characters of a name


@transaction.atomic
def save_view(name: str, query: str, *, by: Viewer, at: datetime) -> SavedView:
    """Keep a state of the ledger page, `query` its query string; a name in use is given to the new state."""
    require(by, Act.SEE_LEDGER)
    name = " ".join(name.split())[:_LONGEST]
    if not name:
        raise Refused(Refusal.NAMELESS_VIEW, status=422)
    asked = QueryDict(query.lstrip("?"))
    query = urlencode(list(read_selection(asked, asked.get("as_of", "")).pairs()))[:1000]
    own = own_views(by).select_for_update()
    view, is_new = own.get_or_create(user_id=by.user_id, name=name, defaults={"query": query})
    before = None if is_new else {"name": name, "query": view.query}
    view.query = query
    view.save()
    about = [("view", view.pk)]
    record(
        Action.VIEW_SAVED,
        by=by.actor,
        at=at,
        about=about,
        before=before,
        after={"name": name, "query": query},
    )
    return view


@transaction.atomic
def remove_view(view_id: int, *, by: Viewer, at: datetime) -> str:
    """Give up one of one's own views; its name."""
    view = get_object_or_404(own_views(by).select_for_update(), pk=view_id)
    before = {"name": view.name, "query": view.query}
    record(Action.VIEW_REMOVED, by=by.actor, at=at, about=[("view", view.pk)], before=before)
    view.delete()
    return view.name


def own_views(by: Viewer) -> QuerySet[SavedView]:
    """The views the viewer keeps."""
    return SavedView.objects.filter(user_id=by.user_id)
