"""Rules as a server tells those that it runs: `/api/v1/rules` of Prometheus, Thanos, Mimir; and as a file says them."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from cli.lint.reading.members import items, number, scalar, text

#: How a file begins a rule that a server calls so.
KINDS = {"alerting": "alert", "recording": "record"}
#: Where the server has a rule's expression.
QUERY = "query"


def is_running(group: Mapping[str, Any]) -> bool:
    """Whether a group comes from a server: it says in which file it was, and each rule its type, as no file does."""
    rules = items(group, "rules")
    return bool(text(group, "file")) and all(
        text(one, "type") in KINDS and isinstance(one.get(QUERY), str) for one in rules
    )


def as_written(group: Mapping[str, Any]) -> dict[str, Any]:
    """The group without what the server found out about it."""
    said = {key: group[key] for key in ("name", "interval", "limit") if group.get(key)}
    return {**said, "rules": [_rule(one) for one in items(group, "rules")]}


def _rule(told: Mapping[str, Any]) -> dict[str, Any]:
    rule = {KINDS[text(told, "type")]: scalar(told, "name"), "expr": text(told, QUERY)}
    seconds = {"for": number(told, "duration"), "keep_firing_for": number(told, "keepFiringFor")}
    times = {key: _duration(value) for key, value in seconds.items() if value and isfinite(value)}
    return {**rule, **times, **{key: told[key] for key in ("labels", "annotations") if told.get(key)}}


def _duration(seconds: float) -> str:
    return f"{seconds:.0f}s" if seconds.is_integer() else f"{seconds * 1000:.0f}ms"
