"""Addresses of boards, lights and rules."""

from django.urls import URLPattern, path

from dukao.site.supervision.seeing import rule_views, views

urlpatterns: list[URLPattern] = [
    path("board/", views.newest, name="newest-board"),
    path("board/<int:year>/", views.board, name="board"),
    path("rules/", rule_views.rules, name="rules"),
    path("rules/<slug:subject>/try/", rule_views.try_out, name="try-rule"),
    path("rules/<slug:subject>/adopt/<slug:preset>/", rule_views.adopt, name="adopt-rule"),
]
