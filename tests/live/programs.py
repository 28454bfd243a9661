"""The programs of a live test: the example service, and the Prometheus that watches it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.prometheus.server import Prometheus

#: Visits of each part a second, and how often Prometheus asks: ten services share a machine of two cores.
RATE, EVERY = "1", "5s"
#: A healthy model is quick enough that a busy machine does not make it slow; no alert's limit is near.
ENVIRON = {
    **os.environ,
    "DASH_CONTROL_TOKEN": "control",
    "AI_SERVICE_LATENCY": "0.05",
    "AI_SERVICE_COLD_START": "0",
    "AI_SERVICE_GPU": "simulated",
    "AI_SERVICE_LOG_LEVEL": "error",
}
#: Seconds until something that should happen did not.
PATIENCE = 170.0
ENDS_WITHIN = 30.0


@dataclass(slots=True)
class Service:
    """The example service in a process group of its own, with its load; it says where it answers when it does.

    Attributes:
        scenario: what is wrong with it.
        configuration: of a Prometheus that finds it; written when it answers.
    """

    scenario: str
    folder: Path
    built: Path
    configuration: Path = field(init=False)
    _process: subprocess.Popen[str] = field(init=False)
    _targets: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.configuration = self.folder / "found.yml"
        command = [sys.executable, "-m", "examples.ai_service", "--port", "0", "--output", "json"]
        command += ["--load", RATE, "--scenario", self.scenario, "--every", EVERY]
        command += ["--prometheus-config", str(self.configuration), "--built", str(self.built)]
        with (self.folder / "service.log").open("wb") as log:
            self._process = subprocess.Popen(
                command, env=ENVIRON, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
            )

    @property
    def pid(self) -> int:
        """Of the process, and of its group."""
        return self._process.pid

    @property
    def targets(self) -> dict[str, list[str]]:
        """Where each job answers; waits until they do."""
        if not self._targets:
            assert self._process.stdout
            line = self._process.stdout.readline()
            assert line, (self.folder / "service.log").read_text(encoding="utf-8")
            self._targets.update(json.loads(line)["targets"])
        return self._targets

    def wait_for_targets(self) -> None:
        """Until they answer."""
        assert self.targets

    def end(self) -> None:
        """It is told to, and shall not need long; whatever of its group did not end is killed."""
        if self._process.poll() is None:
            self._process.terminate()

    def wait(self) -> None:
        """Until it has ended."""
        try:
            self._process.wait(ENDS_WITHIN)
        finally:
            if is_alive(self.pid):
                os.killpg(self.pid, signal.SIGKILL)
            if self._process.stdout:
                self._process.stdout.close()


@dataclass(slots=True)
class Watched:
    """A service and the Prometheus that watches it, until the stack is closed."""

    service: Service
    prometheus: Prometheus

    @property
    def addresses(self) -> list[str]:
        """Everything of it that listens."""
        own = [one for several in self.service.targets.values() for one in several]
        return [*own, self.prometheus.url.removeprefix("http://")]

    def alerts(self) -> set[str]:
        """The names of what is pending or firing."""
        return alerts(self.prometheus)


def watched(service: Service, stack: ExitStack, data: Path | None = None) -> Watched:
    """A Prometheus for it, over this data, or none."""
    service.wait_for_targets()  # by then it has written the configuration
    text = service.configuration.read_text(encoding="utf-8")
    server = Prometheus(data or service.folder / "data", service.folder, text)
    return Watched(service, stack.enter_context(server))


def asked(prometheus: str, of: str) -> Any:
    """What the API of one says under a path."""
    with urlopen(f"{prometheus}/api/v1/{of}", timeout=ENDS_WITHIN) as answer:
        return json.load(answer)["data"]


def alerts(prometheus: Prometheus) -> set[str]:
    """The names of what is pending or firing there."""
    return {one["labels"]["alertname"] for one in asked(prometheus.url, "alerts")["alerts"]}


def page(address: str) -> str:
    """The /metrics page of a target."""
    with urlopen(f"http://{address}/metrics", timeout=ENDS_WITHIN) as answer:
        return bytes(answer.read()).decode()


def settled(look: Callable[[], Any], wanted: Any, times: int = 3) -> Any:
    """What is seen so often in a row, or in the end where it never came to it."""
    until, row = time.monotonic() + PATIENCE, 0
    while True:
        seen = look()
        row = row + 1 if seen == wanted else 0
        if row == times or time.monotonic() > until:
            return seen
        time.sleep(2)


def is_alive(group: int) -> bool:
    """Whether a process group has a process."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def listens(address: str) -> bool:
    """Whether anybody takes a connection there."""
    host, _, port = address.rpartition(":")
    with socket.socket() as asking:
        asking.settimeout(1)
        return asking.connect_ex((host, int(port))) == 0
