"""What the rules a place works by say, in a sentence each, as an office would explain them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from dukao.presets.loading import load_entries
from dukao.progress.figures import say, say_share
from dukao.site.supervision.models import Subject

_HELD = "：目标"  # how the reason of a figure begins that is held against its target
_PERIODS = {"month": "按月", "quarter": "按季"}
_LIMITS: Mapping[str, str] = {
    "objection": "交办后{}个工作日内可提异议",
    "plan": "交办后{}个工作日内报推进方案",
    "remind": "到期前{}天提醒",
    "returned": "退回的{}个工作日内补充",
    "closing": "办结申请{}个工作日内核验签发",
    "shown": "办结公示{}个工作日",
    "look_back_days": "办结{}天后回头看",
}


def say_rule(subject: Subject, preset: Mapping[str, Any]) -> str:
    """What a preset of a subject asks for."""
    return _SAY[subject](preset)


def explain_lights(reasons: Collection[str]) -> str:
    """By what these reasons were judged, in the plain words of a paper; empty where they name no rule.

    A figure held against its target is yellow as soon as it misses it, whatever the rule's gap.
    """
    said = []
    for entry in load_entries("lights").values():
        own = [one for one in reasons if f"（{entry['name']}）" in one]
        if any(_HELD not in one for one in own):
            said.append(f"{'节点' if entry['mode'] == 'days' else ''}{_say_light(entry)}")
        if any(_HELD in one for one in own):
            said.append(_say_held(entry))
    return "；".join(dict.fromkeys(said))


def _say_held(preset: Mapping[str, Any]) -> str:
    red = preset["red"]
    far = f"相差{say(red)}个百分点以上" if preset["mode"] == "points" else f"不足目标的{say_share(red)}"
    return f"当期数没有达到目标的亮黄灯，{far}的亮红灯"


def _say_light(preset: Mapping[str, Any]) -> str:
    yellow, red = preset["yellow"], preset["red"]
    if preset["mode"] == "points":
        return f"低于序时进度{say(yellow)}至{say(red)}个百分点亮黄灯，{say(red)}个百分点以上亮红灯"
    if preset["mode"] == "ratio":
        begin = "低于应达数" if yellow >= 1 else f"不足应达数的{say_share(yellow)}"
        return f"{begin}亮黄灯，不足应达数的{say_share(red)}亮红灯"
    warns = f"到期前{preset['warns_days']}天内亮黄灯，" if preset.get("warns_days") else ""
    return f"{warns}逾期{f'{red}天以内亮黄灯，超过{red}天' if red else '即'}亮红灯"


def _say_cadence(preset: Mapping[str, Any]) -> str:
    often = "，".join(
        f"{words}{_PERIODS[preset[name]]}"
        for name, words in (("high", "重点盯办的"), ("normal", "一般任务"), ("low", "常年工作"))
    )
    month = "次月" if preset["month_after"] else "当月"
    hour = "" if preset["hour"] == 24 else f"{preset['hour']}时"
    day = f"{month}{preset['day']}日{hour}"
    return f"{often}报；{day}截止，提前{preset['opens']}天开始，逢节假日顺延"


def _say_ladder(preset: Mapping[str, Any]) -> str:
    lights = {"yellow": "黄灯", "red": "红灯"}
    return " → ".join(
        f"{rung['name']}（{'连续' if rung['months'] > 1 else ''}{rung['months']}个月{lights[rung['when']]}"
        f"{'，或上一级逾期未复' if rung['unanswered'] else ''}）"
        for rung in preset["rungs"]
    )


def _say_limits(preset: Mapping[str, Any]) -> str:
    said = {key: value for key, value in preset.items() if key in _LIMITS}
    return "，".join(
        words.format("、".join(map(str, said[key])) if isinstance(said[key], list) else said[key])
        for key, words in _LIMITS.items()
        if key in said
    )


_SAY: Mapping[Subject, Callable[[Mapping[str, Any]], str]] = {
    Subject.LIGHTS: _say_light,
    Subject.CADENCE: _say_cadence,
    Subject.LADDER: _say_ladder,
    Subject.LIMITS: _say_limits,
}
