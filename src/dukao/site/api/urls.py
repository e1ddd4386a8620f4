"""The read API at /api/v1, its description, and a page that shows the description."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI, Router

from dukao.site.api.bearer import Bearer
from dukao.site.api.description import describe_api
from dukao.site.api.problems import answer_problems
from dukao.site.api.routes import cast, figures, history, papers, pressing, registers, tasks, year

_ABOUT = """只读接口：站内的每一份清单都能在这里按令牌用户的权限取得，与页面所见相同。

在“我的账号”页新建令牌，放在请求头里：Authorization: Bearer dukao_…。
清单按 limit、offset 分页，总数在 total 和 X-Total-Count，下一页的地址在 next 和 Link。
加 format=csv 或请求头 Accept: text/csv 得到 CSV（UTF-8，带 BOM，以 = + - @ 开头的单元格前加一撇）。
每个答复带 ETag：用 If-None-Match 再问，没有变化就答 304。as_of 看某一天结束时的台账。
出错时答 JSON：code、message（中文说明）、details。"""

api = NinjaAPI(
    title="督考只读接口",
    version="1",
    description=_ABOUT,
    urls_namespace="api",
    auth=Bearer(),
    docs_url=None,
    openapi_url="openapi.json",
)
answer_problems(api)
api.add_router("", tasks.router)
api.add_router("", cast.router)
api.add_router("", figures.router)
api.add_router("", papers.router)
api.add_router("", registers.router)
api.add_router("", year.router)
api.add_router("", pressing.router)
api.add_router("", history.router)

rest = Router()


@rest.get("/", auth=None, include_in_schema=False)
def describe(request: HttpRequest) -> HttpResponse:
    """The description as a page of one's own: no script, nothing from elsewhere."""
    return render(request, "api/description.html", describe_api(api.get_openapi_schema()))


@rest.get("/{path:address}", include_in_schema=False)
def nowhere(request: HttpRequest, address: str) -> HttpResponse:
    """Every other address: 404 as JSON."""
    raise Http404


api.add_router("", rest)
