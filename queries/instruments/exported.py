"""Does a service export what its catalog says, no less and nothing else? For the tests of who writes the service."""

from __future__ import annotations

import re
from collections import Counter as Bag
from collections.abc import Iterable, Iterator, Mapping
from math import inf, nan
from types import ModuleType
from typing import Any, TypeAlias

from queries.instruments.asked import App, asked
from queries.instruments.collectors import REFUSED
from queries.instruments.zeros import missing
from queries.metric import Counter, Gauge, Histogram, Metric, Role, Summary
from queries.source import did_you_mean

#: What every process says of itself by prometheus_client's collectors, and Go's server of its page.
RUNTIME = frozenset(
    (
        *("process_virtual_memory_bytes", "process_resident_memory_bytes", "process_start_time_seconds"),
        *("process_cpu_seconds_total", "process_open_fds", "process_max_fds", "process_virtual_memory_max_bytes"),
        *("process_network_receive_bytes_total", "process_network_transmit_bytes_total"),
        *("python_info", "python_gc_objects_collected_total", "python_gc_objects_uncollectable_total"),
        *("python_gc_collections_total", "promhttp_metric_handler_requests_total"),
        *("promhttp_metric_handler_requests_in_flight", "promhttp_metric_handler_errors_total"),
    )
)
#: The counters of a page of text, where their whole name stands; the parser gives each a _total, said or not.
TYPED = re.compile(r"^#[ \t]*TYPE[ \t]+(\S+)[ \t]+counter", re.MULTILINE)
Family: TypeAlias = Any


def assert_exports(
    exported: App | bytes | str,
    *catalog: ModuleType | Metric | Iterable[Metric],
    role: Role | None = None,
    path: str = "/metrics",
    headers: Mapping[str, str] | None = None,
    zeros: bool = True,
) -> None:
    """AssertionError, with every difference, unless exactly the catalog is exported.

    Args:
        exported: an ASGI app, which is asked for `path`, or the text of a `/metrics` page.
        catalog: modules with metrics, or metrics.
        role: only its metrics, of a domain that has several.
        path: where the app answers.
        headers: of that request, as {"Authorization": "Bearer ..."}.
        zeros: whether what is counted has a series for each closed value from the beginning, at 0, as `Instruments`
            give it; False for a service that counts otherwise.
    """
    text = exported if isinstance(exported, bytes | str) else asked(exported, path, headers or {})
    found = differences(text, *catalog, role=role, zeros=zeros)
    if found:
        raise AssertionError("the service does not export its catalog:\n" + "\n".join(f"  {one}" for one in found))


def differences(
    text: bytes | str,
    *catalog: ModuleType | Metric | Iterable[Metric],
    role: Role | None = None,
    zeros: bool = True,
) -> tuple[str, ...]:
    """What is exported otherwise than the catalog says, one sentence each."""
    from prometheus_client.openmetrics.parser import text_string_to_metric_families as of_openmetrics  # noqa: PLC0415
    from prometheus_client.parser import text_string_to_metric_families as of_text  # noqa: PLC0415 - as in collectors

    from queries.instrument import metrics_of  # noqa: PLC0415 - it shows this to its users, and so comes first

    metrics = metrics_of(*catalog, role=role)
    if not metrics:
        return ("the catalog has no metric",)
    try:
        said = text.decode() if isinstance(text, bytes) else text
        read = of_openmetrics if said.rstrip().endswith("# EOF") else of_text
        families = list(read(said))
    except (ValueError, LookupError) as error:
        return (f"this is no /metrics page: {error}",)
    by_name = {_wire(one): one for one in families}
    known = {metric.name: metric for metric in metrics} | {REFUSED.name: REFUSED}
    fine = {*known, *RUNTIME, *(f"{name.removesuffix('_total')}_created" for name in (*known, *RUNTIME))}
    bare = () if read is of_openmetrics else [name for name in TYPED.findall(said) if not name.endswith("_total")]
    times = Bag(_wire(one) for one in families)
    begun = [(one, by_name[one.name].samples) for one in metrics if zeros and one.name in by_name]
    return (
        *(f"{name}_total is exported as {name}" for name in bare if f"{name}_total" in known),
        *(f"{name} is exported {number} times" for name, number in times.items() if number > 1),
        *(one for metric in metrics for one in _differs(metric, by_name.get(metric.name))),
        *(one for metric, samples in begun for one in missing(metric, samples)),
        *(
            f"{name} is exported, and not declared: {did_you_mean(name, known, of='there are')}"
            for name in times
            if name not in fine
        ),
    )


def _wire(family: Family) -> str:
    """Its name as the catalog has it: the parser takes a counter's _total away."""
    return f"{family.name}_total" if family.type == "counter" else str(family.name)


def _differs(metric: Metric, family: Family) -> Iterator[str]:
    samples = [one for one in family.samples if not one.name.endswith("_created")] if family else []
    if family is not None and family.type != metric.kind:
        yield f"{metric.name} is a {metric.kind}, and exported as {family.type}"
        return
    if family is None or not samples:
        # a labelled metric without series still has its type, and an open label has no value before the first call
        if family is None or (isinstance(metric, Gauge) and not metric.own):
            never = ", or never set" if isinstance(metric, Gauge) else ""
            yield f"{metric.name} is declared, and not exported{never}"
        return
    if family.documentation != metric.help:
        yield f"{metric.name}: its help is {family.documentation!r}"
    yield from _series(metric, samples)
    yield from _labels(metric, samples)
    yield from _values(metric, samples)
    if isinstance(metric, Histogram | Summary):
        yield from _whole(metric, samples)


def _series(metric: Metric, samples: Iterable[Any]) -> Iterator[str]:
    """Names that its kind does not have, and series that stand there twice."""
    suffixes = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("", "_sum", "_count")}
    names = {metric.name + suffix for suffix in suffixes.get(metric.kind, ("",))}
    for name in sorted({one.name for one in samples} - names):
        yield f"{metric.name} is exported as {name}"
    for (name, labels), times in Bag((one.name, tuple(sorted(one.labels.items()))) for one in samples).items():
        if times > 1:
            yield f"{name}{dict(labels) or ''} stands there {times} times"


def _values(metric: Metric, samples: Iterable[Any]) -> Iterator[str]:
    low, high = (metric.low, metric.high) if isinstance(metric, Gauge) else (None, None)
    if isinstance(metric, Counter):
        low = 0
    if low is None and high is None:
        return
    least, most = -inf if low is None else low, inf if high is None else high
    for wrong in sorted({f"{one.value:g}" for one in samples if not least <= one.value <= most}):
        yield f"{metric.name} is {wrong}, and never outside of {least:g} to {most:g}"


def _whole(metric: Histogram | Summary, samples: Iterable[Any]) -> Iterator[str]:
    """The sum and count of each series, and its buckets: a quantile over two that differ is none."""
    parts: dict[tuple[tuple[str, str], ...], dict[str, list[float]]] = {}
    for one in samples:
        labels = tuple(sorted((name, value) for name, value in one.labels.items() if name not in {"le", "quantile"}))
        of = parts.setdefault(labels, {}).setdefault(one.name.removeprefix(metric.name), [])
        of.append(_number(one.labels.get("le", "")))
    said: set[str] = set()
    for part in parts.values():
        said.update(f"{metric.name}{suffix} is missing" for suffix in ("_sum", "_count") if suffix not in part)
        bounds = sorted(part.get("_bucket", ()))
        if isinstance(metric, Histogram) and tuple(bounds) != (*metric.buckets, inf):
            said.add(f"{metric.name}: its buckets are {', '.join(f'{one:g}' for one in bounds)}")
    yield from sorted(said)


def _number(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return nan


def _labels(metric: Metric, samples: Iterable[Any]) -> Iterator[str]:
    own = {one.name: one.values for one in metric.own}
    format_s = {"le"} if isinstance(metric, Histogram) else {"quantile"} if isinstance(metric, Summary) else set()
    said: set[str] = set()
    for sample in samples:
        names = sample.labels.keys() - format_s
        if names != own.keys():
            said.add(f"{metric.name} bears the labels {', '.join(sorted(names)) or 'none'}")
        for name in names & own.keys():
            value = sample.labels[name]
            if own[name] and value not in own[name]:
                fix = did_you_mean(value, own[name], of="there are")
                said.add(f"{metric.name}: {name}={value!r} is not in its closed set: {fix}")
    yield from sorted(said)
