"""A metric that is a value of Python as a catalog knows it."""

from __future__ import annotations

from queries.exposed import Exposed, Kind
from queries.metric import Gauge, Histogram, Metric, Summary
from queries.unit import EVENTS


def declared(metric: Metric, jobs: tuple[str, ...] = ()) -> Exposed:
    """What its targets expose; `jobs` are those that export it, empty for those of its catalog."""
    histogram = metric if isinstance(metric, Histogram) else None
    gauge = metric if isinstance(metric, Gauge) else None
    counts = metric.counts if isinstance(metric, Histogram | Summary) else EVENTS
    kind: Kind = metric.kind  # type: ignore[assignment] # the four classes' own words
    return Exposed(
        metric.name,
        kind,
        metric.unit,
        metric.own,
        buckets=histogram.buckets if histogram else (),
        counts=counts,
        low=gauge.low if gauge else None,
        high=gauge.high if gauge else None,
        help=metric.help,
        odd_name=metric.odd_name,
        since=metric.since,
        until=metric.until,
        renamed_from=metric.renamed_from,
        jobs=jobs,
        targets=metric.targets,
    )
