"""What the environment says of the service: `AI_SERVICE_LATENCY=0.25` is `Settings.latency`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from math import isfinite
from typing import Any

PREFIX = "AI_SERVICE_"
#: Names that others gave: their variables have no prefix of ours.
NAMED = {
    "control_token": "DASH_CONTROL_TOKEN",
    "metrics_token": "DASH_METRICS_TOKEN",
    "sentry_dsn": "SENTRY_DSN",
    "otlp_endpoint": "OTEL_EXPORTER_OTLP_ENDPOINT",
}
CHOICES = {
    "environment": ("development", "production"),
    "gpu": ("auto", "simulated"),
    "log_level": ("debug", "info", "warning", "error"),
}
#: The least that a number may be, and the most.
LIMITS: Mapping[str, tuple[float, float]] = {
    "latency": (0, 60),
    "error_rate": (0, 1),
    "cold_start": (0, 600),
    "capacity": (1, 10_000),
    "patience": (1, 100_000),
    "workers": (1, 1_000),
    "tokens": (1, 100_000),
    "seed": (0, 2**32),
}


class WrongSetting(ValueError):
    """A variable that cannot be meant so."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service behaves when nothing is wrong, and whom it tells.

    Attributes:
        environment: development has readable logs, production JSON.
        latency: of a healthy model, in seconds, on average.
        error_rate: share of the calls to a healthy model that fail.
        cold_start: seconds that a model needs to load.
        capacity: calls that one replica of a model answers at a time; the others wait.
        patience: calls that may wait; one more is refused as overload.
        workers: documents that one replica of the backend processes at a time.
        tokens: of an answer, on average.
        seed: of the simulation's chance.
        gpu: "auto" reads real ones where nvidia-smi is.
        keys: the file of the API keys; in memory if it is empty.
        log_level: the least that is logged.
        control_token: whoever has it may cause faults, repair them, and give out keys; without one nobody may.
        metrics_token: if set, /metrics asks for it.
        sentry_dsn: where errors are reported; nowhere if it is empty.
        otlp_endpoint: where traces are sent, http://jaeger:4318 for one; nowhere if it is empty.
    """

    environment: str = "development"
    latency: float = 0.25
    error_rate: float = 0.0
    cold_start: float = 0.5
    capacity: int = 256
    patience: int = 2_000
    workers: int = 128
    tokens: int = 40
    seed: int = 7
    gpu: str = "auto"
    keys: str = ""
    log_level: str = "info"
    control_token: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)
    sentry_dsn: str = field(default="", repr=False)
    otlp_endpoint: str = ""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Settings:
        """As the environment says.

        Raises:
            WrongSetting: what a variable says cannot be meant, or no setting is called so.
        """
        variables = {NAMED.get(one.name, PREFIX + one.name.upper()): one for one in fields(cls)}
        for name in environ:
            if name.startswith(PREFIX) and name not in variables:
                raise WrongSetting(f"{name}: no setting is called so; there are {', '.join(variables)}")
        made: dict[str, Any] = {}
        for variable, one in variables.items():
            if said := environ.get(variable, "").strip():
                made[one.name] = _read(variable, one.name, one.default, said)
        return cls(**made)


def _read(variable: str, name: str, default: Any, said: str) -> Any:
    if name in CHOICES and said not in CHOICES[name]:
        raise WrongSetting(f"{variable}={said}: it is one of {', '.join(CHOICES[name])}")
    if name not in LIMITS:
        return said
    kind: Callable[[str], float] = type(default)
    least, most = LIMITS[name]
    try:
        value = kind(said)
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and least <= value <= most):
        raise WrongSetting(f"{variable}={said}: it is a number from {least:g} to {most:g}")
    return value
