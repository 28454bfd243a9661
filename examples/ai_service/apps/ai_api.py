"""The AI API of document 002: chat with retrieval, agents, and what their tokens cost; callers have keys."""

from time import perf_counter
from typing import Literal

from fastapi import APIRouter, FastAPI, HTTPException, Request
from opentelemetry import trace
from pydantic import BaseModel, Field

from examples.ai_service import reports
from examples.ai_service.agents import Sessions
from examples.ai_service.application import Shell
from examples.ai_service.apps.ai_api_keys import key_routes
from examples.ai_service.keys import Key, Keys
from examples.ai_service.model import Answer, Model
from examples.ai_service.observed import Seen, caller
from examples.ai_service.retrieval import Passage, manual
from examples.ai_service.surroundings import Surroundings
from examples.ai_service.tokens import bearer, first
from examples.ai_service.traces import exemplar
from queries.ai_api import metrics
from queries.ai_api.numbers import LLM_LATENCY_LIMIT
from queries.instrument import Instruments

JOB = metrics.API.job
#: What a token costs, read and written, in dollars.
PRICES = {"small": (0.15e-6, 0.60e-6), "large": (2.50e-6, 10.0e-6)}


class Question(BaseModel):
    """What a caller asks."""

    text: str = Field(min_length=1, max_length=20_000)
    model: Literal["small", "large"] = "small"


class Api:
    """What the routes do."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.count = Instruments(metrics)
        self.keys, self.sessions, self.index = Keys(around.settings.keys), Sessions(), manual()
        self.models = {name: Model(name, JOB, LLM_LATENCY_LIMIT, around) for name in PRICES}
        self.scores = self.count.mean_of_recent(metrics.RETRIEVAL_SCORE)
        self.shell = Shell(JOB, around, self.count, observe=self.observe, refresh=self.refresh, close=self.close)
        for name, (read, written) in PRICES.items():
            for suffix in ("", "-fallback"):
                self.count[metrics.TOKEN_PRICE].set(read, model=f"{name}{suffix}", token_type="input")  # noqa: S106 - a kind of token
                self.count[metrics.TOKEN_PRICE].set(written, model=f"{name}{suffix}", token_type="output")  # noqa: S106 - likewise

    def observe(self, seen: Seen) -> None:
        """A request, as the FastAPI Instrumentator counts it: scrapes too."""
        at = {"handler": seen.handler, "method": seen.method}
        self.count[metrics.HTTP_REQUESTS].inc(**at, status=f"{seen.status // 100}xx")
        self.count[metrics.HTTP_LATENCY].observe(seen.seconds, exemplar=exemplar())
        self.count[metrics.HANDLER_LATENCY].observe(seen.seconds, **at, exemplar=exemplar())
        self.count[metrics.REQUEST_SIZE].observe(seen.received, handler=seen.handler)
        self.count[metrics.RESPONSE_SIZE].observe(seen.sent, handler=seen.handler)

    async def refresh(self) -> None:
        """Before a scrape."""
        self.count[metrics.AGENT_SESSIONS].set(len(self.sessions))

    async def close(self) -> None:
        """The file of the keys is closed."""
        self.keys.close()

    def key(self, request: Request) -> Key:
        """Whose request it is.

        Raises:
            HTTPException: nobody's: without a key, with a wrong one, or with one that was revoked.
        """
        key = self.keys.check(bearer(request))
        if key is None:
            raise HTTPException(401, "no valid API key", headers={"WWW-Authenticate": "Bearer"})
        return key

    def retrieve(self, question: str) -> tuple[Passage, ...]:
        """Passages that may answer it."""
        with self.shell.traces.tracer.start_as_current_span("rag.retrieve") as span:
            found = self.index.nearest(question, relevance=self.around.plant.fault(JOB).relevance)
            span.set_attributes({"rag.query.length": len(question), "rag.chunk.count": len(found)})
            self.scores.observe(*(one.score for one in found))
            self.shell.log.info("retrieved", query_length=len(question), chunks=len(found))
            return found

    async def generate(self, question: Question, passages: tuple[Passage, ...], endpoint: str) -> Answer:
        """The model's answer, timed and its tokens counted."""
        model, began = self.models[question.model], perf_counter()
        prompt = " ".join((question.text, *(one.text for one in passages)))
        with self.shell.traces.tracer.start_as_current_span("rag.generate") as span:
            measured = self.count.llm_call(
                tokens=metrics.LLM_TOKENS,
                duration=metrics.LLM_LATENCY,
                exemplar=exemplar,
                model=model.name,
                endpoint=endpoint,
            )
            async with measured as call:
                answer = await model.answer(prompt)
                call.tokens(input=answer.tokens_in, output=answer.tokens_out)
            span.set_attributes({"gen_ai.response.model": answer.model, "rag.answer.length": len(answer.text)})
            _say_tokens(span, answer)
        self.shell.log.info(
            "answered",
            model=answer.model,
            latency=round(perf_counter() - began, 6),
            tokens_in=answer.tokens_in,
            tokens_out=answer.tokens_out,
            prompt_length=len(prompt),
            answer_length=len(answer.text),
        )
        return answer


def ai_api(around: Surroundings) -> FastAPI:
    """The app."""
    api = Api(around)
    app = api.shell.app()

    def called(request: Request) -> None:
        key = api.key(request)
        caller(key.owner)
        reports.user(key.owner, key.tier)

    routes = APIRouter(route_class=first(called))

    @routes.post("/chat")
    async def chat(question: Question, request: Request) -> dict[str, object]:
        passages = api.retrieve(question.text)
        answer = await api.generate(question, passages, "/chat")
        tokens = {"input": answer.tokens_in, "output": answer.tokens_out}
        scores = [round(one.score, 3) for one in passages]
        return {"id": request.state.request_id, "answer": answer.text, "tokens": tokens, "passages": scores}

    @routes.post("/agents", status_code=201)
    async def begin() -> dict[str, str]:
        return {"session": api.sessions.open()}

    @routes.post("/agents/{session}/steps")
    async def step(session: str, question: Question) -> dict[str, str]:
        if session not in api.sessions:
            raise HTTPException(404, "no session is called so")
        for _other in range(around.plant.fault(JOB).spawns):
            api.sessions.open()
        answer = await api.generate(question, (), "/agents")
        return {"answer": answer.text}

    @routes.delete("/agents/{session}", status_code=204)
    async def end(session: str) -> None:
        if not api.sessions.close(session):
            raise HTTPException(404, "no session is called so")

    app.include_router(routes)
    app.include_router(key_routes(api.keys, around.settings.control_token))
    return app


def _say_tokens(span: trace.Span, answer: Answer) -> None:
    span.set_attributes(
        {"gen_ai.usage.input_tokens": answer.tokens_in, "gen_ai.usage.output_tokens": answer.tokens_out}
    )
