"""Pages of reminders: a unit's own; to the office what was sent, what did not arrive, and the addresses."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.people.models import PARTNERS, Unit
from dukao.site.supervision.acting import ActPage, act_on, data_of, room
from dukao.site.supervision.models import Contact, Delivery
from dukao.site.supervision.pressing.access import visible_deliveries, visible_reminders
from dukao.site.supervision.pressing.contacts import keep_contact
from dukao.site.supervision.pressing.delivering import retry_delivery
from dukao.site.supervision.pressing.forms import ContactForm

_PAGE = 50
_FAILED_FOR = timedelta(days=30)


@require_GET
def reminders(request: Asked) -> HttpResponse:
    """To a unit what it was reminded of, the nearest day first; to the office everybody's."""
    viewer = request.viewer
    rows = visible_reminders(viewer)
    today = localdate(request.moment)
    is_office = viewer.reach == "all"
    coming = rows.filter(due__gte=today).order_by("due", "unit__order", "-pk")
    past = rows.filter(due__lt=today).order_by("-due", "-pk")
    facts = {
        "coming": coming,
        "coming_count": coming.count(),
        "page": Paginator(past, _PAGE).get_page(request.GET.get("page")),
        "is_office": is_office,
        "failed": _failed(request),
        "has_mail": bool(settings.EMAIL_HOST),
        "has_robot": bool(settings.ROBOT_URL),
        "may_press": may(viewer, Act.PRESS),
    }
    return render(request, "supervision/pressing/reminders.html", facts)


def _failed(request: Asked) -> list[Delivery]:
    """What has not arrived of the last month: waiting for another try, or given up."""
    rows = visible_deliveries(request.viewer)
    return list(rows.filter(sent_at__isnull=True, made_at__gte=request.moment - _FAILED_FOR)[:_PAGE])


@require_GET
def contacts(request: Asked) -> HttpResponse:
    """The addresses of the units."""
    require(request.viewer, Act.PRESS)
    today = localdate(request.moment)
    units = Unit.objects.on(today).filter(place_id=request.viewer.place_id).exclude(kind__in=PARTNERS)
    known = dict(Contact.objects.filter(unit__in=units).values_list("unit_id", "mail"))
    rows = [(unit, known.get(unit.pk, "")) for unit in units]
    facts = {
        "rows": rows,
        "with_mail": sum(bool(mail) for _, mail in rows),
        "has_mail": bool(settings.EMAIL_HOST),
    }
    return render(request, "supervision/pressing/contacts.html", facts)


@require_http_methods(["GET", "POST"])
def contact(request: Asked, unit_id: int) -> HttpResponse:
    """Set one unit's address."""
    require(request.viewer, Act.PRESS)
    unit = Unit.objects.filter(pk=unit_id, place_id=request.viewer.place_id).first()
    if unit is None:
        raise Http404
    known = Contact.objects.filter(unit=unit).first()
    page = ActPage(
        f"{unit.name}的提醒发到哪里？",
        ("临期提醒在站内总会显示；配置了邮件服务器的，另发一封到这个邮箱。",),
        "保存",
        reverse("supervision:contacts"),
        (room("reminders", "提醒"), room("contacts", "提醒邮箱")),
        f"已保存{unit.name}的提醒邮箱。",
    )
    form = ContactForm(data_of(request), initial={"mail": known.mail if known else ""})
    return act_on(
        request,
        page,
        form,
        lambda said: keep_contact(unit.pk, said["mail"], by=request.viewer, at=request.moment),
    )


@require_POST
def retry(request: Asked, delivery_id: int) -> HttpResponse:
    """Put a message that was given up back into the queue."""
    require(request.viewer, Act.PRESS)
    if not Delivery.objects.filter(pk=delivery_id, place_id=request.viewer.place_id).exists():
        raise Http404
    retry_delivery(delivery_id, by=request.viewer, at=request.moment)
    messages.success(request, "已放回队列，下一遍自动办理时重发。")
    return redirect("supervision:reminders")
