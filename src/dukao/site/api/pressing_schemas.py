"""What the API gives of assigning and pressing, as documented values; every field is explained in Chinese."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class Assignment(Schema):
    """一项任务交给一个牵头单位，和单位的答复。"""

    id: int = Field(description="编号")
    task_id: int = Field(description="任务编号（地址用）")
    number: str = Field(description="任务编号")
    text: str = Field(description="任务内容")
    unit_id: int = Field(description="单位编号")
    unit: str = Field(description="单位")
    standing: str = Field(
        description="waiting 待签收，confirmed 已签收，silent 逾期视为同意，objected 异议待处理，"
        "upheld 已采纳异议，refused 异议未采纳"
    )
    standing_label: str = Field(description="答复情况")
    is_over: bool = Field(description="这个单位是否已不再牵头这项任务")
    sent_at: datetime = Field(description="交办时间")
    due: date = Field(description="异议期限")
    objection: str = Field(
        description="异议类型：not_ours 不属本单位职责，other_lead 应由其他单位牵头，"
        "duplicate 与其他任务重复，unreachable 目标无法实现，wording 表述不准，other 其他；没有异议的为空"
    )
    reason: str = Field(description="异议理由")
    answered_at: datetime | None = Field(description="答复时间")
    ruling_why: str = Field(description="处理异议的理由")
    ruled_at: datetime | None = Field(description="处理异议的时间")


class Instruction(Schema):
    """一件领导批示，或一件会议议定事项。"""

    id: int = Field(description="编号")
    kind: str = Field(description="instruction 批示，decision 议定事项")
    task_id: int | None = Field(description="任务编号（地址用）；没有挂到任务的为 null")
    number: str = Field(description="任务编号")
    post: str = Field(description="作批示的职务；议定事项为空")
    meeting: str = Field(description="议定的会议；批示为空")
    unit: str = Field(description="指定的承办单位；没有指定的为空，由牵头单位承办")
    words: str = Field(description="批示或议定的内容")
    due: date | None = Field(description="办理期限")
    is_open: bool = Field(description="是否在办")
    is_overdue: bool = Field(description="是否逾期没有办结")
    given_by: str = Field(description="作出的人")
    given_at: datetime = Field(description="作出时间")
    signed_at: datetime | None = Field(description="督办通知签发时间")
    steps: list[str] = Field(description="落实情况：日期 单位 内容；督查室写的没有单位")
    done_at: datetime | None = Field(description="办结时间")
    done_why: str = Field(description="办结意见")
    withdrawn_at: datetime | None = Field(description="收回时间")


class Meeting(Schema):
    """一次督查例会。"""

    id: int = Field(description="编号")
    title: str = Field(description="名称")
    held_on: date = Field(description="日期")
    matters: int = Field(description="提请研究的项数")
    decided: int = Field(description="议定的件数")
    open: int = Field(description="议定事项中在办的件数")


class Bulletin(Schema):
    """一期督查通报。"""

    id: int = Field(description="编号")
    label: str = Field(description="期次")
    number: str = Field(description="文号；没有签发的为空")
    year: int = Field(description="年度")
    as_of: date = Field(description="数据截至")
    stage: str = Field(description="draft 拟稿，checked 已核稿，sent 已签发，withdrawn 已撤回")
    drafted_at: datetime = Field(description="起草时间")
    checked_at: datetime | None = Field(description="核稿时间")
    signed_by: str = Field(description="签发人")
    signed_at: datetime | None = Field(description="签发时间")


class Reminder(Schema):
    """一条临期提醒。"""

    id: int = Field(description="编号")
    unit_id: int = Field(description="单位编号")
    unit: str = Field(description="单位")
    words: str = Field(description="内容")
    due: date | None = Field(description="期限")
    sent_at: datetime = Field(description="发出时间")


class Delivery(Schema):
    """一条发往站外的消息：邮件，或工作群机器人。"""

    id: int = Field(description="编号")
    way: str = Field(description="mail 邮件，robot 工作群机器人")
    unit: str = Field(description="单位；发到工作群的为空")
    target: str = Field(description="发往哪里")
    subject: str = Field(description="标题")
    made_at: datetime = Field(description="生成时间")
    sent_at: datetime | None = Field(description="送达时间；没有送达的为 null")
    tries: int = Field(description="已试次数")
    next_at: datetime | None = Field(description="下次发送；不再自动重试的为 null")
    error: str = Field(description="没有送达的原因")


class Burden(Schema):
    """一个月里向一个单位要了什么。"""

    unit_id: int = Field(description="单位编号")
    unit: str = Field(description="单位")
    month: str = Field(description="月份，如 2024年9月")
    items: int = Field(description="项数")
    fields: int = Field(description="填的格数")
    files: int = Field(description="交的文件数")
    minutes: int = Field(description="预计要用的分钟数")
