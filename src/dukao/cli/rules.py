"""`dukao rules`: the rule book."""

from itertools import groupby
from typing import TYPE_CHECKING

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.tables import format_table

if TYPE_CHECKING:
    from dukao.language.rules import Rule

# The letter of a rule's code → the stage it belongs to.
STAGES = {
    "B": "读责任分解",
    "C": "承诺",
    "D": "对照",
    "H": "标题",
    "I": "指标的名称",
    "K": "指标的类别",
    "M": "数的写法",
    "N": "不是指标的数",
    "O": "比较",
    "P": "报告的部分",
    "Q": "报头",
    "T": "时限",
    "Y": "指标的年份和角色",
}
_PREFACE = """# 规则手册

由规则自己生成：`dukao rules --markdown > docs/rules.md`。

每条规则都有编号、名称、理由，以及必须读出的正例和不得读出的反例；句子都是自拟的，由测试逐句核对。
`dukao explain 文件 位置` 说的就是这些规则。
"""


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("codes", metavar="[编号]…", nargs=-1)
@click.option("--markdown", is_flag=True, help="打印完整手册（Markdown），即 docs/rules.md 的内容。")
def command(codes: tuple[str, ...], markdown: bool) -> None:
    """打印读报告、读分解所用的规则：编号、名称、理由、正例和反例。

    \b
    例：dukao rules              全部规则一览
        dukao rules M07 B03      细看其中几条
        dukao rules --markdown > docs/rules.md
    """
    from dukao.rulebook import rule_book

    book = sorted(rule_book(), key=lambda rule: rule.code)
    if markdown:
        click.echo(write_book(book), nl=False)
    elif codes:
        click.echo("\n\n".join(_describe(rule) for rule in _choose(book, codes)))
    else:
        rows = [(rule.code, rule.name, rule.why) for rule in book]
        click.echo(format_table(("编号", "名称", "理由"), rows, indent=""), nl=False)


def write_book(book: "list[Rule]") -> str:
    """The whole rule book as Markdown: one section a stage, one entry a rule with its sentences."""
    parts = [_PREFACE]
    for stage, rules in groupby(book, key=lambda rule: rule.code[0]):
        parts.append(f"## {stage} {STAGES.get(stage, '其他')}\n")
        parts += [_write_rule(rule) for rule in rules]
    return "\n".join(parts)


def _write_rule(rule: "Rule") -> str:
    lines = [f"### {rule.code} {rule.name}", "", rule.why, ""]
    lines += [f"- 正例：{_escape(sentence)} → {_escape(reading)}" for sentence, reading in rule.matches]
    lines += [f"- 反例：{_escape(sentence)}" for sentence in rule.rejects]
    return "\n".join(lines) + "\n"


def _escape(sentence: str) -> str:
    """A sentence on one line, in a code span, in which Markdown has nothing to say."""
    flat = sentence.replace("\n", "⏎").replace("\t", "⇥")
    fence = "``" if "`" in flat else "`"
    return f"{fence}{flat}{fence}"


def _choose(book: "list[Rule]", codes: tuple[str, ...]) -> "list[Rule]":
    by_code = {rule.code.upper(): rule for rule in book}
    unknown = [code for code in codes if code.upper() not in by_code]
    if unknown:
        raise click.UsageError(f"没有编号为 {'、'.join(unknown)} 的规则", click.get_current_context())
    return [by_code[code.upper()] for code in codes]


def _describe(rule: "Rule") -> str:
    lines = [f"{rule.code} {rule.name}", f"  {rule.why}"]
    lines += [f"  正例：{sentence} → {reading}" for sentence, reading in rule.matches]
    lines += [f"  反例：{sentence}" for sentence in rule.rejects]
    return "\n".join(lines)
