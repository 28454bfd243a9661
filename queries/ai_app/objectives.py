"""What the AI application promises, and when so much is broken that somebody has to know."""

from queries import PERCENT, Slo
from queries.ai_app import numbers as app

#: Ours: no document gives one. At it 7.2 % of an hour wakes somebody, where the limit of five minutes is 5 %.
SUCCEED = PERCENT(99.5)

AVAILABILITY = Slo(
    "ai_app:availability",
    SUCCEED,
    bad=app.errors(),
    title="AI application availability",
    fault="failed",
    alert="AiAppAvailability",
)
#: Ours, as numbers.py says: no document gives a service level.
LATENCY = Slo(
    "ai_app:latency",
    app.PROMISED_SHARE,
    good=app.within_promise(),
    title="AI application latency",
    fault=f"took longer than {app.PROMISED_LATENCY}",
    alert="AiAppLatency",
)

groups = (AVAILABILITY.rules, LATENCY.rules)
