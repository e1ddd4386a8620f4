"""A page of the site fed from memory: what it is compared with, so that queries and access are left over."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib import import_module
from itertools import cycle
from typing import Any
from unittest.mock import patch

_Reading = tuple[str, tuple[str, ...]]
# What a list reads, by the names its page calls it by: its rows and their lights.
_READ: tuple[_Reading, ...] = (
    (
        "dukao.site.ledger.queries.ledger",
        ("search_rows", "read_rows", "leaders_on", "read_sheets", "read_headings", "read_views"),
    ),
    ("dukao.site.ledger.queries.review", ("breakdown_for", "Desk")),
    ("dukao.site.ledger.views.review", ("units_known",)),
    ("dukao.site.supervision.seeing.boards", ("read_rows", "read_headings", "leaders_on")),
    ("dukao.site.supervision.seeing.views", ("read_sheets",)),
    ("dukao.site.supervision.seeing.watching", ("say_taken",)),
    ("dukao.site.ledger.views.ledger", ("lit_rows",)),
    ("dukao.site.supervision.seeing.watching", ("judge_extents", "judge_only_progress")),
)


def from_memory(get: Callable[[], None], before: Callable[[], object] = int) -> Callable[[], None]:
    """The same page as `get` asks for, everything it reads kept from the time before, call by call.

    `before` is done before the look that is kept.
    """
    kept: dict[tuple[str, str], list[Any]] = {}

    def keep(key: tuple[str, str], read: Callable[..., Any]) -> Callable[..., Any]:
        def reading(*asked: Any, **more: Any) -> Any:
            rows = read(*asked, **more)
            kept.setdefault(key, []).append(rows)
            return rows

        return reading

    get()  # what a process keeps for good is kept now
    readers = {
        (module, name): getattr(import_module(module), name) for module, names in _READ for name in names
    }
    before()
    with _replaced({key: keep(key, read) for key, read in readers.items()}):
        get()
    given = {key: partial(_give, cycle(rows)) for key, rows in kept.items()}

    def page() -> None:
        with _replaced(given):
            get()

    return page


def _give(kept: Iterator[Any], *_asked: Any, **_more: Any) -> Any:
    return next(kept)


@contextmanager
def _replaced(functions: Mapping[tuple[str, str], Callable[..., Any]]) -> Iterator[None]:
    """Other functions in their places (module and name), for the block."""
    with ExitStack() as stack:
        for (module, name), function in functions.items():
            stack.enter_context(patch(f"{module}.{name}", function))
        yield
