"""What a Prometheus answers, as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Sample(NamedTuple):
    """One series of an answer.

    Attributes:
        labels: with `__name__`, where it has one.
        points: (Unix seconds, value), the oldest first; one for an instant query. Of a native histogram its count.
    """

    labels: Mapping[str, str]
    points: tuple[tuple[float, float], ...]

    @property
    def value(self) -> float:
        """The last one."""
        return self.points[-1][1]


class Answered(NamedTuple):
    """An answer to a query.

    Attributes:
        kind: "vector", "matrix", "scalar" or "string".
        samples: its series.
        notes: warnings and remarks (infos) of Prometheus, in this order.
        seconds: how long it took.
    """

    kind: str
    samples: tuple[Sample, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0


class Meta(NamedTuple):
    """What a target says of a metric: its type ("counter"), unit ("seconds", mostly empty) and help."""

    type: str
    unit: str = ""
    help: str = ""


def samples(kind: str, result: Any) -> tuple[Sample, ...]:
    """The series of a result; KeyError, TypeError or ValueError where it is none."""
    if kind in ("scalar", "string"):
        return (Sample({}, (_point(result, is_text=kind == "string"),)),)
    return tuple(Sample(dict(one["metric"]), _points(one)) for one in result)


def _points(one: Mapping[str, Any]) -> tuple[tuple[float, float], ...]:
    if "value" in one:
        return (_point(one["value"]),)
    if "values" in one:
        return tuple(map(_point, one["values"]))
    native = one["histograms"] if "histograms" in one else [one["histogram"]]
    return tuple((float(at), float(said["count"])) for at, said in native)


def _point(said: Any, *, is_text: bool = False) -> tuple[float, float]:
    at, value = said
    return float(at), 0.0 if is_text else float(value)
