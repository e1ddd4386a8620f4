"""What closing says no to beside what the whole room does."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    VISIT_OPEN = "visit-open", "已要求{due}前到现场核查，还没有核查记录：请先记录现场核查，或取消现场核查。"
    VISIT_NONE = "visit-none", "这份申请没有等着办的现场核查：请刷新后看最新情况。"
    DUE_PAST = "close-due-past", "{what}（{day:%Y-%m-%d}）已经过了：请填今天或以后的日期。"
    UNCHECKED = "checklist-unchecked", "清单还没有核对完：请逐项核对后打勾，核对不上的请退回补办。"
    VALUE_UNDATED = "value-undated", "写了达到的数值，没有写截至哪一天：请补上数值截至的日期。"
    RECALL_LATE = "recall-late", "核验是{when:%Y-%m-%d}作出的，只有当天可以收回：要改的请退回补办。"
    NOT_THE_VERIFIER = "not-the-verifier", "这份核验是{who}作出的：只能由本人收回，要改的请退回补办。"
    NOT_SHOWN = "not-shown", "这项任务不在公示期内，不登记公示意见：问题属实的，请办公室负责人重开。"
    OBJECTION_RULED = "close-objection-ruled", "这条意见已经答复过：请刷新后看最新情况。"
    NOT_CLOSED_YET = "not-closed-yet", "公示还没有结束，任务还没有办结：办结以后再回头看。"
    LOOK_TOO_EARLY = (
        "look-too-early",
        "回头看的日期（{day:%Y-%m-%d}）早于办结那天（{closed:%Y-%m-%d}）：请改晚。",
    )
    CLOSE_IN_HAND = (
        "close-in-hand",
        "这项任务的办结{stage}，不能{what}：请先把办结退回、撤回或重开，再办任务调整。",
    )
