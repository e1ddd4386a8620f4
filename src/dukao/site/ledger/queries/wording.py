"""What the record says in words: bases, comparisons, kinds, and the answers of settled questions."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from dukao.papers.figures import name_measure
from dukao.site.ledger.models import Question, QuestionKind, TaskMeasure

BASES = {
    "star": "分解表标*",
    "first": "分解表列首位",
    "word": "分解表写明牵头",
    "column": "列在牵头单位一栏",
    "sole": "唯一单位",
    "remark": "按备注",
    "joint": "各单位共同落实",
    "undecided": "分解表没有标明牵头",
    "review": "核对时确定",
    "drafted": "起草时建议",
    "opinion": "采纳单位意见",
    "act": "经批准调整",
}
COMPARISONS = {">=": "不少于", ">": "多于", "<=": "不多于", "<": "少于", "=": "等于"}
MEASURE_KINDS = {
    "level": "总量",
    "growth": "增长",
    "increment": "新增",
    "decrease": "下降",
    "ratio": "比率",
    "rank": "位次",
    "per": "人均、每单位",
}
RELATIONS = {
    "verbatim": "与报告一致",
    "split": "从报告一句中拆出",
    "merged": "由报告几处合并",
    "edited": "对报告文字有改动",
    "absent": "报告中未见",
}


class Figure(NamedTuple):
    """One number of a task, as pages show it."""

    name: str
    comparison: str
    surface: str
    unit: str
    kind: str
    year: str
    indicator: str


class Settled(NamedTuple):
    """One question a breakdown raised, and what became of it."""

    question_id: int
    kind: str
    label: str
    message: str
    rows: tuple[str, ...]
    answer: str
    why: str
    who: str
    at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether nobody had answered it at the moment asked for."""
        return self.at is None


def say_measure(measure: TaskMeasure) -> Figure:
    """A measure in words: its name with its verb, comparison, the number as written, unit, kind and year."""
    name = name_measure(measure)  # type: ignore[arg-type]
    about = "约" if measure.approximate else ""
    return Figure(
        name,
        _compare(measure),
        about + measure.surface,
        measure.unit,
        MEASURE_KINDS.get(measure.kind, measure.kind),
        f"{measure.year}年" if measure.year else "未写年份",
        measure.indicator,
    )


def _compare(measure: TaskMeasure) -> str:
    is_range = measure.op == "=" and measure.value_max is not None
    return "介于" if is_range else COMPARISONS.get(measure.op, measure.op)


def say_answer(question: Question) -> str:
    """How a question was settled, in words."""
    return str((question.answer or {}).get("said") or "已处理")


def settle(questions: Iterable[Question], moment: datetime | None) -> list[Settled]:
    """Questions with how each stood at `moment`; those still open come first."""
    found = []
    for one in questions:
        answered = one.settled_at is not None and (moment is None or one.settled_at <= moment)
        who = one.settled_by.name if answered and one.settled_by else ""
        found.append(
            Settled(
                one.pk,
                one.kind,
                str(QuestionKind(one.kind).label),
                one.message,
                tuple(one.rows),
                say_answer(one) if answered else "",
                one.why if answered else "",
                who,
                one.settled_at if answered else None,
            )
        )
    return sorted(found, key=lambda one: not one.is_open)
