"""The first page: an answer by role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person today."""
    return render(request, "home/home.html")
