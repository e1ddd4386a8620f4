"""Which head a row stands under, and the names that heads get: "二", "二（一）", "1"."""

import re
from dataclasses import dataclass, field, replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import WHO, column_of
from dukao.breakdown.duties.labels import Duty, stated_by_words
from dukao.breakdown.duties.leaders import leaders_of_head, read_leaders
from dukao.breakdown.layouts.rows import Charge, Entry, Head, Prose, Row
from dukao.breakdown.layouts.tables.categories import head_of
from dukao.breakdown.lettering import closed_up
from dukao.breakdown.values import Group, Leader

_LIVELIHOOD = re.compile(r"民生实事|实事项目|实事工程|[十\d](?:件|个|项|大)?(?:民生)?实事")
_WORK = re.compile(r"重点工作|工作报告")
# "四、用心办好民生实事" among the chapters of a work report: what is to be done there, no list of projects.
_CHAPTER = re.compile(
    r"(?:办好|办实|做好|抓好|抓实|聚力|聚焦|着力|用心|扎实|持续|全力|突出|改善|增进|保障).{0,16}民生实事$"
)
_LONGEST_NOTE = 60
_PARTS = "牵头|主办|主责|配合|协办|协助|参与|负责"
# "…6%。（牵头）", "…6% 牵头", "…6%——配合"
_PART = re.compile(rf"(?:(?<!\s)\s*\((?:{_PARTS})\)|(?:(?<![ \t])[ \t]+|——?|--?)(?:{_PARTS}))[。;]?$")
_PART_WORD = re.compile(_PARTS)
# A head that only says what kind of lines follow ("具体任务、完成时限及责任单位") names no matter.
_KIND_ONLY = re.compile(
    r"(?:主要|具体|工作|目标|任务|重点|措施|内容|完成|时限|时间|要求|责任|单位|分工|安排|、|及|和|与|:)+"
)


@dataclass(slots=True)
class Place:
    """A head with what stands right under it."""

    id: str
    heads: tuple[Head, ...]
    leaders: tuple[Leader, ...] = ()
    charge: Duty | None = None
    livelihood: bool = False
    notes: list[Cell] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def shown_notes(self) -> list[Cell]:
        """The first line below the head, where it is short enough for a note on it."""
        longest = _LONGEST_NOTE if not self.rows else _LONGEST_NOTE // 3 - 1
        return [note for note in self.notes[:1] if len(note.plain) <= longest]

    def as_group(self) -> Group:
        """The group; one without a head stands where its first row does."""
        start = self.rows[0].task.start if self.rows else 0
        title = self.heads[-1].title if self.heads else None
        short = next(iter(self.shown_notes), None)
        return Group(
            self.id,
            closed_up(title.text) if title else "",
            self.leaders,
            short.text if short else None,
            title.start if title else start,
            title.end if title else start,
        )


class Grouper:
    """Sorts entries under their heads."""

    def __init__(self) -> None:
        self.title: Head | None = None
        self.titles: list[str] = []
        self.stack: list[Head] = []
        self.places: list[Place] = []
        self.here: Place | None = None
        self.charges: dict[int, Duty] = {}
        self.category: Head | None = None
        self.used: set[str] = set()
        self.unnumbered = 0

    def sort(self, entries: list[Entry]) -> list[Place]:
        """The places that hold rows, or name a leader."""
        for entry in entries:
            if isinstance(entry, Head):
                self._take_head(entry)
                self.category = None
            elif isinstance(entry, Row):
                row = self._sorted(entry)
                self._end_items(row)
                self._place().rows.append(_charged(row, self._place().charge))
            elif isinstance(entry, Charge):
                self._take_charge(entry.duty)
            elif isinstance(entry, Prose) and self.places and not self.places[-1].rows and self.stack:
                self.places[-1].notes.append(entry.cell)
        return [place for place in self.places if place.rows or place.leaders]

    def _take_head(self, head: Head) -> None:
        self.here = None
        if head.level == 0:
            self.title, self.stack = head, []
            self.titles.append(head.title.text)
            self.places.append(self._open((head,)))
            return
        if head.level > 1 and self.stack and _KIND_ONLY.fullmatch(head.title.plain):
            return
        self.stack = [above for above in self.stack if above.level < head.level] + [head]
        self.places.append(self._open(tuple(self.stack)))

    def _sorted(self, row: Row) -> Row:
        """The row under the head of its category; of livelihood projects it is the project's name."""
        if row.category and (row.livelihood or self._is_livelihood(tuple(self.stack))):
            return replace(row, category=None, project=row.project or row.category)
        head = head_of(row)
        if head is None and self.category is not None:
            self.stack = [above for above in self.stack if above is not self.category]
            self.places.append(self._open(tuple(self.stack)))
            self.category = None
        elif head is not None and (self.category is None or not _is_same(head, self.category)):
            self._take_head(head)
            self.category = head
        return row

    def _end_items(self, row: Row) -> None:
        """An item that turned out the head of those below it ("1." above "△") ends with the next like it."""
        if row.layout != "paragraph" or not self.stack or not 3 <= row.level <= self.stack[-1].level:
            return
        self.stack = [above for above in self.stack if above.level < row.level]
        known = [place for place in self.places if place.heads == tuple(self.stack)]
        if not known or not known[-1].rows:
            # Its rows stand below the part of it that came before.
            empty = known[-1] if known else None
            self.places = [place for place in self.places if place is not empty]
            self.places.append(self._open(tuple(self.stack)))
            self.places[-1].notes += empty.notes if empty else []
        self.here = known[-1] if known and known[-1].rows else None

    def _take_charge(self, duty: Duty) -> None:
        """Labels under a head hold for the rows below it; under a mere title they are the page's, unless they
        name a leader: that is the head of what stands below.
        """
        if duty.leaders and not duty.stated and (not self.stack or self.places[-1].rows):
            head = Head(1, "", duty.leaders, duty.leaders.start, duty.leaders.end)
            self.charges[head.start] = duty
            self._take_head(head)
        elif self.stack and self.places and not self.places[-1].rows:
            head = self.stack[-1]
            above = self.charges.get(head.start)
            self.charges[head.start] = above.joined(duty) if above else duty
            self.places[-1] = self._open(self.places[-1].heads)

    def _place(self) -> Place:
        if not self.places:
            self.places.append(self._open(()))
        return self.here or self.places[-1]

    def _open(self, heads: tuple[Head, ...]) -> Place:
        leaders: tuple[Leader, ...] = ()
        charge: Duty | None = None
        for head in reversed(heads):
            own = self.charges.get(head.start)
            charge = charge or own
            leaders = leaders or leaders_of_head(head.title) or _leaders_of(own)
        return Place("", heads, leaders, charge, self._is_livelihood(heads))

    def _is_livelihood(self, heads: tuple[Head, ...]) -> bool:
        titled = self.title is not None and not _is_of_livelihood(self.title)
        named = [head for head in heads if not (titled and head.number and _CHAPTER.search(head.title.plain))]
        return any(_is_of_livelihood(head) for head in (self.title, *named) if head is not None)

    def name(self, place: Place) -> str:
        """The id of a place: the numbers of its heads, or a count of its own where there are none."""
        numbers = [_number(head) for head in place.heads if head.level > 0]
        whole = "".join(numbers) if numbers and all(numbers) else ""
        if not whole:
            self.unnumbered += 1
            whole = str(self.unnumbered)
        unique, count = whole, 1
        while unique in self.used:
            count += 1
            unique = f"{whole}（{count}）" if whole.isdigit() else f"{whole}·{count}"
        self.used.add(unique)
        return unique


def _is_of_livelihood(head: Head) -> bool:
    return bool(_LIVELIHOOD.search(head.title.plain) and not _WORK.search(head.title.plain))


def _is_same(head: Head, other: Head) -> bool:
    return (head.level, closed_up(head.title.plain)) == (other.level, closed_up(other.title.plain))


def _leaders_of(duty: Duty | None) -> tuple[Leader, ...]:
    return read_leaders(duty.leaders, bare="any") if duty and duty.leaders else ()


def _charged(row: Row, charge: Duty | None) -> Row:
    """The row with what its head says, where it does not say it itself; a table with a column of who leads
    names its own. One that names only who helps is still led by whom its head names.
    """
    if charge is None or not row.columns.isdisjoint({*WHO} - {"supporting"}):
        return row
    helped = all(column == "supporting" for column, _ in row.stated)
    charged = _by_words(row, charge) if helped and charge.stated else row
    rules = (*row.rules, "B09") if charged.stated != row.stated else row.rules
    return replace(charged, deadline=row.deadline or charge.deadline, rules=rules)


def _by_words(row: Row, charge: Duty) -> Row:
    """The row with the units of its head, as its own words say what part they have: "配合…", "…（牵头）"."""
    match charge.stated:
        case (("responsible", units),) if not row.stated:
            part = _PART.search(row.task.plain)
            said = _PART_WORD.search(part.group()) if part else None
            column = column_of(said.group() + "单位") if said else None
            if part and column and part.start():
                return replace(row, task=row.task.part(0, part.start()), stated=((column, units),))
            return replace(row, stated=stated_by_words(row.task, units))
    return replace(row, stated=(*charge.stated, *row.stated))


def _number(head: Head) -> str:
    """The number of a head as it is said beside the others."""
    return f"（{head.number}）" if head.number and head.level in (2, 6) else head.number


def name_places(grouper: Grouper, places: list[Place]) -> None:
    """Give every place its id, in the order of the document."""
    for place in places:
        place.id = grouper.name(place)
