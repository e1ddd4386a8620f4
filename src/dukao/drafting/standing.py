"""How a clause stands to those before it in a sentence: by itself, as what comes of them, or as a deed anew.

What an office makes a row of its own whoever leads it, and how seldom another unit's work begins at a clause.
The cost was set on a known breakdown and on reports labelled by hand: of the deeds where another unit's
word stands, one in two is another row. A word of a unit's own work begins one where nothing speaks for the
unit before (log 2.3/0.3 = 2.0), a word it shares with others does not (1.7). How finely an office cuts
differs more than anything in a clause tells: neither its number, its length, nor whether the sentence comes
back to the unit before made the cut any better. A hope hardly ever opens a row, whatever words it has: it
says what comes of the deeds before it.
"""

import re
from typing import Final

from dukao.drafting.fields import vocabulary
from dukao.drafting.pieces import Piece
from dukao.report.predicates import find_head, load_lexicon

# In logarithms of what speaks for a unit, as `laying` weighs it.
_DEED_COST: Final = 1.75
_TITLE_COST: Final = 2.5
# How far something is to come: 企业贷款余额达到30亿元.
_REACHED: Final = re.compile(
    r"(?:达到?|增长|提高到?|增加到|下降|控制在|稳定在|不低于|不少于|突破|压减|压缩)[^，]{0,6}[\d一二三四五六七八九十半]"
)
# What becomes less by the deeds before: 推动生产安全事故起数、死亡人数双下降.
_LESSENED: Final = re.compile("(?:下降|清零)$")
# How far they are to reach: 实现重点区域全覆盖.
_EVERYWHERE: Final = re.compile("(?:基本|逐步)?实现[^，]*全覆盖$")
# What the deeds before are done for: 为企业培养更多技工.
_FOR: Final = re.compile("为|(?:培养|培育|造就)[^，]{0,4}更多")
# What of them comes first: 加大整治力度，重点解决….
_ABOVE_ALL: Final = re.compile("重点(?:解决|做好|抓好|推进|围绕|治理|整治)|特别是|尤其是|着重")
# Where or how the deed behind is done: 在便民服务等方面，办好…; 在医疗等领域，…; 以创新链带动产业链，建设….
_MANNER: Final = "以[^，]{2,10}(?:带动|引领|优化|促进|推动|牵引)"
_TIMES: Final = "(?:影响|机遇|变化|形势|趋势|契机|挑战|大势)"
_FACING: Final = f"(?:积极|主动|准确)?(?:应对|顺应|把握|抓住|抢抓|用好)[^，]*{_TIMES}$"
_LEANING: Final = re.compile(
    f"{_MANNER}|{_FACING}|在[^，]*(?:领域|环节|行业)$|.*(?:方面|同时|基础上|过程中|前提下|之际)$"
)
# A title striven for: 高质量创成省级“平安县”.
_TITLE: Final = re.compile("^[^，]{0,4}(?:争创|创成|获评|再夺)")
# What inspectors found is followed up item by item: 抓好环保督察反馈问题整改.
_PUT_RIGHT: Final = re.compile("(?:督察|巡视|巡察|审计)[^，]{0,12}整改")


def is_alone(piece: Piece) -> bool:
    """Whether every county answers for a piece by itself: a bare figure, or putting right what was found."""
    return is_own_figure(piece) or bool(_PUT_RIGHT.search(piece.text))


def is_own_figure(piece: Piece) -> bool:
    """Whether a piece is one of the figures that are broken down by themselves: 社会消费品零售总额增长7%."""
    figures = tuple(vocabulary("cutting")["own_figures"])
    is_figure = piece.kind == "target" or bool(_LESSENED.search(piece.text))
    return is_figure and piece.text.startswith(figures) and "，" not in piece.text


def comes_of(piece: Piece, before: Piece) -> bool:
    """Whether a piece says no more than what comes of the one before it.

    A hope does, what the deed is done for, what becomes less, and how far it is to come; behind a piece
    that stands alone also what others are moved to: 推动更多农户增收.
    """
    if piece.is_own:
        return False
    if piece.kind == "aspiration" or _LESSENED.search(piece.text):
        return True
    if piece.kind == "action" and (_FOR.match(piece.text) or _EVERYWHERE.match(piece.text)):
        return True
    if _ABOVE_ALL.match(piece.text):
        return True
    if before.is_own:
        return piece.kind == "action" and _head_of(piece) == "cleft"
    return _is_measure(piece) and not _is_measure(before)


def leans_forward(piece: Piece) -> bool:
    """Whether a piece only says where or how the deed behind it is done: 在…等方面, 以…带动…, 抢抓…机遇."""
    return bool(_LEANING.match(piece.text))


def passing_cost(piece: Piece) -> float:
    """What it costs to say that another unit's work begins at a piece."""
    return _TITLE_COST if _TITLE.search(piece.text) else _DEED_COST


def _is_measure(piece: Piece) -> bool:
    """Whether a piece says how far something is to come and names no deed."""
    if piece.kind != "target":
        return False
    return _head_of(piece) not in ("verb", "result") or bool(_REACHED.search(piece.commitment.text))


def _head_of(piece: Piece) -> str:
    """The kind of word a piece's clause turns on."""
    said = piece.commitment.text
    return find_head(said, 0, len(said), load_lexicon())[0].kind
