"""What recording rules make joins the catalogs: its type, unit and labels are inferred from its expression."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple

from queries.catalog import Catalogs
from queries.exposed import Exposed, Kind
from queries.expr import Expr, selects
from queries.infer import infer
from queries.known import Known
from queries.labels import Label
from queries.unit import EVENTS, Unit

DOMAIN = "recordings"
#: Values that only grow, and begin again with their process.
COUNTERS = frozenset({"counter", "bucket", "sum", "count"})
BUCKETS = frozenset({"bucket", "bucket rate", "bucket increase"})
#: What a native histogram still is one after.
NATIVE = frozenset({"histogram", "rate", "increase"})


class Recorded(NamedTuple):
    """A recording rule: its name, its expression, the labels that it adds."""

    name: str
    expr: Expr
    labels: Mapping[str, str]


def with_recordings(catalogs: Catalogs, rules: Iterable[tuple[str, Expr, Mapping[str, str]]]) -> Catalogs:
    """The catalogs and what the rules record.

    A recording may use another. Rules that use each other in a circle know nothing of those that come later in it.
    """
    waiting: dict[str, list[Recorded]] = defaultdict(list)
    for name, expr, labels in rules:
        waiting[name].append(Recorded(name, expr, labels))
    uses = {name: {one.name for rule in those for one in selects(rule.expr)} for name, those in waiting.items()}
    known = catalogs
    while waiting:
        # in a circle nobody is first: the first that was said goes on without the others
        ready = [name for name in waiting if not uses[name] & waiting.keys()] or [next(iter(waiting))]
        made = [_recorded(waiting.pop(name), known) for name in ready]
        known = known.with_metrics(made, DOMAIN)
    return known


def _recorded(rules: Iterable[Recorded], catalogs: Catalogs) -> Exposed:
    return reduce(_either, (_one(rule, infer(rule.expr, catalogs)) for rule in rules))


def _one(rule: Recorded, known: Known) -> Exposed:
    """The series of one rule: a label of the rule is on all of them, or on none where its value is empty."""
    added = {label: value for label, value in rule.labels.items() if value}
    gone = rule.labels.keys() - added.keys() | {"__name__"}
    always = (known.always | added.keys()) - gone
    maybe = known.maybe - always - gone
    values = {**known.values, **{label: frozenset((value,)) for label, value in added.items()}}
    kind, buckets = _kind(known), known.kind in BUCKETS
    origin = known.series.of if known.series is not None else None
    return Exposed(
        rule.name,
        kind,
        origin.unit if origin is not None and (buckets or kind == "histogram") else known.unit,
        tuple(Label(one, tuple(sorted(values.get(one, ())))) for one in sorted(always | maybe)),
        optional=maybe,
        buckets=origin.buckets if origin is not None and buckets else (),
        counts=known.unit if buckets else EVENTS,
        native=kind == "histogram",
        targets=(),
        recorded=True,
        open=known.open,
    )


def _kind(known: Known) -> Kind:
    """How the recorded values behave; what may be a native histogram and may be none is not known."""
    origin = "" if known.series is None else known.series.kind
    if origin == "histogram":
        return "histogram" if known.kind in NATIVE else "unknown"
    if known.kind in ("", "unknown", "bare") or origin == "unknown":
        return "gauge" if known.type == "scalar" else "unknown"
    return "counter" if known.kind in COUNTERS else "gauge"


def _either(one: Exposed, other: Exposed) -> Exposed:
    """Two rules of one name: what is true of the series of either."""
    labels = {label.name: label.values for label in one.labels}
    others = {label.name: label.values for label in other.labels}
    both = (labels.keys() - one.optional) & (others.keys() - other.optional)
    made: list[Label] = []
    for name in sorted(labels.keys() | others.keys()):
        mine, its = labels.get(name), others.get(name)
        values = its if mine is None else mine if its is None else (*mine, *its) if mine and its else ()
        made.append(Label(name, tuple(sorted(set(values or ())))))
    return Exposed(
        one.name,
        one.kind if one.kind == other.kind else "unknown",
        _same(one.unit, other.unit),
        tuple(made),
        optional=frozenset((labels.keys() | others.keys()) - both),
        buckets=one.buckets if one.buckets == other.buckets else (),
        counts=_same(one.counts, other.counts),
        native=one.native and other.native,
        targets=(),
        recorded=True,
        open=one.open or other.open,
    )


def _same(one: Unit | None, other: Unit | None) -> Unit | None:
    return one if one == other else None
