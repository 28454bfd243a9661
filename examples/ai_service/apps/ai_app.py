"""The backend of document 000: pages at once, answers from the model server, documents through a worker queue."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI, HTTPException, Request
from opentelemetry import context
from pydantic import BaseModel, Field
from structlog.contextvars import bound_contextvars

from examples.ai_service.application import STATUS, Shell
from examples.ai_service.documents import Document, Documents
from examples.ai_service.gateway import Gateway
from examples.ai_service.model import ModelFailed, ModelGone
from examples.ai_service.observed import CONTROL, NO_ROUTE, QUIET, Seen
from examples.ai_service.surroundings import Surroundings
from examples.ai_service.traces import exemplar
from queries.ai_app import metrics
from queries.instrument import Instruments

JOB = metrics.BACKEND.job
#: Beyond the slowest model.
TIMEOUT = 180.0
#: Answered from the first scrape on, so that the first error is an increase and not a new series.
KNOWN = (("GET", "/"), ("POST", "/generate"), ("POST", "/documents"), ("GET", "/documents/{name}"))


class Prompt(BaseModel):
    """What a user asks."""

    text: str = Field(min_length=1, max_length=20_000)


class Batch(BaseModel):
    """Documents to be processed."""

    documents: list[str] = Field(min_length=1, max_length=100)


class Backend:
    """What the routes do.

    Args:
        around: what it stands in.
        models: asks the model server.
    """

    def __init__(self, around: Surroundings, models: httpx.AsyncClient) -> None:
        self.around, self.models = around, models
        self.count = Instruments(metrics, role=metrics.BACKEND)
        self.documents = Documents(self.process, around.plant, JOB, around.settings.workers)
        self.shell = Shell(JOB, around, self.count, observe=self.observe, refresh=self.refresh, close=self.close)
        self.shell.traces.of_client(models)
        for method, endpoint in KNOWN:
            for status in ("200", "500"):
                self.count[metrics.HTTP_REQUESTS].inc(0, method=method, endpoint=endpoint, status=status)
        for outcome in ("success", "error"):
            self.count[metrics.INFERENCE_REQUESTS].inc(0, status=outcome)

    def observe(self, seen: Seen) -> None:
        """A request of a user; those of machines would dilute the errors."""
        if seen.handler in (*QUIET, NO_ROUTE) or seen.handler.startswith(CONTROL):
            return
        at = {"method": seen.method, "endpoint": seen.handler}
        self.count[metrics.HTTP_REQUESTS].inc(**at, status=str(seen.status))
        self.count[metrics.HTTP_LATENCY].observe(seen.seconds, **at, exemplar=exemplar())

    async def refresh(self) -> None:
        """Before a scrape."""
        self.count[metrics.QUEUE_DEPTH].set(self.documents.depth)

    async def close(self) -> None:
        """Workers and connections end."""
        await self.documents.close()
        await self.models.aclose()

    async def infer(self, text: str, request_id: str) -> str:
        """What the model server writes.

        Raises:
            ModelGone: it does not answer, or says that it cannot.
            ModelFailed: it answered with an error.
        """
        measured = self.count.call(
            count=metrics.INFERENCE_REQUESTS,
            duration=metrics.INFERENCE_LATENCY,
            in_flight=metrics.IN_FLIGHT,
            exemplar=exemplar,
        )
        async with measured:
            try:
                answered = await self.models.post(
                    "/generate", json={"text": text}, headers={"X-Request-ID": request_id}, timeout=TIMEOUT
                )
            except httpx.HTTPError as error:
                raise ModelGone(f"the model server does not answer: {type(error).__name__}") from error
            if answered.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                raise ModelGone("the model server has no model")
            if answered.is_error:
                raise ModelFailed(f"the model server answers {answered.status_code}")
            said: dict[str, Any] = answered.json()
        self.count[metrics.TOKENS_GENERATED].observe(said["tokens"])
        return str(said["text"])

    async def process(self, document: Document) -> None:
        """A document's turn: in the trace, and with the id, of the request that brought it."""
        token = context.attach(document.context if isinstance(document.context, context.Context) else context.Context())
        try:
            with (
                bound_contextvars(request_id=document.request_id, path="/documents"),
                self.shell.traces.tracer.start_as_current_span("document.process") as span,
            ):
                span.set_attribute("document.length", len(document.text))
                try:
                    text = await self.infer(document.text, document.request_id)
                except Exception as error:
                    # an exception of ours has words of ours; those of another may be the document's
                    problem = str(error) if type(error) in STATUS else type(error).__name__
                    self.shell.log.error("document failed", document=document.name, problem=problem)  # noqa: TRY400
                    raise
                document.words = len(text.split())
                self.shell.log.info(
                    "document done", document=document.name, prompt_length=len(document.text), answer_length=len(text)
                )
        finally:
            context.detach(token)


def ai_app(around: Surroundings, models: httpx.AsyncClient) -> FastAPI:
    """The app; `models` has the model server as its base URL."""
    backend = Backend(around, models)
    app = backend.shell.app()
    app.state.documents = backend.documents
    if not around.settings.metrics_token:  # nginx' exporter bears none
        app.add_middleware(Gateway)

    @app.get("/")
    async def page() -> dict[str, str]:
        return {"service": "ai_app", "see": "/documents, /generate, /metrics"}

    @app.post("/generate")
    async def generate(prompt: Prompt, request: Request) -> dict[str, str]:
        return {"text": await backend.infer(prompt.text, request.state.request_id)}

    @app.post("/documents", status_code=202)
    async def bring(batch: Batch, request: Request) -> dict[str, list[str]]:
        names = []
        for text in batch.documents:
            document = Document(uuid4().hex, text, request.state.request_id, context.get_current())
            backend.documents.put(document)
            names.append(document.name)
        return {"documents": names}

    @app.get("/documents/{name}")
    async def look(name: str) -> dict[str, str | int]:
        document = backend.documents.find(name)
        if document is None:
            raise HTTPException(404, "no document is called so")
        return {"state": document.state, "words": document.words}

    return app
