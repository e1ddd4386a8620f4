"""Breakdowns written as paragraphs: numbered items with label lines or duty brackets behind them."""

import re
from itertools import islice

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.behind import part_limit, part_units
from dukao.breakdown.duties.columns import WHO, column_of, label_pattern
from dukao.breakdown.duties.labels import (
    Duty,
    are_names,
    find_brackets,
    read_bare_label,
    read_labels,
    value_of,
)
from dukao.breakdown.layouts.headings import is_head_text
from dukao.breakdown.layouts.inline import Inline, continued, is_spoken, part_inline
from dukao.breakdown.layouts.item_lines import (
    LABELLED,
    OF_ALL,
    above_units,
    demand_of,
    follows,
    has_name,
    is_of_page,
    is_signature,
    may_be_task,
    number_of,
    numbered_below,
    part_of_above,
    point_of,
    says_again,
    without_frame,
    without_label,
)
from dukao.breakdown.layouts.items import UNNUMBERED, Item, as_head, behind_head, settle_items
from dukao.breakdown.layouts.labelled import read_steps
from dukao.breakdown.layouts.numbering import number_alone, numbering
from dukao.breakdown.layouts.rows import Charge, Entry, Head, Prose
from dukao.breakdown.lettering import closed_up

_SENTENCE = re.compile(r"[\d。,;]")
_WIDEST_GAP = 40  # letters of nothing that a blank line may have
_FARTHEST = 100  # lines of prose between an item and labels that speak of it
_NUMBER_ALONE = re.compile(r"\d{1,2}")
_ITEM = 3  # the level of "1."
_COVERING = re.compile(r"^现将|印发给|现印发")
_LEADING_STOPS = re.compile(r"[\s。;,.]*")


class ParagraphReader:
    """Reads lines that are neither heads nor tables, and keeps what comes between two heads together."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.entries: list[Item | Prose | Head | Charge] = []
        self.waiting: Cell | None = None
        self.number: Cell | None = None
        self.lacks_value = False
        self.is_headed = False
        self.is_led_above = False
        self.has_units_below = False
        self.has_brackets = False

    def read(self, line: Cell) -> None:
        """Take one more line."""
        if self._take_labels(line) or (self.waiting is not None and self._take_value(self.waiting, line)):
            return
        self.waiting = None
        if self._take_more(line) or self._take_content(line):
            return
        number, self.number = self.number, None
        if alone := number_alone(line):
            self._take_number(alone, is_named=alone.plain != line.plain)
            return
        if number is not None and not self._numbering(line):
            self._settle_head(_ITEM)
            self.entries.append(Item(_ITEM, number, line))
            return
        if self._take_unit_line(line):
            return
        numbered, dash = self._numbering(line), point_of(line)
        is_item = bool(numbered or dash or self._open_item() or (self.has_brackets and ":" not in line.plain))
        brackets = find_brackets(line, in_item=is_item)
        if brackets and (numbered or not _COVERING.search(line.plain)):
            self._take_bracketed(line, brackets, begins=dash.end() if dash else 0)
            return
        if dash and (parted := part_units(line.part(dash.end(), len(line.plain)))):
            self.entries.append(Item(UNNUMBERED, None, *parted, closed=True, rules=("B05",)))
            return
        if numbered and numbered[2]:
            self._begin(line, numbered[0], numbered[2])
        elif (item := self._open_item()) is not None:
            self._go_on(item, line)
        elif dash:
            text = line.part(dash.end(), len(line.plain))
            self.entries.append(Item(UNNUMBERED, None, text, rules=("B26",)))
        elif parted := part_units(line, charged=False):
            self.entries.append(Item(UNNUMBERED, None, *parted, closed=True, rules=("B26",)))
        else:
            self.entries.append(Prose(line))

    def charge(self, duty: Duty) -> None:
        """Say who does what stands below the head above: its own words say so."""
        self.entries.append(Charge(duty))

    def flush(self) -> list[Entry]:
        """The entries since the last flush. Items nobody is named for are rows only among others that are."""
        entries: list[Entry] = []
        run: list[Item | Prose | Charge] = []
        for entry in self.entries:
            if isinstance(entry, Head):
                entries += [*settle_items(run), entry]
                run = []
            else:
                run.append(entry)
        self.entries = []
        return [*entries, *settle_items(run)]

    def _open_item(self) -> Item | None:
        last = self.entries[-1] if self.entries else None
        is_open = (
            isinstance(last, Item)
            and not last.closed
            and (last.number is not None or not {"B26", "B28"}.isdisjoint(last.rules))
        )
        return last if isinstance(last, Item) and is_open else None

    def _numbering(self, line: Cell) -> tuple[int, str, Cell, bool] | None:
        return numbered_below(self.sheet, self._open_item(), line)

    def _take_number(self, line: Cell, *, is_named: bool) -> None:
        """A number on a line of its own is the next item's, unless it stands inside one: then the page's."""
        item = self._open_item()
        if is_named or item is None or item.text.plain.endswith("。") or follows(line, item.number):
            self.number = line

    def _begin(self, line: Cell, level: int, text: Cell) -> None:
        """A new item; what stands higher above it may turn out a head."""
        self._settle_head(level)
        number, text = number_of(line), without_label(text)
        charged = read_labels(text) if level < _ITEM and label_pattern().match(text.plain) else None
        if charged:
            self.entries += [Head(level, number.plain if number else "", text, line.start, line.end)]
            self.entries.append(Charge(charged))
            return
        inline = part_inline(text)
        if inline is None:
            limited = part_limit(text) if level >= _ITEM else None
            kept, duty = limited or (text, Duty())
            self.entries.append(Item(level, number, kept, duty, closed=limited is not None))
            return
        item = Item(level, number, inline.text, inline.duty, closed=True, rules=("B05",))
        item.spoken = text if is_spoken(text, inline.text) else None
        self.entries.append(item)
        self.waiting = inline.labels
        self._share(inline.duty)

    def _go_on(self, item: Item, line: Cell) -> None:
        """A line more of an item, with the labels that stand behind its words."""
        inline = part_inline(line)
        item.go_on(self.sheet, inline.text if inline else line)
        if inline:
            item.add(inline.duty, "B05")
            self.waiting = inline.labels
            self._share(inline.duty)

    def _take_labels(self, line: Cell) -> bool:
        """Labels right under an item; where it has the same already, they are the page's ("主办单位：…")."""
        body = without_frame(line)
        if (labels := part_of_above(body)) and (said := read_labels(labels)):
            self.entries.append(Charge(said, is_of_above=True))
            return True
        duty = read_labels(body) if label_pattern().match(body.plain) else read_bare_label(body)
        last = self._last_item()
        if last is not None and not last.closed and column_of(body.plain) in WHO:
            self.waiting, self.lacks_value = body, True
            return True
        is_page = last is None and body.plain.startswith("时间")  # "时间：2025年3月1日"
        is_again = last is not None and duty is not None and says_again(self.sheet, last, duty, body)
        if duty is None or is_page or is_again or (last and OF_ALL.match(body.plain)):
            return False
        if last is None and self._take_charge(duty):
            return True
        if last is not None and self._leads_below(last, duty, line):
            self.entries.append(Charge(duty))
            return True
        last = last or self._take_line_above(body)
        if last is None:
            return False
        if duty.remark and last.duty.remark:
            last.note(duty.remark, self.sheet)
        last.add(duty, "B05")
        is_open = label_pattern().match(body.plain) and not body.plain.endswith("。")
        self.waiting = body if is_open else None
        self.lacks_value = not duty.columns
        self._share(duty)
        return True

    def _take_content(self, line: Cell) -> bool:
        """What an item comes to, behind a label below its name: "建设内容：改造泵站两座。"; what more of the
        kind stands below goes on with it.
        """
        line = without_frame(line)
        found = LABELLED.match(line.plain)
        column = column_of(found[1]) if found else None
        content = line.part(found.end(), len(line.plain)) if found else None
        if column == "project" and content:
            numbered = numbering(content)
            number, name = (number_of(content), numbered[2]) if numbered else (None, content)
            self.entries.append(Item(UNNUMBERED, number, name, rules=("B28",)))
            return True
        if column == "number" and content and _NUMBER_ALONE.fullmatch(content.plain):
            self.number = content
            return True
        if column not in ("task", "aim"):
            return False
        last = self.entries[-1] if self.entries else None
        item = self._open_item()
        label = closed_up(found[1]) if found else ""
        is_name = item is not None and not item.name and is_head_text(item.text) and has_name(item, label)
        if item is not None and not content:
            item.awaits = is_name
            return True
        if not content:
            return False
        if isinstance(last, Item) and found and self.number is None and last.takes_step(label):
            last.steps = (*last.steps, (line.part(*found.span(1)), content))
        elif item is not None and is_name:
            item.name_of(content)
        elif item is not None and item.label and found:
            item.steps = (*item.steps, (line.part(*found.span(1)), content))
        elif item is not None and item.name:
            item.text = continued(self.sheet, item.text, line)
        elif self.number is not None:
            number, self.number = self.number, None
            self.entries.append(Item(_ITEM, number, content, rules=("B28",), label=label))
        elif last is None or (item is None and (column == "task" or "B28" in getattr(last, "rules", ()))):
            inline = part_inline(content) or Inline(content, Duty())
            said = inline.text, inline.duty
            closed = bool(inline.duty.columns)
            self.entries.append(Item(UNNUMBERED, None, *said, closed=closed, rules=("B28",), label=label))
            self.waiting = inline.labels
        else:
            return False
        return True

    def _take_more(self, line: Cell) -> bool:
        """Steps by quarters below an item, and what is demanded of it, which is a remark."""
        above = self.entries[-1] if self.entries else None
        if isinstance(above, Item) and (steps := read_steps(line)):
            above.steps = (*above.steps, *steps)
            return True
        last = self._last_item() if (said := demand_of(without_frame(line))) else None
        if last and said and (last.is_assigned or last.text.plain.endswith("。")):
            last.note(said, self.sheet)
            return True
        return False

    def _take_unit_line(self, line: Cell) -> bool:
        """A line of nothing but a unit, right below a numbered sentence or another such; or their limit."""
        item = self.entries[-1] if self.entries else None
        if isinstance(item, Item) and item.takes_limit(line):
            return True
        if not item or not are_names(line) or is_signature(self.sheet, line):
            return False
        if self.has_units_below and (above := above_units(item)):
            self.entries[-1] = item = above
        if not isinstance(item, Item) or (item.number is None and "B26" not in item.rules):
            return False
        is_said = item.text.plain.endswith("。") or self.has_units_below
        if not ("B30" in item.rules if item.is_assigned else is_said):
            return False
        item.add(Duty(stated=(("responsible", line),)), "B30")
        return True

    def _take_line_above(self, label: Cell) -> Item | None:
        """The line right above a label as an item, though it has no number; what the page says is none."""
        above = self.entries[-1] if self.entries else None
        if not isinstance(above, Prose) or not may_be_task(above.cell.plain) or is_of_page(self.sheet, label):
            return None
        self.entries[-1] = item = Item(UNNUMBERED, None, above.cell, is_bare=True)
        return item

    def _take_charge(self, duty: Duty) -> bool:
        """Labels with nothing above them but a head, if they are that."""
        charges: list[Duty] = []
        for entry in reversed(self.entries):
            if isinstance(entry, Head):
                break
            if not isinstance(entry, Charge):
                return False
            charges.append(entry.duty)
        self.entries.append(Charge(duty))
        # A leader below the units of a head is that head's.
        self.is_led_above |= bool(duty.leaders) and not any(one.stated for one in (duty, *charges))
        return True

    def _leads_below(self, last: Item, duty: Duty, line: Cell) -> bool:
        """Whether a leader below an item with its units leads what comes next, as the first one did."""
        if not self.is_led_above or duty.columns != {"leader"} or not last.duty.stated:
            return False
        above = self.sheet.plain[max(line.start - _WIDEST_GAP, 0) : line.start]
        return not self.is_headed or above[len(above.rstrip()) :].count("\n") > 1

    def _take_value(self, label: Cell, line: Cell) -> bool:
        """A line of units or names under a label, or under the units that stand behind it."""
        item = self._last_item()
        if item is not None and item.ends_name(self.sheet, line):
            return True
        duty = value_of(label, line, lacks_value=self.lacks_value)
        if item is None or duty is None or is_signature(self.sheet, line) or point_of(line):
            return False
        self.lacks_value = False
        item.add(duty, "B05")
        self._share(duty)
        return True

    def _last_item(self) -> Item | None:
        """The item that ends the lines so far; none when it was said who does it before other prose began."""
        for behind, entry in enumerate(islice(reversed(self.entries), _FARTHEST)):
            if isinstance(entry, Item):
                return None if behind and entry.closed else entry
            if not isinstance(entry, Prose):
                return None
        return None

    def _share(self, duty: Duty) -> None:
        """Items that end in a semicolon and have no line of their own share the line of the item that ends
        the list; its remark is its own.
        """
        if duty.columns <= {"remark"}:
            return
        items = (entry for entry in reversed(self.entries) if isinstance(entry, Item))
        for item in islice(items, 1, None):
            if item.is_assigned or not item.text.plain.endswith(";"):
                break
            item.add(duty, "B08")

    def _take_bracketed(self, line: Cell, brackets: list[tuple[int, int, Duty]], *, begins: int = 0) -> None:
        """Cut a line at its brackets; each says who does what stands before it. One whose words begin behind
        a dash is no more of the item above.
        """
        at = begins
        number: Cell | None = None
        level = UNNUMBERED
        for start, end, duty in brackets:
            text = line.part(at, start)
            at = end
            numbered = numbering(text)
            if numbered:
                level, number, text = numbered[0], number_of(text), numbered[2]
            if not text:
                self._add_to_last(duty)
                continue
            if number is None and not begins and (item := self._open_item()) is not None and not numbered:
                item.text = continued(self.sheet, item.text, text)
                item.add(duty, "B06")
                continue
            self._append(Item(level, number, text, duty, closed=True, rules=("B06",)))
            stops = _LEADING_STOPS.match(line.plain, at)
            at = stops.end() if stops else at
        self._rest(line.part(at, len(line.plain)), level, number)

    def _rest(self, rest: Cell, level: int, number: Cell | None) -> None:
        if not rest or not rest.plain.strip("。.;, "):
            return
        numbered = numbering(rest)
        if numbered and numbered[2]:
            self._begin(rest, numbered[0], numbered[2])
        elif label_pattern().match(rest.plain) and (duty := read_labels(rest)):
            self._add_to_last(duty)
        elif len(rest.plain) > 1:
            self._append(Item(level, number, rest))

    def _append(self, item: Item) -> None:
        self._settle_head(item.level)
        self.entries.append(item)

    def _settle_head(self, level: int) -> None:
        """The item above, when it stands higher and is nobody's task or only a few words, was a head."""
        last = self.entries[-1] if self.entries else None
        if not isinstance(last, Item) or last.level >= level or last.number is None or last.name:
            return
        words = last.level < 3 and is_head_text(last.text) and not _SENTENCE.search(last.text.plain)
        if not last.is_assigned or words:
            charges = [Charge(last.duty)] if last.is_assigned else []
            self.entries[-1:] = [as_head(last), *charges, *behind_head(last)]

    def _add_to_last(self, duty: Duty) -> None:
        """A bracket on a line of its own belongs to the item above."""
        for at in reversed(range(len(self.entries))):
            last = self.entries[at]
            if isinstance(last, Item):
                last.add(duty, "B06")
                return
            if isinstance(last, Prose):
                self.entries[at] = Item(UNNUMBERED, None, last.cell, duty, closed=True, rules=("B06",))
                return
