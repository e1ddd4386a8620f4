"""What a file is by its first bytes, for those that are not text."""

# Leading bytes → what people call such a file.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", " PDF 文件"),
    (b"{\\rtf", " RTF 文档"),
    (b"\x89PNG\r\n\x1a\n", " PNG 图片"),
    (b"\xff\xd8\xff", " JPEG 图片"),
    (b"GIF87a", " GIF 图片"),
    (b"GIF89a", " GIF 图片"),
    (b"II*\x00", " TIFF 图片"),
    (b"MM\x00*", " TIFF 图片"),
    (b"\x7fELF", "可执行程序"),
    (b"\x1f\x8b", " gzip 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", " 7z 压缩包"),
    (b"Rar!\x1a\x07", " RAR 压缩包"),
    (b"BZh", " bzip2 压缩包"),
    (b"\xfd7zXZ\x00", " xz 压缩包"),
    (b"SQLite format 3\x00", " SQLite 数据库"),
    (b"ID3", "音频文件"),
)
# A name that stands near the start of a ZIP package → what the package is.
_PACKAGES: tuple[tuple[bytes, str], ...] = (
    (b"word/", " Word 文档（.docx）"),
    (b"xl/", " Excel 工作簿（.xlsx）"),
    (b"ppt/", " PowerPoint 演示文稿（.pptx）"),
    (b"OFD.xml", " OFD 版式文件"),
    (b"opendocument", " OpenDocument 文档"),
    (b"epub+zip", " EPUB 电子书"),
)
# .doc, .xls, .ppt and .wps are one container; only the name tells them apart.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_BY_SUFFIX = {
    ".et": " WPS 表格（.et）",
    ".ppt": " PowerPoint 演示文稿（.ppt）",
    ".wps": " WPS 文字（.wps）",
    ".xls": " Excel 工作簿（.xls）",
}
_WINDOW = 65536


def name_format(data: bytes, suffix: str) -> str | None:
    """What a file that is not plain text is called in Chinese, None where its bytes may be text.

    `suffix` is the lower-case ending of its name, asked only where bytes alone do not tell.
    """
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    if data.startswith(_OLE):
        return _OLE_BY_SUFFIX.get(suffix, " Word 文档（.doc）")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _name_package(data)
    # Two letters begin a text as well: only a NUL beside them makes a picture or a program of it.
    if data.startswith((b"BM", b"MZ")) and b"\0" in data[:64]:
        return " BMP 图片" if data.startswith(b"BM") else "可执行程序"
    if data.startswith(b"RIFF") and data[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        return " WebP 图片" if data[8:12] == b"WEBP" else "音视频文件"
    if data[4:8] == b"ftyp":
        return "音视频文件"
    return "网页文件（HTML）" if _is_web_page(data) else None


def _is_web_page(data: bytes) -> bool:
    """Whether the file opens with a tag and an HTML root stands near."""
    head = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith(b"<") and (b"<html" in head or b"<!doctype html" in head)


def _name_package(data: bytes) -> str:
    """What a ZIP package holds, by the names in its first and last entries."""
    ends = data[:_WINDOW] + data[-_WINDOW:]
    return next((found for mark, found in _PACKAGES if mark in ends), " ZIP 压缩包")
