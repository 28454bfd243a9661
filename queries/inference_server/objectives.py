"""What the model servers promise, and when so much is broken that somebody has to know."""

from queries import PERCENT, Slo
from queries.inference_server import numbers as server

#: Ours: no document gives one. At it 7.2 % of an hour wakes somebody, where the limit of five minutes is 5 %.
SUCCEED = PERCENT(99.5)

AVAILABILITY = Slo(
    "inference_server:availability",
    SUCCEED,
    bad=server.errors(),
    title="Inference server availability",
    fault="failed",
    alert="InferenceServerAvailability",
)
#: Ours, as numbers.py says: no document gives a service level.
LATENCY = Slo(
    "inference_server:latency",
    server.PROMISED_SHARE,
    good=server.within_promise(),
    title="Inference server latency",
    fault=f"took longer than {server.PROMISED_LATENCY}",
    alert="InferenceServerLatency",
)

groups = (AVAILABILITY.rules, LATENCY.rules)
