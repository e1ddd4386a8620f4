"""`dukao explain`: what was read at one place, and by which rules."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import Failure, say_diagnostics
from dukao.cli.output import print_json
from dukao.cli.tables import format_table
from dukao.reading.files import read_file

if TYPE_CHECKING:
    from dukao.reading.values import Source


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("path", metavar="文件", type=click.Path(path_type=Path))
@click.argument("offset", metavar="位置", type=int)
@click.option("--json", "as_json", is_flag=True, help="打印句子、读出的各项和规则（JSON），供程序使用。")
def command(path: Path, offset: int, as_json: bool) -> None:
    """问为什么：某个位置的句子里读出了什么，依据了哪些规则，规则的理由是什么。

    位置是源文本里的字符序号，从 0 起，就是其他命令给出的 start；dukao text 文件 --span 起 止 可查看原文。

    \b
    例：dukao explain 报告.md 1234
        dukao explain 报告.md 1234 --json
    """
    source = read_file(path)
    say_diagnostics(source.name, source.diagnostics)
    if not 0 <= offset < len(source.text):
        raise Failure(f"{source.name}：没有位置 {offset}，这份文本的位置从 0 到 {len(source.text) - 1}。")
    from dukao.explanation import explain

    answer = explain(source, offset).as_json()
    if as_json:
        print_json(answer)
    else:
        click.echo(_tell(source, offset, answer), nl=False)


def _tell(source: "Source", offset: int, answer: dict[str, Any]) -> str:
    start, end = answer["sentence"]
    text = source.text
    here = text[start:offset] + "【" + text[offset] + "】" + text[offset + 1 : end]
    lines = [f"{source.name} 第 {offset} 字，所在的句子（{start}–{end}）：", "  " + " ".join(here.split())]
    lines.append(f"读出：{'、'.join(answer['read'])}" if answer["read"] else "这一句没有读出承诺或数据。")
    rows = [(rule["code"], rule["name"], _quote(text, rule["span"]), rule["why"]) for rule in answer["rules"]]
    table = format_table(("编号", "规则", "读到的字", "理由"), rows)
    return "\n".join(lines) + "\n" + ("依据的规则：\n" + table if table else "没有用到规则。\n")


def _quote(text: str, span: list[int] | None) -> str:
    """What a rule read, shortened to what fits a table."""
    read = "".join(text[span[0] : span[1]].split()) if span else ""
    return read if len(read) <= 24 else f"{read[:12]}…{read[-10:]}"
