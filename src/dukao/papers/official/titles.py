"""Where a title breaks: lines as even as may be, no word torn (GB/T 9704-2012, 7.3.1).

回行时，要做到词意完整，排列对称，长短适宜，间距恰当: a trapezium or a rhombus, by hand or by this.
"""

import re
from itertools import pairwise

# A line may end behind these, or before those: what keeps a phrase whole.
_BEHIND = re.compile(
    "办公室|办公厅|人民政府|委员会|政府工作报告|责任分解|实施方案|工作方案|任务分工|重点工作|》|的|、|，"
)
_BEFORE = re.compile(
    "关于|和|及|与|的通知|的通报|的函|的报告|的意见|的说明|责任分解|重点工作|民生实事|部分事项|（"
)
# These stand whole, and never alone at the end or the beginning of a line.
_CLINGS = ("的", "通知", "通报", "函", "意见的函", "意见（")


def break_title(title: str, longest: int) -> tuple[str, ...]:
    """The lines of a title of at most `longest` full-width characters; a title with line ends keeps them."""
    if "\n" in title:
        return tuple(title.split("\n"))
    if width(title) <= longest:
        return (title,)
    wanted = -(-_ceil(width(title)) // longest)
    for count in range(wanted, wanted + 3):
        lines = _best(title, count, longest)
        if lines:
            return lines
    return tuple(title[at : at + longest] for at in range(0, len(title), longest))


def width(text: str) -> float:
    """Width in full-width characters: ASCII letters are halves, a quarter stands beside Chinese."""
    gaps = sum(_is_gap(first, second) for first, second in pairwise(text))
    return sum(0.5 if letter.isascii() else 1.0 for letter in text) + gaps / 4


def _is_gap(first: str, second: str) -> bool:
    return first.isalnum() and second.isalnum() and first.isascii() != second.isascii()


def _ceil(value: float) -> int:
    return int(value) + (value > int(value))


def _best(title: str, count: int, longest: int) -> tuple[str, ...] | None:
    """The most even division into `count` lines at places where a line may end; None where there is none."""
    places = [at for at in _places(title) if 0 < at < len(title)]
    even = width(title) / count
    # Where a division has come to → what it costs, and its lines.
    found: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for number in range(1, count + 1):
        ends = [len(title)] if number == count else places
        following: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in found.items():
            for at in ends:
                wide = width(title[start:at])
                if not 0 < wide <= longest or at <= start:
                    continue
                way = (cost + (wide - even) ** 2, (*lines, title[start:at]))
                following[at] = min(way, following.get(at, way))
        found = following
    return found[len(title)][1] if len(title) in found else None


def _places(title: str) -> list[int]:
    ends = {found.end() for found in _BEHIND.finditer(title)} | {
        found.start() for found in _BEFORE.finditer(title)
    }
    # 的通知 goes with what it closes: the line breaks before the phrase, not before 的.
    return sorted(at for at in ends if not title[at:].startswith(_CLINGS))
