"""A catalog counted by the service itself: each metric is written once, and its collector has the same name and labels.

    inst = Instruments(metrics)
    inst[metrics.LLM_TOKENS].inc(120, model="m", endpoint="/chat", token_type="input")

The only door to prometheus_client, which the extra `dashboards-py[service]` brings; nothing else needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from queries.instruments import pages
from queries.instruments.accepted import Exemplar
from queries.instruments.calls import Call, Ends, LlmCall, Site
from queries.instruments.collectors import (
    REFUSED,
    Collector,
    CounterCollector,
    GaugeCollector,
    HistogramCollector,
    SummaryCollector,
    Why,
    collector,
)
from queries.instruments.exported import assert_exports
from queries.instruments.recent import Mean
from queries.metric import Counter, Gauge, Histogram, Metric, Role, Summary
from queries.source import Mistake, did_you_mean, here

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

__all__ = ["REFUSED", "Instruments", "Refused", "assert_exports"]

#: Scores that a mean of the recent ones is of.
RECENT = 100


class Refused(ValueError):
    """What the catalog does not allow was counted; raised only by strict instruments."""


class Asked(NamedTuple):
    """What of a call is measured, as `Instruments.call` says it."""

    counts: Counter | None
    duration: Histogram | Summary | None
    in_flight: Gauge | None
    outcome: str
    words: tuple[str, str, str]


class Instruments:
    """The collectors of a catalog, or of one role of it; safe to share between threads.

    Args:
        of: modules with metrics, or metrics.
        role: only what this role exports; a domain may have several.
        registry: prometheus_client's; one of its own by default, so that two apps of a process do not mix.
        strict: whether what the catalog does not allow is raised. For tests: in production it is refused and counted.
    """

    def __init__(
        self,
        *of: ModuleType | Metric | Iterable[Metric],
        role: Role | None = None,
        registry: CollectorRegistry | None = None,
        strict: bool = False,
    ) -> None:
        try:
            from prometheus_client import CollectorRegistry  # noqa: PLC0415 - a build reads every module of queries
        except ImportError as error:
            raise ImportError('to count, prometheus_client is needed: pip install "dashboards-py[service]"') from error
        self.registry = registry or CollectorRegistry()
        self.strict = strict
        self._refused = collector(REFUSED, self._never, self.registry.register)
        self._collectors: dict[str, Collector] = {REFUSED.name: self._refused}
        self._sites: dict[Any, Site] = {}
        for metric in metrics_of(*of, role=role):
            if metric.name in self._collectors:
                raise metric.wrong("two metrics of one service are called so", "role=..., one service each")
            self._collectors[metric.name] = collector(metric, self._refuse, self.registry.register)

    @overload
    def __getitem__(self, metric: Counter) -> CounterCollector: ...
    @overload
    def __getitem__(self, metric: Gauge) -> GaugeCollector: ...
    @overload
    def __getitem__(self, metric: Histogram) -> HistogramCollector: ...
    @overload
    def __getitem__(self, metric: Summary) -> SummaryCollector: ...
    def __getitem__(self, metric: Metric) -> Any:
        """The collector of a metric; Mistake where this service does not export it."""
        found = self._collectors.get(metric.name)
        if found is None or found.metric != metric:
            fix = did_you_mean(metric.name, self._collectors, of="it exports")
            raise Mistake(f"{metric.name} is not exported here", fix=fix, where=here())
        return found

    def call(
        self,
        *,
        count: Counter | None = None,
        duration: Histogram | Summary | None = None,
        in_flight: Gauge | None = None,
        outcome: str = "status",
        words: tuple[str, str, str] = ("success", "error", "cancelled"),
        exemplar: Exemplar | None = None,
        **labels: str,
    ) -> Call:
        """A call: a context manager (also `async with`) and a decorator.

        Args:
            count: counts calls; its label `outcome` says how they end, by `words`: well, by an exception, cancelled
                (where the label knows no such value, that is an error too).
            duration: of each call, in seconds.
            in_flight: calls that are under way.
            outcome: the label of `count` that says how a call ended; one that it does not bear is left out.
            words: the values of that label.
            exemplar: makes the exemplar of the duration, as {"trace_id": "..."}.
            labels: of all three; each takes those that it bears.
        """
        names = (count and count.name, duration and duration.name, in_flight and in_flight.name)
        at = (*names, outcome, words, *labels.items())
        site = self._known(at)
        if site is None:
            every = (count, duration, in_flight)
            self._check(labels, every)
            site = self._site(Asked(*every, outcome, words), labels)
            self._keep(at, site, labels, every)
        return Call(site, exemplar)

    def llm_call(
        self,
        *,
        tokens: Counter | None = None,
        input_tokens: Counter | None = None,
        output_tokens: Counter | None = None,
        first_token: Histogram | Summary | None = None,
        count: Counter | None = None,
        duration: Histogram | Summary | None = None,
        in_flight: Gauge | None = None,
        outcome: str = "status",
        words: tuple[str, str, str] = ("success", "error", "cancelled"),
        exemplar: Exemplar | None = None,
        **labels: str,
    ) -> LlmCall:
        """A call of a language model: a `call` that also counts tokens and times the first one.

        Args:
            tokens: one counter for both directions, told apart by a label with the values input and output.
            input_tokens: a counter of its own for what the model read.
            output_tokens: likewise for what it wrote.
            first_token: the time until the model begins to speak, in seconds.
            count: as for `call`.
            duration: likewise.
            in_flight: likewise.
            outcome: likewise.
            words: likewise.
            exemplar: likewise.
            labels: of all of them; each takes those that it bears.
        """
        every = (tokens, input_tokens, output_tokens, first_token, count, duration, in_flight)
        at = (*(one and one.name for one in every), outcome, words, *labels.items())
        site = self._known(at)
        if site is None:
            self._check(labels, every)
            site = self._site(Asked(count, duration, in_flight, outcome, words), labels)
            site.first_token = self._child(first_token, labels)
            site.tokens_in = self._tokens(input_tokens, labels) or self._tokens(tokens, labels, "input")
            site.tokens_out = self._tokens(output_tokens, labels) or self._tokens(tokens, labels, "output")
            self._keep(at, site, labels, every)
        return LlmCall(site, exemplar)

    def mean_of_recent(self, gauge: Gauge, recent: int = RECENT, **labels: str) -> Mean:
        """A gauge that is the mean of the last scores that were observed, of retrieval for one."""
        return Mean(self[gauge], recent, labels)

    def exposition(self, accept: str = "") -> tuple[bytes, str]:
        """What `/metrics` answers, and its content type; OpenMetrics where the request's Accept asks for it."""
        return pages.exposition(self.registry, accept)

    @staticmethod
    def gone(pid: int) -> None:
        """A process of several has ended: its gauges are forgotten. For gunicorn's `child_exit`, or who starts them."""
        pages.gone(pid)

    def _known(self, at: tuple[Any, ...]) -> Site | None:
        try:
            return self._sites.get(at)
        except TypeError:  # a label that has no hash is refused when its series is asked for
            return None

    def _keep(self, at: Any, site: Site, labels: Mapping[str, str], every: Iterable[Metric | None]) -> None:
        """For the next call of the place; not with a surprise for a label: there may be any number of them."""
        closed = [one for metric in every if metric is not None for one in metric.own if one.values]
        surprise = any(one.name in labels and labels[one.name] not in one.values for one in closed)
        if not surprise and all(isinstance(one, str) for one in labels.values()):
            self._sites[at] = site

    def _site(self, asked: Asked, labels: Mapping[str, str]) -> Site:
        if (gauge := asked.in_flight) is not None and not gauge.unit.adds_up:
            raise Mistake(f"{gauge.name} does not add up", fix="in_flight=..., a gauge of calls", where=here())
        timed: Any = asked.duration and self[asked.duration]
        duration, in_flight = self._child(asked.duration, labels), self._child(gauge, labels)
        name = next((one.name for one in asked[:3] if isinstance(one, Metric)), REFUSED.name)
        return Site(self._ends(asked, labels), duration, in_flight, timed, partial(self._fault, name))

    def _ends(self, asked: Asked, labels: Mapping[str, str]) -> Ends | None:
        if (count := asked.counts) is None:
            return None
        own = {one.name: one.values for one in count.own}
        label = asked.outcome if asked.outcome in own else ""
        known = own.get(label, ())
        fine, failed, cancelled = asked.words
        if known and (wrong := {fine, failed} - set(known)):
            fix = f"words=..., of {', '.join(known)}"
            raise Mistake(f"{count.name}: {label} is never {', '.join(sorted(wrong))}", fix=fix, where=here())
        borne = {name: value for name, value in labels.items() if name in own and name != label}
        return Ends(self[count], label, borne, (fine, failed, cancelled if not known or cancelled in known else failed))

    def _check(self, labels: Mapping[str, str], given: Iterable[Metric | None]) -> None:
        """Labels that none of the metrics bears are a mistake at the place of the call, not in production at night."""
        borne = {one.name for metric in given if metric is not None for one in metric.own}
        for name in labels.keys() - borne:
            raise Mistake(f"no metric of this call bears {name!r}", fix=did_you_mean(name, borne), where=here())

    def _child(self, metric: Any, labels: Mapping[str, str]) -> Any:
        if metric is None:
            return None
        bears = {one.name for one in metric.own}
        found: Collector = self[metric]
        return found.child({name: value for name, value in labels.items() if name in bears})

    def _tokens(self, metric: Counter | None, labels: Mapping[str, str], direction: str = "") -> Any:
        if metric is None:
            return None
        if direction:
            label = next((one.name for one in metric.own if direction in one.values), None)
            if label is None:
                fix = "input_tokens=..., output_tokens=..."
                raise metric.wrong(f"no label of it knows the value {direction!r}", fix)
            labels = {**labels, label: direction}
        return partial(self[metric].add, self._child(metric, labels))

    def _refuse(self, metric: str, why: Why, said: str) -> None:
        if self.strict:
            raise Refused(f"{metric}: {said}")
        with suppress(Exception):  # the disk of several processes is full: nothing can be counted, nor that
            self._refused.child({"metric": metric, "why": why}).inc()

    def _fault(self, metric: str, error: Exception) -> None:
        if self.strict:
            raise error
        self._refuse(metric, "amount", str(error))

    def _never(self, metric: str, why: Why, said: str) -> None:
        raise AssertionError((metric, why, said))


def metrics_of(*of: ModuleType | Metric | Iterable[Metric], role: Role | None = None) -> tuple[Metric, ...]:
    """The metrics of modules and of lists, each once, in their order; of one role if that is said."""
    found: dict[int, Metric] = {}
    for one in of:
        for metric in _listed(one):
            if isinstance(metric, Metric) and (role is None or metric.role == role):
                found.setdefault(id(metric), metric)
    return tuple(found.values())


def _listed(of: ModuleType | Metric | Iterable[Metric]) -> Iterable[object]:
    if isinstance(of, ModuleType):
        return vars(of).values()
    return (of,) if isinstance(of, Metric) else of
