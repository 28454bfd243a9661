"""Does a service export what its catalog says, no less and nothing else? For the tests of who writes the service."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any, TypeAlias

from queries.instruments.collectors import REFUSED
from queries.metric import Gauge, Histogram, Metric, Role, Summary
from queries.source import did_you_mean

#: What every Python process says of itself, and a scrape of its server.
RUNTIME = ("python_", "process_", "scrape_", "promhttp_")
Scope: TypeAlias = MutableMapping[str, Any]
App: TypeAlias = Callable[[Scope, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]
Family: TypeAlias = Any


def assert_exports(
    exported: App | bytes | str,
    *catalog: ModuleType | Metric | Iterable[Metric],
    role: Role | None = None,
    path: str = "/metrics",
    headers: Mapping[str, str] | None = None,
) -> None:
    """AssertionError, with every difference, unless exactly the catalog is exported.

    Args:
        exported: an ASGI app, which is asked for `path`, or the text of a `/metrics` page.
        catalog: modules with metrics, or metrics.
        role: only its metrics, of a domain that has several.
        path: where the app answers.
        headers: of that request, as {"Authorization": "Bearer ..."}.
    """
    text = exported if isinstance(exported, bytes | str) else _asked(exported, path, headers or {})
    found = differences(text, *catalog, role=role)
    if found:
        raise AssertionError("the service does not export its catalog:\n" + "\n".join(f"  {one}" for one in found))


def differences(
    text: bytes | str, *catalog: ModuleType | Metric | Iterable[Metric], role: Role | None = None
) -> tuple[str, ...]:
    """What is exported otherwise than the catalog says, one sentence each."""
    from prometheus_client.openmetrics.parser import text_string_to_metric_families as of_openmetrics  # noqa: PLC0415
    from prometheus_client.parser import text_string_to_metric_families as of_text  # noqa: PLC0415 - as in collectors

    from queries.instrument import metrics_of  # noqa: PLC0415 - it shows this to its users, and so comes first

    metrics = metrics_of(*catalog, role=role)
    if not metrics:
        return ("the catalog has no metric",)
    said = text.decode() if isinstance(text, bytes) else text
    read = of_openmetrics if said.rstrip().endswith("# EOF") else of_text
    try:
        families = {_wire(one): one for one in read(said)}
    except ValueError as error:
        return (f"this is no /metrics page: {error}",)
    known = {metric.name: metric for metric in metrics} | {REFUSED.name: REFUSED}
    return (
        *(one for metric in metrics for one in _differs(metric, families.get(metric.name))),
        *(
            f"{name} is exported, and not declared: {did_you_mean(name, known, of='there are')}"
            for name in families
            if name not in known and not name.startswith(RUNTIME) and not name.endswith("_created")
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
    yield from _labels(metric, samples)
    if isinstance(metric, Histogram):
        bounds = sorted({float(one.labels["le"]) for one in samples if "le" in one.labels})
        if tuple(bounds) != (*metric.buckets, float("inf")):
            yield f"{metric.name}: its buckets are {', '.join(f'{one:g}' for one in bounds)}"


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


def _asked(app: App, path: str, headers: Mapping[str, str]) -> bytes:
    """The body that an ASGI app answers to one GET; AssertionError where it answers something else than 200."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    status, body = 0, b""

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status, body
        status = message.get("status", status)
        body += message.get("body", b"")

    async def run() -> None:
        await app(scope, receive, send)

    with ThreadPoolExecutor(1) as aside:  # the test itself may be running in a loop
        aside.submit(asyncio.run, run()).result()
    if status != 200:  # noqa: PLR2004 - HTTP's OK
        raise AssertionError(f"{path} answers {status}")
    return body
