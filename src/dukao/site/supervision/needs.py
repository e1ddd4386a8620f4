"""What waits for somebody: one line of the first page, with how many, where to go and by when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Need:
    """`count` things of one sort that wait; `words` name them after the figure: 4 “项待签收”."""

    count: int
    words: str
    address: str
    due: date | None = None
