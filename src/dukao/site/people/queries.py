"""The door to ask who is who."""

from datetime import datetime
from typing import Any

from axes.models import AccessLog

from dukao.site.people.models import ApiToken, User
from dukao.site.people.second_factor import device_of
from dukao.site.people.tokens import viewer_of_token

__all__ = ["describe_me", "viewer_of_token"]


def describe_me(user: User, at: datetime) -> dict[str, Any]:
    """What one's own page shows: device, tokens that hold and that are withdrawn, the last two log-ins."""
    tokens = list(ApiToken.objects.filter(user_id=user.pk))
    return {
        "device": device_of(user),
        "tokens": [token for token in tokens if token.withdrawn_at is None],
        "withdrawn": [token for token in tokens if token.withdrawn_at is not None],
        "log_ins": list(AccessLog.objects.filter(username=user.username).order_by("-attempt_time")[:3]),
    }
