"""`dukao draft`: a breakdown proposed for a report, as text, JSON or a workbook."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dukao.cli.breakdown_profile import chosen_profile, profile_files
from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import Failure, say_diagnostics
from dukao.cli.output import print_json, refuse_overwrite, whole_file
from dukao.cli.progress import progress
from dukao.reading.files import read_file

if TYPE_CHECKING:
    from dukao.breakdown.profiles import Profile
    from dukao.drafting.values import Draft

_FILE = click.Path(path_type=Path)


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("path", metavar="报告", type=_FILE)
@click.option(
    "--from",
    "past",
    metavar="分解表",
    type=_FILE,
    multiple=True,
    help="本地往年的责任分解，可以写多次，例如 --from 去年.xlsx --from 前年.docx。",
)
@click.option(
    "--profile",
    metavar="画像",
    help="往年分解表怎么读：dukao breakdown --save-profile 写出的文件，或一种现成的写法（如 first-labels）。",
)
@click.option("--json", "as_json", is_flag=True, help="打印 dukao.draft/1（JSON），供程序使用。")
@click.option("--xlsx", metavar="文件", type=_FILE, help="把初稿写成 Excel 工作簿，例如 --xlsx 初稿.xlsx。")
@click.option("--docx", metavar="文件", type=_FILE, help="把初稿写成公文（Word），例如 --docx 初稿.docx。")
def command(
    path: Path,
    past: tuple[Path, ...],
    profile: str | None,
    as_json: bool,
    xlsx: Path | None,
    docx: Path | None,
) -> None:
    """从政府工作报告起草责任分解：切出任务，提出牵头领导、牵头单位和责任单位，各附把握和依据。

    有本地往年的责任分解就照它学（单位的叫法、谁管什么、哪位领导分管）；没有就按各地机构的通常职责提，
    单位用通称，不提领导。把握不够的不提，并说明。初稿只是建议，须逐项核定。

    \b
    例：dukao draft 报告.md
        dukao draft 报告.docx --from 去年分解.xlsx --xlsx 初稿.xlsx --docx 初稿.docx
        dukao draft 报告.md --from 去年分解.md --json > 初稿.json

    写出的文件要么完整，要么没有；写了文件时，摘要照样打印。
    """
    refuse_overwrite([xlsx, docx], [path, *past, *profile_files(profile)])
    for option, file, ending in (("--xlsx", xlsx, ".xlsx"), ("--docx", docx, ".docx")):
        if file and file.suffix.lower() not in {"", ending}:
            message = f"{option} 的文件名要以 {ending} 结尾，不是 {file.name}"
            raise click.UsageError(message, click.get_current_context())
    if xlsx and docx and xlsx.absolute() == docx.absolute():
        raise click.UsageError("--xlsx 和 --docx 不能写到同一个文件", click.get_current_context())
    draft, known = _draft(path, past, chosen_profile(profile, None))
    _write(draft, known, xlsx, docx)
    if as_json:
        print_json(draft.as_json())
        return
    from dukao.cli.draft_summary import summarize_draft

    click.echo(summarize_draft(draft))
    for written in filter(None, (xlsx, docx)):
        click.echo(f"已写好初稿：{written}")


def _write(draft: "Draft", past: "Profile | None", xlsx: Path | None, docx: Path | None) -> None:
    """Write the files asked for, each whole or not at all; the notice in the manner of the past."""
    if xlsx:
        from dukao.papers.draft_workbook import write_draft

        with whole_file(xlsx) as written:
            write_draft(draft, written)
    if docx:
        from dukao.papers.official.docx import render_docx
        from dukao.papers.official.draft_papers import notice_of_draft
        from dukao.papers.official.manners import manner_of

        with whole_file(docx) as written:
            written.write_bytes(render_docx(notice_of_draft(draft, manner_of(past))))


def _draft(path: Path, past: tuple[Path, ...], profile: "Profile | None") -> "tuple[Draft, Profile | None]":
    """Read everything, refuse what is no report or breakdown, and draft; with it how the past is written."""
    with progress([path, *past], "起草") as done:
        source = read_file(path)
        sources = [(one, read_file(one)) for one in past]
        # A file that is refused costs no more than its reading.
        from dukao.breakdown.compiler import compile_breakdown
        from dukao.breakdown.habits import detect_profile
        from dukao.drafting.drafter import draft_breakdown
        from dukao.report.compiler import compile_report

        report = compile_report(source)
        say_diagnostics(source.name, report.diagnostics)
        done(path, 1)
        breakdowns = []
        for one, read in sources:
            breakdowns.append(compile_breakdown(read, profile=profile))
            say_diagnostics(read.name, breakdowns[-1].diagnostics)
            done(one, 1)
        draft = draft_breakdown(report, breakdowns)
        latest = max(breakdowns, key=lambda one: one.year or 0, default=None)
        known = detect_profile(latest) if latest else profile
    if not draft.tasks:
        raise Failure(f"{source.name}：没有读到当年的工作安排，切不出任务：请核对是不是政府工作报告全文。")
    return draft, known
