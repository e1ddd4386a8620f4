"""What filing says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    MEANWHILE = (
        "filing-changed-meanwhile",
        "这一项在您打开之后已由{who}保存过：两份文字都在下面，请合并后再保存。",
    )
    ROUND_CLOSED = "round-closed", "{label}的报送已经结束：要补充的请在下一期填报，或请督查室退回后修改。"
    FIXED = "filing-fixed", "这一项{stage}，不能再改：已报待审的可以撤回，其他的请先由督查室退回。"
    NOT_READY = "filing-not-ready", "这一项{stage}，不是待审：请刷新后看最新情况。"
    EMPTY = "filing-empty", "还没有填：请填写进展，或选“无变化”。"
    NOTHING_BEFORE = "nothing-before", "这一项上一期没有采用过的进展，不能填“无变化”：请填写进展。"
    NEEDS_REASON = "filing-needs-reason", "请写明退回的理由：缺什么，要补什么。"
    DUE_PAST = "filing-due-past", "补充期限要在今天以后：请另选一天，一般留 3 个工作日。"
    DAY_AHEAD = "filing-day-ahead", "“{what}”的日期（{day}）还没有到：请填已经发生的日期。"
    UNDO_NOTHING = "filing-undo-nothing", "这一项没有可以撤回的保存：请刷新后看最新情况。"
    RECALL_NOTHING = "filing-recall-nothing", "没有可以撤回的报送：督查室已经审过的，请由督查室退回后修改。"
    PART_EMPTY = "filing-part-empty", "{unit}还没有填这一项，没有可以并入的。"
    PART_TAKEN = "filing-part-taken", "{unit}填的内容已经在本单位的进展里，没有再并一次。"
    EVIDENCE_EMPTY = "evidence-empty", "还没有佐证：请选一个文件，或写一句说明（如文号、公布的单位和日期）。"
    EVIDENCE_LATE = "evidence-fixed", "这一项{stage}，佐证不能再增减：要补充的请先由督查室退回。"
    WORKBOOK_KIND = (
        "filings-workbook-kind",
        "“{name}”不是 .xlsx 工作簿：请用从填报页下载的那一份，改好后再传。",
    )
    WORKBOOK_FOREIGN = (
        "filings-workbook-foreign",
        "“{name}”不是从填报页下载的工作簿，或缺少这些栏：{heads}。请重新下载一份，在那一份上填写。",
    )
    WORKBOOK_WIDE = "filings-workbook-extent", "“{name}”超出填报表的大小：请删去表格以外的内容再传。"
    WORKBOOK_EXPIRED = (
        "filings-workbook-expired",
        "核对这份工作簿已过了一小时，没有应用任何改动：请重新上传，再核对一遍。",
    )
    WORKBOOK_MOVED = (
        "filings-workbook-moved",
        "在您核对期间有人保存过其中的事项，没有应用任何一行：请重新上传同一份工作簿，再核对一遍。",
    )
    WORKBOOK_NOTHING = "filings-workbook-nothing", "没有可以应用的改动：填报没有变。"
