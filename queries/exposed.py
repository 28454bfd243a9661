"""A metric as its target exposes it: what a catalog says of one name, and which series that name has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from queries.labels import TARGET, Label
from queries.unit import BOOL, EVENTS, SECONDS, Unit

Kind: TypeAlias = Literal["counter", "gauge", "histogram", "summary", "unknown"]
#: Which series of a histogram or summary a name is; "" where the name is the metric's own.
Part: TypeAlias = Literal["", "bucket", "sum", "count"]


@dataclass(frozen=True, slots=True)
class Exposed:
    """One name of a `/metrics` page, or one recording rule.

    Attributes:
        name: as exposed, without the suffixes that a histogram or summary adds.
        kind: its type; "unknown" where nobody said.
        unit: of a value; for a counter, of what is counted; None where nobody said.
        labels: its own labels, each with its closed set of values (empty: any value).
        optional: those of them that a series may lack.
        buckets: a histogram's upper bounds, rising, without +Inf; empty where nobody said.
        counts: what one observation of a histogram or summary is.
        native: whether it is a native histogram, whose bare name has series and which has no `le`.
        expected_max: values up to here are normal, so that the buckets must reach it.
        low: the least value that it can have; `high` the greatest.
        shared: whether every replica reports the same quantity, so that replicas may not be added up.
        help: what it measures.
        odd_name: why its name breaks the conventions; a reason that somebody wrote down.
        since: the first version that has it; `until` the last; `renamed_from` its old name.
        jobs: the jobs that export it; empty: those of its catalog.
        targets: the labels that scraping adds.
        recorded: whether a recording rule makes it; then labels and unit are inferred.
        open: whether it may have further labels: somebody's recording of what nobody knows.
    """

    name: str
    kind: Kind = "unknown"
    unit: Unit | None = None
    labels: tuple[Label, ...] = ()
    optional: frozenset[str] = frozenset()
    buckets: tuple[float, ...] = ()
    counts: Unit | None = EVENTS
    native: bool = False
    expected_max: float | None = None
    low: float | None = None
    high: float | None = None
    shared: bool = False
    help: str = ""
    odd_name: str = ""
    since: str = ""
    until: str = ""
    renamed_from: str = ""
    jobs: tuple[str, ...] = ()
    targets: tuple[str, ...] = TARGET
    recorded: bool = False
    open: bool = False

    @property
    def default_counts(self) -> Unit:
        """What one observation is, also where nobody said."""
        return self.counts or EVENTS

    def values_of(self, label: str) -> tuple[str, ...]:
        """The closed set of a label's values; empty where it is open."""
        return next((one.values for one in self.labels if one.name == label), ())


class Series(NamedTuple):
    """What a name in an expression selects.

    Attributes:
        of: the metric that the series belong to.
        part: which of its series; "" for its own name.
        kind: how a value behaves: "counter", "gauge", "bucket", "sum", "count", "histogram" (native), "quantile"
            (of a summary), "bare" (a classic histogram's own name, which has no series) or "unknown".
        unit: of a value, None where nobody said.
        always: labels on every series; `maybe` those that a series may lack.
        values: the closed set of a label's values.
        open: whether there may be further labels.
    """

    of: Exposed
    part: Part
    kind: str
    unit: Unit | None
    always: frozenset[str]
    maybe: frozenset[str]
    values: dict[str, frozenset[str]]
    open: bool = False


def series_of(metric: Exposed, added: frozenset[str] = frozenset()) -> Iterator[tuple[str, Series]]:
    """Every name that selects something of the metric, and a classic histogram's bare name, which does not.

    Args:
        metric: what is exposed.
        added: labels that relabelling may add.
    """
    own = frozenset(one.name for one in metric.labels)
    always = own - metric.optional | frozenset(metric.targets)
    maybe = metric.optional | (added - always)
    values = {one.name: frozenset(one.values) for one in metric.labels if one.values}

    def series(part: Part, kind: str, unit: Unit | None, *extra: str) -> Series:
        return Series(metric, part, kind, unit, always | frozenset(extra), maybe, values, metric.open)

    name, counts = metric.name, metric.counts
    if metric.kind == "histogram":
        yield name, series("", "histogram" if metric.native else "bare", metric.unit)
        if not metric.native:
            bounds = frozenset({*(bound(one) for one in metric.buckets), "+Inf"})
            bucket = series("bucket", "bucket", counts, "le")
            yield f"{name}_bucket", bucket._replace(values=values | {"le": bounds}) if metric.buckets else bucket
            yield f"{name}_sum", series("sum", "sum", metric.unit)
            yield f"{name}_count", series("count", "count", counts)
    elif metric.kind == "summary":
        quantiles = series("", "quantile", metric.unit, "quantile")
        yield name, quantiles
        yield f"{name}_sum", series("sum", "sum", metric.unit)
        yield f"{name}_count", series("count", "count", counts)
    elif metric.recorded and "le" in own:  # somebody's buckets: a value counts, what was counted has the unit
        yield name, series("bucket", "bucket" if metric.kind == "counter" else "bucket rate", counts)
    else:
        yield name, series("", metric.kind, metric.unit)


def bound(value: float) -> str:
    """A bucket's bound as `le` says it: "1.0", "+Inf"."""
    return "+Inf" if value == float("inf") else repr(float(value))


#: What every target exposes, whether it wants to or not.
SCRAPED = (
    Exposed("up", "gauge", BOOL, help="Whether the last scrape of the target worked.", low=0, high=1),
    Exposed("scrape_duration_seconds", "gauge", SECONDS, help="How long the last scrape took."),
    Exposed("scrape_samples_scraped", "gauge", help="How many samples the target exposed."),
    Exposed("scrape_samples_post_metric_relabeling", "gauge", help="How many of them were kept."),
    Exposed("scrape_series_added", "gauge", help="How many series were new."),
)
