"""Vector matching: which labels make two series partners, and why two sides never have any."""

from __future__ import annotations

from typing import NamedTuple

from queries.expr import Binary, Matching
from queries.known import Empty, Known, labels_of

EVERYTHING = Matching(ignoring=True)
SETS = frozenset({"and", "or", "unless"})


class Partners(NamedTuple):
    """How the series of two sides find each other.

    Attributes:
        on: the labels that must be equal, None for all but `ignoring`.
        ignoring: the labels that may differ.
        never: why no series ever has a partner; None where some may.
        vague: whether one of the labels is a variable, which may stand for any label, or for several.
    """

    on: frozenset[str] | None
    ignoring: frozenset[str]
    never: Empty | None
    vague: bool = False

    def key(self, side: Known) -> frozenset[str]:
        """The labels by which the series of a side are matched."""
        if self.on is not None:
            return frozenset(one for one in self.on if side.can_have(one))
        return side.labels - self.ignoring

    def compares(self, label: str) -> bool:
        """Whether partners agree in the label."""
        return label in self.on if self.on is not None else not self.vague and label not in self.ignoring


def is_vague(label: str) -> bool:
    """Whether a name is a variable: which label it is nobody knows, and it may be several."""
    return "$" in label or "[[" in label


def compares(matching: Matching, label: str) -> bool:
    """Whether partners agree in the label, whatever its variables stand for."""
    if matching.ignoring:
        return label not in matching.labels and not any(map(is_vague, matching.labels))
    return label in matching.labels


ALL_LABELS = Partners(None, frozenset(), None)


def _partners(matching: Matching) -> Partners:
    labels = frozenset(matching.labels)
    on, ignoring = (None, labels) if matching.ignoring else (labels, frozenset[str]())
    return Partners(on, ignoring, None, any(map(is_vague, labels)))


def partners(node: Binary, left: Known, right: Known) -> Partners:
    """How two vectors are matched."""
    found = ALL_LABELS if node.matching is None else _partners(node.matching)
    if node.op == "or" or left.empty or right.empty:
        return found
    never = _one_sided(found, left, right) or _different(found, left, right)
    return found if never is None else found._replace(never=never)


def _one_sided(how: Partners, left: Known, right: Known) -> Empty | None:
    """A label that every series of one side has and none of the other."""
    for side, other, its, others in ((left, right, "left", "right"), (right, left, "right", "left")):
        if other.open:
            continue
        lacking = side.always - other.always - other.maybe
        for label in sorted(lacking):
            if label != "__name__" and how.compares(label):
                why = f"every series on the {its} has {label!r}, none on the {others} (it has {labels_of(other)})"
                return Empty("match", why)
    return None


def _different(how: Partners, left: Known, right: Known) -> Empty | None:
    """A label whose possible values on the two sides have nothing in common."""
    for label in sorted(left.values.keys() & right.values.keys()) if left.values and right.values else ():
        if not how.compares(label) or not (label in left.always or label in right.always):
            continue
        mine, its = left.values[label], right.values[label]
        if mine and its and not mine & its:
            why = f"{label!r} is {_listed(mine)} on the left and {_listed(its)} on the right"
            return Empty("match", why)
    return None


def _listed(values: frozenset[str]) -> str:
    return " or ".join(repr(one) for one in sorted(values))
