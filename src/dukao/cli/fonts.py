"""`dukao fonts`: which fonts of official papers this machine has, and how to get those it may have."""

from typing import TYPE_CHECKING

import click

from dukao.calling import called_as
from dukao.cli.chinese import ChineseCommand
from dukao.cli.tables import format_rows
from dukao.home_folder import home_folder

if TYPE_CHECKING:
    from dukao.papers.official.fonts import FontState

_FOLDER = "fonts"


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.option(
    "--install", is_flag=True, help="从 Debian 的软件包里取开放授权的 Fandol 字体，放进 DUKAO_HOME/fonts。"
)
def command(install: bool) -> None:
    """列出公文用的字体：哪些有，缺的用什么代替。

    标准（GB/T 9704-2012）要求的仿宋_GB2312、楷体_GB2312、黑体、方正小标宋简体和宋体不是自由字体，
    由单位自行安装；没有时 PDF 用开放授权的字体代替。.docx 里写的始终是标准的字体名。

    \b
    例：dukao fonts
        dukao fonts --install
    """
    if install:
        from dukao.cli.font_install import install_fonts

        folder = home_folder() / _FOLDER
        written = install_fonts(folder)
        click.echo(f"已放好 {len(written)} 个字体文件：{folder}")
    _show()


def _show() -> None:
    from dukao.papers.official.fonts import RARE, find_families, list_fonts

    states = list_fonts(home_folder())
    has_rare = RARE in find_families(home_folder())
    rows = [["用处", "标准字体", "现用", "文件"]]
    for state in states:
        rows.append([state.serves, state.wanted, state.family or "没有", state.path])
    rows.append(["生僻字", "（不限）", RARE if has_rare else "没有", ""])
    click.echo(format_rows(rows, indent=""))
    for sentence in _advise(states, has_rare):
        click.echo(sentence)


def _advise(states: "list[FontState]", has_rare: bool) -> list[str]:
    """What is missing, and what to do about it."""
    said = []
    if missing := [one.wanted for one in states if not one.is_own]:
        said.append(f"缺标准字体：{'、'.join(missing)}。单位有正版的，装上后不用改设置就会用上。")
    if any(not one.family or one.family.startswith("Noto") for one in states):
        said.append(
            f"仿宋、楷体没有相近的代替字体：请运行 {called_as()} fonts --install（要联网，约 50 MB）。"
        )
    if not has_rare:
        said.append(
            "没有 Noto Serif CJK，镕、昇、堃、喆、垚一类的字可能印不出：Debian 上请装 fonts-noto-cjk。"
        )
    return said or ["字体齐全。"]
