"""Group robots of 浙政钉, 钉钉, 企业微信 and 飞书: one JSON POST to a configured address, signed where asked.

The kind is known by the address; an address of no known kind gets the form 钉钉 and 浙政钉 share.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

_LOCAL = ("127.0.0.1", "localhost", "::1")
_FEISHU = ("open.feishu.cn", "open.larksuite.com")
# What a robot answers is a line of JSON: nobody reads more of it.
_MOST = 4096


class NotDelivered(Exception):
    """A message did not arrive; the text says why, without the address, which is a secret."""


@dataclass(frozen=True, slots=True)
class Robot:
    """Where messages go, the secret they are signed with ("" for none), seconds to wait."""

    url: str
    secret: str
    timeout: float


def post(robot: Robot, words: str, milliseconds: int) -> None:
    """Post a text, signed for the moment; raises `NotDelivered` for whatever is not a plain success."""
    address = urlsplit(robot.url)
    if address.scheme != "https" and address.hostname not in _LOCAL:
        raise NotDelivered("机器人地址要以 https:// 开头")
    body, query = _message(address, robot.secret, words, milliseconds)
    try:
        status, answer = _send(address, query, body, robot.timeout)
    except TimeoutError:
        raise NotDelivered(f"{robot.timeout:g}秒内没有答复") from None
    except (OSError, HTTPException) as error:
        raise NotDelivered(f"连不上（{type(error).__name__}）") from None
    if status != 200:
        raise NotDelivered(f"对方答复 {status}")
    refusal = _refusal(answer)
    if refusal:
        raise NotDelivered(f"对方没有收下：{refusal}")


def _message(address: SplitResult, secret: str, words: str, milliseconds: int) -> tuple[dict[str, Any], str]:
    """The body, and the query with the signature where it stands there."""
    if address.hostname in _FEISHU:
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": words}}
        if secret:
            seconds = str(milliseconds // 1000)
            body |= {"timestamp": seconds, "sign": _sign(f"{seconds}\n{secret}", b"")}
        return body, address.query
    body = {"msgtype": "text", "text": {"content": words}}
    query = address.query
    if secret:
        sign = _sign(secret, f"{milliseconds}\n{secret}".encode())
        query += f"{'&' if query else ''}timestamp={milliseconds}&sign={quote(sign, safe='')}"
    return body, query


def _sign(key: str, message: bytes) -> str:
    """HMAC-SHA256 in base64."""
    return base64.b64encode(hmac.new(key.encode(), message, hashlib.sha256).digest()).decode()


def _send(address: SplitResult, query: str, body: dict[str, Any], timeout: float) -> tuple[int, bytes]:
    """Status and beginning of the answer; a redirect is not followed."""
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    assert address.hostname is not None
    connection = kind(address.hostname, address.port, timeout=timeout)
    path = f"{address.path or '/'}{f'?{query}' if query else ''}"
    try:
        payload = json.dumps(body, ensure_ascii=False).encode()
        connection.request("POST", path, payload, {"Content-Type": "application/json; charset=utf-8"})
        answer = connection.getresponse()
        return answer.status, answer.read(_MOST)
    finally:
        connection.close()


def _refusal(answer: bytes) -> str:
    """Why a robot took nothing although it answered 200: its code and words; nothing where all is well."""
    try:
        said = json.loads(answer or b"{}")
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    code = said.get("errcode", said.get("code", said.get("StatusCode", 0)))
    if code in (0, "0", None):
        return ""
    return f"{code} {said.get('errmsg') or said.get('msg') or ''}".strip()[:120]
