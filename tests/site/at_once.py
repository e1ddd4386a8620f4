"""The same act by two hands in the same moment, each on a connection of its own: PostgreSQL alone has two."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from dukao.site.refusals import Refused

T = TypeVar("T")


def twice_at_once(act: Callable[[], T]) -> list[T | str]:
    """What each of the two got: what the act gives, or the code it was refused with."""
    if connection.vendor == "sqlite":
        pytest.skip("threads share one connection to a database in memory: PostgreSQL has two")
    both_are_there = Barrier(2, timeout=30)

    def press(_: int) -> T | str:
        connection.ensure_connection()
        both_are_there.wait()
        try:
            return act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        return list(hands.map(press, range(2)))
