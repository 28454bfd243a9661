"""A service, or what is none, on this machine: answers every path as a test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple, TypeAlias

TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Answer(NamedTuple):
    """One answer; `length` is what its head claims, None for the truth."""

    body: bytes
    kind: str = TEXT
    status: int = 200
    length: int | None = None


class Asked(NamedTuple):
    """One question."""

    path: str
    headers: Mapping[str, str]


Answering: TypeAlias = Callable[[Asked], Answer]
NOTHING = Answer(b"404 page not found\n", status=404)


def page(text: str | bytes, kind: str = TEXT) -> Answering:
    """A service with a page at /metrics, and nothing else."""
    answer = Answer(text if isinstance(text, bytes) else text.encode(), kind)
    return lambda asked: answer if asked.path == "/metrics" else NOTHING


@contextmanager
def serving(answering: Answering) -> Iterator[tuple[str, list[Asked]]]:
    """Its address, and what it was asked."""
    seen: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = Asked(self.path, dict(self.headers))
            seen.append(asked)
            said = answering(asked)
            self.send_response(said.status)
            self.send_header("Content-Type", said.kind)
            self.send_header("Content-Length", str(len(said.body) if said.length is None else said.length))
            self.end_headers()
            with suppress(OSError):  # whoever asked may have gone
                self.wfile.write(said.body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Nothing: a test speaks for itself."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.001})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", seen
        finally:
            server.shutdown()
            thread.join()
