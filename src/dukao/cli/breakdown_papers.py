"""The papers of `dukao breakdown`: notice, summary, a unit's or leader's extract, as .docx and .pdf."""

from pathlib import Path

import click

from dukao.breakdown.values import Breakdown, LivelihoodContent, Task
from dukao.cli.failures import Failure, say
from dukao.cli.output import whole_file
from dukao.home_folder import home_folder
from dukao.papers.official.breakdown_papers import leader_extract, notice_of, summary_of, unit_extract
from dukao.papers.official.values import Paper


def write_papers(breakdown: Breakdown, about: str, docx: Path | None, pdf: Path | None) -> None:
    """Write the paper asked for, each file whole or not at all; fonts that stand in for others are said."""
    paper = _choose(breakdown, about)
    if docx:
        from dukao.papers.official.docx import render_docx

        with whole_file(docx) as draft:
            draft.write_bytes(render_docx(paper))
    if pdf:
        from dukao.papers.official.fonts import list_fonts, say_stand_ins
        from dukao.papers.official.pdf import NoGlyph, render_pdf

        with whole_file(pdf) as draft:
            try:
                draft.write_bytes(render_pdf(paper, home_folder()))
            except NoGlyph as error:
                raise Failure(f"{pdf.name}：{error}") from error
        if sentence := say_stand_ins(list_fonts(home_folder())):
            say(f"{pdf.name}：提示：{sentence}")


def _choose(breakdown: Breakdown, about: str) -> Paper:
    if about == "通知":
        return notice_of(breakdown)
    if about == "摘要":
        return summary_of(breakdown)
    items: list[Task | LivelihoodContent] = [*breakdown.tasks, *breakdown.livelihood]
    if any(unit.name == about for item in items for unit in item.units):
        return unit_extract(breakdown, about)
    if any(leader.name == about for item in items for leader in item.leaders):
        return leader_extract(breakdown, about)
    raise click.UsageError(
        f"--paper {about}：分解表里没有这个单位或领导；可写“通知”“摘要”，或表里的单位、领导的名字",
        click.get_current_context(),
    )
