"""The machine: its node exporter and that of nginx, each where Debian's package is installed."""

from __future__ import annotations

import asyncio
import ctypes
import errno
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import NamedTuple

from queries.ai_app.metrics import PROXY
from queries.ml_serving.metrics import NODE

#: Debian's name, and the project's own.
NODE_EXPORTERS = ("prometheus-node-exporter", "node_exporter")
NGINX_EXPORTERS = ("prometheus-nginx-exporter", "nginx-prometheus-exporter")
#: Seconds that it has to answer, and those to end.
PATIENCE = 5.0
ENDING = 1.0
#: Of prctl(2): the signal that a process gets when its parent is gone.
PR_SET_PDEATHSIG = 1


class Exporter(NamedTuple):
    """A program beside the service.

    Attributes:
        job: as Prometheus calls it.
        program: its path; empty where it is not installed.
        options: of it.
    """

    job: str
    program: str
    options: tuple[str, ...] = ()


def known(status: str = "") -> tuple[Exporter, ...]:
    """All there may be, always in this order; that of nginx needs a page to read, whose URL this is."""
    nginx = _found(NGINX_EXPORTERS) if status else ""
    return (
        Exporter(NODE.job, _found(NODE_EXPORTERS)),
        Exporter(PROXY.job, nginx, (f"--nginx.scrape-uri={status}",)),
    )


@asynccontextmanager
async def exporters(host: str, first_port: int, status: str = "") -> AsyncIterator[dict[str, list[str]]]:
    """The addresses of those that could be started, by job; with the block they end.

    Args:
        host: where they answer.
        first_port: of the first of them, if nobody has it; 0 takes any.
        status: the URL of nginx' page; without one its exporter is left out.
    """
    started: list[asyncio.subprocess.Process] = []
    targets: dict[str, list[str]] = {}
    try:
        for at, one in enumerate(known(status)):
            if not one.program:
                continue
            port = _free(host, first_port + at if first_port else 0)
            options = (*one.options, f"--web.listen-address={host}:{port}")
            quiet = asyncio.subprocess.DEVNULL
            process = await asyncio.create_subprocess_exec(
                one.program, *options, stdout=quiet, stderr=quiet, preexec_fn=ends_with_us()
            )
            started.append(process)
            if await _answers(host, port, process):
                targets[one.job] = [f"{host}:{port}"]
        yield targets
    finally:
        for process in started:
            await _end(process)


def _found(names: Iterable[str]) -> str:
    return next(filter(None, map(shutil.which, names)), "")


async def _answers(host: str, port: int, process: asyncio.subprocess.Process) -> bool:
    """Whether it does, in time; who cannot bind its port has ended."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    while process.returncode is None and loop.time() < until:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return True
    return False


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), ENDING)
    except TimeoutError:
        process.kill()
        await process.wait()


def ends_with_us() -> Callable[[], None] | None:
    """What a child does before it becomes the program; so nothing stays, also where we are killed. Linux only."""
    if sys.platform != "linux":
        return None
    control, parent = ctypes.CDLL(None).prctl, os.getpid()

    def ask() -> None:
        control(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # gone before we could ask
            os._exit(1)

    return ask


def _free(host: str, wanted: int) -> int:
    """The port that is wanted, or any other where it is somebody's: then no other's answers are taken for ours."""
    for one in (wanted, 0):
        with socket.socket() as made:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                made.bind((host, one))
            except OSError:
                continue
            port: int = made.getsockname()[1]
            return port
    raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE), host)
