"""Addresses of the ledger as everybody sees it."""

from django.urls import URLPattern, path

from dukao.site.ledger.views import (
    conflicts,
    coverage,
    leaders,
    ledger,
    measures,
    saved_views,
    tasks,
    units,
)

urlpatterns: list[URLPattern] = [
    path("ledger/", ledger.index, name="index"),
    path("ledger/views/", saved_views.saved_views, name="saved-views"),
    path("ledger/views/<int:view_id>/delete/", saved_views.delete_view, name="delete-view"),
    path("ledger/<int:year>/", ledger.ledger, name="ledger"),
    path("ledger/<int:year>/measures/", measures.measures, name="measures"),
    path("ledger/<int:year>/coverage/", coverage.coverage, name="coverage"),
    path("ledger/<int:year>/conflicts/", conflicts.conflicts, name="conflicts"),
    path("tasks/<int:task_id>/", tasks.task, name="task"),
    path("tasks/<int:task_id>/deadline/", tasks.deadline, name="set-deadline"),
    path("tasks/<int:task_id>/registers/", tasks.registers, name="set-registers"),
    path("tasks/<int:task_id>/publicity/", tasks.publicity, name="set-publicity"),
    path("units/<int:unit_id>/", units.unit, name="unit"),
    path("leaders/<int:post_id>/", leaders.leader, name="leader"),
]
