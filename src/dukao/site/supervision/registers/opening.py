"""启用清单: a place adopts a list from a day on, and amends what it asks; what was asked before stays."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dukao.presets.loading import load_entries
from dukao.progress.lights import light_rules
from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Place
from dukao.site.refusals import Refused
from dukao.site.supervision.models import KeptRegister, RegisterTerms
from dukao.site.supervision.naming import Action
from dukao.site.supervision.registers.access import lock_register
from dukao.site.supervision.registers.errors import Refusal
from dukao.site.supervision.registers.terms import KINDS, Field, Step, Terms, loop_presets


@transaction.atomic
def open_register(code: str, *, since: date, by: Viewer, at: datetime) -> KeptRegister:
    """Keep a list from a day on, with the terms dukao proposes for it."""
    require(by, Act.ADOPT)
    terms = loop_presets().get(code)
    if terms is None:
        raise Refused(Refusal.UNKNOWN, status=422)
    if since < localdate(at):
        raise Refused(Refusal.OPENED_BACKWARDS, since=f"{since:%Y-%m-%d}", status=422)
    Place.objects.select_for_update().get(pk=by.place_id)
    if KeptRegister.objects.filter(place_id=by.place_id, code=code).exists():
        raise Refused(Refusal.OPENED, name=terms.name)
    register = KeptRegister.objects.create(
        place_id=by.place_id, code=code, since=since, opened_by_id=by.user_id
    )
    says = load_entries("closed-loops")[code]
    RegisterTerms.objects.create(register=register, says=says, since=at, set_by_id=by.user_id)
    after = {"清单": terms.name, "起用": since.isoformat(), **plain(terms)}
    record(Action.REGISTER_OPENED, by=by.actor, at=at, about=[("register", register.pk)], after=after)
    return register


@transaction.atomic
def amend_register(
    code: str, says: dict[str, Any], wanted: Terms, seen: int, *, why: str, by: Viewer, at: datetime
) -> None:
    """Let a list ask something else from now on; `says` are the terms as data, `wanted` the same as values.

    Items in hand keep the steps they were given; what was asked before stays on the record. `seen` are the
    terms the writer started from.
    """
    require(by, Act.ADOPT)
    kept = lock_register(code, by)
    if kept.terms_id != seen:
        raise Refused(Refusal.TERMS_MEANWHILE)
    wrong = what_is_unfit(wanted)
    if wrong:
        raise Refused(Refusal.TERMS_UNFIT, wrong, status=422)
    if wanted == kept.terms:
        raise Refused(Refusal.TERMS_SAME, status=422)
    RegisterTerms.objects.at(None).filter(register_id=kept.pk).end(at)
    RegisterTerms.objects.create(
        register_id=kept.pk, says=says, why=why.strip()[:200], since=at, set_by_id=by.user_id
    )
    about = [("register", kept.pk)]
    before, after = ({"清单": one.name, **plain(one)} for one in (kept.terms, wanted))
    record(
        Action.REGISTER_AMENDED, by=by.actor, at=at, about=about, before=before, after=after, why=why.strip()
    )


def what_is_unfit(terms: Terms) -> list[str]:
    """What is wrong with terms, one sentence each; nothing where they hold together."""
    found = []
    labels = [one.label for one in terms.fields]
    found += [
        f"栏目“{one}”写了两次：请改成不同的名称" for one in sorted(set(labels)) if labels.count(one) > 1
    ]
    for field in terms.fields:
        if field.kind == "choice" and len(field.choices) < 2:
            found.append(f"栏目“{field.label}”是选项：请至少写两个选项，用顿号隔开")
    keys = [(one.name, one.when) for one in terms.steps]
    found += [
        f"步骤“{name}”写了两次：请改成不同的名称"
        for name, when in dict.fromkeys(keys)
        if keys.count((name, when)) > 1
    ]
    codes = {one.code for one in terms.fields}
    for step in terms.steps:
        asked = {code for code in (step.field, *step.when[:1]) if code}
        if asked - codes:
            found.append(f"步骤“{step.name}”用到的栏目没有了：请保留那一栏，或改按天数算")
    for curve in terms.curves:
        asked = {code for code in (curve.field, curve.of, *curve.when[:1]) if code}
        if asked - codes:
            found.append(f"“{curve.name}”要用的栏目没有了：请保留那几栏")
        if curve.step and curve.step not in {one.name for one in terms.steps}:
            found.append(f"“{curve.name}”数的是“{curve.step}”这一步：请保留这一步的名称")
    if terms.lights and terms.lights not in light_rules():
        found.append("没有这条亮灯规则：请在列出的规则里选")
    return found


def plain(terms: Terms) -> dict[str, object]:
    """Terms as the history shows them."""
    return {
        "栏目": [_say_field(one) for one in terms.fields],
        "步骤": [say_step(one, terms) for one in terms.steps],
        "核验": terms.verifies,
        "亮灯规则": light_rules()[terms.lights].name if terms.lights in light_rules() else "",
        "报送": {"month": "按月", "quarter": "按季"}.get(terms.filing, "按任务风险"),
    }


def _say_field(field: Field) -> str:
    by = "，单位填" if field.by == "unit" else ""
    need = "，必填" if field.required else ""
    choices = f"：{'、'.join(field.choices)}" if field.choices else ""
    return f"{field.head}（{KINDS[field.kind]}{need}{by}）{choices}"


def say_step(step: Step, terms: Terms) -> str:
    """五到位方案（限期整改）：责任单位，立项后5个工作日."""
    when = f"（{step.when[1]}）" if step.when else ""
    return f"{step.name}{when}：{step.who or '承办单位'}，{say_limit(step, terms)}"


def say_limit(step: Step, terms: Terms) -> str:
    """By when a step is due, in words."""
    if step.field:
        field = terms.field(step.field)
        return f"按“{field.label if field else step.field}”"
    if step.workdays is not None:
        return f"立项后{step.workdays}个工作日"
    return f"立项后{step.days}日"


def as_data(terms: Terms) -> dict[str, Any]:
    """Terms as the data they are kept as."""
    says = asdict(terms)
    for part in ("fields", "steps", "curves"):
        said = ({key: value for key, value in one.items() if value} for one in says[part])
        says[part] = [{key: _as_json(value) for key, value in one.items()} for one in said]
    return says


def _as_json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
