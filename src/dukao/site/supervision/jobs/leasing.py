"""The lease that keeps two runs apart: a row of the database, so that it holds across processes and machines.

A run that dies leaves its lease behind; it lapses by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from dukao.site.supervision.models import JobLease

LASTS = timedelta(minutes=20)


class Busy(Exception):
    """Another run is at work until it ends, at the latest until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@contextmanager
def lease(holder: str, *, now: datetime) -> Iterator[None]:
    """Hold the jobs for a block; raises `Busy` where somebody else does. `now` is the clock on the wall."""
    _take(holder, now)
    try:
        yield
    finally:
        _give_back(holder)


@transaction.atomic
def _take(holder: str, now: datetime) -> None:
    JobLease.objects.get_or_create(id=1)
    row = JobLease.objects.select_for_update().get(id=1)
    if row.holder and row.until and row.until > now:
        raise Busy(row.until)
    row.holder, row.until = holder, now + LASTS
    row.save()


@transaction.atomic
def _give_back(holder: str) -> None:
    JobLease.objects.filter(id=1, holder=holder).update(holder="", until=None)
