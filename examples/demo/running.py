"""The programs of the demonstration: started in an order, stopped in the other, each by its own process id."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from examples.ai_service.beside import ends_with_us, free_port

HOST = "127.0.0.1"
#: Prometheus' own port; any other where it is taken.
USUAL_PORT = 9090
STARTS_WITHIN, ENDS_WITHIN = 60.0, 20.0


class CannotStart(Exception):
    """A program did not start; says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What runs.

    Attributes:
        prometheus: its URL.
        targets: where each job of the service answers.
        control_token: of the service, to cause faults with; made for this run.
        processes: the service and Prometheus.
    """

    prometheus: str
    targets: dict[str, list[str]]
    control_token: str = field(repr=False)
    processes: tuple[subprocess.Popen[str], ...] = ()

    def ended(self) -> bool:
        """Whether one of them ended by itself."""
        return any(one.poll() is not None for one in self.processes)


@contextmanager
def running(build: Path, folder: Path, rate: float) -> Iterator[Demo]:
    """While it lasts, all of it runs; afterwards nothing of it does.

    Args:
        build: what `dash build` wrote.
        folder: for logs, configuration and samples.
        rate: visits of each part of the service a second.

    Raises:
        CannotStart: there is no Prometheus, or one of the programs did not come up.
    """
    program = shutil.which("prometheus")
    if program is None:
        raise CannotStart("no prometheus on PATH: apt-get install prometheus")
    token, found = secrets.token_urlsafe(16), folder / "prometheus.yml"
    with ExitStack() as stack:
        command = [
            sys.executable,
            "-m",
            "examples.ai_service",
            "--port",
            "0",
            "--output",
            "json",
            "--load",
            f"{rate:g}",
        ]
        command += ["--built", str(build / "prometheus/prometheus.yml"), "--prometheus-config", str(found)]
        service = _started(command, folder / "service.log", stack, DASH_CONTROL_TOKEN=token)
        targets = _told(service, folder / "service.log")
        port = _port()
        command = [program, f"--config.file={found}", f"--storage.tsdb.path={folder / 'samples'}", "--log.level=warn"]
        server = _started([*command, f"--web.listen-address={HOST}:{port}"], folder / "prometheus.log", stack)
        demo = Demo(f"http://{HOST}:{port}", targets, token, (service, server))
        _until_ready(demo, folder / "prometheus.log")
        yield demo


def _started(command: list[str], log: Path, stack: ExitStack, **environ: str) -> subprocess.Popen[str]:
    with log.open("wb") as file:
        # a session of its own: Ctrl-C is for us, who then stop it in our order
        process = subprocess.Popen(  # noqa: S603 - our own arguments
            command,
            env=os.environ | environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if environ else file,
            stderr=file,
            text=True,
            start_new_session=True,
            preexec_fn=ends_with_us(),  # noqa: PLW1509 - we have no threads
        )
    stack.callback(_stop, process)
    return process


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def _port() -> int:
    try:
        return free_port(HOST, USUAL_PORT)
    except OSError as error:
        raise CannotStart(f"no free port on {HOST}") from error


def _told(service: subprocess.Popen[str], log: Path) -> dict[str, list[str]]:
    """Where the service answers, in its own words."""
    out: IO[str] | None = service.stdout
    line = out.readline() if out else ""
    if not line:
        raise CannotStart(f"the service did not start: {_last(log)}")
    targets: dict[str, list[str]] = json.loads(line)["targets"]
    return targets


def _until_ready(demo: Demo, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and not demo.ended():
        try:
            with urlopen(f"{demo.prometheus}/-/ready", timeout=5):  # noqa: S310 - our own
                return
        except OSError:
            time.sleep(0.1)
    raise CannotStart(f"Prometheus did not start: {_last(log)}")


def _last(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[-1] if lines else "it said nothing"
