"""The measures of GB/T 9704-2012: one place for every length both renderers use.

Lengths are millimetres or points as named. 版心 is 156 mm by 225 mm: 22 lines of 28 characters in 3号 (16 pt).
"""

PAGE = (210.0, 297.0)
TOP, LEFT, BOTTOM, RIGHT = 37.0, 28.0, 35.0, 26.0
LINES, CHARACTERS = 22, 28
POINTS = 72 / 25.4  # to the millimetre

BODY = 16.0  # 3号
TITLE = 22.0  # 2号
SMALL = 14.0  # 4号: page numbers, 版记
CELL = 12.0  # 小四: tables of annexes; the standard leaves them free
MARK = 40.0  # the issuer's mark: free, smaller than 上级机关的; shrunk to fit the width
LINE = (PAGE[1] - TOP - BOTTOM) * POINTS / LINES  # 28.99 pt from line to line
ADVANCE = (PAGE[0] - LEFT - RIGHT) * POINTS / CHARACTERS  # 15.79 pt from character to character
MARK_BELOW_TOP = 35.0  # from the top of 版心 to the top of the mark
RULE_BELOW_NUMBER = 4.0
FOOT_BELOW_TEXT = 7.0  # from the bottom of 版心 to the dash of the page number
THICK, THIN = 0.35, 0.25  # rules of 版记
RED = "#FF0000"


def title_characters() -> int:
    """How many full-width characters of a title fit into one line."""
    return int((PAGE[0] - LEFT - RIGHT) * POINTS / TITLE)
