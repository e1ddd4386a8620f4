"""The papers of a breakdown, from plain rows: the notice with both annexes, extracts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dukao.papers.official.annexes import key_annex, key_blocks, livelihood_annex, livelihood_table
from dukao.papers.official.manners import STARRED, Manner
from dukao.papers.official.rows import KeyGroup, LivelihoodRow
from dukao.papers.official.values import Annex, Block, Paper, Text

# What the notice asks of its units, called as in its columns; where the signature goes over the page, this
# goes with it.
CHARGE = (
    "各责任单位要对照分工抓紧制定推进方案，明确时间节点和责任人；{lead}要加强统筹，{supporting}要主动配合。"
    "落实中遇有重大问题，请及时报告。"
)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What the notice says of itself: who issues it, to whom, by which meeting, under which number and date.

    `title` where the place has its own; `mark` where the office's differs from its name with 文件.
    """

    year: int
    office: str
    number: str
    dated: date | None
    addressees: str
    meeting: str = ""
    copied_to: str = ""
    remark: str = ""
    title: str = ""
    suffix: str = ""


def notice(
    facts: NoticeFacts,
    groups: Sequence[KeyGroup],
    livelihood: Sequence[LivelihoodRow],
    manner: Manner = STARRED,
) -> Paper:
    """关于印发…责任分解的通知, its annexes the key tasks by leader and the livelihood projects."""
    annexes = breakdown_annexes(facts.year, groups, livelihood, facts.suffix, manner)
    named = "和".join(f"《{annex.title}》" for annex in annexes)
    passed = f"已经{facts.meeting}审议通过，" if facts.meeting else ""
    return Paper(
        title=facts.title or title_of_notice(facts.office, facts.year, bool(livelihood)),
        body=(Text(f"{named}{passed}现印发给你们，请认真贯彻执行。"), Text(_charge(manner))),
        mark=f"{facts.office}文件",
        number=facts.number,
        addressees=facts.addressees.rstrip("：:"),
        signature=facts.office,
        dated=facts.dated,
        remark=facts.remark.strip("（）()"),
        annexes=annexes,
        copied_to=facts.copied_to.rstrip("。"),
        printed_by=facts.office,
        printed_on=facts.dated,
    )


def _charge(manner: Manner) -> str:
    called = manner if manner.has_columns else STARRED
    return CHARGE.format(lead=called.lead, supporting=called.supporting)


def title_of_notice(office: str, year: int, has_livelihood: bool) -> str:
    """某某人民政府办公室关于印发…责任分解的通知."""
    about = "重点工作责任分解和民生实事项目责任分解" if has_livelihood else "重点工作责任分解"
    return f"{office}关于印发{year}年政府工作报告{about}的通知"


def breakdown_annexes(
    year: int,
    groups: Sequence[KeyGroup],
    livelihood: Sequence[LivelihoodRow],
    suffix: str = "",
    manner: Manner = STARRED,
) -> tuple[Annex, ...]:
    """Both annexes, the second where there are livelihood projects; `suffix` as （送审稿）."""
    annexes = [key_annex(f"{year}年政府工作报告重点工作责任分解{suffix}", groups, manner)]
    if livelihood:
        annexes.append(livelihood_annex(f"{year}年民生实事项目责任分解{suffix}", livelihood, manner))
    return tuple(annexes)


def extract(
    title: str,
    source: str,
    groups: Sequence[KeyGroup],
    livelihood: Sequence[LivelihoodRow],
    manner: Manner = STARRED,
) -> Paper:
    """One leader's or one unit's own rows; `source` says which paper they are taken from."""
    blocks: list[Block] = [Text(source), *key_blocks(groups, manner)]
    if livelihood:
        blocks += [Text("民生实事项目", 1), livelihood_table(livelihood, manner)]
    return Paper(title=title, body=tuple(blocks))
