"""What room `people` says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    FORBIDDEN = "forbidden", "您的角色不能做这件事（{act}）：需要时请联系本地督查室或安全管理员。"
    THREE_SEPARATE = (
        "three-separate",
        "系统管理员、安全管理员、审计管理员须由三人分别担任，也不兼业务角色：请另设账号。",
    )
