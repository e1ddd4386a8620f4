"""What cannot be read, each with its one Chinese sentence: the thing, the reason, the next step."""

# What is read, as a refusal names it.
READABLE = "文本（.txt、.md）、Word（.docx）、Excel（.xlsx）、有文字的 PDF 和网页（.html）"
# What to do with a file that is none of these, by what it is (`formats`).
NEXT_STEPS: dict[str, str] = {
    "document": "请打开后另存为 .docx 或纯文本（.txt）再试",
    "word": "请用 Word 或 WPS 打开，另存为 .docx 再试",
    "table": "请用 Excel 或 WPS 打开，另存为 .xlsx 再试",
    "picture": "请找到它的文字版；只有图片的，先识别成文字并核对一遍",
    "page": "请用浏览器打开，另存为“网页，仅 HTML”（.html）再试",
    "archive": "请先解压，再读其中的文件",
    "other": "请核对是否取错",
}

# code → what was found, what was expected, what to do; `{…}` are the facts `refuse` is given.
REFUSALS: dict[str, str] = {
    "binary": "是{found}，这里读" + READABLE + "：{step}。",
    "bomb": "不是正常的文档（{found}，像是压缩炸弹），没有打开：请向来文单位核实，重新索取。",
    "damaged": (
        "是{found}，但文件已损坏或没有下载完整，读不出内容：请重新下载，或用原来的软件打开后另存一份再试。"
    ),
    "directory": "是一个文件夹，这里要的是一个文件：请写出其中的文件名。",
    "empty": "文件是空的（0 字节），这里要的是有正文的文件：请核对是否取错或没有下载完整。",
    "blank": "文件里只有空白（{chars} 个字符），这里要的是有正文的文本：请核对是否取错。",
    "garbled": (
        "是 PDF 文件，但文字层是乱码（字体没有带对照表），读出来的不是原文："
        "请找发文单位要 Word 版，或先识别成文字（OCR）、核对一遍再读。"
    ),
    "hostile": "不是正常的文档（{found}），没有打开：请向来文单位核实，重新索取。",
    "large": "太大，没有读（{found}）：请只留下要读的部分，另存一份再试。",
    "locked": "设了打开密码，读不出内容：请用密码打开，去掉密码后另存一份再试。",
    "missing": "找不到这个文件（{path}）：请核对路径和文件名。",
    "permission": "没有读取这个文件的权限：请管理员开通，或复制一份到自己的文件夹再试。",
    "scanned": (
        "是扫描件：{pages} 页都是图片，没有文字可读："
        "请找发文单位要文字版，或先识别成文字（OCR）、核对一遍再读。"
    ),
    "undecodable": (
        "第 {byte} 个字节起读不成文字，既不是 UTF-8、UTF-16，也不是 GB18030（GBK）："
        "请用原来的软件打开，另存为 UTF-8 文本再试。"
    ),
    "unreadable": "读不出来（{reason}）：请核对磁盘或网络位置后再试。",
    "wordless": "是{found}，但里面没有文字：请核对是否取错。",
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
