"""A paper's page, or the same paper as a file: `?format=docx` and `?format=pdf` on the page's own address."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dukao.papers.official.docx import render_docx
from dukao.papers.official.values import Paper
from dukao.site.ledger.errors import Refusal
from dukao.site.refusals import Refused
from dukao.site.sending import send_file

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# What file systems refuse in a name, and what would hide in one.
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


def show_paper(
    request: HttpRequest, template: str, facts: Mapping[str, Any], paper: Callable[[], Paper], name: str
) -> HttpResponse:
    """The page of a paper, or the paper as the file asked for; `name` is the file's, without its ending."""
    kind = request.GET.get("format", "")
    if not kind:
        return render(request, template, dict(facts))
    if kind not in _TYPES:
        raise Http404
    return send_file(_render(paper(), kind), f"{_UNFIT.sub('', name)[:80]}.{kind}", _TYPES[kind])


def _render(paper: Paper, kind: str) -> bytes:
    if kind == "docx":
        return render_docx(paper)
    # Typst is a large library: only who asks for a PDF waits for it.
    from dukao.papers.official.pdf import NoGlyph, render_pdf

    try:
        return render_pdf(paper, settings.HOME)
    except NoGlyph as error:
        raise Refused(Refusal.NO_GLYPH, characters=error.characters) from error
