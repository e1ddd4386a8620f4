"""What the API gives, as documented values; every field says in Chinese what it means."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class Year(Schema):
    """一个年度的责任分解。"""

    year: int = Field(description="年度")
    breakdown_id: int = Field(description="责任分解的编号")
    title: str = Field(description="标题")
    stage: str = Field(description="阶段：draft 草稿，consultation 征求意见，approval 审议，issued 已印发")
    document_number: str = Field(description="文号；未印发时为空")
    issued_on: date | None = Field(description="印发日期")


class Duty(Schema):
    """一个单位或统称在一项任务里的责任。"""

    role: str = Field(description="lead 牵头，responsible 责任，supporting 配合")
    role_label: str = Field(description="牵头、责任或配合")
    unit_id: int | None = Field(description="单位编号；统称为 null")
    group_id: int | None = Field(description="统称编号；单位为 null")
    name: str = Field(description="单位或统称的名称")
    office: str = Field(description="内设机构，括号里写的")
    scope: str = Field(description="所负责的范围；整项任务为空")
    basis: str = Field(
        description="依据：star 标*，first 列首位，word 写明，column 栏目，remark 备注，act 批准等"
    )
    written: str = Field(description="文件里的原写法")

    def __str__(self) -> str:
        office = f"（{self.office}）" if self.office else ""
        return f"{self.role_label} {self.name}{office}"


class Leader(Schema):
    """牵头领导：职务和当天任职的人。"""

    post_id: int = Field(description="职务编号")
    name: str = Field(description="任职的人；空缺时为空")
    title: str = Field(description="职务")
    is_head: bool = Field(description="是否总负责")

    def __str__(self) -> str:
        return self.name or self.title


class KeptPost(Schema):
    """一个职务：现任和历任。"""

    id: int = Field(description="职务编号")
    title: str = Field(description="职务")
    is_head: bool = Field(description="是否总负责")
    holder: str = Field(description="现任；空缺时为空")
    holders: list[str] = Field(description="历任：起 止 姓名，新的在前")


class Measure(Schema):
    """任务里写明的一个数字。"""

    indicator: str = Field(description="指标")
    action: str = Field(description="动作，如“新增”")
    surface: str = Field(description="原写法，如“20家以上”")
    value: float = Field(description="数值，按基本单位")
    value_max: float | None = Field(description="范围的上限")
    unit: str = Field(description="单位")
    op: str = Field(description="比较：>= > <= < =")
    kind: str = Field(
        description="level 总量，growth 增长，increment 新增，decrease 下降，ratio 比率，rank 位次，per 人均"
    )
    year: int | None = Field(description="哪一年的数字")
    approximate: bool = Field(description="是否约数")

    def __str__(self) -> str:
        return f"{self.indicator} {self.surface}".strip()


class TaskMeasure(Measure):
    """一个数字和它所在的任务。"""

    task_id: int = Field(description="任务编号（地址用）")
    number: str = Field(description="任务编号；草稿为空")
    task_kind: str = Field(description="key 重点工作，livelihood 民生实事")


class Register(Schema):
    """任务列入的清单。"""

    code: str = Field(description="platform、project、reform、factor 或 indicator")
    label: str = Field(description="清单名称")
    is_proposed: bool = Field(description="true 为程序建议、尚未列入")

    def __str__(self) -> str:
        return f"{self.label}{'（建议）' if self.is_proposed else ''}"


class TextDifference(Schema):
    """与报告文字的一处不同。"""

    kind: str = Field(description="number 数字，wording 文字，omission 缺，addition 多，truncated 残缺")
    report: str = Field(description="报告的写法")
    breakdown: str = Field(description="分解表的写法")

    def __str__(self) -> str:
        return f"报告“{self.report}”，分解“{self.breakdown}”"


class Task(Schema):
    """一项重点工作，或民生实事的一项内容。"""

    id: int = Field(description="任务编号（地址用）")
    number: str = Field(description="印发后长期不变的编号，如 重2024-012；草稿为空")
    row: str = Field(description="在分解表里的位置，如 三-5；两位领导牵头的有两个")
    kind: str = Field(description="key 重点工作，livelihood 民生实事")
    year: int = Field(description="年度")
    status: str = Field(description="draft 草稿，issued 已印发，withdrawn 已撤回")
    title: str = Field(description="小标题")
    text: str = Field(description="内容")
    project: str = Field(description="民生实事项目名称")
    section: str = Field(description="所在的报告章节")
    remark: str = Field(description="备注")
    deadline_text: str = Field(description="时限的写法；没有为空，即未定时限")
    deadline: date | None = Field(description="时限日期")
    deadline_kind: str = Field(description="by 截止，within 期内，ongoing 持续，milestone 节点；没有时限为空")
    publicity: str = Field(
        description="公开属性：internal 内部，public 主动公开，on_request 依申请公开，withheld 不予公开"
    )
    publicity_reason: str = Field(description="不予公开的理由")
    responsibilities: list[Duty] = Field(description="牵头、责任、配合单位")
    leaders: list[Leader] = Field(description="牵头领导")
    measures: list[Measure] = Field(description="数字目标")
    registers: list[Register] = Field(description="列入的清单")
    relation: str = Field(
        description="verbatim 一致，split 拆分，merged 合并，edited 有改动，absent 未见；无权查看时为空"
    )
    differences: list[TextDifference] = Field(description="与报告不同之处；无权查看时为空")
    spans: list[list[int]] = Field(description="在报告全文里的起止字位；无权查看报告时为空")
    recorded_at: datetime = Field(description="这样写是从什么时候起")


class Unit(Schema):
    """一个单位。"""

    id: int = Field(description="单位编号")
    name: str = Field(description="名称")
    kind: str = Field(description="类别代码")
    kind_label: str = Field(description="类别")
    is_partner: bool = Field(description="是否党委、法检、军事机关：商请，不催办")
    names: list[str] = Field(description="所有名称")
    offices: list[str] = Field(description="内设和挂靠机构")
    since: date = Field(description="自")
    until: date | None = Field(description="至；未终止为 null")


class Group(Schema):
    """一个统称，如各街镇。"""

    id: int = Field(description="统称编号")
    name: str = Field(description="名称")
    is_chosen: bool = Field(description="是否逐项指定（相关街镇）")
    members: list[str] = Field(description="当天的成员")


class Post(Leader):
    """一个领导职务。"""

    since: date | None = Field(description="现任自")


class Commitment(Schema):
    """报告里的一条承诺和它的去向。"""

    id: str = Field(description="承诺在报告里的编号")
    section: str = Field(description="所在章节")
    text: str = Field(description="原文")
    start: int = Field(description="在报告全文里的起")
    end: int = Field(description="止")
    fate: str = Field(description="covered 已分解，uncovered 未分解，framing 不作任务")
    tasks: list[str] = Field(description="承接它的任务编号")
    answer: str = Field(description="未分解的是怎样处理的")
    why: str = Field(description="处理的理由")


class Question(Schema):
    """责任分解里要人核对的一件事，和处理结果。"""

    id: int = Field(description="编号")
    kind: str = Field(description="事由代码")
    label: str = Field(description="事由")
    message: str = Field(description="说明")
    rows: list[str] = Field(description="涉及的行")
    is_open: bool = Field(description="是否还没有处理")
    answer: str = Field(description="怎样处理的")
    why: str = Field(description="理由")
    settled_by: str = Field(description="谁处理的")
    settled_at: datetime | None = Field(description="何时处理的")


class Document(Schema):
    """存入的一份文件。"""

    id: int = Field(description="编号")
    kind: str = Field(description="report 政府工作报告，breakdown 责任分解")
    year: int | None = Field(description="年度")
    title: str = Field(description="标题")
    name: str = Field(description="文件名")
    sha256: str = Field(description="文件的 sha256")
    media_type: str = Field(description="格式")
    size: int = Field(description="字节数")
    chars: int = Field(description="字数")
    publicity: str = Field(description="公开属性")
    uploaded_by: str = Field(description="谁存入的")
    uploaded_at: datetime = Field(description="何时存入的")
    rules: list[str] = Field(description="读过它的规则版本")


class Breakdown(Schema):
    """一份责任分解，从草稿到印发。"""

    id: int = Field(description="编号")
    year: int = Field(description="年度")
    title: str = Field(description="标题")
    stage: str = Field(description="阶段代码")
    stage_label: str = Field(description="阶段")
    report_id: int = Field(description="报告的文件编号")
    document_id: int = Field(description="分解的文件编号")
    meeting: str = Field(description="审议的会议")
    approved_on: date | None = Field(description="审议日期")
    document_number: str = Field(description="文号")
    issued_on: date | None = Field(description="印发日期")
    publicity: str = Field(description="公开属性")
    rows: int = Field(description="重点工作行数：两位领导牵头的算两行")
    tasks: int = Field(description="重点工作项数")
    contents: int = Field(description="民生实事内容项数")
    open: list[str] = Field(description="还在等人办的事")


class Supplement(Schema):
    """印发后的一份补充通知或批准。"""

    id: int = Field(description="编号")
    breakdown_id: int = Field(description="责任分解编号")
    year: int = Field(description="年度")
    kind: str = Field(description="notice 补充通知，act 批准")
    stage: str = Field(description="draft 待签发，returned 已退回，signed 已签发，withdrawn 已撤回")
    document_number: str = Field(description="文号或批准文号")
    dated: date = Field(description="日期")
    why: str = Field(description="事由")
    tasks: list[int] = Field(description="涉及的任务")
    signed_at: datetime | None = Field(description="何时签发")


class Consultation(Schema):
    """一轮征求意见。"""

    id: int = Field(description="编号")
    breakdown_id: int = Field(description="责任分解编号")
    year: int = Field(description="年度")
    opened_at: datetime = Field(description="何时送出")
    due: date = Field(description="答复期限")
    closed_at: datetime | None = Field(description="何时结束")
    asked: int | None = Field(description="征求了几个单位；单位用户为 null")
    agreed: int | None = Field(description="答复无意见的；单位用户为 null")
    objected: int | None = Field(description="提出意见的；单位用户为 null")
    silent: int | None = Field(description="没有答复的；单位用户为 null")
    own_answer: str | None = Field(
        description="本单位的答复：agreed 无意见，opinions 有意见，silent 未答复；办公室为 null"
    )


class Entry(Schema):
    """一条历史记录。"""

    sequence: int = Field(description="序号")
    at: datetime = Field(description="时间")
    username: str = Field(description="登录名")
    name: str = Field(description="姓名")
    place: str = Field(description="行政区划代码")
    action: str = Field(description="事项代码")
    label: str = Field(description="事项")
    about: list[str] = Field(description="对象，如 task:12")
    changes: list[str] = Field(description="改了什么：由何改为何")
    why: str = Field(description="理由")
    digest: str = Field(description="校验值")


class Me(Schema):
    """令牌代表的用户。"""

    username: str = Field(description="登录名")
    name: str = Field(description="姓名")
    place_code: str = Field(description="行政区划代码")
    place_name: str = Field(description="地方")
    unit_id: int | None = Field(description="单位编号")
    unit_name: str = Field(description="单位")
    roles: list[str] = Field(description="角色")
    reach: str = Field(
        description="看得到哪些任务：all 含草稿，issued 已印发，own 本单位或本人，public 主动公开，none 无"
    )


class KeptRegister(Schema):
    """一份专项清单和它最近一个年度的件数。"""

    code: str = Field(description="清单代码（地址用）")
    name: str = Field(description="清单名称")
    since: date = Field(description="从哪天起用")
    year: int = Field(description="有事项的最近年度")
    items: int = Field(description="在册件数")
    drafts: int = Field(description="待立项件数；督查室以外为 0")
    closed: int = Field(description="已销号件数")
    behind: int = Field(description="进度为黄灯、红灯的件数")


class RegisterItem(Schema):
    """专项清单里的一项。"""

    task_id: int = Field(description="任务编号（地址用）")
    number: str = Field(description="编号，如 信访-2024-003；草稿为空")
    status: str = Field(description="draft 待立项，issued 已立项")
    text: str = Field(description="事项")
    leads: list[str] = Field(description="牵头单位")
    others: list[str] = Field(description="其他责任单位")
    leader: str = Field(description="责任领导")
    stage: str = Field(description="到了哪一步")
    due: date | None = Field(description="下一步的时限")
    light: str = Field(description="进度灯，如 red；草稿为空")
    reason: str = Field(description="亮灯的理由")
    values: dict[str, str] = Field(description="清单各栏的内容，以栏目的名称为键")
    places: int = Field(description="点位数")
    places_done: int = Field(description="已完成的点位数")
