"""Addresses of action plans."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
