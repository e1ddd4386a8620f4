"""What the API gives of a year in progress, as documented values; every field is explained in Chinese."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class Light(Schema):
    """一项任务某一天的灯：报送、进度、核验，各带一句理由。"""

    task_id: int = Field(description="任务编号（地址用）")
    number: str = Field(description="任务编号")
    text: str = Field(description="内容")
    day: date = Field(description="哪一天结束时的灯")
    light: str = Field(
        description="进度灯：green 正常，yellow 滞后，red 严重滞后，blocked 受阻，unknown 暂不可判，"
        "undated 无时限，none 不亮灯"
    )
    light_label: str = Field(description="进度灯的名称")
    progress: str = Field(description="进度的理由")
    rule: str = Field(description="判进度用的规则；不按规则判的为空")
    expected: str = Field(description="应达")
    actual: str = Field(description="实际")
    filing_light: str = Field(description="报送灯")
    filing: str = Field(description="报送的理由")
    verification_light: str = Field(description="核验灯")
    verification: str = Field(description="核验的理由")
    limit: date | None = Field(description="完成时限；没有定的为 null")
    is_closed: bool = Field(description="是否已办结")
    is_late: bool = Field(description="是否逾期完成")
    silent: int = Field(description="连续几期没有报送")


class LightCount(Schema):
    """一种灯下有多少任务。"""

    unit_id: int | None = Field(description="牵头单位编号；合计为 null")
    unit: str = Field(description="牵头单位；合计为空")
    day: date = Field(description="哪一天结束时的灯")
    light: str = Field(description="进度灯代码")
    light_label: str = Field(description="进度灯的名称")
    tasks: int = Field(description="任务数；两个单位牵头的各算一次")


class Rule(Schema):
    """一条现行规则。"""

    subject: str = Field(description="lights 亮灯，cadences 报送周期，ladders 督办阶梯，limits 办理时限")
    subject_label: str = Field(description="事项")
    scope: str = Field(description="适用的代码；管全部的为空")
    scope_label: str = Field(description="适用")
    code: str = Field(description="规则代码")
    name: str = Field(description="规则名称")
    words: str = Field(description="怎样判、怎样办")
    source: str = Field(description="来源")
    since: date | None = Field(description="何时起用；按督考建议的为 null")


class Plan(Schema):
    """一份同意过的推进方案：第一次的承诺，或一次变更。"""

    id: int = Field(description="编号")
    task_id: int = Field(description="任务编号（地址用）")
    number: str = Field(description="任务编号")
    unit_id: int = Field(description="单位编号")
    unit: str = Field(description="单位")
    order: int = Field(description="第几次；1 是第一次的承诺")
    kind: str = Field(
        description="cumulative 累计数量，stock 存量指标（从年初数起算），statistic 统计指标，"
        "milestones 节点推进，level 保持达标，ceiling 控制上限"
    )
    target: float | None = Field(description="目标值")
    base: float | None = Field(
        description="年初数，存量指标才有；没有填、以第一次报的数起算的，和其他类型的，为 null"
    )
    unit_of_measure: str = Field(description="计量单位")
    curve: str = Field(
        description="序时曲线代码；自己逐点填的为空。统计指标带曲线的是全年的总量，每季按序时进度判；"
        "为空的是比率，每季公布的数直接和目标比"
    )
    points: list[str] = Field(description="自己填的序时进度：日期 应达比例")
    steps: list[str] = Field(description="节点：日期 名称")
    deadline: date | None = Field(description="完成时限")
    visible: str = Field(description="年底看得见的成果")
    actions: str = Field(description="主要措施")
    change_why: str = Field(description="变更理由")
    since: datetime | None = Field(description="何时起执行")
    until: datetime | None = Field(description="执行到何时；现在仍执行的为 null")


class Round(Schema):
    """一期报送。"""

    id: int = Field(description="编号")
    year: int = Field(description="年度")
    label: str = Field(description="期次，如 2024年9月")
    period_end: date = Field(description="数据截至")
    opened_at: datetime = Field(description="何时开始")
    due_at: datetime = Field(description="报送期限")
    closed_at: datetime | None = Field(description="何时结束")
    units: int = Field(description="要报的单位数")
    complete: int = Field(description="报齐的单位数")
    asked: int = Field(description="要报的项数")
    sent: int = Field(description="已报的项数")
    waiting: int = Field(description="待审的项数")


class Filing(Schema):
    """一个单位就一项任务报的一期进展。"""

    id: int = Field(description="编号")
    round: str = Field(description="期次")
    task_id: int = Field(description="任务编号（地址用）")
    number: str = Field(description="任务编号")
    unit_id: int = Field(description="单位编号")
    unit: str = Field(description="单位")
    is_lead: bool = Field(description="是否牵头单位的；不是的由牵头单位汇总")
    stage: str = Field(
        description="empty 未填，draft 待确认，confirmed 待审，accepted 已采用，returned 退回，moved 已转出"
    )
    is_unchanged: bool = Field(description="是否报的“无变化”")
    is_blocked: bool = Field(description="是否受阻")
    progress: str = Field(description="进展")
    next_step: str = Field(description="下一步")
    problem: str = Field(description="存在问题")
    help_needed: str = Field(description="需协调事项")
    values: list[str] = Field(description="数字：指标 数值 单位")
    steps: list[str] = Field(description="完成的节点：日期 名称")
    true_on: date | None = Field(description="数据截至")
    filed_at: datetime | None = Field(description="首次报送时间")
    ruled_at: datetime | None = Field(description="审核时间")


class Notice(Schema):
    """一份督办单、约谈通知或商请函。"""

    id: int = Field(description="编号")
    title: str = Field(description="名称和编号")
    rung: str = Field(description="等级代码；letter 为商请函")
    year: int = Field(description="年度")
    stage: str = Field(
        description="draft 拟稿，checked 已核稿，sent 已签发，answered 已答复，closed 已办结，"
        "withdrawn 已撤回"
    )
    unit_id: int = Field(description="受文单位编号")
    unit: str = Field(description="受文单位")
    cause: str = Field(description="事由")
    asked: str = Field(description="要求")
    tasks: list[str] = Field(description="涉及的任务编号")
    due: date | None = Field(description="答复期限")
    signed_at: datetime | None = Field(description="签发时间")
    answered_at: datetime | None = Field(description="答复时间")


class CloseOut(Schema):
    """一份办结申请和它的经过。"""

    id: int = Field(description="编号")
    task_id: int = Field(description="任务编号（地址用）")
    number: str = Field(description="任务编号")
    unit: str = Field(description="申请单位")
    stage: str = Field(
        description="applied 待核验，withdrawn 已撤回，returned 已退回，verified 待签发，closed 已办结，"
        "reopened 已重开"
    )
    done_on: date = Field(description="完成日期")
    summary: str = Field(description="完成情况")
    shortfall: str = Field(description="未达目标的说明")
    applied_at: datetime = Field(description="申请时间")
    verified_by: str = Field(description="核验人")
    verified_at: datetime | None = Field(description="核验时间")
    findings: str = Field(description="核查情况")
    signed_by: str = Field(description="签发人")
    closed_at: datetime | None = Field(description="办结时间；公示的到公示期满")
    look_back_on: date | None = Field(description="何时回头看")


class Standing(Schema):
    """一次任务调整：暂缓、并入、拆分、终止或恢复。"""

    id: int = Field(description="编号")
    task_id: int = Field(description="任务编号（地址用）")
    number: str = Field(description="任务编号")
    kind: str = Field(description="suspended 暂缓，merged 并入，split 拆分，dropped 终止，resumed 恢复")
    kind_label: str = Field(description="情形")
    stage: str = Field(description="draft 待签发，signed 已签发，returned 已退回，withdrawn 已撤回")
    act: str = Field(description="依据文号")
    dated: date = Field(description="批准日期")
    congress_decision: str = Field(description="人大常委会决定文号；不是民生实事的为空")
    why: str = Field(description="事由")
    since: datetime | None = Field(description="何时起不计入")
    until: datetime | None = Field(description="到何时；没有恢复的为 null")
