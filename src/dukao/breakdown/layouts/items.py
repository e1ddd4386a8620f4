"""Items of a paragraph: what is being read, and what it comes to when the next head begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import Column
from dukao.breakdown.duties.labels import Duty
from dukao.breakdown.duties.units import breaks_name
from dukao.breakdown.layouts.headings import is_aside
from dukao.breakdown.layouts.inline import continued
from dukao.breakdown.layouts.rows import Charge, Entry, Head, Prose, Row
from dukao.language.dates import read_deadlines

UNNUMBERED = 9  # the level of an item without a number
_PART_LEVEL = 6  # of "（1）"
_PROGRESS = re.compile(r"[\u4e00-\u9fff]{0,4}(?:进展|进度|落实|完成|推进)(?:情况|与成效|及成效)\s*:")
_LONGEST_LIMIT = 16  # letters
_BARE_HEAD = 2  # the level of a head without a number


@dataclass(slots=True)
class Item:
    """A paragraph being read: its number, its text so far and what is said about who does it.

    `name` is the line above its text, where a label leads in what it comes to, behind it or on the line
    below, which the item `awaits`; `label` is the one it began with. `steps` are what labels behind its units
    say more of it. `is_bare` says that nothing but the labels below it makes it an item. `spoken` is its text
    with the clause that charges units.
    """

    level: int
    number: Cell | None
    text: Cell
    duty: Duty = field(default_factory=Duty)
    closed: bool = False
    rules: tuple[str, ...] = ()
    labels: frozenset[Column] = frozenset()
    is_bare: bool = False
    name: Cell | None = None
    label: str = ""
    steps: tuple[tuple[Cell, Cell], ...] = ()
    spoken: Cell | None = None
    awaits: bool = False

    def row(self) -> Row:
        """The item as a row."""
        duty = self.duty
        return Row(
            layout="paragraph",
            number=self.number,
            task=self.text,
            project=self.name,
            level=self.level if self.number else 0,
            leaders=duty.leaders,
            stated=duty.stated,
            deadline=duty.deadline,
            steps=self.steps,
            remark=duty.remark,
            rules=(*self.rules, "B26") if self.is_bare else self.rules,
        )

    def name_of(self, content: Cell) -> None:
        """Take the words so far as the name of what `content` is."""
        self.name, self.text, self.awaits = self.text, content, False
        self.rules = (*self.rules, "B28")

    def go_on(self, sheet: Sheet, line: Cell) -> None:
        """Take a line more of its words, or the first of what they are the name of."""
        if self.awaits:
            self.name_of(line)
        else:
            self.text = continued(sheet, self.text, line)

    def add(self, duty: Duty, rule: str) -> None:
        """Say who does it, by the rule that read it."""
        if self.spoken and "lead" in duty.columns:
            # A label below names who leads: the clause only tells how the work is done.
            self.text, self.duty = self.spoken, Duty()
        self.spoken = None
        self.duty = self.duty.joined(duty)
        self.labels |= duty.columns
        self.closed = True
        if rule not in self.rules:
            self.rules = (*self.rules, rule)

    def note(self, said: Cell, sheet: Sheet) -> None:
        """Keep a remark behind the one it has, as one stretch where they stand on neighbouring lines."""
        remark = self.duty.remark
        if remark and len(remark.pieces) == 1 and sheet.text.count("\n", remark.end, said.start) <= 1:
            said = sheet.cell(remark.start, said.end)
        elif remark:
            said = sheet.joined([remark, said])
        self.duty = replace(self.duty, remark=said)

    def ends_name(self, sheet: Sheet, line: Cell) -> bool:
        """Take a line that goes on inside the name with which the units so far end: "…、各街道办事" above
        "处、区财政局"; whether it does.
        """
        if not self.duty.stated:
            return False
        *others, (column, units) = self.duty.stated
        if not breaks_name(units.plain, line.plain):
            return False
        whole = sheet.joined([units, line.part(0, len(line.plain.rstrip("。; ")))])
        self.duty = replace(self.duty, stated=(*others, (column, whole)))
        return True

    def takes_step(self, label: str) -> bool:
        """Whether a label behind the units of an item says more of it, and does not begin the next one."""
        return self.is_assigned and (self.label != label if self.label else self.number is not None)

    def takes_limit(self, line: Cell) -> bool:
        """Take a line that is but a limit, right below the lines that are its units."""
        if "B30" not in self.rules or self.duty.deadline or len(line.plain) > _LONGEST_LIMIT:
            return False
        said = read_deadlines(line.plain, 0, len(line.plain), None)
        if len(said) != 1 or line.plain[: said[0].start] or line.plain[said[0].end :] not in ("", "完成"):
            return False
        self.add(Duty(deadline=line), "B30")
        return True

    @property
    def is_assigned(self) -> bool:
        """True when somebody is named for it."""
        return bool(self.duty.stated or self.duty.leaders)


def settle_items(run: list[Item | Prose | Charge]) -> list[Entry]:
    """What the paragraphs between two heads come to."""
    _share_with_parts(run)
    named = any(isinstance(entry, Charge) or (isinstance(entry, Item) and entry.is_assigned) for entry in run)
    settled: list[Entry] = []
    is_told = False
    for at, entry in enumerate(run):
        is_told = _tells(entry, is_told)
        if not isinstance(entry, Item):
            settled.append(entry)
        elif entry.is_bare and (not entry.duty.stated or _is_open(run[at + 1 :])):
            above = Head(_BARE_HEAD, "", entry.text, entry.text.start, entry.text.end)
            settled += [above if entry.duty.stated else Prose(entry.text), Charge(entry.duty)]
        elif named and (entry.is_assigned or (entry.number and not is_told and not _is_aside(entry))):
            settled.append(entry.row())
        else:
            settled.append(Prose(entry.text))
    return settled


def _tells(entry: Item | Prose | Charge, is_told: bool) -> bool:
    """Whether what stands here and below tells how far work has come ("进展情况："), up to the next task."""
    if isinstance(entry, Prose):
        return is_told or _PROGRESS.fullmatch(entry.cell.plain) is not None
    return is_told and not (isinstance(entry, Item) and entry.is_assigned)


def _is_aside(item: Item) -> bool:
    """Whether an item opens with a head below which nobody gets a task: "工作要求。各单位要…"."""
    return is_aside(item.text.part(0, max(item.text.plain.find("。"), 0)))


def _share_with_parts(run: Sequence[Item | Prose | Charge]) -> None:
    """Give the parts of an item, "（1）" below "1.", what its labels say, where none of them says its own."""
    whole: Item | None = None
    parts: list[Item] = []
    for entry in [*run, None]:
        is_part = isinstance(entry, Item) and whole is not None and _PART_LEVEL <= entry.level < UNNUMBERED
        if isinstance(entry, Item) and is_part:
            parts.append(entry)
        elif entry is None or isinstance(entry, Item):
            if whole and whole.is_assigned and "B05" in whole.rules and not any(p.is_assigned for p in parts):
                for part in parts:
                    part.add(whole.duty, "B09")
            whole, parts = entry if entry and entry.level < _PART_LEVEL else None, []


def _is_open(below: list[Item | Prose | Charge]) -> bool:
    """Whether the next items below are numbered and name nobody: then the line above them is their head."""
    items = list(takewhile(lambda item: not item.is_bare, (one for one in below if isinstance(one, Item))))
    return bool(items) and not any(item.is_assigned for item in items)


def as_head(item: Item) -> Head:
    """An item that stands above others as their head."""
    number = item.number.plain if item.number else ""
    stop = item.text.plain.find("。")
    title = item.text.part(0, stop if stop > 0 else len(item.text.plain.rstrip(":")))
    return Head(item.level, number, title, title.start, title.end)


def behind_head(item: Item) -> list[Prose]:
    """What an item that is a head says behind its first sentence."""
    stop = item.text.plain.find("。")
    rest = item.text.part(stop + 1, len(item.text.plain)) if stop > 0 else None
    return [Prose(rest)] if rest and len(rest.plain) > 1 else []
