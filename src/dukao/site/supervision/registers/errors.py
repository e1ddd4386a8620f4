"""What 专项清单 says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    UNKNOWN = "register-unknown", "没有这份清单的样式：请在列出的清单里选一份启用。"
    OPENED = "register-opened", "“{name}”已经启用：要改栏目、步骤的，请到这份清单的“栏目和时限”。"
    OPENED_BACKWARDS = "register-backwards", "清单只能从今天或以后起用：{since}已经过去，请另选一天。"
    TERMS_UNFIT = "register-terms-unfit", "清单的栏目或步骤还不能这样改：请先改好下列各项。"
    TERMS_SAME = "register-terms-same", "栏目和步骤没有变：不必保存。"
    TERMS_MEANWHILE = (
        "register-terms-meanwhile",
        "在您修改期间有人改过这份清单的栏目和步骤，没有保存：请重新打开本页，再改一遍。",
    )
    NOT_YET = "register-not-yet", "“{name}”从{since}起用：到那一天再登记。"
    TAKEN = "register-taken", "“{name}”的事项来自责任分解，不在这里登记：要增加的请拟补充通知。"
    UNFIT = "item-unfit", "这一项还不能保存：请先补齐或改正下列各项。"
    SAME = "item-same", "这一项没有改动：不必保存。"
    MEANWHILE = "item-meanwhile", "这一项在您打开之后已有人改过，没有保存：请重新打开本页，核对后再改一遍。"
    NEEDS_WHY = "item-needs-why", "已经立项的事项，改内容、责任单位、领导或时限要写明理由：承办单位会看到。"
    FIXED = "item-fixed", "这一项已经{stage}，不能再{what}：请刷新后看最新情况。"
    NOT_LEADING = "item-not-leading", "这一项不由贵单位牵头：只能由牵头单位填写，如属遗漏请与督查室联系。"
    NOTHING_CHOSEN = "items-not-chosen", "还没有选：请先勾选要立项的事项，再点“立项并交办”。"
    NO_CALENDAR = "items-no-calendar", "{name}：{words}"
    SPOTS_NONE = "register-without-spots", "“{name}”没有分点位，或这一项不在这份清单上：不能登记点位。"
    SPOTS_UNFIT = "spots-unfit", "点位还不能保存：请先改正下列各行。"
    SPOTS_MEANWHILE = (
        "spots-meanwhile",
        "点位在您打开之后已有人改过，没有保存：现在的点位列在下面。请重新打开本页，再改一遍。",
    )
    WORKBOOK_KIND = "items-workbook-kind", "“{name}”不是 .xlsx 工作簿：请用从清单页下载的那一份，改好后再传。"
    WORKBOOK_FOREIGN = (
        "items-workbook-foreign",
        "“{name}”不是这份清单的工作簿，或缺少这些栏：{heads}。请重新下载一份，在那一份上填写。",
    )
    WORKBOOK_WIDE = "items-workbook-extent", "“{name}”超出清单的大小：请删去表格以外的内容再传。"
    WORKBOOK_EXPIRED = (
        "items-workbook-expired",
        "核对这份工作簿已过了一小时，没有应用任何改动：请重新上传，再核对一遍。",
    )
    WORKBOOK_MOVED = (
        "items-workbook-moved",
        "在您核对期间有人改过其中的事项，没有应用任何一行：请重新上传同一份工作簿，再核对一遍。",
    )
    WORKBOOK_NOTHING = "items-workbook-nothing", "没有可以应用的改动：清单没有变。"
