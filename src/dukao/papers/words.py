"""What the values say in the words of a Chinese office: one place for every label the papers print."""

from collections.abc import Iterable

from dukao.breakdown.values import Breakdown, Difference, LivelihoodContent, Milestone, Task, UnitRole
from dukao.papers.figures import name_measure, read_number
from dukao.reading.values import Source
from dukao.report.values import Commitment, Measure, Report

Item = Task | LivelihoodContent

ROLES = {"lead": "牵头", "responsible": "责任", "supporting": "配合"}

BASES = {
    "star": "标*",
    "first": "列首位",
    "word": "写明牵头",
    "column": "牵头栏",
    "sole": "唯一单位",
    "remark": "据备注",
    "joint": "共同落实",
    "undecided": "牵头未定",
}

RELATIONS = {
    "verbatim": "与报告一致",
    "split": "从报告拆出",
    "merged": "由报告几处合并",
    "edited": "对报告有改动",
    "absent": "报告中未见",
}

DIFFERENCES = {
    "number": "数字不同",
    "wording": "文字不同",
    "omission": "分解删去",
    "addition": "分解添入",
    "truncated": "文字残缺",
}

CONVENTIONS = {
    "star": "标*的为牵头单位",
    "first": "列首位的为牵头单位",
    "word": "写明“牵头”的为牵头单位",
    "column": "“牵头单位”栏所列",
}

KINDS = {"action": "任务", "target": "目标", "aspiration": "展望"}

FINDINGS = {"conflict": "冲突", "check": "待核"}

FILLED = {"project": "项目", "leaders": "牵头领导", "units": "牵头单位"}

_NOTHING = "（无）"


def name_leaders(item: Item) -> str:
    """The leaders of an item, as one reads them out: 林杰、张伟."""
    return "、".join(leader.name for leader in item.leaders)


def name_unit(unit: UnitRole) -> str:
    """A unit with its office in brackets and, where its part is narrower than the task, what it covers."""
    office = f"（{unit.office}）" if unit.office else ""
    scope = f"〔{unit.scope}〕" if unit.scope else ""
    return f"{unit.name}{office}{scope}"


def units_in(item: Item, *roles: str) -> list[UnitRole]:
    """The item's units that have one of the roles, in the document's order."""
    return [unit for unit in item.units if unit.role in roles]


def list_units(units: Iterable[UnitRole]) -> str:
    """Units joined as a document joins them, each once."""
    return "、".join(dict.fromkeys(name_unit(unit) for unit in units))


def bases_of(units: Iterable[UnitRole]) -> str:
    """What the roles of these units rest on, in words, each once."""
    return "、".join(dict.fromkeys(BASES[unit.basis] for unit in units))


def words_of(item: Item) -> str:
    """The item's own text: a task's text or a livelihood project's content."""
    return item.content if isinstance(item, LivelihoodContent) else item.text


def read_measure(measure: Measure) -> str:
    """A measure in words: 引育总部型企业 ≥50家, 地区生产总值增长 6%."""
    return f"{name_measure(measure)} {read_number(measure)}"


def explain_measure(measure: Measure) -> str:
    """A measure in words with its year and whether it is a target or a result."""
    when = measure.span or (f"{measure.year}年" if measure.year else "年份未定")
    return f"{read_measure(measure)}，{when}{'目标' if measure.role == 'target' else '结果'}"


def list_measures(measures: Iterable[Measure]) -> str:
    """Measures in words, joined by full-width semicolons."""
    return "；".join(read_measure(measure) for measure in measures)


def list_time_limits(item: Item) -> list[str]:
    """The time limits of an item, each once: its milestones with their steps, then its own."""
    milestones = item.milestones if isinstance(item, Task) else ()
    limits = [_read_milestone(milestone) for milestone in milestones]
    if item.deadline and item.deadline.text not in {milestone.deadline.text for milestone in milestones}:
        limits.append(item.deadline.text)
    return limits


def _read_milestone(milestone: Milestone) -> str:
    step = clean(milestone.step)
    return step if milestone.deadline.text in step else f"{milestone.deadline.text}：{step}"


def read_difference(difference: Difference) -> str:
    """One difference as a sentence with both readings."""
    report, breakdown = quote(difference.report), quote(difference.breakdown)
    return f"{DIFFERENCES[difference.kind]}：报告{report}，分解表{breakdown}"


def quote(text: str) -> str:
    """A reading in quotation marks without its line breaks, or 无 in brackets where there is nothing."""
    bare = "".join(text.split("\n")).strip()
    return f"“{bare}”" if bare else _NOTHING


def head_of(sign: str, title: str) -> str:
    """The head of a group with its sign, which the ids of its rows begin with: 二、顾某副区长牵头重点工作."""
    is_sign = bool(sign) and all(char in "〇零一二三四五六七八九十百0123456789" for char in sign)
    return f"{sign}、{title}" if is_sign and not title.startswith(sign) else title


def clean(text: str) -> str:
    """Document text on one line: line breaks and Markdown marks left out, for cells and excerpts."""
    return "".join(line.strip() for line in text.replace("**", "").splitlines())


def cite_source(source: Source) -> str:
    """File name and the beginning of its fingerprint: enough to tell one version from another."""
    return f"{source.name}（sha256 {source.sha256[:12]}…）"


def cite_sources(breakdown: Breakdown, report: Report | None) -> str:
    """The documents a paper was made from."""
    table = f"责任分解：{cite_source(breakdown.source)}"
    return f"{table}；政府工作报告：{cite_source(report.source)}" if report else f"{table}；未附政府工作报告"


def trace_section(report: Report, commitment: Commitment) -> str:
    """The heads above a commitment, outermost first."""
    sections = {section.id: section for section in report.outline}
    heads: list[str] = []
    at: str | None = commitment.section
    while at in sections and len(heads) < 9:
        heads.insert(0, clean(sections[at].title).rstrip("。，"))
        at = sections[at].parent
    return " › ".join(heads)


def year_of(breakdown: Breakdown, report: Report | None) -> str:
    """The year the papers speak of, as `2024年`, or nothing where neither document names it."""
    year = breakdown.year or (report.year if report else None)
    return f"{year}年" if year else ""
