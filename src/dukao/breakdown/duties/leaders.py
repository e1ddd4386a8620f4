"""Leaders (牵头领导): who answers for a group of tasks, for one task or for one livelihood project."""

import re
from functools import cache
from typing import Literal

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.lettering import closed_up, plain
from dukao.breakdown.values import Leader
from dukao.breakdown.vocabulary import vocabulary

_BETWEEN = re.compile(r"\([^()]*\)|([、,;/\n])")
_COUNT = re.compile(r"\s*\(?共?\s*(?<!\d)\d+\s*(?:项|条|件)\)?[。:]?$")
_PHONE = re.compile(r"(?<=[\u4e00-\u9fff)])[\s:(]*(?:电话)?\s*:?\s*1?\d[\d\- ]{5,14}\)?$")
_HAN = "[\u3400-\u9fff]"
_NAME = rf"(?!{_HAN}{{0,4}}各|分管|相关|有关){_HAN}(?:\s*{_HAN}){{1,3}}?|{_HAN}{{2,8}}·{_HAN}{{1,10}}?"
_BRACKET = re.compile(r"\(([^()]*)\)$")
# A name of another people may be long; what stands for nobody is none.
_ANY_NAME = re.compile(rf"(?!无$|同上)(?:{_HAN}\s*){{1,9}}(?:·{_HAN}{{1,10}})*$")
Bare = Literal["none", "known", "any"]
_WORK = (
    r"(?:的)?(?:主要|重点|各项|具体)*(?:工作|任务|事项|项目|目标|指标)*"
    r"(?:任务|事项|项目|责任|清单|分解|分工|台账|一览|安排|表)*(?:\([^()]*\))?[:。]?"
)


@cache
def _any_of(key: str) -> str:
    return "|".join(sorted(map(plain, vocabulary("people")[key]), key=len, reverse=True))


@cache
def _title() -> str:
    # A rank may be read as two ("镇党委"): without a bound a long row of them takes for ever.
    return rf"(?:{_any_of('ranks')}){{0,8}}(?:{_any_of('titles')})(?:\((?:{_HAN}|、)+\))?"


@cache
def _charge() -> re.Pattern[str]:
    return re.compile(rf"^(?:由\s*)?(?P<who>.+?)(?:{_any_of('charge')})(?:落实|抓总|推进|实施|组织)*{_WORK}$")


@cache
def _person() -> re.Pattern[str]:
    title = _title()
    after = rf"(?P<name>{_NAME})\s*(?:同志)?\s*\(?(?P<title>{title}(?:[、,]{title})*)\)?"
    before = rf"(?P<title2>{title})\s*(?P<name2>{_NAME})(?:同志)?"
    surname = f"[{vocabulary('people')['single']}]|{'|'.join(vocabulary('people')['compound'])}"
    called = rf"(?P<name4>{surname})(?P<title4>{title})"  # 方县长
    return re.compile(rf"(?:(?P<title3>{title})|{called}|{before}|{after}|(?P<name3>{_NAME})(?:同志)?)$")


def leaders_of_head(title: Cell) -> tuple[Leader, ...]:
    """The leaders that the title of a group names: "李明常委、常务副区长牵头重点工作", or that it is the name
    of: "副区长 李明（8项）". None when it names no person.
    """
    charge = _charge().match(title.plain)
    if charge:
        return read_leaders(title.part(*charge.span("who")), bare="none")
    counted = _COUNT.search(title.plain)
    who = title.part(0, counted.start() if counted else len(title.plain))
    found = read_leaders(who, bare="none") if _only_persons(who) else ()
    return found if all(_is_name(leader.name) for leader in found) else ()


def _only_persons(who: Cell) -> bool:
    return all(_person().match(_without_bracket(piece).plain) for piece in _pieces(who))


def read_leaders(cell: Cell, *, bare: Bare = "known") -> tuple[Leader, ...]:
    """The leaders a cell lists, each with the titles written beside the name.

    Names of two letters are often spread with a space. `bare` says which words without a title are names:
    none in a head, where a bare word may be anything; those that begin with a known family name; or any in
    a column of leaders, where a post without a name ("分管副区长") stands for who holds it.
    """
    if bare == "any" and "。" in cell.plain.rstrip("。 "):
        bare = "known"  # sentences
    leaders: list[Leader] = []
    waiting: list[Cell] = []
    for whole in _pieces(cell):
        piece = _without_bracket(whole)
        found = _person().match(piece.plain)
        if bare != "none" and (named := _in_bracket(whole, found)):
            leaders += named
            continue
        name = _part(piece, found, "name", "name2", "name3", "name4")
        title = _part(piece, found, "title", "title2", "title3", "title4")
        if name is None and title is not None:
            if leaders:
                leaders[-1] = _titled(leaders[-1], title)
            else:
                waiting.append(title)
        elif name is not None and (title is not None or waiting or _is_name(name.plain)):
            leaders.append(_leader(name, [*waiting, *([title] if title else [])]))
            waiting = []
        elif bare == "any" and _ANY_NAME.match(piece.plain) and not is_unit(piece.plain):
            leaders.append(_leader(piece, waiting))
            waiting = []
    if bare == "any":
        leaders += [_leader(post, []) for post in waiting]
    if bare == "none" and not any(leader.title or "同志" in cell.plain for leader in leaders):
        return ()
    return tuple(leaders)


def _in_bracket(piece: Cell, found: re.Match[str] | None) -> list[Leader]:
    """The persons whom a bracket names behind a post, or behind who they are: "按分工（李明、王磊）"."""
    bracket = _BRACKET.search(piece.plain)
    name = _part(piece, found, "name", "name2", "name3", "name4")
    title = _part(piece, found, "title", "title3")
    if bracket is None or (name and _is_name(name.plain)):
        return []
    if not (title or _WHO_THEY_ARE.search(piece.plain, 0, bracket.start())):
        return []
    names = _pieces(piece.part(*bracket.span(1)))
    is_list = bool(names) and all(_is_name(name.plain) for name in names)
    return [_leader(name, [title] if title else []) for name in names] if is_list else []


_WHO_THEY_ARE = re.compile("领导|分工|分管")
_BESIDE = re.compile(r"(?P<unit>.+?)\s*[\s(:](?P<person>[^()]*)\)?$", re.S)


def without_persons(cell: Cell) -> list[Cell]:
    """The units of a cell that names beside each the person who answers for it: "区住建局 张伟"."""
    units: list[Cell] = []
    for piece in _pieces(cell):
        found = _BESIDE.match(piece.plain)
        if found and is_unit(found["unit"]) and _is_person(piece.part(*found.span("person"))):
            units.append(piece.part(*found.span("unit")))
        elif not _is_person(piece):
            units.append(piece)
    return units


def _is_person(piece: Cell) -> bool:
    return bool(read_leaders(piece)) and not is_unit(piece.plain)


def _pieces(cell: Cell) -> list[Cell]:
    pieces: list[Cell] = []
    at = 0
    for found in _BETWEEN.finditer(cell.plain):
        if found.group(1):
            pieces.append(cell.part(at, found.start()))
            at = found.end()
    pieces.append(cell.part(at, len(cell.plain)))
    return [part for piece in pieces if piece for part in _apart(piece)]


def _without_bracket(piece: Cell) -> Cell:
    """The piece without a telephone number, and what else is said in brackets unless these are titles."""
    phone = _PHONE.search(piece.plain)
    piece = piece.part(0, phone.start()) if phone else piece
    found = _BRACKET.search(piece.plain)
    titles = re.split("[、,]", found.group(1)) if found else []
    if not found or all(re.fullmatch(_title(), title) for title in titles):
        return piece
    return piece.part(0, found.start())


def _apart(piece: Cell) -> list[Cell]:
    """Two whole names with a space between are two leaders; a space inside a name only fills the line."""
    words = piece.plain.split()
    if names := _run_together(piece, words):
        return names
    if len(words) < 2 or any(len(word) < 2 for word in words) or not all(_is_name(word) for word in words):
        return [piece]
    return [piece.part(found.start(), found.end()) for found in re.finditer(r"\S+", piece.plain)]


def _run_together(piece: Cell, words: list[str]) -> list[Cell]:
    """Two spread names of two letters each between which a line end was lost: "李 明王 磊"."""
    if [len(word) for word in words] != [1, 2, 1] or words[1][1] not in vocabulary("people")["single"]:
        return []
    at = piece.plain.index(words[1]) + 1
    return [piece.part(0, at), piece.part(at, len(piece.plain))] if _is_name(words[0] + words[1][0]) else []


def _is_name(text: str) -> bool:
    """True when plain text can be a person's name: a known family name and two to four letters in all."""
    name = closed_up(text)
    people = vocabulary("people")
    if "·" in name:
        return True
    return 2 <= len(name) <= 4 and (
        name[:2] in people["compound"] or (name[0] in people["single"] and len(name) < 4)
    )


def _part(piece: Cell, found: re.Match[str] | None, *names: str) -> Cell | None:
    for name in names:
        if found is not None and found.group(name):
            return piece.part(*found.span(name))
    return None


def _leader(name: Cell, titles: list[Cell]) -> Leader:
    parts = [name, *titles]
    title = "、".join(closed_up(title.text) for title in titles if title.plain != "同志")
    return Leader(
        closed_up(name.text),
        title or None,
        min(part.start for part in parts),
        max(part.end for part in parts),
    )


def _titled(leader: Leader, title: Cell) -> Leader:
    titles = [leader.title] if leader.title else []
    return Leader(leader.name, "、".join([*titles, closed_up(title.text)]), leader.start, title.end)
