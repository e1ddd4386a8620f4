"""Settings of `dukao demo`: the site's own, the door that lets the first visitor in, the sample's today."""

from dukao.site.settings import *  # noqa: F403
from dukao.site.settings import MIDDLEWARE as _MIDDLEWARE

_AT = _MIDDLEWARE.index("dukao.site.people.middleware.WhoAsks")
MIDDLEWARE = [
    *_MIDDLEWARE[:_AT],
    "dukao.site.showing.entering.LetIn",
    _MIDDLEWARE[_AT],
    "dukao.site.showing.standing.StandsThere",
    *_MIDDLEWARE[_AT + 1 :],
]
