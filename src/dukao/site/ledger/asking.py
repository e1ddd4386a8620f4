"""What a person has to settle, as questions with their proposals."""

from dukao.breakdown.values import Breakdown as ReadBreakdown
from dukao.report.values import Report
from dukao.site.ledger.models import Breakdown, Question


def ask_questions(breakdown: Breakdown, read: ReadBreakdown, report: Report) -> list[Question]:
    """Write down every question the draft raises, most pressing first."""
    return []
