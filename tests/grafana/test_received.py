"""What is received is whole, unpacked and no more than is allowed; what is no answer is never taken for one."""

import gzip
from dataclasses import dataclass
from math import inf
from time import monotonic

import pytest

from cli.grafana.no_answer import NoAnswer
from cli.grafana.received import Came, received

LARGEST = 1000
OK = b"HTTP/1.1 200 OK\r\n"
LENGTH = b"Content-Length: 2\r\n\r\n{}"


def _packed(text: bytes) -> bytes:
    return gzip.compress(text, mtime=0)  # or the names of these tests would tell the time


@dataclass
class _Line:
    """A socket that says this, so many bytes at a time."""

    raw: bytes
    at_once: int = 2**20

    def recv(self, most: int, /) -> bytes:
        piece, self.raw = self.raw[: min(most, self.at_once)], self.raw[min(most, self.at_once) :]
        return piece


def _received(raw: bytes, until: float = inf, at_once: int = 2**20) -> Came:
    return received(_Line(raw, at_once), LARGEST, until)[0]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"Content-Length: 2\r\n\r\n{}rest", b"{}"),
        (b"\r\n{}", b"{}"),
        (b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\nrest", b"{}"),
        (b"Content-Encoding: gzip\r\n\r\n" + _packed(b" " * LARGEST), b" " * LARGEST),
        (b"Content-Encoding: gzip\r\n\r\n" + _packed(b"{") + _packed(b"") + _packed(b"}"), b"{}"),
        (b"Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", b""),
    ],
)
@pytest.mark.parametrize("patience", [inf, 60.0])
@pytest.mark.parametrize("at_once", [1, 7, 2**20])
def test_a_body_is_what_was_sent(raw: bytes, said: bytes, patience: float, at_once: int) -> None:
    assert _received(OK + raw, monotonic() + patience, at_once).content == said


def test_what_is_packed_in_countless_pieces_is_not_unpacked() -> None:
    head = OK + b"Content-Encoding: gzip\r\n\r\n"

    assert received(_Line(head + _packed(b"") * 100), 10_000)[0].content == b""
    with pytest.raises(NoAnswer, match="cut"):
        received(_Line(head + _packed(b"") * 101), 10_000)


@pytest.mark.parametrize("at_once", [1, 2**20])
def test_hints_are_passed_over_with_what_they_say(at_once: int) -> None:
    hints = b"HTTP/1.1 100 Continue\r\n\r\n" + b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"

    assert _received(hints + OK + LENGTH, at_once=at_once) == Came(200, {"Content-Length": "2"}, b"{}")


def test_a_body_of_many_small_chunks_is_as_good_as_one() -> None:
    raw = OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 60_000 + b"0\r\n\r\n"

    assert received(_Line(raw, 100), 60_000)[0].content == b"x" * 60_000


def test_what_comes_behind_the_body_is_no_header() -> None:
    raw = b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nContent-Encoding: br\r\n\r\n"

    assert _received(OK + raw) == Came(200, {"Transfer-Encoding": "chunked"}, b"{}")


def test_headers_are_written_in_one_way() -> None:
    assert _received(b"HTTP/1.1 429 Slow\r\nretry-after:  7 \r\nX-ODD: \xe9\r\n" + LENGTH) == Came(
        429, {"Retry-After": "7", "X-Odd": "\u00e9", "Content-Length": "2"}, b"{}"
    )


@pytest.mark.parametrize(
    ("raw", "goes_on"),
    [
        (OK + LENGTH, True),
        (b"HTTP/1.1 204 No Content\r\n\r\n", True),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", True),
        (OK + b"Connection: close\r\n" + LENGTH, False),
        (b"HTTP/1.0 200 OK\r\n" + LENGTH, False),
        (OK + b"\r\n{}", False),
        (OK + LENGTH + b"rest", False),
        (OK + LENGTH + b"HTTP/1.1 2", False),
        (OK + LENGTH + OK + LENGTH, False),
    ],
)
def test_a_connection_serves_again_where_nothing_is_left_on_it(raw: bytes, *, goes_on: bool) -> None:
    came, lets_go_on = received(_Line(raw), LARGEST)

    assert lets_go_on is goes_on
    assert came.content in (b"{}", b"")


@pytest.mark.parametrize(
    "raw",
    [
        OK + b"Content-Length: 3\r\n\r\n{}",
        OK + b"Content-Length: 3\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{",
        OK + b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}",
        OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        OK + b"Content-Encoding: gzip\r\n\r\n" + _packed(b"{}")[:-9],
        OK + b"Content-Encoding: gzip\r\n\r\n" + _packed(b"{") + _packed(b"}")[:-9],
        OK + b"Content-Encoding: gzip\r\n\r\n" + _packed(b"{}") + b"rest",
        OK + b"X: y\r\n" * 101 + b"\r\n",
        OK + b"X: " + b"y" * 70_000,
        OK + b"Transfer-Encoding: chunked\r\n\r\n2;" + b"y" * 70_000,
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: " + b"y" * 70_000,
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + b"X: y\r\n" * 101 + b"\r\n",
        OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        OK + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 21 + OK + b"\r\n{}",
        b"HTTP/2 200 OK\r\n\r\n{}",
        b"",
    ],
)
@pytest.mark.parametrize("at_once", [1, 2**20])
def test_what_is_cut_packed_otherwise_or_no_http_is_no_answer(raw: bytes, at_once: int) -> None:
    with pytest.raises(NoAnswer, match="cut"):
        _received(raw, at_once=at_once)


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Length: 1001\r\n\r\n",
        b"\r\n" + b" " * 1001,
        b"Transfer-Encoding: chunked\r\n\r\n" + b"1f4\r\n%s\r\n" % (b" " * 500) * 3,
        b"Content-Encoding: gzip\r\n\r\n" + _packed(b" " * 1001),
        b"Content-Encoding: gzip\r\n\r\n" + _packed(b" " * 1000) + _packed(b" "),
    ],
)
@pytest.mark.parametrize("at_once", [100, 2**20])
def test_no_more_is_taken_than_is_allowed(raw: bytes, at_once: int) -> None:
    with pytest.raises(NoAnswer, match="large"):
        _received(OK + raw, at_once=at_once)


def test_what_comes_too_late_is_not_waited_for() -> None:
    with pytest.raises(NoAnswer, match="slow"):
        _received(OK + b"Content-Length: 2\r\n\r\n{}", monotonic() - 1)
