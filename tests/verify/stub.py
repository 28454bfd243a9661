"""A server that speaks real HTTP and answers whatever a test wrote down."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

#: What a Prometheus would say to the questions that every run begins with.
BUILD = {"status": "success", "data": {"version": "3.5.0"}}
METADATA: dict[str, Any] = {"status": "success", "data": {}}
NOTHING = {"status": "success", "data": {"resultType": "vector", "result": []}}


def vector(*values: float, **more: Any) -> dict[str, Any]:
    """An answer with so many series."""
    result = [{"metric": {"n": str(index)}, "value": [1, str(value)]} for index, value in enumerate(values)]
    return {"status": "success", "data": {"resultType": "vector", "result": result}, **more}


class Handler(BaseHTTPRequestHandler):
    """Answers as the server's `answers` say: by the last word of the path, then by the text of the query."""

    protocol_version = "HTTP/1.1"
    server: Stub

    def do_GET(self) -> None:
        """Every question."""
        url = urlsplit(self.path)
        said = parse_qs(url.query)
        if length := int(self.headers.get("Content-Length") or 0):
            said |= parse_qs(self.rfile.read(length).decode())
        self.server.asked.append((url.path, said, {name.lower(): of for name, of in self.headers.items()}))
        name = url.path.rpartition("/")[2]
        answer = self.server.answers.get(said.get("query", [name])[0], self.server.answers.get(name))
        answer = {"buildinfo": BUILD, "metadata": METADATA}.get(name, NOTHING) if answer is None else answer
        if callable(answer):
            answer(self)
        else:
            self.say(json.dumps(answer).encode())

    def do_POST(self) -> None:
        """Likewise."""
        self.do_GET()

    def say(self, body: bytes, status: int = 200, kind: str = "application/json", length: int | None = None) -> None:
        """An answer; one that says another length than it has is cut off."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        if length is not None:
            self.close_connection = True

    def drip(self, seconds: float) -> None:
        """An answer of which a byte comes now and then."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.server.over.wait(0.05):
            self.wfile.write(b" ")
            self.wfile.flush()
        self.close_connection = True

    def hang_up(self) -> None:
        """No answer at all."""
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def flood(self, size: int) -> None:
        """An answer without an end."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(size))
        self.end_headers()
        for _ in range(size >> 20):
            self.wfile.write(b" " * (1 << 20))

    def log_message(self, *args: object) -> None:
        """Tests are quiet."""


class Stub(ThreadingHTTPServer):
    """`asked` is every path, its arguments and headers."""

    daemon_threads = True

    def __init__(self, answers: dict[str, Any], tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.answers, self.over = answers, threading.Event()
        self.asked: list[tuple[str, dict[str, list[str]], dict[str, str]]] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked has gone."""


@contextmanager
def stub(answers: dict[str, Any] | None = None, tls: ssl.SSLContext | None = None) -> Iterator[Stub]:
    """It listens for as long as the block lasts."""
    with Stub(answers or {}, tls) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.001})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


Answering = Callable[[Handler], None]
