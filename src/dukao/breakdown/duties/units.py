"""The units of a cell: names, offices in brackets, stars, and words that say who leads and who helps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from dukao.breakdown.cells import Cell
from dukao.breakdown.lettering import closed_up
from dukao.breakdown.values import Role
from dukao.breakdown.vocabulary import vocabulary

_MARKS = r"\\?[*★☆▲△※●◆#]"
_STARRED = re.compile(rf"(?:{_MARKS}\s*)+")
_STARRED_AFTER = re.compile(rf"(?<![\s\\*★☆▲△※●◆#])(?:\s*{_MARKS})+$")
_BOLD = re.compile(r"\*\*(.+?)\*\*$")
_OFFICE = re.compile(r"(.*?)(?<!\s)\s*[(〔\[]([^()]*(?:\([^()]*\)[^()]*)*)[)〕\]]$", re.S)
_DOT = r"(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])"  # what a scan makes of "、"
_BETWEEN = re.compile(
    rf"“[^”]*”|《[^》]*》|〈[^〈〉]*〉|<[^<>/a-z]*>|\([^()]*(?:\([^()]*\)[^()]*)*\)|([、,;/\n\t。]|{_DOT})"
)
# "各市、县人民政府", "13个街道、镇" are one group each.
_LEVEL = r"(?:[市州县区旗乡镇村]|街道|乡镇|镇街|地市|市州|区县|县区|县级市|自治[州县旗])"
_ALL_OF = re.compile(rf"(?:各|\d{{1,3}}个){_LEVEL}$")
_AND_OF = re.compile(rf"{_LEVEL}(?:\([市州县区旗乡镇街道、,]+\))?(?:人民政府|政府|办事处|党工委)?$")
_BEGINS_NAME = re.compile(r"[省市州县区旗各镇乡]|街道|相关|有关")
_BY = re.compile(
    r"\s*(?:根据[^,]*,)?(?:(?:以上|上述)[^,由、]{0,10}由|由|请|商请|提请|会同|(?:以?及|和|并|与)(?=[省市县区旗州各]))(?=[\u4e00-\u9fff“(*\\])"
)
# "（1）区水务局": the number of a part of the work.
_COUNT = re.compile(r"\s*(?:\(\d{1,2}\)|[①-⑳]|\d{1,2}[.、])\s*(?=[\u4e00-\u9fff“*\\])")
_TOGETHER = re.compile(r"(?P<first>.{3,}?)(?:(?P<led>会同|联合)|(?P<even>和|与|及|以及))(?P<second>.{3,})")
# "县统计局等县直有关部门": one of a group, and the group.
_AMONG = re.compile(
    r"(?P<first>.{3,}?)等(?P<second>[省市县区州旗](?:级|直|属)(?:各|有关|相关)*(?:部门|单位))"
)
_ALIKE_OTHERS = re.compile(
    r"(?<!\s)\s*等(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:有关|相关|市级|区级|省级|县级)*(?:部门|单位|地区|部门和单位|部门单位)?$"
)
# What begins a name and is none alone.
_ONLY_BEGUN = frozenset(("各", "市", "县", "区", "省", "州", "旗", "相关", "有关"))
# What names of places end with, and is none alone.
_ENDING = re.compile(r"(?:街道|[乡镇])(?:办事处|人民政府|政府|党工委|党委)?")
_LONGEST_NAME = 34
_LONGEST_WHOLE = 400  # with what stands in brackets behind it
# "建成城东水厂" ends like a unit and is a deed.
_DEED = re.compile(
    "(?:建成|新建|改建|扩建|完成|开展|打造|加快|启动|开工|申报|争取)"
    # A place may be called so: 新建区水务局.
    "(?![区县市镇乡](?:.{0,12}(?:[局委办]|政府|办公室|委员会|管委会|办事处))?$)"
)
_NOBODY = frozenset(("无", "暂无", "待定", "同上", "略"))
# "多个单位牵头的", "几家部门": a count is nobody's name.
_COUNTED = re.compile(r"(?:[多几两数]|若干)(?:个|家)?(?:以上)?(?:的)?(?:责任|牵头|配合)?(?:单位|部门)$")
# "6月底前完成": until when is nobody's name either.
_LIMIT = re.compile(
    r"(?=\d.*[年月])(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年?[底末初]|[上中下]旬)?(?:之?前|内)?(?:全部|基本)?"
    r"(?:完成|落实|建成|到位|实施)?"
)
_ALL_BRACKETED = re.compile(r"\((.*)\)[。.]?$", re.S)


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit as a cell lists it: `role` is what a word beside it says, `starred` that it bears a mark."""

    name: str
    office: str | None
    written: str
    start: int
    end: int
    group: bool
    starred: bool = False
    role: Role | None = None
    worded: bool = False


def read_units(cell: Cell) -> list[Listed]:
    """The units a cell lists, in order.

    Units stand between "、", tiers of them between "，": both separate, and neither inside brackets or
    quotation marks. Two units may also stand beside one another with a space between. A role word ("牵头",
    "按职责分工负责") holds for every unit before it back to the role word before.
    """
    units: list[Listed] = []
    open_at = 0
    for piece in _pieces(_without_frame(cell)):
        role, kept = _role_at_end(piece)
        for part in _spaced(kept):
            units += _together(part) or _named(part)
        if role is not None:
            units[open_at:] = [replace(unit, role=unit.role or role, worded=True) for unit in units[open_at:]]
            open_at = len(units)
    return units


def is_unit(text: str) -> bool:
    """True when plain text ends like the name of a unit or of a group of units."""
    name = _STARRED_AFTER.sub("", closed_up(text).rstrip("。.,、;"))
    office = _OFFICE.match(name)
    core = office.group(1) if office else name
    if not 1 < len(core) <= _LONGEST_NAME or _DEED.match(core):
        return False
    return bool(_type_pattern().search(core) or _group_pattern().search(core))


def unmarked(name: str) -> str:
    """A name without the lead marks before and behind it."""
    return _STARRED_AFTER.sub("", _STARRED.sub("", name, count=1))


def is_group(name: str) -> bool:
    """True for the name of many units at once: 各街镇, 相关部门."""
    return bool(_group_pattern().search(closed_up(name)))


def unit_type(name: str) -> str:
    """The type word a unit's name ends with ("局"), or nothing."""
    found = _type_pattern().search(name)
    return found.group() if found else ""


def _without_frame(cell: Cell) -> Cell:
    framed = _ALL_BRACKETED.match(cell.plain)
    return cell.part(*framed.span(1)) if framed and _balanced(framed.group(1)) else cell


def _balanced(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return depth == 0


def _pieces(cell: Cell) -> list[Cell]:
    """The cell cut at its separators, which do not count inside brackets and quotation marks."""
    pieces: list[Cell] = []
    at = 0
    for found in _BETWEEN.finditer(cell.plain):
        if found.group(1) is None or (found.group(1) == "\n" and _breaks_name(cell.plain, at, found.end())):
            continue
        pieces += _stacked(cell.part(at, found.start()))
        at = found.end()
    pieces += _stacked(cell.part(at, len(cell.plain)))
    return _with_whole_groups(cell, [piece for piece in pieces if piece])


def _stacked(piece: Cell) -> list[Cell]:
    """The piece cut where one whole name stands above another in a drawn cell, one to a line."""
    parts: list[Cell] = []
    begin = at = 0
    for start, end in piece.pieces[:-1]:
        at += end - start
        if (
            at - begin <= _LONGEST_NAME
            and piece.plain.count("(", begin, at) == piece.plain.count(")", begin, at)
            and _is_whole(piece.plain[begin:at])
            and _BEGINS_NAME.match(piece.plain, at)
        ):
            parts.append(piece.part(begin, at))
            begin = at
    return [*parts, piece.part(begin, len(piece.plain))] if parts else [piece]


def breaks_name(above: str, below: str) -> bool:
    """Whether a list of units goes on in the middle of a name: neither piece is one, both together are."""
    last = re.split(r"[、,;]", above)[-1].strip()
    first, *others = re.split(r"[、,;]", below.rstrip("。; "))
    if (
        not last
        or not first
        or re.search(r"[\d:。]", below.rstrip("。"))
        or (is_unit(last) and is_unit(first))
    ):
        return False
    is_one = is_unit(last + first) and bool(unit_type(last + first))
    begins = _BEGINS_NAME.match(first) and is_unit(first) and not _ENDING.fullmatch(first)
    return is_one and not begins and all(map(is_unit, filter(None, others)))


def _breaks_name(plain: str, start: int, at: int) -> bool:
    """True when the line end before `at` stands inside a name: what is before it ends like no unit."""
    before = plain[start:at].strip()
    if before in _ONLY_BEGUN:
        return True
    return bool(before) and not is_unit(before) and not _BEGINS_NAME.match(plain, at)


def _with_whole_groups(cell: Cell, pieces: list[Cell]) -> list[Cell]:
    whole: list[Cell] = []
    for piece in pieces:
        if whole and _ALL_OF.match(whole[-1].plain) and _AND_OF.match(piece.plain):
            whole[-1] = cell.part(cell.index_of(whole[-1].start), cell.index_of(piece.end - 1) + 1)
        else:
            whole.append(piece)
    return whole


def _role_at_end(piece: Cell) -> tuple[Role | None, Cell]:
    """The role a piece ends with, and the piece without its role words."""
    found = _role_pattern().search(piece.plain)
    if found is None or not found.group():
        return None, piece
    role = next(role for role in _ROLES if found.group(role) is not None)
    return role, piece.part(0, found.start())


_ROLES: tuple[Role, ...] = ("lead", "supporting", "responsible")


@cache
def role_words() -> str:
    """A pattern for the words that say who does what, in a group for each role: 牵头 is of `lead`."""
    roles = vocabulary("units")["roles"]
    return "|".join(rf"(?P<{role}>{'|'.join(sorted(roles[role], key=len, reverse=True))})" for role in _ROLES)


@cache
def _role_pattern() -> re.Pattern[str]:
    duty = "(?:按照?|依照?)?(?:各自)?(?:职责|职能|任务)(?:分工)?(?:分别|共同|各自)?"
    share = rf"(?:等)?(?:{duty}|分别|共同|结合(?:各自|当地|本地|工作)?实际)?"
    return re.compile(rf"{share}(?:予以|给予|做好)?(?:{role_words()})(?:工作|落实|实施|抓好)?[。.]?$")


def _spaced(piece: Cell) -> list[Cell]:
    """The piece cut at spaces that stand between two whole names; other spaces only fill a line."""
    parts: list[Cell] = []
    at = 0
    if not re.search(r"\S\S", piece.plain):
        return [piece]
    gaps = [*re.finditer(r"\s+", piece.plain)]
    ends = [*(gap.start() for gap in gaps[1:]), len(piece.plain)]
    # Letters since the last cut and up to the end: of more no name is made.
    left, rest = 0, sum(not letter.isspace() for letter in piece.plain)
    before = 0
    for gap, end in zip(gaps, ends, strict=False):
        left, rest = left + gap.start() - before, rest - (gap.start() - before)
        before = gap.end()
        if left > _LONGEST_WHOLE:
            continue
        rights = [piece.plain[before:end], *([piece.plain[before:]] if rest <= _LONGEST_WHOLE else ())]
        if _part_names(piece.plain[at : gap.start()], rights):
            parts.append(piece.part(at, gap.start()))
            at, left = before, 0
    return [*parts, piece.part(at, len(piece.plain))]


def _part_names(left: str, rights: Sequence[str]) -> bool:
    """Whether two whole names, or what ends and what begins one, stand on both sides of a space; `rights` are
    the words up to the next space, and all that is left.
    """
    begins = is_unit(left) and _BEGINS_NAME.match(rights[0])  # "海关 市贸促会"
    return bool(_is_whole(left) or begins) and any(map(_is_whole, rights))


def _is_whole(text: str) -> bool:
    """True for words long enough for a name of their own, and for a group: "各村"."""
    name = closed_up(text)
    return is_unit(name) and (len(name) > 2 or bool(_group_pattern().search(name)))


def _together(piece: Cell) -> list[Listed]:
    """Both units of "甲会同乙" (the first leads), "甲和乙", "甲等县直部门", where both end like units."""
    found = _AMONG.fullmatch(piece.plain) or _TOGETHER.fullmatch(piece.plain)
    if not found or not is_unit(found.group("first")) or not is_unit(found.group("second")):
        return []
    first, second = (_named(piece.part(*found.span(side))) for side in ("first", "second"))
    if found.groupdict().get("led"):
        first = [replace(unit, role="lead", worded=True) for unit in first]
    return first + second


def _named(piece: Cell) -> list[Listed]:
    """The one unit of a piece, or none when nothing of a name is left."""
    found = _BY.match(piece.plain)
    found = found or _COUNT.match(piece.plain)
    whole = piece.part(found.end() if found else 0, len(piece.plain))
    whole = _without_stop(whole)
    core, starred = _unstarred(whole)
    if core and (others := _ALIKE_OTHERS.search(core.plain)):
        core = core.part(0, others.start())
    if not core or not re.search(r"[\u4e00-\u9fffA-Za-z]", core.plain) or _is_nobody(core.plain):
        return []
    name, office, role = _name_and_office(core)
    if not name:
        return []
    group = is_group(name.plain)
    return [
        Listed(
            closed_up(name.text),
            closed_up(office.text) if office else None,
            whole.text,
            whole.start,
            whole.end,
            group,
            starred,
            role,
            role is not None,
        )
    ]


def _is_nobody(name: str) -> bool:
    return name in _NOBODY or _COUNTED.match(name) is not None or _LIMIT.fullmatch(name) is not None


def _without_stop(piece: Cell) -> Cell:
    kept = piece.plain.rstrip(" 。.;:")
    return piece.part(0, len(kept))


def _unstarred(piece: Cell) -> tuple[Cell, bool]:
    """The piece without its lead marks, and whether it bore one: a star before or after, or bold letters."""
    bold = _BOLD.match(piece.plain)
    if bold:
        return piece.part(*bold.span(1)), True
    before = _STARRED.match(piece.plain)
    after = _STARRED_AFTER.search(piece.plain)
    kept = piece.part(before.end() if before else 0, after.start() if after else len(piece.plain))
    return kept, before is not None or after is not None


def _name_and_office(piece: Cell) -> tuple[Cell, Cell | None, Role | None]:
    """The name, the office in brackets behind it, and the role when the brackets hold a role word instead."""
    found = _OFFICE.fullmatch(piece.plain)
    if not found or not found.group(1):
        return piece, None, None
    name, inner = piece.part(*found.span(1)), piece.part(*found.span(2))
    role, rest = _role_at_end(inner)
    if role is None:
        said = inner.plain.removesuffix("单位").removesuffix("部门")
        word = _role_pattern().fullmatch(said) if said else None
        role = next((one for one in _ROLES if word and word.group(one)), _SHORT_ROLES.get(said))
        rest = rest if role is None else rest.part(0, 0)
    if role is not None and not rest:
        return name, None, role
    if _CONTACT.search(inner.plain):
        return name, None, None
    if _is_part_of_name(inner):
        return piece, None, None
    return name, inner or None, None


def _is_part_of_name(inner: Cell) -> bool:
    """True for "各镇（街道）", "各县（市、区）": the brackets complete the group's name."""
    return all(part in _KINDS for part in re.split(r"[、,/]", inner.plain))


_CONTACT = re.compile(r"联系人|联系电话|电话|手机|\d{7,}")
# "县农业农村局（牵）": what brackets alone say of a unit's part.
_SHORT_ROLES: dict[str, Role] = {"牵": "lead", "主": "lead", "配": "supporting", "协": "supporting"}
_KINDS = frozenset(
    ("区", "市", "县", "旗", "州", "乡", "镇", "街", "街道", "乡镇", "村", "社区", "场", "园区", "开发区")
) | {"单位", "部门", "办事处", "管委会", "委会", "局", "办", "委", "科", "室", "站", "所"}


@cache
def _type_pattern() -> re.Pattern[str]:
    types = sorted(set(vocabulary("units")["types"]), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(types)})$")


@cache
def _group_pattern() -> re.Pattern[str]:
    groups = vocabulary("units")["groups"]
    starts, ends, anywhere = ("|".join(groups[key]) for key in ("starts", "ends", "anywhere"))
    return re.compile(rf"^(?:{starts}|\d{{1,3}}个{_LEVEL})|(?:{anywhere})|(?:{ends})$")
