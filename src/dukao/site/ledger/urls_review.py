"""Addresses of the review of a draft: its questions, its rows changed by hand."""

from django.urls import URLPattern, path

from dukao.site.ledger.views import draft_rows, drafting, model, review

urlpatterns: list[URLPattern] = [
    path("breakdowns/<int:breakdown_id>/review/", review.review, name="review"),
    path("breakdowns/draft/", drafting.draft_breakdown, name="draft-breakdown"),
    path("breakdowns/<int:breakdown_id>/draft/", drafting.draft_paper, name="draft-paper"),
    path("breakdowns/<int:breakdown_id>/draft/xlsx/", drafting.draft_workbook, name="draft-workbook"),
    path("breakdowns/<int:breakdown_id>/likely/", drafting.take_likely, name="take-likely"),
    path("breakdowns/<int:breakdown_id>/bring-back/", drafting.bring_sentence_back, name="bring-back"),
    path("breakdowns/<int:breakdown_id>/model/", model.model, name="model"),
    path("questions/<int:question_id>/settle/", review.settle, name="settle"),
    path("questions/<int:question_id>/reopen/", review.reopen, name="reopen"),
    path("breakdowns/<int:breakdown_id>/tasks/new/", draft_rows.add, name="add-draft"),
    path("tasks/<int:task_id>/edit/", draft_rows.edit, name="edit-draft"),
    path("tasks/<int:task_id>/edit/undo/", draft_rows.undo, name="undo-draft"),
    path("tasks/<int:task_id>/split/", draft_rows.split, name="split-draft"),
    path("tasks/<int:task_id>/merge/", draft_rows.merge, name="merge-draft"),
    path("tasks/<int:task_id>/withdraw/", draft_rows.withdraw, name="withdraw-draft"),
    path("tasks/<int:task_id>/restore/", draft_rows.restore, name="restore-draft"),
]
