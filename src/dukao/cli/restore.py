"""`dukao restore`: the site as a backup holds it."""

from datetime import datetime
from pathlib import Path

import click

from dukao.calling import as_called
from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import say
from dukao.cli.on_site import on_site
from dukao.home_folder import home_folder


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("path", metavar="文件", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="换掉这里已有的数据；不写则只恢复到空库。")
def command(path: Path, replace: bool) -> None:
    """用 dukao backup 写的备份恢复全部数据和文件原件；备份在哪种数据库上做的都可以。

    先核对备份的每一部分，再在一个事务里装入，并查验历史记录的校验链：有一处不对，就什么也不改。
    恢复以后所有人要重新登录，历史记录会多一条“从备份恢复”。

    \b
    例：dukao restore 督考-20240630.zip
        dukao restore 督考-20240630.zip --replace     换掉现有数据（请先备份）
    """
    own = home_folder()
    found = frozenset(own.iterdir()) if own.is_dir() else None
    with on_site(needs_tables=False):
        from django.utils.timezone import localtime, now

        from dukao.site.keeping.beginning import begun
        from dukao.site.keeping.restore import restore_backup

        with begun(found):
            manifest = restore_backup(path, replace=replace, at=now())
        made_at = localtime(datetime.fromisoformat(manifest.made_at))
    rows = sum(facts.rows for facts in manifest.tables.values())
    click.echo(f"已恢复 {made_at:%Y-%m-%d %H:%M} 的备份：{rows} 行，文件 {len(manifest.files)} 份。")
    click.echo(f"历史记录 {manifest.entries} 条，链尾校验值 {manifest.digest}，与备份时相同。")
    for digest in manifest.missing:
        say(f"提示：文件 {digest[:12]}… 备份时就已不在。")
    click.echo(
        as_called("下一步：运行 dukao verify 查验一遍，再运行 dukao serve 启动网站；各人用备份时的密码登录。")
    )
