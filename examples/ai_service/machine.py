"""The machine: its node exporter and that of nginx, each where Debian's package is installed."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import NamedTuple

from queries.ai_app.metrics import PROXY
from queries.ml_serving.metrics import NODE

from .beside import ends_with_us, free_port

#: Debian's name, and the project's own.
NODE_EXPORTERS = ("prometheus-node-exporter", "node_exporter")
NGINX_EXPORTERS = ("prometheus-nginx-exporter", "nginx-prometheus-exporter")
#: Seconds that it has to answer, and those to end.
PATIENCE = 5.0
ENDING = 1.0


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
            port = free_port(host, first_port + at if first_port else 0)
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
