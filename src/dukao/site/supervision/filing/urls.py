"""Addresses of rounds and filings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
