"""The sample papers rendered once: by Typst, and as .docx printed by LibreOffice."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dukao.papers.official.docx import render_docx
from dukao.papers.official.manners import LEADS_BY, Manner
from dukao.papers.official.pdf import render_pdf
from dukao.papers.official.values import Paper
from tests.papers.official.measuring import Page, read_pages
from tests.papers.official.office import needs_office, print_docx
from tests.papers.official.samples import letter, paper_in_manner, short_notice, whole_paper, wide_paper

_MADE: dict[str, Callable[[], Paper]] = {
    "whole": whole_paper,
    "short": short_notice,
    "wide": wide_paper,
    "letter": letter,
    **{f"by {one}": partial(paper_in_manner, Manner(one)) for one in LEADS_BY},
}
Rendered = Callable[[str, str], list[Page]]


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The pages of a sample ("whole", "short", "wide", "letter") as set by "typst" or by the "office"."""
    folder = tmp_path_factory.mktemp("papers")
    known: dict[tuple[str, str], list[Page]] = {}

    def render(name: str, by: str) -> list[Page]:
        if (name, by) not in known:
            known[name, by] = read_pages(_render(_MADE[name](), folder, name, by))
        return known[name, by]

    return render


def _render(paper: Paper, folder: Path, name: str, by: str) -> Path:
    if by == "typst":
        path = folder / f"{name}-typst.pdf"
        path.write_bytes(render_pdf(paper))
        return path
    needs_office()
    source = folder / f"{name}.docx"
    source.write_bytes(render_docx(paper))
    return print_docx(source, folder, folder / "profile")


@pytest.fixture(params=["typst", "office"])
def by(request: pytest.FixtureRequest) -> str:
    """Both ways a paper is set."""
    return str(request.param)
