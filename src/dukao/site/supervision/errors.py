"""What room `supervision` says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    NOT_YOUR_UNIT = "not-your-unit", "这项任务不由贵单位牵头：只能由牵头单位办理，如属遗漏请与督查室联系。"
    ANSWERED = "assignment-answered", "这项任务{when}已经答复过（{answer}）：要改的请与督查室联系。"
    OBJECTION_LATE = "objection-late", "异议期限是{due}，已经过了：按已签收处理；确有困难的请申请变更方案。"
    OBJECTION_DAY_PAST = "objection-day-past", "异议期限要在今天以后：请另选一天，一般留 3 个工作日。"
    NOT_TO_BE_TAKEN_BACK = "answer-stays", "这项任务现在是“{answer}”，没有可以撤回的答复：请刷新页面核对。"
    NO_OBJECTION = "no-objection", "这项任务现在是“{answer}”，没有待处理的异议：请刷新页面核对。"
    NEEDS_REASON = "needs-reason", "请写明理由：{what}不能没有理由。"
    NO_CALENDAR = "no-calendar", "{words}"
    PLAN_OPEN = "plan-open", "这项任务已有一份方案在办（{stage}）：请在那一份上修改，不必另拟。"
    PLAN_FIXED = "plan-fixed", "方案{stage}，不能再改：要变更请另报变更申请，第一次的承诺仍然保留。"
    PLAN_LACKS = "plan-lacks", "方案还不能报送：请先补齐下列各项。"
    CHANGE_LATE = "change-late", "“{what}”应于{due}完成，已经到期：变更要在到期之前申请，逾期的按原方案计。"
    PLAN_MEANWHILE = (
        "plan-changed-meanwhile",
        "这份方案在您打开之后已由{who}保存过：两份文字都在下面，请合并后再保存。",
    )
    NOTHING_CHOSEN = "nothing-chosen", "还没有选：请先勾选要同意的方案，再点“同意所选”。"
    OTHER_VERIFIES = "other-verifies", "核验人不能是申请人：请由另一位同志核验。"
    OWN_WORD_ONLY = (
        "own-word-only",
        "办结不能只凭单位自己的说明：请补上验收文件、统计数据、批复或合同等佐证。",
    )
    PRESET_UNFIT = "preset-unfit", "没有这条规则，或它不适用于所选的范围：请在列出的规则里选。"
    PRESET_SAME = "preset-same", "那一天起用的本来就是“{name}”：不必再采用。"
    ADOPTED_BACKWARDS = (
        "adopted-backwards",
        "规则只能从今天或以后起用：{since}已经过去，过去各天按当时的规则判，不重判。",
    )
    NOT_ISSUED = "task-not-issued", "这项任务还没有印发，或已经撤回：不能办理，请先到台账核对。"
    CLOSE_OPEN = "close-out-open", "这项任务的办结{stage}：不必另外申请，请看那一份。"
    CLOSE_STAGE = "close-out-stage", "这份办结申请{stage}，不能再{what}：请刷新后看最新情况。"
    CLOSE_LACKS = "close-out-lacks", "还不能申请办结：请先补齐下列各项。"
    SHORT_OF_TARGET = (
        "short-of-target",
        "按已采用的进展还没有完成：请先填报并由督查室采用；确要办结的，写明未达目标的原因。",
    )
    DAY_AHEAD = "day-ahead", "{what}（{day:%Y-%m-%d}）还没有到：请填已经发生的日期。"
    LOOKED_TOO_EARLY = "looked-too-early", "任务{when:%Y-%m-%d}才办结：回头看的日期应在这以后。"
    OUT_OF_TOTALS = "task-out-of-totals", "这项任务已{kind}（{act}）：请先恢复，再办理。"
    STANDING_OPEN = "standing-open", "这项任务已有一份调整待签发（{act}）：请先签发、退回或撤回那一份。"
    STANDING_STAGE = "standing-stage", "这份调整{stage}，不能再{what}：请刷新后看最新情况。"
    STANDING_LACKS = "standing-lacks", "调整还不完整：请补齐下列各项。"
    STANDING_NOTHING = "standing-nothing", "这项任务在册，不必恢复：只有暂缓、并入、拆分或终止了的才要。"
    STANDING_TWICE = "standing-twice", "这项任务已{kind}（{act}）：要改变情形，请先恢复。"
