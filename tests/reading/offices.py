"""What an office does with a text: type it into Word, Excel or a web page, cells merged where they are."""

import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

Grid = list[list[str]]


@dataclass(slots=True)
class Block:
    """A paragraph, or the rows of a table."""

    text: str = ""
    rows: Grid = field(default_factory=list)


def read_blocks(text: str) -> list[Block]:
    """The paragraphs and tables of a text whose tables are lines with tabs; a blank line ends either."""
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip("\n")):
        lines = [line.strip(" \r") for line in part.split("\n")]
        if any("\t" in line for line in lines):
            blocks.append(Block(rows=[[cell.strip() for cell in line.split("\t")] for line in lines]))
        elif part.strip():
            blocks.append(Block("\n".join(lines).strip()))
    for block in blocks:
        width = max(map(len, block.rows), default=0)
        block.rows = [row + [""] * (width - len(row)) for row in block.rows]
    return blocks


def merge_down(rows: Grid) -> list[tuple[int, int, int]]:
    """First row, last row and column of every cell that an office would merge: livelihood tables only."""
    if "项目内容" not in rows[0]:
        return []
    merges = []
    for column in (column for column, head in enumerate(rows[0]) if head != "项目内容"):
        top = 1
        for row in range(2, len(rows) + 1):
            if row == len(rows) or rows[row][column] or (column < 2 and rows[row][0]):
                if row - 1 > top and rows[top][column]:
                    merges.append((top, row - 1, column))
                top = row
    return merges


def write_docx(blocks: list[Block], path: Path) -> None:
    """A Word document by python-docx."""
    import docx

    document = docx.Document()
    for block in blocks:
        if not block.rows:
            document.add_paragraph(block.text)
            continue
        table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
        cells = [list(row.cells) for row in table.rows]
        for texts, row in zip(block.rows, cells, strict=True):
            for text, cell in zip(texts, row, strict=True):
                cell.text = text
        for top, bottom, column in merge_down(block.rows):
            text = block.rows[top][column]
            cells[top][column].merge(cells[bottom][column]).text = text
    document.save(str(path))


def write_xlsx(blocks: list[Block], path: Path) -> None:
    """A workbook by XlsxWriter: paragraphs across the columns, tables under them."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        at = 1
        for block in blocks:
            if not block.rows:
                sheet.merge_range(at, 1, at, 5, block.text)
                at += 2
                continue
            for step, row in enumerate(block.rows):
                for column, text in enumerate(row):
                    value: Any = int(text) if text.isdigit() else text
                    sheet.write(at + step, 1 + column, value)
            for top, bottom, column in merge_down(block.rows):
                text = block.rows[top][column]
                value = int(text) if text.isdigit() else text
                sheet.merge_range(at + top, 1 + column, at + bottom, 1 + column, value)
            at += len(block.rows) + 1


_MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("首页", "政务公开", "互动交流"))
_PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>责任分解 - 区人民政府</title>
<style>.a {{ color: red }}</style><script>var menu = "<table><tr><td>序号</td></tr></table>";</script></head>
<body><div class="header"><ul class="nav">{menu}</ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/1">政务公开</a> &gt; 正文</div>
<div class="main"><div class="TRS_Editor">
{body}
</div><div class="share">分享到：<a href="#">微信</a></div></div>
<div class="footer">主办单位：区人民政府办公室　<a href="#">网站地图</a> 备案号000000</div>
<script>document.write("统计")</script></body></html>"""


def write_html(blocks: list[Block], path: Path, charset: str = "utf-8") -> None:
    """A page of a government site, with what stands around the text there."""
    body = []
    for block in blocks:
        if not block.rows:
            body.append("<p>" + escape(block.text).replace("\n", "<br>") + "</p>")
            continue
        merges = merge_down(block.rows)
        body.append('<table border="1">')
        for at, row in enumerate(block.rows):
            cells = []
            for column, text in enumerate(row):
                spans = [bottom - top + 1 for top, bottom, c in merges if c == column and top == at]
                covered = any(top < at <= bottom and c == column for top, bottom, c in merges)
                span = f' rowspan="{spans[0]}"' if spans else ""
                cells += [] if covered else [f"<td{span}>\n<p>{escape(text)}</p>\n</td>"]
            body.append("<tr>" + "".join(cells) + "</tr>")
        body.append("</table>")
    page = _PAGE.format(charset=charset, menu=_MENU, body="\n".join(body))
    path.write_bytes(page.encode({"gb2312": "gb18030"}.get(charset, charset)))
