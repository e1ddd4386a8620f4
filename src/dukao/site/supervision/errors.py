"""What room `supervision` says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    NOT_YOUR_UNIT = "not-your-unit", "这项任务不由贵单位牵头：只能由牵头单位办理，如属遗漏请与督查室联系。"
    ANSWERED = "assignment-answered", "这项任务{when}已经答复过（{answer}）：要改的请与督查室联系。"
    OBJECTION_LATE = "objection-late", "异议期限是{due}，已经过了：按已签收处理；确有困难的请申请变更方案。"
    NEEDS_REASON = "needs-reason", "请写明理由：{what}不能没有理由。"
    NO_CALENDAR = "no-calendar", "{words}"
    PLAN_OPEN = "plan-open", "这项任务已有一份方案在办（{stage}）：请在那一份上修改，不必另拟。"
    PLAN_FIXED = "plan-fixed", "方案{stage}，不能再改：要变更请另报变更申请，第一次的承诺仍然保留。"
    PLAN_LACKS = "plan-lacks", "方案还不能报送：请先补齐下列各项。"
    CHANGE_LATE = "change-late", "“{what}”应于{due}完成，已经到期：变更要在到期之前申请，逾期的按原方案计。"
    CHANGED_MEANWHILE = (
        "filing-changed-meanwhile",
        "这一项在您打开之后已由{who}保存过：两份文字都在下面，请合并后再保存。",
    )
    ROUND_CLOSED = "round-closed", "{label}的报送已经结束：要补充的请在下一期填报，或请督查室退回后修改。"
    FILING_FIXED = "filing-fixed", "这一项{stage}，不能再改：要改请先由督查室退回。"
    FILING_EMPTY = "filing-empty", "还没有填：请填写进展，或选“无变化”。"
    NOTHING_BEFORE = "nothing-before", "这一项上一期没有采用过的进展，不能填“无变化”：请填写进展。"
    OTHER_VERIFIES = "other-verifies", "核验人不能是申请人：请由另一位同志核验。"
    OWN_WORD_ONLY = (
        "own-word-only",
        "办结不能只凭单位自己的说明：请补上验收文件、统计数据、批复或合同等佐证。",
    )
