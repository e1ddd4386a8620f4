"""The rules by which a row is held against the report, each with the pairs that prove it.

A pair is written 报告句 ⇒ 分解句, two rows of a breakdown 领导/单位：任务 ∥ 领导/单位：任务. Every sentence
is invented.
"""

from itertools import count

from dukao.breakdown.comparison.alignment import align_row
from dukao.breakdown.comparison.differences import judge_row
from dukao.breakdown.comparison.findings import find_findings
from dukao.breakdown.comparison.folding import fold
from dukao.breakdown.comparison.ground import Ground
from dukao.breakdown.values import Breakdown, Leader, Notice, Task, UnitRole
from dukao.language.rules import Rule
from dukao.reading.values import Source
from dukao.report.compiler import read_plan_measures

RULES: tuple[Rule, ...] = (
    Rule(
        "D01",
        "逐字",
        "分解句在报告里连成一段：空格、星号、句末句号和全角半角不算不同",
        (
            ("开工滨江学校二期，新增学位 600 个。 ⇒ 新增学位600个。", "新增学位 600 个"),
            (
                "地表水Ⅲ类以上断面比例达到 95%。 ⇒ 地表水III类以上断面比例达到95%。",
                "地表水Ⅲ类以上断面比例达到 95%",
            ),
        ),
        ("改造老街3条、公园2个。 ⇒ 改造公园2个。",),
    ),
    Rule(
        "D02",
        "数字写法",
        "同一个数用汉字或阿拉伯数字、带不带“万”都是一个数，不算改动",
        (
            ("新增就业岗位1万个。 ⇒ 新增就业岗位10000个。", "1万个→10000个"),
            ("培育科技企业五十家以上。 ⇒ 培育科技企业50家以上。", "五十家以上→50家以上"),
        ),
        ("新增就业岗位1万个。 ⇒ 新增就业岗位1.1万个。",),
    ),
    Rule(
        "D03",
        "截断",
        "表中各行都有句号，这一行没有，报告里的话也没完：是扫描截断，不是改动",
        (("招引外贸企业20家、链主企业3家。 ⇒ 招引外贸企业20家、链主企", "链主企业3家→链主企"),),
        ("招引外贸企业20家、链主企业3家。 ⇒ 招引外贸企业20家。",),
    ),
    Rule(
        "D04",
        "拆分",
        "话没有改，只是从报告里取了不相连的几段",
        (
            (
                "建成北岸绿道，开放南岸码头，新增路灯500盏。 ⇒ 建成北岸绿道，新增路灯500盏。",
                "建成北岸绿道|新增路灯500盏",
            ),
        ),
        ("建成北岸绿道，新增路灯500盏。 ⇒ 建成北岸绿道，新增路灯500盏。",),
    ),
    Rule(
        "D05",
        "并列取其一",
        "报告一句里并列几件事，分给几个单位时各取一件，其余不算漏",
        (
            ("推动老粮仓、旧码头、电影院等存量空间改造利用。 ⇒ 推动旧码头等存量空间改造利用。", "老粮仓"),
            ("疏浚支河6条、支渠9条。 ⇒ 疏浚支渠9条。", "支河6条"),
        ),
        ("疏浚支河6条，整修支渠9条。 ⇒ 整修支渠9条。",),
    ),
    Rule(
        "D06",
        "归还动词",
        "并列的后一件省了动词或名词，单列时要还给它，不算添字",
        (
            ("力争建成省级示范园、入选国家级试点。 ⇒ 力争入选国家级试点。", "力争"),
            ("开工扩建项目12个、竣工7个。 ⇒ 竣工扩建项目7个。", "扩建项目"),
        ),
        ("开工扩建项目12个。 ⇒ 实现开工扩建项目12个。",),
    ),
    Rule(
        "D07",
        "分别",
        "“甲、乙分别增长三、四”，取乙时对应第四，末尾的“以上”各项共用",
        (
            ("客运量、货运量分别增长4%、6%以上。 ⇒ 货运量增长6%以上。", "货运量|增长|6%以上"),
            ("客运量、货运量分别增长4%、6%以上。 ⇒ 客运量增长4%以上。", "客运量|增长4%|以上"),
        ),
        ("客运量增长4%，货运量增长6%以上。 ⇒ 货运量增长6%以上。",),
    ),
    Rule(
        "D08",
        "一词两指",
        "“城乡”一词指两样，分给两家时各取“城镇”“农村”，不算改词",
        (("城乡供水一体化率达到90%。 ⇒ 农村供水一体化率达到90%。", "城乡"),),
        ("山区供水一体化率达到90%。 ⇒ 农村供水一体化率达到90%。",),
    ),
    Rule(
        "D09",
        "合并换序",
        "话没有改，次序变了，或把不同句子的话并成一条",
        (
            ("新建公厕8座，更新路灯300盏。 ⇒ 更新路灯300盏，新建公厕8座。", "新建公厕8座，更新路灯300盏"),
            ("更新路灯300盏、管网5公里。 ⇒ 更新管网5公里、路灯300盏。", "更新路灯300盏、管网5公里"),
        ),
        ("新建公厕8座，更新路灯300盏。 ⇒ 更新路灯300盏。",),
    ),
    Rule(
        "D10",
        "改数",
        "数、单位或“以上”“左右”变了，以文字说的目标换成数，都要报出两边的读法",
        (
            ("新增民宿40家以上。 ⇒ 新增民宿40以上。", "40家以上→40以上"),
            ("新增民宿40家以上。 ⇒ 新增民宿40家。", "40家以上→40家"),
            ("工资性收入与物价涨幅同步。 ⇒ 工资性收入增长5%。", "与物价涨幅同步→增长5%"),
            (
                "工资性收入与物价涨幅同步。 ⇒ 工资性收入与物价涨幅基本同步。",
                "与物价涨幅同步→与物价涨幅基本同步",
            ),
            ("客运量、货运量分别增长4%、6%以上。 ⇒ 货运量增长4%。", "6%以上→4%"),
        ),
        ("新增民宿40家以上、茶馆20家。 ⇒ 新增茶馆20家。", "新增就业岗位1万个。 ⇒ 新增就业岗位10000个。"),
    ),
    Rule(
        "D11",
        "改词",
        "同一处的词换了，力度或范围就可能变",
        (
            ("积极对接跨江通道规划。 ⇒ 主动对接跨江通道规划。", "积极→主动"),
            ("加强工地噪声治理。 ⇒ 加强工地噪声管控。", "治理→管控"),
        ),
        ("积极对接跨江通道规划。 ⇒ 积极对接跨江通道规划。",),
    ),
    Rule(
        "D12",
        "漏词",
        "词少了，又不是拆分所必需；并列的一件没有任何一行承接，也是漏",
        (
            ("促进农文旅深度融合发展，办好丰收节。 ⇒ 促进农文旅深度融合，办好丰收节。", "发展→"),
            ("力争建成江心码头。 ⇒ 建成江心码头。", "力争→"),
        ),
        ("促进农文旅深度融合，并办好丰收节。 ⇒ 办好丰收节。",),
    ),
    Rule(
        "D13",
        "添词",
        "词多了，又不是归还的动词",
        (
            ("抓好工地扬尘治理。 ⇒ 抓好城区工地扬尘治理。", "→城区"),
            ("推进老街复兴，夜间消费额增长8%。 ⇒ 推进老街复兴，实现夜间消费额增长8%。", "→实现"),
        ),
        ("疏浚支河6条、支渠9条。 ⇒ 疏浚支渠9条。",),
    ),
    Rule(
        "D14",
        "报告未载",
        "计划部分找不到一半以上的字，宁可说没有，也不指错地方",
        (
            ("建成北岸绿道，新增路灯500盏。 ⇒ 为高龄老人免费安装扶手。", ""),
            ("整治背街小巷12条。 ⇒ 整治背街小河5条。", ""),
        ),
        ("建成北岸绿道，新增路灯500盏。 ⇒ 新增路灯500盏。",),
    ),
    Rule(
        "D15",
        "一事两家牵头",
        "同一件事、同一个数，两处的牵头单位没有一家相同：必须明确由谁牵头",
        (("甲/区水务局：清淤支渠9条。 ∥ 乙/区农业局：清淤支渠9条。", "区水务局|区农业局"),),
        (
            "甲/区水务局：清淤支渠9条。 ∥ 乙/区水务局：清淤支渠9条。",
            "甲/区人社局：新增培训岗位90个。 ∥ 乙/区人力社保局：新增培训岗位90个。",
        ),
    ),
    Rule(
        "D16",
        "邻近事项两个数",
        "同一件事或其中一部分，两处数目不同：统计范围可能不同，请确认口径",
        (
            ("甲/区住建局：完工旧厂房改造项目30个。 ∥ 乙/区住建局：完成旧厂房改造18个。", "30个|18个"),
            ("甲/区教育局：建成投用学校6所。 ∥ 乙/区教育局：新投用幼儿园2所。", "6所|2所"),
        ),
        (
            "甲/区住建局：开工旧厂房改造项目30个。 ∥ 乙/区住建局：完工旧厂房改造项目18个。",
            "甲/区商务局：引进品牌首店30家。 ∥ 乙/区文旅局：培育特色民宿18家。",
        ),
    ),
)

_SEPARATOR = " ⇒ "
_BESIDE = " ∥ "


def fired_alignment(pair_text: str) -> dict[str, list[str]]:
    """The rules that take part in a pair, and what each reads.

    >>> fired_alignment("新增民宿40家以上。 ⇒ 新增民宿40家。")["D10"]
    ['40家以上→40家']
    """
    if _BESIDE in pair_text:
        return _fired_by_rows(pair_text.split(_BESIDE))
    said, row = pair_text.split(_SEPARATOR)
    ground, folded = Ground(fold(said)), fold(row)
    held = judge_row(folded, ground, align_row(folded.text, ground), (row, said), stops_usual=True)
    fired: dict[str, list[str]] = {}
    for code, reading in held.fired:
        fired.setdefault(code, []).append(reading)
    return fired


def _fired_by_rows(rows: list[str]) -> dict[str, list[str]]:
    text = "\n".join(rows)
    tasks, at = [], 0
    for index, row in enumerate(rows, 1):
        tasks.append(_as_task(f"{index}", text, at, at + len(row)))
        at += len(row) + 1
    source = Source("", "", "text/plain", "utf-8", text)
    breakdown = Breakdown(source, Notice(), (), (), tuple(tasks), (), (), ())
    codes = {"two-lead-units": "D15", "two-numbers": "D16"}
    leads = "|".join(task.units[0].name for task in tasks)
    numbers = "|".join(task.measures[0].surface for task in tasks if task.measures)
    found = {codes[finding.code] for finding in find_findings(breakdown)}
    return {code: [leads if code == "D15" else numbers] for code in sorted(found)}


def _as_task(number: str, text: str, start: int, end: int) -> Task:
    who, colon, words = text[start:end].partition("：")
    leader, _, unit = who.partition("/")
    start += len(who) + len(colon)
    measures = read_plan_measures(text, start, end, None, count(1))
    leaders = (Leader(leader, None, 0, 0),)
    units = (UnitRole(unit, None, unit, 0, 0, False, "lead", "sole"),)
    return Task(number, "", number, None, None, words, start, end, leaders, units, None, measures=measures)
