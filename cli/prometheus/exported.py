"""What the targets of a live Prometheus export, job by job: each as the page that it would be, and no rule's work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from re import escape
from time import time
from typing import Any, NamedTuple

from cli.errors import Unreachable
from cli.prometheus.answered import Meta, Sample
from cli.prometheus.api import Api
from cli.prometheus.failing import Declined
from queries.catalogs.exposition import OPEN_TYPES, TYPES, Exposition, Samples
from queries.duration import seconds
from queries.labels import TARGET
from queries.promql import quoted

#: So many series are asked for at a time; of a name with more only the labels are, and their values one by one.
AT_ONCE = 10_000
#: A name with so many labels is looked at no closer; Prometheus' own limit for a target is mostly below it.
MOST_LABELS = 40
#: A query's selector stays below what a proxy takes in a form.
MOST_NAMES = 200
#: Seconds in which a series must have had a sample: Prometheus' own lookback.
LOOKBACK = 300.0
PARTS = ("_bucket", "_sum", "_count", "_total", "_info", "_created", "_gsum", "_gcount")


class Exported(NamedTuple):
    """What a Prometheus scrapes.

    Attributes:
        pages: by job, without the labels that scraping added.
        jobs: every job that is scraped, with why none of its targets answers; "" where one does.
        recorded: names that rules make.
        target_labels: what scraping adds to every series, `job` and `instance` first.
        described: names of which some target says what they are, whether or not they have series.
        interval: the longest time between two scrapes, in seconds; None where it does not say.
    """

    pages: Mapping[str, Exposition]
    jobs: Mapping[str, str]
    recorded: frozenset[str]
    target_labels: tuple[str, ...]
    described: frozenset[str]
    interval: float | None = None


def exported(api: Api, jobs: Collection[str] = ()) -> Exported:
    """All of it.

    Args:
        api: the Prometheus.
        jobs: only their pages; none for all.

    Raises:
        RemoteError: it does not answer, or not all of it.
    """
    targets = _targets(api)
    added = dict.fromkeys((*TARGET, *(name for one in targets for name in one["labels"])))
    recorded = frozenset(_recorded(api))
    meta = api.metadata()
    counted = _counted(api, jobs, recorded)
    pages = {}
    for job, group in groupby(sorted(counted.items()), key=lambda one: one[0][0]):
        counts = {name: count for (_, name), count in group}
        pages[job] = _page(api, job, counts, meta, frozenset(added))
    health = _health(targets) if targets else dict.fromkeys(pages, "")
    return Exported(pages, health, recorded, tuple(added), frozenset(meta), _interval(targets))


def _targets(api: Api) -> tuple[Mapping[str, Any], ...]:
    """Whom it scrapes; nobody where it is only asked, and others scrape."""
    try:
        return tuple(one for one in api.targets() if isinstance(one.get("labels"), dict))
    except (Declined, Unreachable):
        return ()


def _recorded(api: Api) -> Iterator[str]:
    try:
        groups = api.rules()
    except (Declined, Unreachable):  # a name with a colon is a rule's all the same
        return
    for group in groups:
        for rule in group.get("rules", ()):
            if rule.get("type") == "recording":
                yield str(rule.get("name"))


def _health(targets: Iterable[Mapping[str, Any]]) -> Mapping[str, str]:
    jobs: dict[str, str] = {}
    for one in targets:
        job = str(one["labels"].get("job", ""))
        down = "" if one.get("health") == "up" else str(one.get("lastError") or "it was not scraped yet")
        jobs[job] = down and jobs.get(job, down)
    return jobs


def _interval(targets: Iterable[Mapping[str, Any]]) -> float | None:
    said = [seconds(one["scrapeInterval"]) for one in targets if one.get("scrapeInterval")]
    return max(said, default=None)


def _counted(api: Api, jobs: Collection[str], recorded: frozenset[str]) -> Mapping[tuple[str, str], int]:
    """How many series each name has in each job."""
    of = "|".join(map(escape, sorted(jobs))) or ".+"
    found = api.query(f"count by (job, __name__) ({{job=~{quoted(of)}}})").samples
    named = ((one.labels.get("job", ""), one.labels.get("__name__", ""), int(one.value)) for one in found)
    return {(job, name): count for job, name, count in named if ":" not in name and name not in recorded}


def _page(
    api: Api, job: str, counts: Mapping[str, int], meta: Mapping[str, tuple[Meta, ...]], added: frozenset[str]
) -> Exposition:
    page = Exposition()
    for name in sorted(counts):
        _about(page, name, meta)
    for names in _batches(counts):
        selector = f"{{job={quoted(job)},__name__=~{quoted('|'.join(map(escape, names)))}}}"
        for sample in api.query(selector).samples:
            _add(page, sample, added)
    for name, count in counts.items():
        if count > AT_ONCE:
            page.samples[name] = _from_afar(api, f"{{job={quoted(job)},__name__={quoted(name)}}}", count, added)
    return page


def _about(page: Exposition, name: str, meta: Mapping[str, tuple[Meta, ...]]) -> None:
    """What its target says of a name, or of the metric of which it is a part."""
    of = next((one for one in (name, *_wholes(name)) if one in meta), name)
    page.names.setdefault(of)
    page.names.setdefault(name)
    told = meta.get(of, ())
    kinds = {one.type for one in told if one.type in TYPES | OPEN_TYPES}
    if len(kinds) == 1:  # targets that do not agree say nothing
        page.types[of] = kinds.pop()
    if told and told[0].help:
        page.helps[of] = told[0].help
    if told and told[0].unit:
        page.units[of] = told[0].unit


def _wholes(name: str) -> Iterator[str]:
    return (name.removesuffix(part) for part in PARTS if name.endswith(part))


def _batches(counts: Mapping[str, int]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for name, count in sorted(counts.items()):
        if count > AT_ONCE:
            continue
        if batch and (size + count > AT_ONCE or len(batch) == MOST_NAMES):
            yield batch
            batch, size = [], 0
        batch.append(name)
        size += count
    if batch:
        yield batch


def _add(page: Exposition, sample: Sample, added: frozenset[str]) -> None:
    name = sample.labels.get("__name__", "")
    labels = [(key, value) for key, value in sample.labels.items() if key not in added and key != "__name__"]
    if all(key != "le" or _is_number(value) for key, value in labels):
        page.add(name, labels, sample.value)


def _from_afar(api: Api, selector: str, count: int, added: frozenset[str]) -> Samples:
    """A name with more series than are looked at one by one; whether some lack a label nobody knows then."""
    now = time()
    samples = Samples(count, least=0.0)
    for label in api.labels([selector], now - LOOKBACK, now)[:MOST_LABELS]:
        if label in added or label == "__name__":
            continue
        values = api.label_values(label, [selector], now - LOOKBACK, now)
        samples.labels[label] = count
        if label == "le":
            samples.bounds.update(float(one) for one in values if _is_number(one))
        else:
            samples.values[label] = set(values)
    return samples


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False
