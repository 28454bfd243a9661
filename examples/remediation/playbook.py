"""Which alert is answered by what. What is not here is for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from queries import AlertRule, Role
from queries.ai_api import alerts as ai_api
from queries.ai_api.metrics import API
from queries.ai_app import alerts as ai_app
from queries.ai_app.metrics import BACKEND, MODEL_SERVER
from queries.inference_server import alerts as inference
from queries.inference_server.metrics import SERVER
from queries.ml_serving import alerts as ml
from queries.ml_serving.metrics import SERVICE
from queries.taskmaster import alerts as worker
from queries.taskmaster.metrics import WORKER

Verb = Literal["scale", "restart", "fallback", "breaker"]
Value = int | bool | None
#: An absolute number: asked twice it is still that many.
REPLICAS = 3


@dataclass(frozen=True, slots=True)
class Remedy:
    """What is done. The target is written here: no payload can point at another.

    Attributes:
        verb: what the service is told.
        target: which of its jobs.
        value: how many replicas; whether it is on.
        undo: the value once the alert has resolved; None where it stays until a person looks.
    """

    verb: Verb
    target: str
    value: Value = None
    undo: Value = None


def _scale(role: Role) -> Remedy:
    """More replicas. They stay: with fewer the latency would be back."""
    return Remedy("scale", role.job, REPLICAS)


def _restart(role: Role) -> Remedy:
    return Remedy("restart", role.job)


def _fall_back(role: Role) -> Remedy:
    """The other model. It stays: the drift went because of it, and would come back with the first."""
    return Remedy("fallback", role.job, value=True)


def _break(role: Role) -> Remedy:
    """Callers get a short answer at once; closed when the alert has resolved, which is the attempt to go on."""
    return Remedy("breaker", role.job, value=True, undo=False)


_RULES: tuple[tuple[AlertRule, Remedy], ...] = (
    (worker.HIGH_LATENCY, _scale(WORKER)),
    (ai_api.HIGH_LLM_LATENCY, _scale(API)),
    (ai_app.HIGH_INFERENCE_LATENCY, _scale(BACKEND)),
    (inference.HIGH_LATENCY, _scale(SERVER)),
    (ml.HIGH_INFERENCE_LATENCY, _scale(SERVICE)),
    (worker.MODEL_DOWN, _restart(WORKER)),
    (ai_app.MODEL_SERVER_DOWN, _restart(MODEL_SERVER)),
    (ml.MODEL_SERVICE_DOWN, _restart(SERVICE)),
    (worker.SEVERE_DRIFT, _fall_back(WORKER)),
    (ml.EXTENSIVE_DATA_DRIFT, _fall_back(SERVICE)),
    (ml.MODEL_CONFIDENCE_DRIFT, _fall_back(SERVICE)),
    (worker.HIGH_ERROR_RATE, _break(WORKER)),
    (ai_api.HIGH_ERROR_RATE, _break(API)),
)
#: By the alert's name; siblings, which say that all series are gone, are answered as the alert itself.
PLAYBOOK: Mapping[str, Remedy] = {one.alert: remedy for rule, remedy in _RULES for one in rule.rules()}
