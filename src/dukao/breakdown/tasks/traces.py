"""Which rules a row was read by, and what each read: the answer to "why"."""

from collections.abc import Callable, Iterable

from dukao.breakdown.layouts.tables.merged import Filled
from dukao.breakdown.values import Leader, LivelihoodContent, Task, UnitRole

Trace = dict[str, list[str]]
_Wanted = Callable[[UnitRole], bool]

# The rule behind each way a unit got its part; the first that holds is the one that decided.
_OF_UNITS: tuple[tuple[str, _Wanted], ...] = (
    ("B11", lambda unit: unit.basis == "star" and unit.role == "lead"),
    ("B12", lambda unit: unit.basis == "sole"),
    ("B13", lambda unit: unit.basis == "joint"),
    ("B14", lambda unit: unit.basis == "undecided"),
    ("B15", lambda unit: unit.basis == "word" and unit.role == "lead"),
    ("B16", lambda unit: unit.basis == "column" and unit.role == "lead"),
    ("B17", lambda unit: unit.basis == "first" and unit.role == "lead"),
    ("B18", lambda unit: unit.office is not None),
    ("B19", lambda unit: unit.group),
    ("B21", lambda unit: unit.role == "supporting" and unit.basis != "remark"),
    ("B31", lambda unit: unit.basis == "remark" and unit.role == "lead"),
    ("B32", lambda unit: unit.basis == "remark" and unit.role == "supporting"),
    ("B33", lambda unit: unit.scope is not None),
)


def trace_row(item: Task | LivelihoodContent, filled: Filled) -> Trace:
    """The rules of one row with what they read."""
    row = filled.row
    trace: Trace = {code: [row.task.text] for code in row.rules}
    if filled.cells:
        trace["B04"] = [" ".join(filled.cells)]
    if "leaders" in filled.assumed:
        trace["B25"] = [_leaders(item.leaders)]
    if "units" in filled.assumed:
        trace["B27"] = ["、".join(unit.name for unit in item.units)]
    if isinstance(item, Task) and item.parent:
        trace["B10"] = [item.parent]
    if item.leaders:
        trace["B41" if row.leaders else "B03"] = [_leaders(item.leaders)]
    for code, wanted in _OF_UNITS:
        units = [unit for unit in item.units if wanted(unit)]
        if units:
            trace[code] = ["、".join(_said(code, unit) for unit in units)]
    if item.deadline is not None:
        trace["B42"] = [item.deadline.text]
    return trace


def merge_traces(traces: Iterable[Trace]) -> Trace:
    """The traces of several rows as one."""
    merged: Trace = {}
    for trace in traces:
        for code, readings in trace.items():
            merged.setdefault(code, []).extend(readings)
    return merged


def _leaders(leaders: tuple[Leader, ...]) -> str:
    return "；".join(
        f"{leader.name}（{leader.title}）" if leader.title else leader.name for leader in leaders
    )


def _said(code: str, unit: UnitRole) -> str:
    """What a rule read of a unit: its name, with the office or the scope where the rule is about that."""
    if code == "B18":
        return f"{unit.name}（{unit.office}）"
    return f"{unit.name}：{unit.scope}" if code == "B33" else unit.name
