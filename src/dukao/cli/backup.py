"""`dukao backup`: the whole site into one file, while it serves."""

import os
from pathlib import Path

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import say
from dukao.cli.on_site import on_site
from dukao.cli.output import whole_file


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("path", metavar="文件", type=click.Path(path_type=Path))
def command(path: Path) -> None:
    """把全部数据和文件原件备份成一个文件（zip）。网站不必停，备份里是同一时刻的数据。

    备份里有账号和动态口令的密钥，只有自己能读（0600）：请存放在安全的地方。要么写完整，要么没有。

    \b
    例：dukao backup 督考-20240630.zip
    """
    with on_site(), whole_file(path) as draft:
        from django.utils.timezone import now

        from dukao.site.keeping.backup import write_backup
        from dukao.site.keeping.last_backup import note_backup

        os.chmod(draft, 0o600)
        at = now()
        manifest = write_backup(draft, at=at)
    note_backup(path, manifest.entries, at=at)
    rows = sum(facts.rows for facts in manifest.tables.values())
    click.echo(f"已备份到 {path}：{len(manifest.tables)} 张表 {rows} 行，文件 {len(manifest.files)} 份。")
    click.echo(f"历史记录 {manifest.entries} 条，链尾校验值 {manifest.digest}")
    for digest in manifest.missing:
        say(f"提示：文件 {digest[:12]}… 在备份前已不在或被改动，备份里没有它；详见 dukao verify。")
