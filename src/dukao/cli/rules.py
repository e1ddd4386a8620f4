"""`dukao rules`: the rule book."""

from typing import TYPE_CHECKING

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.tables import format_table

if TYPE_CHECKING:
    from dukao.language.rules import Rule


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
    from dukao import rulebook

    book = rulebook.rule_book()
    if markdown:
        click.echo(rulebook.write_markdown(book), nl=False)
    elif codes:
        click.echo("\n\n".join(_describe(rule) for rule in _choose(book, codes)))
    else:
        rows = [(rule.code, rule.name, rule.why) for rule in book]
        click.echo(format_table(("编号", "名称", "理由"), rows, indent=""), nl=False)


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
