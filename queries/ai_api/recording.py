"""What Prometheus computes ahead for the AI API."""

from queries import RecordingRule, RuleGroup, increase
from queries.ai_api import numbers as ai
from queries.ai_api.metrics import HTTP_REQUESTS

#: The requests of an hour: a week of them, or last week's, is one look-up for each hour.
REQUESTS_AN_HOUR = RecordingRule(
    "ai_api:http_requests:increase1h",
    increase(HTTP_REQUESTS, "1h", handler=ai.USERS),
)
WITHIN_PROMISE = RecordingRule("ai_api:http_requests_within_1s:ratio_rate1h", ai.within_promise().over("1h"))
TOKENS_AN_HOUR = RecordingRule(
    "model_token_type:llm_tokens:increase1h",
    ai.tokens_per_hour("model", "token_type"),
)
COST_AN_HOUR = RecordingRule("model:llm_cost_usd:increase1h", ai.cost_per_hour("model"))

group = RuleGroup(
    name="ai_api_recordings",
    rules=(REQUESTS_AN_HOUR, WITHIN_PROMISE, TOKENS_AN_HOUR, COST_AN_HOUR),
)
