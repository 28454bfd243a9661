"""The model serving of document 004: a classifier, how sure it is, how right it was, what its users get."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Any, Literal
from uuid import uuid4

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from examples.ai_service.application import Shell
from examples.ai_service.classifier import Classifier
from examples.ai_service.model import Model
from examples.ai_service.surroundings import Surroundings
from examples.ai_service.traces import exemplar
from examples.ai_service.usage import Usage
from queries.instrument import Instruments
from queries.ml_serving import metrics
from queries.ml_serving.numbers import LATENCY_LIMIT

JOB = metrics.SERVICE.job
#: As the alerts of the document name them.
MODEL, SERVED = "sentiment", "inference"
VERSION, OLDER = "2", "1"
#: Predictions whose truth may still come.
REMEMBERED = 10_000
#: Predictions that the drift is of.
RECENT = 100


class Text(BaseModel):
    """What is classified."""

    text: str = Field(min_length=1, max_length=20_000)


class Truth(BaseModel):
    """What a prediction should have been."""

    id: str = Field(max_length=64)
    label: Literal["positive", "negative"]


class Mark(BaseModel):
    """What a user thinks of the service."""

    mark: int = Field(ge=1, le=5)


class Serving:
    """What the routes do."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.count = Instruments(metrics, role=metrics.SERVICE)
        self.model = Model(MODEL, JOB, LATENCY_LIMIT, around)
        self.classifier, self.usage = Classifier(around.chance), Usage()
        self.said: OrderedDict[str, str] = OrderedDict()
        self.unknown: deque[float] = deque(maxlen=RECENT)
        self.marks = self.count.mean_of_recent(metrics.SATISFACTION, service=SERVED)
        self.shell = Shell(JOB, around, self.count, refresh=self.refresh)
        self.count[metrics.PREDICTIONS_CORRECT].inc(0, service=MODEL)
        self.count[metrics.PREDICTIONS_JUDGED].inc(0, service=MODEL)

    @property
    def version(self) -> str:
        """Of the model that answers."""
        return OLDER if self.around.plant.parts[JOB].fallback else VERSION

    async def refresh(self) -> None:
        """Before a scrape."""
        self.count[metrics.CPU_REPORTED].set(self.usage.cpu())
        self.count[metrics.MEMORY_REPORTED].set(self.usage.memory())

    async def predict(self, text: str) -> dict[str, Any]:
        """A label, and how sure the model is of it."""
        version = self.version
        measured = self.count.call(
            count=metrics.REQUESTS_ANSWERED,
            duration=metrics.LATENCY,
            exemplar=exemplar,
            model_name=MODEL,
            model_version=version,
        )
        async with measured:
            await self.model.answer(text)
            found = self.classifier.predict(text)
        self.count[metrics.CONFIDENCE].observe(found.confidence, model_name=MODEL, model_version=version)
        self.unknown.append(found.unknown)
        self.count[metrics.DRIFT_SCORE].set(sum(self.unknown) / len(self.unknown), model_name=MODEL)
        name = uuid4().hex
        self.said[name] = found.label
        while len(self.said) > REMEMBERED:
            self.said.popitem(last=False)
        self.shell.log.info("predicted", prompt_length=len(text), label=found.label, confidence=found.confidence)
        return {"id": name, "label": found.label, "confidence": found.confidence}


def ml_serving(around: Surroundings) -> FastAPI:
    """The app."""
    serving = Serving(around)
    serving.shell.gone = lambda: around.plant.fault(JOB).gone
    serving.shell.ready = lambda: "" if around.plant.loaded(JOB) else "the model is not loaded"
    app = serving.shell.app()

    @app.post("/predict")
    async def predict(asked: Text) -> dict[str, Any]:
        return await serving.predict(asked.text)

    @app.post("/truth")
    async def truth(said: Truth) -> dict[str, bool]:
        label = serving.said.pop(said.id, None)
        if label is None:
            raise HTTPException(404, "no prediction of which the truth is unknown is called so")
        serving.count[metrics.PREDICTIONS_JUDGED].inc(service=MODEL)
        if label == said.label:
            serving.count[metrics.PREDICTIONS_CORRECT].inc(service=MODEL)
        return {"right": label == said.label}

    @app.post("/feedback")
    async def feedback(said: Mark) -> dict[str, int]:
        serving.marks.observe(said.mark)
        return {"mark": said.mark}

    return app
