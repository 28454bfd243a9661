"""What is received is whole, unpacked and no more than is allowed; what is no answer is never taken for one."""

import gzip
from http.client import HTTPException
from io import BytesIO
from math import inf
from time import monotonic
from typing import Any, NamedTuple

import pytest

from cli.grafana.no_answer import NoAnswer
from cli.grafana.received import Answer, whole

LARGEST = 1000
OK = b"HTTP/1.1 200 OK\r\n"


def _packed(text: bytes) -> bytes:
    return gzip.compress(text, mtime=0)  # or the names of these tests would tell the time


class _Line(NamedTuple):
    """A socket that says this."""

    raw: bytes

    def makefile(self, _: str) -> BytesIO:
        return BytesIO(self.raw)


def _received(raw: bytes, until: float = inf) -> bytes:
    line: Any = _Line(raw)
    answer = Answer(line, method="GET")
    answer.begin()
    return whole(answer, LARGEST, until)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"Content-Length: 2\r\n\r\n{}rest", b"{}"),
        (b"\r\n{}", b"{}"),
        (b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\nrest", b"{}"),
        (b"Content-Encoding: gzip\r\n\r\n" + _packed(b" " * LARGEST), b" " * LARGEST),
        (b"Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", b""),
    ],
)
@pytest.mark.parametrize("patience", [inf, 60.0])
def test_a_body_is_what_was_sent(raw: bytes, said: bytes, patience: float) -> None:
    assert _received(OK + raw, monotonic() + patience) == said


@pytest.mark.parametrize(
    "raw",
    [
        OK + b"Content-Length: 3\r\n\r\n{}",
        OK + b"Content-Length: 3\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{",
        OK + b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}",
        OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        OK + b"Content-Encoding: gzip\r\n\r\n" + _packed(b"{}")[:-9],
        OK + b"X: y\r\n" * 101 + b"\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 21 + OK + b"\r\n{}",
        b"HTTP/2 200 OK\r\n\r\n{}",
        b"",
    ],
)
@pytest.mark.parametrize("patience", [inf, 60.0])
def test_what_is_cut_packed_otherwise_or_no_http_is_no_answer(raw: bytes, patience: float) -> None:
    with pytest.raises((NoAnswer, HTTPException)) as ended:
        _received(raw, monotonic() + patience)

    assert getattr(ended.value, "word", "cut") == "cut"


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Length: 1001\r\n\r\n",
        b"\r\n" + b" " * 1001,
        b"Transfer-Encoding: chunked\r\n\r\n" + b"1f4\r\n%s\r\n" % (b" " * 500) * 3,
        b"Content-Encoding: gzip\r\n\r\n" + _packed(b" " * 1001),
    ],
)
@pytest.mark.parametrize("patience", [inf, 60.0])
def test_no_more_is_taken_than_is_allowed(raw: bytes, patience: float) -> None:
    with pytest.raises(NoAnswer, match="large"):
        _received(OK + raw, monotonic() + patience)


def test_what_comes_too_late_is_not_waited_for() -> None:
    with pytest.raises(NoAnswer, match="slow"):
        _received(OK + b"Content-Length: 2\r\n\r\n{}", monotonic() - 1)
