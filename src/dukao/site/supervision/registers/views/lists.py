"""All lists of the place, and one list of a year with its own columns."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.people.access import Act, may, require
from dukao.site.supervision.registers.access import kept_register
from dukao.site.supervision.registers.lists import FACETS, read_list
from dukao.site.supervision.registers.queries import read_registers, unopened
from dukao.site.supervision.registers.rates import HEIGHT, WIDTH, count_stages, read_rates


@require_safe
@reads_as_of
def registers(request: AskedFor) -> HttpResponse:
    """Every list the place keeps, with counts and lights; to who may, those it could keep."""
    require(request.viewer, Act.SEE_LIGHTS)
    kept = read_registers(request.viewer, request.moment, request.record_at)
    facts = {
        "registers": kept,
        "issued": sum(one.issued for one in kept),
        "drafts": sum(one.drafts for one in kept),
        "behind": sum(one.behind for one in kept),
        "unopened": unopened(kept) if may(request.viewer, Act.ADOPT) and request.as_of is None else {},
        "today": request.as_of or localdate(request.moment),
    }
    return render(request, "supervision/registers/registers.html", facts)


@require_safe
@reads_as_of
def register(request: AskedFor, code: str, year: int) -> HttpResponse:
    """One list of a year: its items in its own columns, narrowed by step, unit, limit and light."""
    require(request.viewer, Act.SEE_LIGHTS)
    viewer, moment = request.viewer, request.record_at
    kept = kept_register(viewer.place_id, code, moment)
    day = request.as_of or localdate(request.moment)
    chosen = {name: request.GET.get(name, "") for name in FACETS}
    page = read_list(viewer, kept, year, day, request.moment, chosen, moment)
    is_now = moment is None
    facts = {
        "page": page,
        "kept": kept,
        "terms": kept.terms,
        "year": year,
        "years": sorted({*page.years, year}, reverse=True),
        "stages": count_stages(kept, page.all),
        "rates": read_rates(kept, list(page.all), year, day),
        "picture": {"width": WIDTH, "height": HEIGHT},
        "may_enter": is_now and kept.terms.is_own and may(viewer, Act.KEEP_REGISTERS),
        "may_issue": is_now and kept.terms.is_own and may(viewer, Act.SIGN),
        "may_settle": is_now and may(viewer, Act.ASSIGN),
        "may_amend": is_now and may(viewer, Act.ADOPT),
        "may_export": is_now and may(viewer, Act.EXPORT),
        "may_import": is_now and may(viewer, Act.IMPORT_WORKBOOK),
    }
    return render(request, "supervision/registers/register.html", facts)
