"""The workbook that leaves: one row an item, filled in beforehand, and how to use it."""

from collections.abc import Sequence

from django.utils.timezone import localdate

from dukao.progress.figures import say_day
from dukao.site.supervision.filing.items import Item
from dukao.site.supervision.filing.workbooks.columns import HEADS, SHEET, lay_line
from dukao.site.supervision.models import Round
from dukao.site.supervision.workbooks import Form

_HOW = (
    ("怎样填", "一行一项。没有变化的，在“无变化”选“是”，别的不用动；有变化的，直接改白色的栏。"),
    ("累计值", "填数字，不带单位；统计指标填这一期公布的数。“截至”空着就按导入那天，写成 2024-09-25。"),
    (
        "新完成节点",
        "照“待完成节点”的名称写，空一格写完成日期，几个用分号隔开：开工 2024-06-20；结顶 2024-09-01。",
    ),
    ("灰色的栏", "不能改；“编号”“任务”和隐藏的“版本”用来认行，改了的行不予导入。不填的行留着不动就行。"),
    (
        "怎样导回",
        "存为 .xlsx，在填报页“导入 Excel”。先逐项列出改动，确认后才保存；保存后仍由负责人确认报送。",
    ),
)


def write_filing_workbook(items: Sequence[Item], round_: Round, unit: str) -> bytes:
    """The items a unit can still write, as .xlsx."""
    title = f"{unit}{round_.label}填报"
    form = Form(SHEET, title, HEADS, "这一期没有还可以填的事项。", _HOW, is_locked=True)
    return form.write(
        map(lay_line, items), f"截止 {say_day(localdate(round_.due_at))}。灰色的栏不能改，用法见“说明”表。"
    )
