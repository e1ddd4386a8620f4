"""What room `ledger` says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    YEAR_TAKEN = (
        "year-taken",
        "{year}年已有责任分解《{title}》（{stage}）：请在那一份上继续；没有印发的，也可以先撤回再读入新的。",
    )
    NOTHING_TO_DRAFT = (
        "nothing-to-draft",
        "“{name}”里没有读到当年的工作安排，切不出任务：请核对是不是政府工作报告全文。",
    )
    NONE_SO_LIKELY = "none-so-likely", "待定的里没有把握到 {least}% 的：请逐项确定。"
    NOT_LEFT_OUT = "not-left-out", "这一句不在未列为任务的话里，或已经列为任务：请刷新核对页。"
    NO_MODEL = "no-model", "本单位没有接入语言模型，或这份分解不是由报告起草的：直接核对即可，什么也不缺。"
    ALREADY_ASKING = "already-asking", "正在请模型提建议：请等这一次问完。"
    CHANGED_MEANWHILE = (
        "changed-meanwhile",
        "这一项在您打开之后已由{who}改过：请看下面两种写法，再决定用哪一种。",
    )
    ALREADY_ISSUED = "already-issued", "这份分解已经印发（{number}）：以后的改动请走补充通知。"
    STILL_OPEN = "still-open", "还有 {count} 项没有办完，不能印发：请先办完下列各项。"
    NO_DAY = "no-day", "“{said}”不是日期：请写成 2024-06-30 这样，或从“台账”进去看现在的。"
    DAY_AHEAD = (
        "day-ahead",
        "{said} 还没有到：台账只能看到今天为止，请换一个日期，或从“台账”进去看现在的。",
    )

    # Checking a draft.
    ANSWER_UNKNOWN = "answer-unknown", "这一项没有这种处理办法：请刷新页面后再选。"
    ANSWER_INCOMPLETE = "answer-incomplete", "还缺{what}：请填写后再提交。"
    WHY_MISSING = "why-missing", "选“{label}”要写明理由：请写一句话，以后查得到。"
    NO_SUCH_ROW = "no-such-row", "分解表里没有编号为“{row}”的任务：请写成“三-14”或“民生-1-1”这样。"
    TEXT_MOVED = "text-moved", "{row} 的文字已经改过，不能再按原来的建议改：请选“另写”，在现在的写法上改。"
    UNDO_OVERTAKEN = (
        "undo-overtaken",
        "{rows} 在这以后又改过，不能直接撤销：请先撤销后来的改动，或在任务上直接改成要的写法。",
    )
    NO_CUT = "no-cut", "{row} 只有一个分句，没有可以拆开的地方：要改写法，请用“修改”。"
    TEXT_MOVED_ON = (
        "text-moved-on",
        "{row} 或它的下一项在页面打开以后有了变动，不能照原样办：请刷新核对页后再拆或再并。",
    )
    NO_NEIGHBOUR = "no-neighbour", "{row} 是这一部分的最后一项，后面没有可以并进来的：请在前一项上合并。"
    NOT_DRAFTED = (
        "not-drafted",
        "这份分解是读入的，行照原件，不能{act}：请用“修改”，或者改好原件再读入。",
    )
    NOT_IN_DRAFT = "not-in-draft", "{row} 现在的状态不能{act}：请刷新核对页后再办。"
    MERGED_AWAY = (
        "merged-away",
        "这一行已并入另一项任务：要分开，请撤销那一次合并（或那一条“一事两位领导”“重复列出”的处理），或者把那一项拆成两项。",
    )
    # Papers.
    NO_GLYPH = (
        "no-glyph",
        "服务器的字体里没有“{characters}”，PDF 印不出：可先下载 .docx，并请管理员运行 dukao fonts 看缺哪些。",
    )
    # The way of a breakdown through the office.
    WRONG_STAGE = "wrong-stage", "这份分解现在是“{stage}”，不能{act}：请先{first}。"
    NOBODY_TO_ASK = "nobody-to-ask", "分解表里还没有一个单位，无从征求意见：请先在核对页写明单位。"
    ALREADY_ASKED = "already-asked", "征求意见已经开始（{due}止）：要改期限，请先结束这一轮再开新的一轮。"
    DUE_IN_THE_PAST = "due-in-the-past", "答复期限（{due}）已经过了：请选今天或以后的日期。"
    CONSULTATION_OVER = (
        "consultation-over",
        "这一轮征求意见已于{day}结束，不能再答复或修改：有新的意见请直接与督查室联系。",
    )
    CONSULTATION_RUNS = "consultation-runs", "征求意见还没有结束（{due}止）：请先结束这一轮，再{act}。"
    WISH_SAYS_NOTHING = "wish-says-nothing", "所提意见与现在的写法相同：请改动内容，或答复“无意见”。"
    REASON_MISSING = "reason-missing", "没有写明理由：请写一句理由，{reader}要据此判断。"
    GROUND_MISSING = "ground-missing", "没有写明依据：请写明是哪份复函，如单位、日期或文号。"
    NOBODY_ON_PAPER = "nobody-on-paper", "没有选要登记的单位，或者所选的单位不在征求意见之列：请重新选。"
    ANSWERED_ALREADY = "answered-already", "{units}已经答复，不再登记：请刷新页面。"
    ANSWERS_ITSELF = "answers-itself", "{units}可以在网上答复，不能代为登记：请单位自己答复。"
    OPINION_RULED = "opinion-ruled", "这条意见督查室已经处理（{ruling}），不能再改：需要变更请与督查室联系。"
    OPINION_WITHDRAWN = "opinion-withdrawn", "这条意见单位已经撤回，不必再处理：请刷新页面。"
    RULING_OVERTAKEN = (
        "ruling-overtaken",
        "采纳之后这一项又改过，不能原样退回：请在核对页直接改成要的写法，再处理这条意见。",
    )
    MEETING_MISSING = "meeting-missing", "没有写明审议的会议：请填写会议全称，如“三届区政府第20次常务会议”。"
    DAY_TO_COME = "day-to-come", "{what}（{day}）还没有到：请填已经发生的日期。"
    DAY_TOO_EARLY = "day-too-early", "{what}（{day}）早于{than}（{earlier}）：请核对两个日期。"
    NUMBER_MALFORMED = (
        "number-malformed",
        "“{number}”不是完整的文号：请写成“发文机关代字〔年份〕顺序号号”，如“{example}”，年份用六角括号，顺序号不编虚位。",
    )
    NUMBER_TAKEN = "number-taken", "文号“{number}”已用于《{title}》：请核对发文登记，换用正确的文号。"
    # After the issue.
    NOT_ISSUED = "not-issued", "这份分解还没有印发：现在可以直接修改，不用补充通知。"
    ACT_MISSING = (
        "act-missing",
        "没有填写批准的文号或会议：请写明这次修改依据什么，如“三届区政府第25次常务会议”。",
    )
    NOTHING_CHANGES = "nothing-changes", "所填内容与现行台账完全相同，没有要改的：请核对后再保存。"
    NOT_IN_LEDGER = "not-in-ledger", "“{task}”不在这份已印发的分解里，或已经撤回：请从任务页重新发起。"
    CHANGED_SINCE_DRAFT = (
        "changed-since-draft",
        "拟稿之后，下列事项已由别的文件改过，不能签发：请退回重拟，按现在的写法核对后再签。",
    )
    CONGRESS_DECISION_MISSING = (
        "congress-decision-missing",
        "民生实事项目由人民代表大会票决，内容和数字的调整须经本级人大常委会决定：请填写决定文号和日期，没有决定的不能改。",
    )
    CONGRESS_DECIDES_FIRST = (
        "congress-decides-first",
        "人大常委会决定的日期（{decided:%Y-%m-%d}）在这份文件的日期之后：先有决定才能调整，请核对日期。",
    )
    LEAD_MISSING = "lead-missing", "“{task}”改后没有牵头单位：请至少写明一个牵头单位。"
    LEADS_MANY = (
        "leads-many",
        "一件事只定一个牵头单位，不能写“{name}”：请选其中一家，另几家在任务上列为责任单位。",
    )
    UNIT_UNKNOWN = "unit-unknown", "没有叫“{name}”的单位或统称：请从列表中选，或先在“单位和职务”里登记。"
    SUPPLEMENT_CLOSED = "supplement-closed", "这份补充通知已经{stage}，不能再改：需要变更请另拟一份。"
    NAMELESS_VIEW = "nameless-view", "视图没有名称：请返回写一个名称，例如“未定时限的任务”。"
    # What is set on one task.
    NO_DEADLINE = "no-deadline", "没有填写时限：请填日期，或写明时限的文字，如“按上级规定时间”。"
    DEADLINE_OUT_OF_RANGE = (
        "deadline-out-of-range",
        "时限的日期要在{year}年到{last}年之间：请核对年份。",
    )
    DEADLINE_NEEDS_WHY = (
        "deadline-needs-why",
        "这一项已有时限（{old}）：改时限请写明理由，原来的时限仍留在历史里。",
    )
    NEVER_PUBLIC = "never-public", "这份清单的事项不对外公开：公开属性只能定为“内部”或“不予公开”。"
    WITHHELD_NEEDS_REASON = "withheld-needs-reason", "不予公开要写明理由，如“涉及个人隐私”：请填写后再保存。"
    NOTHING_TO_SET = "nothing-to-set", "所选与现在的相同，没有要改的：请返回任务页核对。"
    TASK_WITHDRAWN = "task-withdrawn", "{number} 已经撤回，不能再设定：请从台账选现行的任务。"
