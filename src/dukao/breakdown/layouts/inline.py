"""What stands behind the words of an item on its own line, and words that go on over lines."""

import re
from dataclasses import dataclass

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.behind import part_remark, part_units
from dukao.breakdown.duties.columns import label_pattern
from dukao.breakdown.duties.labels import Duty, read_labels

_NUMBER_ALONE = re.compile(r"\d{1,2}")
_BY = re.compile(r"[,。;\s]*由")


@dataclass(frozen=True, slots=True)
class Inline:
    """Words of an item and the duty behind them on their line; `labels` that name units and end in no stop
    may go on below."""

    text: Cell
    duty: Duty
    labels: Cell | None = None


def part_inline(text: Cell) -> Inline | None:
    """The text and the duty that stands behind it on the same line; None where none does."""
    label = label_pattern().search(text.plain)
    if label is None:
        parted = part_units(text)
        return Inline(*parted) if parted else None
    if label.start(1) == 0:
        return None
    labels = text.part(label.start(1), len(text.plain))
    duty = read_labels(labels)
    before = text.plain[: label.start(1)]
    is_apart = before.rstrip(" *【").endswith(("。", ";", "|")) or before.endswith("  ")
    if duty and (duty.stated or (is_apart and (duty.deadline or duty.leaders))):
        kept = text.part(0, len(text.plain[: label.start()].rstrip(" ,、|—–-")))
        is_open = duty.stated and not labels.plain.endswith("。")
        return Inline(kept, duty, labels if is_open else None)
    kept, remark = part_remark(text)
    return Inline(kept, Duty(remark=remark)) if remark else None


def is_spoken(text: Cell, kept: Cell) -> bool:
    """Whether what a text says behind the words that were kept of it is a clause of its own sentence: "，由区
    水务局牵头".
    """
    return text.start == kept.start and _BY.match(text.plain, len(kept.plain)) is not None


def continued(sheet: Sheet, text: Cell, line: Cell) -> Cell:
    """A text with one more line, without the number of a page between the two."""
    between = sheet.plain[text.end : line.start].strip()
    if _NUMBER_ALONE.fullmatch(between):
        return sheet.joined([text, line])
    start, end = text.pieces[-1]
    before = text.part(0, len(text.text) - (end - start))
    return sheet.joined([before, sheet.cell(start, line.end)])
