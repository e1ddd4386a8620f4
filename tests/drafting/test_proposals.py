"""A language model's proposals, by stand-ins that answer well, badly and not at all."""

import json
from collections.abc import Callable

import pytest

from dukao.drafting.answers import read_answer
from dukao.drafting.past import TypedRow, typed_breakdown
from dukao.drafting.proposals import Model, ModelSilent, Proposals, list_parts, propose_with
from dukao.reading.files import read_file
from dukao.reading.values import Source
from dukao.report.compiler import compile_report
from dukao.report.values import Report
from dukao.sample import sample_path

TEXT = """# 青岚县2024年政府工作报告

## 二、2024年工作安排

### （一）做强产业

新增**跨境电商**企业20家，外贸进出口增长8%。引进亿元以上产业项目15个。

### （二）改善民生

新增学位900个，新增养老床位200张。
"""


class StandIn:
    """A model that answers by a function of the prompt."""

    name = "替身"

    def __init__(self, answer: Callable[[str], str]) -> None:
        self.answer = answer
        self.prompts: list[str] = []

    def complete(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return self.answer(prompt)


@pytest.fixture
def report() -> Report:
    return compile_report(Source("报告.md", "0" * 64, "text/markdown", "utf-8", TEXT))


def task(*passages: str, lead: str = "县商务局", others: tuple[str, ...] = ()) -> dict[str, object]:
    return {"原文": list(passages), "牵头": lead, "责任": list(others)}


def answer_with(*tasks: dict[str, object]) -> StandIn:
    """A model that answers every question with the same tasks."""
    return StandIn(lambda _: json.dumps({"任务": tasks}, ensure_ascii=False))


def refused(proposals: Proposals) -> list[tuple[str, str]]:
    return [(one.text, one.reason[:6]) for one in proposals.refused]


def test_a_good_answer_becomes_tasks_of_words_of_the_report(report: Report) -> None:
    def well(prompt: str) -> str:
        if "做强产业" in prompt:
            tasks = [
                task("新增跨境电商企业20家，外贸进出口增长8%。", others=("县财政局", "县云上办", "大家")),
                task("引进亿元以上产业项目15个"),
            ]
        else:
            tasks = [task("新增学位900个", lead="县教育局"), task("新增养老床位200张", lead="县民政局")]
        return (
            "好的，分解如下：\n```json\n" + json.dumps({"任务": tasks}, ensure_ascii=False) + "\n```\n以上。"
        )

    proposals = propose_with(StandIn(well), report)
    assert [one.text for one in proposals.tasks] == [
        "新增跨境电商企业20家，外贸进出口增长8%。",
        "引进亿元以上产业项目15个。",
        "新增学位900个。",
        "新增养老床位200张。",
    ]
    first = proposals.tasks[0]
    (span,) = first.source_spans
    assert TEXT[slice(*span)] == "新增**跨境电商**企业20家，外贸进出口增长8%"
    assert [(unit.name, unit.role, unit.is_known) for unit in first.units] == [
        ("县商务局", "lead", True),
        ("县财政局", "responsible", True),
        ("县云上办", "responsible", False),
    ]
    assert all(one.commitments for one in proposals.tasks)
    assert (proposals.model, proposals.asked, proposals.refused, proposals.unanswered) == ("替身", 2, (), ())
    assert proposals.as_json()["tasks"][0]["source_spans"] == [list(span)]


def test_words_that_are_not_in_the_report_are_refused_and_counted(report: Report) -> None:
    model = answer_with(
        task("新增跨境电商企业30家"),
        task("新增跨境电商企业20家", "建设县自贸区"),
        task("新增跨境电商企业20家,外贸进出口增长8%"),
        task("增长"),
        task("新增学位900个" * 100),
        task("引进亿元以上产业项目15个"),
        task("引进亿元以上产业项目15个。"),
        task("外贸进出口增长8%", "进出口增长8%"),
    )
    proposals = propose_with(model, report)
    ours = refused(proposals)
    assert ("新增跨境电商企业30家", "原文里没有这") in ours
    assert ("新增跨境电商企业20家，建设县自贸区", "原文里没有这") in ours
    assert ("新增跨境电商企业20家,外贸进出口增长8%", "原文里没有这") in ours
    assert ("增长", "太短，看不出") in ours
    assert any(reason == "太长，不是一" for _, reason in ours)
    assert ("引进亿元以上产业项目15个。", "与前面提出的") in ours
    assert ("外贸进出口增长8%，进出口增长8%", "与前面提出的") in ours
    assert [one.text for one in proposals.tasks] == ["引进亿元以上产业项目15个。"]
    assert len(ours) == 15  # 16 answers, one of them in the part it was asked about


def test_a_passage_of_another_part_is_no_answer(report: Report) -> None:
    proposals = propose_with(answer_with(task("新增学位900个", lead="县教育局")), report)
    assert [one.text for one in proposals.tasks] == ["新增学位900个。"]
    assert len(proposals.refused) == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "我不会。",
        "{" * 5000,
        "[" * 5000,
        '{"任务": 3}',
        '{"任务": [3, null, {}]}',
        '{"原文": {"a": 1}}',
        "null",
    ],
)
def test_nonsense_is_said_to_be_none_and_fails_nothing(report: Report, nonsense: str) -> None:
    proposals = propose_with(StandIn(lambda _: nonsense), report)
    assert proposals.tasks == ()
    assert [one.reason for one in proposals.unanswered] == ["回答里没有能读的任务（不是要求的 JSON）"] * 2


def test_of_half_an_answer_the_whole_tasks_are_read() -> None:
    half = '{"任务": [{"原文": "甲事", "牵头": "县商务局"}, {"原文": ["乙事", 3], "责任": "县财政局"}, {"原'
    assert [(one.passages, one.lead, one.others) for one in read_answer(half)] == [
        (("甲事",), "县商务局", ()),
        (("乙事",), "", ("县财政局",)),
    ]


def test_a_silent_model_is_not_asked_for_ever() -> None:
    def silent(_: str) -> str:
        raise ModelSilent("等了 60 秒没有回答")

    model = StandIn(silent)
    report = compile_report(read_file(sample_path("report")))
    proposals = propose_with(model, report)
    assert len(model.prompts) == proposals.asked == 2
    assert [one.reason for one in proposals.unanswered[:3]] == [
        "等了 60 秒没有回答",
        "等了 60 秒没有回答",
        "前面连续 2 次没有回答，没有再问",
    ]
    assert len(proposals.unanswered) == len(list(list_parts(report)))


def test_a_silence_in_between_costs_its_part_only(report: Report) -> None:
    def first_silent(prompt: str) -> str:
        if "做强产业" in prompt:
            raise ModelSilent("连不上")
        return json.dumps(task("新增学位900个", lead="县教育局"), ensure_ascii=False)

    proposals = propose_with(StandIn(first_silent), report)
    assert [one.text for one in proposals.tasks] == ["新增学位900个。"]
    assert [(one.title, one.reason) for one in proposals.unanswered] == [("（一）做强产业", "连不上")]


def test_the_question_holds_the_words_the_units_and_what_was_done_before(report: Report) -> None:
    past = typed_breakdown(
        [TypedRow("新增跨境电商企业15家。", ("县商务和投资促进局",))], name="去年", year=2023
    )
    model: Model = answer_with(task("引进亿元以上产业项目15个", lead="县商务和投资促进局"))
    proposals = propose_with(model, report, [past])
    assert proposals.tasks[0].units[0].is_known
    assert isinstance(model, StandIn)
    prompt = model.prompts[0]
    assert "新增跨境电商企业20家，外贸进出口增长8%。引进亿元以上产业项目15个" in prompt
    assert "单位名单：县商务和投资促进局、" in prompt
    assert "往年的例子：“新增跨境电商企业15家。”由县商务和投资促进局牵头。" in prompt
    assert "县商务局" not in prompt


def test_parts_hold_every_commitment_of_the_plan_and_cross_no_head() -> None:
    report = compile_report(read_file(sample_path("report")))
    parts = list(list_parts(report))
    assert [one.id for part in parts for one in part.commitments] == [one.id for one in report.commitments]
    assert all(part.end - part.start <= 1700 for part in parts)
    assert len({part.title for part in parts}) == 9
