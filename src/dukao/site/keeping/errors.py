"""What keeping and restoring say no to."""

from dukao.site.refusals import Refusal as _Refusal


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    NO_BACKUP = "no-backup", "“{name}”不是督考的备份，或没有写完（{fault}）：什么也没有改动。请换一份备份。"
    ALTERED = (
        "altered-backup",
        "“{name}”里的{part}与清单不符，备份被改动或已损坏：什么也没有改动。请换一份备份。",
    )
    OTHER_VERSION = (
        "other-version",
        "“{name}”是 {theirs} 版的备份，表的结构与本机（{ours} 版）不同：请用 {theirs} 版恢复，再升级。",
    )
    NOT_EMPTY = (
        "not-empty",
        "这里已有数据（{counts}）。恢复会把它们全部换成备份里的：备份以后所做的都会丢失，所有人要重新登录。"
        "请先备份现有数据；确实要换，加上 --replace 再运行。",
    )
    CHAIN_BROKEN = "broken-chain", "备份里的历史记录接不上（{fault}）：没有恢复，原有数据未动。请换一份备份。"
