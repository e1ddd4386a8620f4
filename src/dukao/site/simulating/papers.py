"""The invented report and breakdown of a simulated place: one row a task, written as offices write them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_WORDS = Path(__file__).parent / "data" / "places.toml"
_SIGNS = "一二三四五六七八九十"
_SHARES = (("counts", 46), ("works", 30), ("rates", 8), ("levels", 8), ("ceilings", 8))
_LIVELIHOOD_EVERY = 12
_PARTNER_EVERY = 25
_TWO_LEADS_EVERY = 9


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the breakdown: what is to be done, the units that lead it and those beside them."""

    text: str
    leads: tuple[str, ...]
    others: tuple[str, ...]
    partner: str = ""  # a Party body that leads, by the remark
    is_livelihood: bool = False


@dataclass(frozen=True, slots=True)
class Papers:
    """A report and the breakdown of it, as texts."""

    report: str
    breakdown: str


@cache
def words() -> dict[str, Any]:
    """The vocabulary of the invented place."""
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def unit_names(count: int) -> list[str]:
    """So many units: four of five are departments, the others townships."""
    known = words()
    towns = min(len(known["townships"]), count // 5)
    departments = known["departments"][: count - towns]
    more = [f"区第{number}服务中心" for number in range(1, count - towns - len(departments) + 1)]
    return [*departments, *more, *known["townships"][:towns]]


def draw_rows(tasks: int, units: list[str], chance: Random) -> list[Row]:
    """So many rows, no two with the same words, dealt out to all units."""
    rows: list[Row] = []
    seen: set[str] = set()
    kinds, weights = [kind for kind, _ in _SHARES], [weight for _, weight in _SHARES]
    while len(rows) < tasks:
        text = _draw_text(chance.choices(kinds, weights)[0], chance)
        if text.split("，")[0] in seen:
            continue
        seen.add(text.split("，")[0])
        rows.append(_deal(text, len(rows), units, chance))
    return rows


def _draw_text(kind: str, chance: Random) -> str:
    known = words()
    area = chance.choice(known["areas"])
    part = chance.choice(("", "", "东部", "西部", "南部", "北部", "核心区", "沿线"))
    where = f"{area}{part}"
    if kind == "works":
        return f"{chance.choice(known['limits'])}{chance.choice(known['works']).format(area=where)}"
    what, unit, least, most = chance.choice(known[kind])
    number = chance.randint(least, most)
    tail = {"counts": "", "rates": "以上", "levels": "以上", "ceilings": "以内"}[kind]
    if "不低于" in what:
        tail = ""
    if kind == "counts":
        return f"{chance.choice(known['limits'])}{where}{what}{number}{unit}{tail}"
    return f"{where}{what}{number}{unit}{tail}"


def _deal(text: str, at: int, units: list[str], chance: Random) -> Row:
    lead = units[at % len(units)]
    rest = [one for one in units if one != lead]
    if at % _LIVELIHOOD_EVERY == _LIVELIHOOD_EVERY - 1:
        return Row(text, (lead,), (), is_livelihood=True)
    others = tuple(chance.sample(rest, min(chance.choice((0, 0, 1, 1, 2)), len(rest))))
    if at % _PARTNER_EVERY == _PARTNER_EVERY - 1:
        return Row(text, (lead,), others, partner=chance.choice(words()["partners"]))
    if at % _TWO_LEADS_EVERY == _TWO_LEADS_EVERY - 1:
        return Row(
            text, (lead, rest[at % len(rest)]), tuple(one for one in others if one != rest[at % len(rest)])
        )
    return Row(text, (lead,), others)


def write_papers(rows: list[Row], place: str, letters: str, year: int) -> Papers:
    """The two papers of these rows."""
    leaders = words()["leaders"]
    parts = [
        [row for row in rows if not row.is_livelihood][at :: len(leaders) - 1]
        for at in range(len(leaders) - 1)
    ]
    livelihood = [row for row in rows if row.is_livelihood]
    return Papers(
        _write_report(parts, livelihood, place, year),
        _write_breakdown(parts, livelihood, place, letters, year),
    )


def _write_report(parts: list[list[Row]], livelihood: list[Row], place: str, year: int) -> str:
    mayor = words()["leaders"][0][0]
    sections = [
        f"（{_SIGNS[at]}）第{at + 1}方面工作。{''.join(f'{row.text}。' for row in part)}"
        for at, part in enumerate(parts)
    ]
    people = "".join(f"{row.text}。" for row in livelihood)
    return "\n\n".join(
        [
            "# 政府工作报告",
            f"{year}年1月20日在{place}第三届人民代表大会第四次会议上",
            f"{place}人民政府区长 {mayor}",
            "各位代表：",
            "我代表区人民政府，向大会报告政府工作，请予审议。",
            f"## 一、{year - 1}年工作回顾",
            "一年来，全区生产总值增长5.1%，新增规上工业企业12家。",
            f"## 二、{year}年重点工作",
            *sections,
            f"（{_SIGNS[len(parts)]}）办好民生实事。{people}" if people else "",
            "## 三、加强政府自身建设",
            "坚持依法行政，全面推行阳光政务。",
        ]
    )


def _write_breakdown(
    parts: list[list[Row]], livelihood: list[Row], place: str, letters: str, year: int
) -> str:
    leaders = words()["leaders"]
    lines = [
        f"# {place}人民政府办公室文件",
        f"{letters}〔{year}〕5号",
        f"## {place}人民政府办公室关于印发{year}年政府工作报告重点工作责任分解和民生实事项目责任分解的通知",
        "各街道办事处、镇人民政府，区政府直属各单位：",
        "责任分解已经三届区政府第20次常务会议审议通过，现印发给你们。",
        f"{place}人民政府办公室",
        f"{year}年1月30日",
        "（此件公开发布）",
        "附件1",
        f"## {year}年政府工作报告重点工作责任分解",
        f"### 一、{leaders[0][0]}{leaders[0][1]}牵头重点工作",
        "总负责。",
    ]
    for at, part in enumerate(parts, 1):
        name, title = leaders[at]
        lines.append(f"### {_SIGNS[at]}、{name}{title}牵头重点工作")
        rows = [_write_row(number, row) for number, row in enumerate(part, 1)]
        lines.append("\n".join(["序号\t重点工作\t责任单位\t备注", *rows]))
    lines += ["注：标记*的为牵头单位。"]
    if livelihood:
        lines += ["附件2", f"## {year}年民生实事项目责任分解", _write_livelihood(livelihood)]
    return "\n\n".join(lines) + "\n"


def _write_row(number: int, row: Row) -> str:
    star = "" if row.partner else "*"
    leads = "、".join(f"{star}{one}" for one in row.leads)
    beside = "、".join((leads, *row.others))
    remark = f"按照区委部署，由{row.partner}牵头。" if row.partner else ""
    return f"{number}\t{row.text}。\t{beside}\t{remark}"


def _write_livelihood(rows: list[Row]) -> str:
    leader = words()["leaders"][2][0]
    lines = [
        f"{number}\t实事项目{number}\t{row.text}。\t{leader}\t{row.leads[0]}"
        for number, row in enumerate(rows, 1)
    ]
    return "\n".join(["序号\t项目名称\t项目内容\t牵头领导\t牵头单位", *lines])
