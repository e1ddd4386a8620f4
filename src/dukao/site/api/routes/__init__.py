"""The routes, one module a subject; each asks the queries that the pages ask."""

from collections.abc import Callable
from typing import Any

from ninja import Router, Schema

from dukao.site.api.answering import Page
from dukao.site.api.problems import PROBLEMS

_CSV = {"text/csv": {"schema": {"type": "string"}}}
Route = Callable[..., Any]


def give_list(
    router: Router, path: str, item: type[Schema], operation: str, summary: str, description: str = ""
) -> Callable[[Route], Route]:
    """A route that gives a list of `item` by pages, as JSON or CSV."""
    page: Any = Page[item]  # type: ignore[valid-type]
    return router.get(
        path,
        response={200: page, **PROBLEMS},
        operation_id=operation,
        summary=summary,
        description=description or summary,
        openapi_extra={"responses": {200: {"content": _CSV}}},
    )


def give_thing(
    router: Router, path: str, item: type[Schema], operation: str, summary: str
) -> Callable[[Route], Route]:
    """A route that gives one thing as JSON."""
    return router.get(
        path,
        response={200: item, **PROBLEMS},
        operation_id=operation,
        summary=summary,
        description=summary,
    )
