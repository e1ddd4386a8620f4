"""The measures of GB/T 9704-2012: one place for every length both renderers use.

Lengths are millimetres or points, as said. 版心 is 156 mm by 225 mm: 22 lines of 28 characters
in 3号 (16 pt).
"""

from math import floor

POINTS = 72 / 25.4  # to the millimetre

PAGE = (210.0, 297.0)
TOP, LEFT, BOTTOM, RIGHT = 37.0, 28.0, 35.0, 26.0
TEXT = (PAGE[0] - LEFT - RIGHT, PAGE[1] - TOP - BOTTOM)
LINES, CHARACTERS = 22, 28

# Points.
BODY = 16.0  # 3号
TITLE = 22.0  # 2号
SMALL = 14.0  # 4号: page numbers, 版记
CELL, TIGHT_CELL = 12.0, 10.5  # 小四 and 5号: the standard leaves tables free
MARK = 40.0  # the issuer's mark: free; shrunk to fit the width
# A line's pitch and a character's advance, a hair less than 225 mm / 22 and 156 mm / 28: in whole twips.
LINE = 28.9
ADVANCE = 15.75
TITLE_LINE = 33.3
CELL_LINE, TIGHT_CELL_LINE = 17.0, 13.5
SMALL_LINE = 20.0
CELL_SIDES, CELL_ENDS = 4.0, 3.0  # from the rule of a table to its words
BORDER = 0.5
RED_RULE = 1.5
LETTER_NUMBER_BELOW_RULE = BODY * 7 / 8

# Millimetres.
MARK_BELOW_TOP = 35.0  # from the top of 版心 to the top of the mark
RULE_BELOW_NUMBER = 4.0
FOOT_BELOW_TEXT = 7.0  # from the bottom of 版心 to the dash of the page number
THICK, THIN = 0.35, 0.25  # rules of 版记
# 信函格式: the mark below the edge of the page; the double rules, and the lower one above the edge.
LETTER_MARK_BELOW_EDGE, LETTER_RULE, LETTER_RULE_ABOVE_EDGE = 30.0, 170.0, 20.0
RED = "#FF0000"

# Where ink stands in the em square of a Chinese font: above the baseline and below it.
ASCENT, DESCENT = 0.88, 0.12


def baseline(size: float, line: float) -> float:
    """From the top of a line to its baseline, where the em square stands in the middle of the line."""
    return (line - size) / 2 + ASCENT * size


def mark_size(characters: float) -> float:
    """The size of a mark as long as that: the usual one, or what fills the width of 版心; in half points."""
    return min(MARK, floor(2 * (TEXT[0] * POINTS - 1) / max(characters, 1)) / 2)


def title_characters() -> int:
    """How many full-width characters of a title fit into one line."""
    return int(TEXT[0] * POINTS / TITLE)
