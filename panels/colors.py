"""Colours that mean something: percentiles, statuses, tokens, and what somebody said."""

from collections.abc import Mapping, Sequence
from functools import cache

from panels.panel import Look, Override
from panels.theme import QUANTILES, STATUS, TOKENS
from queries import Query
from queries.expr import selects


def meanings(queries: Sequence[Query], look: Look) -> tuple[Override, ...]:
    """A fixed colour for each series whose name has a fixed meaning; what was said comes last, and so wins."""
    found: dict[str, str] = {}
    for query in queries:
        found |= _known_values(query)
        if query.kind == "quantile" and not query.labels and query.name in QUANTILES:
            found[query.name] = QUANTILES[query.name]
    found |= look.get("colors", {})
    return tuple(_painted(word, color) for word, color in found.items())


def _known_values(query: Query) -> Mapping[str, str]:
    """The colours of a kept label's values, where all of them have one meaning."""
    if not query.labels:
        return {}
    for select in selects(query.expr):
        for label in query.labels:
            values = select.metric.values_of(label) if select.metric is not None else ()
            for known in (STATUS, TOKENS):
                if values and known.keys() >= set(values):
                    return {value: known[value] for value in values}
    return {}


@cache
def _painted(word: str, color: str) -> Override:
    """By a word of the series' name, since a name holds all labels that are kept: "/chat 5xx"."""
    return Override("byRegexp", f"/(^| ){word}( |$)/", {"color": {"fixedColor": color, "mode": "fixed"}})
