"""What stands on each sheet of the workbook: columns with their widths, and rows of plain words."""

from dukao.breakdown.values import Breakdown, LivelihoodContent, Task
from dukao.papers.attention import Matter, label_items, list_matters
from dukao.papers.spreadsheet import Cell, Column, Sheet
from dukao.papers.unit_tally import UnitTally, tally_units
from dukao.papers.words import (
    DIFFERENCES,
    FILLED,
    FINDINGS,
    KINDS,
    RELATIONS,
    ROLES,
    Item,
    bases_of,
    clean,
    list_measures,
    list_time_limits,
    list_units,
    name_leaders,
    trace_section,
    units_in,
    words_of,
    year_of,
)
from dukao.report.values import Report


def list_sheets(breakdown: Breakdown, report: Report | None) -> list[Sheet]:
    """The workbook's six sheets."""
    year = year_of(breakdown, report)
    labels = label_items(breakdown)
    return [
        _lay_tasks(breakdown, labels, year),
        _lay_livelihood(breakdown, labels, year),
        _lay_differences(breakdown, report, year),
        _lay_uncovered(breakdown, report, year),
        _lay_findings(breakdown, year),
        _lay_units(breakdown, year),
    ]


def _lay_tasks(breakdown: Breakdown, labels: dict[str, str], year: str) -> Sheet:
    columns = (
        Column("编号", 7.5, True),
        Column("牵头领导", 9, True),
        Column("重点工作", 46),
        Column("牵头单位", 16),
        Column("责任单位", 26),
        Column("配合单位", 10),
        Column("备注", 13),
        Column("时限", 13),
        Column("数字目标", 22),
        Column("与报告对照", 12.5, True),
        Column("待核对", 11, True),
    )
    rows = tuple(_lay_task(task, labels.get(task.id, "")) for task in breakdown.tasks)
    return Sheet("重点工作", f"{year}政府工作报告重点工作责任分解", "没有重点工作。", columns, rows)


def _lay_task(task: Task, label: str) -> tuple[Cell, ...]:
    return (
        task.id,
        name_leaders(task),
        clean(f"{task.title} {task.text}" if task.title else task.text),
        *_roles(task),
        clean(task.remark.text) if task.remark else "",
        "\n".join(list_time_limits(task)),
        list_measures(task.measures),
        RELATIONS[task.relation] if task.relation else "",
        label,
    )


def _lay_livelihood(breakdown: Breakdown, labels: dict[str, str], year: str) -> Sheet:
    columns = (
        Column("编号", 10, True),
        Column("项目", 11),
        Column("内容", 44),
        Column("牵头领导", 9, True),
        Column("牵头单位", 18),
        Column("责任单位", 13),
        Column("配合单位", 10),
        Column("备注", 10),
        Column("时限", 10),
        Column("数字目标", 20),
        Column("合并单元格沿用", 13),
        Column("待核对", 11, True),
    )
    rows = tuple(_lay_content(content, labels.get(content.id, "")) for content in breakdown.livelihood)
    return Sheet("民生实事", f"{year}民生实事项目责任分解", "没有民生实事项目。", columns, rows)


def _lay_content(content: LivelihoodContent, label: str) -> tuple[Cell, ...]:
    return (
        content.id,
        clean(f"{content.number} {content.project}"),
        clean(content.content),
        name_leaders(content),
        *_roles(content),
        clean(content.remark.text) if content.remark else "",
        "\n".join(list_time_limits(content)),
        list_measures(content.measures),
        "、".join(FILLED.get(name, name) for name in content.filled_down),
        label,
    )


def _lay_differences(breakdown: Breakdown, report: Report | None, year: str) -> Sheet:
    columns = (
        Column("编号", 10, True),
        Column("牵头领导", 9, True),
        Column("类别", 11, True),
        Column("报告写作", 22),
        Column("分解表写作", 22),
        Column("分解表全文", 38),
        Column("报告原文", 38),
        Column("处理意见", 14),
    )
    items: list[Item] = [*breakdown.tasks, *breakdown.livelihood]
    rows = tuple(
        (
            item.id,
            name_leaders(item),
            DIFFERENCES[difference.kind],
            clean(difference.report) or "（无）",
            clean(difference.breakdown) or "（无）",
            clean(words_of(item)),
            _quote_origin(item, report),
            "",
        )
        for item in items
        for difference in item.differences
    )
    nothing = "没有与报告不一致的。" if report else "未附政府工作报告，没有对照。"
    return Sheet("与报告不一致", f"{year}责任分解与政府工作报告不一致之处", nothing, columns, rows)


def _lay_uncovered(breakdown: Breakdown, report: Report | None, year: str) -> Sheet:
    columns = (
        Column("编号", 7.5, True),
        Column("所在章节", 32),
        Column("报告承诺", 52),
        Column("类别", 7, True),
        Column("数字目标", 24),
        Column("建议牵头单位", 16),
        Column("处理意见", 18),
    )
    wanted = set(breakdown.coverage.uncovered) if breakdown.coverage else set()
    measures = {measure.id: measure for measure in report.measures} if report else {}
    rows = tuple(
        (
            commitment.id,
            trace_section(report, commitment),
            clean(commitment.text),
            KINDS[commitment.kind],
            list_measures(measures[name] for name in commitment.measures if name in measures),
            "",
            "",
        )
        for commitment in (report.commitments if report else ())
        if report and commitment.id in wanted
    )
    nothing = "报告的承诺都有任务承接。" if report else "未附政府工作报告，没有对照。"
    return Sheet("未分解承诺", f"{year}政府工作报告中未分解的承诺", nothing, columns, rows)


def _lay_findings(breakdown: Breakdown, year: str) -> Sheet:
    columns = (
        Column("类别", 10, True),
        Column("事由", 9.5, True),
        Column("说明", 50),
        Column("涉及编号", 12),
        Column("所涉各条", 62),
        Column("处理意见", 18),
    )
    rows = tuple(
        (
            FINDINGS[matter.finding.kind],
            matter.label,
            matter.finding.message,
            _list_ids(list(matter.items)) if matter.reason == "alias" else "\n".join(matter.items),
            _tell_rows(breakdown, matter),
            "",
        )
        for matter in list_matters(breakdown)
        if matter.finding
    )
    return Sheet(
        "冲突与待核", f"{year}责任分解中的冲突与待核事项", "没有冲突，也没有待核事项。", columns, rows
    )


def _tell_rows(breakdown: Breakdown, matter: Matter) -> str:
    """What a finding is about: the words of its rows, or which rows write a unit's name in which way."""
    items: list[Item] = [*breakdown.tasks, *breakdown.livelihood]
    rows = {item.id: item for item in items}
    if matter.reason != "alias":
        return "\n".join(f"{name}：{clean(words_of(rows[name]))}" for name in matter.items if name in rows)
    wrote: dict[str, dict[str, None]] = {}
    for row in [rows[name] for name in matter.items if name in rows]:
        for unit in row.units:
            if matter.finding and f"“{unit.name}”" in matter.finding.message:
                wrote.setdefault(unit.name, {})[row.id] = None
    return "\n".join(f"{name}：{_list_ids(list(ids))}" for name, ids in wrote.items())


def _lay_units(breakdown: Breakdown, year: str) -> Sheet:
    columns = (
        Column("单位", 24),
        Column("牵头", 6.5, True),
        Column("责任", 6.5, True),
        Column("配合", 6.5, True),
        Column("牵头的编号", 34),
        Column("责任的编号", 38),
        Column("配合的编号", 14),
        Column("内设与挂靠", 14),
        Column("名称提示", 40),
    )
    rows = tuple(_lay_unit(tally) for tally in tally_units(breakdown))
    return Sheet("单位", f"{year}责任分解各单位任务量", "没有写明单位。", columns, rows)


def _lay_unit(tally: UnitTally) -> tuple[Cell, ...]:
    return (
        f"{tally.name}（统称）" if tally.is_group else tally.name,
        *(tally.count(role) for role in ROLES),
        *(_list_ids(tally.rows.get(role, [])) for role in ROLES),
        "、".join(tally.offices),
        "\n".join(tally.aliases),
    )


def _list_ids(ids: list[str]) -> str:
    """Ids with each group's sign said once: 二（1、3、12）；民生（5-1）. A line never ends inside one."""
    groups: dict[str, list[str]] = {}
    for name in ids:
        sign, _dash, number = name.partition("-")
        groups.setdefault(sign, []).append(number)
    return "；".join(f"{sign}（{'、'.join(numbers)}）" for sign, numbers in groups.items())


def _quote_origin(item: Item, report: Report | None) -> str:
    """The report's words an item goes back to, its places joined by an ellipsis."""
    if not report:
        return ""
    return " …… ".join(clean(report.source.text[start:end]) for start, end in item.source_spans)


def _roles(item: Item) -> tuple[str, str, str]:
    """Lead (with the basis where it is not the table's own mark), responsible and supporting units."""
    leads = units_in(item, "lead")
    said = list_units(leads)
    if any(unit.basis == "remark" for unit in leads):
        own = list_units(unit for unit in leads if unit.basis != "remark")
        noted = list_units(unit for unit in leads if unit.basis == "remark")
        said = f"{own}；{noted}（据备注）" if own else f"{noted}（据备注）"
    responsible = units_in(item, "responsible")
    if not leads and responsible:
        said = f"（{bases_of(responsible)}）"
    return said, list_units(responsible), list_units(units_in(item, "supporting"))
