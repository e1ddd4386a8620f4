"""Who does it, as paragraphs say it: label lines ("责任单位：…") and brackets behind a sentence
("（甲牵头，乙配合）").
"""

import re
from dataclasses import dataclass, replace
from functools import cache, reduce

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import WHO, Column, bare_label_pattern, column_of, label_pattern
from dukao.breakdown.duties.leaders import Bare, read_leaders
from dukao.breakdown.duties.notes import part_note, without_note
from dukao.breakdown.duties.units import is_unit, role_words, unit_type, unmarked
from dukao.language.dates import goes_on, read_deadlines

_INNER = r"[^()\[\]【】〔〕]*"
_BRACKET = re.compile(rf"[(【\[〔]({_INNER}(?:(?:\([^()]*\)|〔[^〔〕]*〕|\[[^\[\]]*\]){_INNER})*)[)】\]〕]")
_NO_NAME = re.compile(r"[:\d]")
# "配合区水务局整修水闸": a name begins with its level, or a verb of working together stands behind it.
_HELPS = re.compile(
    r"\s*(?:积极|密切|主动)?(?:配合|协助|协同|参与)"
    r"(?P<led>[省市县区旗州][^,。;:]{1,14}?(?:局|委|办|部|中心|公司|集团|管委会)(?=[\u4e00-\u9fff])"
    r"|[^,。;:]{2,20}?(?=做好|抓好|开展|推进|推动|完成|实施|落实|办好|组织))?"
)
# "会同区住建局制定方案": the one that does it together with another leads.
_JOINS = re.compile(
    r"\s*(?:牵头)?会同(?P<joined>[省市县区旗州][^,。;:、]{1,14}?(?:局|委|办|部|中心|公司|集团|管委会)(?=[\u4e00-\u9fff]))"
)
_CLOSING = {")": "(", "】": "【", "]": "[", "〕": "〔"}
_LONGEST_NAME = 16
_BEGINS_NAME = re.compile(
    r"[省市州县区旗镇乡街各]|有关|相关|属地|国家|团[省市州县区旗]委|共青团|国网|人武部|武装部|法院|检察院|海关"
)
# "各牵头单位要成立专班" tells units what to do, and is no name.
_TOLD = re.compile(r"各[^、,]{0,10}?(?:单位|部门|[地市县区])(?:都|均|一律)?(?:要|应|须|需|必须)")
# "进度较慢的县区为甲县": no name, a sentence that ends as one does.
_SAYS_WHICH = re.compile("的.*[为是]")
_INNER_BY = re.compile("(?<!自)由")  # "其余工作由各部门"
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
    if before and is_deadline(before):
        duty = replace(duty, deadline=_trimmed(before))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start(1) if following else len(cell.plain)
        value = cell.part(label.end(), end)
        if following and value.plain.endswith("**"):
            value = value.part(0, len(value.plain) - 2)  # the bold letters of the next label begin
        column, note = column_of(label.group(1)), None
        if column in WHO and "|" in label.group() and not _name_units(value):
            return None  # heads of columns with bars between: "责任部门 | 进展情况 |"
        if column in WHO:
            value, note = part_note(value, are_listed)
            value, limit = part_deadline(value)
            duty = replace(duty, deadline=duty.deadline or limit)
        duty = duty.joined(_labelled(column, _trimmed(without_note(value)))).joined(Duty(remark=note))
    return duty


def _name_units(value: Cell) -> bool:
    names = [name for name in re.split("[、,;\\s|]+", value.plain.rstrip("。;| ")) if name]
    return any(map(is_unit, names)) or not names


def read_bare_label(line: Cell) -> Duty | None:
    """What a line says in which only spaces stand between a label and its units: "牵头单位  区水务局"."""
    label = bare_label_pattern().match(line.plain)
    value = line.part(label.end(), len(line.plain)) if label else None
    if label is None or not value or column_of(value.plain) in WHO:  # "牵头 单位"
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
        return _labelled(column, value) if is_deadline(value) else None
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
    labels = [*label_pattern().finditer(label.plain)]
    column = column_of(labels[-1].group(1) if labels else label.plain)
    parts = [part for part in re.split("[、,;]", line.plain.rstrip("。")) if part]
    units = column in WHO and not _NO_NAME.search(line.plain) and all(map(is_unit, parts))
    names = column == "leader" and bool(read_leaders(line, bare="any" if lacks_value else "known"))
    limit = lacks_value and column == "deadline" and is_deadline(line)
    return _labelled(column, _trimmed(line)) if units or names or limit else None


def find_brackets(line: Cell, *, in_item: bool) -> list[tuple[int, int, Duty]]:
    """The brackets of a line that say who does what stands before them, with their place in it.

    Behind an item a bracket of nothing but units is enough: "（区水务局、区住建局）"; behind a clause of it,
    where the line ends with such a one, or with one in words and these are whole names.
    """
    found: list[tuple[int, int, Duty]] = []
    ends_bare = False
    for match in reversed([*_BRACKET.finditer(line.plain)]):
        inner = without_note(line.part(*match.span(1)))
        behind = line.plain[match.end() :].lstrip(" ")
        may_be_bare = in_item and not behind.strip(" 。.;,*")
        if found and behind[:1] in "。.;,":
            may_be_bare = ends_bare or (bool(inner) and are_names(inner))
        bare = of_units(inner) if inner and may_be_bare else None
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
    named = (duty_of(before) or of_units(before)) if before else None
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


def of_units(inner: Cell) -> Duty | None:
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
    bare = re.sub(
        r"等?(?:按照?)?(?:各自)?(?:职责|职能)(?:分工)?(?:分别)?|分别|共同|等(?:部门|单位)?(?=$|[,;、。])",
        "",
        bare,
    )
    parts = [part for part in re.split(r"[、,;]", bare) if part]
    return any(is_unit(part.removeprefix("由")) for part in parts)


def part_deadline(inner: Cell) -> tuple[Cell, Cell | None]:
    """The clauses that name units, and the clause that says until when."""
    clauses = [match.span() for match in _CLAUSE.finditer(inner.plain)]
    timed = [span for span in clauses if is_deadline(inner.part(*span))]
    kept = [span for span in clauses if span not in timed]
    if not timed or not kept:
        return inner, None
    return inner.part(kept[0][0], kept[-1][1]), inner.part(*timed[0])


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


def are_listed(said: Cell) -> bool:
    """Whether words are nothing but units, with their parts or without: "区财政局、各街道配合"."""
    names = [name for name in re.split("[、,;]", said.plain.rstrip("。; ")) if name]
    return all(is_unit(name) and not _SAYS_WHICH.search(name) for name in names) or are_charged(
        said.part(0, len(said.plain.rstrip("。; ")))
    )


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
    return all(len(name) <= _LONGEST_NAME and is_unit(name) and not _INNER_BY.search(name) for name in names)


def are_names(units: Cell, *, begin: bool = True) -> bool:
    """Whether all that a list holds is as short as a name and ends as one does ("市水务局、市财政局"); with
    `begin` the first also begins so.
    """
    names = [unmarked(_BRACKET.sub("", part).strip()) for part in re.split(r"[、,]", units.plain)]
    if (begin and not _BEGINS_NAME.match(names[0])) or any(map(_TOLD.match, names)):
        return False
    return all(len(name) <= _LONGEST_NAME and unit_type(name) for name in names)


def begins_name(word: str) -> bool:
    """Whether a word begins as the name of a unit does: "市水务局", "各街道"."""
    return bool(_BEGINS_NAME.match(word))


def is_name(word: str) -> bool:
    """Whether a word is as short as a unit's name and ends as one does."""
    name = _BRACKET.sub("", word)
    return len(name) <= _LONGEST_NAME and bool(unit_type(name))


def is_deadline(clause: Cell) -> bool:
    plain = clause.plain.rstrip(",; ")
    # "1月起执行" ends as a bank does.
    if _duty_words().search(plain) or (is_unit(plain) and not plain[:1].isdecimal()):
        return False
    return bool(read_deadlines(plain, 0, len(plain), None) or goes_on(plain))


def _trimmed(cell: Cell) -> Cell:
    """The value without stops behind it, and without the bracket that its label opened."""
    kept = cell.plain.rstrip(" ,;。./|([")
    while kept[-1:] in _CLOSING and kept.count(_CLOSING[kept[-1:]]) < kept.count(kept[-1:]):
        kept = kept[:-1].rstrip(" ,;。./|")
    return cell.part(0, len(kept))
