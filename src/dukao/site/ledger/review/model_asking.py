"""The office's own language model asked about a drafted breakdown, beside the page that waits for it.

Asking takes minutes, so it runs in a thread of its own and writes down how far it has come; should the server
stop meanwhile the asking lapses, and can be begun again. What a model says is kept and shown, never applied.
"""

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils.timezone import now

from dukao.drafting.proposals import Model, ModelSilent, list_parts, propose_with
from dukao.report.compiler import compile_report
from dukao.site.archive.queries import source_of
from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import lock_breakdown
from dukao.site.ledger.models import ModelAsking
from dukao.site.ledger.naming import Action
from dukao.site.ledger.review.model_client import HttpModel
from dukao.site.ledger.review.past import at_its_level, recorded_past
from dukao.site.ledger.review.settling import refuse_wrong_stage
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused

# A whole asking ends after so many seconds, whatever is still to be asked.
_LONGEST = 15 * 60


def named_model() -> str:
    """The name of the model the office set up; nothing where there is none."""
    return settings.MODEL_NAME if settings.MODEL_ADDRESS else ""


def is_lapsed(asking: ModelAsking, at: datetime) -> bool:
    """Whether an asking without an end stands still: nobody is at work on it any more."""
    patience = timedelta(seconds=2 * settings.MODEL_SECONDS + 60)
    return asking.ended_at is None and at - asking.moved_at > patience


@transaction.atomic
def begin_asking(breakdown_id: int, *, by: Viewer, at: datetime) -> ModelAsking:
    """Note that the model is being asked about a drafted breakdown; `start` does it.

    Refused where no model is set up, the breakdown was not drafted here, or it is being asked already.
    """
    require(by, Act.REVIEW)
    breakdown = lock_breakdown(breakdown_id, by)
    refuse_wrong_stage(breakdown, "请模型提建议")
    if not named_model() or not breakdown.is_drafted:
        raise Refused(Refusal.NO_MODEL)
    running = ModelAsking.objects.filter(breakdown=breakdown, ended_at=None).first()
    if running and not is_lapsed(running, at):
        raise Refused(Refusal.ALREADY_ASKING)
    if running:
        ModelAsking.objects.filter(pk=running.pk).update(ended_at=at)
    parts = len(list(list_parts(compile_report(source_of(breakdown.report)))))
    asking = ModelAsking.objects.create(
        breakdown=breakdown,
        model=named_model()[:80],
        parts=parts,
        asked_by_id=by.user_id,
        asked_at=at,
        moved_at=at,
    )
    about = [("breakdown", breakdown.pk)]
    record(Action.MODEL_ASKED, by=by.actor, at=at, about=about, after={"model": asking.model})
    return asking


def start(asking: ModelAsking) -> None:
    """Ask, in a thread of its own."""
    threading.Thread(target=_ask_and_close, args=(asking.pk,), daemon=True).start()


def ask_now(asking_id: int) -> None:
    """Ask the model that is set up, to the end."""
    model = HttpModel(named_model(), settings.MODEL_ADDRESS, settings.MODEL_KEY, settings.MODEL_SECONDS)
    run_asking(asking_id, model)


def run_asking(asking_id: int, model: Model) -> None:
    """Ask a model part by part, and keep what it proposed; every step is written down at once."""
    asking = ModelAsking.objects.select_related("breakdown__report", "breakdown__place").get(pk=asking_id)
    place = asking.breakdown.place
    report = at_its_level(compile_report(source_of(asking.breakdown.report)), place)
    past = recorded_past(place, asking.asked_at)
    proposals = propose_with(_Watched(model, asking_id, time.monotonic() + _LONGEST), report, past)
    ModelAsking.objects.filter(pk=asking_id, ended_at=None).update(
        result=proposals.as_json(), ended_at=now(), moved_at=now()
    )


def _ask_and_close(asking_id: int) -> None:
    try:
        ask_now(asking_id)
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class _Watched:
    """A model whose every answer is counted, and which falls silent when the whole takes too long."""

    model: Model
    asking_id: int
    until: float

    @property
    def name(self) -> str:
        """The model's own name."""
        return self.model.name

    def complete(self, prompt: str) -> str:
        """The model's answer."""
        if time.monotonic() > self.until:
            raise ModelSilent(f"总共问了 {_LONGEST // 60} 分钟，没有再问")
        try:
            return self.model.complete(prompt)
        finally:
            asking = ModelAsking.objects.filter(pk=self.asking_id)
            asking.update(done=F("done") + 1, moved_at=now())
