"""Serving: all apps in one process, on ports that are bound before anything starts, until somebody says stop."""

from __future__ import annotations

import asyncio
import socket
from asyncio import CancelledError
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from itertools import groupby

import httpx
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .apps.ai_app import JOB as BACKEND
from .apps.model_server import JOB as MODEL_SERVER
from .gateway import STATUS
from .machine import exporters
from .service import Placed, service
from .surroundings import Surroundings

#: Seconds that requests have to end when the service does.
GRACE = 1
#: A URL to nobody, until the model server has one.
NOBODY = "http://model-server.invalid"


class PortTaken(OSError):
    """Somebody else answers there."""


class Server(uvicorn.Server):
    """uvicorn's, that leaves signals to the process: it has several of them."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None."""
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """uvicorn's, and the requests that it cancelled have closed what they hold."""
        await super().shutdown(sockets)
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=GRACE)


class Ending:
    """An ASGI app whose requests may be cut off: uvicorn cancels those that outlast the grace, and callers are told.

    Args:
        app: it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's call."""
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except CancelledError:
            if scope["type"] != "http":
                raise
            if not begun:
                await PlainTextResponse("stopping", status_code=503)(scope, receive, send)


@asynccontextmanager
async def serving(around: Surroundings, host: str = "127.0.0.1", first_port: int = 0) -> AsyncIterator[None]:
    """While it lasts every app answers, and `around.targets` says where; afterwards nothing runs.

    Args:
        around: what the apps stand in.
        host: the address; on 127.0.0.1 each inference server has one of its own.
        first_port: of the jobs, in their order; 0 takes any that are free.

    Raises:
        PortTaken: one of the ports is somebody's.
    """
    models = httpx.AsyncClient(base_url=NOBODY)
    placed = service(around, host, models)
    async with AsyncExitStack() as stack:
        sockets = bound(placed, first_port, stack)
        for one, at in zip(placed, sockets, strict=True):
            around.targets.setdefault(one.job, []).append(address(at))
        models.base_url = httpx.URL(f"http://{around.targets[MODEL_SERVER][0]}")
        servers = [await stack.enter_async_context(_running(one, at)) for one, at in zip(placed, sockets, strict=True)]
        last = first_port + len(around.targets) if first_port else 0
        at_backend = f"http://{around.targets[BACKEND][0]}{STATUS}"
        status = "" if around.settings.metrics_token else at_backend
        around.targets.update(await stack.enter_async_context(exporters(host, last, status)))
        try:
            yield
        finally:  # all of them at once: each has its own grace
            for server in servers:
                server.should_exit = True


def bound(placed: tuple[Placed, ...], first_port: int, stack: AsyncExitStack) -> list[socket.socket]:
    """A socket for each; those of one job have the same port, as those of several machines have."""
    sockets = []
    for at, (job, apps) in enumerate(groupby(placed, key=lambda one: one.job)):
        for one in apps:
            port = first_port + at if first_port else 0
            made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            stack.callback(made.close)
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                made.bind((one.host, port))
            except OSError as error:
                raise PortTaken(f"{job}: {one.host}:{port}: {error.strerror}") from error
            sockets.append(made)
    return sockets


def address(of: socket.socket) -> str:
    """host:port, as Prometheus is told."""
    host, port = of.getsockname()[:2]
    return f"{host}:{port}"


@asynccontextmanager
async def _running(placed: Placed, at: socket.socket) -> AsyncIterator[Server]:
    config = uvicorn.Config(
        Ending(placed.app),
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE,
        server_header=False,
    )
    server = Server(config)
    task = asyncio.create_task(server.serve(sockets=[at]))
    try:
        while not server.started:
            if task.done():
                await task
                raise RuntimeError(f"{placed.job} did not start")
            await asyncio.sleep(0.01)
        yield server
    finally:
        server.should_exit = True
        await task
