"""The one door to a live Prometheus: what its HTTP API tells, of itself or through a Grafana's data source.

A Grafana's data source is asked through its proxy, never through `/api/ds/query`: that answers 200 to a broken query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any
from urllib.parse import quote

from cli.errors import Unreachable
from cli.grafana.patience import Patience
from cli.grafana.question import Bound
from cli.prometheus.answered import Answered, Meta, samples
from cli.prometheus.failing import Declined, TooMuch, TooSlow
from cli.prometheus.heard import Said
from cli.prometheus.line import Line
from cli.prometheus.where import Where

#: Seconds that a query may take, and bytes that its answer may have.
LONGEST, LARGEST = 30.0, 32 * 2**20
#: So much longer we wait than Prometheus works: it says itself that it stopped.
GRACE = 2.0


class Api:
    """One Prometheus, safe to share between threads."""

    def __init__(self, line: Line, bound: Bound | None = None) -> None:
        self._line, self._bound = line, bound or Bound(LONGEST, LARGEST)
        self._waits = Bound(self._bound.seconds + GRACE, self._bound.largest)

    @property
    def where(self) -> Where:
        """Whom it asks."""
        return self._line.where

    def give_up(self) -> None:
        """No more tries."""
        self._line.give_up()

    def hello(self) -> None:
        """Fails once, before anything is asked, and says who failed."""
        try:
            self._is_there()
        except (Declined, TooSlow, TooMuch) as error:
            raise type(error)(error.what, where=self.where.name) from error

    def _is_there(self) -> None:
        try:
            self._told("status/buildinfo", dict)
        except (Declined, Unreachable):  # not everything that answers queries tells its version
            self.query("vector(1)")

    def query(self, text: str, at: float | None = None, *, limit: int = 0) -> Answered:
        """What an expression gives at a moment, in Unix seconds; now where none is said.

        Args:
            text: PromQL.
            at: the moment.
            limit: of series, for a Prometheus that knows it; 0 for none.
        """
        return self._answered("query", [("query", text), *([] if at is None else [("time", f"{at:.3f}")])], limit)

    def query_range(self, text: str, start: float, end: float, step: float, *, limit: int = 0) -> Answered:
        """What an expression gives at every step from start to end, in Unix seconds."""
        of = [("query", text), ("start", f"{start:.3f}"), ("end", f"{end:.3f}"), ("step", f"{step:.3f}")]
        return self._answered("query_range", of, limit)

    def series(
        self, match: Sequence[str], start: float, end: float, *, limit: int = 0
    ) -> tuple[Mapping[str, str], ...]:
        """The labels of every series that was there between two times."""
        return tuple(self._told("series", list, _between(match, start, end, limit)))

    def labels(self, match: Sequence[str], start: float, end: float) -> tuple[str, ...]:
        """The names of labels of such series; of all where none are said."""
        return tuple(self._told("labels", list, _between(match, start, end)))

    def label_values(
        self, label: str, match: Sequence[str], start: float, end: float, *, limit: int = 0
    ) -> tuple[str, ...]:
        """The values of a label of such series; of all where none are said."""
        path = f"label/{quote(label, safe='')}/values"
        return tuple(self._told(path, list, _between(match, start, end, limit)))

    def metadata(self, metric: str = "") -> Mapping[str, tuple[Meta, ...]]:
        """What targets say of their metrics, by name: more than one where they do not agree."""
        told = self._told("metadata", dict, [("metric", metric)] if metric else [])
        with self._understood():
            return {
                name: tuple(
                    Meta(str(one["type"]), str(one.get("unit") or ""), str(one.get("help") or "")) for one in of
                )
                for name, of in told.items()
            }

    def rules(self) -> tuple[Mapping[str, Any], ...]:
        """Its groups of rules, with the state of each."""
        with self._understood():
            return tuple(self._told("rules", dict)["groups"])

    def targets(self) -> tuple[Mapping[str, Any], ...]:
        """Whom it scrapes, with the health of each."""
        with self._understood():
            return tuple(self._told("targets", dict, [("state", "active")])["activeTargets"])

    def alerts(self) -> tuple[Mapping[str, Any], ...]:
        """The alerts that are pending or firing."""
        with self._understood():
            return tuple(self._told("alerts", dict)["alerts"])

    def _answered(self, path: str, of: list[tuple[str, str]], limit: int) -> Answered:
        more = [("timeout", f"{self._bound.seconds * 1000:.0f}ms"), *([("limit", str(limit))] if limit else [])]
        began = perf_counter()
        said = self._line.said(path, [*of, *more], self._waits)
        took = perf_counter() - began
        with self._understood():
            kind = str(said.data["resultType"])
            return Answered(kind, samples(kind, said.data["result"]), said.notes, took)

    def _told(self, path: str, kind: type[dict[str, Any] | list[Any]], of: Sequence[tuple[str, str]] = ()) -> Any:
        said: Said = self._line.said(path, of, self._waits)
        data: Any = said.data
        if data is None and kind is list:  # Go's empty list
            data = []
        if not isinstance(data, kind):
            raise self._strange()
        return data

    @contextmanager
    def _understood(self) -> Iterator[None]:
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise self._strange() from error

    def _strange(self) -> Unreachable:
        return Unreachable(f"{self.where.name} answers JSON, but not as a Prometheus does", fix="its address")


@contextmanager
def prometheus(
    where: Where, *, connections: int = 16, bound: Bound | None = None, patience: Patience | None = None
) -> Iterator[Api]:
    """A Prometheus, over at most so many connections at a time."""
    with Line(where, connections, patience) as line:
        yield Api(line, bound)


def _between(match: Sequence[str], start: float, end: float, limit: int = 0) -> list[tuple[str, str]]:
    of = [*(("match[]", one) for one in match), ("start", f"{start:.3f}"), ("end", f"{end:.3f}")]
    return [*of, ("limit", str(limit))] if limit else of
