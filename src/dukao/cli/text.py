"""`dukao text`: the source text, which every offset indexes."""

import sys
from pathlib import Path

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import Failure, say_diagnostics
from dukao.reading.files import read_file


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("path", metavar="文件", type=click.Path(path_type=Path))
@click.option("--span", nargs=2, type=int, metavar="起 止", help="只打印这一段，例如 --span 120 168。")
def command(path: Path, span: tuple[int, int] | None) -> None:
    """打印文件的源文本（UTF-8）：.txt 和 .md 一字不改，Word、Excel、PDF 和网页是读出来的文字。

    段落之间空一行；表格一行一行，单元格之间是制表符，单元格里的换行是 U+000B；自动编号写出来。

    其他命令给出的位置（start、end、--json 里的各种 span）都是这份文本里的字符序号，从 0 起。

    \b
    例：dukao text 报告.md > 报告.txt
        dukao text 分解.docx > 分解.txt
        dukao text 报告.md --span 120 168     看某个位置写了什么
    """
    source = read_file(path)
    say_diagnostics(source.name, source.diagnostics)
    start, end = span or (0, len(source.text))
    if not 0 <= start <= end <= len(source.text):
        whole = f"这份文本的位置从 0 到 {len(source.text)}，起在前，止在后"
        raise Failure(f"{source.name}：没有 {start} 到 {end} 这一段，{whole}。")
    sys.stdout.write(source.text[start:end])
    if span:
        sys.stdout.write("\n")
