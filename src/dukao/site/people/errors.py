"""What room `people` says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    FORBIDDEN = "forbidden", "您的角色不能做这件事（{act}）：需要时请联系本地督查室或安全管理员。"
    THREE_SEPARATE = (
        "three-separate",
        "系统管理员、安全管理员、审计管理员须由三人分别担任，也不兼业务角色：请另设账号。",
    )
    NOT_ONESELF = "not-oneself", "不能{act}自己的账号：请由另一位管理员办理。"
    LAST_OF_ROLE = "last-of-role", "这是最后一位{role}，不能{act}：请先另设一位{role}，再办这件事。"
    NOT_AN_ADMINISTRATOR = (
        "not-an-administrator",
        "“{name}”不是在用的管理员账号：请从下列登录名中选一个；其他账号由系统管理员在“账号”重置。",
    )
    NAME_TAKEN = "name-taken", "登录名“{name}”已经有人用了：请换一个，例如在后面加数字。"
    ALREADY_SO = "already-so", "{thing}已经{state}，不必再办：请刷新页面查看。"
    ROLES_HELD = (
        "roles-held",
        "这个账号还有角色（{roles}），改{what}会改变它能看到的内容："
        "请先由安全管理员收回角色，改好以后再授予。",
    )
    UNIT_MISSING = "unit-missing", "“{role}”要知道是哪个单位的：请先由系统管理员在账号里填上单位。"
    PERSON_MISSING = "person-missing", "“{role}”要知道是哪位领导：请先由系统管理员在账号里对应到领导姓名。"
    PLACE_MISSING = "place-missing", "“{role}”要知道是哪个地方的：请先由系统管理员在账号里填上地方。"
    WRONG_PLACE = "wrong-place", "所选的单位或领导不属于这个地方：请重新选择。"
    WRONG_PASSWORD = "wrong-password", "现在的密码不对：请重新输入；忘了的话，请系统管理员重置。"
    SAME_PASSWORD = "same-password", "新密码与现在的密码相同：请换一个。"
    WRONG_CODE = "wrong-code", "动态口令不对或已用过：请等手机上换出下一组六位数字，再输入一次。"
    TOO_MANY_CODES = "too-many-codes", "连续输错，请等 {seconds} 秒再输入。"
    SECOND_FACTOR_NEEDED = (
        "second-factor-needed",
        "管理员必须使用动态口令，不能解除：换手机请点“换一部手机”。",
    )
    ROSTER_KIND = (
        "roster-kind",
        "“{name}”读不出来：请用不超过 2 MB 的 .xlsx 或 .csv，最好是从本页下载的那一份。",
    )
    ROSTER_FOREIGN = (
        "roster-foreign",
        "“{name}”里找不到这些栏：{heads}。请在从本页下载的那一份上填写，再上传。",
    )
    ROSTER_WIDE = "roster-wide", "名单的行或栏太多：请只留要新建的账号，再来一次。"
    ROSTER_LONG = "roster-long", "一次最多新建 {most} 个账号：请分几次办。"
    ROSTER_EXPIRED = "roster-expired", "核对这份名单已过了一小时，没有新建任何账号：请重新核对一遍。"
    ROSTER_MOVED = (
        "roster-moved",
        "核对以后账号或单位有了变化，也可能这一批已经建好，这一次没有新建任何账号："
        "请先到“账号”页查看，需要时重新核对。",
    )
    GRANTS_MOVED = (
        "grants-moved",
        "{name}已经有角色了，也可能这一批已经授过，这一次没有授予任何角色：请刷新页面查看。",
    )
    CODE_TAKEN = "code-taken", "行政区划代码 {code} 已经是“{name}”：请核对代码。"
    UNIT_NAME_TAKEN = (
        "unit-name-taken",
        "“{name}”已经是“{unit}”的名称：一个名称只能指一个单位，请核对后再填。",
    )
    GROUP_NAME_TAKEN = "group-name-taken", "已经有“{name}”这个统称：请直接修改它的成员。"
    CHOSEN_GROUP = (
        "chosen-group",
        "“{group}”由牵头单位在推进方案中逐项指定，没有固定成员：不必在这里添加。",
    )
    DAY_TOO_EARLY = "day-too-early", "日期 {day} 早于{what}（{since}）：请填这一天或更晚的日期。"
    UNIT_IS_ENDED = "unit-is-ended", "{unit}已于 {until} 终止：不能再加入。"
    OWN_NAME = "own-name", "“{name}”是公文里对它的称呼，不能改归别的单位：请先给它更名。"
