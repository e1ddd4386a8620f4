"""The papers of pressing as `Paper` values: what their pages show, and what .docx and PDF are made of."""

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from dukao.papers.official.supervision_papers import (
    AgendaItem,
    BulletinFacts,
    CountRow,
    Decided,
    MatterRow,
    PressFacts,
    agenda_paper,
    bulletin_paper,
    press_paper,
)
from dukao.papers.official.values import Paper, say_date
from dukao.site.ledger.queries.papers import office_of
from dukao.site.people.addressing import everybody_of
from dukao.site.supervision.models import Bulletin, Instruction, Meeting, Notice
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.pressing.ladder import mark_of, rungs_of
from dukao.site.supervision.rules.words import explain_lights
from dukao.site.supervision.seeing.saying import say_outside


def number_of(notice: Notice) -> str:
    """The number a signed notice bears: 临政办督蓝〔2024〕3号; nothing before."""
    if notice.number is None or notice.signed_at is None:
        return ""
    rungs = rungs_of(practice_of(notice.place_id, localdate(notice.signed_at)))
    return f"{notice.place.letters}督{mark_of(rungs, notice.rung)}〔{notice.year}〕{notice.number}号"


def notice_paper(notice: Notice) -> Paper:
    """A notice, or a letter to a partner."""
    is_letter = notice.is_letter
    matters = [
        MatterRow(
            line["number"],
            line["words"],
            line.get("remark") or line.get("part", "") if is_letter else say_outside(line.get("reason", "")),
            line.get("deadline", ""),
        )
        for line in notice.facts
    ]
    facts = PressFacts(
        title=f"关于商请支持{notice.year}年政府工作报告重点工作的函" if is_letter else notice.name,
        office=office_of(notice.place),
        unit=notice.unit.name,
        cause=notice.cause,
        asked=notice.asked,
        days=notice.days,
        number=number_of(notice),
        dated=localdate(notice.signed_at) if notice.signed_at else None,
        due=notice.due,
        is_letter=is_letter,
        rules="" if is_letter else explain_lights([line.get("reason", "") for line in notice.facts]),
    )
    return press_paper(facts, matters)


def meeting_paper(meeting: Meeting, decisions: list[Instruction]) -> Paper:
    """The agenda of a meeting; with its decisions once there are some."""
    agenda = meeting.agenda
    lights = (("red", "严重滞后事项"), ("yellow", "滞后事项"), ("blocked", "受阻、需要协调的事项"))
    parts = [
        (name, [_item(line) for line in agenda["items"] if line["light"] == light]) for light, name in lights
    ]
    counts = agenda["counts"]
    opening = (
        f"截至{say_date(date.fromisoformat(agenda['as_of']))}，纳入督查的任务{agenda['total']}项，"
        f"正常{counts.get('green', 0)}项、滞后{counts.get('yellow', 0)}项、严重滞后{counts.get('red', 0)}项。"
        f"{agenda.get('lists', '')}下列{len(agenda['items'])}项提请会议研究。"
    )
    decided = [
        Decided(one.words, one.unit.name if one.unit else "", say_date(one.due) if one.due else "")
        for one in decisions
    ]
    title = f"{meeting.title}{'议程和议定事项' if decided else '议程'}"
    parts = [one for one in parts if one[1]]
    rules = explain_lights([line["reason"] for line in agenda["items"]])
    return agenda_paper(title, meeting.held_on, opening, parts, decided, rules)


def bulletin_number(bulletin: Bulletin) -> str:
    """The number a signed bulletin bears: 临政办督通〔2024〕3号."""
    return f"{bulletin.place.letters}督通〔{bulletin.year}〕{bulletin.number}号" if bulletin.number else ""


def paper_of_bulletin(bulletin: Bulletin) -> Paper:
    """A bulletin as it was drafted, checked and signed."""
    content = bulletin.content
    office = office_of(bulletin.place)
    facts = BulletinFacts(
        title=f"{office}关于{bulletin.label}重点工作督查情况的通报",
        office=office,
        addressees=everybody_of(bulletin.place),
        opening=content["opening"],
        requirements=tuple(content["requirements"]),
        number=bulletin_number(bulletin),
        dated=localdate(bulletin.signed_at) if bulletin.signed_at else None,
        rules=explain_lights([line["reason"] for line in (*content["behind"], *content["blocked"])]),
    )
    return bulletin_paper(
        facts,
        better=[
            f"{one['units']}“{one['words'].rstrip('。')}”由{one['before']}转为{one['after']}"
            for one in content["better"]
        ],
        behind=[_item(line) for line in (*content["behind"], *content["blocked"])],
        silent=_silent(content),
        burden=content["burden"],
        leaders=[_count(line) for line in content["leaders"]],
        units=[_count(line) for line in content["units"]],
    )


def _silent(content: dict[str, Any]) -> list[str]:
    none = [f"{one['name']}{one['label']}{one['items']}项没有报送" for one in content["silent"]]
    return [*none, *(f"{one['name']}{one['label']}{one['items']}项逾期报送" for one in content["late"])]


def _item(line: dict[str, Any]) -> AgendaItem:
    return AgendaItem(
        line["number"],
        line["words"],
        line["units"],
        say_outside(line["reason"]),
        line["cause"],
        line["help"],
    )


def _count(line: dict[str, Any]) -> CountRow:
    names = ("name", "total", "green", "yellow", "red", "other")
    return CountRow(*(line[name] for name in names))
