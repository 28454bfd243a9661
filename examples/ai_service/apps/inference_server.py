"""A model server of document 001: requests in batches, their queue, the memory and the work of its GPUs."""

from __future__ import annotations

from time import monotonic

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from examples.ai_service import gpu
from examples.ai_service.application import Shell
from examples.ai_service.model import Model
from examples.ai_service.surroundings import Surroundings
from examples.ai_service.traces import exemplar
from queries.inference_server import metrics
from queries.inference_server.numbers import LATENCY_LIMIT
from queries.instrument import Instruments

JOB = metrics.SERVER.job
MODELS = ("embedder", "reranker")
#: nvidia-smi is asked this seldom, in seconds.
FRESH = 5.0


class Batch(BaseModel):
    """What is asked at once."""

    inputs: list[str] = Field(min_length=1, max_length=64)


class Server:
    """What the routes do."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.count = Instruments(metrics)
        self.models = {name: Model(name, JOB, LATENCY_LIMIT, around) for name in MODELS}
        self.shell = Shell(JOB, around, self.count, refresh=self.refresh)
        self._real: tuple[gpu.Gpu, ...] = ()
        self._asked = 0.0
        for name in MODELS:
            self.count[metrics.REQUESTS_ANSWERED].inc(0, model_name=name, status="success")

    async def refresh(self) -> None:
        """Before a scrape."""
        for name, model in self.models.items():
            self.count[metrics.QUEUE_DEPTH].set(model.waiting, model_name=name)
        for one in await self.gpus():
            self.count[metrics.GPU_MEMORY_USED].set(one.used, device_id=one.device)
            self.count[metrics.GPU_MEMORY_TOTAL].set(one.total, device_id=one.device)
            self.count[metrics.GPU_UTILIZATION].set(one.busy, device_id=one.device)

    async def gpus(self) -> tuple[gpu.Gpu, ...]:
        """Real ones if there are any and nobody wants others; else a simulated one."""
        if self.around.settings.gpu == "auto" and (not self._asked or self._asked + FRESH < monotonic()):
            self._real, self._asked = await gpu.real(), monotonic()
        busiest = max(self.models.values(), key=lambda model: model.load)
        return self._real or gpu.simulated(busiest, self.around.plant, JOB)

    async def infer(self, name: str, inputs: list[str]) -> list[str]:
        """An answer each."""
        measured = self.count.call(
            count=metrics.REQUESTS_ANSWERED, duration=metrics.LATENCY, exemplar=exemplar, model_name=name
        )
        async with measured:
            answer = await self.models[name].answer(" ".join(inputs), len(inputs))
        self.shell.log.info(
            "answered",
            model=name,
            tokens_in=answer.tokens_in,
            tokens_out=answer.tokens_out,
            prompt_length=sum(map(len, inputs)),
            answer_length=len(answer.text),
        )
        return [answer.text for _ in inputs]


def inference_server(around: Surroundings) -> FastAPI:
    """The app."""
    server = Server(around)
    server.shell.ready = lambda: "" if around.plant.loaded(JOB) else "the models are not loaded"
    app = server.shell.app()

    @app.post("/v1/models/{name}/infer")
    async def infer(name: str, batch: Batch) -> dict[str, list[str]]:
        if name not in server.models:
            raise HTTPException(404, f"no model is called so; there are {', '.join(MODELS)}")
        return {"outputs": await server.infer(name, batch.inputs)}

    return app
