"""What room `archive` says no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    CLASSIFIED = (
        "classified",
        "“{name}”标有密级（{mark}）：本系统不得存放涉密文件，文件没有保存。请按保密规定处理，上传不涉密的版本。",
    )
    TOO_LARGE = "too-large", "“{name}”有 {size} MB，超过上限 {limit} MB：请拆分或去掉附图后再传。"
    TOO_LONG = "too-long", "“{name}”有 {chars} 字，超过上限 {limit} 字，不像一份公文：请核对是否取错。"
    TOO_DEEP = "too-deep", "“{name}”的标签套了 {limit} 层以上，不像一份公文：请另存为纯文本再传。"
    NEITHER = (
        "neither",
        "“{name}”读起来既不是政府工作报告，也不是责任分解：文件没有保存。请核对是否取错，或是否只有附件的一部分。",
    )
    WRONG_KIND = (
        "wrong-kind",
        "“{name}”读起来是{found}，不是{said}：文件没有保存。可能是两份文件放反了，请对调后再传。",
    )
    NOT_ATTACHABLE = (
        "not-attachable",
        "“{name}”不是能收的佐证文件，或扩展名与内容不符："
        "请传 PDF、Word（.docx）、Excel（.xlsx）或图片（.jpg、.png）。",
    )
    NO_FILE = "no-file", "还没有选文件：请选一份或几份再传。"
    REASON_MISSING = "reason-missing", "定为不予公开须写明理由（例如依据哪一条规定）：请补上再存。"
    NOTHING_NEW = "nothing-new", "现行规则已经读过《{title}》，没有新的结果可存。"
    PROFILE_SAME = "profile-same", "各项与现在的相同，没有要改的：请核对后再保存。"
    PROFILE_WHY = "profile-why", "没有写明依据：请写一句，如“表下注明标*的为牵头单位”。"
    PROFILE_VALUE = "profile-value", "{said}：请刷新页面后再选。"
    FILE_GONE = "file-gone", "《{title}》的原件不在了或已被改动：请告诉系统管理员，用备份取回。"
