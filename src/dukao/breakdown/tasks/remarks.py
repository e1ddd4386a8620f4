"""Remarks (备注): whole sentences that lay a part of the work on somebody the table does not name."""

import re
from functools import cache

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import Column, label_pattern
from dukao.breakdown.duties.labels import read_labels
from dukao.breakdown.duties.units import Listed, is_unit, read_units, role_words
from dukao.breakdown.values import Role, UnitRole

_OF_LABEL: dict[Column, Role] = {"lead": "lead", "responsible": "responsible", "supporting": "supporting"}
_SENTENCE = re.compile(r"[^。;\n]+")
_REASON = re.compile(r"^\s*(?:根据|按照|依据|鉴于|经)[^,]*,\s*")
_ASK = r"(?P<ask>由|拟由|请|商请|提请|恳请|邀请|会同)"
_NO_SCOPE = re.compile(
    r"^(?:该|本|此)?(?:项|条)?(?:相关|有关|具体|上述|该项|本项|其他)*(?:工作|任务|事项|项目|内容)?$"
)
# "以下措施均需各街道落实" names nobody, though it ends as a name does.
_SAYS_MORE = re.compile("以[上下]|上述|均|需|须|涉及")


@cache
def _clause() -> re.Pattern[str]:
    filler = r"(?:共同|分别|一并|统一|总|负责|积极|协同|予以|给予|按(?:照)?职责(?:分工)?)*"
    units = r"(?P<units>[^,]+?(?:,(?!由|拟由|请|商请|提请)[^,]+?)*?)"
    return re.compile(
        rf"(?<![^,。;\n])\s*(?:(?P<scope>[^,]*?){_ASK})?{units}{filler}(?:{role_words()})[^,]*(?=,|$)"
    )


def read_remark(cell: Cell) -> tuple[UnitRole, ...]:
    """The parts in the work that a remark gives, each on the basis `remark`.

    "由甲、乙牵头" leads, "请丙予以支持" supports, "征兵工作由丁牵头" leads for the scope "征兵工作". A
    reason before the comma ("根据区委工作安排，") is no scope, nor is "相关工作". A remark that names no
    unit gives nothing.
    """
    parts: list[UnitRole] = []
    for sentence in _SENTENCE.finditer(cell.plain):
        start = sentence.start()
        reason = _REASON.match(sentence.group())
        start += reason.end() if reason else 0
        parts += _labelled(cell.part(start, sentence.end()))
        for clause in _clause().finditer(cell.plain, start, sentence.end()):
            parts += _parts_of(cell, clause)
    return tuple(parts)


def _labelled(said: Cell) -> list[UnitRole]:
    """What a label in a remark says: "配合单位：甲、乙"."""
    duty = read_labels(said) if label_pattern().match(said.plain) else None
    return [
        _remarked(unit, unit.role or _OF_LABEL[column], None)
        for column, value in (duty.stated if duty else ())
        for unit in read_units(value)
        if unit.group or is_unit(unit.name)
    ]


def _parts_of(cell: Cell, clause: re.Match[str]) -> list[UnitRole]:
    units = read_units(cell.part(*clause.span("units")))
    if not units or not all(unit.group or is_unit(unit.name) or clause.group("ask") for unit in units):
        return []
    if any(_SAYS_MORE.search(unit.name) for unit in units):
        return []
    role = _role(clause)
    scope = _scope(cell, clause)
    return [_remarked(unit, unit.role or role, scope) for unit in units]


def _role(clause: re.Match[str]) -> Role:
    if clause.group("lead") is not None:
        return "lead"
    if clause.group("supporting") is not None or clause.group("ask") in (
        "请",
        "商请",
        "提请",
        "恳请",
        "邀请",
    ):
        return "supporting"
    return "responsible"


def _scope(cell: Cell, clause: re.Match[str]) -> str | None:
    """What part of the work the clause is about, as written; None for the whole of it."""
    if clause.group("scope") is None:
        return None
    scope = cell.part(*clause.span("scope"))
    return None if _NO_SCOPE.match(scope.plain) else scope.text


def _remarked(unit: Listed, role: Role, scope: str | None) -> UnitRole:
    return UnitRole(
        unit.name, unit.office, unit.written, unit.start, unit.end, unit.group, role, "remark", scope
    )
