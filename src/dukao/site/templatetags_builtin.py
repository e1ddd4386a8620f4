"""Tags and filters every template has: Chinese dates, numbers, lights, the address with one thing changed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

from dukao.calling import as_called
from dukao.progress.figures import say_day, say_exact, say_plain
from dukao.progress.values import Light

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """2024-03-07 → 2024年3月7日; nothing for nothing."""
    if value is None:
        return ""
    return say_day(timezone.localtime(value) if isinstance(value, datetime) else value)


@register.filter
def called(sentence: str) -> str:
    """A sentence with the commands in it as they are typed on this machine."""
    return as_called(sentence)


@register.filter
def moment(value: datetime | None) -> str:
    """A moment to the minute, Beijing time: 2024-03-07 16:05."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


@register.filter
def figure(value: Decimal | float | None) -> str:
    """A number without the noughts that say nothing: 63.8800 → 63.88, 100.0 → 100."""
    return "" if value is None else say_plain(value)


@register.filter
def amount(value: float | None, unit: str) -> str:
    """A value in its unit as it was filed, large ones by 万 and 亿: 2500000000 in 元 → 25亿元."""
    return "" if value is None else say_exact(value, unit)


@register.filter
def as_light(value: str) -> Light | None:
    """A light by its name, as papers keep it, or itself; nothing for nothing."""
    return Light(value) if value else None


@register.simple_tag(takes_context=True)
def address(context: template.Context, **changes: Any) -> str:
    """This page's query string with some parameters changed; None takes one away; `page` always goes."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        elif isinstance(value, (list, tuple)):
            query.setlist(name, [str(one) for one in value])
        else:
            query[name] = str(value)
    said = query.urlencode()
    return f"?{said}" if said else "?"
