"""The tables of the room: how a place works, assignments, plans, rounds and filings, notices, closing."""

from dukao.site.supervision.models.assignment import Answer, Assignment, Objection
from dukao.site.supervision.models.closing import (
    Completion,
    CompletionStage,
    LookBack,
    Standing,
    StandingKind,
    StandingStage,
)
from dukao.site.supervision.models.filing import (
    Evidence,
    EvidenceKind,
    Filing,
    FilingReturn,
    FilingStage,
    FilingStep,
    FilingValue,
    Round,
)
from dukao.site.supervision.models.notice import (
    Bulletin,
    Instruction,
    InstructionStep,
    Meeting,
    Notice,
    NoticeStage,
    Reminder,
)
from dukao.site.supervision.models.plan import (
    ActionPlan,
    PlanKind,
    PlanPoint,
    PlanStage,
    PlanStep,
    TaskForceMember,
)
from dukao.site.supervision.models.practice import Adoption, Subject

__all__ = [
    "ActionPlan",
    "Adoption",
    "Answer",
    "Assignment",
    "Bulletin",
    "Completion",
    "CompletionStage",
    "Evidence",
    "EvidenceKind",
    "Filing",
    "FilingReturn",
    "FilingStage",
    "FilingStep",
    "FilingValue",
    "Instruction",
    "InstructionStep",
    "LookBack",
    "Meeting",
    "Notice",
    "NoticeStage",
    "Objection",
    "PlanKind",
    "PlanPoint",
    "PlanStage",
    "PlanStep",
    "Reminder",
    "Round",
    "Standing",
    "StandingKind",
    "StandingStage",
    "Subject",
    "TaskForceMember",
]
