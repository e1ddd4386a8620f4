"""`dukao demo`: the ledger of the sample place, in the browser."""

import os
import webbrowser
from collections.abc import Callable

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import Failure
from dukao.cli.on_site import on_site, where
from dukao.cli.tables import format_rows

_OWN_HOME = os.path.join("var", "demo")


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.option("--port", type=int, default=8000, metavar="端口", help="在本机哪个端口上，默认 8000。")
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只打印地址。")
@click.option("--codes", is_flag=True, help="只打印三个管理员此刻的动态口令。")
def command(port: int, no_browser: bool, codes: bool) -> None:
    """用内置样例（虚构的临江区）建一份台账，过到九月，在浏览器里打开；各种角色都有账号，打印在屏幕上。

    样例单独放在 var/demo，不与真实台账相混；设了 DUKAO_HOME 或 DUKAO_DATABASE_URL 时放在那里，须是空库。
    第二次运行接着用上次的样例。按 Ctrl+C 停止。

    \b
    例：dukao demo --port 8080
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "dukao.site.showing.settings"
    if not os.environ.get("DUKAO_DATABASE_URL"):
        os.environ.setdefault("DUKAO_HOME", _OWN_HOME)
    if not codes:
        _insist_on_port(port)
    with on_site(makes_tables=True):
        if codes:
            _print_codes()
            return
        _fill()
        from dukao.site.showing.entering import ticket_for

        address = f"http://127.0.0.1:{port}"
        _print_logins(address)
        if no_browser:
            click.echo("看台账：在浏览器里打开上面的地址，用 clerk（督查室经办）登录。")
        ticket = address + ticket_for("clerk")
        _serve(port, None if no_browser else (lambda _address: _open(ticket)))


def _fill() -> None:
    """Found the sample place where nothing is yet; a database in use for something else is left alone."""
    from django.db import transaction

    from dukao.site.showing.place import found_sample_place, is_empty, is_here

    if is_here():
        return
    if not is_empty():
        raise Failure(
            f"{where()}：这里已有别的数据，样例只放进空库：请另设 DUKAO_HOME（如 DUKAO_HOME=var/demo）再试。"
        )
    from dukao.site.showing.past import DAYS, live_past

    click.echo("正在读入样例：临江区的政府工作报告和责任分解……")
    with transaction.atomic():
        found_sample_place()
        with click.progressbar(length=DAYS, label="正在过到2024年9月20日") as bar:
            live_past(lambda day: bar.update(1))


def _insist_on_port(port: int) -> None:
    """A port in use is said before anything is filled."""
    from dukao.site.serving import CannotServe, insist_on_port

    try:
        insist_on_port("127.0.0.1", port)
    except CannotServe as error:
        raise Failure(f"dukao demo：{error}") from error


def _print_logins(address: str) -> None:
    """The table of log-ins; what is fixed and for whom is said."""
    from dukao.site.showing.place import LOGINS, PASSWORD

    click.echo(f"\n样例台账：{address}/   （数据在 {where()}）")
    click.echo(f"下列账号只属于样例，密码都是 {PASSWORD}：\n")
    rows = [
        (one.username, f"{one.name}，{one.role.label}{f'，{one.seat}' if one.seat else ''}") for one in LOGINS
    ]
    click.echo(format_rows(rows))
    click.echo("三个管理员登录还要动态口令：把密钥加进手机上的验证器，或另开窗口运行本命令加 --codes。")
    click.echo(format_rows([(one.username, f"密钥 {one.factor}") for one in LOGINS if one.factor]))


def _print_codes() -> None:
    from dukao.site.showing.place import LOGINS

    click.echo(format_rows([(one.username, one.code or "") for one in LOGINS if one.code]))


def _serve(port: int, opens: Callable[[str], None] | None) -> None:
    from dukao.site.serving import CannotServe, serve_site

    try:
        serve_site("127.0.0.1", port, opens)
    except CannotServe as error:
        raise Failure(f"dukao demo：{error}") from error


def _open(address: str) -> None:
    webbrowser.open(address)
