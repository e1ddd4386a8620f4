"""The tables of the room: breakdowns with their questions and opinions, tasks with all they said and when."""

from dukao.site.ledger.models.asking import ModelAsking
from dukao.site.ledger.models.breakdown import Breakdown, Heading, Stage
from dukao.site.ledger.models.consultation import Consultation, Opinion, OpinionKind, Reply, Ruling
from dukao.site.ledger.models.question import Precedent, Question, QuestionKind
from dukao.site.ledger.models.supplement import Supplement, SupplementKind, SupplementStage
from dukao.site.ledger.models.task import (
    DeadlineKind,
    Placement,
    Register,
    RegisterTag,
    Responsibility,
    Role,
    Status,
    Task,
    TaskKind,
    TaskMeasure,
    TaskState,
)
from dukao.site.ledger.models.view import SavedView

__all__ = [
    "Breakdown",
    "Consultation",
    "DeadlineKind",
    "Heading",
    "ModelAsking",
    "Opinion",
    "OpinionKind",
    "Placement",
    "Precedent",
    "Question",
    "QuestionKind",
    "Register",
    "RegisterTag",
    "Reply",
    "Responsibility",
    "Role",
    "Ruling",
    "SavedView",
    "Stage",
    "Status",
    "Supplement",
    "SupplementKind",
    "SupplementStage",
    "Task",
    "TaskKind",
    "TaskMeasure",
    "TaskState",
]
