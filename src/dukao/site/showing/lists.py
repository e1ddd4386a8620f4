"""What the sample keeps on lists of its own: major projects with their stages, petitions in hand.

The projects are on their list since April and are filed every month, as `data/projects.toml` tells it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from dukao.site.ledger.duties import new_duty
from dukao.site.ledger.items import ItemWords
from dukao.site.ledger.models import Role
from dukao.site.people.access import Viewer
from dukao.site.people.models import Unit
from dukao.site.showing.year import told
from dukao.site.simulating.diary import Diary, working_days_after
from dukao.site.simulating.world import World
from dukao.site.supervision.filing.actions import confirm_filings, file_unchanged, save_filing
from dukao.site.supervision.filing.ruling import accept_filings
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import Filing
from dukao.site.supervision.registers.entering import Asked, change_item, enter_item
from dukao.site.supervision.registers.issuing import issue_items
from dukao.site.supervision.registers.opening import open_register

_DATA = "projects"
_Item = tuple[str, str, date | None, dict[str, str]]  # words, lead unit, limit, columns

_PROJECTS: tuple[_Item, ...] = (
    (
        "老城片区雨污分流改造",
        "区住建局",
        date(2024, 12, 31),
        {
            "sort": "基础设施",
            "nature": "新建",
            "where": "老城片区",
            "total": "12600",
            "year": "12600",
            "spent": "4300",
            "start": "2024-09-23",
            "works": "2024-10-31",
            "finish": "2024-12-20",
            "use": "2024-12-31",
        },
    ),
    (
        "内河生态修复二期",
        "区水利局",
        date(2025, 4, 30),
        {
            "sort": "生态环保",
            "nature": "新建",
            "total": "7400",
            "year": "2600",
            "approved": "2024-10-20",
            "start": "2024-11-30",
            "finish": "2025-04-20",
        },
    ),
)
_PETITIONS: tuple[_Item, ...] = (
    (
        "化解某住宅小区逾期未办不动产权证的信访积案",
        "区住建局",
        None,
        {"sort": "城乡建设", "since": "2022-11-03", "people": "64", "wants": "尽快办理不动产权证"},
    ),
    (
        "化解某停产企业拖欠工资的信访积案",
        "区人力社保局",
        None,
        {"sort": "劳动社保", "since": "2023-12-18", "people": "27", "wants": "足额支付拖欠的工资"},
    ),
    (
        "化解某村土地流转费兑付的信访积案",
        "区农业农村局",
        None,
        {"sort": "农业农村", "since": "2023-05-22", "people": "15", "wants": "兑付两年的土地流转费"},
    ),
)


def note_projects(diary: Diary, world: World) -> None:
    """Note the list of projects: opened in April, then filed by whoever leads each, taken the day after."""
    said = told("list", _DATA)
    diary.put(said["opened"], 15, partial(_open_projects, diary, world))


def _open_projects(diary: Diary, world: World, at: datetime) -> None:
    open_register("project", since=at.date(), by=world.clerk, at=at)
    items = told("projects", _DATA)
    entered = [
        _enter("project", (one["words"], one["unit"], one["deadline"], one["cells"]), world.clerk, at)
        for one in items
    ]
    issue_items("project", entered, by=world.head, at=at + timedelta(minutes=30))
    for task, one in zip(entered, items, strict=True):
        for filed in one["filed"]:
            diary.put(filed["on"], 9, partial(_file, diary, world, task, filed))


def _file(diary: Diary, world: World, task: int, said: Mapping[str, Any], at: datetime) -> None:
    """What the unit says this month, and what it spent by now; without words it is as it was."""
    found = Filing.objects.filter(task_id=task, is_lead=True).select_related("round")
    filing = found.latest("round__period_end")
    team = world.teams[filing.unit_id]
    if "progress" in said:
        words = Words(
            said["progress"],
            said.get("next_step", ""),
            said.get("problem", ""),
            said.get("help_needed", ""),
            steps=said.get("steps", {}),
        )
        save_filing(filing.pk, words, filing.version, by=team.liaison, at=at)
    else:
        file_unchanged([filing.pk], by=team.liaison, at=at)
    if "spent" in said:
        change_item("project", task, Asked(None, {"spent": said["spent"]}), by=team.liaison, at=at)
    diary.put(at.date(), 15, lambda then: confirm_filings([filing.pk], by=team.head, at=then))
    day = working_days_after(at.date(), 1)
    diary.put(day, 11, lambda then: accept_filings([filing.pk], by=world.clerk, at=then))


def keep_lists(clerk: Viewer, head: Viewer, at: datetime) -> None:
    """Two projects more, and the list of petitions: all but the last of each in force, it stays a draft."""
    open_register("petition", since=at.date(), by=clerk, at=at)
    for code, items in (("project", _PROJECTS), ("petition", _PETITIONS)):
        entered = [_enter(code, one, clerk, at + timedelta(minutes=5)) for one in items]
        issue_items(code, entered[:-1], by=head, at=at + timedelta(minutes=30))
        at += timedelta(hours=1)


def _enter(code: str, item: _Item, clerk: Viewer, at: datetime) -> int:
    words, lead, deadline, cells = item
    duty = new_duty(Unit.objects.get(place_id=clerk.place_id, name=lead), Role.LEAD)
    asked = Asked(ItemWords(words, (duty,), deadline=deadline), cells)
    return enter_item(code, asked, at.year, by=clerk, at=at).pk
