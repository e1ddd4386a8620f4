"""`dukao articles`: a page that holds several articles → each with its place, date and figures."""

from pathlib import Path
from typing import Any

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import say_diagnostics
from dukao.cli.output import print_json
from dukao.cli.tables import format_table
from dukao.reading.files import read_file


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("path", metavar="网页", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="打印 dukao.articles/1（JSON），供程序使用。")
def command(path: Path, as_json: bool) -> None:
    """列出一个网页文本里的多篇文章：标题、栏目、日期、正文位置、地名、指标数据。

    \b
    例：dukao articles 网页.txt
        dukao articles 网页.txt --json
    """
    source = read_file(path)
    from dukao.report.compiler import compile_articles

    say_diagnostics(source.name, source.diagnostics)
    articles = compile_articles(source)
    page: dict[str, Any] = articles if isinstance(articles, dict) else articles.as_json()
    if as_json:
        print_json(page)
    else:
        click.echo(_summarize(page), nl=False)


def _summarize(page: dict[str, Any]) -> str:
    rows = [
        (
            number,
            article["date"],
            article["tag"],
            "{}–{}".format(*article["body"]),
            len(article["measures"]),
            article["title"] + _name_places(article["places"]),
        )
        for number, article in enumerate(page["articles"], 1)
    ]
    head = f"{page['source']['name']}：{len(rows)} 篇文章\n"
    return head + format_table(("序号", "日期", "栏目", "正文位置", "数据", "标题（地名）"), rows)


def _name_places(places: list[str]) -> str:
    return f"（{'、'.join(places)}）" if places else ""
