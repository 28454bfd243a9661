"""Groups of rules inside something else: the values of a Helm chart, what a server answers, a template's variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    left: list[tuple[Path, Any]] = [((), value)]
    while left:
        path, one = left.pop()
        if path[-1:] == (GROUPS,) and _are_surely(one):
            yield path
        elif len(path) < DEEPEST:
            below = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
            left += [((*path, key), each) for key, each in below if isinstance(each, dict | list)][::-1]


def _are_surely(value: Any) -> bool:
    """Many things have groups with rules; those of rules that are evaluated say what."""
    return are_groups(value) and any(
        is_running(group) or any(_is_evaluated(rule) for rule in items(group, "rules")) for group in value
    )


def _is_evaluated(rule: Any) -> bool:
    return isinstance(rule, Mapping) and bool(scalar(rule, "expr")) and ("alert" in rule or "record" in rule)
