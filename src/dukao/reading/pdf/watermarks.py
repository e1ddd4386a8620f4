"""Watermarks of a PDF page that stand upright: large words set over, or under, those of the page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from statistics import median

from dukao.reading.pdf.letters import Letter

_LARGER = 1.25  # times the usual letters of the page
_MOST = 500  # large letters of one page; what has more of them is no page with a watermark
_COVERING = 1 / 3  # of a line's letters that others stand in
_INNER = 0.2  # of a letter's height: so far from its foot and head its inside begins
_STEP = 20.0  # points: how far apart the places are that letters are sorted by
_ASIDE = 0.3  # of a letter's height: so far from the middle of its line one may stand
_Places = Mapping[tuple[int, int], list[tuple[float, float]]]


def without_watermarks(letters: list[Letter]) -> list[Letter]:
    """The letters without the large lines in whose letters smaller ones stand: nothing of a page does so."""
    heights = [letter[4] - letter[3] for letter in letters if letter[0] != " "]
    least = _LARGER * median(heights) if heights else 0.0
    large = [letter for letter in letters if letter[4] - letter[3] > least]
    if not large or len(large) > _MOST:
        return letters
    places = _places(letter for letter in letters if letter[4] - letter[3] <= least)
    lines = [*_lines(large)]
    words = {_words(line) for line in lines if _covers(line, places)}
    marks = {id(letter) for line in lines if _words(line) in words for letter in line}
    return [letter for letter in letters if id(letter) not in marks] if marks else letters


def _lines(letters: list[Letter]) -> Iterator[list[Letter]]:
    """The letters that stand on one line together, whatever fonts they are of."""
    line: list[Letter] = []
    for letter in sorted(letters, key=_middle):
        if line and _middle(letter) - _middle(line[0]) > _ASIDE * (letter[4] - letter[3]):
            yield line
            line = []
        line.append(letter)
    yield line


def _middle(letter: Letter) -> float:
    return (letter[3] + letter[4]) / 2


def _words(line: list[Letter]) -> str:
    return "".join(letter[0] for letter in sorted(line, key=lambda letter: letter[1])).strip()


def _places(letters: Iterable[Letter]) -> _Places:
    """The middles of letters, sorted by where on the page they stand."""
    places: defaultdict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for char, left, right, foot, head, _ in letters:
        if char != " ":
            x, y = (left + right) / 2, (foot + head) / 2
            places[int(x // _STEP), int(y // _STEP)].append((x, y))
    return places


def _covers(line: list[Letter], places: _Places) -> bool:
    return sum(_holds(letter, places) for letter in line) >= _COVERING * len(line)


def _holds(letter: Letter, places: _Places) -> bool:
    """Whether the middle of another letter stands inside a large one."""
    _, left, right, foot, head, _ = letter
    inner = _INNER * (head - foot)
    low, high = foot + inner, head - inner
    return any(
        left < x < right and low < y < high
        for column in range(int(left // _STEP), int(right // _STEP) + 1)
        for row in range(int(low // _STEP), int(high // _STEP) + 1)
        for x, y in places.get((column, row), ())
    )
