"""The machine: its node exporter, and nginx with its exporter, each where Debian's package is installed."""

from __future__ import annotations

import asyncio
import ctypes
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

from queries.ml_serving.metrics import NODE

#: Debian's name, and the project's own.
NODE_EXPORTERS = ("prometheus-node-exporter", "node_exporter")
#: Seconds that it has to answer, and those to end.
PATIENCE = 5.0
ENDING = 1.0
#: Of prctl(2): the signal that a process gets when its parent is gone.
PR_SET_PDEATHSIG = 1


class Exporter(NamedTuple):
    """A program beside the service.

    Attributes:
        job: as Prometheus calls it.
        program: its path.
        options: of it.
    """

    job: str
    program: str
    options: tuple[str, ...] = ()


def installed() -> tuple[Exporter, ...]:
    """Those that this machine has; nginx has to run already, for its exporter to have something to tell."""
    node = next(filter(None, map(shutil.which, NODE_EXPORTERS)), None)
    return (Exporter(NODE.job, node),) if node else ()


@asynccontextmanager
async def exporters(host: str, first_port: int) -> AsyncIterator[dict[str, list[str]]]:
    """The addresses of those that could be started, by job; with the block they end."""
    started: list[asyncio.subprocess.Process] = []
    targets: dict[str, list[str]] = {}
    try:
        for at, one in enumerate(installed()):
            port = first_port + at if first_port else _free(host)
            options = (*one.options, f"--web.listen-address={host}:{port}")
            quiet = asyncio.subprocess.DEVNULL
            process = await asyncio.create_subprocess_exec(
                one.program, *options, stdout=quiet, stderr=quiet, preexec_fn=_ends_with_us()
            )
            started.append(process)
            if await _answers(host, port, process):
                targets[one.job] = [f"{host}:{port}"]
        yield targets
    finally:
        for process in started:
            await _end(process)


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


def _ends_with_us() -> Callable[[], None] | None:
    """What a child does before it becomes the program; so nothing stays, also where we are killed. Linux only."""
    if sys.platform != "linux":
        return None
    control, parent = ctypes.CDLL(None).prctl, os.getpid()

    def ask() -> None:
        control(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # gone before we could ask
            os._exit(1)

    return ask


def _free(host: str) -> int:
    with socket.socket() as made:
        made.bind((host, 0))
        port: int = made.getsockname()[1]
        return port
