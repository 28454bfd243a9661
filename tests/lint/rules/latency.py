"""Queries of a service's latency, and the page that shows one, as the tests of buckets and quantiles need them."""

from cli.lint.rule import Example

BUCKET = "http_request_duration_seconds_bucket"
RATE = f"rate({BUCKET}[5m])"
P95 = f"histogram_quantile(0.95, sum by (le) ({RATE}))"


def page(expr: str, *steps: float | None, **said: object) -> Example:
    target = {"refId": "A", "expr": expr, "datasource": {"type": "prometheus", "uid": "x"}, **said}
    thresholds = {"mode": "absolute", "steps": [{"color": "red", "value": step} for step in steps]}
    panel = {"id": 1, "type": "timeseries", "title": "p95", "targets": [target]}
    return Example(page={"uid": "x", "title": "x", "panels": [panel | defaults(thresholds=thresholds)]})


def defaults(**said: object) -> dict[str, object]:
    return {"fieldConfig": {"defaults": said, "overrides": []}}
