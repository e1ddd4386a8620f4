"""Tables with a column for every unit, in whose cells a mark says whether it leads or helps: 责任矩阵."""

import re

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import WHO, Column, column_of

_SIGNS = "★☆▲△●○◎◆◇■□√✓✔*"
_LEADS = "★☆*"  # without a legend, as beside names
_SIGN = re.compile(f"[{_SIGNS}]")
_LEGEND = re.compile(
    rf"([{_SIGNS}])[”\"')\s]*(?:标记|符号)?(?:的)?(?:单位|部门)?[\s(:\-—]*(?:为|表示|代表|指|是|系)?\s*"
    r"(总?牵头|主办|主责|配合|协办|协助|协同|参与|参加|责任|承办)"
)


def read_legend(sheet: Sheet) -> dict[str, Column]:
    """What the document says that each mark means: "★为牵头单位，√为配合单位"."""
    legend: dict[str, Column] = {}
    for found in _LEGEND.finditer(sheet.plain):
        column = column_of(found[2].removeprefix("总") + "单位")
        if column in WHO and column is not None:
            legend.setdefault(found[1], column)
    return legend


def role_of(mark: Cell, legend: dict[str, Column]) -> Column | None:
    """The column of units that a mark, or a word in its stead ("牵头"), puts a unit into, if any."""
    said = mark.plain.strip(" 。")
    if _SIGN.fullmatch(said):
        return legend.get(said) or ("lead" if said in _LEADS else "responsible")
    column = column_of(said) or column_of(said + "单位") if said else None
    return column if column in WHO else None
