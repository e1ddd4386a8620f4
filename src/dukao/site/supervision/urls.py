"""Addresses of room `supervision`: one module for each part, put together here."""

from django.urls import URLPattern

from dukao.site.supervision.assigning import urls as assigning
from dukao.site.supervision.closing import urls as closing
from dukao.site.supervision.filing import urls as filing
from dukao.site.supervision.jobs import urls as jobs
from dukao.site.supervision.planning import urls as planning
from dukao.site.supervision.pressing import urls as pressing
from dukao.site.supervision.registers import urls as registers
from dukao.site.supervision.rules import urls as rules
from dukao.site.supervision.seeing import urls as seeing

app_name = "supervision"
urlpatterns: list[URLPattern] = [
    *assigning.urlpatterns,
    *planning.urlpatterns,
    *filing.urlpatterns,
    *seeing.urlpatterns,
    *rules.urlpatterns,
    *pressing.urlpatterns,
    *closing.urlpatterns,
    *registers.urlpatterns,
    *jobs.urlpatterns,
]
