"""Addresses of boards, lights and rules."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
