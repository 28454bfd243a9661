"""What Prometheus answers to many queries over the same samples: promtool, in two processes."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.prometheus.promtool import Case, run

#: Of the samples, and the moment at which everything is asked: the samples go on a little longer.
INTERVAL, MOMENT = "15s", "45m"
BATCH = 400
#: No answer is this, so that promtool tells every one.
NEVER = {"labels": '{never="said"}', "value": -12345}
ASKED = re.compile(r"^    expr: ", re.MULTILINE)
SAMPLE = re.compile(r'\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\} ([^\s,]+)')
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


class Sample(NamedTuple):
    """One series of an answer, without its name."""

    labels: Mapping[str, str]
    value: float


class Answer(NamedTuple):
    """What Prometheus said to a query: series, or why it cannot."""

    samples: tuple[Sample, ...] = ()
    error: str = ""


class Asked(NamedTuple):
    """Queries over the same samples, by series."""

    samples: Mapping[str, str]
    queries: Sequence[str]


def answers(batches: Sequence[Asked], folder: Path) -> dict[str, Answer]:
    """The answer to each query; a query that stands in two batches must be asked of the same samples."""
    parts = [
        Asked(one.samples, one.queries[at : at + BATCH]) for one in batches for at in range(0, len(one.queries), BATCH)
    ]
    cases = [Case(str(number), {"groups": []}, _test(part)) for number, part in enumerate(parts)]
    found: dict[str, Answer] = {}
    for name, told in run(cases, folder).items():
        queries = parts[int(name)].queries
        said = ASKED.split(told)[1:]
        if len(said) != len(queries):
            raise ValueError(f"{len(said)} answers to {len(queries)} queries: {told[:500]}")
        found.update(zip(queries, map(_answer, said), strict=True))
    return found


def _test(asked: Asked) -> Mapping[str, object]:
    series = [{"series": one, "values": values} for one, values in asked.samples.items()]
    queries = [{"expr": one, "eval_time": MOMENT, "exp_samples": [NEVER]} for one in asked.queries]
    return {"interval": INTERVAL, "input_series": series, "promql_expr_test": queries}


def _answer(told: str) -> Answer:
    _, found, got = told.partition("\n        got: ")
    if not found:
        return Answer(error=told.partition(", err: ")[2].strip() or told)
    return Answer(tuple(_sample(labels, value) for labels, value in SAMPLE.findall(got)))


def _sample(labels: str, value: str) -> Sample:
    return Sample({name: text for name, text in LABEL.findall(labels) if name != "__name__"}, float(value))
