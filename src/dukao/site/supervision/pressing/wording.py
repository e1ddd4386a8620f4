"""The sentences of notices, letters and reminders."""

from datetime import date
from typing import Any

from dukao.progress.figures import say_day


def say_cause(facts: list[dict[str, Any]]) -> str:
    """Why a notice is sent: how many tasks are behind by which day, how many for months."""
    as_of = say_day(date.fromisoformat(max(line["as_of"] for line in facts)))
    red = sum(line.get("light") == "red" for line in facts)
    yellow = sum(line.get("light") == "yellow" for line in facts)
    counts = "、".join(
        said
        for said in (f"{yellow}项进度滞后" if yellow else "", f"{red}项进度严重滞后" if red else "")
        if said
    )
    months = [line["months"] for line in facts if line.get("months", 0) > 1]
    if not counts:
        return f"截至{as_of}，你单位牵头的下列{len(facts)}项任务需要督办。"
    if len(facts) == 1 and months:
        longest = f"，已连续{months[0]}个月"
    else:
        longest = f"，其中{len(months)}项连续两个月以上" if months else ""
    return f"截至{as_of}，你单位牵头的任务有{counts}{longest}。"


def say_letter(year: int, facts: list[dict[str, Any]]) -> str:
    """Why a partner is asked."""
    led = sum(line.get("part") == "牵头" for line in facts)
    parts = [f"由贵部门牵头的{led}项" if led else "", f"请贵部门支持的{len(facts) - led}项"]
    said = "、".join(part for part in parts[: 1 if led == len(facts) else 2] if part)
    return f"{year}年政府工作报告重点工作责任分解已经印发，其中{said}（见下表）。"
