"""Who asks: a bearer token stands for its user, with the user's rights at this moment."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from dukao.site.people.access import Viewer
from dukao.site.people.queries import viewer_of_token


class Bearer(HttpBearer):
    """`Authorization: Bearer dukao_…`; a session of the browser does not count here."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The viewer the token stands for, put onto the request as every view finds it."""
        viewer = viewer_of_token(token, getattr(request, "moment", None) or timezone.now())
        if viewer is not None:
            request.viewer = viewer  # type: ignore[attr-defined]
        return viewer
