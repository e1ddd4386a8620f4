"""One run of the jobs: every place, every job, each in its own transaction; what it did is kept and shown.

Every job is a function of the record and a moment, and does what is still to be done at that moment however
long nothing ran: rounds are opened for every period that was missed, silence is noted, only reminders whose
day is still to come are sent, months passed are judged as they stood at their ends.
"""

import logging
import os
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db import transaction
from django.utils.timezone import localdate

from dukao.progress.values import Judgement, Light
from dukao.site.ledger.models import Status, TaskState
from dukao.site.people.models import Place
from dukao.site.refusals import Refused
from dukao.site.supervision.assigning.actions import note_silence
from dukao.site.supervision.filing.rounds import close_rounds, open_rounds
from dukao.site.supervision.jobs.leasing import lease
from dukao.site.supervision.models import JobDay, JobRun
from dukao.site.supervision.pressing.delivering import deliver
from dukao.site.supervision.pressing.months import lights_today
from dukao.site.supervision.pressing.proposing import propose_letters, propose_notices
from dukao.site.supervision.pressing.reminding import send_reminders

Line = dict[str, str]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """A place and the moment its jobs are done for."""

    place_id: int
    at: datetime

    @cached_property
    def lights(self) -> dict[int, dict[int, Judgement]]:
        """The lights of the day by year: asked for once, however many jobs go by them."""
        return lights_today(self.place_id, localdate(self.at))


@dataclass(frozen=True, slots=True)
class Job:
    """Something done for a place at a moment; `does` says in words what it did, nothing for nothing.

    What `is_daily` is done by the first run of a day: it judges every task of the place.
    """

    name: str
    does: Callable[[Work], str]
    is_daily: bool = False


def _silence(work: Work) -> str:
    count = note_silence(work.place_id, at=work.at)
    return f"{count}项逾期未答复，视为同意" if count else ""


def _open(work: Work) -> str:
    opened = open_rounds(work.place_id, at=work.at, lights=lambda: work.lights)
    return "、".join(one.label for one in opened)


def _close(work: Work) -> str:
    count = close_rounds(work.place_id, at=work.at)
    return f"{count}期" if count else ""


def _remind(work: Work) -> str:
    count = send_reminders(work.place_id, at=work.at)
    return f"发出{count}条" if count else ""


def _propose(work: Work) -> str:
    made = Counter(one.name for one in propose_notices(work.place_id, at=work.at, lights=work.lights))
    made += Counter(one.name for one in propose_letters(work.place_id, at=work.at))
    return "、".join(f"{name}{count}份" for name, count in made.items())


def _judge(work: Work) -> str:
    """The lights of the day; nothing is stored but how many there were of each."""
    lights = Counter(one.light for judged in work.lights.values() for one in judged.values())
    return "，".join(f"{light.word}{lights[light]}项" for light in Light if lights[light])


JOBS: tuple[Job, ...] = (
    Job("签收期限", _silence),
    Job("开始报送", _open),
    Job("结束报送", _close),
    Job("判定进度", _judge, is_daily=True),
    Job("拟督办文书", _propose, is_daily=True),
    Job("提醒", _remind),
)


def run_jobs(*, at: datetime, now: datetime) -> JobRun:
    """Do for every place what is due at `at`; raises `Busy` while another run is at work.

    `now` is the clock on the wall, `at` the moment the work is done for: the same but in a simulation.
    """
    begun = time.monotonic()
    holder = f"{socket.gethostname()[:40]}:{os.getpid()}"
    lines: list[Line] = []
    with lease(holder, now=now):
        try:
            for place in places_at_work():
                work = Work(place.pk, at)
                for job in JOBS:
                    lines += _do(place, job, work)
            lines += _send(at)
        finally:
            run = _keep(lines, at, now, now + timedelta(seconds=time.monotonic() - begun))
    return run


def places_at_work() -> list[Place]:
    """The places that have an issued ledger: the others have nothing to do yet."""
    issued = TaskState.objects.at(None).filter(status=Status.ISSUED).values("task__place_id").distinct()
    return list(Place.objects.filter(pk__in=issued))


def _do(place: Place, job: Job, work: Work) -> list[Line]:
    """One job of one place; what goes wrong in it stays in it, and is said."""
    words = error = ""
    try:
        with transaction.atomic():
            if job.is_daily and not _is_first_today(place, job, work.at):
                return []
            words = job.does(work)
    except Refused as refused:
        error = refused.sentence
    except Exception as fault:
        _log.exception("job %s of place %s failed", job.name, place.code)
        error = f"程序出错（{type(fault).__name__}），详见服务器日志"
    return [_line(job.name, words, error, place)] if words or error else []


def _is_first_today(place: Place, job: Job, at: datetime) -> bool:
    """Whether a daily job is still to be done on the day; notes that it now is. A failure undoes the note."""
    today = localdate(at)
    row, is_new = JobDay.objects.get_or_create(place=place, job=job.name, defaults={"day": today})
    if is_new or row.day != today:
        row.day = today
        row.save()
        return True
    return False


def _send(at: datetime) -> list[Line]:
    """The queue, of all places at once."""
    try:
        arrived, failed = deliver(at=at)
    except Exception as fault:
        _log.exception("the queue failed")
        return [_line("发送", "", f"程序出错（{type(fault).__name__}），详见服务器日志")]
    said = (f"送达{arrived}条" if arrived else "", f"未送达{failed}条，稍后再试" if failed else "")
    words = "，".join(one for one in said if one)
    return [_line("发送", words, "")] if words else []


def _line(job: str, words: str, error: str, place: Place | None = None) -> Line:
    return {
        "place": place.code if place else "",
        "name": place.name if place else "",
        "job": job,
        "words": words,
        "error": error,
    }


def _keep(lines: list[Line], at: datetime, now: datetime, ended: datetime) -> JobRun:
    """Put a run on the record; one that did nothing joins the one before that did nothing either."""
    last = JobRun.objects.first()
    if not lines and last and not last.done:
        last.at, last.began_at, last.ended_at, last.times = at, now, ended, last.times + 1
        last.save()
        return last
    is_good = not any(line["error"] for line in lines)
    return JobRun.objects.create(at=at, began_at=now, ended_at=ended, is_good=is_good, done=lines)
