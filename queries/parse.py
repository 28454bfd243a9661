"""Text -> tree: the only door to promql-parser, with a guard for each of its traps.

The parser dies on deep or long input, raises what is no Exception, takes VictoriaMetrics' dialect and misreads raw
strings. What comes out of here is our own tree, so nothing behind this door meets any of that.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import promql_parser

from queries.expr import Expr, Match, Select
from queries.guard import refusal, without_raw_strings, without_underscores
from queries.matchers import Matchers, with_selectors, without_selectors
from queries.nodes import NotPrometheus, tree
from queries.re2 import refuses
from queries.regexes import without_regexes
from queries.template import Reading, readings

#: The trees of shorter texts are kept: 2,000 of them are 4 MB at most.
LONGEST_KEPT = 300

#: What Prometheus 2 has; the parser, which follows Prometheus 3, no longer knows it.
_KIND = promql_parser.ValueType
OLD = promql_parser.Function("holt_winters", [_KIND.Matrix, _KIND.Scalar, _KIND.Scalar], _KIND.Vector)
promql_parser.register_extra_functions([OLD])


class NotPromQL(ValueError):
    """The text is no PromQL that Prometheus would take; says why, in a person's words."""


def parse(text: str) -> Expr:
    """The tree of a PromQL text, Grafana's variables included.

    Raises:
        NotPromQL: it does not parse, or only the parser takes it and Prometheus would not.
    """
    if why := refusal(text):
        raise NotPromQL(why)
    text = without_raw_strings(text)
    shape, selected = without_selectors(text, _accepted)
    if not selected:
        return _parsed(text)
    try:
        shaped = _shaped(shape) if len(shape) <= LONGEST_KEPT else _parsed(shape)
    except NotPromQL:
        return _parsed(text)  # what is wrong is said of the text itself
    return with_selectors(shaped, selected)


def _parsed(text: str) -> Expr:
    first: NotPromQL | None = None
    for reading in readings(text):
        try:
            return _read(reading)
        except NotPromQL as error:
            first = first or error
    raise first or NotPromQL("nothing to parse")


#: Three of four queries on public dashboards have the shape of another: 1,318 of them have 410.
_shaped = lru_cache(maxsize=2000)(_parsed)


@lru_cache(maxsize=1000)
def _accepted(braces: str) -> Matchers | None:
    """The matchers in braces that make a selector without a name; None for others, and where they say a name."""
    plain, regexes = without_regexes(braces, _accepted_regex)
    try:
        select = _read(Reading(f"{{{plain}}}", {}, {}))
    except NotPromQL:
        return None
    if not isinstance(select, Select) or select.name or any(one.label == "__name__" for one in select.match):
        return None
    return tuple(sorted(_shown(one, regexes) for one in select.match))


def _shown(match: Match, regexes: Mapping[str, str]) -> Match:
    """A matcher with its regular expression again."""
    regex = regexes.get(match.value)
    return match if regex is None else Match(match.label, "=~" if match.op == "=" else "!~", regex)


@lru_cache(maxsize=500)
def _accepted_regex(literal: str) -> str | None:
    """The value of a literal that is a regular expression to all, and does not match what is empty; None for others."""
    try:
        select: Any = promql_parser.parse(f"{{_=~{literal}}}")
    except BaseException as error:
        if isinstance(error, ValueError) or type(error).__name__ == "PanicException":
            return None
        raise
    value: str = select.matchers.matchers[0].value
    return None if refuses(value) else value


def _read(reading: Reading) -> Expr:
    try:
        return tree(promql_parser.parse(reading.text), reading)
    except NotPrometheus as error:
        raise NotPromQL(str(error)) from error
    except (ValueError, OverflowError) as error:
        plain = without_underscores(reading.text)
        if plain != reading.text:
            return _read(reading._replace(text=plain))
        raise NotPromQL(str(error).strip().rstrip(".")) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        # a panic of Rust is a BaseException that nobody expects
        raise NotPromQL("the parser broke on it") from error
