"""What is no HTTP, or nearly none, is a connection that broke off, whatever the network layers make of it."""

import pytest

from tests.push.building import Build, page
from tests.push.odd_server import OK, odd_server
from tests.security.conftest import Say
from tests.security.hostile import clean

ENDED = b"Content-Length: 2\r\n\r\n{}"


@pytest.mark.parametrize(
    "raw",
    [
        OK + b"Content-Length: abc\r\n\r\n{}",
        OK + b"Content-Length: 99999999999999999999999\r\n\r\n{}",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        OK + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n{}",
        OK + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nxxxx",
        OK + b"Content-Encoding: " + b",".join([b"gzip"] * 500) + b"\r\nContent-Length: 4\r\n\r\nxxxx",
        OK + b"Set-Cookie: a=\0; expires=\xff\r\n" + ENDED,
        OK + b'Alt-Svc: h3=":1"; ma=1\r\n' + ENDED,
        b"HTTP/1.1 9999 X\r\n\r\n",
        b"HTTP/1.1 abc X\r\n\r\n",
        b"HTTP/3.9 200 OK\r\n\r\n{}",
        b"\0" * 1000,
        b"HTTP/1.1 200 OK\r\nX\0: a\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=\xff\r\n\r\n\xff",
        b"HTTP/1.1 103 Early Hints\r\n\r\n" * 3000,
        b"HTTP/1.1 301 Moved\r\nLocation: http://[\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: \xff\xfe//\r\n\r\n",
        b"",
    ],
)
def test_what_is_no_answer(bare: Say, build: Build, raw: bytes) -> None:
    build.put(page("api"))
    with odd_server(lambda _: raw) as url:
        assert clean(bare("push", "--url", url, "--token", "x")).code == 4


@pytest.mark.parametrize(
    "url",
    [
        "http://ex%ample",
        "http://*.x",
        "http://.",
        "http://..a",
        f"http://{'a' * 300}",
        "http://ex\x1bample",
        "http://u:HUSH@ex%zz",
    ],
)
def test_what_is_no_host(bare: Say, build: Build, url: str) -> None:
    build.put(page("api"))
    for more in ((), ("--debug",)):
        said = bare("push", "--url", url, *more)
        assert said.code in (2, 4)
        assert "HUSH" not in said.err
        assert "bug in dash" not in said.err
