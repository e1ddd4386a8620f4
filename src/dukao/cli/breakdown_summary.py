"""A breakdown as plain text for people: tasks, differences, what nobody takes up, what conflicts."""

from collections.abc import Iterator, Sequence

from dukao.breakdown.values import Breakdown, Group
from dukao.cli.report_summary import describe_source, list_diagnostics, say_position
from dukao.cli.tables import format_table
from dukao.papers import words
from dukao.reading.places import describe_place
from dukao.reading.values import Source
from dukao.report.values import Report


def summarize_breakdown(breakdown: Breakdown, report: Report | None) -> str:
    """The notice, the tasks under their leaders, the livelihood projects, and what needs a person."""
    return "\n".join(filter(None, _blocks(breakdown, report)))


def _blocks(breakdown: Breakdown, report: Report | None) -> Iterator[str]:
    yield _masthead(breakdown)
    for group in breakdown.groups:
        yield _group(breakdown, group)
    known = {group.id for group in breakdown.groups}
    others = [task for task in breakdown.tasks if task.group not in known]
    yield _tasks("其他重点工作", others, breakdown.source)
    yield _livelihood(breakdown)
    yield _differences(breakdown)
    yield _uncovered(breakdown, report)
    yield _findings(breakdown)
    yield list_diagnostics(breakdown.diagnostics)


def _masthead(breakdown: Breakdown) -> str:
    notice, source = breakdown.notice, describe_source(breakdown.source)
    title = words.clean(notice.title or "责任分解")
    known = [notice.issuer, notice.document_number, notice.dated]
    said = "，".join(part for part in known if part)
    counts = f"{len(breakdown.tasks)} 项重点工作，{len(breakdown.livelihood)} 条民生实事内容"
    marks = "；".join(words.CONVENTIONS[convention] for convention in breakdown.lead_conventions)
    lines = [title, said, source, counts + (f"；{marks}" if marks else "")]
    lines.append(f"对照 {describe_source(breakdown.report)}" if breakdown.report else "未对照报告")
    lines.append(f"需要核对：{_count_matters(breakdown)}")
    return "\n  ".join(line for line in lines if line) + "\n"


def _count_matters(breakdown: Breakdown) -> str:
    """How much waits for a person, in one line."""
    items: list[words.Item] = [*breakdown.tasks, *breakdown.livelihood]
    counts = {
        "处与报告不一致": sum(len(item.differences) for item in items),
        "条承诺没有分解": len(breakdown.coverage.uncovered) if breakdown.coverage else 0,
        "处冲突": sum(finding.kind == "conflict" for finding in breakdown.findings),
        "处待核": sum(finding.kind == "check" for finding in breakdown.findings),
        "项牵头未定": sum(any(unit.basis == "undecided" for unit in item.units) for item in items),
    }
    return "，".join(f"{count} {what}" for what, count in counts.items() if count) or "没有"


def _group(breakdown: Breakdown, group: Group) -> str:
    leaders = "、".join(f"{leader.name}{leader.title or ''}" for leader in group.leaders)
    head = words.head_of(group.id, leaders or words.clean(group.title))
    head += f"（{group.note.rstrip('。')}）" if group.note else ""
    tasks = [task for task in breakdown.tasks if task.group == group.id]
    return _tasks(head, tasks, breakdown.source) or f"{head}\n"


def _tasks(head: str, tasks: Sequence[words.Item], source: Source) -> str:
    return f"{head}：{len(tasks)} 项\n{_item_table(tasks, source)}" if tasks else ""


def _item_table(items: Sequence[words.Item], source: Source) -> str:
    """The rows with, where the document has pages, paragraphs or cells, the place of each."""
    rows = [_item_row(item) for item in items]
    if source.places is None:
        return format_table(_ITEM_HEAD, rows)
    placed = [
        (row[0], describe_place(source.place_of(item.start) or {}), *row[1:])
        for item, row in zip(items, rows, strict=True)
    ]
    return format_table((_ITEM_HEAD[0], "出处", *_ITEM_HEAD[1:]), placed)


_ITEM_HEAD = ("编号", "对照", "牵头", "内容〔其他单位〕")
_RELATIONS = {"verbatim": "一致", "split": "拆出", "merged": "合并", "edited": "有改动", "absent": "未见"}


def _item_row(item: words.Item) -> tuple[object, ...]:
    leads = words.list_units(words.units_in(item, "lead"))
    others = words.list_units(words.units_in(item, "responsible", "supporting"))
    relation = _RELATIONS[item.relation] if item.relation else None
    undecided = any(unit.basis == "undecided" for unit in item.units)
    lead = leads or ("（未定）" if undecided else "（未写）" if not item.units else "（共同）")
    return item.id, relation, lead, words.clean(words.words_of(item)) + (f"〔{others}〕" if others else "")


def _livelihood(breakdown: Breakdown) -> str:
    contents = breakdown.livelihood
    projects = len({content.number for content in contents})
    head = f"民生实事：{projects} 个项目 {len(contents)} 条内容\n"
    return head + _item_table(contents, breakdown.source) if contents else ""


def _differences(breakdown: Breakdown) -> str:
    items: list[words.Item] = [*breakdown.tasks, *breakdown.livelihood]
    rows = [(item.id, words.read_difference(difference)) for item in items for difference in item.differences]
    return f"与报告不一致：{len(rows)} 处\n" + format_table(("编号", "两处的写法"), rows) if rows else ""


def _uncovered(breakdown: Breakdown, report: Report | None) -> str:
    coverage = breakdown.coverage
    if not coverage or not report:
        return ""
    promised = {commitment.id: commitment for commitment in report.commitments}
    rows = [
        (key, say_position(report.source, promised[key].start), words.clean(promised[key].text))
        for key in coverage.uncovered
    ]
    counts = f"已分解 {coverage.covered} 条，未分解 {len(rows)} 条，属展望或引语 {len(coverage.not_tasks)} 条"
    head = f"报告承诺 {coverage.commitments} 条：{counts}\n"
    return head + format_table(("编号", "位置", "报告原文"), rows)


def _findings(breakdown: Breakdown) -> str:
    rows = [(words.FINDINGS[f.kind], "、".join(f.items), f.message) for f in breakdown.findings]
    return f"冲突与待核：{len(rows)} 处\n" + format_table(("性质", "编号", "说明"), rows) if rows else ""
