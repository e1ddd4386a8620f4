"""An official paper (公文) as plain values: what stands on it, not how it is set."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Level = Literal[0, 1, 2, 3, 4]
Align = Literal["left", "center"]

_NUMBER = re.compile(r"^(?P<letters>\S+?)〔(?P<year>\d{4})〕(?P<order>[1-9]\d*)号$")


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
    """A table whose head is repeated on every page and whose rows are never split; `note` stands below it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""


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
    below the date (附注) without them. Every text is set as it is given; nothing is added but the forms the
    standard prescribes.
    """

    title: str
    body: tuple[Block, ...]
    mark: str = ""
    number: str = ""
    addressees: str = ""
    signature: str = ""
    dated: date | None = None
    remark: str = ""
    annexes: tuple[Annex, ...] = ()
    copied_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    attachments: tuple[str, ...] = field(default=())

    @property
    def attachment_names(self) -> tuple[str, ...]:
        """The names in 附件说明: those given, else the titles of the annexes."""
        return self.attachments or tuple(annex.title for annex in self.annexes)


def is_document_number(number: str) -> bool:
    """Whether a document number is written as the standard asks: 临政办〔2024〕7号, no 第, no leading 0."""
    return bool(_NUMBER.match(number))


def say_date(day: date) -> str:
    """A date as papers write it, in Arabic figures without leading zeros: 2024年3月7日."""
    return f"{day.year}年{day.month}月{day.day}日"
