"""Why an alert is not what it should be: since when it is pending, and what its condition compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cli.scenarios.answers import Answer, Sample
from cli.scenarios.trial import Fault, Trial
from cli.scenarios.wording import MOST
from queries.duration import spelled
from queries.expr import Binary, Expr, Number
from queries.parse import NotPromQL, parse
from queries.promql import in_rule, quoted, to_promql
from queries.scenario import Alarm

COMPARISONS = frozenset(("==", "!=", ">", "<", ">=", "<="))
#: What joins conditions.
JOINED = frozenset(("and", "or", "unless"))


class Look(NamedTuple):
    """Something to ask besides.

    Attributes:
        expected: the number of the expectation that it explains.
        expr: what is asked; empty `must` for since when an alert is pending.
        must: what the condition wants of it: "> 0.05".
    """

    expected: int
    expr: str
    at: str
    must: str = ""
    lasting: str = ""


def looks(trial: Trial) -> Iterator[Look]:
    """What to ask about each alert of a trial that failed."""
    for number, one in enumerate(trial.scenario.expected):
        if not isinstance(one, Alarm):
            continue
        for rules in trial.rules:
            if one.alert not in rules.alerts:
                continue
            rule = rules.rule(one.alert)
            series = f"ALERTS_FOR_STATE{{alertname={quoted(one.alert)}}}"
            yield Look(number, series, one.at, lasting=rule.get("for", ""))
            try:
                conditions = list(_conditions(parse(rule["expr"])))
            except NotPromQL:  # promtool's may be newer than our parser
                continue
            for judged, must in conditions:
                yield Look(number, to_promql(judged, in_rule()), one.at, must)


def explained(trial: Trial, faults: Sequence[Fault], asked: Sequence[Look], answer: Answer) -> tuple[Fault, ...]:
    """The faults, those about an alert's state with what was found out."""
    first = len(trial.scenario.expected)
    found: dict[int, list[str]] = {}
    for index, each in enumerate(asked):
        if first + index not in answer.errors:
            found.setdefault(each.expected, []).append(_reason(each, answer.samples.get(first + index, ())))
    told = []
    for fault in faults:
        said = dict.fromkeys(filter(None, found.get(fault.state_of, ())))
        told.append(fault._replace(what="; ".join((fault.what, *said))))
    return tuple(told)


def _conditions(expr: Expr) -> Iterator[tuple[Expr, str]]:
    """What is compared, and with what, as far as constants say it."""
    match expr:
        case Binary(op, left, right) if op in JOINED:
            yield from _conditions(left)
            yield from _conditions(right)
        case Binary(op, left, Number() as limit) if op in COMPARISONS:
            yield left, f"{op} {to_promql(limit, in_rule())}"
        case Binary(op, left, right) if op in COMPARISONS:
            yield (
                Binary("-", left, right, expr.matching),
                f"{op} 0: {to_promql(left, in_rule())} less what it is compared with",
            )


def _reason(look: Look, samples: Sequence[Sample]) -> str:
    if not look.must:
        if not samples:
            return ""
        since = spelled(round(min(one.value for one in samples) * 1000))
        return f"its condition holds since {since}" + (f" and must for {look.lasting}" if look.lasting else "")
    if not samples:
        return f"{look.expr} is nothing and must be {look.must}"
    values = ", ".join(dict.fromkeys(f"{one.value:.6g}" for one in samples[:MOST]))
    more = f" and {len(samples) - MOST} more" if len(samples) > MOST else ""
    return f"{look.expr} is {values}{more} and must be {look.must}"
