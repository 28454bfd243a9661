"""What every app has: observed requests, health, metrics, control, and errors that say which request it was."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from queries.instrument import Instruments

from . import reports
from .agents import TooMany
from .control import control
from .documents import QueueFull
from .logs import Log, logger
from .model import ModelFailed, ModelGone, Overloaded
from .observed import Observed, Seen
from .surroundings import Surroundings
from .tokens import guard
from .traces import Traces

#: How an app answers what its model, or its queue, cannot do.
STATUS = {ModelFailed: 500, ModelGone: 503, Overloaded: 503, QueueFull: 503, TooMany: 429}


#: What is said of a value that cannot be meant: never the value, which may be no text at all.
SAID = ("type", "loc", "msg")


async def refused(_: Request, problem: Exception) -> Response:
    """The answer to a request that is not understood."""
    found = problem.errors() if isinstance(problem, RequestValidationError) else ()
    return JSONResponse({"detail": [{name: one[name] for name in SAID} for one in found]}, 422)


async def nothing() -> None:
    """What an app does that has nothing to do."""


@dataclass(slots=True)
class Shell:
    """An app in the making.

    Attributes:
        job: as Prometheus calls it.
        around: what it stands in.
        instruments: what it counts with.
        observe: counts a request that was answered.
        refresh: sets the gauges that are looked up, before each scrape.
        ready: why it is not; empty where it is.
        gone: whether the whole process is, for the scenario.
        close: what has to end with it.
    """

    job: str
    around: Surroundings
    instruments: Instruments
    observe: Callable[[Seen], None] = lambda _: None
    refresh: Callable[[], Awaitable[None]] = nothing
    ready: Callable[[], str] = lambda: ""
    gone: Callable[[], bool] = lambda: False
    close: Callable[[], Awaitable[None]] = nothing
    log: Log = field(init=False)
    traces: Traces = field(init=False)

    def __post_init__(self) -> None:
        self.log = logger(self.job, self.around.settings, self.around.lines)
        self.traces = Traces(self.job, self.around.settings, self.around.spans)

    def app(self) -> FastAPI:
        """It, with the routes that every app has."""

        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            yield
            await self.close()
            await to_thread(self.traces.close)

        app = FastAPI(title=self.job, docs_url=None, redoc_url=None, lifespan=lifespan)
        app.add_middleware(Observed, log=self.log, observe=self.observe, gone=self.gone)
        if self.around.settings.sentry_dsn:
            app.add_middleware(reports.wrapper())
        for kind, status in STATUS.items():
            app.add_exception_handler(kind, self._answers(status))
        app.add_exception_handler(RequestValidationError, refused)
        app.include_router(control(self.around, self.log))
        self._add_machine_routes(app)
        self.traces.of_app(app)
        return app

    def _add_machine_routes(self, app: FastAPI) -> None:
        token = self.around.settings.metrics_token

        @app.get("/healthz")
        async def healthz() -> dict[str, str]:
            return {"status": "ok"}

        @app.get("/readyz")
        async def readyz() -> Response:
            why = self.ready()
            return JSONResponse({"status": why or "ready"}, 503 if why else 200)

        @app.get("/metrics", dependencies=[Depends(guard(token))] if token else [])
        async def metrics(request: Request) -> Response:
            await self.refresh()
            text, kind = self.instruments.exposition(request.headers.get("accept", ""))
            return Response(text, headers={"Content-Type": kind})

    def _answers(self, status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
        async def answer(request: Request, problem: Exception) -> Response:
            reports.error(problem)
            self.log.error("failed", why=type(problem).__name__, problem=str(problem))
            said = {"error": str(problem), "request_id": request.state.request_id}
            return JSONResponse(said, status, headers={"Retry-After": "5"} if status == STATUS[Overloaded] else None)

        return answer
