"""What Prometheus computes ahead, and what wakes a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import Literal, TypeAlias

from queries.condition import Condition, absent
from queries.duration import milliseconds, spelled
from queries.expr import Expr, Select, selects
from queries.given import GivenAlert, GivenRecording, as_written
from queries.labels import LABEL, RESERVED_LABELS
from queries.metric import Gauge
from queries.promql import in_rule, quoted, to_promql
from queries.query import Query
from queries.source import Mistake, Source, did_you_mean, here
from queries.template import STRING, VARIABLE

Severity: TypeAlias = Literal["warning", "critical"]
RECORD = re.compile(r"[a-z][a-zA-Z0-9_]*:[a-z][a-zA-Z0-9_]*:[a-z][a-zA-Z0-9_]*")
ALERT = re.compile(r"[A-Z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class RecordingRule:
    """A number that Prometheus computes ahead under a name of its own.

    Attributes:
        record: "level:metric:operation": what it is kept by, what it is of, how it is computed.
        number: what is recorded.
        labels: what every series gets besides.
    """

    record: str
    number: Query
    labels: Mapping[str, str] = field(default_factory=dict)
    source: Source = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not RECORD.fullmatch(self.record):
            raise Mistake(
                f"a recording called {self.record!r}",
                fix="level:metric:operation, as ai_api:http_requests:rate5m",
                where=self.source,
            )
        _check_reader(self.number.expr, f"recording {self.record!r}", self.source)

    @property
    def recorded(self) -> Query:
        """The same number, read from its recording: unit, labels and range stay."""
        unit = replace(self.number.unit, adds_up=True)
        kept = (*self.number.labels, *(one for one in self.labels if one not in self.number.labels))
        series = Gauge(
            self.record,
            "Recorded ahead.",
            unit,
            [one for one in kept if one not in RESERVED_LABELS],
            odd_name="a recording",
            targets=tuple(one for one in kept if one in RESERVED_LABELS),
            source=self.source,
        )
        return replace(self.number, expr=Select(self.record, metric=series))


@dataclass(frozen=True, slots=True)
class Gone:
    """The sibling of an alert: it fires when the series that the alert judges is not there at all."""

    alert: str
    summary: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """What wakes a person, and what it says.

    In the texts `{value}` and `{limit}` are printed by the number's unit, `{label}` by the label's value; only labels
    that the expression keeps may be named.

    Attributes:
        alert: CamelCase; says what is wrong.
        when: the condition.
        lasting: how long it must hold before it fires; empty for at once, where its windows have waited already.
        keep_firing_for: for how long it goes on firing when it holds no longer; empty for not at all.
        severity: critical wakes somebody, warning waits until morning.
        summary: one line, for the message's subject.
        description: what is wrong and how much.
        runbook: what to do; a text, or the URL of one.
        team: who is called.
        gone: the sibling for when the series is not there.
    """

    alert: str
    when: Condition
    lasting: str
    severity: Severity
    summary: str
    description: str = ""
    runbook: str = ""
    team: str = ""
    gone: Gone | None = None
    keep_firing_for: str = ""
    source: Source = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.lasting:
            object.__setattr__(self, "lasting", _length(self.lasting))
        if self.keep_firing_for:
            object.__setattr__(self, "keep_firing_for", _length(self.keep_firing_for))
        if not ALERT.fullmatch(self.alert):
            raise self._wrong("an alert's name is CamelCase")
        if not isinstance(self.when, Condition):
            raise self._wrong(f"when is a {type(self.when).__name__}", "NUMBER > 5; instead of == NUMBER.equals(5)")
        if self.severity not in ("warning", "critical"):
            raise self._wrong(f"severity {self.severity!r}", "warning or critical")
        if not self.summary.strip():
            raise self._wrong("it has no summary", "one line that says what is wrong")
        _check_reader(self.when.expr, f"alert {self.alert!r}", self.source)
        _ = self.annotations

    @property
    def labels(self) -> dict[str, str]:
        """The labels that route it."""
        return {"severity": self.severity} | ({"team": self.team} if self.team else {})

    @property
    def annotations(self) -> dict[str, str]:
        """Its texts, as Prometheus' templates."""
        texts = {"summary": self.summary, "description": self.description}
        said = {key: self._template(text) for key, text in texts.items() if text}
        if self.runbook:
            said["runbook_url" if "://" in self.runbook else "runbook"] = self.runbook
        return said

    def rules(self) -> Iterator[AlertRule]:
        """Itself, then its sibling."""
        yield self
        if self.gone is not None:
            yield replace(
                self,
                alert=self.gone.alert,
                when=self._absence(),
                summary=self.gone.summary,
                description=self.gone.description,
                gone=None,
            )

    def _absence(self) -> Condition:
        judged = next((one for one in selects(self.when.expr) if one.metric is not None), None)
        if judged is None or judged.metric is None:
            raise self._wrong("it judges no series that could be gone")
        match = {one.label: one.value for one in judged.match if one.op == "=" and one.label != "le"}
        return absent(judged.metric, **match)

    def _template(self, text: str) -> str:
        if "{{" in text or "}}" in text:
            raise self._wrong("a template in its text", "{value}, {limit} or {label}")
        try:
            fields = list(Formatter().parse(text))
        except ValueError as error:
            raise self._wrong(f"its text {text!r}: {error}", "{value}, {limit} or {label}") from error
        made = ""
        for words, name, form, conversion in fields:
            if form or conversion:
                raise self._wrong(f"its text says how to print {{{name}}}", "the unit says that")
            made += words + ("" if name is None else self._field(name))
        return made

    def _field(self, name: str) -> str:
        if name == "value":
            if self.when.query is None:
                raise self._wrong("{value} of what is absent, or of two units", "leave it out")
            return self.when.unit.template
        if name == "limit":
            if self.when.limit is None:
                raise self._wrong("{limit}, and it is compared with another number")
            return str(self.when.limit)
        if name not in self.when.labels:
            fix = did_you_mean(name, {*self.when.labels, "value", "limit"}, of="it keeps")
            raise self._wrong(f"its text names {{{name}}}, a label that is gone", fix)
        return f"{{{{ $labels.{name} }}}}" if LABEL.fullmatch(name) else f"{{{{ index $labels {quoted(name)} }}}}"

    def _wrong(self, what: str, fix: str = "") -> Mistake:
        return Mistake(f"alert {self.alert!r}: {what}", fix=fix, where=self.source)


Rule: TypeAlias = RecordingRule | AlertRule | GivenAlert | GivenRecording


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    """Rules that Prometheus evaluates one after the other.

    Attributes:
        name: unique among all groups.
        rules: recordings and alerts, ours and those that somebody wrote for Prometheus.
        interval: how often; empty for the server's own.
        window: what stands for a number's open window.
        query_offset: how long ago it looks, for samples that come late; empty for the server's own.
        limit: how many series or alerts a rule may make; 0 for any number.
        labels: what every rule's series or alerts get besides (Prometheus 3).
    """

    name: str
    rules: Sequence[Rule]
    interval: str = ""
    window: str = "5m"
    query_offset: str = ""
    limit: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    source: Source = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rules", tuple(self.rules))
        object.__setattr__(self, "window", _length(self.window))
        for length in (self.interval, self.query_offset):
            as_written(length, self.source)
        if self.interval and any(isinstance(one, RecordingRule | AlertRule) for one in self.rules):
            object.__setattr__(self, "interval", _length(self.interval))
        seen: set[tuple[str, Mapping[str, str] | str]] = set()
        for rule in self.alerts():
            identity = (rule.alert, repr(sorted(rule.labels.items())))
            if identity in seen:
                raise Mistake(f"two alerts are called {rule.alert}", where=rule.source)
            seen.add(identity)

    def alerts(self) -> Iterator[AlertRule]:
        """Every alert of ours, siblings included."""
        for rule in self.rules:
            if isinstance(rule, AlertRule):
                yield from rule.rules()

    def recordings(self) -> Iterator[RecordingRule]:
        """Every recording of ours."""
        return (rule for rule in self.rules if isinstance(rule, RecordingRule))

    def given(self) -> Iterator[GivenAlert | GivenRecording]:
        """Every rule as somebody wrote it."""
        return (rule for rule in self.rules if isinstance(rule, GivenAlert | GivenRecording))


def _length(text: str) -> str:
    """A duration in its one spelling; Prometheus knows no `$__interval`."""
    return spelled(milliseconds(text))


def _check_reader(expr: Expr, what: str, where: Source) -> None:
    """Mistake where a rule names one of Grafana's variables: nobody fills it in."""
    code = " ".join(STRING.split(to_promql(expr, in_rule()))[::2])
    values = (VARIABLE.fullmatch(one.value) for select in selects(expr) for one in select.match)
    found = VARIABLE.search(code) or next(filter(None, values), None)
    if found:
        fix = "a number for rules names none"
        raise Mistake(f"{what}: Prometheus knows no variable {found.group()}", fix=fix, where=where)
