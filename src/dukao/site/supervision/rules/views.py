"""Pages of rules: which the place works by, what another would change, and its adoption."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.supervision.acting import ActPage, act_on, data_of, room
from dukao.site.supervision.models import EvidenceKind, Subject
from dukao.site.supervision.planning.queries import years_of
from dukao.site.supervision.practice import (
    adopt_preset,
    load,
    practice_of,
    presets_for,
    scopes_of,
)
from dukao.site.supervision.rules.forms import AdoptForm, TrialForm
from dukao.site.supervision.rules.queries import checklists, code_of, rankings, read_history, read_rules
from dukao.site.supervision.rules.trying import try_rule
from dukao.site.supervision.rules.words import say_rule

_SHOWN = 300  # changed tasks on a page; the counts speak of all


@require_GET
def rules(request: Asked) -> HttpResponse:
    """Every rule in force with its words, source and day; what was adopted when."""
    require(request.viewer, Act.SEE_LIGHTS)
    every = read_rules(request.viewer, localdate(request.moment))
    found = [one for one in every if not one.follows]
    facts = {
        "rules": found,
        "following": [one for one in every if one.follows],
        "adopted": sum(one.adoption is not None for one in found),
        "history": read_history(request.viewer),
        "checklists": checklists(),
        "rankings": list(rankings({kind.value: str(kind.label) for kind in EvidenceKind})),
        "may_try": may(request.viewer, Act.SEE_ROUNDS),
    }
    return render(request, "supervision/rules/rules.html", facts)


@require_GET
def try_out(request: Asked, subject: str) -> HttpResponse:
    """What another rule would change on a day: the counts, and every task with both reasons."""
    require(request.viewer, Act.SEE_ROUNDS)
    about, scope = _asked_about(request, subject)
    today = localdate(request.moment)
    current = code_of(practice_of(request.viewer.place_id, today), about, scope)
    others = {code: one for code, one in presets_for(about, scope).items() if code != current}
    choices = [(code, one["name"]) for code, one in others.items()]
    form = TrialForm(request.GET if "preset" in request.GET else None, choices=choices, today=today)
    facts = {
        "subject": about,
        "scope": scope,
        "scope_name": scopes_of(about)[scope],
        "current": load(about)[current],
        "current_words": say_rule(about, load(about)[current]),
        "others": [(one["name"], say_rule(about, one), one["source"]) for one in others.values()],
        "form": form,
        "may_adopt": may(request.viewer, Act.ADOPT),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and status == 200:
        facts |= _tried(request, about, scope, form.cleaned_data["preset"], form.cleaned_data["day"])
    return render(request, "supervision/rules/try.html", facts, status=status)


def _tried(request: Asked, subject: Subject, scope: str, preset: str, day: date) -> dict[str, object]:
    """What the page says of a rule that was chosen; only rules of lights change a light."""
    said = load(subject)[preset]
    facts: dict[str, object] = {
        "chosen": said,
        "chosen_code": preset,
        "chosen_words": say_rule(subject, said),
        "day": day,
    }
    years = [year for year in years_of(request.viewer.place_id) if year <= day.year]
    if subject is Subject.LIGHTS and years:
        trial = try_rule(request.viewer, years[0], day, scope, preset, request.moment)
        facts |= {
            "trial": trial,
            "year": years[0],
            "shown": trial.changed[:_SHOWN],
            "more": len(trial.changed) - _SHOWN,
        }
    return facts


@require_http_methods(["GET", "POST"])
def adopt(request: Asked, subject: str, preset: str) -> HttpResponse:
    """Adopt a rule from a day on: what follows, in words, and the clerk's reason."""
    require(request.viewer, Act.ADOPT)
    about, scope = _asked_about(request, subject)
    today = localdate(request.moment)
    known = presets_for(about, scope)
    if preset not in known:
        raise Http404
    name, where = known[preset]["name"], scopes_of(about)[scope]
    current = load(about)[code_of(practice_of(request.viewer.place_id, today), about, scope)]
    page = ActPage(
        question=f"{about.label}（{where}）从“{current['name']}”改用“{name}”吗？",
        consequences=(
            f"起用以后：{say_rule(about, known[preset])}。",
            f"起用以前各天，仍按“{current['name']}”判，已经亮过的灯、发过的督办单不变。",
            "采用的人、日期和理由记入历史，各单位和领导在“规则”页都能看到。",
        ),
        button="采用这条规则",
        back=reverse("supervision:rules"),
        crumbs=(room("rules", "规则"),),
        done=f"已采用“{name}”。",
    )
    form = AdoptForm(data_of(request), initial={"since": today})
    return act_on(
        request,
        page,
        form,
        lambda said: adopt_preset(
            about,
            scope,
            preset,
            since=said["since"],
            why=said["why"],
            by=request.viewer,
            at=request.moment,
        ),
    )


def _asked_about(request: Asked, subject: str) -> tuple[Subject, str]:
    """The subject and the scope an address speaks of; 404 where there is none such."""
    scope = request.GET.get("scope", "")
    if subject not in Subject.values or scope not in scopes_of(Subject(subject)):
        raise Http404
    return Subject(subject), scope
