"""What cutting commitments knows, rule by rule, each with sentences that prove it.

A reading is the kind and the words of a commitment, or `none: ` and the words that are left out.
"""

import re

from dukao.language.rules import Rule
from dukao.report.commitments import read_parts

RULES: tuple[Rule, ...] = (
    Rule(
        code="C01",
        name="一个主句一项承诺",
        why="责任分解按主句拆分：每个有自己动词的半句可以单独交给一个单位；顿号并列的宾语不拆",
        matches=(
            ("改造临江大道、环湖路等主干道，完善停车设施。", "action: 改造临江大道、环湖路等主干道"),
            ("改造临江大道、环湖路等主干道，完善停车设施。", "action: 完善停车设施"),
            ("加快推进滨江水厂迁建；启动老码头片区更新。", "action: 启动老码头片区更新"),
        ),
        rejects=("以江湾新城为重点，擦亮水乡品牌。", "各位代表！"),
    ),
    Rule(
        code="C02",
        name="介词引语依附于主句",
        why="围绕、聚焦、按照、抢抓等引出的半句说的是依据或对象，离开后面的主句无从汇报",
        matches=(
            ("围绕江海联运通道，建设三座货运码头。", "action: 围绕江海联运通道，建设三座货运码头"),
            ("抢抓都市圈扩容机遇，开工临江东站。", "action: 抢抓都市圈扩容机遇，开工临江东站"),
        ),
        rejects=("建设三座货运码头，开工临江东站。", "通过省级节水型城区验收。"),
    ),
    Rule(
        code="C03",
        name="理念引语依附于主句",
        why="坚持、发挥……作用、运用……手段是做法，后面的主句才是要办的事",
        matches=(
            ("坚持建管并重，推行河湖长巡查制度。", "action: 坚持建管并重，推行河湖长巡查制度"),
            ("发挥商会桥梁作用，组织企业外出招商。", "action: 发挥商会桥梁作用，组织企业外出招商"),
        ),
        rejects=("推行河湖长巡查制度，组织企业外出招商。", "坚持房住不炒。"),
    ),
    Rule(
        code="C04",
        name="介词结构和时间依附于主句",
        why="以……为……、在……下、把……作为……、六月底前，单独成不了一件事",
        matches=(
            ("以渔港搬迁为契机，整治西岸岸线。", "action: 以渔港搬迁为契机，整治西岸岸线"),
            ("9月底前，完成校舍加固。", "action: 9月底前，完成校舍加固"),
            ("全区各部门，要公开办事时限。", "action: 全区各部门，要公开办事时限"),
        ),
        rejects=("整治西岸岸线，完成校舍加固。",),
    ),
    Rule(
        code="C05",
        name="补充语归前一主句",
        why="让……、使……、其中……、同比增长……是前一件事的效果或细目，不另立一项",
        matches=(
            ("新增托位600个，其中公办托位300个。", "target: 新增托位600个，其中公办托位300个"),
            ("推行一窗受理，让群众少跑一趟。", "action: 推行一窗受理，让群众少跑一趟"),
        ),
        rejects=("新增托位600个，改造公办园8所。",),
    ),
    Rule(
        code="C06",
        name="有数字的是目标",
        why="半句里有一个目标值，年底就要按这个数来对",
        matches=(
            ("规上服务业营业收入增长9%，新增上市企业2家。", "target: 规上服务业营业收入增长9%"),
            ("新增充电桩500个；公交专用道12公里。", "target: 公交专用道12公里"),
        ),
        rejects=("完善停车设施，推行一窗受理。",),
    ),
    Rule(
        code="C07",
        name="结果性表述是愿景",
        why="前面已有要办的事，提升……水平、打造……高地说的是效果，没有数字时无从单独汇报",
        matches=(
            ("建设智慧水务平台，提升防汛决策水平。", "aspiration: 提升防汛决策水平"),
            ("引进海洋科研机构，加快打造蓝色经济高地。", "aspiration: 加快打造蓝色经济高地"),
            ("推动造船业高质量发展。", "aspiration: 推动造船业高质量发展"),
        ),
        rejects=("打造滨江夜市。", "修订应急预案，建立健全值守机制。"),
    ),
    Rule(
        code="C08",
        name="形象和风气的表述是愿景",
        why="擦亮品牌、营造氛围、争当标杆和四字口号没有可以验收的内容",
        matches=(
            ("举办龙舟赛，擦亮水乡品牌。", "aspiration: 擦亮水乡品牌"),
            ("真抓实干、善作善成。", "aspiration: 真抓实干、善作善成"),
            ("落实廉政责任制，洁身净心。", "aspiration: 洁身净心"),
        ),
        rejects=("举办龙舟赛，完善停车设施。",),
    ),
    Rule(
        code="C09",
        name="提起下文的话不是承诺",
        why="重点做好几方面工作、提请票决、让我们……是向代表说话，事情在别处",
        matches=(
            ("今年重点抓好七方面工作。", "none: 今年重点抓好七方面工作"),
            ("做好今年各项工作，改造沿江道路。", "none: 做好今年各项工作"),
            ("实现上述目标，必须狠抓落实。", "none: 实现上述目标"),
        ),
        rejects=("抓好农村饮水工程。",),
    ),
    Rule(
        code="C10",
        name="陈述和评说不是承诺",
        why="是、了、已经、面临说的是现状或道理，没有要办的事",
        matches=(
            ("临江是百年商埠，必须守护好这份家底。", "none: 临江是百年商埠"),
            ("我区还面临不少困难。", "none: 我区还面临不少困难"),
            ("渔港扩建对于留住渔民具有决定性意义。", "none: 渔港扩建对于留住渔民具有决定性意义"),
            ("后备企业偏少，港区用地不足。", "none: 港区用地不足"),
        ),
        rejects=("全面解决饮水困难。", "为了改善通行，拓宽桥面。"),
    ),
    Rule(
        code="C12",
        name="总领和总要求是愿景",
        why="章下面还分节时，章首的一段是总述，具体的事在各节里；讲今年是怎样一年、总要求、做好今年工作必须把握什么的段落也是如此",
        matches=(
            ("今年工作的总体要求是：加强党的领导，推进共同富裕。", "aspiration: 推进共同富裕"),
            ("今年工作的总要求是坚持稳字当头，实施强港兴区战略。", "aspiration: 实施强港兴区战略"),
            ("今年是临江建区二十周年。推进港城融合，加强部门协作。", "aspiration: 加强部门协作"),
            ("完成上述目标，必须守牢安全底线，推进港城融合。", "aspiration: 推进港城融合"),
        ),
        rejects=("推进老旧水管更新。", "今年是第三批老旧水管更新的收尾期限，推进老旧水管更新。"),
    ),
    Rule(
        code="C13",
        name="冒号前是题目",
        why="冒号前面的半句引出后面的清单，本身不是一项",
        matches=(
            ("全年主要预期目标是：财政收入增长5%。", "none: 全年主要预期目标是"),
            ("综合考虑各方面因素，主要目标是：财政收入增长5%。", "none: 综合考虑各方面因素"),
        ),
        rejects=("财政收入增长5%。",),
    ),
    Rule(
        code="C14",
        name="没有数字的目标状态也是承诺",
        why="全覆盖、达标、同步、持续下降可以验收，只是没有写成数字",
        matches=(
            ("渔民转产转业有序推进，入海断面水质全部达标。", "action: 入海断面水质全部达标"),
            ("建设智慧水务平台，实现农村供水监测全覆盖。", "action: 实现农村供水监测全覆盖"),
            ("第二水厂9月底前通水，建成后惠及三镇。", "action: 第二水厂9月底前通水"),
        ),
        rejects=("推行一窗受理。",),
    ),
    Rule(
        code="C15",
        name="没有认得的动词时看前后",
        why="词表里没有的动词，前面有副词、引语或已有承诺时按承诺算，宁可多列一条请人看",
        matches=(
            ("加快渔港避风锚地扩容。", "action: 加快渔港避风锚地扩容"),
            ("完善停车设施，渠化十字路口。", "action: 渠化十字路口"),
            ("各街镇一周一碰头，限期销账。", "action: 各街镇一周一碰头"),
        ),
        rejects=("推行一窗受理，完善停车设施。",),
    ),
    Rule(
        code="C16",
        name="提请票决的项目另有清单",
        why="征集、票决民生实事是提请大会的事，票决出来的项目写在附件里；这一段只是表态，不另立承诺",
        matches=(
            ("我们征集建议320条，形成十二个候选项目，提请大会票决。", "none: 形成十二个候选项目"),
            ("十个项目提请票决。对票决产生的项目，将挂图作战。", "aspiration: 对票决产生的项目，将挂图作战"),
        ),
        rejects=("推行民生实事项目票决制，完善停车设施。",),
    ),
)

# Enough of a number with its unit for a proof; the measures of a report are read elsewhere.
_FIGURE = re.compile(r"\d[\d.]*\s*(?:[%‰个家所座公]|万|亿)")


def fired_commitments(sentence: str) -> dict[str, list[str]]:
    """What each rule read in a sentence of a plan: rule code → readings such as `action: 完善停车设施`."""
    fired: dict[str, list[str]] = {}
    starts = [found.start() for found in _FIGURE.finditer(sentence)]
    for start, end, kind, rules in read_parts(sentence, starts):
        for code in rules:
            fired.setdefault(code, []).append(f"{kind}: {sentence[start:end]}")
    return fired
