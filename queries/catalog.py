"""What targets expose: a catalog of metrics by domain, and several catalogs asked together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from typing import Any

from queries.exposed import SCRAPED, Exposed, Series, series_of
from queries.labels import TARGET

#: How often Prometheus asks, where nobody says otherwise (seconds): its own default is a minute, Grafana's 15 s.
SCRAPE_INTERVAL = 15.0


@dataclass(frozen=True)
class Catalog:
    """The metrics of one domain.

    Attributes:
        domain: "ai_api".
        metrics: what its targets expose.
        jobs: the jobs under which they are scraped; empty where nobody said.
        scrape_interval: seconds between two scrapes.
        target_labels: what scraping puts on every series.
        extra_labels: what relabelling may add to any of them.
        source: the file that it was read from; empty for a shipped one.
        recorded: whether rules made its series and no target exposes them: then it says nothing of jobs or of `up`.
    """

    domain: str
    metrics: tuple[Exposed, ...] = ()
    jobs: tuple[str, ...] = ()
    scrape_interval: float = SCRAPE_INTERVAL
    target_labels: tuple[str, ...] = TARGET
    extra_labels: tuple[str, ...] = ()
    source: str = ""
    recorded: bool = False

    @cached_property
    def series(self) -> Mapping[str, Series]:
        """Every name that an expression can select here, `up` and its like included."""
        added = frozenset(self.extra_labels)
        known: dict[str, Series] = {}
        always = () if self.recorded else _scraped(self.target_labels)
        for metric in (*always, *self.metrics):
            known.update(series_of(metric, added))
        return known


@dataclass(frozen=True)
class Catalogs:
    """Several catalogs asked together; none of them is the state of knowing nothing.

    Attributes:
        catalogs: in the order in which somebody named them.
        external: beginnings of names that are known to come from elsewhere ("kube_").
        strict: whether what no catalog knows does not exist.
    """

    catalogs: tuple[Catalog, ...] = ()
    external: tuple[str, ...] = ()
    strict: bool = False
    _merged: dict[str, Series | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __bool__(self) -> bool:
        """Whether anything is known of what targets expose; recordings alone say nothing of that."""
        return bool(self._exposing)

    @cached_property
    def _exposing(self) -> tuple[Catalog, ...]:
        return tuple(one for one in self.catalogs if not one.recorded)

    def find(self, name: str, jobs: Iterable[str] = ()) -> Series | None:
        """The series of a name, None for a name that no catalog knows.

        Where several catalogs have it, the one counts whose job the selector names; without a job only what they agree
        on is known.

        Args:
            name: as the expression says it.
            jobs: the values that the selector allows for `job`; empty for all.
        """
        if jobs:
            wanted = set(jobs)
            owners = [one for one in self.catalogs if name in one.series and wanted & {*_jobs(one, name)}]
            if owners:
                return reduce(_agreed, (one.series[name] for one in owners))
        if name not in self._merged:
            found = [one.series[name] for one in self.catalogs if name in one.series]
            self._merged[name] = reduce(_agreed, found) if found else None
        return self._merged[name]

    def owners(self, name: str) -> tuple[Catalog, ...]:
        """The catalogs that have the name."""
        return tuple(one for one in self.catalogs if name in one.series)

    @cached_property
    def jobs(self) -> frozenset[str]:
        """Every job that a catalog names; empty as long as one does not say its jobs."""
        if not all(one.jobs for one in self._exposing):
            return frozenset()
        return frozenset(job for one in self._exposing for job in one.jobs)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that an expression can select."""
        return frozenset(name for one in self.catalogs for name in one.series)

    @cached_property
    def scrape_interval(self) -> float:
        """The longest time between two scrapes of any target."""
        return max((one.scrape_interval for one in self._exposing), default=SCRAPE_INTERVAL)

    def interval_of(self, name: str) -> float:
        """The longest time between two scrapes of whoever exposes the name."""
        return max((one.scrape_interval for one in self.owners(name)), default=self.scrape_interval)

    def with_metrics(self, metrics: Iterable[Exposed], domain: str) -> Catalogs:
        """These and a further catalog: what recording rules made."""
        made = Catalog(domain, tuple(metrics), scrape_interval=self.scrape_interval, target_labels=(), recorded=True)
        return Catalogs((*self.catalogs, made), self.external, self.strict)


#: What a metric says of its values, and what stands there when nobody says it.
_UNSAID: Mapping[str, Any] = {
    "kind": "unknown",
    "unit": None,
    "counts": None,
    "buckets": (),
    "native": False,
    "expected_max": None,
    "low": None,
    "high": None,
    "shared": False,
}
#: Nothing is known, so nothing is guessed.
NOTHING = Catalogs()


def _scraped(targets: tuple[str, ...]) -> Iterable[Exposed]:
    return (replace(one, targets=targets) for one in SCRAPED)


def _jobs(catalog: Catalog, name: str) -> tuple[str, ...]:
    return catalog.series[name].of.jobs or catalog.jobs


def _agreed(one: Series, other: Series) -> Series:
    """What is true of either: a label that only one of them has is no longer on every series."""
    if one == other:
        return one
    always = one.always & other.always
    maybe = (one.always | one.maybe | other.always | other.maybe) - always
    values = {name: one.values[name] | other.values[name] for name in one.values.keys() & other.values.keys()}
    kind = one.kind if one.kind == other.kind else "unknown"
    unit = one.unit if one.unit == other.unit else None
    return Series(_of_both(one.of, other.of), one.part, kind, unit, always, maybe, values, one.open or other.open)


def _of_both(one: Exposed, other: Exposed) -> Exposed:
    """The metric with that alone in which its catalogs agree."""
    differing = {name: unsaid for name, unsaid in _UNSAID.items() if getattr(one, name) != getattr(other, name)}
    return replace(one, **differing)
