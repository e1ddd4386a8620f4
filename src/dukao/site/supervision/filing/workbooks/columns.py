"""What stands in a row of a round's workbook, and what of it may change."""

from dukao.progress.figures import say_exact
from dukao.site.ledger.workbooks.columns import plain_cell
from dukao.site.supervision.filing.forms import plain_number, starting_words
from dukao.site.supervision.filing.items import Item
from dukao.site.supervision.models import FilingStage
from dukao.site.supervision.workbooks import Head

SHEET = "填报"
YES = "是"


HEADS = (
    Head("version", "版本", 12),
    Head("number", "编号", 12.5, is_short=True),
    Head("task", "任务", 36),
    Head("last", "上期进展", 30),
    Head("figure", "指标和目标", 18),
    Head("is_unchanged", "无变化", 7, is_open=True, is_short=True, choices=(YES,)),
    Head("value", "累计值", 9, is_open=True, is_short=True),
    Head("true_on", "截至", 11, is_open=True, is_short=True),
    Head("progress", "进展", 40, is_open=True),
    Head("next_step", "下一步", 24, is_open=True),
    Head("to_do", "待完成节点", 22),
    Head("steps", "新完成节点", 22, is_open=True),
    Head("problem", "存在问题", 20, is_open=True),
    Head("help_needed", "需协调事项", 20, is_open=True),
    Head("is_blocked", "受阻", 6, is_open=True, is_short=True, choices=(YES,)),
)
# What names the row: where it is altered the row is not the one it says it is.
NAMING = ("number", "task")


def lay_line(item: Item) -> dict[str, str]:
    """An item as a row: what is in hand, else last period's words; its day is left to the day of filing."""
    filing, figure = item.filing, item.figure
    words = starting_words(item, filing.round.period_end)
    value = figure.value_in(words) if figure else None
    is_begun = filing.stage != FilingStage.EMPTY
    cells = {
        "version": f"{filing.pk}-{filing.version}",
        "number": filing.task.number or "",
        "task": item.state.text,
        "last": item.last.words.progress if item.last else "",
        "figure": _say_figure(item),
        "is_unchanged": YES if filing.is_unchanged else "",
        "value": plain_number(value) if value is not None else "",
        "true_on": filing.true_on.isoformat() if is_begun and filing.true_on else "",
        "progress": words.progress,
        "next_step": words.next_step,
        "to_do": "；".join(f"{step.name} {step.due:%Y-%m-%d}" for step in item.steps),
        "steps": "；".join(f"{name} {day:%Y-%m-%d}" for name, day in words.steps.items()),
        "problem": words.problem,
        "help_needed": words.help_needed,
        "is_blocked": YES if words.is_blocked else "",
    }
    return {name: plain_cell(cell) for name, cell in cells.items()}


def _say_figure(item: Item) -> str:
    if item.figure is None:
        return ""
    unit = f"（{item.figure.unit}）" if item.figure.unit else ""
    target = item.figure.target
    aim = f"，目标 {say_exact(target, item.figure.unit)}" if target is not None else ""
    return f"{item.figure.indicator}{unit}{aim}"
