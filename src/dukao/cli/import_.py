"""`dukao import`: a report, with its breakdown or alone, taken in for review, or for a trial as ledger."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dukao.calling import as_called
from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import say
from dukao.cli.on_site import on_site

if TYPE_CHECKING:
    from dukao.site.acting import Acting
    from dukao.site.intake import Decision
    from dukao.site.ledger.models import Breakdown

_FILE = click.Path(path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])
_SHOWN = 5


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("report", metavar="报告", type=_FILE)
@click.argument("breakdown", metavar="[分解表]", type=_FILE, required=False)
@click.option("--place", required=True, metavar="代码:名称", help="哪个地方，例如 --place 330302:鹿城区。")
@click.option("--year", type=int, metavar="年度", help="哪一年，例如 --year 2024；不写则按文件所说。")
@click.option("--as", "username", metavar="登录名", help="以谁的名义；本地只有一位经办时可不写。")
@click.option("--accept-proposals", is_flag=True, help="试用：全部按建议处理，并直接印发；须有 --as。")
@click.option("--meeting", metavar="会议", help="与 --accept-proposals 合用：审议的会议；不写则按通知所说。")
@click.option("--approved-on", type=_DAY, metavar="日期", help="审议日期，例如 2024-03-06。")
@click.option("--document-number", metavar="文号", help="印发的文号；不写则按通知所说。")
@click.option("--issued-on", type=_DAY, metavar="日期", help="印发日期；不写则按通知所说。")
def command(
    report: Path,
    breakdown: Path | None,
    place: str,
    year: int | None,
    username: str | None,
    accept_proposals: bool,
    meeting: str | None,
    approved_on: datetime | None,
    document_number: str | None,
    issued_on: datetime | None,
) -> None:
    """把一份政府工作报告和它的责任分解读进台账，到“核对”为止，并列出还要人定的事项。

    只写报告时，由报告起草责任分解：切出任务，提出牵头单位，逐项等人来定。

    地方不存在就新建；还没有账号的地方会建一个试用账号，密码只显示一次。要么全部读入，要么什么也不留下。

    \b
    例：dukao import 报告.txt 分解.txt --place 330302:鹿城区 --year 2024
        dukao import 报告.txt --place 330302:鹿城区
        dukao import 报告.txt 分解.txt --place 330302:鹿城区 --as zhang --accept-proposals
    """
    if accept_proposals and not username:
        raise click.UsageError(
            "--accept-proposals 要和 --as 一起用：每一条建议都记在这个人名下", click.get_current_context()
        )
    with on_site(makes_tables=True):
        from dukao.site.intake import Decision

        decision = Decision(meeting, _day(approved_on), document_number, _day(issued_on))
        acting, made = _import(
            report, breakdown, place, year, username, decision if accept_proposals else None
        )
        _print_account(acting)
        _print_other_year(made, is_told=year is not None)
        _print_breakdown(made)
        _print_next(acting)


def _import(
    report: Path,
    breakdown: Path | None,
    place: str,
    year: int | None,
    username: str | None,
    decision: "Decision | None",
) -> "tuple[Acting, Breakdown]":
    """The files in one transaction, as a draft or, with a decision, as the ledger."""
    from django.db import transaction
    from django.utils.timezone import now

    from dukao.site.acting import act_in
    from dukao.site.archive.actions import sweep_files
    from dukao.site.intake import settle_and_issue, take_in
    from dukao.site.people.models import Role

    roles = (Role.CLERK, Role.HEAD) if decision else (Role.CLERK,)
    with transaction.atomic():
        acting = act_in(place, username, roles, at=now())
        viewer = acting.viewer(now())
        made = take_in(report, breakdown, year=year, by=viewer, at=now())
        if decision:
            made = settle_and_issue(made, decision, clerk=viewer, head=viewer, at=now())
    sweep_files(now())
    return acting, made


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _print_account(acting: "Acting") -> None:
    click.echo(f"以 {acting.user} 的名义读入。")
    if acting.password:
        said = f"登录名 {acting.user.username}，初始密码 {acting.password}"
        click.echo(f"新建试用账号：{said}（只显示这一次，登录后须改）")


def _print_other_year(made: "Breakdown", *, is_told: bool) -> None:
    """Where the files themselves say another year than they are taken in for."""
    results = (made.report_compilation.result, made.compilation.result)
    said = {one.get("year") for one in results} - {None, made.year}
    if said:
        years = "、".join(f"{year}年" for year in sorted(said))
        said_why = f"文件自己写的是{years}，按 --year" if is_told else f"也有文件写的是{years}，按其余所写"
        say(f"提示：{said_why} 收作{made.year}年；不对的，请在核对页撤回，用 --year 写明后重新读入。")


def _print_breakdown(made: "Breakdown") -> None:
    """What was made of the files, and what is open, grouped by what kind of thing it is."""
    from dukao.site.intake import open_matters

    tasks = made.tasks.count()
    click.echo(f"{made.title}：{made.year}年，{tasks} 项，{made.get_stage_display()}。")
    if made.is_issued:
        click.echo(f"已印发（{made.document_number}，{made.issued_on}）；台账在网站的 /ledger/{made.year}/。")
        return
    groups = open_matters(made)
    total = sum(len(lines) for lines in groups.values())
    click.echo(
        f"还要人定的 {total} 项，在网站的 /breakdowns/{made.pk}/ 逐项处理："
        if total
        else "没有要人定的事项。"
    )
    for kind, lines in groups.items():
        click.echo(f"\n{kind}（{len(lines)}）")
        for line in lines[:_SHOWN]:
            click.echo(f"  · {line}")
        if len(lines) > _SHOWN:
            click.echo(f"  · 另有 {len(lines) - _SHOWN} 项")


def _print_next(acting: "Acting") -> None:
    """Where to go on with it."""
    click.echo(
        as_called(f"\n下一步：运行 dukao serve，在浏览器里打开它打印的地址，用 {acting.user.username} 登录。")
    )
