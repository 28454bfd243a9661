"""A catalog as people write it: YAML in, a `Catalog` out, or every fault with its line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any

from queries.catalog import SCRAPE_INTERVAL, Catalog
from queries.catalogs.not_a_catalog import NotACatalog, Problem
from queries.catalogs.schema import faults, plain, schema
from queries.catalogs.schema_fit import fits
from queries.catalogs.unit_names import named
from queries.catalogs.yaml_members import LONGEST, Member, Path, decoded, members
from queries.duration import seconds
from queries.exposed import Exposed, Kind
from queries.labels import TARGET, Label
from queries.source import Mistake, did_you_mean
from queries.unit import EVENTS, Unit

#: The labels that Prometheus or the format itself puts there.
RESERVED = {"histogram": "le", "summary": "quantile"}
#: What one observation is can only be said of these.
OBSERVED = frozenset({"histogram", "summary"})


def read_catalog(data: bytes, file: str, longest: int = LONGEST) -> Catalog:
    """The catalog that a file says.

    Args:
        data: the file's bytes.
        file: as the person named it, for messages.
        longest: how many bytes are read at most.

    Raises:
        NotACatalog: it says none; every fault has its line and column.
    """
    root = members(decoded(data, file, longest), file)
    said = plain(root)
    wrong = [] if fits(said, schema(), schema()) else list(faults(said, root, file))
    if not wrong:
        wrong = list(_File(root, said, file).problems())
    if wrong:
        raise NotACatalog(wrong)
    return _catalog(said, file)


def _catalog(said: Mapping[str, Any], file: str) -> Catalog:
    targets = _words(said["target_labels"]) if "target_labels" in said else TARGET
    return Catalog(
        said["domain"],
        tuple(_exposed(one, targets) for one in said["metrics"]),
        _words(said.get("jobs")),
        _interval(said.get("scrape_interval", SCRAPE_INTERVAL)),
        targets,
        _words(said.get("extra_labels")),
        file,
    )


def _exposed(said: Mapping[str, Any], targets: tuple[str, ...]) -> Exposed:
    values = said.get("values") or {}
    kind: Kind = said.get("type") or "unknown"
    counts = _unit(said.get("counts"))
    return Exposed(
        said["name"],
        kind,
        _unit(said.get("unit")),
        tuple(Label(name, _words(own or values.get(name))) for name, own in (said.get("labels") or {}).items()),
        optional=frozenset(said.get("optional") or ()),
        buckets=tuple(said.get("buckets") or ()),
        counts=counts if kind in OBSERVED else EVENTS,
        native=bool(said.get("native")),
        expected_max=said.get("expected_max"),
        low=said.get("low"),
        high=said.get("high"),
        shared=bool(said.get("shared")),
        help=said.get("help") or "",
        odd_name=said.get("odd_name") or "",
        since=said.get("since") or "",
        until=said.get("until") or "",
        renamed_from=said.get("renamed_from") or "",
        jobs=_words(said.get("jobs")),
        targets=targets,
        open=bool(said.get("open")),
    )


def _words(said: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(said or ())


def _unit(said: str | None) -> Unit | None:
    return None if said is None else named(said)


def _interval(said: str | float) -> float:
    return seconds(said) if isinstance(said, str) else said


class _File:
    """What a schema cannot say: what stands there twice, what contradicts something else."""

    def __init__(self, root: Member, said: Mapping[str, Any], file: str) -> None:
        self.root, self.said, self.file = root, said, file

    def problems(self) -> Iterator[Problem]:
        """Every fault of a catalog that its schema lets pass."""
        try:
            if not isfinite(_interval(self.said.get("scrape_interval", SCRAPE_INTERVAL))):
                yield self._at(("scrape_interval",), "scrape_interval is no length of time", "15s")
        except Mistake as error:
            yield self._at(("scrape_interval",), error.what, error.fix)
        for name in ("jobs", "target_labels", "extra_labels"):
            yield from self._twice((name,), self.said.get(name))
        seen: dict[str, int] = {}
        for index, metric in enumerate(self.said["metrics"]):
            path = ("metrics", index)
            if metric["name"] in seen:
                first = self.root.at(("metrics", seen[metric["name"]])).line
                yield self._at((*path, "name"), f"{metric['name']!r} stands there already, in line {first}")
            seen.setdefault(metric["name"], index)
            yield from self._metric(metric, path)

    def _metric(self, said: Mapping[str, Any], path: Path) -> Iterator[Problem]:
        kind, native = said.get("type") or "unknown", bool(said.get("native"))
        yield from self._labels(said, path, "" if native else RESERVED.get(kind, ""))
        yield from self._numbers(said, path)
        for name in ("unit", "counts"):
            try:
                _unit(said.get(name))
            except ValueError as error:
                yield self._at((*path, name), str(error), "tokens per second")
        if said.get("counts") and kind not in OBSERVED:
            yield self._at((*path, "counts"), f"what one observation counts, of a {kind}", "type: histogram")
        if native and (kind != "histogram" or said.get("buckets")):
            what = "a native histogram's buckets" if kind == "histogram" else f"a native {kind}"
            yield self._at((*path, "native"), what, "only a histogram is native, and then it has no buckets")
        if said.get("buckets") and kind != "histogram":
            yield self._at((*path, "buckets"), f"buckets of a {kind}", "type: histogram")
        known = self.said.get("jobs") or ()
        for index, job in enumerate(said.get("jobs") or ()):
            if known and job not in known:
                fix = did_you_mean(job, known, of="the catalog's")
                yield self._at((*path, "jobs", index), f"{job!r} is no job of this catalog", fix)

    def _labels(self, said: Mapping[str, Any], path: Path, reserved: str) -> Iterator[Problem]:
        labels, apart = said.get("labels") or {}, said.get("values") or {}
        for name, own in labels.items():
            if name in ("__name__", reserved):
                what = f"label {name!r} is there of itself"
                yield self._at((*path, "labels", name), what, "leave it out", key=True)
            if own and apart.get(name):
                yield self._at((*path, "values", name), f"the values of {name!r} are said twice", "once", key=True)
            yield from self._twice((*path, "labels", name), own)
        for name, values in apart.items():
            yield from self._known_label((*path, "values", name), name, labels, key=True)
            yield from self._twice((*path, "values", name), values)
        for index, name in enumerate(said.get("optional") or ()):
            yield from self._known_label((*path, "optional", index), name, labels)
        yield from self._twice((*path, "optional"), said.get("optional"))
        yield from self._twice((*path, "jobs"), said.get("jobs"))

    def _known_label(self, path: Path, name: str, labels: Mapping[str, Any], *, key: bool = False) -> Iterator[Problem]:
        if name not in labels:
            yield self._at(path, f"{name!r} is none of its labels", did_you_mean(name, labels), key=key)

    def _numbers(self, said: Mapping[str, Any], path: Path) -> Iterator[Problem]:
        buckets = said.get("buckets") or []
        for name in ("expected_max", "low", "high"):
            if said.get(name) is not None and not isfinite(said[name]):
                yield self._at((*path, name), f"{name} is {said[name]:g}", "leave it out where there is no limit")
        for index, bound in enumerate(buckets):
            if not isfinite(bound):
                yield self._at(
                    (*path, "buckets", index), f"a bucket of {bound:g}", "+Inf is always there: leave it out"
                )
        for index, (one, following) in enumerate(pairwise(buckets), start=1):
            if following <= one:
                what = f"the buckets do not rise: {following:g} after {one:g}"
                yield self._at((*path, "buckets", index), what)
        low, high = said.get("low"), said.get("high")
        if low is not None and high is not None and low > high:
            yield self._at((*path, "high"), f"the greatest value {high:g} is below the least, {low:g}", "swap them")

    def _twice(self, path: Path, words: Sequence[str] | None) -> Iterator[Problem]:
        seen: set[str] = set()
        for index, word in enumerate(words or ()):
            if word in seen:
                yield self._at((*path, index), f"{word!r} stands there twice")
            seen.add(word)

    def _at(self, path: Path, what: str, fix: str = "", *, key: bool = False) -> Problem:
        here = self.root.at(path)
        line, column = self.root.key(path) if key else (here.line, here.column)
        return Problem(self.file, line, column, what, fix)
