"""The letters of a PDF page where they stand, and the lines they make."""

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from dukao.reading.emphasis import BOLD, PLAIN, join_signs
from dukao.reading.errors import refuse
from dukao.reading.pdf.faces import find_bold, key_of
from dukao.reading.pdf.turning import Turn, find_turn

_LEAST_TURN, _FULL_TURN = 0.01, 6.27  # radians: nearer to upright is upright
MOST_LETTERS = 200_000  # of one page
# A letter: itself, its left and right edge, the foot and the head of its line's height (up is positive), and
# whether it is bold among others that are not.
Letter = tuple[str, float, float, float, float, bool]
_LEFT, _FOOT = itemgetter(1), itemgetter(3)
# What begins a line and is never parted: a Latin word or a number, opening marks with the letter behind them.
_WHOLE = re.compile(
    r"[（“‘《〈【「〔(\[]*(?:[\x21-\x7e]+|[^\x21-\x7e])[，。、；：！？）”’》〉】」〕,.;:!?)%\]]*"
)
_DEEPER = 0.3  # of a letter's height: so much lower may others on its line stand
_MARK_DEEPER = 0.5  # the same, of the middle of a stop
_SMALL, _RAISED = 0.75, 0.2  # of the height of a line: what refers to a note is smaller and stands higher
_BRACKETS = "[]〔〕"
_RAISED_MARKS = frozenset("0123456789①②③④⑤⑥⑦⑧⑨⑩" + _BRACKETS)
_MARKS = frozenset("，、。；,.;")
_LOW = 0.7  # of a letter's height: lower ones are marks that stand on its line
# Chinese letters set further apart than this have a space between them: set to fill a line they stand closer.
_CHINESE_GAP = 0.32
# So far apart programs set Chinese letters and figures that have no space between them.
_MIXED_GAP = 0.4
# A line that ends as the name of a unit does, before one that begins so: the space between them went unseen.
_BETWEEN_NAMES = re.compile(r"[局委办会院处心团司队）)]\|[省市州县区旗各]|门\|各")
_NAME_ENDS = re.compile(r"(?:[局委办会院处心团司队所站社乡镇）)]|部门|单位)$")
_SPARE = (
    0.5  # sizes that a line ending as a name leaves over beside the next word, where that is another name
)


@dataclass(slots=True)
class Line:
    """Letters on one line: its words, its edges, the height of its letters, whether a space ends it.

    `breaks` are what is left white in it: before which of its `pieces`, from which edge to which,
    and the foot of what follows. `bold` says of every piece whether it is, where some are. `mark` is the
    raised number it begins with, as a note does; those elsewhere (`refers`) are no part of its words either.
    """

    text: str
    left: float
    right: float
    foot: float
    size: float
    is_spaced: bool = False
    breaks: "Sequence[tuple[int, float, float, float]]" = ()
    pieces: "Sequence[str]" = ()
    bold: "Sequence[bool]" = ()
    mark: str = ""
    refers: "Sequence[str]" = ()

    def signed(self) -> str:
        """The words with signs around what is bold, as `emphasis` reads them."""
        if not self.bold:
            return self.text
        joined = "".join(
            f"{BOLD}{piece}{PLAIN}" if is_bold and piece.strip() else piece
            for piece, is_bold in zip(self.pieces, self.bold, strict=True)
        )
        return join_signs(joined.strip())


def read_letters(name: str, page: Any) -> tuple[list[Letter], Turn]:
    """The letters of a page, in the order of the file, as they lie once it is turned upright, and its turn.

    Blanks that the page only implies are left out, and what is set aslant over it.
    """
    from pypdfium2 import raw

    words = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(words.raw)
        if count > MOST_LETTERS:
            raise refuse(name, "large", found=f"一页有 {count:,} 个字符")
        turn = _find_turn(raw, words.raw, count, page)
        letters = _take(raw, words.raw, count, find_bold(page), turn)
        if turn.quarters:
            letters = [_turned(turn, letter) for letter in letters]
        return letters, turn
    finally:
        words.close()


def _turned(turn: Turn, letter: Letter) -> Letter:
    char, left, right, foot, head, is_bold = letter
    left, foot, right, head = turn.lay(left, foot, right, head)
    return char, left, right, foot, head, is_bold


def _find_turn(raw: Any, words: Any, count: int, page: Any) -> Turn:
    angle_of = raw.FPDFText_GetCharAngle
    angles = {at: angle for at in range(count) if _LEAST_TURN < (angle := angle_of(words, at)) < _FULL_TURN}
    if not angles:
        return Turn()
    width, height = page.get_size()
    return find_turn(angles, count, (height, width) if page.get_rotation() % 180 else (width, height))


def _take(raw: Any, words: Any, count: int, bold: Set[int], turn: Turn) -> list[Letter]:
    letters: list[Letter] = []
    is_bold = False
    box, place = raw.FS_RECTF(), raw.FPDFText_GetLooseCharBox
    pointer = ctypes.byref(box)
    add, aslant = letters.append, turn.aslant
    for index, char in enumerate(_read_chars(raw, words, count)):
        if (char >= " ") and place(words, index, pointer):
            left, right, foot, head = box.left, box.right, box.bottom, box.top
            if right > left and head > foot and index not in aslant:
                if bold:
                    is_bold = key_of(raw.FPDFText_GetTextObject(words, index)) in bold
                add((char, left, right, foot, head, is_bold))
    return letters


def _read_chars(raw: Any, words: Any, count: int) -> Iterable[str]:
    """The characters of a page by their index: all at once where each is one unit of UTF-16."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(words, 0, count, buffer) == count + 1:
        text = bytes(buffer)[:-2].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    return _read_one_by_one(raw.FPDFText_GetUnicode, words, count)


def _read_one_by_one(unicode: Any, words: Any, count: int) -> Iterator[str]:
    """The same with rare characters, which come as two halves: the first says nothing, the second both."""
    high = 0
    for index in range(count):
        code = unicode(words, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            yield "\0"
        elif 0xDC00 <= code < 0xE000:
            yield chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else "\ufffd"
            high = 0
        else:
            yield chr(code) if code < 0x110000 else "\ufffd"


def set_lines(letters: Iterable[Letter]) -> list[Line]:
    """The lines that some letters make, from the top down, each from left to right."""
    rows: list[list[Letter]] = []
    row: list[Letter] = []
    foot, head, lowest = 0.0, -1.0, 0.0
    for letter in sorted(letters, key=_FOOT, reverse=True):
        middle = (letter[3] + letter[4]) / 2
        if foot < middle < head:
            row.append(letter)
            if lowest < letter[3] < foot:
                foot = letter[3]
        elif row and (foot + head) / 2 < letter[4] and head - foot < _LOW * (letter[4] - letter[3]):
            # Low letters, as commas are in some fonts, came before those of full height beside them.
            row.append(letter)
            foot, head = letter[3], letter[4]
            lowest = foot - _DEEPER * (head - foot)
        elif row and letter[0] in _MARKS and middle > lowest - (_MARK_DEEPER - _DEEPER) * (head - foot):
            # A stop beside words that stand lower than others on their line, as in a second column.
            row.append(letter)
        else:
            row = [letter]
            rows.append(row)
            foot, head = letter[3], letter[4]
            lowest = foot - _DEEPER * (head - foot)
    return [line for row in rows if (line := _set_line(row)).text]


def _set_line(row: list[Letter]) -> Line:
    """A line of its letters: a gap is a space, a wide one two, as between the columns of a table."""
    row.sort(key=_LEFT)
    is_spaced = bool(row) and row[-1][0] == " "
    while row and row[-1][0] == " ":
        row.pop()
    size = max([letter[4] - letter[3] for letter in row], default=0.0)
    mark, refers, row = _without_marks(row, size)
    narrow, wide = 0.25 * size, 1.4 * size
    pieces: list[str] = []
    edge = row[0][1] if row else 0.0
    before = ""
    breaks: list[tuple[int, float, float, float]] = []
    bold: list[bool] = []
    for char, left, right, foot, _, is_bold in row:
        gap = left - edge
        if gap > narrow and pieces and char != " ":
            breaks.append((len(pieces), edge, left, foot))
            if before == " ":
                pass
            elif gap > wide:
                pieces.append("  ")
                bold.append(False)
            elif gap > _space_from(before, char) * size:
                pieces.append(" ")
                bold.append(False)
        pieces.append(char)
        bold.append(is_bold)
        if right > edge:
            edge = right
        before = char
    text = "".join(pieces).strip()
    line = Line(text, row[0][1] if row else 0.0, edge, row[0][3] if row else 0.0, size, is_spaced)
    if breaks:
        line.breaks, line.pieces = breaks, pieces
    if True in bold:
        line.pieces, line.bold = pieces, bold
    line.mark, line.refers = mark, refers
    return line


def _without_marks(row: list[Letter], size: float) -> tuple[str, list[str], list[Letter]]:
    """The small raised number a line begins with, those behind its words, and its letters without them.

    Behind a Latin letter or a figure it is a power: 10², m².
    """
    if all(letter[4] - letter[3] >= _SMALL * size for letter in row):
        return "", [], row
    foot = next(letter[3] for letter in row if letter[4] - letter[3] == size)
    kept: list[Letter] = []
    marks: list[str] = []
    begun = -1  # how many letters stood before the last mark
    head = ""
    for letter in row:
        is_raised = letter[4] - letter[3] < _SMALL * size and letter[3] > foot + _RAISED * size
        before = kept[-1][0] if kept else ""
        is_power = before.isascii() and before.isalnum() and begun != len(kept)
        if not is_raised or letter[0] not in _RAISED_MARKS or is_power:
            kept.append(letter)
        elif not kept:
            head += letter[0]
        elif begun == len(kept):
            marks[-1] += letter[0]
        else:
            marks.append(letter[0])
            begun = len(kept)
    return head.strip(_BRACKETS), [mark.strip(_BRACKETS) for mark in marks], kept


def _space_from(before: str, after: str) -> float:
    """From which gap on, in sizes, a space stands between two letters: between Latin ones in every gap."""
    if before < "\u2000" and after < "\u2000":
        return 0.0
    return _MIXED_GAP if before < "\u2000" or after < "\u2000" else _CHINESE_GAP


def join_wrapped(lines: Sequence[Line], width: float) -> str:
    """Lines of one cell as its text: one that leaves room for the next word ends there, others go on.

    What is bold stands between signs.
    """
    text = ""
    for index, line in enumerate(lines):
        text += line.signed()
        if index + 1 < len(lines):
            text += seam(line, width - (line.right - line.left), lines[index + 1].text)
    return join_signs(text)


def seam(line: Line, left_over: float, after: str) -> str:
    """What stands between a line of a cell and the next: a break where it leaves enough over, a space, or
    nothing.
    """
    if has_room(line, left_over, after) and not line.text.endswith(("，", "、")):
        return "\n"
    is_name = _BETWEEN_NAMES.search(f"{line.text[-1]}|{after[0]}") or (
        _NAME_ENDS.search(line.text) and has_room(line, left_over, after, spare=_SPARE)
    )
    return " " if is_name else joint(line, after)


def has_room(line: Line, left_over: float, after: str, spare: float = 1.2) -> bool:
    """Whether what a line leaves over would have taken the next word and some sizes to spare: then it was
    ended on purpose.
    """
    whole = _WHOLE.match(after)
    letters = sum(0.55 if char < "\u2000" else 1.0 for char in whole.group()) if whole else 1.0
    return left_over > (max(letters, 1.0) + spare) * line.size


def joint(before: Line, after: str) -> str:
    """What stands between two lines that go on: the space that ended one, a space between Latin words."""
    last, first = before.text[-1:], after[:1]
    is_latin = last.isascii() and first.isascii() and last.isalpha() and first.isalpha()
    return " " if is_latin or before.is_spaced else ""
