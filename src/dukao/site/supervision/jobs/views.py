"""The page of the jobs: when they ran, what they did, what failed; for the office and the system's keeper."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.supervision.jobs.queries import read_jobs


@require_GET
def jobs(request: Asked) -> HttpResponse:
    """The last runs, the next, and what did not go well."""
    require(request.viewer, Act.SEE_JOBS)
    page = read_jobs(request.viewer, settings.JOBS_MINUTES, request.moment)
    facts = {
        "page": page,
        "has_mail": bool(settings.EMAIL_HOST),
        "has_robot": bool(settings.ROBOT_URL),
        "is_office": may(request.viewer, Act.SEE_PRESS),
    }
    return render(request, "supervision/jobs/jobs.html", facts)
