"""Rules as a Prometheus tells those that it runs, at /api/v1/rules."""

#: As Prometheus 2.42 answers, but for what happened.
ALERT = {
    "state": "firing",
    "name": "Down",
    "query": 'up{job="a"} == 0',
    "duration": 5400,
    "keepFiringFor": 90.5,
    "labels": {"severity": "page"},
    "annotations": {"summary": "{{ $labels.job }}"},
    "alerts": [{"labels": {"alertname": "Down"}, "state": "firing", "value": "1e+00"}],
    "health": "ok",
    "type": "alerting",
}
RECORD = {"name": "a:b", "query": "sum(up)", "labels": {"x": "y"}, "health": "ok", "type": "recording"}
