"""Why a unit or leader is proposed, in the words of an office: every sentence of a draft stands here."""

from collections.abc import Sequence
from typing import Final

from dukao.drafting.fields import Speaking
from dukao.drafting.leaving import Left
from dukao.drafting.memory import Neighbour, PastRow
from dukao.drafting.names import core_of
from dukao.drafting.values import Wanted, Withheld
from dukao.drafting.weighing import Evidence

_WANTED: Final = {"lead": "牵头单位", "leader": "牵头领导", "responsible": "责任单位"}
_LEFT_OUT: Final[dict[Left, str]] = {
    "lead-in": "统领下文的话，具体任务在其后",
    "stance": "只表明态度和方向，没有要办的事",
    "situation": "讲形势和条件的话，没有要办的事",
    "ballot": "民生实事候选项目，由代表票决后另行分解",
}
_WORDS: Final = 3
# Past rows less like the text than this are not told as a reason.
_TELLING: Final = 0.12
_QUOTED: Final = 14


def explain_lead(unit: str, evidence: Evidence) -> str:
    """Why a unit is proposed to lead."""
    said = [_tell_words(unit, evidence.words_for(unit)), _tell_named(unit, evidence)]
    if not any(said):
        said.append(_tell_head(unit, evidence.head_words_for(unit)))
    told = _tell_row(evidence.rows_led_by(unit), f"曾由{unit}牵头")
    near = evidence.rows_led_by(unit)
    # What decided comes first.
    said = [told, *said] if near and near[0].likeness > 0.5 else [*said, told]
    return _join(said) or f"在往年相近的任务里，{unit}牵头的最多"


def explain_part(unit: str, lead: str | None, evidence: Evidence) -> str:
    """Why a unit is proposed to take part."""
    said = [_tell_words(unit, evidence.words_for(unit)), _tell_named(unit, evidence)]
    if lead and (beside := evidence.memory.count_together(lead, unit)):
        said.append(f"{lead}往年牵头的{evidence.memory.lead_counts[lead]}项里有{beside}项由它参加")
    said.append(_tell_row(evidence.rows_with(unit), f"曾列{unit}"))
    return _join(said[:4]) or "往年相近的任务多列有它"


def explain_leader(leader: tuple[str, str | None], evidence: Evidence) -> str:
    """Why a leader is proposed: the likeliest unit whose work was theirs."""
    for unit in evidence.lead_shares:
        had = evidence.memory.leader_counts.get(unit)
        if had and had[leader]:
            return f"{unit}往年牵头的{had.total()}项里，{had[leader]}项由{leader[0]}牵头负责"
    return "往年相近的任务多由其负责"


def explain_limit(row: PastRow) -> str:
    """Why a time limit is proposed."""
    said = row.limit.text if row.limit else ""
    return f"{_cite(row)}与此相同或相近，时限是“{said}”"


def explain_joint(rows: Sequence[PastRow]) -> str:
    """Why a task of the government's own work is laid on all units."""
    if rows:
        return f"政府自身建设的任务往年由各单位共同落实（如{rows[-1].said}）"
    return "政府自身建设的任务通常由各单位共同落实"


def say_nothing_sure(wanted: Wanted, nearest: str | None, sure: float, least: float) -> Withheld:
    """That nothing is proposed, what came nearest, and what to do."""
    what = _WANTED[wanted]
    if nearest is None:
        why = "没有往年分解可以参照" if wanted == "leader" else "文中没有能指向哪家单位的词"
        return Withheld(wanted, f"{why}，未提{what}，请人工确定。")
    return Withheld(wanted, f"最像的是{nearest}，把握 {sure:.0%}，不到 {least:.0%}，未提{what}，请人工确定。")


def _tell_words(unit: str, speaking: Speaking | None) -> str:
    if speaking is None:
        return ""
    if speaking.core:
        return f"{_quote(speaking.core)}是{unit}的本职"
    return f"{_quote(speaking.field)}常由{unit}管"


def _tell_head(unit: str, speaking: Speaking | None) -> str:
    if speaking is None:
        return ""
    return f"文中的词不多，所在部分的标题讲{_quote(speaking.core or speaking.field)}，是{unit}的事"


def _tell_named(unit: str, evidence: Evidence) -> str:
    return f"文中提到“{core_of(unit)}”" if unit in evidence.named else ""


def _tell_row(rows: Sequence[Neighbour], did: str) -> str:
    if not rows or rows[0].likeness < _TELLING:
        return ""
    return f"{_cite(rows[0].row)}{did}"


def _cite(row: PastRow) -> str:
    begins = row.text[:_QUOTED] + ("…" if len(row.text) > _QUOTED else "")
    return f"{row.said}（{begins}）"


def _quote(words: tuple[str, ...]) -> str:
    """The heaviest words, those that lie inside another of them left out."""
    kept: list[str] = []
    for word in words:
        if not any(word in other for other in kept) and len(kept) < _WORDS:
            kept.append(word)
    return "".join(f"“{word}”" for word in kept)


def _join(said: Sequence[str]) -> str:
    return "；".join(sentence for sentence in said if sentence)


def explain_left_out(why: Left) -> str:
    """Why a commitment is no task."""
    return _LEFT_OUT[why]
