"""`dukao simulate`: a year lived through the site's own actions, what came of it and how long it took."""

import os
from datetime import date
from typing import TYPE_CHECKING

import click

from dukao.cli.chinese import ChineseCommand
from dukao.cli.failures import Failure
from dukao.cli.on_site import on_site, where
from dukao.cli.tables import format_table

if TYPE_CHECKING:
    from dukao.site.simulating.emptiness import Taken
    from dukao.site.simulating.living import Lived
    from dukao.site.simulating.world import World

_OWN_HOME = os.path.join("var", "simulate")
_EMPTY_ACTIONS = 400


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.option(
    "--tasks", type=click.IntRange(12, 4000), default=400, metavar="项", help="任务多少项，默认 400。"
)
@click.option("--units", type=click.IntRange(6, 400), default=60, metavar="个", help="单位多少个，默认 60。")
@click.option("--months", type=click.IntRange(1, 12), default=12, metavar="月", help="过几个月，默认 12。")
@click.option("--seed", type=int, default=7, metavar="数", help="随机种子：同一个种子过出同一年，默认 7。")
def command(tasks: int, units: int, months: int, seed: int) -> None:
    """在一个虚构的地方过一年：签收、方案、报送、督办、办结，都用网站自己的动作。

    单位有按时认真的、常常拖延的、很少回音的、做表面文章的。过完打印各类动作多少次、每月的灯、督办文书、逾期办结，
    历史记录末尾的校验值（同一个种子每次相同），以及用时和同样多个空动作之比。
    数据单独放在 var/simulate；设了 DUKAO_HOME 或 DUKAO_DATABASE_URL 时放在那里，须是空库。

    \b
    例：dukao simulate --tasks 400 --units 60 --months 12 --seed 7
    """
    if not os.environ.get("DUKAO_DATABASE_URL"):
        os.environ.setdefault("DUKAO_HOME", _OWN_HOME)
        os.makedirs(os.environ["DUKAO_HOME"], exist_ok=True)
    with on_site(makes_tables=True):
        _insist_on_nothing()
        from dukao.site.simulating.emptiness import clocks, taken_since
        from dukao.site.simulating.living import live
        from dukao.site.simulating.world import ISSUED, found_world

        click.echo(f"建立望湖区：{tasks} 项任务，{units} 个单位……")
        world = found_world(tasks, units, seed)
        since, until = ISSUED.date(), _end_of(ISSUED.date(), months)
        begun = clocks()
        with click.progressbar(length=(until - since).days, label=f"过到{until:%Y年%m月%d日}") as bar:
            lived = live(world, since, until, lambda day: bar.update(1))
        taken = taken_since(begun)
        _tell(world, lived)
        _tell_time(taken, lived.entries)


def _insist_on_nothing() -> None:
    from dukao.site.people.models import Place, User

    if Place.objects.exists() or User.objects.exists():
        raise Failure(
            f"{where()}：这里已有数据，模拟只放进空库：请另设 DUKAO_HOME，或删去上次模拟的文件夹再试。"
        )


def _end_of(since: date, months: int) -> date:
    """The last day of the month so many months after one day's."""
    from dukao.progress.periods import month_end

    return month_end(since.year, since.month + months)


def _tell(world: "World", lived: "Lived") -> None:
    """What happened, in tables."""
    from dukao.site.simulating import living

    click.echo("\n做了什么")
    click.echo(format_table(("动作", "次数"), living.count_actions(lived.begun)))
    click.echo("月底的灯（进度）")
    lights = living.count_lights(lived)
    known = [light for light in _order() if any(light in counts for counts in lights.values())]
    rows = [(f"{day:%Y-%m}", *(counts[light] for light in known)) for day, counts in lights.items()]
    click.echo(format_table(("月份", *(light.word for light in known)), rows))
    click.echo("签发的督办文书")
    click.echo(format_table(("文书", "份数"), living.count_notices(world.place_id)))
    closed, late = living.count_closings(world.place_id, lived)
    click.echo(f"办结 {closed} 项，其中逾期办结 {late} 项。")
    if lived.refused:
        said = "，".join(f"{code} {count} 次" for code, count in lived.refused.most_common())
        click.echo(f"被系统拒绝：{said}。")
    click.echo(f"历史记录末尾的校验值：{lived.digest}")


def _order() -> list:  # type: ignore[type-arg]
    from dukao.progress.values import Light

    return list(Light)


def _tell_time(taken: "Taken", entries: int) -> None:
    """The time, beside that of as many empty actions in the same database."""
    from dukao.site.simulating.emptiness import time_empty_actions

    clock, processor = (one / _EMPTY_ACTIONS * entries for one in time_empty_actions(_EMPTY_ACTIONS))
    click.echo(
        f"用时 {taken.clock:.1f} 秒，{entries} 条历史记录；"
        f"同样多个空动作（一个事务、一条记录）{clock:.1f} 秒，之比 {taken.clock / clock:.1f}。"
    )
    click.echo(
        f"只算本程序占用的处理器时间：{taken.processor:.1f} 秒比 {processor:.1f} 秒，"
        f"之比 {taken.processor / processor:.1f}（机器还在忙别的时，以此为准）。"
    )
