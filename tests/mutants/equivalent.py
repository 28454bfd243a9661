"""Mutants that are the same rule in other words, each by its name, and why; only those that differ must be caught."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

SCALE = "a quantile looks at shares: what all buckets are multiplied by changes none"
NOTHING_TIMES = "it is times 0: only whether it is there counts, and without errors the alert is silent either way"
TIMES_0 = "it is times 0: only whether it is there counts, and that is the same"
DIVIDED = "it is 0 and what it is divided by is only there when the unmutated 0 is there, too"
PARTNERS = "what it lets in finds no partner: the other sides say the same matcher"
ALONE = "every label is kept: there is one series to add up"
ZERO = "nothing is nothing, a second or an hour, of one or of all"

_QUANTILES = (
    "HighLLMLatency",
    "AiAppHighInferenceLatency",
    "InferenceServerHighLatency",
    "InferenceServerSlow",
    "HighInferenceLatency",
    "TaskMasterHighLatency",
    "model_name:inference_latency_seconds:p95_rate5m",
)
#: What makes a 0 of requests where there are no errors; the label's name is that which the alert keeps.
_BRANCH = (
    "or is and",
    "sum without the label {} (2)",
    "sum is avg (2)",
    "rate() is increase() (2)",
    "[5m] is [10m] (2)",
    "[5m] is [2m30s] (2)",
)

#: The windows whose share an objective computes of what is exposed, each with twice its length.
_WINDOWS = {"30m": "1h", "1h": "2h", "2h": "4h", "6h": "12h"}
#: Where its share of nothing is made, and of what no bucket counted.
_AVAILABILITY = (
    "ai_api:availability_bad:rate5m: {} (2)",
    *(f"ai_api:availability_errors:ratio_rate{one}: {{}} (3)" for one in _WINDOWS),
)
_LATENCY = tuple(f"ai_api:latency_errors:ratio_rate{one}: {{}} ({place})" for one in _WINDOWS for place in (2, 4))

REASONS = {
    **{
        one.format(what): TIMES_0
        for one in (*_AVAILABILITY, *_LATENCY)
        for what in ("sum is avg", "rate() is increase()")
    },
    **{f"ai_api:latency_errors:ratio_rate{one}: job='ai-api' dropped (2)": DIVIDED for one in _WINDOWS},
    **{f"ai_api:latency_errors:ratio_rate{one}: [{one}] is [{two}] (2)": DIVIDED for one, two in _WINDOWS.items()},
    **{f"{name}: {what}": SCALE for name in _QUANTILES for what in ("sum is avg", "rate() is increase()")},
    **{f"HighErrorRate: {what.format('job')}": NOTHING_TIMES for what in _BRANCH},
    **{f"TaskMasterHighErrorRate: {what.format('endpoint')}": NOTHING_TIMES for what in _BRANCH},
    "HighErrorRate: handler!='/metrics' dropped (2)": NOTHING_TIMES,
    "HighErrorRate: handler!='/metrics' inverted (2)": NOTHING_TIMES,
    "HighErrorRate: job='ai-api' inverted (2)": NOTHING_TIMES,
    "HighErrorRate: job='ai-api' dropped (2)": NOTHING_TIMES,
    "HighErrorRate: job='ai-api' dropped": PARTNERS,
    "HighErrorRate: job='ai-api' dropped (3)": PARTNERS,
    "HighErrorRate: job='ai-api' dropped (4)": PARTNERS,
    "PredictionAccuracyDegradation: service='sentiment' dropped": PARTNERS,
    "PredictionAccuracyDegradation: service='sentiment' dropped (2)": PARTNERS,
    "ModelConfidenceDrift: model_name='sentiment' dropped": PARTNERS,
    **{f"ModelConfidenceDrift: model_name='sentiment' dropped ({place})": PARTNERS for place in (2, 3, 4)},
    "GPUMemoryExhausted: sum is avg": ALONE,
    "GPUMemoryExhausted: sum is avg (2)": ALONE,
    "TaskMasterNoRequests: sum is avg": ZERO,
    "TaskMasterNoRequests: increase() is rate()": ZERO,
}


def reason(mutant: Mutant) -> str:
    """Why it is no other rule; empty where it is one."""
    return REASONS.get(mutant.name, "")


def excuse(mutant: Mutant) -> str:
    """Why nobody notices one that is another rule, as far as we know; it counts against us."""
    if mutant.what.partition(" (")[0] in ("> is >=", "< is <=", ">= is >", "<= is <"):
        return "no number that is measured meets its limit to the last digit"
    if mutant.what.startswith("the limit "):
        return "less than two percent"
    if mutant.what.startswith("["):
        return "as long as one side goes steadily, its window does not matter"
    return ""
