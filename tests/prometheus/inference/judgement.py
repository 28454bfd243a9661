"""What Prometheus' answers say against what was inferred."""

import math
from collections.abc import Callable, Iterator

from queries.expr import Binary
from queries.inference.by_itself import by_itself
from queries.known import Known
from tests.prometheus.inference.answers import Answer, Sample

#: The order of additions is Prometheus' own.
NEARLY = 1e-9


def faults(known: Known, answer_to: Callable[[Known], Answer]) -> Iterator[str]:
    """Every claim that the answer proves wrong; an error proves nothing.

    Args:
        known: what was inferred of a query.
        answer_to: what Prometheus says to it, and to its parts.
    """
    answer = answer_to(known)
    if answer.error:
        return
    found = answer.samples
    if known.empty and found:
        yield f"never has a series ({known.empty.why}), but there is {found[0]}"
    if known.sure and not found:
        yield "always has a series, but there is none"
    if known.one and len(found) > 1:
        yield f"never has more than one series, but there are {len(found)}"
    for sample in found:
        yield from _labels(known, sample)
        if known.value is not None and not alike(sample.value, known.value):
            yield f"is always {known.value}, but is {sample.value}"
    if isinstance(known.node, Binary):
        yield from _with_itself(known, known.node, answer_to)


def _labels(known: Known, sample: Sample) -> Iterator[str]:
    lacking = known.always - sample.labels.keys()
    if lacking:
        yield f"always has {sorted(lacking)}, but {sample} has not"
    others = sample.labels.keys() - known.labels
    if others and not known.open:
        yield f"never has {sorted(others)}, but {sample} has"
    for label, value in sample.labels.items():
        if value not in known.values.get(label, (value,)):
            yield f"{label} is one of {sorted(known.values[label])}, but {sample} has another"


def _with_itself(known: Known, node: Binary, answer_to: Callable[[Known], Answer]) -> Iterator[str]:
    claim = by_itself(node, *known.parts)
    if claim is None:
        return
    # NaN is neither equal to itself nor less
    if any(math.isnan(sample.value) for part in known.parts for sample in answer_to(part).samples):
        return
    for sample in answer_to(known).samples:
        if claim.value is not None and not alike(sample.value, claim.value) and not math.isnan(sample.value):
            yield f"is {claim.value}, being computed with itself, but is {sample.value}"
        if claim.value is None and not claim.holds:
            yield f"never holds, being compared with itself, but there is {sample}"


def alike(one: float, other: float) -> bool:
    """Whether two values are the same but for the order of their additions."""
    return math.isclose(one, other, rel_tol=NEARLY, abs_tol=NEARLY) or (math.isnan(one) and math.isnan(other))
