"""Who does it, as paragraphs say it: label lines ("责任单位：…") and brackets behind a sentence
("（甲牵头，乙配合）").
"""

import re
from dataclasses import dataclass, replace
from functools import cache, reduce
from itertools import islice

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import WHO, Column, bare_label_pattern, column_of, label_pattern
from dukao.breakdown.duties.leaders import Bare, read_leaders
from dukao.breakdown.duties.units import is_unit, role_words, unit_type, unmarked
from dukao.language.dates import goes_on, read_deadlines

_INNER = r"[^()\[\]【】〔〕]*"
_BRACKET = re.compile(rf"[(【\[〔]({_INNER}(?:(?:\([^()]*\)|〔[^〔〕]*〕|\[[^\[\]]*\]){_INNER})*)[)】\]〕]")
# "（列第一位的为牵头单位，下同）" behind the units, in brackets of its own or behind a comma.
_NOTE = re.compile(
    r"\s*(?:\([^()]*(?:下同|列第|排第|第一位|首位|①)[^()]*\)|[,;。][^,;。()]*(?:列第一|排第一|第一位|首位|①(?:的|者)?(?:单位)?为)[^()]*)\s*$"
)
_SPAN = re.compile(r"[-—~－]|\d至|起|[,;。]")
_NO_NAME = re.compile(r"[:\d]")
# "建粮仓两座。备注：省定任务。", "建粮仓两座。（备注：省定任务）"
_REMARK = re.compile(
    r"(?:(?<=[\s;,。])(?:备注|附注)\s*:(?P<said>.+)"
    r"|\((?:备注|附注)\s*:(?P<framed>[^()]*(?:\([^()]*\)[^()]*)*)\))[。.]?$",
    re.S,
)
_ARROWS = "→⇒➔➡"
_DASHED = rf"\s{{0,8}}(?:——|—|--|[{_ARROWS}]|[-=]>)\s{{0,8}}"
_UNITS_BEHIND = re.compile(rf"(?:{_DASHED}|(?<=[。;])\s{{0,8}})(?![—\-{_ARROWS}])([^。;:—]{{3,80}})。?$")
# "配合区水务局整修水闸": a name begins with its level, or a verb of working together stands behind it.
_HELPS = re.compile(
    r"\s*(?:积极|密切|主动)?(?:配合|协助|协同|参与)"
    r"(?P<led>[省市县区旗州][^,。;:]{1,14}?(?:局|委|办|部|中心|公司|集团|管委会)(?=[\u4e00-\u9fff])"
    r"|[^,。;:]{2,20}?(?=做好|抓好|开展|推进|推动|完成|实施|落实|办好|组织))?"
)
_BY = re.compile(r"[,。;]\s*(?=由)")
_GAP = re.compile(r"(?<=[^\s:])\s{2,}(?=\S)")
# Verbs that say nothing without what stands behind them.
_BARE_VERB = re.compile(
    "(?:[续新改扩迁重在拟筹共]*建设?|改造|提升|修[建缮]|建成|升级|开工|投用|启用|支持|推进|推动|加快|完成|启动|谋划|实施)+"
)
_LIMIT_BEHIND = re.compile(r"\(([^()]{2,16})\)[。;]?$")
# "会同区住建局制定方案": the one that does it together with another leads.
_JOINS = re.compile(
    r"\s*(?:牵头)?会同(?P<joined>[省市县区旗州][^,。;:、]{1,14}?(?:局|委|办|部|中心|公司|集团|管委会)(?=[\u4e00-\u9fff]))"
)
_CLOSING = {")": "(", "】": "【", "]": "[", "〕": "〔"}
_LONGEST_NAME = 16
_LONGEST_LIST, _MOST_GAPS = 80, 8  # letters of names behind a wide gap, and gaps tried
_BEGINS_NAME = re.compile(
    r"[省市州县区旗镇乡街各]|有关|相关|属地|国家|团[省市州县区旗]委|共青团|国网|人武部|武装部|法院|检察院|海关"
)
# "各牵头单位要成立专班" tells units what to do, and is no name.
_TOLD = re.compile(r"各[^、,]{0,10}?(?:单位|部门|[地市县区])(?:都|均|一律)?(?:要|应|须|需|必须)")
_CLAUSE = re.compile(r"[^,;]+")


@dataclass(frozen=True, slots=True)
class Duty:
    """What a label line or a bracket says about the item before it."""

    stated: tuple[tuple[Column, Cell], ...] = ()
    leaders: Cell | None = None
    deadline: Cell | None = None
    remark: Cell | None = None

    @property
    def columns(self) -> frozenset[Column]:
        """What it says something about."""
        said: dict[Column, object] = {
            "leader": self.leaders,
            "deadline": self.deadline,
            "remark": self.remark,
        }
        return frozenset(column for column, _ in self.stated) | {c for c, cell in said.items() if cell}

    def joined(self, other: "Duty") -> "Duty":
        """Both together; what the first says stays."""
        return Duty(
            (*self.stated, *other.stated),
            self.leaders or other.leaders,
            self.deadline or other.deadline,
            self.remark or other.remark,
        )


def read_labels(cell: Cell) -> Duty | None:
    """What the labels of a stretch say ("牵头单位：甲；配合单位：乙、丙"), or None when it begins with no
    label.
    """
    labels = list(label_pattern().finditer(cell.plain))
    if not labels:
        return None
    duty = Duty()
    before = cell.part(0, labels[0].start(1))
    if before and _is_deadline(before):
        duty = replace(duty, deadline=_trimmed(before))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start(1) if following else len(cell.plain)
        value = cell.part(label.end(), end)
        if following and value.plain.endswith("**"):
            value = value.part(0, len(value.plain) - 2)  # the bold letters of the next label begin
        value = _trimmed(without_note(value))
        duty = duty.joined(_labelled(column_of(label.group(1)), value))
    return duty


def read_bare_label(line: Cell) -> Duty | None:
    """What a line says in which only spaces stand between a label and its units: "牵头单位  区水务局"."""
    label = bare_label_pattern().match(line.plain)
    value = line.part(label.end(), len(line.plain)) if label else None
    if label is None or not value:
        return None
    if nested := bare_label_pattern().match(value.plain):
        # "责任单位  牵头  区水务局": the part it has stands between.
        label, value = nested, value.part(nested.end(), len(value.plain))
        if not value or bare_label_pattern().match(value.plain):
            return None
    column = column_of(label.group(1))
    if column == "leader":
        return _labelled(column, value) if read_leaders(value) else None
    if column == "deadline":
        return _labelled(column, value) if _is_deadline(value) else None
    parts = [part for part in re.split("[、,;\\s]+", value.plain.rstrip("。;")) if part]
    if not (parts == ["无"] or all(map(is_unit, parts))):
        return None
    return _labelled(column, _trimmed(value))


def _labelled(column: Column | None, value: Cell) -> Duty:
    if column in WHO and column is not None:
        return Duty(stated=((column, value),)) if value else Duty()
    if column == "leader":
        return Duty(leaders=value if value else None)
    if column == "deadline":
        return Duty(deadline=value if value else None)
    return Duty(remark=value if value else None)


def value_of(label: Cell, line: Cell, *, lacks_value: bool = False) -> Duty | None:
    """What a line says that stands under a label or goes on with its value; None when it says nothing.

    Under a label that `lacks_value` a name may be any, and a limit stands too.
    """
    column = column_of(list(label_pattern().finditer(label.plain))[-1].group(1))
    parts = [part for part in re.split("[、,;]", line.plain.rstrip("。")) if part]
    units = column in WHO and not _NO_NAME.search(line.plain) and all(map(is_unit, parts))
    names = column == "leader" and bool(read_leaders(line, bare="any" if lacks_value else "known"))
    limit = lacks_value and column == "deadline" and _is_deadline(line)
    return _labelled(column, _trimmed(line)) if units or names or limit else None


def find_brackets(line: Cell, *, in_item: bool) -> list[tuple[int, int, Duty]]:
    """The brackets of a line that say who does what stands before them, with their place in it.

    Behind an item a bracket of nothing but units is enough: "（区水务局、区住建局）"; behind a clause of it,
    where the line ends with such a one, or with one in words and these are whole names.
    """
    found: list[tuple[int, int, Duty]] = []
    ends_bare = False
    for match in reversed([*_BRACKET.finditer(line.plain)]):
        inner, behind = line.part(*match.span(1)), line.plain[match.end() :].lstrip(" ")
        may_be_bare = in_item and not behind.strip(" 。.;,*")
        if found and behind[:1] in "。.;,":
            may_be_bare = ends_bare or (bool(inner) and _are_names(inner, begin=True))
        bare = _of_units(inner) if inner and may_be_bare else None
        said = duty_of(inner) if inner else None
        if duty := said or bare:
            ends_bare = said is None
            found.append((match.start(), match.end(), duty))
    return found[::-1]


def duty_of(inner: Cell) -> Duty | None:
    """What clauses that name units with their parts say: "甲牵头，乙配合，6月底前完成"; None without any."""
    if label := label_pattern().search(inner.plain):
        return _of_clauses_and_labels(inner, label.start())
    if bare := read_bare_label(inner):
        return bare
    if not _duty_words().search(inner.plain):
        return None
    kept, deadline = part_deadline(inner)
    kept, leaders = _part_person(kept)
    if not kept or not _names_units(kept):
        return None
    return Duty(stated=(("responsible", kept),), leaders=leaders, deadline=deadline)


def _of_clauses_and_labels(inner: Cell, at: int) -> Duty | None:
    """What clauses say of which one has a label at `at`: "甲，负责人：某某；乙配合"."""
    before = inner.part(0, at)
    named = (duty_of(before) or _of_units(before)) if before else None
    stop = inner.plain.find(";", at)
    rest = inner.part(stop + 1, len(inner.plain)) if stop > 0 else None
    behind = duty_of(rest) if rest and not label_pattern().search(rest.plain) else None
    said = read_labels(inner.part(0, stop) if behind else inner)
    found = [one for one in (named, said, behind) if one]
    return reduce(Duty.joined, found) if said else None


# "高新区", "方庄镇": what may begin like a person's name and is none.
_PLACE_NAME = re.compile(r"[省市州县区旗镇乡街村局办委会院部处所站队司团校园心]$")


def _part_person(clauses: Cell) -> tuple[Cell, Cell | None]:
    """The clauses that name units, and the leader whom the first of them names: "某某副区长牵头，甲负责",
    "某某牵头，甲负责".
    """
    first = clauses.plain.find(",")
    word = _duty_words().search(clauses.plain, 0, first) if first > 0 else None
    person = clauses.part(0, word.start()) if word and word.end() == first else None
    bare: Bare = "none" if person and _PLACE_NAME.search(person.plain) else "known"
    if not person or is_unit(person.plain) or not read_leaders(person, bare=bare):
        return clauses, None
    return clauses.part(first + 1, len(clauses.plain)), person


def _of_units(inner: Cell) -> Duty | None:
    """A bracket at the end of a line with nothing in it but names of units, and a limit."""
    kept, deadline = part_deadline(inner)
    parts = [part for part in re.split(r"[、,;]", kept.plain) if part]
    named = all(map(is_unit, parts)) and any(len(part) > 2 for part in parts)
    if not named or _NO_NAME.search(kept.plain):
        return None
    return Duty(stated=(("responsible", kept),), deadline=deadline)


@cache
def _duty_words() -> re.Pattern[str]:
    return re.compile(rf"(?:{role_words()})(?=$|[,;、。])")


def _names_units(cell: Cell) -> bool:
    """True when what stands before a role word, or between separators, ends like a unit."""
    bare = _duty_words().sub("", cell.plain)
    bare = re.sub(r"(?:等)?(?:按照?)?(?:各自)?(?:职责|职能)(?:分工)?(?:分别)?|分别|共同", "", bare)
    parts = [part for part in re.split(r"[、,;]", bare) if part]
    return any(is_unit(part.removeprefix("由")) for part in parts)


def part_deadline(inner: Cell) -> tuple[Cell, Cell | None]:
    """The clauses that name units, and the clause that says until when."""
    clauses = [match.span() for match in _CLAUSE.finditer(inner.plain)]
    timed = [span for span in clauses if _is_deadline(inner.part(*span))]
    kept = [span for span in clauses if span not in timed]
    if not timed or not kept:
        return inner, None
    return inner.part(kept[0][0], kept[-1][1]), inner.part(*timed[0])


def part_units(text: Cell, *, charged: bool = True) -> tuple[Cell, Duty] | None:
    """A text, and the units that stand behind its last stop or behind a dash: "疏浚南塘河。——区水务局"; with
    `charged` also those that a clause of its sentence charges: "疏浚南塘河，由区水务局负责。"
    """
    if by := _part_charged(text) if charged else None:
        return by
    limited = _LIMIT_BEHIND.search(text.plain)
    if limited is None or not _is_deadline(limit := text.part(*limited.span(1))):
        return _part_names(text)
    parted = _part_names(text.part(0, limited.start()))
    return (parted[0], replace(parted[1], deadline=limit)) if parted else None


def _part_spaced(text: Cell) -> tuple[Cell, Duty] | None:
    """A text and the units that a wide gap parts from it: "疏浚南塘河   区水务局  区财政局"."""
    gaps = (gap for gap in _GAP.finditer(text.plain) if len(text.plain) - gap.end() <= _LONGEST_LIST)
    for gap in islice(gaps, _MOST_GAPS):
        behind = text.part(gap.end(), len(text.plain))
        words = [unmarked(word) for word in re.split(r"[\s、,]+", behind.plain.rstrip("。;")) if word]
        if _BARE_VERB.fullmatch(text.plain, 0, gap.start()):
            continue  # "续建  县人民医院": what is built
        if gap.start() and words and all(len(word) > 1 and _is_name(word) for word in words):
            begins = _BEGINS_NAME.match(words[0])
            return (text.part(0, gap.start()), Duty(stated=(("responsible", behind),))) if begins else None
    return None


def _part_charged(text: Cell) -> tuple[Cell, Duty] | None:
    """A text and the clauses behind it that charge units: "疏浚南塘河，由区水务局牵头，各街道配合。"."""
    for found in islice(_BY.finditer(text.plain), _MOST_GAPS):
        said = text.part(found.end(), len(text.plain.rstrip("。; ")))
        if found.start() and said and len(said.plain) <= _LONGEST_LIST and are_charged(said):
            duty = duty_of(said)
            kept = text.part(0, found.start() if found.group().startswith(",") else found.start() + 1)
            return (kept, duty) if duty else None
    return None


def _is_name(word: str) -> bool:
    name = _BRACKET.sub("", word)
    return len(name) <= _LONGEST_NAME and bool(unit_type(name))


def _part_names(text: Cell) -> tuple[Cell, Duty] | None:
    if spaced := _part_spaced(text):
        return spaced
    found = _UNITS_BEHIND.search(text.plain)
    behind = text.part(*found.span(1)) if found else None
    is_dashed = found is not None and found.group().lstrip().startswith(("—", "-", "=", *_ARROWS))
    duty = _of_units(behind) if behind and _are_names(behind, begin=not is_dashed) else None
    if behind and duty is None and are_charged(behind):
        duty = duty_of(behind)
    return (text.part(0, found.start()), duty) if found and duty and found.start() else None


def stated_by_words(task: Cell, units: Cell) -> tuple[tuple[Column, Cell], ...]:
    """How units stand to a task by its own words: "牵头…" and "会同县财政局…" they lead,
    "配合县财政局…" they help that one.
    """
    joins = _JOINS.match(task.plain)
    if joins and is_unit(joins["joined"]):
        return ("lead", units), ("responsible", task.part(*joins.span("joined")))
    helps = _HELPS.match(task.plain)
    if helps is None:
        return (("lead" if task.plain.startswith("牵头") else "responsible", units),)
    led = task.part(*helps.span("led")) if helps["led"] and is_unit(helps["led"]) else None
    return (*((("lead", led),) if led else ()), ("supporting", units))


def are_charged(said: Cell) -> bool:
    """Whether every clause names units and ends with the word for their part: "甲牵头，乙、丙配合"."""
    clauses = (part_deadline(said)[0].plain).split(",")
    return all(
        (word := _duty_words().search(clause)) and _are_names_of(clause[: word.start()]) for clause in clauses
    )


def _are_names_of(words: str) -> bool:
    bare = re.sub(
        r"(?:等(?:部门|单位)?)?(?:按照?)?(?:各自)?(?:职责|职能)?(?:分工)?(?:分别|共同)?$", "", words
    )
    names = [part.removeprefix("由") for part in bare.split("、")]
    return all(len(name) <= _LONGEST_NAME and is_unit(name) for name in names)


def are_names(line: Cell) -> bool:
    """Whether a line is nothing but names of units, the first beginning as one does: "市水务局、市财政局"."""
    return _are_names(line, begin=True)


def _are_names(units: Cell, *, begin: bool) -> bool:
    """Whether all that a list holds is as short as a name and ends as one of a unit does; with `begin` the
    first also begins so.
    """
    names = [unmarked(_BRACKET.sub("", part).strip()) for part in re.split(r"[、,]", units.plain)]
    if (begin and not _BEGINS_NAME.match(names[0])) or any(map(_TOLD.match, names)):
        return False
    return all(len(name) <= _LONGEST_NAME and unit_type(name) for name in names)


def part_remark(text: Cell) -> tuple[Cell, Cell | None]:
    """A text, and the remark that stands behind it."""
    found = _REMARK.search(text.plain)
    if found is None or not found.start():
        return text, None
    said = text.part(*found.span("said" if found["said"] else "framed"))
    return text.part(0, found.start()), said or None


def _is_deadline(clause: Cell) -> bool:
    plain = clause.plain.rstrip(",; ")
    # "1月起执行" ends as a bank does.
    if _duty_words().search(plain) or (is_unit(plain) and not plain[:1].isdecimal()):
        return False
    return bool(read_deadlines(plain, 0, len(plain), None) or goes_on(plain))


def part_limit(text: Cell) -> tuple[Cell, Duty] | None:
    """A text, and the limit in brackets behind it: "新建书屋两座（6月底前）"."""
    found = _LIMIT_BEHIND.search(text.plain)
    if found is None or not found.start() or not is_limit(limit := text.part(*found.span(1))):
        return None
    return text.part(0, found.start()), Duty(deadline=limit)


def is_limit(inner: Cell) -> bool:
    """Whether brackets say nothing but until when; a year, or from when on, is no limit."""
    said = inner.plain
    return _is_deadline(inner) and bool(re.search("[月季日前底末内]", said)) and not _SPAN.search(said)


def without_note(cell: Cell) -> Cell:
    """The units of a cell without the note behind them that says that the first leads."""
    note = _NOTE.search(cell.plain)
    return cell.part(0, note.start()) if note else cell


def _trimmed(cell: Cell) -> Cell:
    """The value without stops behind it, and without the bracket that its label opened."""
    kept = cell.plain.rstrip(" ,;。./|([")
    while kept[-1:] in _CLOSING and kept.count(_CLOSING[kept[-1:]]) < kept.count(kept[-1:]):
        kept = kept[:-1].rstrip(" ,;。./|")
    return cell.part(0, len(kept))
