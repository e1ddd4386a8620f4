"""The office's own language model over HTTP: the OpenAI-compatible `chat/completions`, and nothing else.

Time and size are limited for the whole of an answer, however slowly it drips; a redirect is not followed;
what goes wrong becomes `ModelSilent`, without the address and the key.
"""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from dukao.drafting.proposals import ModelSilent

_MOST = 1024 * 1024
_PIECE = 16 * 1024


@dataclass(frozen=True, slots=True)
class HttpModel:
    """A model at `address` (to which `/chat/completions` is added), with `seconds` to answer."""

    name: str
    address: str
    key: str = field(repr=False)
    seconds: float = 60

    def complete(self, prompt: str) -> str:
        """The words of the first choice. Raises `ModelSilent` for whatever is no answer."""
        try:
            status, body = self._post(prompt)
        except TimeoutError:
            raise ModelSilent(f"{self.seconds:g}秒内没有答完") from None
        except (OSError, HTTPException, ValueError) as error:
            raise ModelSilent(f"连不上模型（{type(error).__name__}）") from None
        if status != 200:
            raise ModelSilent(f"模型服务答复 {status}")
        return _read_words(body)

    def _post(self, prompt: str) -> tuple[int, bytes]:
        address = urlsplit(self.address)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ModelSilent("模型地址要以 http:// 或 https:// 开头")
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        until = time.monotonic() + self.seconds
        connection = kind(address.hostname, address.port, timeout=self.seconds)
        said = {
            "model": self.name,
            "messages": [{"role": "user", "content": prompt}],
            "temperature": 0,
            "stream": False,
        }
        head = {"Content-Type": "application/json; charset=utf-8"}
        if self.key:
            head["Authorization"] = f"Bearer {self.key}"
        try:
            connection.connect()
            with _hung_up_at(until, connection.sock):
                path = f"{address.path.rstrip('/')}/chat/completions"
                connection.request("POST", path, json.dumps(said, ensure_ascii=False).encode(), head)
                answer = connection.getresponse()
                return answer.status, _read(answer)
        finally:
            connection.close()


@contextmanager
def _hung_up_at(until: float, line: socket.socket) -> Iterator[None]:
    """A connection ended at a moment, whatever is being waited for then: a head that drips too."""

    def hang_up() -> None:
        with suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    end = threading.Timer(max(until - time.monotonic(), 0), hang_up)
    end.daemon = True
    end.start()
    try:
        yield
    except (OSError, HTTPException):
        if time.monotonic() < until:
            raise
    finally:
        end.cancel()
    if time.monotonic() >= until:
        raise TimeoutError


def _read(answer: HTTPResponse) -> bytes:
    """The whole answer; raises where it goes on without end."""
    pieces, size = [], 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > _MOST:
            raise ModelSilent(f"回答超过 {_MOST // 1024} KB，不收")
        pieces.append(piece)
    return b"".join(pieces)


def _read_words(body: bytes) -> str:
    try:
        said: Any = json.loads(body)
        words = said["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise ModelSilent("模型服务的答复不是约定的格式") from None
    if not isinstance(words, str):
        raise ModelSilent("模型服务的答复里没有文字")
    return words
