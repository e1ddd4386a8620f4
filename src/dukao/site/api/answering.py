"""How a list is given: a page of it, as JSON or CSV, with an ETag that says when nothing is new."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from io import StringIO
from typing import Any, Generic, Literal, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags, quote_etag
from ninja import Schema
from ninja.responses import NinjaJSONEncoder
from pydantic import Field

from dukao.site.history.exporting import as_text
from dukao.site.ledger.moments import end_of, read_day
from dukao.site.people.access import Viewer

Item = TypeVar("Item", bound=Schema)
Row = TypeVar("Row")

MOST = 500
AS_OF = "看哪一天结束时的台账，如 2024-06-30；不写就看现在"


class Asked(HttpRequest):
    """A request behind `Bearer`. For the type checker; at run time it is the plain request."""

    viewer: Viewer
    moment: datetime


class Paging(Schema):
    """Which part of a list is wanted, and how it is written."""

    limit: int = Field(default=100, ge=1, le=MOST, description=f"一页多少条，最多 {MOST}")
    offset: int = Field(default=0, ge=0, description="跳过前面多少条")
    format: Literal["json", "csv"] | None = Field(
        default=None, description="json 或 csv；不写时看请求头 Accept，默认 json"
    )


class DatedPaging(Paging):
    """A list of the record, which can be read for a day."""

    as_of: str = Field(default="", max_length=10, description=AS_OF)


class Page(Schema, Generic[Item]):
    """清单的一页。"""

    total: int = Field(description="清单一共多少条")
    limit: int = Field(description="这一页最多多少条")
    offset: int = Field(description="跳过了前面多少条")
    next: str | None = Field(description="下一页的地址；没有下一页时为 null")
    items: list[Item] = Field(description="这一页的各条")


def moment_of(request: HttpRequest) -> datetime | None:
    """The last moment of the day asked for with `as_of`, None for now; Refused where it is no day."""
    return end_of(read_day(request))  # type: ignore[arg-type]


def give_page(
    request: HttpRequest,
    rows: Sequence[Row] | QuerySet[Any],
    paging: Paging,
    lay: Callable[[Sequence[Row]], Iterable[Schema]],
    kind: type[Schema],
) -> HttpResponse:
    """One page of `rows`, laid out by `lay` as items of `kind`: only the page is laid out."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    shown = list(rows[paging.offset : paging.offset + paging.limit])
    items = list(lay(shown))
    after = paging.offset + len(shown)
    following = _address(request, after) if shown and after < total else None
    if _wants_csv(request, paging):
        return _give(request, write_csv(items, kind), "text/csv; charset=utf-8", total, following)
    page = {
        "total": total,
        "limit": paging.limit,
        "offset": paging.offset,
        "next": following,
        "items": [one.model_dump(mode="json") for one in items],
    }
    return _give(request, _as_json(page), "application/json; charset=utf-8", total, following)


def give_one(request: HttpRequest, item: Schema) -> HttpResponse:
    """One thing as JSON, with its ETag."""
    return _give(request, _as_json(item.model_dump(mode="json")), "application/json; charset=utf-8")


def write_csv(items: Sequence[Schema], kind: type[Schema]) -> str:
    """The items as a table under the names of the fields: UTF-8 with a mark, lists in one cell.

    A cell that begins like a formula is led by an apostrophe.
    """
    out = StringIO()
    writer = csv.writer(out)
    names = list(kind.model_fields)
    writer.writerow(names)
    writer.writerows([as_text(_cell(getattr(item, name))) for name in names] for item in items)
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return "；".join(str(_cell(one)) for one in value)
    return value if isinstance(value, (int, float)) else str(value)


def _as_json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, cls=NinjaJSONEncoder, separators=(",", ":"))


def _wants_csv(request: HttpRequest, paging: Paging) -> bool:
    if paging.format:
        return paging.format == "csv"
    return request.get_preferred_type(["application/json", "text/csv"]) == "text/csv"


def _address(request: HttpRequest, offset: int) -> str:
    query = request.GET.copy()
    query["offset"] = str(offset)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _give(
    request: HttpRequest, body: str, content_type: str, total: int | None = None, following: str | None = None
) -> HttpResponse:
    data = body.encode()
    etag = quote_etag(sha256(data).hexdigest()[:32])
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in [one.removeprefix("W/") for one in known] or known == ["*"]:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(data, content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization, Accept"
    if total is not None:
        response["X-Total-Count"] = str(total)
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response
