"""Addresses of the way of a breakdown: list, draft, consultation, approval, issue, supplements, papers."""

from django.urls import URLPattern, path

from dukao.site.ledger.views import (
    approval,
    breakdowns,
    consultation,
    extracts,
    issue,
    paper_answers,
    papers,
    supplements,
)

urlpatterns: list[URLPattern] = [
    path("breakdowns/", breakdowns.breakdowns, name="breakdowns"),
    path("breakdowns/new/", breakdowns.new_breakdown, name="new-breakdown"),
    path("breakdowns/<int:breakdown_id>/", breakdowns.breakdown, name="breakdown"),
    path("breakdowns/<int:breakdown_id>/withdraw/", breakdowns.withdraw, name="withdraw-breakdown"),
    path("breakdowns/<int:breakdown_id>/consultation/", consultation.office, name="consultation"),
    path("breakdowns/<int:breakdown_id>/consultation/close/", consultation.close, name="close-consultation"),
    path(
        "breakdowns/<int:breakdown_id>/consultation/paper/",
        paper_answers.agreed,
        name="paper-answers",
    ),
    path(
        "breakdowns/<int:breakdown_id>/consultation/paper/<int:unit_id>/",
        paper_answers.rows,
        name="paper-rows",
    ),
    path(
        "breakdowns/<int:breakdown_id>/consultation/paper/<int:unit_id>/tasks/<int:task_id>/",
        paper_answers.opinion,
        name="paper-opinion",
    ),
    path("opinions/<int:opinion_id>/take-back-paper/", paper_answers.take_back, name="take-back-paper"),
    path("opinions/<int:opinion_id>/rule/", consultation.rule, name="rule-opinion"),
    path("opinions/<int:opinion_id>/undo/", consultation.undo, name="undo-ruling"),
    path("opinions/<int:opinion_id>/take-back/", consultation.take_back, name="take-back-opinion"),
    path("consultations/", consultation.consultations, name="consultations"),
    path("consultations/<int:consultation_id>/", consultation.answer, name="answer"),
    path("consultations/<int:consultation_id>/agree/", consultation.agree_all, name="agree"),
    path("consultations/<int:consultation_id>/tasks/<int:task_id>/", consultation.opinion, name="opinion"),
    path("consultations/<int:consultation_id>/letters/<int:unit_id>/", papers.letter, name="letter"),
    path("breakdowns/<int:breakdown_id>/approval/", approval.approval, name="approval"),
    path("breakdowns/<int:breakdown_id>/return/", approval.return_draft, name="return-breakdown"),
    path("breakdowns/<int:breakdown_id>/meeting-paper/", papers.meeting_paper, name="meeting-paper"),
    path("breakdowns/<int:breakdown_id>/manner/", papers.choose_manner, name="choose-manner"),
    path("breakdowns/<int:breakdown_id>/issue/", issue.issue, name="issue"),
    path("breakdowns/<int:breakdown_id>/notice/", papers.notice, name="notice"),
    path("breakdowns/<int:breakdown_id>/extracts/", extracts.extracts, name="extracts"),
    path(
        "breakdowns/<int:breakdown_id>/extracts/units/<int:unit_id>/",
        extracts.unit_extract,
        name="unit-extract",
    ),
    path(
        "breakdowns/<int:breakdown_id>/extracts/leaders/<int:post_id>/",
        extracts.leader_extract,
        name="leader-extract",
    ),
    path("breakdowns/<int:breakdown_id>/supplements/", supplements.supplements, name="supplements"),
    path("breakdowns/<int:breakdown_id>/supplements/new/", supplements.new, name="new-supplement"),
    path("supplements/new/", supplements.new, name="new-supplement"),
    path("supplements/<int:supplement_id>/", supplements.supplement, name="supplement"),
    path("supplements/<int:supplement_id>/edit/", supplements.edit, name="edit-supplement"),
    path("supplements/<int:supplement_id>/sign/", supplements.sign, name="sign-supplement"),
    path("supplements/<int:supplement_id>/return/", supplements.send_back, name="return-supplement"),
    path("supplements/<int:supplement_id>/withdraw/", supplements.withdraw, name="withdraw-supplement"),
    path("supplements/<int:supplement_id>/paper/", papers.supplement_paper, name="supplement-paper"),
]
