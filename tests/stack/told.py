"""A real Alertmanager on a free port of this machine, and a webhook that hears what it says."""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.listening import free_port
from tests.stack.amtool import ALERTMANAGER

WITHIN = 30.0


class Hook:
    """Hears every message, for a `with` block."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        heard = self.messages

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """A test is silent."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.001,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def alerts(self, status: str) -> set[str]:
        """The names of all alerts that were ever told as firing, or as resolved."""
        return {
            alert["labels"]["alertname"]
            for message in self.messages
            for alert in message["alerts"]
            if alert["status"] == status
        }


class Alertmanager:
    """A process over a configuration, for a `with` block."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()

    def __enter__(self) -> Self:
        assert ALERTMANAGER is not None
        log = (self._folder / "log").open("wb")
        self._process = subprocess.Popen(
            [
                ALERTMANAGER,
                f"--config.file={self._folder / 'alertmanager.yml'}",
                f"--storage.path={self._folder / 'data'}",
                f"--web.listen-address=127.0.0.1:{self._port}",
                "--cluster.listen-address=",
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        log.close()
        until(self._is_ready, lambda: (self._folder / "log").read_text(encoding="utf-8"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(WITHIN)

    def tell(self, *alerts: Mapping[str, str], over: bool = False) -> None:
        """As Prometheus tells it: these fire, or are over."""
        now = datetime.now(UTC)
        ends = now if over else now + timedelta(hours=1)
        said = [
            {
                "labels": dict(labels),
                "startsAt": (now - timedelta(minutes=10) if over else now).isoformat(),
                "endsAt": ends.isoformat(),
            }
            for labels in alerts
        ]
        assert self._ask("POST", "/api/v2/alerts", said)[0] == 200

    def silent(self) -> set[str]:
        """The names of the alerts that another one silences."""
        every = json.loads(self._ask("GET", "/api/v2/alerts")[1])
        return {one["labels"]["alertname"] for one in every if one["status"]["inhibitedBy"]}

    def _is_ready(self) -> bool:
        try:
            return self._ask("GET", "/-/ready")[0] == 200
        except OSError:
            return False

    def _ask(self, method: str, path: str, body: Iterable[Any] | None = None) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=10)
        text = None if body is None else json.dumps(body)
        connection.request(method, path, text, {"Content-Type": "application/json"})
        with connection.getresponse() as answer:
            said = answer.read()
        connection.close()
        return answer.status, said


def until(holds: Callable[[], object], said: Callable[[], object] = str) -> None:
    """Wait for it; AssertionError when it takes too long."""
    end = time.monotonic() + WITHIN
    while not holds():
        assert time.monotonic() < end, said()
        time.sleep(0.05)
