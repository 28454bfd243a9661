"""The service that the rules' examples speak of, and an example as something that can be linted."""

from __future__ import annotations

from cli.lint.reading import read
from cli.lint.rule import Example
from cli.lint.settings import Settings
from cli.lint.subject import Inputs
from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from queries.labels import Label
from queries.unit import BOOL, BYTES, REQUESTS, SCORE, SECONDS, TIMESTAMP, TOKENS

HANDLER, METHOD = Label("handler"), Label("method")
STATUS = Label("status", ("2xx", "4xx", "5xx"))
#: An API in front of a model: every example that says no catalog of its own is about it.
EXAMPLE = Catalog(
    "example",
    (
        Exposed("http_requests_total", "counter", REQUESTS, (HANDLER, METHOD, STATUS)),
        Exposed(
            "http_request_duration_seconds",
            "histogram",
            SECONDS,
            (HANDLER,),
            buckets=(0.1, 0.5, 1, 2.5, 5, 10),
            counts=REQUESTS,
        ),
        Exposed("http_response_size_bytes", "summary", BYTES, (HANDLER,), counts=REQUESTS),
        Exposed("llm_tokens_total", "counter", TOKENS, (Label("model"), Label("token_type", ("input", "output")))),
        Exposed("queue_depth", "gauge", REQUESTS, (Label("shard"),), low=0),
        Exposed("gpu_memory_used_bytes", "gauge", BYTES, (Label("device"),), low=0),
        Exposed("gpu_memory_total_bytes", "gauge", BYTES, (Label("device"),), low=0),
        Exposed("model_loaded", "gauge", BOOL, (Label("model"),), low=0, high=1),
        Exposed("quality_score", "gauge", SCORE, (Label("model"),), low=0, high=1),
        Exposed("last_success_timestamp_seconds", "gauge", TIMESTAMP),
    ),
    jobs=("api",),
)


def inputs(example: Example) -> Inputs:
    """What a person would have written to a file."""
    import orjson  # noqa: PLC0415 - only the tests and the pages of the rules look at examples

    read_in = Inputs()
    if example.page is not None:
        read_in += _read(orjson.dumps(example.page))
    if example.rules:
        read_in += _read(example.rules.encode())
    if not example.promql:
        return read_in
    if example.reader == "panel":
        target = {"refId": "A", "expr": example.promql, "datasource": {"type": "prometheus", "uid": "$datasource"}}
        panel = {"id": 1, "type": "timeseries", "title": "Example", "targets": [target]}
        text = orjson.dumps({"uid": "example", "title": "Example", "schemaVersion": 41, "panels": [panel]})
    else:
        rule = {"alert": "Example"} if example.reader == "alert" else {"record": "job:example:sum"}
        text = orjson.dumps({"groups": [{"name": "example", "rules": [rule | {"expr": example.promql}]}]})
    return _read(text)


def _read(text: bytes) -> Inputs:
    return read(["-"], stdin=lambda: text, settings=Settings())


def catalogs(example: Example) -> Catalogs:
    """What is known in the example."""
    if not example.catalogs:
        return Catalogs((EXAMPLE,))
    from queries.catalogs.file import read_catalog  # noqa: PLC0415 - few examples have catalogs of their own

    return Catalogs(tuple(read_catalog(text.encode(), "example.yaml") for text in example.catalogs))
