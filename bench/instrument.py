"""Counting: what a measured call costs the service that makes it, in processor time."""

import statistics
from collections.abc import Callable
from time import process_time
from typing import Any, TypeVar

from queries.inference_server import metrics
from queries.instrument import Instruments

CALLS, ROUNDS = 50_000, 5
#: What a handler does besides, in seconds.
HANDLER = 0.01
Figure = TypeVar("Figure")


def figures(figure: Callable[..., Figure]) -> list[Figure]:
    """A count, a duration, what is under way and an outcome; as a decorator, and asked for at each call."""
    inst = Instruments(metrics)
    asked: dict[str, Any] = {
        "count": metrics.REQUESTS_ANSWERED,
        "duration": metrics.LATENCY,
        "in_flight": metrics.QUEUE_DEPTH,
        "model_name": "m",
    }

    def nothing() -> None:
        pass

    def asked_each_time() -> None:
        with inst.call(**asked):
            pass

    bare = _seconds(nothing)
    decorated = _seconds(inst.call(**asked)(nothing)) - bare
    each_time = _seconds(asked_each_time) - bare
    return [
        figure("a measured call, decorated: us", decorated * 1e6, "us", 5),
        figure("a measured call, asked for each time: us", each_time * 1e6, "us", 5),
        figure("of a handler of 10 ms: percent", each_time / HANDLER * 100, "%", 1),
    ]


def _seconds(function: Callable[[], None]) -> float:
    """The median of a few rounds, for one call."""
    taken = []
    for _ in range(ROUNDS):
        began = process_time()
        for _ in range(CALLS):
            function()
        taken.append((process_time() - began) / CALLS)
    return statistics.median(taken)
