"""What is done in this room, in words, and how document text is put on one line."""

from django.db.models import TextChoices


class Action(TextChoices):
    """Every action of the room; the label is what the history shows."""

    PROPOSED = "breakdown-proposed", "读入责任分解草稿"
    DRAFTED = "breakdown-drafted", "由报告起草责任分解"
    LIKELY_ACCEPTED = "likely-accepted", "按把握成批定牵头单位"
    MODEL_ASKED = "model-asked", "请语言模型提建议"
    BROUGHT_BACK = "sentence-brought-back", "把未列的一句列为任务"
    SETTLED = "question-settled", "处理待核对事项"
    REOPENED = "question-reopened", "撤销处理"
    PROPOSALS_ACCEPTED = "proposals-accepted", "按建议处理全部待核对事项"
    CONSULTED = "consultation-opened", "送征求意见"
    REPLIED = "consultation-replied", "答复征求意见"
    RULED = "opinion-ruled", "处理意见"
    CONSULTATION_CLOSED = "consultation-closed", "结束征求意见"
    MANNER_CHOSEN = "manner-chosen", "选定牵头单位的标注方式"
    APPROVED = "breakdown-approved", "记录审议"
    RETURNED = "breakdown-returned", "退回草稿"
    ISSUED = "breakdown-issued", "印发责任分解"
    WITHDRAWN = "breakdown-withdrawn", "撤回责任分解"
    TASK_CHANGED = "task-changed", "修改任务"
    TASK_SPLIT = "task-split", "拆成两项任务"
    TASK_MERGED = "task-merged", "合并两项任务"
    TASK_ADDED = "task-added", "增加任务"
    TASK_WITHDRAWN = "task-withdrawn", "撤回任务"
    DEADLINE_SET = "deadline-set", "设定时限"
    TAGS_SET = "registers-set", "设定清单"
    PUBLICITY_SET = "publicity-set", "定公开属性"
    SUPPLEMENT_DRAFTED = "supplement-drafted", "拟补充通知"
    SUPPLEMENT_SIGNED = "supplement-signed", "签发补充通知"
    SUPPLEMENT_RETURNED = "supplement-returned", "退回补充通知"
    SUPPLEMENT_WITHDRAWN = "supplement-withdrawn", "撤回补充通知"
    WORKBOOK_APPLIED = "workbook-applied", "导入工作簿的改动"
    VIEW_SAVED = "view-saved", "保存视图"
    VIEW_REMOVED = "view-removed", "删除视图"


def clean(text: str) -> str:
    """Document text on one line: line breaks and Markdown marks left out."""
    return "".join(line.strip() for line in text.replace("**", "").splitlines())
