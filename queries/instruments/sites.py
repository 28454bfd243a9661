"""A place of the code that makes calls: what is the same for all of them is looked up once, and bound.

A call itself is five numbers changed: looking one up costs as much as changing it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from queries.instruments import bound
from queries.instruments.accepted import Exemplar
from queries.instruments.collectors import Collector, ObservingCollector


class Ends:
    """The counter of a site by how its calls end."""

    __slots__ = ("_children", "_label", "_labels", "_of", "cancelled", "failed", "fine")

    def __init__(self, of: Collector, label: str, labels: Mapping[str, str], words: tuple[str, str, str]) -> None:
        self._of, self._label, self._labels = of, label, labels
        self.fine, self.failed, self.cancelled = words
        self._children: dict[str, Any] = {}  # of its three words

    def child(self, outcome: str) -> Any:
        """The collector of those that ended so; None where the catalog allows none."""
        child = self._children.get(outcome) if isinstance(outcome, str) else None
        if child is None:
            labels = {**self._labels, self._label: outcome} if self._label else self._labels
            child = self._of.child(labels)
            if child is not None and outcome in (self.fine, self.failed, self.cancelled):
                self._children[outcome] = child
        return child

    def word(self, error: BaseException | None) -> str:
        """What a call is counted as that ended so."""
        if error is None:
            return self.fine
        from asyncio import CancelledError  # noqa: PLC0415 - what reads our sources need not load it

        # a caller who has gone is nobody's error
        return self.cancelled if isinstance(error, CancelledError | GeneratorExit) else self.failed


class Site:
    """A place that makes calls: its collectors with their labels; each may be missing.

    Args:
        ends: its counter.
        duration: the child that times are told to; `timed` is its collector, which knows what an exemplar may be.
        in_flight: the child that goes up and down.
        fault: takes what was raised while it was counted; raises it itself only where somebody tests.
    """

    __slots__ = (
        *("_duration", "_ends", "_over", "_timed", "_times", "_well"),
        *("begin", "fault", "first_token", "tokens_in", "tokens_out"),
    )

    def __init__(
        self,
        ends: Ends | None,
        duration: Any,
        in_flight: Any,
        timed: ObservingCollector | None,
        fault: Callable[[Exception], None],
    ) -> None:
        self._ends, self._duration, self._timed, self.fault = ends, duration, timed, fault
        self._times: Callable[[float], None] = bound.observing(duration)
        self._over: Callable[[], None] = bound.down(in_flight)
        self._well: Callable[[], None] = bound.nothing if ends is None else self._first_well
        self.begin: Callable[[], None] = bound.up(in_flight)
        self.first_token: Any = None
        self.tokens_in: Callable[[float], None] | None = None
        self.tokens_out: Callable[[float], None] | None = None

    def end(self, took: float, outcome: str, error: BaseException | None, exemplar: Exemplar | None) -> None:
        """A call is over that took so many seconds; an outcome that is empty follows from the error."""
        try:
            self._over()
            if exemplar is None:
                self._times(took)
            elif self._timed is not None:
                self._timed.witness(self._duration, took, exemplar)
            if error is None and not outcome:
                self._well()
            elif self._ends is not None:
                self._count(self._ends, outcome or self._ends.word(error))
        except Exception as wrong:  # noqa: BLE001 - what the call did is its answer, not how it was counted
            self._uncounted(wrong, error)

    def _first_well(self) -> None:
        """Its series begins with the first one; from then on it is counted without looking."""
        if self._ends is not None and (child := self._count(self._ends, self._ends.fine)) is not None:
            self._well = bound.up(child)

    def _count(self, ends: Ends, outcome: str) -> Any:
        if (child := ends.child(outcome)) is not None:
            child.inc()
        return child

    def _uncounted(self, wrong: Exception, error: BaseException | None) -> None:
        try:
            self.fault(wrong)
        except Exception as refused:
            if error is None:
                raise
            error.add_note(f"and it could not be counted: {refused}")
