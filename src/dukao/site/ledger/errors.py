"""What room `ledger` says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    YEAR_TAKEN = (
        "year-taken",
        "{year}年已有责任分解《{title}》（{stage}）：请在那一份上继续，或先撤回它再读入新的。",
    )
    CHANGED_MEANWHILE = (
        "changed-meanwhile",
        "这一项在您打开之后已由{who}改过：请看下面两种写法，再决定用哪一种。",
    )
    ALREADY_ISSUED = "already-issued", "这份分解已经印发（{number}）：以后的改动请走补充通知。"
    STILL_OPEN = "still-open", "还有 {count} 项没有办完，不能印发：请先办完下列各项。"
