"""`python -m examples.ai_service.named`: the service under the names and ports that the built prometheus.yml scrapes.

One process, in a network where all those names are its own: which part is meant says the Host header of a request.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from queries import Scrape

from . import reports
from .apps.model_server import JOB as MODEL_SERVER
from .faults import PARTS
from .logs import complain, take_over
from .service import THREE, service
from .serving import GRACE, Ending, Server
from .settings import Settings, WrongSetting
from .surroundings import Surroundings, around

HOST = "0.0.0.0"  # noqa: S104 - inside a container; what of it is published says compose


def scraped() -> dict[str, list[str]]:
    """The targets of each part, as `queries/<domain>/scrape.py` says."""
    jobs = {one.job for one in PARTS}
    return {one.role.job: list(one.targets) for one in _scrapes() if one.role.job in jobs}


def _scrapes() -> Iterator[Scrape]:
    for domain in dict.fromkeys(one.domain for one in PARTS):
        for value in vars(importlib.import_module(f"queries.{domain}.scrape")).values():
            several = value if isinstance(value, tuple) else (value,)
            yield from (one for one in several if isinstance(one, Scrape))


class ByName:
    """An ASGI app that hands a request to the part that it names.

    Args:
        apps: by host name.
    """

    def __init__(self, apps: Mapping[str, FastAPI]) -> None:
        self._apps = apps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's call."""
        said = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        app = self._apps.get(said.partition(":")[0])
        answer = app or PlainTextResponse(f"here are {', '.join(self._apps)}\n", status_code=421)
        await answer(scope, receive, send)


async def serve(surroundings: Surroundings, targets: Mapping[str, list[str]], host: str, stop: asyncio.Event) -> None:
    """Until somebody says stop; a port of the targets is one server, whatever names it has.

    Args:
        surroundings: what the apps stand in.
        targets: "name:port", of each job.
        host: the address that is listened at.
        stop: says so.
    """
    models = httpx.AsyncClient(base_url=f"http://{targets[MODEL_SERVER][0]}")
    left = {job: list(names) for job, names in targets.items()}
    ports: dict[int, dict[str, FastAPI]] = {}
    async with AsyncExitStack() as stack:
        for one in service(surroundings, THREE[0], models):
            name, _, port = left[one.job].pop(0).partition(":")
            ports.setdefault(int(port), {})[name] = one.app
            await stack.enter_async_context(one.app.router.lifespan_context(one.app))
        surroundings.targets.update({job: list(names) for job, names in targets.items()})
        servers = [_server(ByName(apps)) for apps in ports.values()]
        sockets = [stack.enter_context(_listening(host, port)) for port in ports]
        running = [asyncio.create_task(one.serve(sockets=[at])) for one, at in zip(servers, sockets, strict=True)]
        await stop.wait()
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*running)


def _server(app: ByName) -> Server:
    config = uvicorn.Config(Ending(app), log_config=None, access_log=False, lifespan="off", server_header=False)
    config.timeout_graceful_shutdown = GRACE
    return Server(config)


def _listening(host: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((host, port))
    return made


async def _main() -> None:
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    settings = Settings.of(os.environ)
    take_over(settings)
    reporting = reports.begin(settings)
    try:
        await serve(around(settings), scraped(), HOST, stop)
    finally:
        if reporting:
            reports.end()


def main() -> int:
    """The exit code: 0 when it was stopped, 1 when a port is taken, 2 when something was said that cannot be."""
    try:
        asyncio.run(_main())
    except (WrongSetting, OSError) as error:
        complain(str(error), os.environ)
        return 2 if isinstance(error, WrongSetting) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
