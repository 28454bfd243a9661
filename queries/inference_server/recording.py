"""What Prometheus computes ahead for the model servers."""

from queries import RecordingRule, RuleGroup, increase
from queries.inference_server import numbers as server
from queries.inference_server.metrics import REQUESTS_ANSWERED

#: The requests of an hour: a week of them, or last week's, is one look-up for each hour.
REQUESTS_AN_HOUR = RecordingRule("inference_server:requests:increase1h", increase(REQUESTS_ANSWERED, "1h"))
WITHIN_PROMISE = RecordingRule("inference_server:requests_within_1s:ratio_rate1h", server.within_promise().over("1h"))
LATENCY = RecordingRule("model_name:inference_latency_seconds:p95_rate5m", server.latency(0.95, "model_name"))

group = RuleGroup(name="inference_server_recordings", rules=(REQUESTS_AN_HOUR, WITHIN_PROMISE, LATENCY))
