"""What a `/metrics` page says of its metrics: the samples of each folded to what a catalog holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import isfinite

from queries.catalogs.exposition import Exposition, Samples
from queries.catalogs.unit_names import named
from queries.exposed import Exposed, Kind
from queries.labels import Label
from queries.unit import BYTES, CELSIUS, EVENTS, JOULES, MILLISECONDS, PERCENT, RATIO, SECONDS, TIMESTAMP, WATTS, Unit

#: The series of a metric by its type, beside what has its own name, and the label that is the format's.
PARTS: Mapping[str, tuple[str, ...]] = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("_sum", "_count")}
OF_THE_FORMAT: Mapping[str, str] = {"histogram": "le", "summary": "quantile"}
CREATED = "_created"
#: What a name's last words say of its unit.
SUFFIXES: Mapping[str, Unit] = {
    "timestamp_seconds": TIMESTAMP,
    "timestamp": TIMESTAMP,
    "milliseconds": MILLISECONDS,
    "microseconds": named("microseconds"),
    "nanoseconds": named("nanoseconds"),
    "seconds": SECONDS,
    "bytes": BYTES,
    "ratio": RATIO,
    "percent": PERCENT,
    "celsius": CELSIUS,
    "watts": WATTS,
    "joules": JOULES,
}
#: Unix time: no duration lasts for thirty years.
LONG_AGO = 1e9


def metrics_of(page: Exposition) -> tuple[Exposed, ...]:
    """Every metric of a page, in its order, by its name on the wire; `_created` is none."""
    fold = _Fold(page)
    return tuple(one for name in page.names for one in fold.metrics(name))


class _Fold:
    """Names one after the other, each sample used once."""

    def __init__(self, page: Exposition) -> None:
        self.page = page
        self.used: set[str] = set()
        self.observed = {name for name, kind in page.types.items() if kind in PARTS or kind == "counter"}

    def metrics(self, name: str) -> Iterator[Exposed]:
        """The metric of a name, the two or three of a `gaugehistogram`, or none where it is a part of another."""
        kind = self.page.types.get(name)
        if name in self.used or (kind in (None, "gauge") and self._is_created(name)):
            return
        if kind is not None and kind in PARTS:
            yield self._observed(name, kind)
        elif kind is not None:
            yield from self._typed(name, kind)
        elif not any(name == f"{of}{part}" for of in self.observed for part in PARTS.get(self.page.types[of], ())):
            yield self._untyped(name)

    def _is_created(self, name: str) -> bool:
        """Whether it only says when a counter or histogram began; `kube_pod_created` is a metric of its own."""
        base = name.removesuffix(CREATED)
        return base != name and bool({base, f"{base}_total"} & self.observed)

    def _observed(self, name: str, kind: str) -> Exposed:
        parts = [name, *(f"{name}{part}" for part in PARTS[kind] if f"{name}{part}" not in self.page.types)]
        found = self._take(parts)
        bounds = {bound for one in found for bound in one.bounds if isfinite(bound)}
        known: Kind = "histogram" if kind == "histogram" else "summary"
        return replace(self._metric(name, name, known, found), buckets=tuple(sorted(bounds)))

    def _typed(self, name: str, kind: str) -> Iterator[Exposed]:
        """The wire has the name, or the name with what OpenMetrics adds to it."""
        if kind == "gaugehistogram":
            for part in ("_bucket", "_gsum", "_gcount"):
                yield self._metric(name, f"{name}{part}", "gauge", self._take([f"{name}{part}"]))
            return
        added = {"counter": "_total", "info": "_info"}.get(kind, "")
        longer = f"{name}{added}"
        says_longer = longer in self.page.samples or (kind == "counter" and self.page.adds_total)
        wire = longer if says_longer and name not in self.page.samples else name
        known: Kind = "counter" if kind == "counter" else "unknown" if kind in ("untyped", "unknown") else "gauge"
        yield self._metric(name, wire, known, self._take([wire]))

    def _untyped(self, name: str) -> Exposed:
        """What nobody gave a type; buckets with `le` are a histogram's all the same."""
        base = name.removesuffix("_bucket")
        parts = [f"{base}{part}" for part in PARTS["histogram"]]
        if base != name and self.page.samples[name].bounds and parts[2] in self.page.samples:
            return self._observed(base, "histogram")
        return self._metric(name, name, "unknown", self._take([name]))

    def _take(self, names: Iterable[str]) -> list[Samples]:
        self.used.update(names := list(names))
        return [self.page.samples[one] for one in names if one in self.page.samples]

    def _metric(self, name: str, wire: str, kind: Kind, found: list[Samples]) -> Exposed:
        count = sum(one.count for one in found)
        with_label: dict[str, int] = {}
        for one in found:
            for label, times in one.labels.items():
                with_label[label] = with_label.get(label, 0) + times
        own = [label for label in with_label if label != OF_THE_FORMAT.get(kind)]
        return Exposed(
            wire,
            kind,
            self._unit(name, wire, kind, found),
            tuple(Label(one) for one in own),
            optional=frozenset(one for one in own if with_label[one] < count),
            counts=None if kind in PARTS else EVENTS,
            help=self.page.helps.get(name, ""),
            open=not count,
        )

    def _unit(self, name: str, wire: str, kind: str, found: list[Samples]) -> Unit | None:
        said = self.page.units.get(name)
        if said:
            try:
                return named(said)
            except ValueError:
                return None
        words = wire.removesuffix("_total") if kind == "counter" else wire
        unit = next((one for word, one in SUFFIXES.items() if words.endswith(f"_{word}")), None)
        if unit == SECONDS and kind == "gauge" and found and min(one.least for one in found) >= LONG_AGO:
            return TIMESTAMP if isfinite(min(one.least for one in found)) else SECONDS
        return None if unit is not None and kind == "counter" and not unit.adds_up else unit
