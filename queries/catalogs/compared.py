"""Catalogs beside what the running services export: what is unknown, what is missing, what differs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from queries.catalog import Catalog
from queries.catalogs.difference import KINDS, Compared, Difference
from queries.catalogs.differing import differing, unseen
from queries.catalogs.renaming import renamed
from queries.catalogs.scraped import PARTS
from queries.catalogs.seen import Seen
from queries.catalogs.untyped import lacks_type, untyped, whole_of
from queries.exposed import SCRAPED, Exposed

#: What a language's client says of its process, and an exporter of its machine: never the service's own words.
RUNTIME = re.compile(
    r"(?:go|python|promhttp|jvm|nodejs)_.*|(?:node|nginx|nginxexporter|prometheus)_.*"
    r"|process_(?:cpu_seconds_total|(?:open|max)_fds|start_time_seconds|threads|heap_bytes"
    r"|(?:virtual|resident)_memory(?:_max)?_bytes|network_(?:receive|transmit)_bytes_total)"
)
#: What Prometheus itself adds, and `queries.instrument` to every service.
ALWAYS = frozenset({*(one.name for one in SCRAPED), "ALERTS", "ALERTS_FOR_STATE", "instrument_refused_total"})
#: Scraping adds more of them where somebody asks for it: `scrape_timeout_seconds`.
OF_A_SCRAPE = re.compile(r"scrape_(?:timeout_seconds|sample_limit|body_size_bytes)")
#: What a service that just began may still come to.
UNSET = "a gauge that nobody set yet is not exported: again, after some traffic"


@dataclass(frozen=True, slots=True)
class Live:
    """What was seen of the running services.

    Attributes:
        seen: every metric of every job.
        jobs: those that are scraped, each with why none of its targets answers ("" for one that does); None where
            nobody knows: a page is of no job.
        recorded: names that rules make.
        described: names of which some target says what they are, whether or not they have series.
    """

    seen: tuple[Seen, ...]
    jobs: Mapping[str, str] | None = None
    recorded: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()


def compared(catalogs: Sequence[Catalog], live: Live, *, ignore: Collection[str] = ()) -> Compared:
    """Every difference.

    Args:
        catalogs: what is promised.
        live: what is there.
        ignore: patterns of names that are not compared: "nv_*".
    """
    return _Comparison([one for one in catalogs if not one.recorded], live, ignore).compared()


def owners(catalog: Catalog, metric: Exposed) -> frozenset[str]:
    """The jobs that should export it; none where nobody said."""
    return frozenset(metric.jobs or catalog.jobs)


class _Comparison:
    def __init__(self, catalogs: Sequence[Catalog], live: Live, ignore: Collection[str]) -> None:
        self.catalogs, self.live, self.ignore = catalogs, live, ignore
        self.aside: Counter[str] = Counter()
        self.unseen: list[str] = []
        self.unknown: list[Seen] = []
        self.found: list[Difference] = []
        self.by_name: dict[str, list[Seen]] = {}
        for one in live.seen:
            self.by_name.setdefault(one.name, []).append(one)

    def compared(self) -> Compared:
        for one in self.live.seen:
            self._exported(one)
        promised = [(of, one) for of in self.catalogs for one in of.metrics if not self._ignored(one.name)]
        missing = list(self._missing(promised))
        found = renamed((one for _, one in missing), self.unknown)
        self.found += (_renamed(one, found[one.name]) for _, one in missing if one.name in found)
        self.found += self._not_there((of, one) for of, one in missing if one.name not in found)
        new = {id(one) for one in found.values()}
        self.found += (_unknown(one) for one in self.unknown if id(one) not in new)
        ordered = sorted(set(self.found), key=lambda one: (KINDS.index(one.kind), one.metric, one.job, one.what))
        return Compared(tuple(ordered), tuple(sorted(set(self.unseen))), dict(self.aside), len(promised))

    def _exported(self, one: Seen) -> None:
        """One metric of one job: aside, unknown, or beside what is promised of it."""
        if one.name in ALWAYS or one.name in self.live.recorded or OF_A_SCRAPE.fullmatch(one.name):
            return
        if self._ignored(one.name):
            self.aside["ignored"] += 1
            return
        here = [of for of in self.catalogs if not one.job or not jobs_of(of) or one.job in jobs_of(of)]
        if not here:
            self.aside[f"job {one.job}"] += 1
            return
        named = [(of, metric) for of in here for metric in of.metrics if metric.name == one.name]
        declared = [(of, each) for of, each in named if not one.job or one.job in (owners(of, each) or {one.job})]
        for of, metric in declared:
            if lacks_type(metric, one):
                self._untyped(metric, one)
                if metric.kind in PARTS:  # whose labels belong to its type
                    continue
            self.found += differing(metric, one, frozenset((*of.extra_labels, *of.target_labels)))
            self.unseen += unseen(metric, one)
        if declared:
            return
        if named:
            of, metric = named[0]
            whose = tuple(sorted(owners(of, metric)))
            what = f"is exported by the job {one.job}, and the catalog says {', '.join(whose)}"
            self.found.append(Difference("job", one.name, one.job, what, whose, (one.job,)))
        elif (whole := whole_of(one, (each for of in here for each in of.metrics))) is not None:
            self.by_name.setdefault(whole.name, []).append(one)
            self._untyped(whole, one)
        elif RUNTIME.fullmatch(one.name):
            self.aside["runtime"] += 1
        else:
            self.unknown.append(one)

    def _untyped(self, metric: Exposed, one: Seen) -> None:
        """A page says its types itself; a Prometheus may not have heard them."""
        if self.live.jobs is None:
            self.found.append(untyped(metric, one))

    def _missing(self, promised: Iterable[tuple[Catalog, Exposed]]) -> Iterator[tuple[Catalog, Exposed]]:
        for of, metric in promised:
            jobs = owners(of, metric)
            if any(not one.job or not jobs or one.job in jobs for one in self.by_name.get(metric.name, ())):
                continue
            if metric.until:
                self.unseen.append(f"{metric.name}: versions after {metric.until} have it no more")
            else:
                yield of, metric

    def _not_there(self, gone: Iterable[tuple[Catalog, Exposed]]) -> Iterator[Difference]:
        """What nobody exports; all of a job at once where the job is not there."""
        absent: Counter[tuple[str, ...]] = Counter()
        for of, metric in gone:
            jobs = tuple(sorted(owners(of, metric)))
            up = self.live.jobs is None or not jobs or any(self.live.jobs.get(one) == "" for one in jobs)
            if up and self._described(metric):
                self.unseen.append(f"{metric.name}: it has no series yet")
            elif up:
                what = "is in the catalog, and nobody exports it"
                hint = UNSET if metric.kind == "gauge" else ""
                yield Difference("missing", metric.name, ", ".join(jobs), what, (metric.name,), (), hint)
            else:
                absent[jobs] += 1
        for jobs, count in absent.items():
            named = ", ".join(jobs)
            why = next((self.live.jobs[one] for one in jobs if self.live.jobs and one in self.live.jobs), "")
            what = f"does not answer: {why}" if why else "is not scraped"
            hint = "[jobs] in dash.toml says another name; --ignore leaves metrics out" if not why else ""
            yield Difference(
                "job", "", named, f"{what}, and {count} of the catalog's metrics are its own", jobs, (), hint
            )

    def _described(self, metric: Exposed) -> bool:
        """Whether a target says what it is; OpenMetrics does so without its `_total`."""
        return not self.live.described.isdisjoint((metric.name, metric.name.removesuffix("_total")))

    def _ignored(self, name: str) -> bool:
        return any(fnmatchcase(name, one) for one in self.ignore)


def jobs_of(of: Catalog) -> frozenset[str]:
    """Every job that a catalog speaks of; none where some metric of it may be anybody's."""
    whose = [owners(of, one) for one in of.metrics]
    return frozenset() if not all(whose) else frozenset(of.jobs).union(*whose)


def _renamed(old: Exposed, new: Seen) -> Difference:
    if old.renamed_from == new.name:
        what = f"is exported, the old name of {old.name}: the service is older than the catalog"
        return Difference("renamed", new.name, new.job, what, (old.name,), (new.name,))
    what = f"is exported, and {old.name} of the catalog no more: probably renamed"
    hint = f"name: {new.name}, renamed_from: {old.name} in the catalog, or its old name in the service"
    return Difference("renamed", new.name, new.job, what, (old.name,), (new.name,), hint)


def _unknown(one: Seen) -> Difference:
    what = f"is exported ({one.metric.kind}, {one.series} series), and no catalog has it"
    return Difference("unknown", one.name, one.job, what, (), (one.name,))
