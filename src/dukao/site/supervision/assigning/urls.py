"""Addresses of assignments: sent, confirmed, objected to."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
