"""`dukao jobs`: what the site does by itself, done now, or again and again."""

import time
from datetime import datetime

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import Failure, say
from dukao.cli.on_site import on_site


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.option("--once", "is_loop", flag_value=False, default=False, help="办一遍就结束（默认）。")
@click.option("--loop", "is_loop", flag_value=True, help="一直运行，每隔几分钟办一遍，按 Ctrl+C 停止。")
@click.option(
    "--minutes", metavar="分钟", type=click.IntRange(1, 1440), default=5, help="--loop 时的间隔，默认 5。"
)
@click.option(
    "--at", "said", metavar="时刻", help="补办到哪个时刻为止，如 2024-09-26T08:00；默认是现在，不能是将来。"
)
def command(is_loop: bool, minutes: int, said: str | None) -> int:
    """办理到期的事：记逾期未签收，开始和结束报送，算当天的灯，拟督办文书，发提醒。

    什么时候运行都可以，重复运行不会多办，停了几天也会补上。拟出的文书要人核稿、签发；自动发出的只有提醒。
    dukao serve 每 5 分钟自己办一遍，不用另外运行；设了 DUKAO_JOBS_MINUTES=0 的，才要由计划任务定时运行
    dukao jobs，或一直运行 dukao jobs --loop。

    \b
    例：dukao jobs
        dukao jobs --loop --minutes 10
    """
    if is_loop and said:
        raise Failure("dukao jobs：--at 只办一遍，不能与 --loop 同用。")
    with on_site():
        if not is_loop:
            return _run(asked_moment(said))
        while True:
            _run(None)
            time.sleep(minutes * 60)


def _run(at: datetime | None) -> int:
    """One run; 1 where something in it failed."""
    from django.utils import timezone

    from dukao.site.supervision.jobs.leasing import Busy
    from dukao.site.supervision.jobs.running import run_jobs

    now = timezone.now()
    try:
        run = run_jobs(at=at or now, now=now)
    except Busy as busy:
        until = timezone.localtime(busy.until)
        say(f"另一处正在办理（最迟到 {until:%H:%M}），这一遍不用再办。")
        return 0
    for line in run.done:
        where = f"{line['name']} " if line["name"] else ""
        click.echo(f"{where}{line['job']}：{line['words'] or line['error']}")
    if not run.done:
        click.echo("没有到期要办的事。")
    return 0 if run.is_good else 1


def asked_moment(said: str | None) -> datetime | None:
    """The moment asked for, Beijing time; None for now. Raises Failure for none, and for one to come."""
    if said is None:
        return None
    from django.utils import timezone

    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise Failure(f"dukao jobs：“{said}”不是时刻：请写成 2024-09-26T08:00 这样。") from None
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    if moment > timezone.now():
        raise Failure(
            f"dukao jobs：{said} 还没有到。到期的事办了收不回来（如逾期未签收视为同意），只能办到现在为止："
            "请去掉 --at，或写已经过去的时刻补办。"
        )
    return moment
