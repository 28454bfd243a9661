"""The places that make calls: what is said of each is checked and looked up when it makes its first one, and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from queries.instruments.accepted import Exemplar, shown
from queries.instruments.collectors import REFUSED
from queries.instruments.sites import Ends, Site
from queries.metric import Metric
from queries.source import Mistake, did_you_mean, here

#: The label that mostly says how a call ended, and what it then says: well, by an exception, cancelled.
OUTCOME, WORDS = "status", ("success", "error", "cancelled")


class Wanted(NamedTuple):
    """What is said of a call, as `Instruments.call` and `llm_call` take it.

    Attributes:
        metrics: those that are said, by their options.
    """

    metrics: Mapping[str, Metric]
    outcome: str
    words: tuple[str, str, str]
    labels: Mapping[str, str]

    def of(self, option: str) -> Any:
        """The metric of an option; None where there is none."""
        return self.metrics.get(option)


class Places:
    """Those of one service.

    Args:
        collector: of a metric; Mistake where the service does not export it.
        fault: takes a metric's name, and what was raised while it was counted.
    """

    def __init__(self, collector: Callable[[Any], Any], fault: Callable[[str, Exception], None]) -> None:
        self._collector, self._fault = collector, fault
        self.known: dict[Any, Site] = {}

    def first(self, at: Any, wanted: Wanted) -> Site:
        """The site of a place that is not known yet; known from now on, unless one of its labels is a surprise.

        Raises:
            Mistake: what is said of it can never be counted.
        """
        borne = {one.name for metric in wanted.metrics.values() for one in metric.own}
        for name in wanted.labels.keys() - borne:
            raise Mistake(f"no metric of this call bears {name!r}", fix=did_you_mean(name, borne), where=here())
        site = self._site(wanted)
        site.first_token = self._child(wanted.of("first_token"), wanted.labels)
        site.tokens_in = self._tokens(wanted, "input")
        site.tokens_out = self._tokens(wanted, "output")
        # of surprises, and of what has no hash, there may be any number
        closed = [one for metric in wanted.metrics.values() for one in metric.own if one.values]
        surprise = any(one.name in wanted.labels and wanted.labels[one.name] not in one.values for one in closed)
        if at is not None and not surprise and all(isinstance(one, str) for one in wanted.labels.values()):
            self.known[at] = site
        return site

    def _site(self, wanted: Wanted) -> Site:
        duration, in_flight = wanted.of("duration"), wanted.of("in_flight")
        if in_flight is not None and not in_flight.unit.adds_up:
            raise Mistake(f"{in_flight.name} does not add up", fix="in_flight=..., a gauge of calls", where=here())
        name = next((one.name for one in wanted.metrics.values()), REFUSED.name)
        return Site(
            self._ends(wanted),
            self._child(duration, wanted.labels),
            self._child(in_flight, wanted.labels),
            duration and self._collector(duration),
            partial(self._fault, name),
        )

    def _ends(self, wanted: Wanted) -> Ends | None:
        if (count := wanted.of("count")) is None:
            return None
        own = {one.name: one.values for one in count.own}
        label = wanted.outcome if wanted.outcome in own else ""
        known = own.get(label, ())
        fine, failed, cancelled = wanted.words
        if known and (wrong := {fine, failed} - set(known)):
            fix = f"words=..., of {', '.join(known)}"
            raise Mistake(f"{count.name}: {label} is never {', '.join(sorted(wrong))}", fix=fix, where=here())
        borne = {name: value for name, value in wanted.labels.items() if name in own and name != label}
        words = fine, failed, cancelled if not known or cancelled in known else failed
        return Ends(self._collector(count), label, borne, words)

    def _child(self, metric: Metric | None, labels: Mapping[str, str]) -> Any:
        if metric is None:
            return None
        bears = {one.name for one in metric.own}
        return self._collector(metric).child({name: value for name, value in labels.items() if name in bears})

    def _tokens(self, wanted: Wanted, direction: str) -> Callable[[float], None] | None:
        """What adds tokens: to a counter of their own, or under the direction's value of the label that knows it."""
        metric, labels = wanted.of(f"{direction}_tokens") or wanted.of("tokens"), wanted.labels
        if metric is None:
            return None
        if not wanted.of(f"{direction}_tokens"):
            label = next((one.name for one in metric.own if direction in one.values), None)
            if label is None:
                fix = "input_tokens=..., output_tokens=..."
                raise metric.wrong(f"no label of it knows the value {direction!r}", fix)
            labels = {**labels, label: direction}
        return partial(self._collector(metric).add, self._child(metric, labels))


def wanted(
    metrics: Mapping[str, Any], outcome: str, words: Any, exemplar: Exemplar | None, labels: Mapping[str, str]
) -> Wanted:
    """It, without the options that are not said.

    Raises:
        Mistake: one of them is what it cannot be, mostly because a label bears its name.
    """
    given = {option: one for option, one in metrics.items() if one is not None}
    for option, one in given.items():
        if not isinstance(one, Metric):
            raise _no(option, one, "metric")
    if not (isinstance(words, tuple) and len(words) == len(WORDS)):
        raise _no("words", words, "tuple of three words")
    if exemplar is not None and not callable(exemplar):
        raise _no("exemplar", exemplar, "function")
    if (count := given.get("count")) and outcome not in {OUTCOME, "", *(one.name for one in count.own)}:
        raise _no("outcome", outcome, f"label of {count.name}")
    return Wanted(given, outcome, words, labels)


def joined(labels: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Labels that are said in a mapping, for their names are those of options, and those said as keywords."""
    if not isinstance(labels, Mapping):
        raise _no("labels", labels, "mapping")
    for name in labels.keys() & more.keys():
        raise Mistake(f"the label {name!r} is said twice", fix="in labels={...}, or as a keyword", where=here())
    return {**labels, **more}


def _no(option: str, said: object, wanted: str) -> Mistake:
    fix = f"a label that is called so: labels={{{option!r}: {shown(said)}}}"
    return Mistake(f"{option}={shown(said)} is no {wanted}", fix=fix, where=here())
