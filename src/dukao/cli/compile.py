"""`dukao compile`: work reports → outline, commitments, measures."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import Failure, say, say_diagnostics
from dukao.cli.output import print_json, print_lines
from dukao.cli.progress import progress, step_aside
from dukao.reading.errors import SourceError
from dukao.reading.files import read_file

if TYPE_CHECKING:
    from dukao.report.values import Report


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("paths", metavar="报告…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="打印 dukao.report/1（JSON），供程序使用；一次一份。")
@click.option("--jsonl", "as_lines", is_flag=True, help="每行一个对象，多份报告依次排列。")
def command(paths: tuple[Path, ...], as_json: bool, as_lines: bool) -> int:
    """读政府工作报告，打印提纲、承诺和指标数据。

    报告可以是文本（.txt、.md）、Word（.docx）、有文字的 PDF 或网页（.html）；
    一个文件里有多篇文章的，会找出其中的报告并说明。

    \b
    例：dukao compile 报告.md                   给人看的摘要
        dukao compile 报告.md --json            给程序用
        dukao compile 历年/*.txt --jsonl > 全部.jsonl

    读不了的文件各报一行原因，其余照常处理，退出状态为 1。
    """
    if as_json and (as_lines or len(paths) > 1):
        raise click.UsageError("--json 一次只打印一份报告，多份请用 --jsonl", click.get_current_context())
    failed = False
    with progress(paths, "编译") as done:
        for path in paths:
            try:
                report = _compile(path, partial(done, path))
            except (SourceError, Failure) as error:
                failed = True
                step_aside()
                say(str(error))
                continue
            step_aside()
            _show(report, as_json=as_json, as_lines=as_lines)
    return 1 if failed else 0


def _compile(path: Path, done: Callable[[float], None]) -> "Report":
    """Read and compile one report, telling which share of the work is done."""
    source = read_file(path)
    done(0.1)
    # A file that is refused costs no more than its reading.
    from dukao.report.compiler import compile_report

    report = compile_report(source)
    done(0.9)
    step_aside()
    say_diagnostics(source.name, report.diagnostics)
    return report


def _show(report: "Report", *, as_json: bool, as_lines: bool) -> None:
    if as_json:
        print_json(report.as_json())
    elif as_lines:
        print_lines(list_objects(report))
    else:
        from dukao.cli.report_summary import summarize_report

        click.echo(summarize_report(report))


def list_objects(report: "Report") -> Iterator[dict[str, Any]]:
    """The objects of `--jsonl`: the report without its lists, then every entry with its type."""
    whole = report.as_json()
    lists = [("outline", "outline"), ("commitments", "commitment"), ("measures", "measure")]
    lists.append(("diagnostics", "diagnostic"))
    entries = {key: whole.pop(key) for key, _type in lists}
    yield {"type": "report", **whole}
    for key, type_name in lists:
        for entry in entries[key]:
            yield {"type": type_name, **entry}
