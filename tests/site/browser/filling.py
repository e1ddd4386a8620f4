"""Run in a site of its own: somebody in every role, an issued ledger, next year's draft with its units asked.

Prints as JSON who is logged in (`sessions`), and every page and form each role gets, as the matrix says
(`pages`, `forms`: role, name, address).
"""

import json
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse
from django.utils.timezone import localdate, now
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from dukao.site.ledger.models import Breakdown, Task
from dukao.site.ledger.steps.consulting import open_consultation
from dukao.site.people.models import ADMINISTRATORS, User
from tests.site.conftest import Cast, found_cast, issue, propose
from tests.site.matrix import GET, POST
from tests.site.test_matrix import COLUMNS, Place, addresses, furnish

Visit = tuple[str, str, str]
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def fill() -> None:
    """Fill the site and print what is in it."""
    cast = found_cast()
    place = furnish(cast, issue(cast, propose(cast)))
    pages, forms = visits(place, GET, "200"), visits(place, POST, "422")
    # What is refused is one page.
    pages, forms = pages + visits(place, GET, "403")[:1], forms + visits(place, POST, "409")[:1]
    next_year = propose(cast, 2025)
    pages += visits_of_draft(next_year)
    consultation = open_consultation(
        next_year.pk, localdate() + timedelta(days=5), by=cast.viewer("clerk"), at=now()
    )
    asked = reverse("ledger:answer", args=[consultation.pk])
    pages += [("clerk", "asked", reverse("ledger:consultation", args=[next_year.pk]))]
    pages += [("liaison", "asked", asked)]
    print(json.dumps({"sessions": sessions(cast), "pages": pages, "forms": forms}))


def visits(place: Place, table: str, wanted: str) -> list[Visit]:
    """Who gets the wanted answer where, as a table of the matrix says."""
    params = dict(addresses())
    found = []
    for line in table.strip("\n").splitlines()[1:]:
        said, *statuses = line.split()
        name, _, variant = said.partition("/")
        if name.startswith("api:") and name != "api:describe":
            continue
        address = reverse(name, kwargs=place.arguments(name, params[name], variant))
        answers = zip(COLUMNS, statuses, strict=True)
        found += [(role, said, address) for role, status in answers if status == wanted]
    return found


def visits_of_draft(draft: Breakdown) -> list[Visit]:
    """The pages of a draft on which everything is open."""
    names = ("review", "consultation", "approval", "issue", "add-draft", "withdraw-breakdown")
    found = [("clerk", f"draft {name}", reverse(f"ledger:{name}", args=[draft.pk])) for name in names]
    row = Task.objects.filter(breakdown=draft)[1]
    for name in ("task", "edit-draft", "withdraw-draft"):
        found.append(("clerk", f"draft {name}", reverse(f"ledger:{name}", args=[row.pk])))
    return found


def sessions(cast: Cast) -> dict[str, str]:
    """A session for everybody, the second factor proved where one is asked for."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = {}
    for role, known in cast.users.items():
        user = User.objects.get(pk=known.pk)
        session = store()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), _BACKEND
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        if role in ADMINISTRATORS:
            device = TOTPDevice.objects.create(user=user, name="手机", confirmed=True)
            session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.create()
        keys[role] = session.session_key
    return keys
