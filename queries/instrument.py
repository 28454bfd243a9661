"""A catalog counted by the service itself: each metric is written once, and its collector has the same name and labels.

    inst = Instruments(metrics)
    inst[metrics.LLM_TOKENS].inc(120, model="m", endpoint="/chat", token_type="input")

The only door to prometheus_client, which the extra `dashboards-py[service]` brings; nothing else needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import ModuleType
from typing import TYPE_CHECKING, Any, overload

from queries.instruments import pages
from queries.instruments.accepted import Exemplar
from queries.instruments.calls import Call, LlmCall
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
from queries.instruments.places import OUTCOME, WORDS, Places, joined, wanted
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
        self._places = Places(self.__getitem__, self._fault)
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
        outcome: str = OUTCOME,
        words: tuple[str, str, str] = WORDS,
        exemplar: Exemplar | None = None,
        labels: Mapping[str, str] | None = None,
        **more: str,
    ) -> Call:
        """A call: a context manager (also `async with`) and a decorator.

        Args:
            count: counts calls; its label `outcome` says how they end, by `words`: well, by an exception, cancelled
                (where the label knows no such value, that is an error too).
            duration: of each call, in seconds.
            in_flight: calls that are under way.
            outcome: the label of `count` that says how a call ended; empty where none does.
            words: the values of that label.
            exemplar: makes the exemplar of the duration, as {"trace_id": "..."}.
            labels: those whose names are options here: {"duration": "long"}.
            more: the other labels; of all three metrics, each takes those that it bears.

        Raises:
            Mistake: what is said here can never be counted.
        """
        if labels is not None:
            more = joined(labels, more)
        try:
            names = count and count.name, duration and duration.name, in_flight and in_flight.name
            at: Any = (*names, outcome, words, *more.items())
            site = self._places.known.get(at)
        except (AttributeError, TypeError):  # it is no metric, or has no hash: that is told of where it is looked at
            at = site = None
        if site is None:
            metrics = {"count": count, "duration": duration, "in_flight": in_flight}
            site = self._places.first(at, wanted(metrics, outcome, words, exemplar, more))
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
        outcome: str = OUTCOME,
        words: tuple[str, str, str] = WORDS,
        exemplar: Exemplar | None = None,
        labels: Mapping[str, str] | None = None,
        **more: str,
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
            labels: likewise.
            more: likewise; of all of them.
        """
        if labels is not None:
            more = joined(labels, more)
        every = (tokens, input_tokens, output_tokens, first_token, count, duration, in_flight)
        try:
            at: Any = (*(one and one.name for one in every), outcome, words, *more.items())
            site = self._places.known.get(at)
        except (AttributeError, TypeError):  # likewise
            at = site = None
        if site is None:
            options = ("tokens", "input_tokens", "output_tokens", "first_token", "count", "duration", "in_flight")
            metrics = dict(zip(options, every, strict=True))
            site = self._places.first(at, wanted(metrics, outcome, words, exemplar, more))
        return LlmCall(site, exemplar)

    def mean_of_recent(
        self, gauge: Gauge, recent: int = RECENT, *, labels: Mapping[str, str] | None = None, **more: str
    ) -> Mean:
        """A gauge that is the mean of the last scores that were observed, of retrieval for one; labels as of `call`."""
        return Mean(self[gauge], recent, joined(labels or {}, more))

    def exposition(self, accept: str = "") -> tuple[bytes, str]:
        """What `/metrics` answers, and its content type; OpenMetrics where the request's Accept asks for it."""
        return pages.exposition(self.registry, accept)

    @staticmethod
    def gone(pid: int) -> None:
        """A process of several has ended: its gauges are forgotten. For gunicorn's `child_exit`, or who starts them."""
        pages.gone(pid)

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
