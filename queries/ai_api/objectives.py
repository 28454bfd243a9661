"""What the AI API promises, and when so much is broken that somebody has to know."""

from queries import PERCENT, Slo
from queries.ai_api import numbers as ai

#: Ours: no document gives one. At it 7.2 % of an hour wakes somebody, where the limit of five minutes is 5 %.
SUCCEED = PERCENT(99.5)

AVAILABILITY = Slo(
    "ai_api:availability",
    SUCCEED,
    bad=ai.errors(),
    title="AI API availability",
    fault="failed",
    alert="AiApiAvailability",
)
#: Ours, as numbers.py says: no document gives a service level.
LATENCY = Slo(
    "ai_api:latency",
    ai.PROMISED_SHARE,
    good=ai.within_promise(),
    title="AI API latency",
    fault=f"took longer than {ai.PROMISED_LATENCY}",
    alert="AiApiLatency",
)

groups = (AVAILABILITY.rules, LATENCY.rules)
