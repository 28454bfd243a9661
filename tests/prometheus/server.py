"""A real Prometheus on a free port of this machine, over data that was there before it: started, asked, stopped."""

import json
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from tests.listening import free_port

PROMETHEUS = shutil.which("prometheus")
PROMTOOL = shutil.which("promtool")
WHY_NOT = "no prometheus and promtool on PATH: apt-get install prometheus"
CONFIGURATION = "global:\n  scrape_interval: 15s\n"
STARTED_WITHIN, STOPPED_WITHIN = 60.0, 30.0

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives at a moment.

    Attributes:
        values: by labels, sorted; without the name of the metric.
        twice: labels that more than one series of the answer bears, when their names are left out.
        talk: its error, warnings and remarks.
    """

    values: Mapping[Labels, float]
    twice: tuple[Labels, ...] = ()
    talk: tuple[str, ...] = ()


class NotStarted(RuntimeError):
    """Prometheus did not come up; says what it printed."""


class Prometheus:
    """A server over a data folder, for a `with` block; `folder` is for its configuration and its log."""

    def __init__(self, data: Path, folder: Path, configuration: str = CONFIGURATION) -> None:
        self._data, self._folder, self._configuration = data, folder, configuration
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: HTTPConnection | None = None
        self._known: dict[tuple[str, float], Answer] = {}

    def __enter__(self) -> Self:
        for left in (2, 1, 0):
            port = free_port()
            self._process = self._start(port)
            self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
            if self._is_ready():
                return self
            self._stop()
            if not left:
                raise NotStarted(self._log.read_text(encoding="utf-8"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    @property
    def pid(self) -> int:
        """The id of the process."""
        if self._process is None:
            raise NotStarted("it runs inside the with block")
        return self._process.pid

    @property
    def url(self) -> str:
        """Where it listens."""
        if self._connection is None:
            raise NotStarted("it runs inside the with block")
        return f"http://127.0.0.1:{self._connection.port}"

    def query(self, text: str, at: float) -> Answer:
        """What an expression gives at a moment, in Unix seconds."""
        known = self._known.get((text, at))
        if known is None:
            body = self._get("/api/v1/query", {"query": text, "time": f"{at:.3f}"})
            known = self._known[text, at] = _answer(body)
        return known

    @property
    def _log(self) -> Path:
        return self._folder / "prometheus.log"

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        if PROMETHEUS is None:
            raise NotStarted(WHY_NOT)
        file = self._folder / "prometheus.yml"
        file.write_text(self._configuration, encoding="utf-8")
        command = [
            PROMETHEUS,
            f"--config.file={file}",
            f"--storage.tsdb.path={self._data}",
            "--storage.tsdb.retention.time=100y",
            f"--web.listen-address=127.0.0.1:{port}",
            # it closes what is idle for so long, five minutes by default; its tests may wait for others as long
            "--web.read-timeout=1h",
            "--log.level=warn",
        ]
        with self._log.open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)

    def _is_ready(self) -> bool:
        until = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                return False
            try:
                self._get("/-/ready", {})
            except (OSError, ValueError):
                time.sleep(0.05)
            else:
                return True
        return False

    def _get(self, path: str, arguments: Mapping[str, str]) -> dict[str, Any]:
        if self._connection is None:
            raise NotStarted("ask inside the with block")
        # in the body: a query may be longer than what a URL can hold
        body, kind = urlencode(arguments), "application/x-www-form-urlencoded"
        try:
            self._connection.request("POST" if arguments else "GET", path, body, {"Content-Type": kind})
            with self._connection.getresponse() as response:
                said = response.read()
        except BaseException:
            self._connection.close()
            raise
        if not path.startswith("/api/"):
            if response.status != 200:
                raise ValueError(f"{path}: {response.status}")
            return {}
        answer: dict[str, Any] = json.loads(said)
        return answer

    def _stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOPPED_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


def _answer(body: Mapping[str, Any]) -> Answer:
    talk = (*filter(None, [body.get("error")]), *body.get("warnings", ()), *body.get("infos", ()))
    data = body.get("data", {})
    values: dict[Labels, float] = {}
    if data.get("resultType") == "scalar":
        values[()] = float(data["result"][1])
        return Answer(values, (), talk)
    twice = []
    for one in data.get("result", ()):
        labels = tuple(sorted((name, value) for name, value in one["metric"].items() if name != "__name__"))
        if labels in values:
            twice.append(labels)
        values[labels] = float(one["value"][1])
    return Answer(values, tuple(twice), talk)
