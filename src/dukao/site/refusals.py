"""What the domain says no to, and the one place where a refusal becomes a page.

Every room keeps its refusals in `errors.py`, as members of a `Refusal` enumeration whose label is the Chinese
sentence: the thing, the reason, the next step. A library room or an action raises `Refused`; a view does not
catch it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dukao.calling import as_called
from dukao.reading.errors import SourceError

Respond = Callable[[HttpRequest], HttpResponse]


class Refusal(TextChoices):
    """Base of every room's refusals: the value is the code, the label the sentence."""


class Refused(Exception):
    """The domain says no: `reason` with its facts filled in, `details` one line each, `status` for HTTP."""

    def __init__(
        self, reason: Refusal, details: Sequence[str] = (), *, status: int = 409, **facts: object
    ) -> None:
        self.code = str(reason.value)
        self.sentence = as_called(str(reason.label)).format(**facts)
        self.details = tuple(details)
        self.status = status
        super().__init__(self.sentence)


class SayRefusals:
    """Turns `Refused` and `SourceError` into a page that says what was found and what to do next."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal as a page; anything else stays an error."""
        if isinstance(exception, Refused):
            return say_refusal(request, exception)
        if isinstance(exception, SourceError):
            return render(request, "refused.html", {"sentence": str(exception), "details": ()}, status=422)
        return None


def say_refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page of a refusal."""
    facts = {"sentence": refused.sentence, "details": refused.details}
    return render(request, "refused.html", facts, status=refused.status)


def say_stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a form sent without its token: open too long, or sent from elsewhere."""
    sentence = "这一页打开得太久，或不是从本站提交的：请返回刷新后再提交，所填内容不会丢。"
    return render(request, "refused.html", {"sentence": sentence, "details": ()}, status=403)


def say_missing(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page of an address where nothing is, or nothing this reader may see."""
    sentence = "这个地址没有内容，或者不在您的查看范围内：请核对地址，或从首页进入。"
    return render(request, "refused.html", {"sentence": sentence, "details": ()}, status=404)


def say_foreign(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page of a request that is malformed or too long, or addressed to a name that is not the site's."""
    from django.template.loader import get_template

    facts = {
        "is_host": isinstance(exception, DisallowedHost),
        "is_long": isinstance(exception, RequestDataTooBig),
    }
    return HttpResponse(get_template("foreign.html").render(facts), status=400)


def say_broken(request: HttpRequest) -> HttpResponse:
    """The page of a fault of the program's own; it asks nothing of the database."""
    from django.template.loader import get_template

    return HttpResponse(get_template("broken.html").render(), status=500)
