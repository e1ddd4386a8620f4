"""What room `archive` says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    CLASSIFIED = (
        "classified",
        "“{name}”标有密级（{mark}）：本系统不得存放涉密文件，文件没有保存。请按保密规定处理，上传不涉密的版本。",
    )
    TOO_LARGE = "too-large", "“{name}”有 {size} MB，超过上限 {limit} MB：请拆分或去掉附图后再传。"
    KNOWN = "known", "“{name}”与已存的《{title}》内容完全相同：不必再传，可直接使用那一份。"
