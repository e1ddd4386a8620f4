"""How far a close-out has come and by when its next step is due: a stage, a visit, a look to come."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from dukao.progress.workdays import CalendarUnknown, add_workdays
from dukao.site.supervision.closing.reaching import Limit
from dukao.site.supervision.closing.visiting import waits_for_visit
from dukao.site.supervision.models import Completion, CompletionStage, Subject
from dukao.site.supervision.practice import Practice

# What waits for somebody of the office, then what is done with, in the order a list shows it.
WAITING = {
    "applied": "待核验",
    "visit": "待现场核查",
    "verified": "待签发",
    "disputed": "公示有意见",
    "shown": "公示中",
    "look": "到期回看",
}
DONE = {"closed": "已办结", "reopened": "已重开", "returned": "已退回", "withdrawn": "已撤回"}
STATES = WAITING | DONE


@dataclass(frozen=True, slots=True)
class Row:
    """A close-out as lists show it: its state, by when something is due, and whether it was done in time."""

    completion: Completion
    text: str
    state: str
    due: date | None
    limit: Limit
    is_late: bool  # the office is

    @property
    def words(self) -> str:
        """The state in words."""
        return STATES[self.state]

    @property
    def timeliness(self) -> str:
        """按时完成, 逾期12天完成, each with the limit; done late stays done, late."""
        return self.limit.say(self.completion.done_on)

    @property
    def is_done_late(self) -> bool:
        """Whether it was done after its limit."""
        return self.limit.is_late(self.completion.done_on)

    @property
    def is_signed(self) -> bool:
        """Whether it counts as done: signed, and not reopened."""
        return self.completion.stage == CompletionStage.CLOSED


def state_of(completion: Completion, now: datetime) -> str:
    """The state of a close-out as it stands."""
    if completion.stage == CompletionStage.APPLIED:
        return "visit" if waits_for_visit(completion) else "applied"
    if completion.stage != CompletionStage.CLOSED:
        return str(completion.stage)
    if completion.closed_at is None:
        return "disputed"
    if completion.closed_at > now:
        return "shown"
    is_due = completion.look_back_on is not None and completion.look_back_on <= localdate(now)
    return "look" if is_due else "closed"


def stood_at(completion: Completion, moment: datetime) -> str:
    """The state a close-out was in at a moment that has passed; "" before it was applied for."""
    if completion.applied_at > moment:
        return ""
    if completion.reopened_at and completion.reopened_at <= moment:
        return "reopened"
    if completion.signed_at and completion.signed_at <= moment:
        is_over = completion.closed_at is not None and completion.closed_at <= moment
        return "closed" if is_over else "shown"
    ended = completion.stage in (CompletionStage.RETURNED, CompletionStage.WITHDRAWN)
    if ended and completion.returned_at and completion.returned_at <= moment:
        return str(completion.stage)
    return "verified" if completion.verified_at and completion.verified_at <= moment else "applied"


def due_of(completion: Completion, state: str, practice: Practice) -> date | None:
    """By when the next step is due: the visit, the verdict and signature, the end of showing, the look."""
    match state:
        case "visit":
            return completion.visit_due
        case "applied" | "verified":
            return verdict_due(completion, practice)
        case "shown" | "disputed":
            return completion.shown_until
        case "look" | "closed":
            return completion.look_back_on
        case "returned":
            return completion.returned_due
    return None


def verdict_due(completion: Completion, practice: Practice) -> date | None:
    """By when an application is to be verified and signed; None where no limit or calendar says."""
    days = practice.preset(Subject.LIMITS).get("closing")
    if not days:
        return None
    try:
        return add_workdays(localdate(completion.applied_at), days)
    except CalendarUnknown:
        return None
