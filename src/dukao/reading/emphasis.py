"""Names set in bold among others in a list, marked as Markdown marks them: so some places say who leads.

Readers put `BOLD` and `PLAIN` around what is bold; `settle` takes them out again. Only a list of short names
of which some are bold and others not keeps marks (`**区发改局**、区财政局`): bold prose, heads and labels
say nothing that the words do not say. A cell that is bold as a whole stays between the signs (`settle_cell`):
whether others beside it are bold only the whole table shows.
"""

import re
from itertools import accumulate

# Two characters that no document may hold.
BOLD, PLAIN = "\ufdd0", "\ufdd1"
_SIGNS = re.compile(f"[{BOLD}{PLAIN}]")
_APART = re.compile(rf"{PLAIN}(\s*){BOLD}")
_LABEL = re.compile(r"[^：:、，,；;。\n]{2,10}[：:]\s*")
_NAME = re.compile(r"(?:[（(][^（）()]*[）)]|[^、，,；;\s（()）])+")
_LONGEST = 24
_NO_NAME = re.compile(r"[\d。！？!?*%：:]")
_STOP = "。.；;"


def settle(text: str) -> str:
    """The text of a cell or a paragraph, its bold names marked where they stand among others."""
    if BOLD not in text and PLAIN not in text:
        return text
    plain = _SIGNS.sub("", text)
    bold = _bold_letters(text)
    label = _LABEL.match(plain)
    names = [*_NAME.finditer(plain, label.end() if label else 0)]
    marked = [found for found in names if all(bold[slice(*_span(found))])]
    if not marked or len(marked) == len(names) or not all(_is_name(found, bold) for found in names):
        return plain
    for found in reversed(marked):
        start, end = _span(found)
        plain = f"{plain[:start]}**{plain[start:end]}**{plain[end:]}"
    return plain


def settle_cell(text: str) -> str:
    """The text of a cell settled; of one that is bold as a whole, between the signs."""
    said = settle(text)
    is_bold = BOLD in text and all(
        state
        for state, letter in zip(_bold_letters(text), _SIGNS.sub("", text), strict=False)
        if letter.strip()
    )
    return f"{BOLD}{said}{PLAIN}" if is_bold and said.strip() else said


def join_signs(text: str) -> str:
    """A text in which bold letters that only white space parts are bold together."""
    return _APART.sub(r"\1", text) if PLAIN in text else text


def unsign(text: str) -> str:
    """A text without signs."""
    return _SIGNS.sub("", text)


def _bold_letters(text: str) -> list[bool]:
    """For every character but the signs whether it is bold; a sign that is missing stands at the end."""
    states = accumulate(text, _after, initial=PLAIN in text and text.find(PLAIN) < (text + BOLD).find(BOLD))
    return [state for letter, state in zip(text, states, strict=False) if letter not in (BOLD, PLAIN)]


def _after(state: bool, letter: str) -> bool:
    return letter == BOLD or (state and letter != PLAIN)


def _span(found: "re.Match[str]") -> tuple[int, int]:
    """Where a name stands, without the stop behind it."""
    return found.start(), found.start() + len(found.group().rstrip(_STOP))


def _is_name(found: "re.Match[str]", bold: list[bool]) -> bool:
    """Whether something listed is as short as a name, and either all bold or not at all."""
    start, end = _span(found)
    name = found.string[start:end]
    return 1 < len(name) <= _LONGEST and not _NO_NAME.search(name) and len(set(bold[start:end])) == 1
