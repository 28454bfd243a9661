"""The model server of document 000: the backend asks it over HTTP; of it only whether it answers is known."""

from __future__ import annotations

from time import perf_counter

from fastapi import FastAPI
from pydantic import BaseModel, Field

from examples.ai_service.application import Shell
from examples.ai_service.model import Model
from examples.ai_service.surroundings import Surroundings
from queries.ai_app.metrics import MODEL_SERVER
from queries.ai_app.numbers import INFERENCE_LATENCY_LIMIT
from queries.instrument import Instruments

JOB = MODEL_SERVER.job


class Prompt(BaseModel):
    """What the model is asked."""

    text: str = Field(min_length=1, max_length=20_000)


class Written(BaseModel):
    """What it wrote."""

    text: str
    tokens: int


def model_server(around: Surroundings) -> FastAPI:
    """The app."""
    shell = Shell(JOB, around, Instruments())
    model = Model("writer", JOB, INFERENCE_LATENCY_LIMIT, around)
    shell.gone = lambda: around.plant.fault(JOB).gone
    shell.ready = lambda: "" if around.plant.loaded(JOB) else "the model is not loaded"
    app = shell.app()

    @app.post("/generate")
    async def generate(prompt: Prompt) -> Written:
        began = perf_counter()
        answer = await model.answer(prompt.text)
        shell.log.info(
            "answered",
            model=answer.model,
            latency=round(perf_counter() - began, 6),
            tokens_in=answer.tokens_in,
            tokens_out=answer.tokens_out,
            prompt_length=len(prompt.text),
            answer_length=len(answer.text),
        )
        return Written(text=answer.text, tokens=answer.tokens_out)

    return app
