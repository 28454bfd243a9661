"""What is known of a sub-expression: its type, labels, unit, and why it may have no series at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from queries.exposed import Series
from queries.expr import COMPARISONS, Binary, Call, Expr, Select
from queries.unit import Unit

Type: TypeAlias = Literal["vector", "matrix", "scalar", "string"]
#: Why an expression never has a series; a rule answers for each, so that one cause is told once.
Cause: TypeAlias = Literal["metric", "bare", "label", "value", "bucket", "contradiction", "match", "le", "never"]
NO_LABELS: frozenset[str] = frozenset()
NO_VALUES: Mapping[str, frozenset[str]] = MappingProxyType({})


class Empty(NamedTuple):
    """Why an expression never has a series.

    Attributes:
        cause: which kind of reason.
        why: in a person's words.
    """

    cause: Cause
    why: str


class Known(NamedTuple):
    """One node of an expression and what is known of its value.

    Attributes:
        node: the node.
        parts: what is known of the nodes below it, in the order of the text.
        type: what PromQL calls its value.
        kind: how a value behaves: "counter", "gauge", "bucket", "sum", "count", "quantile", "rate", "increase",
            "ratio", "mean", "bool", "number of series", "constant" ...; "" where nothing is known.
        unit: of a value; None where nobody knows. A constant factor is part of it: a hundred times a ratio is percent.
        always: labels on every series.
        maybe: labels that a series may have or lack.
        open: whether there may be labels that are named nowhere here.
        values: the values that a label can have, where they are known.
        empty: why it never has a series; None where it may have some.
        sure: whether it always has a series: `vector(0)`, or `x or vector(0)`.
        filtered: whether a comparison or a set operator lets only some series through.
        series: what the selector found in the catalogs; above it, what all of the expression came from; None where
            that is not one thing, or not known.
        names: the metrics that it came from.
        value: its value, where it is the same constant for every series and at any time.
    """

    node: Expr
    parts: tuple[Known, ...] = ()
    type: Type = "vector"
    kind: str = ""
    unit: Unit | None = None
    always: frozenset[str] = NO_LABELS
    maybe: frozenset[str] = NO_LABELS
    open: bool = False
    values: Mapping[str, frozenset[str]] = NO_VALUES
    empty: Empty | None = None
    sure: bool = False
    filtered: bool = False
    series: Series | None = None
    names: tuple[str, ...] = ()
    value: float | None = None

    @property
    def labels(self) -> frozenset[str]:
        """Every label that is known by name."""
        return self.always | self.maybe

    @property
    def one(self) -> bool:
        """Whether it never has more than one series: nothing is left in which two could differ."""
        return not self.open and not self.maybe and all(len(self.values.get(one, ("", ""))) <= 1 for one in self.always)

    @property
    def may_be_empty(self) -> str:
        """Why there may be no series at all; nothing where there always is one."""
        if self.sure or self.type in ("scalar", "string"):
            return ""
        if self.empty is not None:
            return self.empty.why
        node = self.node
        if isinstance(node, Select):
            picks = " that its matchers pick" if node.match else ""
            return f"there may be no series of {node.name or 'that kind'}{picks}"
        if isinstance(node, Call) and node.function.startswith("absent"):
            return "it only has one while there is no other"
        if isinstance(node, Binary) and node.op in COMPARISONS and not node.returns_bool:
            return "the comparison may hold for none"
        if isinstance(node, Binary) and self.type == "vector" and node.op != "or" and not self._one_sided:
            return "no two series may match"
        return next((part.may_be_empty for part in self.parts if part.may_be_empty), "")

    @property
    def _one_sided(self) -> bool:
        """Whether one of two sides is a number, so that nothing has to match."""
        return any(part.type == "scalar" for part in self.parts)

    def can_have(self, label: str) -> bool:
        """Whether a series may have the label."""
        return self.open or label in self.always or label in self.maybe

    def varies(self, label: str) -> bool:
        """Whether two series may differ in the label."""
        return (label in self.always or label in self.maybe) and len(self.values.get(label, ("", ""))) > 1

    def walk(self) -> Iterator[Known]:
        """Every node's, in the order of the text."""
        left = [self]
        while left:
            one = left.pop()
            yield one
            left += one.parts[::-1]


def labels_of(known: Known) -> str:
    """The labels as a person would list them: "handler, job, status"."""
    listed = ", ".join(sorted(known.labels))
    if known.open:
        return f"{listed} and others" if listed else "unknown labels"
    return listed or "no labels"
