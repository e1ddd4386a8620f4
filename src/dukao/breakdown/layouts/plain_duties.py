"""Breakdowns in plain sentences, without table, label or bracket: "县财政局：压减一般性支出。保障民生支出。"

Who does it stands before the duties, each sentence of which is a row, or behind one: "办好庙会，由县文旅局
负责". Such sentences stand in other papers too: they are read only where a document has no other rows, says
that it parts work, and consists of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.behind import part_limit
from dukao.breakdown.duties.columns import column_of, label_pattern
from dukao.breakdown.duties.labels import Duty, are_charged, duty_of, stated_by_words
from dukao.breakdown.duties.leaders import read_leaders
from dukao.breakdown.duties.units import is_group, is_unit
from dukao.breakdown.layouts.headings import is_annex_mark, is_aside, read_head
from dukao.breakdown.layouts.numbering import numbering
from dukao.breakdown.layouts.rows import Entry, Head, Prose, Row

_FEWEST = 2  # lines that name units, and rows
_LONGEST_DUTY = 200  # letters that say who does it
_BARE_HEAD = 1  # the level of a head without a number
_LEAST_LETTERS = 6  # of a line that says something
_LONGEST_TITLE = 60
_WORK = re.compile("分工|分解|任务|责任|职责")
_LEADS_IN = re.compile("现将|如下|:$")
_OTHER_PAPER = re.compile("电话|通讯录|名单|指南|公告|答复|召开|(?:条例|办法|规定|细则)$")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+条")
_NUMBERS_ONLY = re.compile(r"(?:\D{0,3}(?:电话|传真|邮编|手机)\D{0,4})?\d[\d\s\-—+()转、,;./]*")
_ARROW = "(?:[→⇒➔➡]|[-=]>)"
_UNITS_FIRST = re.compile(rf"(?P<who>[^:。;!?\n]{{2,60}}?)\s*(?::|{_ARROW})\s*")
# behind a number also "一、区水务局。疏浚南塘河。"
_UNITS_RUN_IN = re.compile(rf"(?P<who>[^:。;!?\n]{{2,60}}?)\s*(?:(?::|{_ARROW})\s*|。\s*(?=\S))")
_CHARGED = re.compile(
    r"由?(?P<who>(?:自由|[^:。;!?\n由]){2,40}?(?:牵头负责|负责牵头|牵头|负责))(?![,。;、的人制单部]|$)\s*(?P<rest>\S.*)",
    re.S,
)
_BEHIND = re.compile(
    r"[,]\s*(?=由)|[,。]\s*(?P<label>(?:责任|牵头|主办|承办|配合|协办)(?:单位|部门))(?:为|是|系)\s*"
)
_ASIDE = r"“[^”]*”|《[^》]*》|\([^()]*\)"
_SENTENCE = re.compile(rf"(?:{_ASIDE}|[^。;!])+[。;!]*")
_COUNTED = re.compile(r"(?:[一二三四五六七八九]|十[一二三四五六七八九]?)是(?=[\u4e00-\u9fff“])")
_BETWEEN = re.compile(r"[、,;/\s]+|会同|以及|和|与|及")
_CHARGE_WORD = re.compile(r"(?:牵头负责|负责牵头|牵头|负责)$")
# What a page says about itself: "发布机构：…".
_OF_PAGE = re.compile(r"(?:机关|机构|单位|部门|来源|主体)$")


@dataclass(slots=True)
class _Line:
    """A line of the document: the entries it gives, and whether its duties say who has them."""

    entries: list[Entry]
    says_who: bool = False
    is_prose: bool = False


def read_plain(lines: list[Cell], *, is_below_head: bool = False) -> list[Entry]:
    """The heads and rows of such a document, by its lines; nothing where it is none.

    It has to say what it is, unless these are the lines below a head of a document known for a breakdown.
    """
    read = [*_read_lines(lines)]
    told = [at for at, line in enumerate(read) if line.says_who]
    if len(told) < _FEWEST or any(_ARTICLE.match(line.plain) for line in lines):
        return []
    if not is_below_head and not _parts_work(lines[: told[0]], read):
        return []
    body = read[told[0] : told[-1] + 1]
    rows = sum(any(isinstance(entry, Row) for entry in line.entries) for line in body)
    if rows < _FEWEST or rows <= sum(line.is_prose for line in body):
        return []
    return [entry for line in read for entry in line.entries]


def settle_plain(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of a document that has other rows; where nothing but such sentences stands below a numbered
    head, they are rows as well.
    """
    if not any(isinstance(entry, Row) and entry.stated for entry in entries):
        return [*entries]
    settled: list[Entry] = []
    run: list[Cell] = []
    is_below = False
    aside: int | None = None
    for entry in [*entries, None]:
        if is_below and isinstance(entry, Prose):
            run.append(entry.cell)
            continue
        settled += read_plain(run, is_below_head=True) or map(Prose, run)
        run = []
        if isinstance(entry, Head) and (aside is None or entry.level <= aside):
            aside = entry.level if is_aside(entry.title) else None
        if entry is not None:
            is_below = isinstance(entry, Head) and bool(entry.number) and aside is None
            settled.append(entry)
    return settled


def _parts_work(above: list[Cell], read: Sequence[_Line]) -> bool:
    """Whether a title or what leads in, `above` the first duty, or a head says that work is parted."""
    titles = [line.plain for line in above if len(line.plain) <= _LONGEST_TITLE and "。" not in line.plain]
    others = [title for title in titles if ":" not in title and _OTHER_PAPER.search(title)]
    if not all(map(_WORK.search, others)):
        return False
    titles += [line.plain for line in above if _LEADS_IN.search(line.plain)]
    titles += [entry.title.plain for line in read for entry in line.entries if isinstance(entry, Head)]
    return any(map(_WORK.search, titles))


def _read_lines(lines: list[Cell]) -> Iterator[_Line]:
    """Every line as read: below a line that only names units stand their duties; below 联系方式, none."""
    above: Cell | None = None
    aside: int | None = None
    for line in lines:
        numbered = numbering(line)
        text = numbered[2] if numbered and numbered[2] else _counted(line)
        head = None if is_annex_mark(line) else read_head(line)
        level = numbered[0] if numbered else head.level if head else None
        if aside is None or (level is not None and level <= aside):
            aside = (_BARE_HEAD if level is None else level) if is_aside(text) else None
        if aside is not None:
            above = None
            yield _Line([head or Prose(line)])
            continue
        first = _units_first(text, is_numbered=numbered is not None)
        if first and not first[1]:
            above = first[0]
            title = text.part(0, len(text.plain.rstrip(": ")))
            yield _Line([Head(1, "", title, line.start, line.end)], says_who=True)
        elif rows := [*_rows(text, first)]:
            above = None
            yield _Line([*rows], says_who=True)
        elif above and _is_duty(text, has_number=numbered is not None):
            yield _Line([_row(one, Duty(stated=stated_by_words(one, above))) for one in _sentences(text)])
        elif head is not None:
            above = None
            yield _Line([head])
        else:
            yield _Line([Prose(line)], is_prose=len(line.plain) >= _LEAST_LETTERS)


def _is_duty(text: Cell, *, has_number: bool) -> bool:
    return (has_number or text.plain.endswith(("。", ";"))) and _says_work(text)


def _says_work(duty: Cell) -> bool:
    """False for what is nothing but numbers or persons: "88221100", "张三、李四"."""
    said = duty.part(0, len(duty.plain.rstrip("。;! ")))
    names = [name for name in _BETWEEN.split(said.plain) if name]
    is_closed = len(said.plain) < len(duty.plain.rstrip())
    persons = () if is_closed and len(names) < _FEWEST else read_leaders(said)
    return not _NUMBERS_ONLY.fullmatch(said.plain) and len(persons) < max(len(names), 1)


def _units_first(text: Cell, *, is_numbered: bool) -> tuple[Cell, Cell] | None:
    """The units before a colon and what stands behind it; a salutation names nothing but groups."""
    found = (_UNITS_RUN_IN if is_numbered else _UNITS_FIRST).match(text.plain)
    if found is None or label_pattern().match(text.plain) or column_of(found["who"]):
        return None
    who, rest = text.part(*found.span("who")), text.part(found.end(), len(text.plain))
    names = [name for name in _BETWEEN.split(re.sub(_ASIDE, "", who.plain)) if name]
    is_named = bool(names) and all(map(is_unit, names))
    groups = [name for name in names if is_group(name)]
    if not is_named or any(_OF_PAGE.search(name) and len(name) < 6 and name not in groups for name in names):
        return None
    return None if not rest and len(groups) == len(names) else (who, rest)


def _rows(text: Cell, first: tuple[Cell, Cell] | None) -> Iterator[Row]:
    """The rows of a line: a sentence without units of its own goes on with those before it."""
    who, body = first or (None, text)
    for sentence in _sentences(body):
        if behind := _behind(sentence) or _before(sentence):
            yield _row(*behind)
            continue
        charged = None if first else _charged(sentence)
        who, duty = charged or (who, sentence)
        if who is not None and duty and _says_work(duty):
            yield _row(duty, Duty(stated=stated_by_words(duty, who)))
        elif first is None:
            return


def _counted(line: Cell) -> Cell:
    """The line without the word that counts it: "一是建成泵站" → 建成泵站."""
    found = _COUNTED.match(line.plain)
    return line.part(found.end(), len(line.plain)) if found else line


def _charged(sentence: Cell) -> tuple[Cell, Cell] | None:
    """The units with the word that charges them, and the duty behind it: "区水务局负责|疏浚南塘河。"."""
    found = _CHARGED.fullmatch(sentence.plain)
    if found is None:
        return None
    names = [name for name in _BETWEEN.split(_CHARGE_WORD.sub("", found["who"])) if name]
    if not names or not all(len(name) > 2 and is_unit(name) for name in names):
        return None
    return sentence.part(*found.span("who")), sentence.part(*found.span("rest"))


def _behind(sentence: Cell) -> tuple[Cell, Duty] | None:
    """The task, and what the clauses behind it say of who does it: "…，由区水务局负责，各街道配合"."""
    for found in _BEHIND.finditer(sentence.plain):
        said = sentence.part(found.end(), len(sentence.plain.rstrip("。;! ")))
        task = sentence.part(0, found.start())
        if not task or not said or len(said.plain) > _LONGEST_DUTY:
            continue
        if found["label"]:
            column = column_of(found["label"])
            names = [name for name in _BETWEEN.split(said.plain) if name]
            if column and all(map(is_unit, names)):
                return task, Duty(stated=((column, said),))
        elif duty := duty_of(said):
            return task, duty
    return None


def _before(sentence: Cell) -> tuple[Cell, Duty] | None:
    """The task behind the clauses that say who does it: "由区水务局牵头，各街道配合，疏浚南塘河。"."""
    if not sentence.plain.startswith("由"):
        return None
    ends = [found.start() for found in re.finditer(",", sentence.plain[:_LONGEST_DUTY])]
    for end in reversed(ends):
        said, task = sentence.part(0, end), sentence.part(end + 1, len(sentence.plain))
        if task and are_charged(said) and (duty := duty_of(said)):
            return task, duty
    return None


def _sentences(text: Cell) -> Iterator[Cell]:
    for found in _SENTENCE.finditer(text.plain):
        if sentence := text.part(*found.span()):
            yield sentence


def _row(task: Cell, duty: Duty) -> Row:
    if limited := None if duty.deadline else part_limit(task):
        task, duty = limited[0], replace(duty, deadline=limited[1].deadline)
    return Row(
        layout="paragraph",
        number=None,
        task=task,
        stated=duty.stated,
        leaders=duty.leaders,
        deadline=duty.deadline,
        rules=("B23",),
    )
