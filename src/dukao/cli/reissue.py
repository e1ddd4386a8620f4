"""`dukao reissue`: an administrator who lost password or phone is let in again, by who holds the machine."""

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.on_site import on_site


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("username", metavar="登录名")
def command(username: str) -> None:
    """给忘记密码或丢了手机的管理员换发一次性口令，并重置动态口令：原来的密码和手机不再有效。

    只用于系统、安全、审计管理员；其他人忘记密码，由系统管理员在“账号”重置，丢了手机由安全管理员在“角色”重置。
    历史记录会写明是在服务器上换发的。网站不用停。

    \b
    例：dukao reissue sysadmin
    """
    with on_site():
        from django.conf import settings
        from django.utils.timezone import now

        from dukao.site.people.enrolment import reissue_administrator

        secret = reissue_administrator(username, now())
        click.echo(f"{username} 的一次性口令：{secret}")
        click.echo(f"只显示这一次，{settings.SECRET_HOURS} 小时内有效；登录时改密码，再绑定手机上的验证器。")
