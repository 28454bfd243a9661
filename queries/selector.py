"""Which series of a metric: `status="error"`, `handler=other_than("/metrics")`, checked against what the metric has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from queries.expr import Match, Select
from queries.metric import Metric
from queries.re2 import refuses
from queries.source import Mistake, did_you_mean


@dataclass(frozen=True, slots=True)
class Pattern:
    """Values of a label that are not just one."""

    op: Literal["!=", "=~", "!~"]
    text: str
    values: tuple[str, ...] = ()


Wanted: TypeAlias = "str | Pattern"
#: What RE2 gives a meaning; the rest stands for itself.
_SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$])")


def _exactly(values: tuple[str, ...]) -> str:
    return "|".join(_SPECIAL.sub(r"\\\1", value) for value in values)


def one_of(*values: str) -> Pattern:
    """The label has one of these values."""
    _some(values)
    return Pattern("=~", _exactly(values), values)


def other_than(*values: str) -> Pattern:
    """The label has none of these values."""
    _some(values)
    if len(values) == 1:
        return Pattern("!=", values[0], values)
    return Pattern("!~", _exactly(values), values)


def like(pattern: str) -> Pattern:
    """The whole value matches the regular expression (RE2): `like("5..")`."""
    return Pattern("=~", pattern)


def unlike(pattern: str) -> Pattern:
    """The whole value does not match the regular expression."""
    return Pattern("!~", pattern)


def select(metric: Metric, wanted: Mapping[str, Wanted], *, suffix: str = "", le: str = "") -> Select:
    """The series of a metric that match; Mistake for a label or a value that it does not have."""
    matches = []
    for name, value in wanted.items():
        metric.check_label(name)
        match value:
            case str():
                _check_values(metric, name, (value,))
                matches.append(Match(name, "=", value))
            case Pattern(op, text, values):
                if values:
                    _check_values(metric, name, values)
                else:
                    _check_pattern(metric, name, text)
                matches.append(Match(name, op, text))
            case _:
                raise Mistake(f"{name}={value!r} is no text", fix=f'{name}="{value}"')
    if le:
        matches.append(Match("le", "=", le))
    return Select(metric.name + suffix, tuple(sorted(matches)), metric)


def keeps(metric: Metric, labels: tuple[str, ...]) -> tuple[str, ...]:
    """The labels to keep, sorted; Mistake for one that the metric lacks or that is said twice."""
    for one in labels:
        metric.check_label(one)
        if labels.count(one) > 1:
            raise Mistake(f"label {one!r} is kept twice")
    return tuple(sorted(labels))


def _some(values: tuple[str, ...]) -> None:
    if not values:
        raise Mistake("one of no values", fix="say at least one")


def _check_values(metric: Metric, name: str, values: tuple[str, ...]) -> None:
    known = metric.values_of(name)
    for value in values if known else ():
        if value not in known:
            fix = did_you_mean(value, known, of="the values are")
            raise Mistake(f"{metric.name} has no {name}={value!r}", fix=fix)


def _check_pattern(metric: Metric, name: str, pattern: str) -> None:
    if refuses(pattern):
        fix = "RE2 neither looks around nor back, and repeats nothing twice"
        raise Mistake(f"Prometheus cannot read the regular expression {pattern!r}", fix=fix)
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise Mistake(f"{pattern!r} is no regular expression: {error}") from error
    known = metric.values_of(name)
    if known and not any(compiled.fullmatch(value) for value in known):
        raise Mistake(f"no {name} of {metric.name} is like {pattern!r}", fix=f"{', '.join(known)}")
