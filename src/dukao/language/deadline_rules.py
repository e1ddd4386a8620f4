"""The rules by which deadlines are read, each with sentences that prove it. Every sentence is invented."""

from dukao.language.dates import read_deadlines
from dukao.language.rules import Rule

_YEAR = 2024
_OF_KIND = {"by": "T01", "within": "T02", "ongoing": "T03", "milestone": "T04"}

RULES: tuple[Rule, ...] = (
    Rule(
        "T01",
        "某时以前",
        "“底前”“年底前”“到某年”说的是最晚的日子；“6月前”到五月末，“6月底前”到六月末",
        (
            ("石桥修缮6月底前完工。", "6月底前 2024-06-30"),
            ("年底前开放临江书屋。", "年底前 2024-12-31"),
            ("4月25日前报送方案。", "4月25日前 2024-04-25"),
            ("到2027年建成湿地公园。", "到2027年 2027-12-31"),
            ("十一月底前补种行道树。", "十一月底前 2024-11-30"),
            ("6月前完成招标。", "6月前 2024-05-31"),
            ("教师节前交付新校舍。", "教师节前 2024-09-09"),
            ("重阳节前开办长者食堂。", "重阳节前"),
            ("国庆前点亮临江大桥。", "国庆前 2024-09-30"),
        ),
        ("3月5日召开座谈会。", "2023年新建书屋两座。", "9月开工。"),
    ),
    Rule(
        "T02",
        "某段时间以内",
        "“年内”“上半年”“三个月内”“二季度”说的是一段时间，末日是这段的最后一天，没有起点的算不出日子",
        (
            ("年内投用滨江步道。", "年内 2024-12-31"),
            ("上半年完成清淤。", "上半年 2024-06-30"),
            ("二季度开工率达六成。", "二季度 2024-06-30"),
            ("三个月内整改到位。", "三个月内"),
        ),
        ("年度考核合格。", "多年努力终有成效。"),
    ),
    Rule(
        "T03",
        "一直做下去",
        "“持续推进”“常态化开展”没有最后一天，年内持续推进的到年末为一段",
        (
            ("持续推进河道保洁。", "持续推进"),
            ("常态化开展夜间巡查。", "常态化开展"),
            ("年内持续推进", "年内持续推进 2024-12-31"),
        ),
        ("健全常态化机制。", "保持持续增长。"),
    ),
    Rule(
        "T04",
        "某月走到哪一步",
        "月份后面跟着“开工”“投入使用”一类的词，说的是那个月的节点",
        (
            ("新校舍9月投入使用。", "9月投入使用 2024-09-30"),
            ("3月下旬完成搬迁。", "3月下旬完成 2024-03-31"),
            ("明年5月开工。", "明年5月开工 2025-05-31"),
        ),
        ("6月底前完工。", "每月5日报送进展。"),
    ),
)


def fired_deadlines(sentence: str) -> dict[str, list[str]]:
    """The rules that take part in a sentence of 2024, and what each reads: the words and the date.

    >>> fired_deadlines("年底前开放临江书屋。")
    {'T01': ['年底前 2024-12-31']}
    """
    fired: dict[str, list[str]] = {}
    for deadline in read_deadlines(sentence, 0, len(sentence), _YEAR):
        reading = f"{deadline.text} {deadline.date}" if deadline.date else deadline.text
        fired.setdefault(_OF_KIND[deadline.kind], []).append(reading)
    return fired
