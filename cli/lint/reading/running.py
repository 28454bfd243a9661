"""Rules as a server tells those that it runs: `/api/v1/rules` of Prometheus, Thanos, Mimir; and as a file says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cli.lint.reading.members import items, mapping, objects, scalar, text
from queries.duration import spelled

#: How a file begins a rule that a server calls so.
KINDS = {"alerting": "alert", "recording": "record"}
#: Seconds; no duration that Prometheus knows is as long.
LONGEST = 10**10
#: Where the server has a rule's expression.
QUERY = "query"


def is_running(group: Mapping[str, Any]) -> bool:
    """Whether a group comes from a server: it says in which file it was, and each rule its type, as no file does."""
    rules = items(group, "rules")
    told = all(text(one, "type") in KINDS and text(one, QUERY) for one in rules)
    return bool(text(group, "file")) and isinstance(group.get("rules"), list) and told


def as_written(group: Mapping[str, Any]) -> dict[str, Any]:
    """The group without what the server found out about it.

    How often it is evaluated is what it really is: the server does not tell whether the file says so.
    """
    return dict(_group(group))


def _group(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "name", scalar(told, "name")
    yield from _length(told, "interval", "interval")
    if told.get("limit"):
        yield "limit", told["limit"]
    yield "rules", [dict(_rule(one)) for _, one in objects(told, "rules")]


def _rule(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield KINDS.get(text(told, "type"), "alert"), scalar(told, "name")
    yield "expr", text(told, QUERY)
    yield from _length(told, "duration", "for")
    yield from _length(told, "keepFiringFor", "keep_firing_for")
    for key in ("labels", "annotations"):
        if mapping(told, key):
            yield key, mapping(told, key)


def _length(told: Mapping[str, Any], key: str, name: str) -> Iterator[tuple[str, str]]:
    """A number of seconds as a duration; 0 is what a file that says nothing has."""
    seconds = told.get(key)
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 < seconds < LONGEST:
        yield name, spelled(round(seconds * 1000))
