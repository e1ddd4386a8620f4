"""`dukao serve`: the site, from an empty folder to the log-in page."""

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import Failure, say


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.option(
    "--host", metavar="地址", default="127.0.0.1", show_default=False, help="监听的地址，默认只限本机。"
)
@click.option("--port", metavar="端口", type=click.IntRange(1, 65535), default=8000, help="端口，默认 8000。")
@click.option(
    "--workers",
    metavar="个数",
    type=click.IntRange(1, 64),
    help="进程数；不写则内置数据库 1 个，PostgreSQL 每个处理器核 1 个（至多 4 个）。",
)
def command(host: str, port: int, workers: int | None) -> None:
    """启动督考网站。

    \b
    数据放在 DUKAO_HOME（默认当前文件夹下的 var）；第一次启动会建立数据库，
    设立系统、安全、审计三个管理员，并打印各自的一次性口令，只打印这一次。
    网站开着时每 5 分钟自动办理到期的事（同 dukao jobs）；DUKAO_JOBS_MINUTES 可改间隔，0 为不办。
    口令过期没有用的，再次启动时换发；忘记密码、丢了手机的管理员，用 dukao reissue 登录名 换发。
    给别的电脑用：DUKAO_HOSTS 写它们打开的域名或地址，并加 --host 0.0.0.0；前面有 HTTPS 的设 DUKAO_HTTPS=1。
    单位里用 PostgreSQL：DUKAO_DATABASE_URL=postgresql://…

    \b
    例：dukao serve
        DUKAO_HOSTS=10.20.30.40 dukao serve --host 0.0.0.0 --port 8000
    """
    from dukao.site.serving import CannotServe, insist_on_port, keep_jobs, prepare_site, serve_site

    try:
        insist_on_port(host, port)
        made = prepare_site(_say, host=host)
        if made:
            click.echo(_tell_secrets(made))
        _warn(host, workers or 0)
        with keep_jobs(_minutes()):
            serve_site(host, port, _tell_address, workers=workers or 0)
    except CannotServe as error:
        raise Failure(str(error)) from error
    say("督考已停止。")


def _minutes() -> int:
    """How often what is due is done; 0 for never."""
    from django.conf import settings

    return int(settings.JOBS_MINUTES)


def _say(line: str) -> None:
    say(line)


def _tell_address(address: str) -> None:
    say(f"督考已启动：{address} （按 Ctrl-C 停止）")


def _tell_secrets(made: list[tuple[str, str]]) -> str:
    """The one-time secrets, to be handed to three people."""
    from django.conf import settings

    from dukao.cli.tables import format_table
    from dukao.site.people.enrolment import ADMINISTRATOR_NAMES

    names = {username: name for username, name, _ in ADMINISTRATOR_NAMES}
    rows = [(names[username], username, secret) for username, secret in made]
    hours = settings.SECRET_HOURS
    said = f"管理员的一次性口令（只显示这一次，{hours} 小时内有效；请分别交给本人，首次登录时各自改掉）：\n"
    table = format_table(("管理员", "登录名", "一次性口令"), rows)
    return f"{said}{table}\n过期还没有用的，停下再启动，就会换发并打印新的。"


def _warn(host: str, workers: int) -> None:
    """What would surprise somebody later."""
    from django.conf import settings
    from django.db import connection

    from dukao.site.serving import EVERYWHERE, LOCAL

    named = [name for name in settings.ALLOWED_HOSTS if name not in settings.LOCAL_HOSTS]
    if host in EVERYWHERE and not named:
        say("提示：别的电脑要访问，请把本网站的域名或地址写进 DUKAO_HOSTS，几个之间用逗号隔开。")
    if host in LOCAL and named and not settings.HTTPS:
        say("提示：现在只有本机打得开。别的电脑要直接访问，请加 --host 0.0.0.0；本机上有反向代理的，不用加。")
    if host not in LOCAL and not settings.HTTPS:
        say("提示：没有加密。请放在 TLS 反向代理之后，并设 DUKAO_HTTPS=1。")
    if workers > 1 and connection.vendor == "sqlite":
        say("提示：内置数据库用一个进程就够；多个进程请配合 PostgreSQL。")
