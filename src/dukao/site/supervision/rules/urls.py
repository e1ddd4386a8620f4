"""Addresses of the rules a place works by."""

from django.urls import URLPattern, path

from dukao.site.supervision.rules import views

urlpatterns: list[URLPattern] = [
    path("rules/", views.rules, name="rules"),
    path("rules/<slug:subject>/try/", views.try_out, name="try-rule"),
    path("rules/<slug:subject>/adopt/<slug:preset>/", views.adopt, name="adopt-rule"),
]
