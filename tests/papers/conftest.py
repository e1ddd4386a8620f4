"""A small report and its breakdown, built by hand: every mark, relation and finding the papers must show."""

import pytest

from dukao.breakdown.values import (
    Basis,
    Breakdown,
    Coverage,
    Difference,
    Finding,
    Group,
    Leader,
    LivelihoodContent,
    Notice,
    Remark,
    Role,
    Task,
    UnitRole,
)
from dukao.language.dates import Deadline
from dukao.reading.values import Diagnostic, Source
from dukao.report.values import Commitment, Measure, Passage, Report, Section

PAGE = """网站首页 > 政务公开

# 政府工作报告

各位代表：

## 二、2024年重点任务

**（一）做强产业。**新引进项目30个以上，培育链主企业5家，积极争取上级

资金支持。打通断头路3条、断头河2条。

**（二）改善民生。**建成学校4所。整治老旧街巷，清理废弃管线。

关闭窗口
"""

TABLE = """关于印发重点工作责任分解的通知
二、周望副区长牵头重点工作
1 新引进项目30个以上，培育链主企业5家
2 主动争取上级资金支持
3 打通断头河2条
4 建成学校5所
5 编制 =SUM(A1) 方案
民生 建成学校2所
*区发改局（区六重办） 区财政局 区住建局 区教育局 区人武部
"""


def locate(text: str, words: str, after: str = "") -> tuple[int, int]:
    """The span of `words` in `text`, the first after `after`."""
    start = text.index(words, text.index(after))
    return start, start + len(words)


def read_units(*parts: tuple[str, Role, Basis]) -> tuple[UnitRole, ...]:
    """Units from (name, role, basis)."""
    offices = {"区发改局": "区六重办"}
    return tuple(
        UnitRole(name, offices.get(name), name, 0, 0, name.startswith("各"), role, basis)
        for name, role, basis in parts
    )


@pytest.fixture
def report() -> Report:
    """A page with a menu, two run-in heads, a sentence cut by a page break and a street nobody took up."""
    source = Source("报告.md", "a" * 64, "text/markdown", "utf-8", PAGE)
    plan, first, second = (
        locate(PAGE, words) for words in ("二、2024年重点任务", "（一）做强产业。", "（二）改善民生。")
    )
    passages = (
        Passage(*locate(PAGE, PAGE[PAGE.index("新引进") : PAGE.index("2条。") + 3]), 1, "plan"),
        Passage(*locate(PAGE, "建成学校4所。整治老旧街巷，清理废弃管线。"), 2, "plan"),
    )
    clauses = [
        "新引进项目30个以上",
        "培育链主企业5家",
        "积极争取上级\n\n资金支持",
        "打通断头路3条、断头河2条",
        "建成学校4所",
        "整治老旧街巷",
        "清理废弃管线",
    ]
    spans = [locate(PAGE, clause) for clause in clauses]
    commitments = tuple(
        Commitment(f"c{number}", "s2" if number < 5 else "s3", *span, PAGE[slice(*span)], "action", 2024)
        for number, span in enumerate(spans, 1)
    )
    figures = [("30个", "项目", ">="), ("5家", "链主企业", "="), ("3条", "断头路", "="), ("4所", "学校", "=")]
    measures = tuple(
        Measure(
            f"m{number}",
            *locate(PAGE, words),
            words,
            int(words[:-1]),
            None,
            words[-1],
            op,  # type: ignore[arg-type]
            "level",
            indicator,
            (),
            None,
            "target",
            2024,
        )
        for number, (words, indicator, op) in enumerate(figures, 1)
    )
    outline = (
        Section("s1", None, 1, PAGE[slice(*plan)], *plan, PAGE.index("关闭窗口"), "plan"),
        Section("s2", "s1", 2, PAGE[slice(*first)], *first, second[0] - 2, "plan"),
        Section("s3", "s1", 2, PAGE[slice(*second)], *second, PAGE.index("关闭窗口"), "plan"),
    )
    return Report(
        source,
        "政府工作报告",
        "临江区",
        "county",
        2024,
        None,
        None,
        PAGE.index("# 政府"),
        PAGE.index("关闭窗口"),
        outline,
        passages,
        commitments,
        measures,
        (Diagnostic("odd", 0, 0, "报告没有日期。"),),
    )


@pytest.fixture
def breakdown(report: Report) -> Breakdown:
    """Five tasks and one livelihood content: verbatim, edited, split, a changed number, a formula's look."""
    leader = Leader("周望", "副区长", *locate(TABLE, "周望"))

    def task(number: str, words: str, **more: object) -> Task:
        fields: dict[str, object] = {
            "units": read_units(("区发改局", "lead", "star")),
            "remark": None,
            **more,
        }
        span = locate(TABLE, words)
        return Task(f"二-{number}", "二", number, None, None, words, *span, (leader,), **fields)  # type: ignore[arg-type]

    school = Difference("number", "4所", locate(PAGE, "4所"), "5所", locate(TABLE, "5所"))
    verb = Difference("wording", "积极", locate(PAGE, "积极"), "主动", locate(TABLE, "主动"))
    remark = Remark("征兵工作由区人武部牵头。", 0, 0)
    tasks = (
        task(
            "1",
            "新引进项目30个以上，培育链主企业5家",
            units=read_units(("区发改局", "lead", "star"), ("区财政局", "responsible", "star")),
            source_spans=(locate(PAGE, "新引进项目30个以上，培育链主企业5家"),),
            relation="verbatim",
            deadline=Deadline("6月底前", "2024-06-30", "by", 0, 0),
        ),
        task(
            "2",
            "主动争取上级资金支持",
            units=read_units(
                ("区财政局", "responsible", "undecided"), ("区住建局", "responsible", "undecided")
            ),
            source_spans=(locate(PAGE, "积极争取上级\n\n资金支持"),),
            relation="edited",
            differences=(verb,),
        ),
        task(
            "3",
            "打通断头河2条",
            source_spans=(locate(PAGE, "打通断头"), locate(PAGE, "断头河2条")),
            relation="split",
        ),
        task(
            "4",
            "建成学校5所",
            units=read_units(("区人武部", "lead", "remark")),
            remark=remark,
            source_spans=(locate(PAGE, "建成学校4所"),),
            relation="edited",
            differences=(school,),
        ),
        task("5", "编制 =SUM(A1) 方案", units=(), relation="absent"),
    )
    content = LivelihoodContent(
        "民生-1-1",
        "1",
        "教育优学",
        "建成学校2所",
        *locate(TABLE, "建成学校2所"),
        (leader,),
        read_units(("区教育局", "lead", "column")),
        ("leaders",),
        relation="absent",
    )
    findings = (
        Finding(
            "two-numbers", "check", "学校：二-4 为 5 所，民生-1-1 为 2 所，请核对口径。", ("二-4", "民生-1-1")
        ),
        Finding("two-leaders", "conflict", "二-1 与 二-3 冲突。", ("二-1", "二-3")),
        Finding("unit-alias", "check", "“区财政局”与“区财政”可能是同一单位。", ("二-1",)),
    )
    return Breakdown(
        Source("分解.txt", "b" * 64, "text/plain", "gb18030", TABLE),
        Notice(title="关于印发重点工作责任分解的通知", document_number="临政办〔2024〕7号"),
        ("star", "column"),
        (Group("二", "周望副区长牵头重点工作", (leader,), None, *locate(TABLE, "二、")),),
        tasks,
        (content,),
        findings,
        (Diagnostic("truncated", tasks[4].start, tasks[4].end, "二-5 文字似被截断。"),),
        report.source,
        Coverage(7, 5, ("c6", "c7"), ()),
        2024,
    )
