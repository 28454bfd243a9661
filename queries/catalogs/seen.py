"""What running services were seen to export: each metric with its job, the values of its labels, how many series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from queries.catalogs.exposition import Exposition, Samples
from queries.catalogs.scraped import CREATED, metrics_of
from queries.exposed import Exposed, series_of
from queries.labels import Label

NO_VALUES: Mapping[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """A metric as one job exports it.

    Attributes:
        metric: as a catalog would say it; `open` while it has no series.
        job: "" where nobody knows: a page does not say who serves it.
        values: of each label; empty for one that has too many to look at.
        series: how many there are, those of all buckets counted.
    """

    metric: Exposed
    job: str = ""
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    series: int = 0

    @property
    def name(self) -> str:
        """The metric's."""
        return self.metric.name

    @property
    def widest(self) -> tuple[str, int]:
        """The label with the most different values, and how many they are; ("", 0) where it has none."""
        return max(((name, len(those)) for name, those in self.values.items()), key=lambda one: one[1], default=("", 0))


def seen_on(page: Exposition, job: str = "") -> tuple[Seen, ...]:
    """Every metric of a page, in its order, by its name on the wire; `_created` is none."""
    return tuple(_seen(metric, page.samples, job) for metric in metrics_of(page))


def _seen(metric: Exposed, samples: Mapping[str, Samples], job: str) -> Seen:
    parts = [samples[name] for name, _ in series_of(metric) if name in samples]
    values = {
        one.name: frozenset(value for part in parts for value in part.values.get(one.name, ())) for one in metric.labels
    }
    created = samples.get(f"{metric.name.removesuffix('_total')}{CREATED}", Samples())
    return Seen(metric, job, values, sum(part.count for part in parts) + created.count)


def as_catalog(seen: Iterable[Seen], *, few: int = 0) -> tuple[Exposed, ...]:
    """The metrics as a catalog holds them, each name once, whichever jobs export it.

    Args:
        seen: of one job or of several.
        few: a label with at most so many values gets them as its closed set; 0 for none. Nobody has seen the value that
            only comes with the first error, so who closes a set promises that there is no other.
    """
    by_name: dict[str, list[Seen]] = {}
    for one in seen:
        by_name.setdefault(one.name, []).append(one)
    every = {one.job for those in by_name.values() for one in those}
    return tuple(_of_all(those, few, every) for those in by_name.values())


def _of_all(those: list[Seen], few: int, every: set[str]) -> Exposed:
    """What is true of a metric in every job: a label that only one of them has is optional."""
    with_series = [one for one in those if not one.metric.open] or those
    kinds = {one.metric.kind for one in those} - {"unknown"}
    units = {one.metric.unit for one in those}
    names = dict.fromkeys(label.name for one in with_series for label in one.metric.labels)
    lacking = {name for name in names for one in with_series if name not in {each.name for each in one.metric.labels}}
    first = those[0].metric
    jobs = {one.job for one in those}
    return replace(
        first,
        kind=kinds.pop() if len(kinds) == 1 else "unknown",
        unit=units.pop() if len(units) == 1 else None,
        labels=tuple(Label(name, _closed(name, with_series, few)) for name in names),
        optional=frozenset(lacking.union(*(one.metric.optional for one in with_series))),
        buckets=first.buckets if len({one.metric.buckets for one in with_series}) == 1 else (),
        help=next((one.metric.help for one in those if one.metric.help), ""),
        open=all(one.metric.open for one in those),
        jobs=() if jobs == every else tuple(sorted(jobs)),
    )


def _closed(label: str, those: Iterable[Seen], few: int) -> tuple[str, ...]:
    values = frozenset[str]().union(*(one.values.get(label, frozenset()) for one in those))
    return tuple(sorted(values)) if len(values) <= few else ()


def disagreeing(seen: Iterable[Seen]) -> Iterator[str]:
    """Where jobs export one name as metrics of different types: "x is a gauge of a, a counter of b"."""
    kinds: dict[str, dict[str, str]] = {}
    for one in seen:
        if one.metric.kind != "unknown":
            kinds.setdefault(one.name, {}).setdefault(one.metric.kind, one.job)
    for name, of in kinds.items():
        if len(of) > 1:
            yield f"{name} is " + ", ".join(f"a {kind} of {job or 'one page'}" for kind, job in sorted(of.items()))
