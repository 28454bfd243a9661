"""What the model serving promises, and when so much is broken that somebody has to know."""

from queries import PERCENT, Slo
from queries.ml_serving import numbers as ml

#: Ours: no document gives one. At it 7.2 % of an hour wakes somebody, where the limit of five minutes is 5 %.
SUCCEED = PERCENT(99.5)

AVAILABILITY = Slo(
    "ml_serving:availability",
    SUCCEED,
    bad=ml.errors(),
    title="ML serving availability",
    fault="failed",
    alert="MlServingAvailability",
)
#: Ours, as numbers.py says: no document gives a service level.
LATENCY = Slo(
    "ml_serving:latency",
    ml.PROMISED_SHARE,
    good=ml.within_promise(),
    title="ML serving latency",
    fault=f"took longer than {ml.PROMISED_LATENCY}",
    alert="MlServingLatency",
)

groups = (AVAILABILITY.rules, LATENCY.rules)
