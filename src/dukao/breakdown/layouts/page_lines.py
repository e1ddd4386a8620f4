"""Lines at the edges of a paper that are the page's or the office's and no part of any row: who signs, to
whom copies go, "扫一扫", "责任编辑".
"""

import re
from collections.abc import Sequence

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.layouts.item_lines import is_of_page

_FURNITURE = re.compile(
    r"分享到|(?:用?微信)?扫一扫|【?(?:打印|关闭|收藏)(?:本页|页面|窗口)?】|(?:打印|关闭)(?:本页|页面|窗口|$)|返回顶部|[上下]一篇\s*:"
    r"|网站标识码|网站地图|版权所有|技术支持\s*:|.{0,2}ICP备|责任编辑\s*:|抄\s*送\s*:|分\s*送\s*:|信息公开选项"
    r"|\(?此件(?:主动|依申请|不予|不)?公开|.{4,20}(?:办公室|办公厅)\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发$"
)
# The full name of a government or of its office: units in a row are called by short ones, "区政府办".
_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,12}[省市州县区旗]人民政府(?:办公室|办公厅)?$")
_DATE = re.compile(
    r"\s*(?:(?:19|20)\d\d|[一二][〇○零O0一二三四五六七八九]{3}) ?年 ?[^\n]{1,4}月 ?[^\n]{1,4}日[ \t]*(?:\n|$)"
)
_LAST = 12  # lines at the end among which an undated name signs


def page_lines(sheet: Sheet, lines: Sequence[Cell]) -> frozenset[int]:
    """Where those lines begin."""
    found = {line.start for line in lines if is_at_edge(sheet, line)}
    for at, line in enumerate(lines):
        near = (*lines[max(at - 2, 0) : at], *lines[at + 1 : at + 3])
        if is_of_page(sheet, line) and any(one.start in found for one in near):
            found.add(line.start)
    for line in reversed(lines[-_LAST:]):
        if line.start not in found:
            found |= {line.start} if _ORGAN.match(line.plain) else set()
            break
    return frozenset(found)


def is_at_edge(sheet: Sheet, line: Cell) -> bool:
    """Whether a line alone says that it is such: by its words, or who signs above a date."""
    is_signed = _ORGAN.match(line.plain) and _DATE.match(sheet.plain, line.end)
    return bool(_FURNITURE.match(line.plain) or is_signed)
