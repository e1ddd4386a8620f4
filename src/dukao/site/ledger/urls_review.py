"""Addresses of the review of a draft: its questions, its rows changed by hand."""

from django.urls import URLPattern, path

from dukao.site.ledger.views import draft_rows, review

urlpatterns: list[URLPattern] = [
    path("breakdowns/<int:breakdown_id>/review/", review.review, name="review"),
    path("questions/<int:question_id>/settle/", review.settle, name="settle"),
    path("questions/<int:question_id>/reopen/", review.reopen, name="reopen"),
    path("breakdowns/<int:breakdown_id>/tasks/new/", draft_rows.add, name="add-draft"),
    path("tasks/<int:task_id>/edit/", draft_rows.edit, name="edit-draft"),
    path("tasks/<int:task_id>/edit/undo/", draft_rows.undo, name="undo-draft"),
    path("tasks/<int:task_id>/withdraw/", draft_rows.withdraw, name="withdraw-draft"),
    path("tasks/<int:task_id>/restore/", draft_rows.restore, name="restore-draft"),
]
