"""What cannot be read, each with its one Chinese sentence: the thing, the reason, the next step."""

# What to do with a file that is no text, by what it is (`formats`).
NEXT_STEPS: dict[str, str] = {
    "document": "请打开后另存为纯文本（.txt）或 Markdown（.md）再试",
    "picture": "请找到它的文字版；只有图片的，先识别成文字并核对一遍",
    "archive": "请先解压，再读其中的文本",
    "other": "请核对是否取错",
}

# code → what was found, what was expected, what to do; `{…}` are the facts `refuse` is given.
REFUSALS: dict[str, str] = {
    "binary": "是{found}，目前只读 .txt 和 .md 文本：{step}。",
    "directory": "是一个文件夹，这里要的是一个 .txt 或 .md 文件：请写出其中的文件名。",
    "empty": "文件是空的（0 字节），这里要的是有正文的文本：请核对是否取错或没有下载完整。",
    "blank": "文件里只有空白（{chars} 个字符），这里要的是有正文的文本：请核对是否取错。",
    "missing": "找不到这个文件（{path}）：请核对路径和文件名。",
    "permission": "没有读取这个文件的权限：请管理员开通，或复制一份到自己的文件夹再试。",
    "undecodable": (
        "第 {byte} 个字节起读不成文字，既不是 UTF-8、UTF-16，也不是 GB18030（GBK）："
        "请用原来的软件打开，另存为 UTF-8 文本再试。"
    ),
    "unreadable": "读不出来（{reason}）：请核对磁盘或网络位置后再试。",
}


class SourceError(Exception):
    """A document that cannot be read, or is not what the command needs.

    `name` is the document's name, `code` a stable word, `message` one Chinese sentence without line breaks
    that says what was found and what was expected. `str(error)` begins with the name.
    """

    def __init__(self, name: str, code: str, message: str) -> None:
        super().__init__(f"{name}：{message}")
        self.name = name
        self.code = code
        self.message = message


def refuse(name: str, code: str, **facts: object) -> SourceError:
    """The refusal `code` of `REFUSALS` for the document `name`, its facts filled in."""
    return SourceError(name, code, REFUSALS[code].format(**facts))
