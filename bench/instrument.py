"""Counting: what a measured call costs the service that makes it, in processor time."""

from collections.abc import Callable
from math import inf
from time import process_time
from typing import Any, TypeVar

from queries.inference_server import metrics
from queries.instrument import Instruments

#: Short rounds, many of them: whatever else the machine does only adds to one, and so the least is the call's.
CALLS, ROUNDS = 2_000, 100
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

    bare, decorated, each_time = _seconds(nothing, inst.call(**asked)(nothing), asked_each_time)
    decorated, each_time = decorated - bare, each_time - bare
    return [
        figure("a measured call, decorated: us", decorated * 1e6, "us", 5),
        figure("a measured call, asked for each time: us", each_time * 1e6, "us", 5),
        figure("of a handler of 10 ms: percent", each_time / HANDLER * 100, "%", 1),
    ]


def _seconds(*functions: Callable[[], None]) -> list[float]:
    """What a call of each takes, in turns."""
    least = [inf] * len(functions)
    for _ in range(ROUNDS):
        for at, function in enumerate(functions):
            began = process_time()
            for _ in range(CALLS):
                function()
            least[at] = min(least[at], (process_time() - began) / CALLS)
    return least
