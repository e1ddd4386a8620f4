"""The application to close a task: what is known is filled in, what is missing is said beforehand."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dukao.site.ledger.access import visible_state
from dukao.site.ledger.models import Task
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused
from dukao.site.supervision.access import leads_task
from dukao.site.supervision.closing.actions import apply_for_close
from dukao.site.supervision.closing.applying import refuse_closed
from dukao.site.supervision.closing.checklists import Checklist
from dukao.site.supervision.closing.detail import filed_proofs
from dukao.site.supervision.closing.forms import ApplyForm, figure_of
from dukao.site.supervision.closing.reaching import Reached, limits_of, reached_of
from dukao.site.supervision.closing.scope import checklist_of, evidence_on
from dukao.site.supervision.closing.unit_page import lacks_of
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import Completion, CompletionStage, Evidence, Filing, FilingStage

# What the form may say no to itself; the rest is a page.
_MENDABLE = (413, 422)
_ENDED = (CompletionStage.RETURNED, CompletionStage.WITHDRAWN, CompletionStage.REOPENED)


@require_http_methods(["GET", "POST"])
def apply(request: Asked, task_id: int) -> HttpResponse:
    """The form of an application, and the application itself."""
    require(request.viewer, Act.APPLY_CLOSE)
    state = visible_state(request.viewer, task_id)
    if not leads_task(request.viewer, task_id):
        raise Refused(Refusal.NOT_YOUR_UNIT, status=403)
    refuse_closed(state.task)
    checklist, reached = checklist_of(state.task), reached_of([task_id])[task_id]
    filed = sorted(evidence_on(task_id), key=lambda one: one.kind not in checklist.evidence)
    last = Completion.objects.filter(task_id=task_id, stage__in=_ENDED).order_by("pk").last()
    is_sent = request.method == "POST"
    form = ApplyForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        checklist=checklist,
        reached=reached,
        evidence=[(one.pk, _say(one)) for one in filed],
        initial=_proposed(state.task, checklist, reached, filed, last),
    )
    details: Sequence[str] = ()
    status = 422 if is_sent else 200
    if is_sent and form.is_valid():
        try:
            done = apply_for_close(task_id, form.application(), by=request.viewer, at=request.moment)
        except Refused as refused:
            if refused.status not in _MENDABLE:
                raise
            form.add_error(None, refused.sentence)
            status, details = refused.status, refused.details
        else:
            messages.success(request, "已申请办结，等督查室核验；核验以前可以撤回。")
            return redirect(done)
    lacks = lacks_of(reached, checklist, {one.kind for one in filed})
    facts = {
        "form": form,
        "details": details,
        "state": state,
        "task": state.task,
        "checklist": checklist,
        "reached": reached,
        "lacks": lacks,
        "limit": limits_of([task_id])[task_id],
        "last": last if last and last.stage == CompletionStage.RETURNED else None,
        "filed": list(zip(form["evidence"], filed_proofs(filed, checklist), strict=True)),
        "asks_shortfall": bool(reached.missing) or is_sent or bool(form["shortfall"].value()),
        "lost_files": is_sent and bool(request.FILES),
    }
    return render(request, "supervision/closing/apply.html", facts, status=status)


def _say(one: Evidence) -> str:
    return f"{one.get_kind_display()}：{one.title}"


def _proposed(
    task: Task, checklist: Checklist, reached: Reached, filed: list[Evidence], last: Completion | None
) -> dict[str, Any]:
    """What the form stands on: the last application where there was one, else what was filed and accepted."""
    proves = [one.pk for one in filed if one.kind in checklist.evidence]
    known: dict[str, Any] = {
        "done_on": reached.done_on,
        "value": figure_of(reached.value),
        "true_on": reached.true_on,
        "summary": _last_words(task),
        "evidence": proves,
    }
    if last is None:
        return known
    known |= {"done_on": last.done_on, "summary": last.summary, "shortfall": last.shortfall}
    known["evidence"] = sorted({*last.evidence.values_list("pk", flat=True), *proves})
    answered = {one["item"]: one for one in last.checklist}
    for at, item in enumerate(checklist.items):
        said = answered.get(item, {"is_met": False, "words": ""})
        known |= {f"met_{at}": said["is_met"], f"words_{at}": said["words"]}
    return known


def _last_words(task: Task) -> str:
    """What the lead unit filed last and the office took: nobody is asked for it twice."""
    accepted = Filing.objects.filter(task=task, is_lead=True, stage=FilingStage.ACCEPTED)
    words = (
        accepted.exclude(progress="").order_by("round__period_end", "pk").values_list("progress", flat=True)
    )
    return words.last() or ""
