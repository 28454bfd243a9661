"""Sound texts of every kind that `dash` reads; the trials break them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
SNAPSHOTS = ROOT / "tests" / "snapshots" / "__snapshots__" / "test_shipped"
CORPUS = ROOT.parent / "shared" / "corpus"
EXPOSITIONS = ROOT.parent / "shared" / "facts" / "expositions"

#: Every construct of the language, every variable of Grafana, and the faults that a rule mends.
EXPRS = (
    "up",
    "sum by (job) (rate(http_requests_total[5m]))",
    "sum without (pod) (rate(queue_depth[5m])) > 0",
    "histogram_quantile(0.95, sum by (job) (rate(http_request_duration_seconds_bucket[5m])))",
    "histogram_quantile(0.95, rate(http_request_duration_seconds[5m])) > 5",
    'rate(http_request_duration_seconds_bucket{le="0.50"}[5m])',
    'http_requests_total{job=~"$job", instance=~"${instance:regex}", pod="[[pod]]"}',
    'rate(http_requests_total{code=~"5..|4.+",job!~"(a|b)+"}[$__rate_interval])',
    "sum(a) by (x) / on (x) group_left (y) sum(b) by (x, y)",
    "sum(rate(a[5m])) / sum(rate(b[5m])) * 100 > bool 5",
    'label_replace(up, "dst", "$1", "src", "(.*):.*")',
    'label_join(up, "dst", "-", "a", "b")',
    "topk(5, sum by (x) (max_over_time(rate(a[1m])[10m:30s] offset -5m)))",
    "absent(up{job='a'}) or absent_over_time(up[5m] @ end())",
    "predict_linear(node_filesystem_avail_bytes[1h], 4*3600) < 0 unless on () vector(1)",
    "-a ^ 2 ^ -b % 3 and b atan2 c == bool NaN",
    'count_values("v", up) # a comment\n',
    "quantile_over_time(0.9, a[$__interval]) and deriv(b[$__range])",
    "time() - process_start_time_seconds > 0x1F",
    "sum(increase($metric[1d])) by ($by)",
    "clamp_max(holt_winters(a[1h], 0.5, 0.5), +Inf)",
    '{__name__=~"a.*", "utf8.name"="x"}',
    '{"utf8.metric", "a.b"=~"x"}',
)
RULES = """\
# dash: ignore PQL120 because it counts restarts until 2027-01-31
groups:
  - name: api
    interval: 30s
    limit: 10
    rules:
      - record: job:errors:rate5m
        expr: sum by (job) (rate(errors_total[5m]))
        labels: {tier: "1"}
      - alert: Errors # dash: ignore PQL600 because nobody asked
        expr: |
          job:errors:rate5m
            > 0.05
        for: 5m
        keep_firing_for: 10m
        labels:
          severity: page
        annotations:
          summary: "{{ $labels.job }} has {{ $value | humanizePercentage }} of {{ printf \\"%.2f\\" $value }}"
          description: '{{ range query "up" }}{{ .Labels.instance }}{{ end }}'
      - alert: Slow
        expr: >-
          histogram_quantile(0.99,
            sum by (job) (rate(http_request_duration_seconds_bucket{le="0.50"}[5m]))) > 1000
        for: 1m
        annotations: &texts {summary: 'it''s slow'}
      - {alert: Flow, expr: "rate(queue_depth[5m]) > 1", annotations: *texts}
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: x}
spec:
  groups:
    - name: k
      rules: [{alert: Away, expr: 'absent(up{job="api"})', for: 1d}]
"""
CONFIG = """\
global: {scrape_interval: 15s, evaluation_interval: 30s}
rule_files: [rules.yml, '*.rules']
scrape_configs:
  - job_name: api
    scrape_interval: 1m
    relabel_configs: [{source_labels: [a, b], regex: '(.*);(.*)', target_label: c, replacement: $1}]
"""
CATALOG = """\
# yaml-language-server: $schema=../queries/catalogs/catalog.schema.json
domain: shop
scrape_interval: 15s
jobs: [api]
metrics:
  - {name: queue_depth, type: gauge, help: How many wait., labels: {shard: null}}
  - name: http_requests_total
    type: counter
    help: Requests.
    unit: requests
    labels:
      code: ["200", "500"]
  - name: http_request_duration_seconds
    type: histogram
    help: How long.
    buckets: [0.1, 0.5, 1, 5]
    expected_max: 4
    labels: {handler: null}
"""
DASH_TOML = """\
project = "shop"
[build]
sources = ["pages"]
[jobs]
"ai_api.api" = "shop-api"
[lint]
select = ["PQL"]
ignore = ["PQL132"]
prometheus = "2.42"
features = ["promql-experimental-functions"]
scrape-interval = "15s"
evaluation-interval = "1m"
retention = "15d"
external = ["kube_", "node_"]
catalogs = ["shop.yaml"]
strict = true
fail-on = "error"
most-yaml = 2000000
[lint.severity]
PQL132 = "warning"
[lint.per-file]
"legacy/*.json" = ["PQL7"]
"""
BASELINE = """\
{"type": "lint-baseline", "version": 1, "findings": [
  {"file": "broken.yml", "where": "alert Errors", "rule": "PQL101", "expr": "up", "count": 2},
  {"file": "<stdin>", "where": "", "rule": "PQL001", "expr": ""}]}
"""
SIDECAR = """\
# why
PQL120 panels[3] because it counts restarts until 2027-01-31
dash: ignore PQL101, PQL406 panel "Errors" because "of that"
PQL7 because x
"""
EXPOSITION = """\
# HELP http_requests_total Requests.\\nAll of "them".
# TYPE http_requests_total counter
http_requests_total{code="200",path="/a\\\\b\\"c"} 1027 1395066363000
http_requests_total{code="400"} 3 # {trace_id="x"} 0.5 1520879607.789
# TYPE request_seconds histogram
# UNIT request_seconds seconds
request_seconds_bucket{le="0.05"} 24054
request_seconds_bucket{le="+Inf"} 144320
request_seconds_sum 53423
request_seconds_count 144320
request_seconds_created 1e9
# TYPE rpc summary
rpc{quantile="0.5"} NaN
rpc_sum 1.7560473e+07
# EOF
"""


@cache
def pages() -> tuple[bytes, ...]:
    """Dashboards of a few panels each: our own, and public ones where they lie beside the project."""
    files = [*sorted(SNAPSHOTS.glob("*.json")), *sorted(CORPUS.glob("*.json"))]
    return tuple(_few(json.loads(file.read_bytes()), number) for number, file in enumerate(files))


@cache
def corpus() -> tuple[bytes, ...]:
    """Whole public dashboards."""
    return tuple(file.read_bytes() for file in sorted(CORPUS.glob("*.json"))) or pages()


@cache
def exprs() -> tuple[str, ...]:
    """Expressions: ours, and those of the dashboards."""
    asked = {one for page in pages() for one in _exprs(json.loads(page)) if len(one) < 600}
    return (*EXPRS, *sorted(asked))


@cache
def expositions() -> tuple[bytes, ...]:
    """What targets expose: one of every kind, and the beginnings of real ones."""
    real = (file.read_bytes()[:3000] for file in sorted(EXPOSITIONS.glob("*.prom")))
    return (EXPOSITION.encode(), *real)


def managed(expr: str) -> dict[str, Any]:
    """An alert that Grafana evaluates."""
    math = {"type": "math", "expression": "$A > 3", "conditions": [{"query": {"params": ["A"]}}]}
    data = [
        {"refId": "A", "datasourceUid": "P1", "model": {"expr": expr, "refId": "A"}},
        {"refId": "C", "datasourceUid": "__expr__", "model": math},
    ]
    rule = {"uid": "u", "title": "High", "condition": "C", "data": data, "for": "1m", "labels": {"severity": "page"}}
    return {"apiVersion": 1, "groups": [{"name": "g", "folder": "f", "interval": "1m", "rules": [rule]}]}


def resource(expr: str) -> dict[str, Any]:
    """A dashboard of Grafana's newer model."""
    query = {"kind": "DataQuery", "group": "prometheus", "spec": {"expr": expr}}
    asked = {"kind": "PanelQuery", "spec": {"refId": "A", "query": query}}
    data = {"kind": "QueryGroup", "spec": {"queries": [asked], "transformations": []}}
    drawn = {"kind": "VizConfig", "group": "timeseries", "spec": {"fieldConfig": {"defaults": {"unit": "s"}}}}
    panel = {"kind": "Panel", "spec": {"id": 1, "title": "T", "data": data, "vizConfig": drawn}}
    item = {"kind": "GridLayoutItem", "spec": {"x": 0, "y": 0, "width": 12, "height": 8, "element": {"name": "p"}}}
    variable = {"kind": "QueryVariable", "spec": {"name": "job", "query": query, "multi": True}}
    spec = {
        "title": "T",
        "elements": {"p": panel},
        "layout": {"kind": "GridLayout", "spec": {"items": [item]}},
        "variables": [variable],
    }
    return {"apiVersion": "dashboard.grafana.app/v2", "kind": "Dashboard", "metadata": {"name": "n"}, "spec": spec}


def config_map(text: str) -> dict[str, Any]:
    """A dashboard inside a string."""
    return {"apiVersion": "v1", "kind": "ConfigMap", "data": {"x.json": text}}


def _few(page: dict[str, Any], number: int) -> bytes:
    """A page with three of its panels, so that a trial takes milliseconds."""
    panels = page.get("panels") or []
    start = number % max(1, len(panels) - 3)
    few = {**page, "panels": panels[start : start + 3]}
    return json.dumps(few, indent=2 if number % 2 else None).encode()


def _exprs(value: Any) -> list[str]:
    if isinstance(value, list):
        return [found for one in value for found in _exprs(one)]
    if not isinstance(value, dict):
        return []
    own = [value["expr"]] if isinstance(value.get("expr"), str) else []
    return own + [found for one in value.values() for found in _exprs(one)]
