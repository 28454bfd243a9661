"""Samples of the hours before now, for alerts that look back an hour or longer: healthy ones, or with every fault."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from typing import NamedTuple

from queries.ai_api.metrics import LLM_TOKENS
from queries.ai_app.metrics import MODEL_SERVER
from queries.metric import Metric
from queries.ml_serving.metrics import (
    CONFIDENCE,
    DRIFT_SCORE,
    PREDICTIONS_CORRECT,
    PREDICTIONS_JUDGED,
    SATISFACTION,
    SERVICE,
)
from queries.taskmaster.metrics import FEEDBACK, MODEL_LOADED, QUALITY_SCORE, REQUESTS_ANSWERED
from tests.prometheus.clock import DAY, HOUR, MINUTE
from tests.prometheus.lifelike import Series, World

#: Longer than any of their windows; and the same a week ago, which one of them compares with.
HOURS, WEEK = 7 * HOUR, 7 * DAY
#: What each shall raise.
RAISED = {
    "TokenCostSpike": "720,000 tokens in the last hour, the limit is 500,000",
    "ModelConfidenceDrift": "0.7 on average in the last hour, 0.9 a week ago",
    "PredictionAccuracyDegradation": "70 % of the last hour's predictions were right, the limit is 80 %",
    "ExtensiveDataDrift": "a score of 0.3, the limit is 0.15",
    "LowUserSatisfaction": "2.1 of 5, the limit is 3",
    "TaskMasterSatisfactionDrop": "30 % of 360 verdicts in six hours are thumbs up, the limit is 70 %",
}


class Shape(NamedTuple):
    """A series: its metric, with what its name ends in, and how it runs.

    Attributes:
        value: of seconds since it began, and whether that was a week ago.
    """

    metric: Metric
    value: Callable[[float, bool], float]
    labels: dict[str, str]
    suffix: str = ""


def hours(now: float, *, faulty: bool) -> World:
    """What a Prometheus has seen until now, in Unix seconds."""
    world = World([])
    for begin, is_week_ago in ((now - WEEK - HOURS, True), (now - HOURS, False)):
        seconds = range(0, HOURS + 1, MINUTE)
        times = array("q", (round(1000 * (begin + one)) for one in seconds))
        for shape in _shapes(faulty=faulty):
            name = shape.metric.name + shape.suffix
            assert shape.metric.role
            labels = {**shape.labels, "job": shape.metric.role.job, "instance": "a:8000"}
            values = array("d", (shape.value(one, is_week_ago) for one in seconds))
            world.series[name].append(Series(name, labels, times, values))
    return world


def _shapes(*, faulty: bool) -> Iterator[Shape]:
    def either(bad: float, good: float) -> float:
        return bad if faulty else good

    def rising(a_second: float) -> Callable[[float, bool], float]:
        return lambda seconds, _: a_second * seconds

    def level(value: float) -> Callable[[float, bool], float]:
        return lambda *_: value

    mean = either(0.7, 0.88)
    yield from (Shape(one, level(1), {}) for one in (MODEL_SERVER.up, SERVICE.up, MODEL_LOADED))
    yield Shape(QUALITY_SCORE, level(0.9), {"dimension": "overall"})
    yield Shape(REQUESTS_ANSWERED, rising(1), {"endpoint": "/tasks", "status": "success"})
    yield Shape(LLM_TOKENS, rising(either(200, 20)), {"model": "m", "endpoint": "/chat", "token_type": "output"})
    sure = {"model_name": "sentiment", "model_version": "2"}
    yield Shape(CONFIDENCE, rising(1), sure, "_count")
    yield Shape(CONFIDENCE, lambda seconds, is_week_ago: (0.9 if is_week_ago else mean) * seconds, sure, "_sum")
    yield Shape(PREDICTIONS_JUDGED, rising(1), {"service": "sentiment"})
    yield Shape(PREDICTIONS_CORRECT, rising(either(0.7, 0.9)), {"service": "sentiment"})
    yield Shape(DRIFT_SCORE, level(either(0.3, 0.05)), {"model_name": "sentiment"})
    yield Shape(SATISFACTION, level(either(2.1, 4.2)), {"service": "inference"})
    up = either(0.3, 0.9)
    yield Shape(FEEDBACK, rising(up / MINUTE), {"verdict": "up"})
    yield Shape(FEEDBACK, rising((1 - up) / MINUTE), {"verdict": "down"})
