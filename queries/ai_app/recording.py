"""What Prometheus computes ahead for the AI application."""

from queries import RecordingRule, RuleGroup, increase
from queries.ai_app import numbers as app
from queries.ai_app.metrics import HTTP_REQUESTS

#: The requests of an hour: a week of them, or last week's, is one look-up for each hour.
REQUESTS_AN_HOUR = RecordingRule("ai_app:http_requests:increase1h", increase(HTTP_REQUESTS, "1h"))
WITHIN_PROMISE = RecordingRule("ai_app:http_requests_within_1s:ratio_rate1h", app.within_promise().over("1h"))
ERRORS = RecordingRule("ai_app:http_errors:ratio_rate1h", app.errors().over("1h"))

group = RuleGroup(name="ai_app_recordings", rules=(REQUESTS_AN_HOUR, WITHIN_PROMISE, ERRORS))
