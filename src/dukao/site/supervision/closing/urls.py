"""Addresses of close-out, standing and registers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
