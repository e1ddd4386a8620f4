"""Lines that look like heads and are tasks: short, numbered, with their units below them and no items."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.labels import Duty
from dukao.breakdown.layouts.rows import Charge, Entry, Head, Row


def settle_lone_heads(sheet: Sheet, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, a numbered head with labels and nothing else below it made the row it is."""
    settled: list[Entry] = []
    charged = 0  # the level of the head above that says who does what stands below it
    at = 0
    while at < len(entries):
        entry = entries[at]
        charges = list(_charges_below(entries, at)) if isinstance(entry, Head) else []
        if (
            isinstance(entry, Head)
            and charges
            and not _names_them(entry, charges)
            and _is_task(entry, entries, at + len(charges) + 1)
        ):
            settled.append(_as_row(sheet, entry, charges))
            at += len(charges)
        elif isinstance(entry, Head) and 0 < charged < entry.level and _says_task(entries, at):
            settled.append(_as_row(sheet, entry, charges))
        else:
            if isinstance(entry, Head) and (charges or entry.level <= charged):
                charged = entry.level if charges else 0
            settled.append(entry)
        at += 1
    return _with_brothers(sheet, settled)


def _with_brothers(sheet: Sheet, entries: list[Entry]) -> list[Entry]:
    """The entries; heads with nothing below them, in a list whose next line is a task, made the tasks they
    are.
    """
    for at in range(len(entries) - 2, -1, -1):
        head, below = entries[at], entries[at + 1]
        if (
            isinstance(head, Head)
            and isinstance(below, Row)
            and below.layout == "paragraph"
            and head.number
            and head.level == below.level
        ):
            entries[at] = _as_row(sheet, head, [])
    return entries


def settle_named(sheet: Sheet, entries: Sequence[Entry]) -> list[Entry]:
    """The entries; a numbered head above a single item behind a label ("建设内容：…") is that item's name."""
    settled: list[Entry] = []
    for at, entry in enumerate(entries):
        head = settled[-1] if settled else None
        if (
            isinstance(entry, Row)
            and "B28" in entry.rules
            and entry.number is None
            and isinstance(head, Head)
            and head.number
            and _is_alone(head, entries[at + 1 :])
        ):
            settled[-1] = replace(entry, number=_number_of(sheet, head), level=head.level, project=head.title)
        else:
            settled.append(entry)
    return settled


def _is_alone(head: Head, below: Sequence[Entry]) -> bool:
    """Whether what comes next is no lower head and no item."""
    following = next((entry for entry in below if isinstance(entry, Head | Row)), None)
    return following is None or (isinstance(following, Head) and following.level <= head.level)


def _says_task(entries: Sequence[Entry], at: int) -> bool:
    """Whether a head with nothing of its own below it is as long as a sentence, with its stop."""
    head, below = entries[at], entries[at + 1] if at + 1 < len(entries) else None
    if not isinstance(head, Head) or not head.number or not head.title.plain.endswith(("。", ";")):
        return False
    return below is None or (isinstance(below, Head) and below.level <= head.level)


def _charges_below(entries: Sequence[Entry], at: int) -> Iterator[Duty]:
    for entry in entries[at + 1 :]:
        if not isinstance(entry, Charge):
            return
        yield entry.duty


def _names_them(head: Head, charges: Sequence[Duty]) -> bool:
    """Whether the units are the words of the head itself."""
    return any(head.title.start <= cell.start < head.title.end for duty in charges for _, cell in duty.stated)


def _is_task(head: Head, entries: Sequence[Entry], at: int) -> bool:
    """Whether a numbered head has no row, and no lower head, below it."""
    below = next((entry for entry in entries[at:] if isinstance(entry, Head | Row)), None)
    is_beside = below is None or (below.level <= head.level and (isinstance(below, Head) or below.level > 0))
    return bool(head.number) and is_beside


def _as_row(sheet: Sheet, head: Head, charges: Sequence[Duty]) -> Row:
    duty = Duty()
    for more in charges:
        duty = duty.joined(more)
    return Row(
        layout="paragraph",
        number=_number_of(sheet, head),
        task=head.title,
        level=head.level,
        leaders=duty.leaders,
        stated=duty.stated,
        deadline=duty.deadline,
        remark=duty.remark,
        rules=("B05",),
    )


def _number_of(sheet: Sheet, head: Head) -> Cell:
    before = sheet.cell(head.start, head.title.start)
    at = before.plain.find(head.number)
    return before.part(at, at + len(head.number))
