"""What goes wrong, as JSON with a Chinese sentence: the thing, the reason, the next step."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from dukao.site.refusals import Refused, Respond

ADDRESS = "/api/v1/"
_NO_TOKEN = "没有令牌，或令牌已失效：请在“我的账号”页新建接口令牌，放在请求头 Authorization: Bearer 之后。"
_MISSING = "这个地址没有内容，或者不在您的查看范围内：请核对地址和编号。"
_NOT_ALLOWED = "接口只读，这个地址只能用 GET 取：请改用 GET。"
_BROKEN = "程序出了错，没有给出内容：请稍后再试；反复出现时，请告诉系统管理员。"


class Problem(Schema):
    """出错时的答复。"""

    code: str = Field(description="出错的代码，供程序判断")
    message: str = Field(description="说明：什么事、为什么、怎么办")
    details: list[str] = Field(default=[], description="逐条的细节")


PROBLEMS: dict[int, Any] = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


def answer_problems(api: NinjaAPI) -> None:
    """Let every error of the API speak as a `Problem`."""

    def say(request: HttpRequest, status: int, code: str, message: str, *details: str) -> HttpResponse:
        problem = Problem(code=code, message=message, details=list(details))
        response = api.create_response(request, problem.model_dump(), status=status)
        if status == 401:
            response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(AuthenticationError)
    def no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return say(request, 401, "no-token", _NO_TOKEN)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return say(request, error.status, error.code, error.sentence, *error.details)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return say(request, 404, "not-found", _MISSING)

    @api.exception_handler(ValidationError)
    def unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
        said = [f"{one['loc'][-1]}：{_in_chinese(one)}" for one in error.errors]
        return say(request, 422, "unfit-parameter", "参数不对：请照接口说明改好后再试。", *said)

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return say(request, error.status_code, "bad-request", str(error))

    @api.exception_handler(Exception)
    def broken(request: HttpRequest, error: Exception) -> HttpResponse:
        import logging

        logging.getLogger("django.request").exception("api", exc_info=error)
        return say(request, 500, "broken", _BROKEN)


class SayNotAllowed:
    """Lets an answer 405 of the API speak as a `Problem`, which its framework gives as plain text."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.path.startswith(ADDRESS):
            problem = Problem(code="method-not-allowed", message=_NOT_ALLOWED)
            said = JsonResponse(problem.model_dump(), status=405, json_dumps_params={"ensure_ascii": False})
            said["Allow"] = response.headers.get("Allow", "GET")
            return said
        return response


def _in_chinese(error: dict[str, Any]) -> str:
    """What is wrong with one parameter."""
    context = error.get("ctx") or {}
    match error["type"]:
        case "greater_than_equal":
            return f"不能小于 {context['ge']}"
        case "less_than_equal":
            return f"不能大于 {context['le']}"
        case "int_parsing" | "int_type":
            return "须是整数"
        case "literal_error" | "enum":
            return f"只能是 {context.get('expected', '说明里列出的值')}"
        case "string_too_long":
            return f"不能超过 {context['max_length']} 个字"
        case "missing":
            return "不能缺少"
        case _:
            return "写法不对"
