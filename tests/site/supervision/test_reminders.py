"""提醒: before a limit, once each; by mail and robot where configured, tried again where they fail."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail

from dukao.site.ledger.models import Responsibility
from dukao.site.people.access import Viewer
from dukao.site.people.models import Unit, UnitKind
from dukao.site.refusals import Refused
from dukao.site.supervision.models import (
    ActionPlan,
    Answer,
    Assignment,
    Delivery,
    Filing,
    FilingStage,
    PlanStage,
    Reminder,
)
from dukao.site.supervision.planning.limits import plans_owed
from dukao.site.supervision.planning.queries import needs_of as planning_needs
from dukao.site.supervision.pressing.contacts import keep_contact
from dukao.site.supervision.pressing.delivering import WAITS, deliver, retry_delivery
from dukao.site.supervision.pressing.queries import needs_of as pressing_needs
from dukao.site.supervision.pressing.reminding import send_reminders
from dukao.site.supervision.pressing.robots import NotDelivered, Robot, post
from tests.site.supervision.conftest import Year
from tests.site.supervision.facts import accept, moment


class Stand(BaseHTTPRequestHandler):
    """A robot that answers as its server was told, and keeps what it got."""

    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.got.append((self.path, json.loads(body)))
        time.sleep(server.delay)
        self.send_response(server.status)
        self.end_headers()
        self.wfile.write(server.answer)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def robot() -> Iterator[Any]:
    """A robot on this machine; `status`, `answer`, `delay` say how it answers, `got` what it was sent."""
    server: Any = HTTPServer(("127.0.0.1", 0), Stand)
    server.got, server.status, server.answer, server.delay = [], 200, b'{"errcode":0,"errmsg":"ok"}', 0.0
    server.url = f"http://127.0.0.1:{server.server_port}/robot/send?access_token=x"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def remind(year: Year, day: int, month: int = 3, hour: int = 9) -> list[str]:
    """The keys of what is newly reminded of at a moment, to the unit of the cast, plans owed left out."""
    before = set(Reminder.objects.values_list("pk", flat=True))
    send_reminders(year.cast.place.pk, at=moment(month, day, hour))
    fresh = (
        Reminder.objects.exclude(pk__in=before).exclude(key__startswith="plan:").filter(unit__name="区住建局")
    )
    return [
        key.rsplit(":", 1)[0].split(":")[0] + ":" + key.rsplit(":", 1)[1]
        for key in fresh.values_list("key", flat=True)
    ]


def test_a_round_is_reminded_of_as_its_limit_nears_and_each_only_once(year: Year) -> None:
    """March is due on the 25th and was opened on the 20th: three days before, not on the day it came."""
    due = year.round.due_at.date()
    assert due == date(2024, 3, 25)
    assert [remind(year, day) for day in (20, 21, 22, 22, 23, 25)] == [[], [], ["filing:3"], [], [], []]


def test_days_nobody_ran_are_not_caught_up_but_by_the_nearest(year: Year) -> None:
    assert remind(year, 24) == ["filing:3"]
    assert remind(year, 26) == []


def test_what_is_filed_is_not_reminded_of(year: Year) -> None:
    Filing.objects.filter(round=year.round).update(stage=FilingStage.CONFIRMED)
    assert remind(year, 22) == []


def test_what_waits_for_the_unit_head_is_said_so(year: Year) -> None:
    Filing.objects.filter(round=year.round, unit__name="区住建局").update(stage=FilingStage.DRAFT)
    remind(year, 22)
    assert "待负责人确认" in Reminder.objects.get(unit__name="区住建局", key__startswith="filing:").words


def test_what_a_unit_may_but_need_not_file_is_not_reminded_of(year: Year) -> None:
    """It only adds to the tasks of others: nothing of that is due, empty or filled."""
    shared = Filing.objects.filter(round=year.round, unit__name="区住建局")
    assert shared.filter(is_lead=True).exists()
    shared.update(is_lead=False)
    assert remind(year, 22) == []
    shared.update(stage=FilingStage.DRAFT)
    assert remind(year, 23) == []


def test_a_milestone_is_reminded_of_at_seven_and_at_three_days(year: Year) -> None:
    found = {}
    for day in (22, 23, 24, 27, 28, 30):
        send_reminders(year.cast.place.pk, at=moment(4, day))
        found[day] = Reminder.objects.filter(key__startswith="step:").count()
    assert found == {22: 0, 23: 1, 24: 1, 27: 2, 28: 2, 30: 2}


def test_the_first_page_counts_a_near_step_once_and_nothing_that_waits_there_anyway(year: Year) -> None:
    """区经信局 was reminded of a step twice and of its filing: the filing waits by itself."""
    for month, day in ((3, 22), (4, 23), (4, 27)):
        send_reminders(year.cast.place.pk, at=moment(month, day))
    viewer = year.viewer_of("区经信局", at=moment(4, 27))
    near = [one for one in pressing_needs(viewer, moment(4, 27)) if "节点" in one.words]
    assert [(one.count, one.words, one.due) for one in near] == [(1, "个节点即将到期", date(2024, 4, 30))]
    assert not [one for one in pressing_needs(viewer, moment(3, 22)) if "提醒" in one.words]


def test_a_milestone_said_to_be_done_is_not_reminded_of(year: Year) -> None:
    accept(year, "二-3", "区经信局", date(2024, 4, 10), step="方案出台")
    send_reminders(year.cast.place.pk, at=moment(4, 23))
    assert not Reminder.objects.filter(key__startswith="step:").exists()


def test_an_objection_is_reminded_of_on_the_day_before(year: Year) -> None:
    assert Assignment.objects.filter(answer=Answer.WAITING).first().due == date(2024, 3, 14)  # type: ignore[union-attr]
    assert "objection:1" not in remind(year, 12)
    assert "objection:1" in remind(year, 13)
    assert "objection:1" not in remind(year, 14)


def test_partners_are_never_reminded(year: Year) -> None:
    send_reminders(year.cast.place.pk, at=moment(3, 13))
    send_reminders(year.cast.place.pk, at=moment(3, 22))
    partners = Unit.objects.filter(kind__in=(UnitKind.PARTY, UnitKind.COURT, UnitKind.MILITARY))
    assert not Reminder.objects.filter(unit__in=partners).exists()


def test_nothing_leaves_the_site_where_nothing_is_configured(year: Year) -> None:
    keep_contact(
        year.unit("区住建局").pk, "a@example.org", by=year.cast.viewer("clerk", moment(3, 1)), at=moment(3, 1)
    )
    remind(year, 22)
    assert not Delivery.objects.exists()


def test_one_mail_a_unit_goes_to_its_address(year: Year, settings: Any) -> None:
    settings.EMAIL_HOST, settings.SITE_ADDRESS = "mail.local", "https://dukao.example.org"
    clerk = year.cast.viewer("clerk", moment(3, 1))
    keep_contact(year.unit("区住建局").pk, "zhujian@example.org", by=clerk, at=moment(3, 1))
    remind(year, 22)
    assert deliver(at=moment(3, 22)) == (1, 0)
    [message] = mail.outbox
    assert message.to == ["zhujian@example.org"]
    assert "区住建局：" in message.body
    assert "https://dukao.example.org/filings/" in message.body
    assert deliver(at=moment(3, 22)) == (0, 0)


def test_a_mail_server_that_is_not_there_is_tried_again_and_then_given_up(year: Year, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    clerk = year.cast.viewer("clerk", moment(3, 1))
    keep_contact(year.unit("区住建局").pk, "zhujian@example.org", by=clerk, at=moment(3, 1))
    remind(year, 22)
    at = moment(3, 22)
    for wait in (*WAITS, 0):
        assert deliver(at=at) == (0, 1)
        at += timedelta(minutes=wait)
    assert deliver(at=at) == (0, 0)
    one = Delivery.objects.get()
    assert (one.tries, one.is_given_up) == (len(WAITS) + 1, True)
    assert "邮件没有发出" in one.error
    retry_delivery(one.pk, by=clerk, at=at)
    assert deliver(at=at) == (0, 1)
    with pytest.raises(Refused, match="还在排队"):
        retry_delivery(one.pk, by=clerk, at=at)


def test_the_robot_gets_one_signed_message_for_everybody(year: Year, settings: Any, robot: Any) -> None:
    settings.ROBOT_URL, settings.ROBOT_SECRET = robot.url, "SECabc"
    remind(year, 22)
    assert deliver(at=moment(3, 22))[1] == 0
    path, body = robot.got[0]
    query = parse_qs(urlsplit(path).query)
    signed = f"{query['timestamp'][0]}\nSECabc".encode()
    assert query["sign"] == [base64.b64encode(hmac.new(b"SECabc", signed, hashlib.sha256).digest()).decode()]
    assert query["access_token"] == ["x"]
    assert body["msgtype"] == "text"
    assert "区住建局" in body["text"]["content"]
    assert all(len(sent["text"]["content"].encode()) <= 2048 for _, sent in robot.got)


def test_a_robot_s_failures_are_said_without_its_address(robot: Any) -> None:
    def fails(url: str = "", timeout: float = 2) -> str:
        with pytest.raises(NotDelivered) as caught:
            post(Robot(url or robot.url, "", timeout), "提醒", 0)
        assert "access_token" not in str(caught.value)
        return str(caught.value)

    robot.status = 500
    assert fails() == "对方答复 500"
    robot.status, robot.answer = 302, b""
    assert fails() == "对方答复 302"
    robot.status, robot.answer = 200, b'{"errcode":310000,"errmsg":"sign not match"}'
    assert fails() == "对方没有收下：310000 sign not match"
    robot.answer, robot.delay = b"{}", 1.5
    assert fails(timeout=0.3) == "0.3秒内没有答复"
    assert fails("http://127.0.0.1:9/?access_token=x").startswith("连不上")
    assert fails("http://robot.example.org/?access_token=x") == "机器人地址要以 https:// 开头"


def test_two_runs_at_once_do_not_send_a_message_twice(year: Year, settings: Any, robot: Any) -> None:
    settings.ROBOT_URL = robot.url
    remind(year, 22)
    count = Delivery.objects.count()
    from dukao.site.supervision.pressing import delivering

    first = [delivering._take(pk, moment(3, 22)) for pk in delivering._due(moment(3, 22))]
    assert len([one for one in first if one]) == count
    assert deliver(at=moment(3, 22)) == (0, 0)


def plan_reminders(year: Year, month: int, day: int) -> set[tuple[str, str]]:
    """Whom a moment newly reminds of plans, and the last part of the key: how many days before."""
    before = set(Reminder.objects.values_list("pk", flat=True))
    send_reminders(year.cast.place.pk, at=moment(month, day))
    fresh = Reminder.objects.exclude(pk__in=before).filter(key__startswith="plan:").select_related("unit")
    return {(one.unit.name, one.key.rsplit(":", 1)[1]) for one in fresh}


def test_a_plan_not_sent_is_reminded_of_before_its_day_and_on_it(year: Year) -> None:
    """Laid on 11 March, due ten working days later on the 25th; who has sent every plan hears nothing."""
    owed = plans_owed(year.cast.place.pk, date(2024, 3, 15))
    assert {one.due for one in owed} == {date(2024, 3, 25)}
    lacking = {year_unit.name for year_unit in Unit.objects.filter(pk__in={one.unit_id for one in owed})}
    assert "区综合执法局" in lacking
    steps = [(day, plan_reminders(year, 3, day)) for day in (11, 18, 19, 22, 24, 25, 26)]
    said = {day: {when for _, when in found} for day, found in steps}
    assert said == {11: set(), 18: {"7"}, 19: set(), 22: {"3"}, 24: set(), 25: {"0"}, 26: set()}
    assert all({unit for unit, _ in found} == lacking for _, found in steps if found)
    own = Reminder.objects.filter(key__startswith="plan:", unit=owed[0].unit_id)[0]
    count = len([one for one in owed if one.unit_id == owed[0].unit_id])
    assert own.words == f"有{count}项任务还没有报推进方案，请在3月25日以前报送。"
    assert own.address == "/plans/"


def test_what_was_sent_objected_to_or_given_away_owes_no_plan(year: Year) -> None:
    place, today = year.cast.place.pk, date(2024, 3, 20)
    owed = {(one.task_id, one.unit_id) for one in plans_owed(place, today)}
    assert not {plan.task_id for plan in year.plans.values()} & {task for task, _ in owed}
    task, unit = sorted(owed)[0]
    laid = Assignment.objects.filter(task=task, unit=unit)
    laid.update(answer=Answer.OBJECTED)
    assert (task, unit) not in {(one.task_id, one.unit_id) for one in plans_owed(place, today)}
    laid.update(is_upheld=False)
    assert (task, unit) in {(one.task_id, one.unit_id) for one in plans_owed(place, today)}
    Responsibility.objects.at(None).filter(task=task, unit=unit).update(until=moment(3, 19))
    assert (task, unit) not in {(one.task_id, one.unit_id) for one in plans_owed(place, today)}
    back = next(iter(year.plans.values()))
    ActionPlan.objects.filter(pk=back.pk).update(stage=PlanStage.RETURNED, since=None)
    assert back.task_id in {one.task_id for one in plans_owed(place, today)}


def test_the_clerk_sees_whose_plans_are_overdue_and_the_unit_by_when_it_owes_them(year: Year) -> None:
    owed = plans_owed(year.cast.place.pk, date(2024, 3, 26))

    def needs(viewer: Viewer, day: int) -> dict[str, tuple[int, date | None]]:
        found = planning_needs(viewer, moment(3, day))
        return {one.words: (one.count, one.due) for one in found}

    clerk, late = year.cast.viewer("clerk"), "项任务逾期未报推进方案"
    assert needs(clerk, 25)[late] == (0, None)
    assert needs(clerk, 26)[late] == (len({one.task_id for one in owed}), date(2024, 3, 25))
    unit = Unit.objects.get(pk=owed[0].unit_id)
    assert needs(year.viewer_of(unit.name), 20)["项任务还没有推进方案"][1] == date(2024, 3, 25)
