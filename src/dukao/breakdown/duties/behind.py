"""What stands behind the words of a task on its line: units behind a stop, a dash or a gap, clauses that
charge them, a limit in brackets, a remark.
"""

import re
from dataclasses import replace
from itertools import islice

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.labels import (
    Duty,
    are_charged,
    are_names,
    begins_name,
    duty_of,
    is_deadline,
    is_name,
    of_units,
)
from dukao.breakdown.duties.units import unmarked

# "建粮仓两座。备注：省定任务。", "建粮仓两座。（备注：省定任务）"
_REMARK = re.compile(
    r"(?:(?<=[\s;,。])(?:备注|附注)\s*:(?P<said>.+)"
    r"|\((?:备注|附注)\s*:(?P<framed>[^()]*(?:\([^()]*\)[^()]*)*)\))[。.]?$",
    re.S,
)
_ARROWS = "→⇒➔➡"
_DASHED = rf"\s{{0,8}}(?:——|—|--|[{_ARROWS}]|[-=]>)\s{{0,8}}"
_UNITS_BEHIND = re.compile(rf"(?:{_DASHED}|(?<=[。;])\s{{0,8}})(?![—\-{_ARROWS}])([^。;:—]{{3,80}})。?$")
_BY = re.compile(r"[,。;]\s*(?=由)")
_GAP = re.compile(r"(?<=[^\s:])\s{2,}(?=\S)")
# Verbs that say nothing without what stands behind them.
_BARE_VERB = re.compile(
    "(?:[续新改扩迁重在拟筹共]*建设?|改造|提升|修[建缮]|建成|升级|开工|投用|启用|支持|推进|推动|加快|完成|启动|谋划|实施)+"
)
_LIMIT_BEHIND = re.compile(r"\(([^()]{2,16})\)[。;]?$")
_LONGEST_LIST, _MOST_GAPS = 80, 8  # letters of names behind a wide gap, and gaps tried
_SPAN = re.compile(r"[-—~－]|\d至|起|[,;。]")


def part_units(text: Cell, *, charged: bool = True) -> tuple[Cell, Duty] | None:
    """A text, and the units that stand behind its last stop or behind a dash: "疏浚南塘河。——区水务局"; with
    `charged` also those that a clause of its sentence charges: "疏浚南塘河，由区水务局负责。"
    """
    if by := _part_charged(text) if charged else None:
        return by
    limited = _LIMIT_BEHIND.search(text.plain)
    if limited is None or not is_deadline(limit := text.part(*limited.span(1))):
        return _part_names(text)
    parted = _part_names(text.part(0, limited.start()))
    return (parted[0], replace(parted[1], deadline=limit)) if parted else None


def _part_spaced(text: Cell) -> tuple[Cell, Duty] | None:
    """A text and the units that a wide gap parts from it: "疏浚南塘河   区水务局  区财政局"."""
    gaps = (gap for gap in _GAP.finditer(text.plain) if len(text.plain) - gap.end() <= _LONGEST_LIST)
    for gap in islice(gaps, _MOST_GAPS):
        behind = text.part(gap.end(), len(text.plain))
        words = [unmarked(word) for word in re.split(r"[\s、,]+", behind.plain.rstrip("。;")) if word]
        if _BARE_VERB.fullmatch(text.plain, 0, gap.start()):
            continue  # "续建  县人民医院": what is built
        if gap.start() and words and all(len(word) > 1 and is_name(word) for word in words):
            begins = begins_name(words[0])
            return (text.part(0, gap.start()), Duty(stated=(("responsible", behind),))) if begins else None
    return None


def _part_charged(text: Cell) -> tuple[Cell, Duty] | None:
    """A text and the clauses behind it that charge units: "疏浚南塘河，由区水务局牵头，各街道配合。"."""
    for found in islice(_BY.finditer(text.plain), _MOST_GAPS):
        said = text.part(found.end(), len(text.plain.rstrip("。; ")))
        if found.start() and said and len(said.plain) <= _LONGEST_LIST and are_charged(said):
            duty = duty_of(said)
            kept = text.part(0, found.start() if found.group().startswith(",") else found.start() + 1)
            return (kept, duty) if duty else None
    return None


def _part_names(text: Cell) -> tuple[Cell, Duty] | None:
    if spaced := _part_spaced(text):
        return spaced
    found = _UNITS_BEHIND.search(text.plain)
    behind = text.part(*found.span(1)) if found else None
    is_dashed = found is not None and found.group().lstrip().startswith(("—", "-", "=", *_ARROWS))
    duty = of_units(behind) if behind and are_names(behind, begin=not is_dashed) else None
    if behind and duty is None and are_charged(behind):
        duty = duty_of(behind)
    return (text.part(0, found.start()), duty) if found and duty and found.start() else None


def part_remark(text: Cell) -> tuple[Cell, Cell | None]:
    """A text, and the remark that stands behind it."""
    found = _REMARK.search(text.plain)
    if found is None or not found.start():
        return text, None
    said = text.part(*found.span("said" if found["said"] else "framed"))
    return text.part(0, found.start()), said or None


def part_limit(text: Cell) -> tuple[Cell, Duty] | None:
    """A text, and the limit in brackets behind it: "新建书屋两座（6月底前）"."""
    found = _LIMIT_BEHIND.search(text.plain)
    if found is None or not found.start() or not is_limit(limit := text.part(*found.span(1))):
        return None
    return text.part(0, found.start()), Duty(deadline=limit)


def is_limit(inner: Cell) -> bool:
    """Whether brackets say nothing but until when; a year, or from when on, is no limit."""
    said = inner.plain
    return is_deadline(inner) and bool(re.search("[月季日前底末内]", said)) and not _SPAN.search(said)
