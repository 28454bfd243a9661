"""Connections to one address, kept between questions.

A session made for the whole web looks for a proxy, a certificate and a `~/.netrc` before every request, keeps cookies,
follows redirects and tries HTTP/2 and HTTP/3: none of it is wanted, and together it takes five times as long.
"""

import re
import select
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection
from threading import BoundedSemaphore
from time import monotonic
from typing import Any
from urllib.parse import quote, urlsplit

from niquests import PreparedRequest

from cli import reading
from cli.errors import UsageError
from cli.grafana.address import EXAMPLE, Address
from cli.grafana.no_answer import NoAnswer, Word
from cli.grafana.received import Came, received
from cli.grafana.shown import shown
from cli.grafana.way import Way, wants_ours

HEADER = "letters, digits and signs of ASCII, on one line"
#: Verbs that say how much follows, also where nothing does.
SAYS = ("POST", "PUT", "PATCH")
#: Every sign that may stand in a request as it is; the others are said as a URL says them.
PLAIN = "".join(map(chr, range(ord("!"), ord("~") + 1)))
#: Seconds that an answer may take, should it come drop by drop.
LONGEST = 600.0
#: What the name of a header is made of, and what it may say: a line more would be another header.
NAME, VALUE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"), re.compile(r"[\t -~\x80-\xff]*")


class Straight:
    """A pool of connections to one address, through one proxy or none; safe to share between threads."""

    def __init__(self, where: Address, connections: int, headers: Mapping[str, str]) -> None:
        """Asks nothing yet.

        Args:
            where: the address.
            connections: that there are at a time, and kept; who finds none waits for one.
            headers: of every request.

        Raises:
            UsageError: the host or the proxy is none, a file of certificates is not there.
        """
        blank = PreparedRequest()
        try:
            blank.prepare(
                method="GET",
                url=where.url,
                headers={**headers, "Accept": "application/json", "Accept-Encoding": "gzip"},
            )
        except ValueError:
            raise UsageError("the host in Grafana's URL is none that there can be", fix=EXAMPLE) from None
        self.base = str(blank.url).rstrip("/")
        split = urlsplit(self.base)
        self._way = Way(where, split)
        self._origin = "" if self._way.is_passed_on else f"{split.scheme}://{split.netloc}"
        said = {str(name): str(value) for name, value in (blank.headers or {}).items()}
        self._head = _lines({"Host": split.netloc, **said, **self._way.headers})
        self._idle: list[HTTPConnection] = []
        self._turn = BoundedSemaphore(connections)

    def request(self, method: str, url: str, **more: Any) -> Came:
        """One request, one answer, whatever it is; grafana-client calls it with all that it knows.

        Who also says `within` (seconds, of the whole answer) and `largest` (bytes) waits no longer and takes no more.

        Raises:
            NoAnswer: nothing whole came.
        """
        with self._turn:
            return self._answer(method, url, more)

    def _answer(self, method: str, url: str, more: Mapping[str, Any]) -> Came:
        connect, read = more["timeout"]
        path, said, data = quote(url.removeprefix(self._origin), safe=PLAIN), more["headers"] or {}, more["data"] or b""
        length = {"Content-Length": str(len(data))} if data or method.upper() in SAYS else {}
        asked = f"{method.upper()} {path} HTTP/1.1\r\n".encode() + self._head + _lines({**said, **length}) + b"\r\n"
        line = self._connection(connect)
        try:
            line.sock.settimeout(read)
            line.sock.sendall(asked + data)
            until = monotonic() + more.get("within", LONGEST)
            came, lets_go_on = received(line.sock, more.get("largest", reading.LARGEST), until)
        except BaseException as error:  # with what is left of it on the way, nobody can use its connection again
            line.close()
            if isinstance(error, OSError):
                raise NoAnswer(_why(error)) from error
            raise
        if lets_go_on:
            self._idle.append(line)
        else:
            line.close()
        return came

    def close(self) -> None:
        """Every connection that waits."""
        while self._idle:
            self._idle.pop().close()

    def _connection(self, seconds: float) -> HTTPConnection:
        while True:
            try:
                line = self._idle.pop()  # which no other thread gets then
            except IndexError:
                return self._way.gone(seconds)
            if _is_quiet(line.sock):
                return line
            line.close()


def _is_quiet(sock: socket.socket) -> bool:
    """Nothing came since the last answer: neither its end, nor what nobody asked for."""
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return not poll.poll(0)


def _lines(headers: Mapping[str, str]) -> bytes:
    """UsageError where one is none; what it says is not told, for it may be a secret."""
    for name, value in headers.items():
        if not NAME.fullmatch(name) or not VALUE.fullmatch(value):
            raise UsageError(f"the header {shown(name)!r} has a character that no header can have", fix=HEADER)
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("latin-1")


def _why(error: OSError) -> Word:
    if isinstance(error, TimeoutError):
        return "slow"
    return "certificate" if isinstance(error, ssl.SSLError) and wants_ours(error) else "cut"
