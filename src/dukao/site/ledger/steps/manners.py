"""One breakdown's papers written in another manner than the place's: chosen until the issue, then kept."""

from datetime import datetime

from django.db import transaction

from dukao.papers.official.manners import LEADS_BY
from dukao.presets.loading import load_traits
from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import lock_breakdown
from dukao.site.ledger.models import Breakdown, Stage
from dukao.site.ledger.naming import Action
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused


@transaction.atomic
def choose_manner(breakdown_id: int, lead_by: str, *, by: Viewer, at: datetime) -> Breakdown:
    """Let the papers of a breakdown say who leads by `lead_by`; nothing: as the place does it.

    What the place does stays as it is, and with it how its next breakdown is read.
    """
    require(by, Act.REVIEW)
    breakdown = lock_breakdown(breakdown_id, by)
    if breakdown.stage == Stage.ISSUED:
        raise Refused(Refusal.ALREADY_ISSUED, number=breakdown.document_number)
    if breakdown.stage == Stage.WITHDRAWN:
        stage, first = breakdown.get_stage_display(), "重新读入两份文件"
        raise Refused(Refusal.WRONG_STAGE, stage=stage, act="改牵头单位的标注方式", first=first)
    if lead_by not in ("", *LEADS_BY):
        raise Refused(Refusal.ANSWER_UNKNOWN, status=422)
    if lead_by == breakdown.lead_by:
        return breakdown
    before = {"lead_by": _said(breakdown.lead_by)}
    breakdown.lead_by = lead_by
    breakdown.save(update_fields=("lead_by",))
    about, after = [("breakdown", breakdown.pk)], {"lead_by": _said(lead_by)}
    record(Action.MANNER_CHOSEN, by=by.actor, at=at, about=about, before=before, after=after)
    return breakdown


def _said(lead_by: str) -> str:
    return load_traits()["lead"].values[lead_by] if lead_by else "照本地的写法"
