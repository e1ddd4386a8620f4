"""What was shown to somebody and comes back to be confirmed: signed for them alone, good for an hour."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.core import signing

from dukao.site.people.access import Viewer
from dukao.site.refusals import Refusal, Refused

_AN_HOUR = 3600


def seal_of(said: object) -> str:
    """The same for the same plain values: what is confirmed is what was shown."""
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def sign_shown(viewer: Viewer, what: str, about: Sequence[int], said: object) -> str:
    """Plain values shown to a viewer as one field of a form: `what` they are, and of which things."""
    return signing.dumps([viewer.user_id, *about, said], salt=f"dukao.{what}", compress=True)


def read_shown(viewer: Viewer, what: str, about: Sequence[int], signed: str, expired: Refusal) -> Any:
    """The values as they come back; refused as `expired` where they are too old, or were shown to another
    user or of another thing.
    """
    try:
        *whose, said = signing.loads(signed, salt=f"dukao.{what}", max_age=_AN_HOUR)
    except signing.BadSignature as error:  # a SignatureExpired too
        raise Refused(expired) from error
    if whose != [viewer.user_id, *about]:
        raise Refused(expired)
    return said
