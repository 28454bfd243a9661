"""The digital worker of document 003: tasks, how good its answers are, whether they drift, what its users say."""

from __future__ import annotations

from collections import OrderedDict, deque
from statistics import fmean
from time import perf_counter
from typing import Any, Literal

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, Field

from examples.ai_service.application import Shell
from examples.ai_service.apps.taskmaster_feedback import Ratings
from examples.ai_service.model import Answer, Model, ModelGone
from examples.ai_service.surroundings import Surroundings
from examples.ai_service.traces import exemplar
from queries.drift import DriftDetector
from queries.feedback import Feedback
from queries.instrument import Instruments
from queries.quality import Quality, QualityScorer
from queries.taskmaster import metrics
from queries.taskmaster.numbers import LATENCY_LIMIT

JOB = metrics.WORKER.job
#: Answers whose score is remembered until their user votes.
REMEMBERED = 10_000
#: Scores that the gauges are a mean of.
RECENT = 100
#: A task is one harder for so many words more.
WORDS = 12
HARDEST = 10


class Task(BaseModel):
    """What the worker shall do."""

    text: str = Field(min_length=1, max_length=20_000)
    kind: Literal["summarise", "draft", "extract", "translate"] = "summarise"


class Vote(BaseModel):
    """What a user thinks of an answer: thumbs are counted, score and the reason's length are in a line of the log."""

    request_id: str = Field(min_length=1, max_length=64)
    thumbs: Literal["up", "down"]
    score: float | None = Field(default=None, ge=0, le=1)
    reason: str = Field(default="", max_length=2_000)


class Worker:
    """What the routes do."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.count = Instruments(metrics)
        self.model = Model("worker", JOB, LATENCY_LIMIT, around)
        self.scorer, self.drift, self.ratings = QualityScorer(), DriftDetector(), Ratings(self.count)
        self.recent: deque[Quality] = deque(maxlen=RECENT)
        self.scored: OrderedDict[str, float] = OrderedDict()
        self.shell = Shell(JOB, around, self.count, refresh=self.refresh)
        self.count[metrics.REQUESTS_ANSWERED].inc(0, endpoint="/tasks", status="success")
        self.count[metrics.LAST_SUCCESS].set(0)

    async def refresh(self) -> None:
        """Before a scrape."""
        self.count[metrics.MODEL_LOADED].set(self.around.plant.loaded(JOB))

    async def do(self, task: Task, request_id: str) -> Answer:
        """The worker's answer, scored.

        Raises:
            ModelGone: at once, where no model is loaded.
        """
        began = perf_counter()
        measured = self.count.llm_call(
            count=metrics.REQUESTS_ANSWERED,
            duration=metrics.LATENCY,
            input_tokens=metrics.TOKENS_IN,
            output_tokens=metrics.TOKENS_OUT,
            exemplar=exemplar,
            endpoint="/tasks",
        )
        async with measured as call:
            if not self.around.plant.loaded(JOB):
                raise ModelGone("the model is not loaded")
            answer = await self.model.answer(task.text)
            call.tokens(input=answer.tokens_in, output=answer.tokens_out)
        self.judge(answer.text, perf_counter() - began, request_id)
        self.count[metrics.LAST_SUCCESS].set_to_current_time()
        self.count[metrics.RESPONSE_LENGTH].observe(len(answer.text))
        self.count[metrics.TASKS_DONE].inc(task_type=task.kind)
        self.count[metrics.TASK_COMPLEXITY].observe(min(HARDEST, 1 + len(task.text.split()) // WORDS))
        self.shell.log.info(
            "answered",
            model=answer.model,
            latency=round(perf_counter() - began, 6),
            tokens_in=answer.tokens_in,
            tokens_out=answer.tokens_out,
            prompt_length=len(task.text),
            answer_length=len(answer.text),
            quality=round(self.recent[-1].overall, 3),
        )
        return answer

    def judge(self, text: str, seconds: float, request_id: str) -> None:
        """How good an answer is, and whether answers are getting worse."""
        quality = self.scorer.score(text, seconds)
        self.recent.append(quality)
        self.scored[request_id] = quality.overall
        while len(self.scored) > REMEMBERED:
            self.scored.popitem(last=False)
        self.drift.observe(quality.by_dimension)
        for name in metrics.DIMENSIONS:
            score = fmean(getattr(one, name) for one in self.recent)
            self.count[metrics.QUALITY_SCORE].set(score, dimension=name)
        for name, deviation in self.drift.deviations().items():
            self.count[metrics.DRIFT_DEVIATION].set(deviation, metric=name)


def taskmaster(around: Surroundings) -> FastAPI:
    """The app."""
    worker = Worker(around)
    worker.shell.ready = lambda: "" if around.plant.loaded(JOB) else "the model is not loaded"
    app = worker.shell.app()

    @app.post("/tasks")
    async def do(task: Task, request: Request) -> dict[str, Any]:
        request_id = request.state.request_id
        answer = await worker.do(task, request_id)
        return {"id": request_id, "answer": answer.text, "quality": worker.scored[request_id]}

    @app.post("/feedback")
    async def vote(said: Vote) -> dict[str, Any]:
        if said.request_id not in worker.scored:
            raise HTTPException(404, "no answer of that request is remembered")
        feedback = Feedback(said.request_id, said.thumbs, worker.scored[said.request_id], said.reason)
        first = worker.ratings.take(feedback)
        worker.shell.log.info(
            "feedback", about=said.request_id, thumbs=said.thumbs, score=said.score, reason_length=len(said.reason)
        )
        return {"first": first, "quality": feedback.quality}

    return app
