"""What pressing says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    NOTICE_STAGE = "notice-stage", "这份{name}{stage}，现在不能{what}：请刷新后看最新情况。"
    NEEDS_WORDS = "needs-words", "请写明{what}：{why}。"
    OTHER_CHECKS = "other-checks", "核稿人不能是拟稿人：请由另一位同志核稿。"
    NOT_CHECKED = "not-checked", "还没有核稿：先由经办核对事由、要求和期限，再签发。"
    PARTNER = "partner", "{unit}是党委、司法或军事机关：只发商请函，不发督办单、不约谈、不通报。"
    NOT_PARTNER = "not-partner", "{unit}不是党委、司法或军事机关：不用商请函，请拟督办单。"
    NO_TASK = "no-task", "请选至少一项由{unit}承担的任务。"
    NO_RUNG = "no-rung", "本地的督办阶梯里没有这一级：请从列出的等级中选。"
    TOP_RUNG = "top-rung", "{name}已是阶梯的最高一级，不能再升级：是否问责由领导研究决定，本系统只作提示。"
    NOT_YOUR_PAPER = "not-your-paper", "这份{name}不是发给贵单位的：只能由受文单位答复。"
    NOT_YOUR_POST = "not-your-post", "这项任务不在您的职务分管之内：请由牵头领导批示。"
    INSTRUCTION_DONE = "instruction-ended", "这件事{stage}，不能再{what}：请刷新后看最新情况。"
    NOT_FOLLOWING = "not-following", "这件事不由贵单位办理：请由承办单位报落实情况。"
    DUE_PAST = "due-past", "{what}（{day:%Y-%m-%d}）已经过了：请填今天或以后的日期。"
    BULLETIN_STAGE = "bulletin-stage", "这期通报{stage}，现在不能{what}：请刷新后看最新情况。"
    BULLETIN_TWICE = "bulletin-twice", "{label}的通报已经有一期（{stage}）：请在那一期上修改，或先撤回。"
    DAY_AHEAD = "day-ahead", "数据截至（{day:%Y-%m-%d}）还没有到：请填今天或以前的日期。"
    NO_SUCH_NUMBER = "no-such-number", "没有编号为“{number}”的任务：请核对台账里的编号，或者留空。"
    NO_SUCH_UNIT = "no-such-unit", "没有叫“{name}”的单位：请从列出的单位名称中选。"
    DELIVERED = "delivered", "这条消息{stage}，不用重发。"
