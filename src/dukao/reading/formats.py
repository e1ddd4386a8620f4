"""What a file is by its first bytes: a kind with a reader of its own, a kind that is refused, or text."""

from typing import NamedTuple


class Format(NamedTuple):
    """What people call a file of its kind; which of `errors.NEXT_STEPS` helps with it, or what reads it."""

    name: str
    step: str
    reader: str = ""
    media_type: str = ""


# What no leading bytes name.
BINARY = Format("二进制文件", "other")
_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = Format("PDF 文件", "", "pdf", "application/pdf")
WORD = Format("Word 文档（.docx）", "", "word", f"{_OFFICE}.wordprocessingml.document")
WORKBOOK = Format("Excel 工作簿（.xlsx）", "", "workbook", f"{_OFFICE}.spreadsheetml.sheet")
WEBPAGE = Format("网页文件（HTML）", "", "webpage", "text/html")
# Leading bytes → what the file is.
_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", PDF),
    (b"{\\rtf", Format("RTF 文档", "word")),
    (b"\x89PNG\r\n\x1a\n", Format("PNG 图片", "picture")),
    (b"\xff\xd8\xff", Format("JPEG 图片", "picture")),
    (b"GIF87a", Format("GIF 图片", "picture")),
    (b"GIF89a", Format("GIF 图片", "picture")),
    (b"II*\x00", Format("TIFF 图片", "picture")),
    (b"MM\x00*", Format("TIFF 图片", "picture")),
    (b"\x7fELF", Format("可执行程序", "other")),
    (b"\x1f\x8b", Format("gzip 压缩包", "archive")),
    (b"7z\xbc\xaf\x27\x1c", Format("7z 压缩包", "archive")),
    (b"Rar!\x1a\x07", Format("RAR 压缩包", "archive")),
    (b"BZh", Format("bzip2 压缩包", "archive")),
    (b"\xfd7zXZ\x00", Format("xz 压缩包", "archive")),
    (b"SQLite format 3\x00", Format("SQLite 数据库", "other")),
    (b"ID3", Format("音频文件", "other")),
)
# A name that stands near the start or the end of a ZIP package → what the package is.
_PACKAGES: tuple[tuple[bytes, Format], ...] = (
    (b"word/", WORD),
    (b"xl/workbook.bin", Format("Excel 二进制工作簿（.xlsb）", "table")),
    (b"xl/", WORKBOOK),
    (b"ppt/", Format("PowerPoint 演示文稿（.pptx）", "document")),
    (b"OFD.xml", Format("OFD 版式文件", "document")),
    (b"opendocument.spreadsheet", Format("OpenDocument 表格（.ods）", "table")),
    (b"opendocument", Format("OpenDocument 文档（.odt）", "word")),
    (b"epub+zip", Format("EPUB 电子书", "other")),
)
_ZIP = Format("ZIP 压缩包", "archive")
# What the first entry of a ZIP is called where somebody packed documents; it stands behind 30 bytes.
_PACKED = (b".doc", b".docx", b".xls", b".xlsx", b".wps", b".et", b".pdf", b".ofd", b".txt", b".md", b".html")
_NAME_AT = 30
# .doc, .xls, .ppt and .wps are one container; only the name tells them apart.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_BY_SUFFIX = {
    ".et": Format("WPS 表格（.et）", "table"),
    ".ppt": Format("PowerPoint 演示文稿（.ppt）", "document"),
    ".wps": Format("WPS 文字（.wps）", "word"),
    ".xls": Format("Excel 工作簿（.xls）", "table"),
}
# A .docx or .xlsx with a password stands inside the same container, under this name.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WEB_SUFFIXES = frozenset({".htm", ".html", ".shtml", ".xhtml"})
WINDOW = 65536  # bytes at each end of a package that its kind is told by
PACKAGE_MARKS = (b"PK\x03\x04", b"PK\x05\x06")


def name_format(data: bytes, suffix: str) -> Format | None:
    """What a file that is not plain text is, None where its bytes may be text.

    `suffix` is the lower-case ending of its name, asked only where bytes alone do not tell.
    """
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    if data.startswith(_OLE):
        return _name_compound(data, suffix)
    if data.startswith(PACKAGE_MARKS):
        return _name_package(data)
    if b"%PDF-" in data[:1024] and suffix == ".pdf":
        return PDF
    # Two letters begin a text as well: only a NUL beside them makes a picture or a program of it.
    if data.startswith((b"BM", b"MZ")) and b"\0" in data[:64]:
        return Format("BMP 图片", "picture") if data.startswith(b"BM") else Format("可执行程序", "other")
    if data.startswith(b"RIFF") and data[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        return Format("WebP 图片", "picture") if data[8:12] == b"WEBP" else Format("音视频文件", "other")
    if data[4:8] == b"ftyp":
        return Format("音视频文件", "other")
    return _name_markup(data, suffix)


def _name_compound(data: bytes, suffix: str) -> Format:
    if _LOCKED in data:
        return Format("加密文档", "locked")
    return _OLE_BY_SUFFIX.get(suffix, Format("Word 文档（.doc）", "word"))


def _name_markup(data: bytes, suffix: str) -> Format | None:
    """A web page, or what programs save in its stead; by its root, or by its name and a first tag."""
    head = data[:4096].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    head = head.removeprefix(b"\xfe\xff").lstrip().lower()
    if suffix in (".mht", ".mhtml") or head.startswith(b"mime-version:"):
        return Format("单个文件网页（.mht）", "page")
    # A page that Word or WPS saved tells that program how it was shown, in XML of its own.
    is_page = head.startswith((b"<html", b"<!doctype html"))
    if not is_page and (b"<w:worddocument" in head or b"<?mso-application" in head):
        return Format("Word XML 文档", "word")
    if not head.startswith(b"<"):
        return None
    is_page = is_page or b"<html" in head or b"<!doctype html" in head or suffix in _WEB_SUFFIXES
    return WEBPAGE if is_page else None


def _name_package(data: bytes) -> Format:
    """What a ZIP package holds, by the names in its first and last entries; documents packed are none."""
    name = data[_NAME_AT : _NAME_AT + int.from_bytes(data[26:28], "little")].lower()
    if name.endswith(_PACKED):
        return _ZIP
    ends = data[:WINDOW] + data[-WINDOW:]
    return next((found for mark, found in _PACKAGES if mark in ends), _ZIP)
