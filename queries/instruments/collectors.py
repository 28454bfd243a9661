"""A metric of a catalog as its collector: the same name, help, labels and buckets, and no value that it does not allow.

What a service counts may never stop it: a label or an amount that the catalog does not allow is refused, counted as
such, and raised only where somebody tests (`strict`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from math import inf
from operator import itemgetter
from threading import Lock
from typing import Any, Literal, TypeAlias

from queries.instruments import accepted
from queries.labels import label
from queries.metric import Counter, Gauge, Histogram, Metric, Summary
from queries.source import did_you_mean
from queries.unit import counted

#: What stands for a value that a closed label does not know: one more series, and not one for each surprise.
OTHER = "other"
Why: TypeAlias = Literal["value", "labels", "amount"]
#: Takes the name of a metric, why something was refused, and what is to be said of it.
Refuse: TypeAlias = Callable[[str, Why, str], None]

REFUSED = Counter(
    "instrument_refused_total",
    "What was counted and the catalog does not allow: an unknown value of a closed label, wrong labels, no amount.",
    counted("samples"),
    ("metric", label("why", "value", "labels", "amount")),
)


class Collector:
    """One metric, counted; a child is the collector of one combination of labels."""

    def __init__(self, metric: Metric, of: Any, refuse: Refuse, register: Callable[[Any], None]) -> None:
        self.metric, self._of, self._refuse, self._register = metric, of, refuse, register
        self._names = tuple(one.name for one in metric.own)
        self._closed = {one.name: frozenset(one.values) for one in metric.own if one.values}
        self._key: Callable[[Mapping[str, str]], Any] = itemgetter(*self._names) if self._names else lambda _: ()
        self._children: dict[Any, Any] = {}
        self._lock = Lock()
        self._waits = isinstance(metric, Gauge) and not metric.unit.adds_up
        if not self._waits:
            register(of)
            if len(self._closed) == len(self._names):
                self._begin_at_0({})

    def child(self, labels: Mapping[str, str]) -> Any:
        """The collector of these labels; None where the catalog allows none."""
        try:
            if len(labels) == len(self._names):
                return self._children[self._key(labels)]
        except (KeyError, TypeError):
            pass
        return self._first(labels)

    def _first(self, labels: Mapping[str, Any]) -> Any:
        """What was not asked for before."""
        if labels.keys() != set(self._names):
            wrong = sorted(labels.keys() ^ set(self._names))
            fix = did_you_mean(wrong[0], self._names) if wrong[0] in labels else f"it bears {', '.join(self._names)}"
            return self._refuse(self.metric.name, "labels", f"its labels are not {', '.join(labels)}: {fix}")
        said = {name: accepted.text(labels[name]) for name in self._names}
        if bad := [name for name in self._names if said[name] is None]:
            shown = ", ".join(f"{name}={accepted.shown(labels[name])}" for name in bad)
            return self._refuse(self.metric.name, "labels", f"{shown} is no text")
        values = {name: self._allowed(name, str(value)) for name, value in said.items()}
        try:
            made = self._begun(values)
        except Exception as error:  # noqa: BLE001 - a full disk of several processes, another's collector of this name
            return self._refuse(self.metric.name, "labels", f"no series of it can begin: {error}")
        # a value that its closed set does not know is refused each time, and a number may be equal to another label's
        if values == said and all(isinstance(one, str) for one in labels.values()):
            self._children[self._key(labels)] = made
        return made

    def _begun(self, values: Mapping[str, str]) -> Any:
        with self._lock:
            if self._waits:
                self._register(self._of)
                self._waits = False
        if not isinstance(self.metric, Gauge):
            self._begin_at_0(values)
        return self._made(tuple(values.values()))

    def _allowed(self, name: str, value: str) -> str:
        closed = self._closed.get(name)
        if closed is None or value in closed:
            return value
        self._refuse(self.metric.name, "value", f"{name}={value!r}: {did_you_mean(value, closed, of='there are')}")
        return OTHER

    def _begin_at_0(self, values: Mapping[str, str]) -> None:
        """All that the closed labels can be, so that the first of a kind is an increase and not a new series."""
        for combination in _combinations(self._names, self._closed, values):
            self._made(combination)

    def _made(self, values: tuple[str, ...]) -> Any:
        return self._of.labels(*values) if values else self._of

    def no_amount(self, amount: object) -> None:
        """This is none: refused."""
        self._refuse(
            self.metric.name, "amount", f"{accepted.shown(amount)} is nothing that a {self.metric.kind} can take"
        )


def _combinations(
    names: tuple[str, ...], closed: Mapping[str, frozenset[str]], values: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    return product(*(sorted(closed[name]) if name in closed else (values[name],) for name in names))


class CounterCollector(Collector):
    """Counts up."""

    def inc(self, amount: float = 1, /, **labels: str) -> None:
        """So many more."""
        self.add(self.child(labels), amount)

    def add(self, child: Any, amount: float) -> None:
        """So many more of a child that was asked for before."""
        number = accepted.number(amount)
        if number is None or not 0 <= number < inf:
            self.no_amount(amount)
        elif child is not None:
            child.inc(number)


class GaugeCollector(Collector):
    """Holds a value; one that does not add up is not exported before it was set, for 0 would be a claim."""

    def set(self, value: float, /, **labels: str) -> None:
        """It is so much now."""
        number = accepted.number(value)
        if number is None:
            self.no_amount(value)
        elif (child := self.child(labels)) is not None:
            child.set(number)

    def inc(self, amount: float = 1, /, **labels: str) -> None:
        """So many more; of what does not add up, there is no more, and so none is taken."""
        number = accepted.number(amount)
        if number is None or not -inf < number < inf or not self.metric.unit.adds_up:
            self.no_amount(amount)
        elif (child := self.child(labels)) is not None:
            child.inc(number)

    def dec(self, amount: float = 1, /, **labels: str) -> None:
        """So many less."""
        number = accepted.number(amount)
        self.inc(amount if number is None else -number, **labels)

    def set_to_current_time(self, **labels: str) -> None:
        """It is now."""
        child = self.child(labels)
        if child is not None:
            child.set_to_current_time()


class ObservingCollector(Collector):
    """Takes observations; an exemplar, a trace's id, only where there are buckets for it to stand beside."""

    beside_buckets = False

    def witness(self, child: Any, amount: float, said: accepted.Exemplar | Mapping[str, str] | None) -> None:
        """One observation of a child that was asked for before; a wrong exemplar is refused, the observation is not."""
        number = accepted.number(amount)
        if number is None or not -inf < number < inf:
            return self.no_amount(amount)
        if child is None:
            return None
        exemplar = accepted.exemplar(said)
        if exemplar and self.beside_buckets:
            child.observe(number, exemplar)
            return None
        child.observe(number)
        if exemplar != {}:
            self._refuse(self.metric.name, "labels", f"a {self.metric.kind} cannot take this exemplar")
        return None


class HistogramCollector(ObservingCollector):
    """Sorts observations into buckets."""

    beside_buckets = True

    def observe(self, amount: float, /, *, exemplar: Mapping[str, str] | str | None = None, **labels: str) -> None:
        """One observation; the exemplar, a trace's id, stands beside its bucket in OpenMetrics.

        Where a label is called exemplar, the keyword is the label's.
        """
        said: Any = exemplar
        if said is not None and "exemplar" in self._names:
            labels["exemplar"], said = said, None
        self.witness(self.child(labels), amount, said)


class SummaryCollector(ObservingCollector):
    """Counts and adds up observations."""

    def observe(self, amount: float, /, **labels: str) -> None:
        """One observation."""
        self.witness(self.child(labels), amount, None)


def collector(metric: Metric, refuse: Refuse, register: Callable[[Any], None]) -> Collector:
    """The collector of a metric.

    Raises:
        Mistake: prometheus_client cannot expose it under its name.
    """
    import prometheus_client as client  # noqa: PLC0415 - a build reads every module of queries, and counts nothing

    labels = tuple(one.name for one in metric.own)
    said = (metric.name, metric.help, labels)
    if isinstance(metric, Counter):
        if not metric.name.endswith("_total"):
            raise metric.wrong(f"prometheus_client would expose it as {metric.name}_total", "export it by other means")
        return CounterCollector(metric, client.Counter(*said, registry=None), refuse, register)
    if isinstance(metric, Gauge):
        # what adds up is added up over the processes of a service too; of anything else the last word counts
        mode: Any = "livesum" if metric.unit.adds_up else "livemostrecent"
        return GaugeCollector(metric, client.Gauge(*said, registry=None, multiprocess_mode=mode), refuse, register)
    if isinstance(metric, Histogram):
        made = client.Histogram(*said, registry=None, buckets=metric.buckets)
        return HistogramCollector(metric, made, refuse, register)
    if isinstance(metric, Summary):
        return SummaryCollector(metric, client.Summary(*said, registry=None), refuse, register)
    raise metric.wrong("nothing exports this kind of metric")
