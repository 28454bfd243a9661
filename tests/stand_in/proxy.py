"""Handlers of what lies behind a data source: its API passed through, and queries made for a panel."""

import json
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

from tests.stand_in.answers import JSON_UTF8, Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call, value_of
from tests.stand_in.data_sources import NOT_FOUND
from tests.stand_in.rows import DataSource

TIMEOUT_SECONDS = 10.0
NOT_THERE = Refusal(404, "Unable to find datasource", traced=True, content_type=JSON_UTF8)
NOT_LISTED = Refusal(403, "non allow-listed POSTs not allowed on proxied Prometheus datasource", content_type=JSON_UTF8)
NO_QUERIES = Refusal(400, "No queries found", message_id="query.noQueries")
NOT_DRAWN = Refusal(501, "The stand-in answers instant queries only")
UNREACHABLE = Answer(502, "", "")
POSTS = ("api/v1/query", "api/v1/query_range", "api/v1/series", "api/v1/labels", "api/v1/query_exemplars")
NO_PROXY = build_opener(ProxyHandler({}))


def forward(call: Call) -> Answer:
    """Ask the data source itself, and pass its answer through."""
    source = call.state.data_source(call.params["uid"])
    if not source:
        raise RefusedError(NOT_THERE)
    path, query = call.params["rest"], call.request.path.partition("?")[2]
    if call.request.method != "GET" and path not in POSTS:
        raise RefusedError(NOT_LISTED)
    return _asked(source, f"{path}?{query}")


def query(call: Call) -> Answer:
    """Make a panel's queries; to 9.4 a wrong PromQL is a query without frames."""
    body = call.json()
    queries = value_of(body, "queries", list[Json]())
    if not queries:
        raise RefusedError(NO_QUERIES)
    results = {}
    for one in queries:
        source = call.state.data_source(value_of(one, "datasource", Json()).get("uid", ""))
        if not source:
            raise RefusedError(Refusal(NOT_FOUND.status, NOT_FOUND.message, traced=True))
        if not one.get("instant"):
            raise RefusedError(NOT_DRAWN)
        end = int(value_of(body, "to", ""))
        answer = _asked(source, f"api/v1/query?query={quote(one['expr'])}&time={end // 1000}")
        found = json.loads(answer.text)["data"]["result"] if answer.status == 200 else []
        results[one["refId"]] = {"status": 200, "frames": [_frame(one, end, series) for series in found]}
    return say({"results": results})


def _asked(source: DataSource, path: str) -> Answer:
    try:
        with NO_PROXY.open(f"{source.url}/{path}", timeout=TIMEOUT_SECONDS) as answer:
            return Answer(answer.status, answer.read().decode(), answer.headers.get("Content-Type", ""))
    except HTTPError as error:
        with error:
            return Answer(error.code, error.read().decode(), error.headers.get("Content-Type", ""))
    except URLError:
        return UNREACHABLE


def _frame(asked: Json, end: int, series: Json) -> Json:
    step, name = asked["intervalMs"], asked["expr"]
    value = float(series["value"][1])
    return {
        "schema": {
            "name": name,
            "refId": asked["refId"],
            "meta": {
                "type": "timeseries-multi",
                "custom": {"resultType": "vector"},
                "executedQueryString": f"Expr: {name}\nStep: {step // 1000}s",
            },
            "fields": [
                {"name": "Time", "type": "time", "typeInfo": {"frame": "time.Time"}, "config": {"interval": step}},
                {
                    "name": "Value",
                    "type": "number",
                    "typeInfo": {"frame": "float64"},
                    "labels": series["metric"],
                    "config": {"displayNameFromDS": name},
                },
            ],
        },
        "data": {"values": [[end], [int(value) if value.is_integer() else value]]},
    }
