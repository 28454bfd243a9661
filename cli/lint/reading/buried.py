"""Groups of rules inside something else: the values of a Helm chart, what a server answers, a template's variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cli.lint.reading.members import items, scalar
from cli.lint.reading.rules import are_groups
from cli.lint.reading.running import is_running
from cli.lint.reading.vocabulary import GROUPS
from cli.lint.spot import Path

#: Levels that are looked through.
DEEPEST = 12


def buried(value: Any) -> Iterator[Path]:
    """The paths of all lists of groups with rules, in the order of the text."""
    left: list[tuple[Path, Any]] = [((), value)] if isinstance(value, dict | list) else []
    while left:
        path, one = left.pop()
        if path[-1:] == (GROUPS,) and _are_surely(one):
            yield path
        elif len(path) < DEEPEST:
            left += [((*path, key), each) for key, each in _below(one)][::-1]


def _below(value: Any) -> Iterable[tuple[str | int, Any]]:
    """The objects and lists in it; of a list only the objects, of which a file has a bounded number."""
    if isinstance(value, dict):
        return ((key, one) for key, one in value.items() if one and isinstance(one, dict | list))
    return ((index, one) for index, one in enumerate(value) if one and isinstance(one, dict))


def _are_surely(value: Any) -> bool:
    """Many things have groups with rules; those of rules that are evaluated say what."""
    return are_groups(value) and any(
        is_running(group) or any(_is_evaluated(rule) for rule in items(group, "rules")) for group in value
    )


def _is_evaluated(rule: Any) -> bool:
    return isinstance(rule, Mapping) and bool(scalar(rule, "expr")) and ("alert" in rule or "record" in rule)
