"""One query after the other to one Prometheus, each text once: the answer, and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cached_property
from threading import Lock
from typing import NamedTuple

from cli.errors import Refused, RemoteError, Unreachable
from cli.prometheus.answered import Answered
from cli.prometheus.api import Api
from cli.prometheus.failing import TooMuch, TooSlow
from cli.verify import metadata as told
from cli.verify.empty import Empty
from cli.verify.gone import still_up
from cli.verify.hidden import idle, stood_in_for
from cli.verify.judging import Judged, judged, numbers
from cli.verify.question import Question
from cli.verify.span import HOUR
from cli.verify.verdict import Status, Verdict
from queries.catalog import Catalogs
from queries.infer import infer
from queries.known import Known
from queries.parse import NotPromQL, parse
from queries.promql import to_promql

#: A range is looked at in so many steps when there is nothing now.
STEPS = 240
#: What Prometheus 3 says when we asked for no more.
CUT = "results truncated due to limit"
#: What is no instant vector and no number, in the words of PromQL.
NOT_DRAWN = {"matrix": "range vector", "string": "string"}


class Limits(NamedTuple):
    """What one query may take: series, and seconds until it is called slow."""

    series: int = 1_000
    slow: float = 5.0


class Asker:
    """Safe to share between threads."""

    def __init__(self, api: Api, catalogs: Catalogs, limits: Limits, now: float) -> None:
        self.api, self.catalogs, self.limits, self.now = api, catalogs, limits, now
        self._known: dict[str, Answered | RemoteError] = {}
        self._near: dict[str, str] = {}
        self._lock = Lock()

    def verdict(self, question: Question) -> Verdict:
        """What becomes of a question.

        Raises:
            Unreachable, Refused: nobody answers any more.
        """
        try:
            answered = self.ask(question.text)
        except (Unreachable, Refused):
            raise
        except RemoteError as error:
            status = {TooSlow: Status.SLOW, TooMuch: Status.TOO_MANY}.get(type(error), Status.ERROR)
            return _verdict(question, Judged(status, error.what))
        try:
            said = self._judged(question, answered)
        except (Unreachable, Refused):
            raise
        except RemoteError as error:  # a question after the cause that goes wrong leaves the verdict what it was
            said = Judged(Status.EMPTY, f"nothing comes, and why cannot be asked: {error.what}")
        notes = tuple(one for one in answered.notes if CUT not in one)
        return _verdict(question, said, answered)._replace(notes=notes)

    def ask(self, text: str) -> Answered:
        """An instant query, once for each text."""
        with self._lock:
            known = self._known.get(text)
        if known is None:
            try:
                known = self.api.query(text, self.now, limit=self.limits.series + 1)
            except (Unreachable, Refused):
                raise
            except RemoteError as error:
                known = error
            with self._lock:
                self._known[text] = known
        if isinstance(known, RemoteError):
            raise known
        return known

    def _judged(self, question: Question, answered: Answered) -> Judged:
        if answered.kind in NOT_DRAWN:
            return Judged(
                Status.ERROR, f"it answers a {NOT_DRAWN[answered.kind]}, which no panel draws and no rule takes"
            )
        if len(answered.samples) > self.limits.series:
            return Judged(Status.TOO_MANY, f"more than {self.limits.series} series (--max-series)")
        known = self._inferred(question.text)
        if not numbers(answered):
            said = self._nothing(question, answered, known)
        else:
            said = judged(question, answered, known, self.now)
        if said.status is not Status.OK:
            return said
        contradicts = told.against(known, self.metadata) if known is not None else None
        if contradicts is None and known is not None and question.kind != "alert":
            contradicts = self._stood_in_for(known)
        if contradicts is not None:
            return contradicts
        if answered.seconds > self.limits.slow:
            return Judged(
                Status.SLOW, f"it takes {answered.seconds:.1f} s, and {self.limits.slow:g} s are allowed (--slow)"
            )
        return said

    @cached_property
    def metadata(self) -> told.Metadata:
        """What the targets say; nothing where the server keeps none."""
        try:
            return self.api.metadata()
        except RemoteError:
            return {}

    def near(self, name: str) -> str:
        """The metric that somebody may have meant; to look among thousands takes its time, and is done once a name."""
        if name not in self._near:
            self._near[name] = next(iter(get_close_matches(name, self._names, n=1)), "")
        return self._near[name]

    @cached_property
    def _names(self) -> Sequence[str]:
        try:
            return self.api.label_values("__name__", [], self.now - HOUR, self.now)
        except RemoteError:
            return ()

    def _inferred(self, text: str) -> Known | None:
        try:
            return infer(parse(text), self.catalogs)
        except NotPromQL:  # of a dialect that this Prometheus takes
            return None

    def _nothing(self, question: Question, answered: Answered, known: Known | None) -> Judged:
        """No series, or only NaN."""
        if known is None:
            return Judged(Status.EMPTY, "no series, and the query is none that we can take apart")
        is_nan = bool(answered.samples)
        if not is_nan and question.kind == "alert":
            return Judged(Status.OK, "it does not hold now")
        if question.kind == "range" and (ago := self._lately(question)) is not None:
            return self._drawn(question, known, ago, is_nan=is_nan)
        if is_nan:
            why = idle(known.node, self.ask)
            return Judged(Status.EMPTY, why) if why else Judged(Status.NAN, "every value is NaN")
        cause = Empty(self.ask, self.near).cause(known.node)
        return Judged(Status.OK if cause.kind == "condition" else Status.EMPTY, cause.why)

    def _drawn(self, question: Question, known: Known, ago: float, *, is_nan: bool) -> Judged:
        """Nothing now, and something before: what happens seldom, or a metric that its targets know no more."""
        cause = None if is_nan else Empty(self.ask, self.near).cause(known.node)
        if cause is not None and cause.metric and not told.of(cause.metric, self.metadata):
            began = self.now - question.span.length - HOUR  # what is drawn has looked back, too
            if job := still_up(cause.metric, self.api, self.ask, began, self.now):
                why = (
                    f"{cause.metric} is gone, drawn until {_spelled(ago)} ago, and its job {job} is up: was it renamed?"
                )
                return Judged(Status.EMPTY, why)
        return Judged(Status.OK, f"nothing now, drawn until {_spelled(ago)} ago")

    def _stood_in_for(self, known: Known) -> Judged | None:
        """What `or vector(0)` hides: a metric that nobody exports; None where it stands in for what happens seldom."""
        for hidden in stood_in_for(known.node):
            cause = Empty(self.ask, self.near).cause(hidden) if not self.ask(to_promql(hidden)).samples else None
            name = cause.metric if cause is not None else ""
            if cause is not None and name and ":" not in name and not told.of(name, self.metadata):
                return Judged(Status.EMPTY, f"{cause.why}; what `or vector()` puts in its place is all that comes")
        return None

    def _lately(self, question: Question) -> float | None:
        """Seconds since the last value within the panel's range; None where there is none."""
        length = question.span.length
        step = max(question.span.interval, length / STEPS)
        found = self.api.query_range(question.text, self.now - length, self.now, step, limit=self.limits.series + 1)
        last = max((at for one in found.samples for at, value in one.points if value == value), default=None)  # noqa: PLR0124 - NaN is not itself
        return None if last is None else self.now - last


def _verdict(question: Question, said: Judged, answered: Answered | None = None) -> Verdict:
    return Verdict(
        question.page,
        question.panel,
        question.ref,
        question.text,
        said.status,
        said.why,
        len(answered.samples) if answered else 0,
        round(answered.seconds, 4) if answered else 0.0,
        question.place,
    )


def _spelled(length: float) -> str:
    return f"{length / 60:.0f} min" if length >= 60 else f"{length:.0f} s"  # noqa: PLR2004 - a minute
