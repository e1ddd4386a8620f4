"""`dukao explain`: what was read at one place, and by which rules."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import Failure, say_diagnostics
from dukao.cli.output import print_json
from dukao.cli.tables import format_table
from dukao.reading.files import read_file
from dukao.reading.places import describe_place

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
    """The sentence with the asked place marked, every reading with its rules, and what each rule rests on."""
    start, end = answer["sentence"]
    text = source.text
    here = text[start:offset] + "【" + text[offset] + "】" + text[offset + 1 : end]
    place = source.place_of(offset)
    said = f"（{describe_place(place)}）" if place else ""
    lines = [
        f"{source.name} 第 {offset} 字{said}，所在的句子（{start}–{end}）：",
        "  " + " ".join(here.split()),
    ]
    if answer["read"]:
        lines.append(f"读出：{'、'.join(answer['read'])}（编号与 dukao compile、dukao breakdown 的一致）")
    else:
        lines.append("这一句没有读出承诺或数据。")
    rules = answer["rules"]
    if not rules:
        return "\n".join([*lines, "没有用到规则。\n"])
    why = {rule["code"]: (rule["code"], rule["name"], rule["why"]) for rule in rules}
    tables = [
        "\n依据：\n" + format_table(("位置", "读到的字", "规则"), _group_by_span(text, rules)),
        "理由：\n" + format_table(("编号", "规则", "理由"), sorted(why.values())),
    ]
    return "\n".join([*lines, *tables])


def _group_by_span(text: str, rules: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    """One row for what was read together: its place, its words, the rules it rests on."""
    spans: dict[tuple[int, ...], list[str]] = {}
    for rule in rules:
        spans.setdefault(tuple(rule["span"] or ()), []).append(f"{rule['code']} {rule['name']}")
    return [
        (span[0] if span else None, _quote(text, list(span)), "、".join(dict.fromkeys(said)))
        for span, said in spans.items()
    ]


def _quote(text: str, span: list[int]) -> str:
    """What a rule read, shortened to what fits a table."""
    read = "".join(text[span[0] : span[1]].split()) if span else ""
    return read if len(read) <= 24 else f"{read[:12]}…{read[-10:]}"
