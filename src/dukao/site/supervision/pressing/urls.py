"""Addresses of reminders, notices, letters, instructions, meetings, bulletins."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
