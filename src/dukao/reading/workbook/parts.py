"""The XML of a workbook's sheets and shared strings, cut into rows and strings: what is held is one piece.

What nearly every program writes is taken by one pattern. A string or a row that is written otherwise (other
quotes, prefixes, formatted runs, comments) is parsed as XML, by itself.
"""

import codecs
import html
import re
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from dukao.reading.emphasis import BOLD, PLAIN, settle
from dukao.reading.errors import refuse
from dukao.reading.packages import Package, parse_xml

MOST_STRINGS = 4_000_000
_MANY, _MUCH = 100_000, 2_000_000  # strings, and characters of them: more are put into a file
_RUN, _OFTEN, _HELD = 256, 16, 16
MOST_IN_ONE = 16_000_000  # characters of one row, one string, or what stands before the first
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_ROOT = re.compile(r"<(?P<prefix>(?:[\w.-]+:)?)(?:worksheet|sst)\b[^>]*>")
_DEFINED = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_RUN_OF_TEXT = re.compile(r'<t(?: xml:space="preserve")?>([^<]*)</t>')
# Never goes back, and never past the next run: linear whatever is written there.
_SET_RUN = re.compile(r"(<r><rPr>((?:<(?!/?rPr>|r>)[^<>]*+>)*+)</rPr><t(?: [^<>]*+)?>)([^<]*+)</t>")
_STRING = re.compile(
    r'<si><t(?: xml:space="preserve")?>([^<]*)</t>(?:<phoneticPr [^<>]*/>)?</si>\s*|<si/>\s*'
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGE = re.compile(
    rb"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})["']"""
)
# A row or a run of columns that is not shown, its number or the first and the last of them.
_HIDDEN = re.compile(
    rb"""<(?:[\w.-]+:)?(row|col)\s(?=[^<>]*?\shidden\s*=\s*["'](?:1|true)["'])(?=[^<>]*?\b(?:r|min)\s*=\s*["'](\d{1,7})["'])"""
    rb"""(?:(?=[^<>]*?\bmax\s*=\s*["'](\d{1,5})["']))?"""
)
_FILLED = re.compile(rb"""<(?:[\w.-]+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']([A-Z]{1,3})\d{1,7}["'][^<>/]*>""")
_FILLED_FIRST = re.compile(rb'<c r="A\d++"[^<>/]*+>')
_SEAM = 200  # bytes that two pieces share, so that nothing is cut in two
MOST_COLUMNS = 16_384


@dataclass(slots=True)
class Survey:
    """What is known of a sheet before its rows are read.

    `first` is how many columns are empty before the first filled one, `size` the bytes of its XML; `merges`
    are first row, last row (from 1) and column (from 0) of merged cells that reach down. `hidden_rows`
    (from 1) and `hidden_columns` (from 0) are not shown.
    """

    first: int = 0
    is_filled: bool = False
    size: int = 0
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def survey_sheet(package: Package, part: str, most: int) -> Survey:
    """Go once over a sheet that may have `most` bytes: its size, where it begins, its merged cells."""
    survey = Survey(first=MOST_COLUMNS)
    tail = b""
    for chunk in package.chunks(part):
        survey.size += len(chunk)
        if survey.size > most:
            break
        piece = tail + chunk
        if survey.first:
            _find_first(survey, piece)
        survey.is_filled = survey.is_filled or survey.first < MOST_COLUMNS or b"<v>" in piece
        if b"mergeCell" in piece:
            found = _MERGE.finditer(piece)
            survey.merges += [(int(m[2]), int(m[3]), column_of(m[1].decode())) for m in found]
        if b"hidden" in piece:
            _find_hidden(survey, piece)
        tail = piece[-_SEAM:]
    survey.first %= MOST_COLUMNS
    survey.merges = sorted({merge for merge in survey.merges if merge[1] > merge[0]})
    return survey


def _find_hidden(survey: Survey, piece: bytes) -> None:
    for kind, first, last in _HIDDEN.findall(piece):
        if kind == b"row":
            survey.hidden_rows.add(int(first))
        else:
            columns = range(int(first) - 1, min(int(last or first), MOST_COLUMNS))
            survey.hidden_columns.update(columns)


def _find_first(survey: Survey, piece: bytes) -> None:
    if _FILLED_FIRST.search(piece):
        survey.first = 0
    elif letters := set(_FILLED.findall(piece)):
        survey.first = min(survey.first, *(column_of(one.decode()) for one in letters))


def column_of(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


@dataclass(slots=True)
class Part:
    """A part being cut into its elements `name`; `prefix` and `root` are those of its outermost element."""

    package: Package
    part: str
    name: str
    prefix: str = ""
    root: str = ""
    is_odd: bool = False

    def elements(self) -> Iterator[list[str]]:
        """The elements of the part as far as a piece reaches, each without the name it begins with."""
        rest, mark = "", ""
        for text in self._texts():
            rest += text
            if not self.root and not self._begin(rest):
                self._check_length(rest)
                continue
            mark = f"<{self.prefix}{self.name}"
            cut = rest.rfind(mark)
            if cut > 0:
                yield self._split(rest[:cut], mark)
                rest = rest[cut:]
            if f"</{self.prefix}sheetData" in rest:
                break
            self._check_length(rest)
        if mark:
            last = rest.partition(f"</{self.prefix}sheetData")[0].partition(f"</{self.prefix}sst")[0]
            yield self._split(last, mark)
        elif not self.root:
            raise refuse(self.package.name, "damaged", found=" Excel 工作簿")

    def _split(self, piece: str, mark: str) -> list[str]:
        self.is_odd = bool(self.prefix) or "<!" in piece
        return piece.split(mark)[1:]

    def _begin(self, text: str) -> bool:
        found = _ROOT.search(text)
        if _DEFINED.search(text, 0, found.end() if found else len(text)):
            raise refuse(self.package.name, "hostile", found="带有外部定义（DTD）")
        if found:
            self.prefix, self.root = found["prefix"], found.group()
        return found is not None

    def _check_length(self, rest: str) -> None:
        if len(rest) > MOST_IN_ONE:
            said = f"{self.part} 里有一项超过 {MOST_IN_ONE // 10_000:,} 万字"
            raise refuse(self.package.name, "large", found=said)

    def _texts(self) -> Iterator[str]:
        decoder = None
        for chunk in self.package.chunks(self.part):
            if decoder is None:
                encoding = next((wide for lead, wide in _WIDE.items() if chunk.startswith(lead)), "utf-8-sig")
                decoder = codecs.getincrementaldecoder(encoding)()
            yield decoder.decode(chunk)

    def parse(self, element: str) -> Iterator[tuple[str, dict[str, str], str]]:
        """An element as XML by itself: name, attributes and text of everything in it, the outer first."""
        end = f"</{self.root[1:].split()[0].rstrip('/>')}>"
        whole = f"{self.root.rstrip('/>')}><{self.prefix}{self.name}{element}{end}"
        for found in parse_xml(self.package.name, whole.encode("utf-8", "replace")).iter("{*}*"):
            text = found.text or ""
            yield str(found.tag).rpartition("}")[2], {str(k): str(v) for k, v in found.attrib.items()}, text


class FiledStrings:
    """Very many shared strings, in a file that goes when they go: in memory they would stand twice, here and
    in the text.

    Mostly they are asked for in their order: the bytes of a run of which many are asked for are held.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        self._ends = array("Q", [0])
        self._asked: Counter[int] = Counter()
        self._runs: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, index: int) -> str:
        start, end = self._ends[index], self._ends[index + 1]
        number = index // _RUN
        run = self._runs.get(number)
        if run is None:
            self._asked[number] += 1
            if self._asked[number] < _OFTEN:
                return self._read(start, end).decode("utf-8", "surrogatepass")
            run = self._take_up(number)
        first = self._ends[number * _RUN]
        return run[start - first : end - first].decode("utf-8", "surrogatepass")

    def extend(self, strings: list[str]) -> None:
        """Put strings behind those that are there."""
        pieces = [string.encode("utf-8", "surrogatepass") for string in strings]
        rest = memoryview(b"".join(pieces))
        while rest:
            rest = rest[self._file.write(rest) :]
        last = self._ends.pop()
        self._ends.extend(accumulate(map(len, pieces), initial=last))

    def _take_up(self, number: int) -> bytes:
        """The bytes of a run of strings, held from now on in place of those held longest."""
        last = min((number + 1) * _RUN, len(self))
        run = self._runs[number] = self._read(self._ends[number * _RUN], self._ends[last])
        self._asked[number] = 0
        if len(self._runs) > _HELD:
            del self._runs[next(iter(self._runs))]
        return run

    def _read(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        return self._file.read(end - start)


Strings = list[str] | FiledStrings


def read_strings(package: Package, name: str, most: int, *, marks_bold: bool = False) -> Strings:
    """The shared strings of a workbook; SourceError where they are more than `most` characters.

    `marks_bold` keeps what `emphasis` keeps of bold letters.
    """
    part = Part(package, name, "si")
    filed: FiledStrings | None = None
    strings: list[str] = []
    size = 0
    for elements in part.elements():
        strings += (found := _strings_of(part, elements, marks_bold))
        size += sum(map(len, found))
        if size > most or len(strings) + (len(filed) if filed else 0) > MOST_STRINGS:
            said = f"文字超过 {most // 10_000:,} 万字，或者多于 {MOST_STRINGS // 10_000} 万处"
            raise refuse(package.name, "large", found=said)
        if strings and (filed or len(strings) > _MANY or size > _MUCH):
            filed = filed or FiledStrings()
            filed.extend(strings)
            strings.clear()
    if filed and strings:
        filed.extend(strings)
    return filed or strings


def _strings_of(part: Part, elements: list[str], marks_bold: bool) -> list[str]:
    whole = "<si" + "<si".join(elements) if elements else ""
    found: list[str] = _STRING.findall(whole)
    if len(found) != len(elements) or part.is_odd:
        return [_join_runs(part, element, marks_bold) for element in elements]
    return [unescape(text) for text in found] if "&" in whole or "_x" in whole else found


def _join_runs(part: Part, element: str, marks_bold: bool) -> str:
    """The words of a string of several runs, without the readings that stand above characters."""
    if marks_bold and not part.is_odd and "<b/>" in element:
        element = _SET_RUN.sub(_mark, element)
        return settle(_join_runs(part, element, marks_bold=False))
    runs = _RUN_OF_TEXT.findall(element)
    if not part.is_odd and "<rPh" not in element and len(runs) == element.count("<t>") + element.count("<t "):
        return unescape("".join(runs))
    text, is_reading = "", False
    for name, _, own in part.parse(element):
        if name == "rPh":
            is_reading = True
        elif name == "t":
            text += "" if is_reading else own
            is_reading = False
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _mark(found: "re.Match[str]") -> str:
    """A run with its words marked where they are set in bold."""
    head, setting, words = found.groups()
    return f"{head}{BOLD}{words}{PLAIN}</t>" if "<b/>" in setting else found.group()


def unescape(text: str) -> str:
    """A text of XML as it is meant; "_x000D_" is how workbooks write what XML cannot hold."""
    if "&" in text:
        text = html.unescape(text)
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: "re.Match[str]") -> str:
    return chr(int(found.group(1), 16))
