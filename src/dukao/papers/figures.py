"""One measure in words, for papers and terminal: its name with its verb, its number with its comparison.

Imports no other room than `report`'s values: `dukao compile` starts with it.
"""

from dukao.report.values import Measure

_SIGNS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "=": ""}
# Kinds whose verb stands after what it moves: 投资增长, 能耗下降, 覆盖率达到.
_MOVED = ("growth", "decrease", "ratio", "rank")
# Before a level these say how it was reached: 资产增加到720亿元 is no increase of 720亿元.
_CHANGES = frozenset(
    ["上升", "下降", "减少", "压减", "压缩", "增", "增加", "扩大", "提高", "缩小", "缩短", "降低"]
)


def read_number(measure: Measure) -> str:
    """Number and unit as written, with comparison: ≥50家, 约15%."""
    about = "约" if measure.approximate else ""
    return f"{_SIGNS[measure.op]}{about}{''.join(measure.surface.split())}"


def name_measure(measure: Measure) -> str:
    """The indicator with its verb, unless the verb says nothing more: 引育总部型企业, 地区生产总值增长."""
    action, indicator = measure.action or "", measure.indicator
    if not action or action in indicator or (measure.kind == "level" and action in _CHANGES):
        return indicator
    if indicator in action:
        return action
    return f"{indicator}{action}" if measure.kind in _MOVED else f"{action}{indicator}"
