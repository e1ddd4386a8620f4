"""Lines at the edges of a paper that are the page's or the office's and no part of any row: who signs, to
whom copies go, "扫一扫", "责任编辑".
"""

import re
from collections.abc import Sequence

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.layouts.item_lines import is_of_page

_CODE = r"(?:请?用?微信)?[“\"]?扫一扫[”\"]?(?:$|[,:]|在?手机|关注|分享|[^。\t]{0,12}(?:二维码|[本当]前?页))"
_FURNITURE = re.compile(
    rf"分享到\s*(?::|$|微信|微博|朋友圈)|{_CODE}|【?(?:打印|关闭|收藏)(?:本页|页面|窗口)?】"
    r"|(?:(?:打印|关闭|收藏|返回)(?:本页|页面|窗口|顶部)?[\s|/]*)+$|[上下]一篇\s*:|网站标识码"
    r"|网站地图(?:[ |]|$)|版权所有(?![者权人])|技术支持\s*:[^\t]*$|.{0,2}ICP备|责任编辑\s*:|[抄分]\s*送\s*:"
    r"|信息公开选项|\(?此件(?:主动|依申请|不予|不)?公开|.{4,20}(?:办公室|办公厅)\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发$"
)
# The full name of a government or of its office. A government answers for rows by that name too; its office
# does so by a short one, "区政府办".
_ORGAN = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,12}[省市州县区旗])人民政府(?P<office>办公室|办公厅)?$")
_DATE = re.compile(
    r"\s*(?:(?:19|20)\d\d|[一二][〇○零O0一二三四五六七八九]{3}) ?年 ?[^\n]{1,4}月 ?[^\n]{1,4}日[ \t]*(?:\n|$)"
)
_LAST = 12  # lines at the end among which an undated office signs


def page_lines(sheet: Sheet, lines: Sequence[Cell]) -> frozenset[int]:
    """Where those lines begin."""
    found = {line.start for line in lines if _FURNITURE.match(line.plain)} | _signed(sheet, lines)
    for at, line in enumerate(lines):
        near = (*lines[max(at - 2, 0) : at], *lines[at + 1 : at + 3])
        if is_of_page(sheet, line) and any(one.start in found for one in near):
            found.add(line.start)
    below = [at for at in range(max(len(lines) - _LAST, 0), len(lines)) if lines[at].start not in found]
    last = below[-1] if below else 0
    organ = _ORGAN.match(lines[last].plain) if last else None
    if organ and organ["office"] and sheet.text.count("\n", lines[last - 1].end, lines[last].start) > 1:
        found.add(lines[last].start)
    return frozenset(found)


def _signed(sheet: Sheet, lines: Sequence[Cell]) -> set[int]:
    """Who signs above a date. Governments of several places do not sign one paper: these are units of rows
    above their limits.
    """
    signed = {line.start: organ["place"] for line in lines if (organ := _signer(sheet, line))}
    longest = max(signed.values(), key=len, default="")
    return set(signed) if all(map(longest.endswith, signed.values())) else set()


def is_at_edge(sheet: Sheet, line: Cell) -> bool:
    """Whether a line says by itself that it is such, or may be who signs above a date."""
    return bool(_FURNITURE.match(line.plain) or _signer(sheet, line))


def _signer(sheet: Sheet, line: Cell) -> re.Match[str] | None:
    """The name of a government or of its office right above a date."""
    organ = _ORGAN.match(line.plain)
    return organ if organ and _DATE.match(sheet.plain, line.end) else None
