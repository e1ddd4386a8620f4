"""Keys to the read API: shown once, kept as their sha256, seeing what their user sees."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404

from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, may, require, viewer_of
from dukao.site.people.models import ApiToken
from dukao.site.people.naming import Action

PREFIX = "dukao_"  # lets a key that got lost in a file be found
_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def issue_token(name: str, *, by: Viewer, at: datetime) -> tuple[ApiToken, str]:
    """A new token of one's own, and its secret, which is kept nowhere."""
    require(by, Act.USE_API)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(user_id=by.user_id, name=name, digest=digest_of(secret), created_at=at)
    things = [("token", token.pk), ("user", by.user_id)]
    record(Action.TOKEN_ISSUED, by=by.actor, at=at, about=things, after={"name": name})
    return token, secret


@transaction.atomic
def withdraw_token(token_id: int, *, by: Viewer, at: datetime) -> ApiToken:
    """End a token of one's own: whoever uses it is refused from now on."""
    mine = ApiToken.objects.select_for_update().filter(user_id=by.user_id)
    token = get_object_or_404(mine, pk=token_id)
    if token.withdrawn_at is None:
        token.withdrawn_at = at
        token.save(update_fields=("withdrawn_at",))
        things = [("token", token.pk), ("user", by.user_id)]
        record(Action.TOKEN_WITHDRAWN, by=by.actor, at=at, about=things, before={"name": token.name})
    return token


def viewer_of_token(secret: str, at: datetime) -> Viewer | None:
    """The viewer a token stands for; None where it is unknown, withdrawn, or its user may not use it."""
    found = ApiToken.objects.filter(digest=digest_of(secret), withdrawn_at__isnull=True)
    token = found.select_related("user").first()
    if token is None or not token.user.is_active:
        return None
    viewer = viewer_of(token.user, at)
    if not may(viewer, Act.USE_API):
        return None
    _note_use(token, at)
    return viewer


def digest_of(secret: str) -> str:
    """What is kept of a token's secret; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _note_use(token: ApiToken, at: datetime) -> None:
    """Write down that a token is used, at most once a minute."""
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - _NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at < at - _NOTED_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=at)
