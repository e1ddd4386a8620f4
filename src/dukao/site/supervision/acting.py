"""The page of an act: what it does in words, its few fields, and the act itself when the form is whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused

Crumb = tuple[str, str]
# A role that may not, or a thing nobody may know of, is no matter of the form.
_NOT_OF_THE_FORM = (403, 404)


@dataclass(frozen=True, slots=True)
class ActPage:
    """An act as its page says it: the question, what follows, the word on the button, the way back."""

    question: str
    consequences: Sequence[str]
    button: str
    back: str
    crumbs: Sequence[Crumb]
    done: str
    is_danger: bool = False
    warning: str = ""  # what speaks against doing it now


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where acts on a thing are done: its page, which they come back to, and the crumbs that lead there."""

    back: str
    crumbs: Sequence[Crumb]

    def ask(
        self, question: str, consequences: Sequence[str], button: str, done: str, *, is_danger: bool = False
    ) -> ActPage:
        """The page of one act on it."""
        return ActPage(question, consequences, button, self.back, self.crumbs, done, is_danger)


class WordsForm(forms.Form):
    """One field of words; its label, and what to do where it is left empty, are the act's."""

    words = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str, missing: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = missing


class NoWords(forms.Form):
    """An act that asks for nothing but the click."""


def act_on(
    request: Asked, page: ActPage, form: forms.Form, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """The act done and its page left, or the form with what to mend; what is refused is said on it."""
    status = 200
    details: Sequence[str] = ()
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except Refused as refused:
                if refused.status in _NOT_OF_THE_FORM:
                    raise
                form.add_error(None, refused.sentence)
                status, details = refused.status, refused.details
            else:
                messages.success(request, page.done)
                return redirect(page.back)
    facts = {
        "question": page.question,
        "consequences": page.consequences,
        "button": page.button,
        "back": page.back,
        "crumbs": (("/", "首页"), *page.crumbs),
        "is_danger": page.is_danger,
        "warning": page.warning,
        "form": form,
        "details": details,
    }
    return render(request, "supervision/act.html", facts, status=status)


def data_of(request: Asked) -> Any:
    """What a form is bound to: the sent fields, or nothing before they are sent."""
    return request.POST if request.method == "POST" else None


def room(name: str, label: str) -> Crumb:
    """A crumb to a list of this room."""
    return reverse(f"supervision:{name}"), label
