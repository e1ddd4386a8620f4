"""The site's addresses, room by room."""

from django.urls import include, path

from dukao.site.api.urls import api

urlpatterns = [
    path("", include("dukao.site.home.urls")),
    path("", include("dukao.site.people.urls")),
    path("documents/", include("dukao.site.archive.urls")),
    path("", include("dukao.site.ledger.urls")),
    path("", include("dukao.site.supervision.urls")),
    path("history/", include("dukao.site.history.urls")),
    path("api/v1/", api.urls),
]
handler400 = "dukao.site.refusals.say_foreign"
handler404 = "dukao.site.refusals.say_missing"
handler500 = "dukao.site.refusals.say_broken"
