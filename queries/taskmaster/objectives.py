"""What the digital worker promises, and when so much is broken that somebody has to know."""

from queries import PERCENT, Slo
from queries.taskmaster import numbers as worker

#: Ours: no document gives one. At it 7.2 % of an hour wakes somebody, where the limit of five minutes is 5 %.
SUCCEED = PERCENT(99.5)

AVAILABILITY = Slo(
    "taskmaster:availability",
    SUCCEED,
    bad=worker.errors(),
    title="TaskMaster availability",
    fault="failed",
    alert="TaskMasterAvailability",
)
#: The document's service level.
LATENCY = Slo(
    "taskmaster:latency",
    worker.PROMISED_SHARE,
    good=worker.within_promise(),
    title="TaskMaster latency",
    fault=f"took longer than {worker.PROMISED_LATENCY}",
    alert="TaskMasterLatency",
)

groups = (AVAILABILITY.rules, LATENCY.rules)
