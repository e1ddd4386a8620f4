"""`dukao breakdown`: a responsibility breakdown, held against its report, as text, JSON or files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dukao.cli.breakdown_profile import chosen_profile, keep_profile, profile_files
from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import say_diagnostics
from dukao.cli.output import print_json, refuse_overwrite, whole_file
from dukao.cli.progress import progress
from dukao.reading.files import read_file

if TYPE_CHECKING:
    from dukao.breakdown.profiles import Profile
    from dukao.breakdown.values import Breakdown
    from dukao.report.values import Report

_FILE = click.Path(path_type=Path)
_ENDINGS = {
    "--xlsx": ("", ".xlsx"),
    "--html": ("", ".htm", ".html"),
    "--docx": ("", ".docx"),
    "--pdf": ("", ".pdf"),
    "--save-profile": ("", ".json"),
}


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("path", metavar="分解表", type=_FILE)
@click.option(
    "--report", "report_path", metavar="报告", type=_FILE, help="对照的政府工作报告，例如 --report 报告.md。"
)
@click.option("--json", "as_json", is_flag=True, help="打印 dukao.breakdown/1（JSON），供程序使用。")
@click.option("--xlsx", metavar="文件", type=_FILE, help="把台账写成 Excel 工作簿，例如 --xlsx 台账.xlsx。")
@click.option(
    "--html", metavar="文件", type=_FILE, help="写一张核对页，例如 --html 核对.html；须有 --report。"
)
@click.option(
    "--docx", metavar="文件", type=_FILE, help="把责任分解写成公文（Word），例如 --docx 通知.docx。"
)
@click.option("--pdf", metavar="文件", type=_FILE, help="同一件公文的 PDF，例如 --pdf 通知.pdf。")
@click.option(
    "--paper",
    metavar="内容",
    help="公文写什么：通知（默认）、摘要（上会用，一页），或一个单位、一位领导的名字（只列其事项）。",
)
@click.option(
    "--profile",
    metavar="画像",
    help="当地分解表怎么写：--save-profile 写出的文件，或一种现成的写法（如 first-labels）。",
)
@click.option("--lead", metavar="惯例", help="只定谁牵头这一项：column、first、star 或 word，压过文件所写。")
@click.option(
    "--save-profile",
    metavar="文件",
    type=_FILE,
    help="把从这份分解表看出的写法存成画像（JSON），改好后给 --profile 用。",
)
def command(
    path: Path,
    report_path: Path | None,
    as_json: bool,
    xlsx: Path | None,
    html: Path | None,
    docx: Path | None,
    pdf: Path | None,
    paper: str | None,
    profile: str | None,
    lead: str | None,
    save_profile: Path | None,
) -> None:
    """读责任分解：任务、牵头领导、责任单位；有 --report 时逐条对照，指出与报告不一致、未分解和互相冲突之处。

    分解表可以是文本（.txt、.md）、Word（.docx）、Excel（.xlsx）、有文字的 PDF 或网页（.html）；
    是表的要有“重点工作”一类的列，不是表的要写明“责任单位：”。

    \b
    例：dukao breakdown 分解.md --report 报告.md
        dukao breakdown 分解.md --report 报告.md --html 核对.html --xlsx 台账.xlsx
        dukao breakdown 分解.md --report 报告.md --json > 分解.json
        dukao breakdown 分解.md --docx 通知.docx --pdf 通知.pdf
        dukao breakdown 分解.md --docx 住建局.docx --paper 区住建局
        dukao breakdown 去年分解.md --save-profile 本地.json
        dukao breakdown 今年分解.md --profile 本地.json

    写出的文件要么完整，要么没有；写了文件时，摘要照样打印。
    """
    outputs = {"--xlsx": xlsx, "--html": html, "--docx": docx, "--pdf": pdf, "--save-profile": save_profile}
    refuse_overwrite(outputs.values(), [path, report_path, *profile_files(profile)])
    _check_outputs(outputs, has_report=report_path is not None)
    if paper and not (docx or pdf):
        raise click.UsageError("有 --paper 就要有 --docx 或 --pdf", click.get_current_context())
    place = chosen_profile(profile, lead)
    breakdown, report = _compile(path, report_path, place)
    _write(breakdown, report, xlsx, html)
    sentences = keep_profile(breakdown, place, save_profile) if save_profile else []
    if docx or pdf:
        from dukao.cli.breakdown_papers import write_papers

        write_papers(breakdown, paper or "通知", docx, pdf)
    if as_json:
        print_json(breakdown.as_json())
    else:
        from dukao.cli.breakdown_summary import summarize_breakdown

        click.echo(summarize_breakdown(breakdown, report))
        for sentence in sentences:
            click.echo(sentence)
        for what, written in (("台账", xlsx), ("核对页", html), ("公文", docx), ("公文", pdf)):
            if written:
                click.echo(f"已写好{what}：{written}")


def _check_outputs(outputs: dict[str, Path | None], *, has_report: bool) -> None:
    """Refuse what cannot be meant: one file for two, a name that programs would take for something else."""
    context = click.get_current_context()
    if outputs["--html"] and not has_report:
        raise click.UsageError("有 --html 就要有 --report 报告", context)
    taken: dict[Path, str] = {}
    for option, path in outputs.items():
        if path is None:
            continue
        if path.suffix.lower() not in _ENDINGS[option]:
            ending = max(_ENDINGS[option], key=len)
            raise click.UsageError(f"{option} 的文件名要以 {ending} 结尾，不是 {path.name}", context)
        other = taken.setdefault(path.absolute(), option)
        if other != option:
            raise click.UsageError(f"{other} 和 {option} 不能写到同一个文件", context)


def _compile(
    path: Path, report_path: Path | None, profile: "Profile | None"
) -> "tuple[Breakdown, Report | None]":
    paths = [path, report_path] if report_path else [path]
    report = None
    with progress(paths, "对照") as done:
        source = read_file(path)
        report_source = read_file(report_path) if report_path else None
        # A file that is refused costs no more than its reading.
        from dukao.breakdown.compiler import compile_breakdown
        from dukao.report.compiler import compile_report

        if report_path and report_source:
            report = compile_report(report_source)
            say_diagnostics(report.source.name, report.diagnostics)
            done(report_path, 1)
        breakdown = compile_breakdown(source, report, profile=profile)
        done(path, 1)
    say_diagnostics(source.name, breakdown.diagnostics)
    return breakdown, report


def _write(breakdown: "Breakdown", report: "Report | None", xlsx: Path | None, html: Path | None) -> None:
    """Write the files asked for, each whole or not at all."""
    if xlsx:
        from dukao.papers.workbook import write_workbook

        with whole_file(xlsx) as draft:
            write_workbook(breakdown, report, draft)
    if html:
        from dukao.papers.review import render_review

        with whole_file(html) as draft:
            draft.write_text(render_review(breakdown, report), encoding="utf-8", newline="\n")
