"""The whole service: its apps, each with the addresses that it shall answer at."""

from __future__ import annotations

from typing import NamedTuple

import httpx
from fastapi import FastAPI

from .apps import ai_api, ai_app, inference_server, ml_serving, model_server, taskmaster
from .surroundings import Surroundings

#: Document 001 has three machines, each with a server on the same port; a loopback has as many addresses as one likes.
THREE = ("127.0.0.1", "127.0.0.2", "127.0.0.3")


class Placed(NamedTuple):
    """One app, and where it shall answer.

    Attributes:
        job: as Prometheus calls it.
        host: its address.
        app: it.
    """

    job: str
    host: str
    app: FastAPI


def service(around: Surroundings, host: str, models: httpx.AsyncClient) -> tuple[Placed, ...]:
    """Every app; `models` asks the model server, wherever it will be."""
    hosts = THREE if host == THREE[0] else (host,)
    return (
        Placed(ai_app.JOB, host, ai_app.ai_app(around, models)),
        Placed(model_server.JOB, host, model_server.model_server(around)),
        *(Placed(inference_server.JOB, one, inference_server.inference_server(around)) for one in hosts),
        Placed(ai_api.JOB, host, ai_api.ai_api(around)),
        Placed(taskmaster.JOB, host, taskmaster.taskmaster(around)),
        Placed(ml_serving.JOB, host, ml_serving.ml_serving(around)),
    )
