"""Questions settled: answered, taken back, or for a trial all at once as proposed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.ledger.aliasing import part_names, tasks_naming
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import lock_breakdown
from dukao.site.ledger.models import Breakdown, Question, QuestionKind, Stage, Status, TaskState
from dukao.site.ledger.naming import Action
from dukao.site.ledger.noting import Noted
from dukao.site.ledger.review.answers import Facts, meet_unit, read_answer
from dukao.site.ledger.review.outcomes import apply_answer, tasks_of
from dukao.site.ledger.review.precedents import fits, forget_precedent, keep_precedent
from dukao.site.ledger.undoing import take_back
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused

TRIAL = "试用导入，按建议处理"
_UNREAD = "试用导入，未逐条核对"


@transaction.atomic
def settle_question(
    question_id: int, answer: str, facts: Facts, why: str = "", *, version: int, by: Viewer, at: datetime
) -> Question:
    """Answer a question; the draft is as the answer says at once.

    `version` is the one that was on the page: where somebody answered meanwhile, this is refused with both
    answers. A question already settled may be answered otherwise: the first answer is taken back.
    """
    question = lock_question(question_id, by, act="处理核对事项")
    given = read_answer(question, answer, facts, why, localdate(at))
    if question.version != version:
        raise _answered_meanwhile(question, given, why)
    deed = _Deed(question, given)
    _undo(question, at)
    _settle(question, given, why.strip()[:300], by, at)
    keep_precedent(question)
    deed.record(Action.SETTLED, by, at)
    return question


@transaction.atomic
def reopen_question(question_id: int, *, version: int, by: Viewer, at: datetime) -> Question:
    """Take an answer back: the draft says again what it said before.

    Refused where the task was changed since, or where the page showed an older answer.
    """
    question = lock_question(question_id, by, act="撤销处理")
    if question.version != version:
        raise _answered_meanwhile(question, None, "")
    if question.is_open:
        return question
    deed = _Deed(question)
    forget_precedent(question)
    _undo(question, at)
    question.version += 1
    question.save()
    deed.record(Action.REOPENED, by, at)
    return question


@transaction.atomic
def accept_proposals(breakdown_id: int, *, by: Viewer, at: datetime) -> int:
    """Settle everything that is open, for a trial: how many questions that were.

    What is proposed is done as proposed. Without a proposal the safest is done, and `why` says that nobody
    looked: the breakdown's words stay, a commitment nobody took up is none, where no lead is marked the first
    unit named leads (none named: the row stands as a joint one), two leads stay two, repeats stay apart.
    Nothing of this is proposed again next year.
    """
    require(by, Act.REVIEW)
    breakdown = lock_breakdown(breakdown_id, by)
    refuse_wrong_stage(breakdown, "按建议处理")
    count = 0
    # One settled along with another (its row is gone) is not asked for again.
    for pk in list(_open(breakdown).values_list("pk", flat=True)):
        question = _open(breakdown).filter(pk=pk).select_related("breakdown__place").first()
        if question:
            _settle_for_trial(question, by, at)
            count += 1
    record(
        Action.PROPOSALS_ACCEPTED,
        by=by.actor,
        at=at,
        about=[("breakdown", breakdown.pk)],
        after={"questions": count},
        why=TRIAL,
    )
    return count


@transaction.atomic
def accept_likely(breakdown_id: int, least: int, *, by: Viewer, at: datetime) -> int:
    """Let the likeliest unit lead every drafted row that is still open and at least `least` per cent sure.

    How many rows that were; refused where there are none. Each can be taken back by itself.
    """
    require(by, Act.REVIEW)
    breakdown = lock_breakdown(breakdown_id, by)
    refuse_wrong_stage(breakdown, "成批定牵头单位")
    rows = likely_leads(breakdown, least)
    if not rows:
        raise Refused(Refusal.NONE_SO_LIKELY, least=least, status=422)
    why = f"按起草时的建议成批确定（把握{least}%以上）"
    for question in rows:
        facts = dict(question.proposal or {})
        given = read_answer(question, facts.pop("answer"), facts, why, localdate(at))
        deed = _Deed(question, given)
        _settle(question, given, why, by, at)
        deed.record(Action.SETTLED, by, at)
    record(
        Action.LIKELY_ACCEPTED,
        by=by.actor,
        at=at,
        about=[("breakdown", breakdown.pk)],
        after={"questions": len(rows), "least": least},
        why=why,
    )
    return len(rows)


def likely_leads(breakdown: Breakdown, least: int) -> list[Question]:
    """The open questions who leads a drafted row, where the proposal is at least `least` per cent sure."""
    asked = _open(breakdown).filter(kind=QuestionKind.UNDECIDED).select_related("breakdown__place")
    return [one for one in asked if _is_likely(one, least)]


def _is_likely(question: Question, least: int) -> bool:
    """Whether the likeliest unit is proposed, and so sure; what was settled another way before is asked."""
    likely = question.facts.get("candidates", ())
    proposed = question.proposal and fits(question.options[0], question.proposal)
    return bool(proposed and likely and likely[0]["sure"] >= least)


def lock_question(question_id: int, by: Viewer, *, act: str) -> Question:
    """A question of the viewer's place with its breakdown locked; refused once the draft is out of hands."""
    require(by, Act.REVIEW)
    found = Question.objects.filter(pk=question_id, breakdown__place_id=by.place_id).first()
    if found is None:
        raise Http404
    refuse_wrong_stage(lock_breakdown(found.breakdown_id, by), act)
    return Question.objects.select_related("breakdown__place", "settled_by").get(pk=question_id)


def settle_gone(breakdown: Breakdown, task_ids: Iterable[int], by: Viewer, at: datetime) -> list[int]:
    """Close the questions about nothing but these withdrawn tasks; which ones. Part of an action."""
    gone = set(task_ids)
    settled = []
    for question in _open(breakdown).exclude(kind=QuestionKind.UNCOVERED):
        tasks = {task.pk for task in tasks_of(breakdown, question.rows).values()}
        if tasks and tasks <= gone:
            _settle(question, {"answer": "gone", "said": "任务已撤回，不必再核对"}, "", by, at)
            settled.append(question.pk)
    return settled


def reopen_gone(question_ids: Iterable[int]) -> None:
    """The tasks are back, and so are their questions. Part of an action."""
    for question in Question.objects.filter(pk__in=list(question_ids)):
        if (question.answer or {}).get("answer") == "gone":
            _clear(question)
            question.version += 1
            question.save()


def messages_of(question_ids: Iterable[int]) -> list[str]:
    """What these questions ask, in their order."""
    asked = Question.objects.filter(pk__in=list(question_ids)).order_by("order")
    return list(asked.values_list("message", flat=True))


def reason_for(question: Question, answer: Mapping[str, Any]) -> str:
    """Why an answer was proposed, where it is the proposed one; nothing otherwise.

    The reason given when this was settled in another year goes before the program's own.
    """
    proposal = question.proposal or {}
    if not proposal or any(
        answer.get(name) != one for name, one in proposal.items() if name not in ("why", "said")
    ):
        return ""
    return str(proposal.get("why") or question.facts.get("reason", ""))


def refuse_wrong_stage(breakdown: Breakdown, act: str) -> None:
    """A draft may be changed until it goes to the meeting; from then on only after it came back."""
    if breakdown.stage == Stage.ISSUED:
        raise Refused(Refusal.ALREADY_ISSUED, number=breakdown.document_number)
    if breakdown.stage in (Stage.APPROVAL, Stage.WITHDRAWN):
        stage = breakdown.get_stage_display()
        raise Refused(Refusal.WRONG_STAGE, stage=stage, act=act, first="退回草稿")


def _open(breakdown: Breakdown) -> Any:
    return Question.objects.filter(breakdown=breakdown, settled_at__isnull=True)


def _settle(question: Question, given: dict[str, Any], why: str, by: Viewer, at: datetime) -> None:
    """Write the answer down and let the draft follow it."""
    question.answer, question.why = given, why
    question.settled_by_id, question.settled_at = by.user_id, at
    question.version += 1
    question.undo = apply_answer(question, at) or None
    question.save()
    if question.undo:
        withdrawn = _withdrawn_by(question.undo)
        if withdrawn:
            question.undo["gone"] = settle_gone(question.breakdown, withdrawn, by, at)
            question.save(update_fields=("undo",))


def _withdrawn_by(undo: dict[str, Any]) -> set[int]:
    began = TaskState.objects.filter(pk__in=undo["began"]["states"], status=Status.WITHDRAWN)
    return set(began.values_list("task_id", flat=True))


def _undo(question: Question, at: datetime) -> None:
    """Take back what the answer changed, and the answer."""
    if question.undo:
        undo = question.undo
        question.undo = None
        question.save(update_fields=("undo",))
        take_back(undo, question.breakdown, at)
        part_names(undo, at)
        reopen_gone(undo.get("gone", ()))
    _clear(question)


def _clear(question: Question) -> None:
    question.answer, question.why, question.undo = None, "", None
    question.settled_by, question.settled_at = None, None


def _settle_for_trial(question: Question, by: Viewer, at: datetime) -> None:
    """As proposed, or the safest where nothing is proposed or the proposal no longer fits."""
    if question.proposal:
        facts = dict(question.proposal)
        answer, reason = facts.pop("answer"), reason_for(question, question.proposal)
        why = f"{TRIAL}：{reason}" if reason else TRIAL
        try:
            with transaction.atomic():
                given = read_answer(question, answer, facts, why, localdate(at))
                deed = _Deed(question, given)
                _settle(question, given, why[:300], by, at)
        except Refused:
            _clear(question)
        else:
            deed.record(Action.SETTLED, by, at)
            return
    given = _safest(question, localdate(at))
    deed = _Deed(question, given)
    _settle(question, given, _UNREAD, by, at)
    deed.record(Action.SETTLED, by, at)


_SAFEST = ("keep", "apart", "both", "none", "fine", "lead", "joint")


def _safest(question: Question, day: date) -> dict[str, Any]:
    """The answer that changes least among those that need nothing from a person."""
    ready = [one for one in question.options if not one["needs"]]
    for code in _SAFEST:
        for one in ready:
            if one["answer"] == code:
                given = {"answer": code, **one["facts"], "said": one["label"]}
                if "unit_name" in given:
                    given["unit"] = meet_unit(question, given["unit_name"], day).pk
                return given
    return {"answer": "joint", "said": "未写单位，暂按共同落实"}


def _answered_meanwhile(question: Question, given: dict[str, Any] | None, why: str) -> Refused:
    who = question.settled_by.name if question.settled_by else "别人"
    now = (question.answer or {}).get("said") or "已撤销，还没有处理"
    reason = f"（理由：{question.why}）" if question.why else ""
    lines = [f"现在的处理：{now}{reason}"]
    if given:
        lines.append(f"您的处理：{given['said']}" + (f"（理由：{why}）" if why else ""))
    return Refused(Refusal.CHANGED_MEANWHILE, lines, who=who)


class _Deed:
    """A question about to be settled or reopened: what it and the tasks say now, to be compared later."""

    def __init__(self, question: Question, given: Mapping[str, Any] | None = None) -> None:
        self._question, self._given = question, given or {}
        tasks = {task.pk for task in tasks_of(question.breakdown, self._rows()).values()}
        tasks |= set((question.undo or {}).get("tasks", ()))
        if "name" in self._given:
            tasks |= tasks_naming(question, self._given["name"])
        self._noted = Noted(tasks)
        # Why it was answered so stands with the entry; why it had been, only here.
        self._before = _answer_of(question) | ({"why": question.why} if question.why else {})
        self._closed = self._closed_now()

    def _rows(self) -> list[str]:
        return [*self._question.rows, *([self._given["row"]] if "row" in self._given else [])]

    def _closed_now(self) -> set[int]:
        """The questions that were closed along with this one."""
        return set((self._question.undo or {}).get("gone", ()))

    def record(self, action: Action, by: Viewer, at: datetime) -> None:
        """One entry: about the breakdown, the question, and every task it speaks of or changed."""
        question, added = self._question, (self._question.undo or {}).get("added", ())
        before, after = self._noted.parts(at, added)
        closed = self._closed_now()
        after |= {"closed": messages_of(closed)} if closed else {}
        before |= {"closed": messages_of(self._closed)} if self._closed else {}
        tasks = {task.pk for task in tasks_of(question.breakdown, self._rows()).values()} | set(added)
        tasks |= {one["task"] for side in (before, after) for one in side.get("changes", ())}
        about: list[tuple[str, object]] = [("breakdown", question.breakdown_id), ("question", question.pk)]
        about += [("task", pk) for pk in sorted(tasks)]
        record(
            action,
            by=by.actor,
            at=at,
            about=about,
            before={**self._before, **before} or None,
            after={"question": question.message, **_answer_of(question), **after},
            why=question.why,
        )


def _answer_of(question: Question) -> dict[str, Any]:
    """How a question stands answered, in words with the code beside it; nothing while it is open."""
    return {name: one for name, one in (question.answer or {}).items() if name in ("answer", "said")}
