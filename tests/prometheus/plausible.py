"""The values of labels that are open, and how a metric's traffic is spread over them."""

import re
from collections.abc import Iterator
from itertools import product

from queries import Label, Metric

#: Values of open labels, as a service of this kind would have them; a label that is not here gets two made-up ones.
VALUES: dict[str, tuple[str, ...]] = {
    "cpu": ("0", "1"),
    "device_id": ("0", "1"),
    "endpoint": ("/chat", "/summarize"),
    "handler": ("/v1/chat", "/v1/search", "/metrics"),
    "method": ("GET", "POST"),
    "model": ("claude-sonnet", "gpt-4.1-mini"),
    "model_name": ("sentiment", "toxicity"),
    "model_version": ("1", "2"),
    "service": ("inference", "sentiment"),
    "status": ("200", "404", "500"),
    "task_type": ("research", "writing", "coding"),
}
FAILED = re.compile(r"5..|5xx|error|failed")
#: Of the traffic of a label's other values, what one of these gets. The rest is healthy.
RARE = (
    (FAILED, 0.006),
    (re.compile(r"4..|4xx"), 0.02),
    (re.compile(r"1xx|3xx"), 0.004),
    (re.compile(r"/metrics|/health"), 0.04),
    (re.compile(r"down"), 0.12),
)


def label_sets(metric: Metric) -> Iterator[dict[str, str]]:
    """Every combination of the values of a metric's own labels, but errors that never happened.

    A client library makes an error's series with the first error: the last handler, model or endpoint had none yet.
    """
    names = [one.name for one in metric.own]
    flawless = next((one for one in metric.own if not one.values and one.name != "status"), None)
    for combination in product(*(values_of(one) for one in metric.own)):
        labels = dict(zip(names, combination, strict=True))
        fails = any(FAILED.fullmatch(value) for value in combination)
        if not fails or flawless is None or labels[flawless.name] != values_of(flawless)[-1]:
            yield labels


def values_of(label: Label) -> tuple[str, ...]:
    """The closed set of a label's values, or plausible ones."""
    return label.values or VALUES.get(label.name, (f"{label.name}-1", f"{label.name}-2"))


def weight(labels: dict[str, str]) -> float:
    """How much of the traffic a combination gets: errors are few."""
    share = 1.0
    for value in labels.values():
        share *= next((rare for pattern, rare in RARE if pattern.fullmatch(value)), 1.0)
    return share
