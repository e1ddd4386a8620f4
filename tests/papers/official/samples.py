"""A paper with everything the standard asks for, and smaller ones."""

from datetime import date

from dukao.papers.official.annexes import key_annex, livelihood_annex
from dukao.papers.official.manners import DutyWords, Manner
from dukao.papers.official.notices import NoticeFacts, notice
from dukao.papers.official.rows import KeyGroup, KeyRow, LivelihoodRow
from dukao.papers.official.values import Annex, Cell, Column, Paper, Table, Text

OFFICE = "望潮区人民政府办公室"
PARAGRAPH = (
    "各单位要把责任分解作为全年工作的路线图逐条逐项对表推进务求件件有着落事事见成效"
    "牵头领导负总责牵头单位要制定实施方案明确季度节点和具体责任人责任单位要主动领题靠前配合"
    "遇到跨部门跨街镇的难题由牵头单位召集会商不得推诿扯皮上交矛盾"
)
UNITS = (
    DutyWords("区发改局", "lead"),
    DutyWords("区科技局", "responsible"),
    DutyWords("区交通运输局", "responsible"),
    DutyWords("相关街镇", "responsible", is_group=True),
)


def key_rows(count: int, **more: str) -> tuple[KeyRow, ...]:
    """Rows of one, two and three lines."""
    words = "新增规上服务业企业30家以上，培育链主企业5家。"
    return tuple(KeyRow(str(at), words * (1 + at % 3), UNITS, **more) for at in range(1, count + 1))  # type: ignore[arg-type]


def whole_paper() -> Paper:
    """A notice of several pages with two annexes, the names in it rare."""
    body = (Text(f"{PARAGRAPH * 9}。"), Text(f"{PARAGRAPH}。"))
    groups = (
        KeyGroup("一、白露区长牵头重点工作", (), "总负责。"),
        KeyGroup("二、周望副区长牵头重点工作", key_rows(24)),
    )
    contents = [
        LivelihoodRow("1", "安居提质", "完成老旧小区改造15个。", "陆宁", UNITS),
        LivelihoodRow("1", "安居提质", "新建停车位2000个。", "陆宁", UNITS),
    ]
    return Paper(
        title=f"{OFFICE}关于印发2024年政府工作报告重点工作责任分解和民生实事项目责任分解的通知",
        body=(Text("人名用字：朱镕、王昇、李堃、张喆、陈垚。"), Text("一、压实责任", 1), *body),
        mark=f"{OFFICE}文件",
        number="望政办〔2024〕5号",
        addressees="各街道办事处、镇人民政府，区政府直属各单位",
        signature=OFFICE,
        dated=date(2024, 3, 8),
        remark="此件公开发布",
        annexes=(
            key_annex("2024年政府工作报告重点工作责任分解", groups),
            livelihood_annex("2024年民生实事项目责任分解", contents),
        ),
        copied_to="区委各部门，区人大常委会、政协办公室，区人武部，区法院，区检察院",
        printed_by=OFFICE,
        printed_on=date(2024, 3, 8),
    )


def short_notice() -> Paper:
    """The notice as dukao words it, its signature too low for the first page."""
    contents = [LivelihoodRow("1", "安居提质", "完成老旧小区改造15个。", "陆宁", UNITS)]
    facts = NoticeFacts(
        year=2024,
        office=OFFICE,
        number="望政办〔2024〕5号",
        dated=date(2024, 3, 8),
        addressees="各街道办事处、镇人民政府，区政府直属各单位",
        meeting="二届区政府第26次常务会议",
    )
    return notice(facts, [KeyGroup("一、周望副区长牵头重点工作", key_rows(3))], contents)


HELPED = (*UNITS, DutyWords("区妇联", "supporting"), DutyWords("区残联", "supporting"))


def paper_in_manner(manner: Manner) -> Paper:
    """A notice whose annexes say who leads in one of the manners."""
    rows = tuple(
        KeyRow(str(at), f"新增规上服务业企业{at}0家以上，引进外资项目3个。" * (1 + at % 3), HELPED)
        for at in range(1, 13)
    )
    contents = [
        LivelihoodRow("1", "安居提质", "完成老旧小区改造15个。", "陆宁", HELPED),
        LivelihoodRow("1", "安居提质", "新建停车位2000个。", "陆宁", UNITS),
    ]
    facts = NoticeFacts(
        year=2024,
        office=OFFICE,
        number="望政办〔2024〕5号",
        dated=date(2024, 3, 8),
        addressees="各街道办事处、镇人民政府，区政府直属各单位",
    )
    return notice(facts, [KeyGroup("一、周望副区长牵头重点工作", rows)], contents, manner)


def wide_paper() -> Paper:
    """A paper whose annex is too wide for an upright page."""
    columns = tuple(
        Column(head, 1) for head in ("序号", "工作", "领导", "单位", "一季度", "二季度", "三季度", "四季度")
    )
    rows = tuple(tuple(Cell(f"{at}") for _ in columns) for at in range(1, 40))
    return Paper(
        title="关于季度节点的通知",
        body=(Text("现印发给你们。"),),
        annexes=(Annex("季度节点", (Table(columns, rows),), is_wide=True),),
    )


def letter() -> Paper:
    """A letter of one page and its annex."""
    return Paper(
        title="关于征求对2024年政府工作报告责任分解意见的函",
        body=(Text("请于2024年3月5日前答复。"),),
        form="letter",
        mark=OFFICE,
        number="望政办函〔2024〕7号",
        addressees="区住建局",
        signature=OFFICE,
        dated=date(2024, 2, 20),
        annexes=(Annex("列入区住建局的事项", (Text("改造老旧小区15个。"),)),),
    )
