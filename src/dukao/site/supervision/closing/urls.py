"""Addresses of close-out and standing."""

from django.urls import URLPattern, path

from dukao.site.supervision.closing.views import acts, applying, closing, lists, standings

urlpatterns: list[URLPattern] = [
    path("closings/", lists.closings, name="closings"),
    path("closings/apply/<int:task_id>/", applying.apply, name="apply-close"),
    path("closings/<int:completion_id>/", closing.closing, name="closing"),
    path("closings/<int:completion_id>/paper/", closing.paper, name="closing-paper"),
    path("closings/<int:completion_id>/verify/", closing.verify, name="verify-close"),
    path("closings/<int:completion_id>/recall/", acts.recall, name="recall-verification"),
    path("closings/<int:completion_id>/visit/", acts.ask_visit, name="ask-visit"),
    path("closings/<int:completion_id>/visit/cancel/", acts.cancel_visit, name="cancel-visit"),
    path("closings/<int:completion_id>/visit/record/", acts.record_visit, name="record-visit"),
    path("closings/<int:completion_id>/return/", acts.send_back, name="return-close"),
    path("closings/<int:completion_id>/withdraw/", acts.withdraw, name="withdraw-close"),
    path("closings/<int:completion_id>/sign/", acts.sign, name="sign-close"),
    path("closings/<int:completion_id>/object/", acts.note_objection, name="object-to-close"),
    path("closings/<int:completion_id>/look/", acts.look, name="look-back"),
    path("closings/<int:completion_id>/reopen/", acts.reopen, name="reopen"),
    path("closings/objections/<int:shown_id>/", acts.settle_objection, name="settle-shown"),
    path("closings/exhibits/<int:exhibit_id>/", closing.exhibit, name="exhibit"),
    path("standings/", standings.standings, name="standings"),
    path("standings/new/", standings.new, name="new-standing"),
    path("standings/<int:standing_id>/", standings.standing, name="standing"),
    path("standings/<int:standing_id>/paper/", standings.paper, name="standing-paper"),
    path("standings/<int:standing_id>/sign/", standings.sign, name="sign-standing"),
    path("standings/<int:standing_id>/return/", standings.send_back, name="return-standing"),
    path("standings/<int:standing_id>/withdraw/", standings.withdraw, name="withdraw-standing"),
]
