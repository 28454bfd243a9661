"""HTTP on 127.0.0.1: sockets, threads, bytes."""

import os
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile
from socket import SHUT_RDWR, SO_LINGER, SOL_SOCKET, socket
from socketserver import TCPServer
from threading import Lock, Thread
from typing import Any

from tests.stand_in.answers import Answer, Ending
from tests.stand_in.calls import Request

Respond = Callable[[Request], Answer | Ending]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every answer over a kept connection waits 40 ms
    wbufsize = -1  # head and body leave in one packet
    server: "Wire"
    raw_requestline: bytes
    said: dict[str, str]  # the headers, their names in lower case

    def parse_request(self) -> bool:
        """As the library, which reads the headers as those of a mail: that took an eighth of the time of a push."""
        self.requestline = self.raw_requestline.decode("iso-8859-1").rstrip("\r\n")
        words = self.requestline.split()
        if len(words) != 3:
            self.close_connection = True
            self.send_error(HTTPStatus.BAD_REQUEST)
            return False
        self.command, path, self.request_version = words
        self.path = "/" + path.lstrip("/") if path.startswith("//") else path
        lines = (line.decode("iso-8859-1").partition(":") for line in takewhile(bytes.strip, self.rfile))
        self.said = {name.lower(): value.strip() for name, _, value in lines}
        usual = "keep-alive" if self.request_version == "HTTP/1.1" else "close"
        self.close_connection = self.said.get("connection", usual).lower() == "close"
        return True

    def _serve(self) -> None:
        length = int(self.said.get("content-length") or 0)
        raw = self.rfile.read(length)
        if len(raw) < length:
            return  # whoever asked was killed in the middle of a sentence
        request = Request(self.command, self.path, self.said, raw)
        answer = self.server.respond(request)
        if isinstance(answer, Ending):
            self._end(answer)
            return
        body = answer.text.encode(errors="replace")
        self.send_response(answer.status)
        if answer.content_type:
            self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if answer.is_half else body)
        self.close_connection |= answer.is_half

    def _end(self, ending: Ending) -> None:
        self.close_connection = True
        if ending is Ending.SILENT:
            self.connection.recv(1)  # until the client, or the end of the test, closes it
        elif ending is Ending.RESET:
            # Without lingering a close is a reset; the library itself would first say goodbye.
            self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())

    def __getattr__(self, name: str) -> Callable[[], None]:
        # The library looks for one `do_…` method per HTTP method; here all are served alike.
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        """Stay silent: the stand-in keeps its own log."""


class Wire(ThreadingHTTPServer):
    """A server that, once stopped, leaves neither a thread nor an open socket."""

    daemon_threads = False  # so that closing waits for them
    request_queue_size = 128

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.errors: list[BaseException] = []
        self._open: set[socket] = set()
        self._open_lock = Lock()
        super().__init__(("127.0.0.1", 0), _Handler)
        self._thread = Thread(target=self.serve_forever, args=(0.001,), name="stand-in")

    @property
    def port(self) -> int:
        """The free port that the system chose."""
        return int(self.socket.getsockname()[1])

    def start(self) -> None:
        """Serve from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Close every connection, also the ones that clients keep open, and wait for all threads."""
        self.shutdown()
        self._thread.join()
        with self._open_lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(SHUT_RDWR)
        self.server_close()

    def server_bind(self) -> None:
        """Bind without asking the name service who 127.0.0.1 is, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.port

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, to close it in the end."""
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection, and close it."""
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, *_: object) -> None:
        """Keep an error of the stand-in for the end of the test; a client may leave at any time."""
        error = sys.exc_info()[1]
        if error and not isinstance(error, ConnectionError):
            self.errors.append(error)
