"""An official paper (公文) as plain values: what stands on it, not how it is set."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal[0, 1, 2, 3, 4]
Align = Literal["left", "center", "right"]
Form = Literal["document", "letter"]
# Three lines of characters.
_SHORT = 3 * 28


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: level 0 is body text, 1 to 4 are heads (一、 黑体; （一） 楷体; 1. and （1） 仿宋)."""

    words: str
    level: Level = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its share of the width, how its cells are set."""

    head: str
    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; one that spans several rows stands in the first, `None` in those below it."""

    words: str
    rows: int = 1


Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page and whose rows are never split.

    `note` stands below it, `caption` above it; `is_tight` sets it smaller, for many short rows.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    caption: str = ""
    is_tight: bool = False

    @property
    def percents(self) -> tuple[int, ...]:
        """How wide each column is of the whole."""
        shares = sum(column.share for column in self.columns)
        return tuple(round(100 * column.share / shares) for column in self.columns)


Block = Text | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: it begins a page of its own; `is_wide` sets it on landscape A4."""

    title: str
    blocks: tuple[Block, ...]
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with the elements of GB/T 9704-2012, 7.2 to 7.4.

    `mark` is the issuer's mark in red (发文机关标志; without it the paper is a plain enclosure), `number` the
    document number with hexagonal brackets, `addressees` without the colon, `remark` what stands in brackets
    below the date (附注) without them. `form` "letter" is 信函格式 (10.1). `is_sealed` leaves room for a
    seal. Every text is set as it is given; nothing is added but the forms the standard prescribes. A `title`
    with line ends keeps them.
    """

    title: str
    body: tuple[Block, ...]
    form: Form = "document"
    mark: str = ""
    number: str = ""
    addressees: str = ""
    signature: str = ""
    dated: date | None = None
    is_sealed: bool = True
    remark: str = ""
    annexes: tuple[Annex, ...] = ()
    copied_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None

    @property
    def has_imprint(self) -> bool:
        """Whether 版记 stands at the foot of the last page."""
        return bool(self.copied_to or self.printed_by)

    @property
    def kept_from(self) -> int:
        """From which block of the body on all stands on the page of the signature, which never stands alone.

        What lists the annexes goes with it; the last paragraph only where it is short, or nothing else would
        go: a long one would leave half a page empty.
        """
        last = self.body[-1] if len(self.body) > 1 else None
        goes = isinstance(last, Text) and (not self.annexes or len(last.words) <= _SHORT)
        return len(self.body) - 1 if goes and self.dated else len(self.body)

    @property
    def signs(self) -> tuple[str, ...]:
        """What stands at the head of each annex: 附件, or 附件1, 附件2 where there are several."""
        if len(self.annexes) == 1:
            return ("附件",)
        return tuple(f"附件{at}" for at in range(1, len(self.annexes) + 1))

    @property
    def attachments(self) -> tuple[str, ...]:
        """The lines of 附件说明, numbered where there are several; no mark stands after a name (7.3.4)."""
        names = [annex.title.replace("\n", "") for annex in self.annexes]
        return tuple(f"{at}. {name}" for at, name in enumerate(names, 1)) if len(names) > 1 else tuple(names)


def say_date(day: date) -> str:
    """A date as papers write it, in Arabic figures without leading zeros: 2024年3月7日."""
    return f"{day.year}年{day.month}月{day.day}日"
