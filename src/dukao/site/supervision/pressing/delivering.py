"""The queue of messages that leave the site: tried, tried again later, given up in sight of everybody.

It is a table of this room and nothing else. A row is taken by moving its turn ahead before anything is sent,
so that two runs at once do not send it twice; the network is used outside of every transaction.
"""

import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.models import Delivery, Way
from dukao.site.supervision.naming import Action
from dukao.site.supervision.pressing.errors import Refusal
from dukao.site.supervision.pressing.robots import NotDelivered, Robot, post

# Minutes until the next try; after the last one it is given up, and shown as failed.
WAITS = (5, 15, 60, 240, 720)
# Nobody else takes a message while it is being sent.
_HELD = timedelta(minutes=5)
_AT_ONCE = 200


def deliver(*, at: datetime) -> tuple[int, int]:
    """Send what is due: how many arrived, how many did not. Safe to run at any time, also twice at once."""
    arrived = failed = 0
    for delivery_id in _due(at):
        delivery = _take(delivery_id, at)
        if delivery is None:
            continue
        error = _try(delivery, at)
        _note(delivery_id, error, at)
        arrived, failed = arrived + (not error), failed + bool(error)
    return arrived, failed


@transaction.atomic
def retry_delivery(delivery_id: int, *, by: Viewer, at: datetime) -> Delivery:
    """Put a message that was given up back into the queue."""
    require(by, Act.PRESS)
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id, place_id=by.place_id)
    if not delivery.is_given_up:
        stage = "已经送达" if delivery.sent_at else "还在排队"
        raise Refused(Refusal.DELIVERED, stage=stage)
    delivery.next_at, delivery.tries = at, 0
    delivery.save(update_fields=("next_at", "tries"))
    about = [("unit", delivery.unit_id)] if delivery.unit_id else []
    record(
        Action.DELIVERY_RETRIED, by=by.actor, at=at, about=about, after={"方式": delivery.get_way_display()}
    )
    return delivery


def _due(at: datetime) -> list[int]:
    rows = Delivery.objects.filter(sent_at__isnull=True, next_at__lte=at).order_by("next_at", "pk")
    return list(rows.values_list("pk", flat=True)[:_AT_ONCE])


@transaction.atomic
def _take(delivery_id: int, at: datetime) -> Delivery | None:
    """The message, its turn moved ahead; None where somebody else has it."""
    found = Delivery.objects.select_for_update().filter(pk=delivery_id, sent_at__isnull=True, next_at__lte=at)
    delivery = found.first()
    if delivery is not None:
        delivery.next_at = at + _HELD
        delivery.save(update_fields=("next_at",))
    return delivery


@transaction.atomic
def _note(delivery_id: int, error: str, at: datetime) -> None:
    """What became of a try."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    delivery.tries += 1
    delivery.error = error[:300]
    if not error:
        delivery.sent_at, delivery.next_at = at, None
    elif delivery.tries > len(WAITS):
        delivery.next_at = None
    else:
        delivery.next_at = at + timedelta(minutes=WAITS[delivery.tries - 1])
    delivery.save()


def _try(delivery: Delivery, at: datetime) -> str:
    """Send one message; why it did not arrive, or nothing."""
    try:
        if delivery.way == Way.MAIL:
            _mail(delivery)
        else:
            if not settings.ROBOT_URL:
                return "没有配置机器人地址"
            robot = Robot(settings.ROBOT_URL, settings.ROBOT_SECRET, settings.ROBOT_TIMEOUT)
            post(robot, delivery.words, int(at.timestamp() * 1000))
    except NotDelivered as error:
        return str(error)
    except smtplib.SMTPRecipientsRefused:
        return "邮件服务器不收这个地址：请核对单位的提醒邮箱"
    except smtplib.SMTPAuthenticationError:
        return "邮件服务器不认用户名或密码：请核对 DUKAO_MAIL"
    except (OSError, smtplib.SMTPException) as error:
        return f"邮件没有发出（{type(error).__name__}）"
    return ""


def _mail(delivery: Delivery) -> None:
    if not settings.EMAIL_HOST:
        raise NotDelivered("没有配置邮件服务器")
    connection = get_connection(timeout=settings.EMAIL_TIMEOUT)
    message = EmailMessage(delivery.subject, delivery.words, to=[delivery.target], connection=connection)
    message.send()
