"""The page that asks before something is done: the question, its consequences, and the way back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from dukao.site.people.asked import Asked
from dukao.site.people.forms import Form

Crumbs = tuple[tuple[str, str], ...]  # address and label


def ask(
    request: Asked,
    question: str,
    consequences: list[str],
    *,
    button: str,
    crumbs: Crumbs,
    form: Form | None = None,
    is_danger: bool = True,
) -> HttpResponse:
    """The page; the last of the crumbs is where one goes who would rather not, `form` is to be filled in."""
    facts: dict[str, Any] = {
        "question": question,
        "consequences": consequences,
        "button": button,
        "back": crumbs[-1][0],
        "crumbs": crumbs,
        "form": form,
        "is_danger": is_danger,
    }
    return render(request, "people/confirm.html", facts, status=422 if form and form.errors else 200)
