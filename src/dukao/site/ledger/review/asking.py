"""What a person has to settle, as questions with their proposals: one question for one decision.

What is plain is not asked: groups such as 相关街镇 (the lead unit names them in its plan), a lead the remark
names, a livelihood content that the report does not mention, two names that already mean one unit.
"""

from collections.abc import Iterator

from dukao.breakdown.values import Breakdown as ReadBreakdown
from dukao.breakdown.values import LivelihoodContent
from dukao.breakdown.values import Task as ReadTask
from dukao.drafting.values import Draft as DraftedBreakdown
from dukao.papers.words import trace_section
from dukao.report.values import Commitment, Report
from dukao.site.ledger.models import Breakdown, Question, QuestionKind
from dukao.site.ledger.naming import clean
from dukao.site.ledger.review.asking_drafted import DraftedAsker
from dukao.site.ledger.review.asking_findings import FindingAsker
from dukao.site.ledger.review.mending import mend, report_words, unit_was_dropped, whole_spans
from dukao.site.ledger.review.precedents import Precedents, key_of, without_numbers
from dukao.site.ledger.review.question_drafts import (
    Draft,
    Item,
    Units,
    option,
    plain_difference,
    short,
    words_of,
)
from dukao.site.people.models import UnitName

# Most pressing first: who is who, who leads, what is said, what is missing, what may be meant.
_ORDER = (
    QuestionKind.ALIAS,
    QuestionKind.TWO_LEADERS,
    QuestionKind.TWO_LEADS,
    QuestionKind.UNDECIDED,
    QuestionKind.UNITLESS,
    QuestionKind.TRUNCATED,
    QuestionKind.NUMBER,
    QuestionKind.WORDING,
    QuestionKind.ABSENT,
    QuestionKind.REPEATED,
    QuestionKind.UNCOVERED,
    QuestionKind.CHECK,
)
_SLIP = 4  # characters exchanged, or half as many left out or put in: a slip of the pen


def ask_questions(
    breakdown: Breakdown, read: ReadBreakdown, report: Report, drafted: DraftedBreakdown | None = None
) -> list[Question]:
    """Write down every question the draft raises, most pressing first. Part of an action.

    `drafted` is what was proposed from the report alone, where `read` is no document's.
    """
    asker = _Asker(breakdown, read, report, drafted)
    drafts = sorted(asker.drafts(), key=lambda draft: _ORDER.index(draft.kind))
    precedents = Precedents(breakdown.place)
    seen: dict[tuple[str, str], int] = {}
    questions = []
    for order, draft in enumerate(drafts, 1):
        same = seen[draft.kind, draft.key] = seen.get((draft.kind, draft.key), 0) + 1
        key = draft.key if same == 1 else f"{draft.key}#{same}"
        questions.append(write_question(breakdown, draft, key, order, precedents))
    return Question.objects.bulk_create(questions)


def names_of(place_id: int) -> Units:
    """Every name units of a place bear, with the unit and the name it goes by."""
    names = UnitName.objects.filter(place_id=place_id).values_list("name", "unit_id", "unit__name")
    return {name: (unit, called) for name, unit, called in names}


def write_question(
    breakdown: Breakdown, draft: Draft, key: str, order: int, precedents: Precedents
) -> Question:
    """A question to be written down, its proposal the precedent's where there is one."""
    proposal, reason = draft.proposal, draft.reason
    known = precedents.find(draft.kind, draft.key, draft.options)
    if known:
        proposal = {**known.answer, "why": known.why} if known.why else dict(known.answer)
        reason = f"{known.year}年也是这样处理的" + (f"：{known.why}" if known.why else "")
    return Question(
        breakdown=breakdown,
        kind=draft.kind,
        key=key,
        order=order,
        rows=list(draft.rows),
        message=draft.message,
        facts={**draft.facts, "reason": reason} if reason else draft.facts,
        options=list(draft.options),
        proposal=proposal,
    )


class _Asker:
    """Goes through what the library read and drafts the questions."""

    def __init__(
        self, breakdown: Breakdown, read: ReadBreakdown, report: Report, draft: DraftedBreakdown | None
    ) -> None:
        self._read, self._report = read, report
        items: list[Item] = [*read.tasks, *read.livelihood]
        self._items = {item.id: item for item in items}
        # A livelihood content is voted apart from the report; beside a key task with other figures it is a
        # question of what each counts.
        self._counted = {
            row
            for finding in read.findings
            if finding.code == "two-numbers"
            for row in finding.items
            if isinstance(self._items[row], LivelihoodContent)
        }
        self._units = names_of(breakdown.place_id)
        self._drafted = DraftedAsker(draft, self._units) if draft else None
        self._findings = FindingAsker(self._items, self._units, self._counted)

    def drafts(self) -> Iterator[Draft]:
        """Every question, in the order of the document within each kind."""
        for item in self._items.values():
            yield from self._drafted.about(item.id) if self._drafted else self._about_lead(item)
            yield from self._about_words(item)
        for finding in self._read.findings:
            yield from self._findings.drafts(finding)
        yield from self._about_coverage()

    # Who leads

    def _about_lead(self, item: Item) -> Iterator[Draft]:
        if any(unit.role == "lead" or unit.basis == "joint" for unit in item.units):
            return
        text = words_of(item)
        named = self._units_in(item)
        joint = option("joint", "各单位共同落实，不设牵头", why=True)
        choose = option("lead", "由其他单位牵头", needs="unit")
        if not item.units:
            message = f"“{short(text)}”没有写责任单位，请定牵头单位。"
            drop = option("withdraw", "不列为任务", why=True)
            kind, options = QuestionKind.UNITLESS, [choose, drop]
        else:
            names = "、".join(name for name, _ in named) or "、".join(unit.name for unit in item.units)
            message = f"“{short(text)}”列了{names}，没有标明由谁牵头，请定一个牵头单位。"
            leads = [option("lead", f"{name}牵头", unit=unit) for name, unit in named]
            kind, options = QuestionKind.UNDECIDED, [*leads, choose, joint]
        key = key_of(without_numbers(text), *(name for name, _ in named))
        yield Draft(kind, key, (item.id,), message, tuple(options), {"text": text})

    def _units_in(self, item: Item) -> list[tuple[str, int]]:
        """The units a row names, by the name they are known by here, each once."""
        found = [self._units[unit.name] for unit in item.units if not unit.group and unit.name in self._units]
        return [(name, unit) for unit, name in dict.fromkeys(found)]

    # What is said

    def _about_words(self, item: Item) -> Iterator[Draft]:
        if item.id in self._counted:
            return  # the same figures are asked about once, as a check of what they count
        cut_off = self._is_cut_off(item)
        if item.differences or cut_off:
            yield self._differs(item, cut_off)
        elif item.relation == "absent" and isinstance(item, ReadTask):
            yield self._absent(item)

    def _differs(self, item: Item, cut_off: bool) -> Draft:
        text = words_of(item)
        mended = mend(text, item, self._read.source.text, self._report.source.text)
        facts = {
            "text": text,
            "mended": mended,
            "report": report_words(item, self._report.source.text),
            "spans": [list(span) for span in whole_spans(item)],
            "differences": [plain_difference(one) for one in item.differences],
        }
        kind = _kind_of(item, cut_off)
        says_report = "按报告补全" if kind == QuestionKind.TRUNCATED else "按报告改"
        options = [option("report", says_report)] if mended and mended != text else []
        options += [option("keep", "按分解表保留"), option("edit", "另写", needs="text")]
        reason = _reason_to_mend(item, kind) if mended and mended != text else ""
        pairs = (f"{clean(one.report)}>{clean(one.breakdown)}" for one in item.differences)
        return Draft(
            kind,
            key_of(text, *pairs),
            (item.id,),
            _say_difference(item, text, kind),
            tuple(options),
            facts,
            {"answer": "report"} if reason else None,
            reason,
        )

    def _absent(self, item: ReadTask) -> Draft:
        text = words_of(item)
        options = (
            option("keep", "保留，说明依据", why=True),
            option("withdraw", "不列为任务", why=True),
        )
        message = f"“{short(text)}”在报告里没有找到出处，请说明依据，或不列为任务。"
        return Draft(QuestionKind.ABSENT, key_of(text), (item.id,), message, options, {"text": text})

    def _is_cut_off(self, item: Item) -> bool:
        if any(one.kind == "truncated" for one in item.differences):
            return True
        return any(
            one.code == "truncated" and item.start <= one.start < item.end for one in self._read.diagnostics
        )

    # What nobody took up

    def _about_coverage(self) -> Iterator[Draft]:
        wanted = set(self._read.coverage.uncovered) if self._read.coverage else set()
        for commitment in self._report.commitments:
            if commitment.id in wanted:
                yield self._uncovered(commitment)

    def _uncovered(self, commitment: Commitment) -> Draft:
        text = clean(commitment.text)
        options = (
            option("task", "增加一项任务", needs="task"),
            option("row", "已由某一行承接", needs="row"),
            option("none", "不单列为任务", why=True),
        )
        facts = {
            "text": text,
            "heads": trace_section(self._report, commitment),
            "near": self._row_before(commitment.start),
            "span": [commitment.start, commitment.end],
            "commitment": commitment.id,
        }
        message = f"报告承诺“{short(text)}”，分解表里没有哪一行承接。"
        return Draft(QuestionKind.UNCOVERED, key_of(text), (commitment.id,), message, options, facts)

    def _row_before(self, at: int) -> str:
        """The row that goes back to the words nearest before a place in the report."""
        ends = [(end, item.id) for item in self._read.tasks for _, end in item.source_spans if end <= at]
        return max(ends)[1] if ends else ""


def _kind_of(item: Item, cut_off: bool) -> QuestionKind:
    if any(one.kind == "number" for one in item.differences):
        return QuestionKind.NUMBER
    return QuestionKind.TRUNCATED if cut_off else QuestionKind.WORDING


def _reason_to_mend(item: Item, kind: QuestionKind) -> str:
    """Why the report's words are proposed; nothing where a person has to weigh what was meant."""
    if kind == QuestionKind.TRUNCATED:
        return "这一行没有写完，报告原文是完整的"
    if kind == QuestionKind.NUMBER:
        dropped = all(unit_was_dropped(clean(one.report), clean(one.breakdown)) for one in item.differences)
        return "数字相同，分解表漏写了计量单位" if dropped else ""
    short = all(_is_slip(clean(one.report), clean(one.breakdown)) for one in item.differences)
    return "只差个别字词，报告经人代会审议通过，表述以报告为准" if short else ""


def _is_slip(report: str, breakdown: str) -> bool:
    """Whether words were exchanged or dropped as a pen slips; a longer change may be meant."""
    both = report and breakdown
    return max(len(report), len(breakdown)) <= (_SLIP if both else _SLIP // 2)


_SAID = {
    QuestionKind.NUMBER: "与报告的数不一样",
    QuestionKind.WORDING: "与报告的文字不一样",
    QuestionKind.TRUNCATED: "没有写完",
}


def _say_difference(item: Item, text: str, kind: QuestionKind) -> str:
    said = [
        f"报告“{short(one.report)}”，分解表“{short(one.breakdown)}”"
        if one.report and one.breakdown
        else (f"分解表少了“{short(one.report)}”" if one.report else f"分解表多了“{short(one.breakdown)}”")
        for one in item.differences
    ]
    tail = f"：{'；'.join(said)}。" if said else "，报告里也没有找到这一句。"
    return f"“{short(text)}”{_SAID[kind]}{tail}"
