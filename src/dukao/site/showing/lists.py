"""What the sample keeps on lists of its own: major projects with their stages, petitions in hand."""

from datetime import date, datetime, timedelta

from dukao.site.ledger.duties import new_duty
from dukao.site.ledger.items import ItemWords
from dukao.site.ledger.models import Role
from dukao.site.people.access import Viewer
from dukao.site.people.models import Unit
from dukao.site.supervision.registers.entering import Asked, enter_item
from dukao.site.supervision.registers.issuing import issue_items
from dukao.site.supervision.registers.opening import open_register

_Item = tuple[str, str, date | None, dict[str, str]]  # words, lead unit, limit, columns

_PROJECTS: tuple[_Item, ...] = (
    (
        "区智能装备产业园二期",
        "区经信局",
        date(2025, 6, 30),
        {
            "sort": "产业",
            "nature": "续建",
            "where": "滨江片区",
            "total": "86000",
            "year": "32000",
            "spent": "21500",
            "start": "2024-10-15",
            "works": "2024-12-20",
            "finish": "2025-05-30",
            "use": "2025-06-30",
        },
    ),
    (
        "临江区第三实验学校新建工程",
        "区教育局",
        date(2025, 8, 31),
        {
            "sort": "社会民生",
            "nature": "新建",
            "where": "新城片区",
            "total": "28000",
            "year": "9000",
            "approved": "2024-09-29",
            "start": "2024-10-31",
            "works": "2025-03-31",
            "finish": "2025-08-10",
            "use": "2025-08-31",
        },
    ),
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


def keep_lists(clerk: Viewer, head: Viewer, at: datetime) -> None:
    """Open both lists, enter what is on them, put all but the last of each in force: it stays a draft."""
    for code, items in (("project", _PROJECTS), ("petition", _PETITIONS)):
        open_register(code, since=at.date(), by=clerk, at=at)
        entered = [_enter(code, one, clerk, at + timedelta(minutes=5)) for one in items]
        issue_items(code, entered[:-1], by=head, at=at + timedelta(minutes=30))
        at += timedelta(hours=1)


def _enter(code: str, item: _Item, clerk: Viewer, at: datetime) -> int:
    words, lead, deadline, cells = item
    duty = new_duty(Unit.objects.get(place_id=clerk.place_id, name=lead), Role.LEAD)
    asked = Asked(ItemWords(words, (duty,), deadline=deadline), cells)
    return enter_item(code, asked, at.year, by=clerk, at=at).pk
