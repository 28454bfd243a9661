"""Labels of a series: what a matcher finds, what an aggregation keeps, a value that a pattern matches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from queries.expr import Match, Matching
from queries.promql import quoted

#: Sorted pairs, without the name.
Labels: TypeAlias = tuple[tuple[str, str], ...]


def labels(of: Mapping[str, str] | Iterable[tuple[str, str]]) -> Labels:
    """The pairs in their one order; an empty value is no label."""
    return tuple(sorted((name, value) for name, value in dict(of).items() if value))


@lru_cache(8192)
def finds(match: Match, value: str) -> bool:
    """Whether a matcher finds a value; no label is an empty one."""
    if match.op in ("=", "!="):
        return (match.value == value) == (match.op == "=")
    try:
        found = re.fullmatch(match.value, value, re.DOTALL) is not None
    except re.error:  # RE2 knows what Python does not
        return False
    return found == (match.op == "=~")


@lru_cache(8192)
def picks(matchers: tuple[Match, ...], of: Labels) -> bool:
    """Whether all of the matchers find the series."""
    held = dict(of)
    return all(finds(one, held.get(one.label, "")) for one in matchers)


@lru_cache(8192)
def kept(of: Labels, names: tuple[str, ...], without: bool) -> Labels:  # noqa: FBT001 - as PromQL's two words
    """What `by` or `without` leaves."""
    return tuple(one for one in of if (one[0] in names) is not without)


@lru_cache(8192)
def partner(of: Labels, matching: Matching | None) -> Labels:
    """What two series must have in common to be partners."""
    return of if matching is None else kept(of, matching.labels, matching.ignoring)


def written(name: str, of: Labels) -> str:
    """The series as promtool's tests name it."""
    said = ", ".join(f"{label}={quoted(value)}" for label, value in of)
    return f"{name}{{{said}}}" if said else name


def candidates(matchers: Iterable[Match], known: Iterable[str] = ()) -> Iterator[str]:
    """Values that a label may have, those that the matchers find first."""
    matchers = tuple(matchers)
    offered = [
        *(one.value for one in matchers if one.op == "="),
        *known,
        *(text for one in matchers if one.op == "=~" for text in _examples(one.value)),
        "a", "b", "1", "200", "/a", "a:1", "stranger", "",
    ]  # fmt: skip
    return (one for one in dict.fromkeys(offered) if all(finds(match, one) for match in matchers))


def _examples(pattern: str) -> Iterator[str]:
    """Texts that a simple regular expression may match."""
    pattern = pattern.removeprefix("^").removesuffix("$")
    grouped = re.sub(r"\((?:\?:)?([^()|]*)(?:\|[^()]*)?\)\??", r"\1", pattern)
    for text in (*pattern.split("|"), *grouped.split("|"), *pattern.strip("()").removeprefix("?:").split("|")):
        text = text.removeprefix("^").removesuffix("$")  # noqa: PLW2901 - another step of the same
        for wild in ("a", "1"):
            plain = re.sub(r"\[[^\]]*\](?:[+*]|\{\d+(?:,\d*)?\})?|\\[dw][+*]?", "1", text)
            plain = re.sub(r"(?<!\\)\.(?:[+*]\??|\{\d+(?:,\d*)?\})", wild, plain)
            yield re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\.", "0", plain).replace("?", ""))
