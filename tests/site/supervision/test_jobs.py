"""The jobs: what is due is done, once, however often and however late they run; two runs do not collide."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from dukao.cli.failures import Failure
from dukao.cli.jobs import asked_moment
from dukao.site.history.queries import verify_chain
from dukao.site.supervision.jobs import running
from dukao.site.supervision.jobs.leasing import LASTS, Busy, lease
from dukao.site.supervision.jobs.running import Job, Work, run_jobs
from dukao.site.supervision.models import (
    Answer,
    Assignment,
    JobLease,
    JobRun,
    Notice,
    Reminder,
    Round,
)
from tests.site.supervision.conftest import Year
from tests.site.supervision.facts import accept, moment


def run(at: datetime) -> JobRun:
    return run_jobs(at=at, now=at)


def state() -> tuple[object, ...]:
    """What the jobs can change, as it stands."""
    return (
        Round.objects.count(),
        Reminder.objects.count(),
        Notice.objects.count(),
        Assignment.objects.filter(answer=Answer.SILENT).count(),
    )


def test_a_run_does_everything_that_is_due(year: Year) -> None:
    accept(year, "三-1", "区住建局", date(2024, 3, 25), value=(1.8, "个"))
    run(moment(7, 1))
    assert Round.objects.filter(label="2024年6月").exists()
    assert not Assignment.objects.filter(answer=Answer.WAITING).exists()
    assert Notice.objects.filter(rung="blue", unit__name="区住建局").count() == 1
    [last] = JobRun.objects.all()
    jobs = {line["job"] for line in last.done}
    assert {"签收期限", "开始报送", "判定进度", "拟督办文书"} <= jobs
    assert last.is_good


def test_nothing_is_done_before_its_time() -> None:
    ahead = (timezone.localtime() + timedelta(hours=1)).isoformat(timespec="minutes")
    with pytest.raises(Failure, match="还没有到"):
        asked_moment(ahead)
    assert asked_moment("2024-09-26T08:00") == moment(9, 26).replace(hour=8)


def test_the_same_run_twice_gives_nothing_new(year: Year) -> None:
    accept(year, "三-1", "区住建局", date(2024, 3, 25), value=(1.8, "个"))
    run(moment(7, 1))
    before = state()
    run(moment(7, 1))
    run(moment(7, 1, 11))
    assert state() == before
    assert verify_chain().holds


def test_forty_days_of_standing_still_end_where_daily_runs_would_have_ended(year: Year) -> None:
    """Rounds, silence and lights are made up for; reminders whose day is past are not sent."""
    accept(year, "三-1", "区住建局", date(2024, 3, 25), value=(1.8, "个"))
    run(moment(5, 20))
    run(moment(6, 29))
    labels = set(Round.objects.exclude(cadence="test").values_list("label", flat=True))
    assert {"2024年5月", "2024年6月"} <= labels
    today = date(2024, 6, 29)
    assert not Reminder.objects.filter(sent_at=moment(6, 29), due__lt=today).exists()
    before = state()
    run(moment(6, 29, 10))
    assert state() == before


def test_runs_that_find_nothing_are_kept_as_one_line(year: Year) -> None:
    run(moment(5, 20))
    for minute in range(1, 6):
        run(moment(5, 20) + timedelta(minutes=5 * minute))
    full, empty = JobRun.objects.order_by("pk")
    assert (bool(full.done), empty.done, empty.times) == (True, [], 5)


def test_two_runs_do_not_collide(year: Year) -> None:
    at = moment(5, 20)
    with lease("another", now=at):
        with pytest.raises(Busy):
            run(at)
        assert not JobRun.objects.exists()
    run(at)
    assert JobRun.objects.count() == 1


def test_the_lease_of_a_run_that_died_lapses(year: Year) -> None:
    JobLease.objects.create(id=1, holder="dead", until=moment(5, 20) + LASTS)
    with pytest.raises(Busy):
        run(moment(5, 20))
    run(moment(5, 20) + LASTS)
    assert JobLease.objects.get().holder == ""


def test_a_job_that_fails_is_said_and_stops_no_other(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(work: Work) -> str:
        Round.objects.update(label="坏了")
        raise ValueError("secret")

    monkeypatch.setattr(running, "JOBS", (Job("坏的", fail), *running.JOBS))
    done = run(moment(5, 20))
    assert not done.is_good
    [bad] = [line for line in done.done if line["error"]]
    assert (bad["job"], "secret" in bad["error"]) == ("坏的", False)
    assert not Round.objects.filter(label="坏了").exists()  # undone with its transaction
    assert any(line["job"] == "开始报送" for line in done.done)


def test_a_daily_job_that_failed_is_done_again_the_same_day(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def unsteady(work: Work) -> str:
        calls.append(work.at)
        if len(calls) == 1:
            raise ValueError
        return "办了"

    monkeypatch.setattr(running, "JOBS", (Job("时好时坏", unsteady, is_daily=True),))
    for hour in (8, 9, 10):
        run(moment(5, 20, hour))
    assert len(calls) == 2
