"""`dukao verify`: the proof that history and documents are as they were written."""

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import say
from dukao.cli.on_site import on_site


@click.command(cls=ChineseCommand, options_metavar="[选项]")
def command() -> int:
    """从第一条起查验历史记录的校验链，再逐份核对文件是否与存入时相同。

    有一处不符，就说出是哪一条、哪一份，退出状态为 1。可随时运行，不影响使用。

    \b
    例：dukao verify
    """
    with on_site():
        return 0 if _chain_holds() & _files_hold() else 1


def _chain_holds() -> bool:
    from django.utils.timezone import now

    from dukao.site.history.actions import note_verdict
    from dukao.site.history.queries import verify_chain
    from dukao.site.history.values import PROGRAM

    verdict = verify_chain()
    note_verdict(verdict, by=PROGRAM, at=now())
    if verdict.holds:
        click.echo(f"历史记录：{verdict.entries} 条，条条相接，没有改动。最后一条的校验值 {verdict.digest}")
    else:
        say(f"历史记录：{verdict.reason}；此前 {verdict.entries} 条完好。请保留现场，用备份核对。")
    return verdict.holds


def _files_hold() -> bool:
    from dukao.site.archive.queries import altered_documents, count_documents

    altered = altered_documents()
    if not altered:
        click.echo(f"文件：{count_documents()} 份，都与存入时相同。")
    for document, reason in altered:
        say(f"文件：《{document}》（{document.sha256[:12]}…）{reason}：请从备份中取回。")
    return not altered
