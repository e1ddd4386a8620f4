"""`dukao sample`: the built-in documents of the invented district, as files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import Failure, cannot_write
from dukao.cli.output import whole_file

if TYPE_CHECKING:
    from dukao.sample import SampleName

LABELS: "dict[SampleName, str]" = {
    "report": "今年的政府工作报告",
    "breakdown": "它的责任分解通知",
    "last_report": "上年的政府工作报告",
}


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.option(
    "--to",
    "folder",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="写到这个文件夹（没有就新建），例如 --to 样例；不写则只列出样例所在。",
)
def command(folder: Path | None) -> None:
    """取出内置样例：虚构的临江区的政府工作报告、责任分解和上年报告。

    \b
    例：dukao sample             列出三份样例在哪里
        dukao sample --to 样例    复制到“样例”文件夹
    """
    from dukao.sample import sample_path

    for name, what in LABELS.items():
        path = sample_path(name)
        if folder:
            path = _copy(path, folder)
        click.echo(f"{what}：{path}")


def _copy(path: Path, folder: Path) -> Path:
    """The document's copy in the folder."""
    target, data = folder / path.name, path.read_bytes()
    if target.is_file() and target.read_bytes() != data:
        raise Failure(f"{target}：已有这个文件，内容与样例不同，没有改动：请换一个文件夹，或先把它移走。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    with whole_file(target) as draft:
        draft.write_bytes(data)
    return target
