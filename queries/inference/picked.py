"""Which series matchers pick: the labels that these then surely have, and their possible values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from typing import TypeAlias

from queries.exposed import Series
from queries.expr import Match, Select
from queries.known import NO_LABELS, NO_VALUES, Empty, Known
from queries.template import VARIABLE

#: A regular expression that is a list of plain words: `a|b`; it says each value itself.
WORDS = re.compile(r"[\w\-/:% ]+(?:\|[\w\-/:% ]+)*")
OPERATOR = itemgetter(1)
#: What Python reads in another way than RE2 (`[[:alpha:]]`), or may take for ever: a repeated group.
ODD = re.compile(r"\[\^?\[|--|&&|~~|\|\||\)[*+{]")
#: What Python tries in more than one way, each for every part of the value; beyond so many trials nobody waits.
CHOICE = re.compile(r"[*+{?)]")
MOST_TRIALS = 1_000_000
NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:e[+-]?\d+)?")
#: The labels that are surely there, the values that are left of each, and why there may be no series.
Matched: TypeAlias = tuple[frozenset[str], Mapping[str, frozenset[str]], Empty | None]


def picked(node: Select, series: Series | None, *, strict: bool) -> Known:
    """What a selector yields.

    Args:
        node: the selector.
        series: what the catalogs say of its name, None where they know nothing.
        strict: whether a name that no catalog knows does not exist.
    """
    name = node.name
    empty: Empty | None = None
    if series is None:
        always, maybe, values, open_ = NO_LABELS, NO_LABELS, NO_VALUES, True
        kind, unit = "", None
        if strict and name and not _is_open(name):
            empty = Empty("metric", f"no catalog knows {name}")
    else:
        _, _, kind, unit, always, maybe, values, open_ = series
        if kind == "bare":
            empty = Empty("bare", f"{name} is a histogram, and no series has its bare name")
    if node.match:
        if series is None:
            always, values, why = _of_anything(node.match)
        else:
            always, values, why = _matched(node, always, maybe, values, open_=open_)
        # `x{a=""}` has no a
        if maybe:
            maybe = frozenset([one for one in maybe if one not in always and (one not in values or values[one])])
        empty = empty or why
    names = (name,) if name else ()
    return Known(node, (), "vector", kind, unit, always, maybe, open_, values, empty, series=series, names=names)


@lru_cache(maxsize=1000)
def _of_anything(match: tuple[Match, ...]) -> Matched:
    """What matchers pick of series of which nobody knows anything: a house asks with a few of them only."""
    return _matched(Select("", match), NO_LABELS, NO_LABELS, NO_VALUES, open_=True)


def _matched(
    node: Select,
    always: frozenset[str],
    maybe: frozenset[str],
    values: Mapping[str, frozenset[str]],
    *,
    open_: bool,
) -> Matched:
    name = node.name or "a series"
    surely = set(always)
    possible = dict(values)
    empty: Empty | None = None
    # what picks values first, then what takes some of them away
    for match in sorted(node.match, key=OPERATOR, reverse=True):
        label, op, value = match
        if label == "__name__" or _is_open(label + value):
            continue
        takes_none = not value if op == "=" else matches(match, "")
        if not open_ and label not in always and label not in maybe:
            if takes_none is False:
                empty = empty or Empty("label", f"{name} has no label {label!r}")
            continue
        known = possible.get(label)
        if known is not None:
            left = _taken(match, known)
            # a label that a series may lack counts as one with no value
            if not left and not (takes_none is not False and label not in surely):
                empty = empty or _nothing_left(name, match, node, values)
            possible[label] = left
        elif op == "=":
            possible[label] = frozenset((value,)) if value else NO_LABELS
        elif op == "=~" and WORDS.fullmatch(value):
            possible[label] = frozenset(value.split("|"))
        if takes_none is False:
            surely.add(label)
        elif op == "=" and not value and label in always:
            empty = empty or Empty("value", f"every series of {name} has a {label}")
        elif op == "=" and not value and label in surely:
            empty = empty or _nothing_left(name, match, node, {})
    return frozenset(surely), possible, empty


def _is_open(text: str) -> bool:
    """Whether a variable is in it, so that nobody knows what it is."""
    return ("$" in text or "[[" in text) and VARIABLE.search(text) is not None


@lru_cache(maxsize=4096)
def _taken(match: Match, known: frozenset[str]) -> frozenset[str]:
    """Those of the values that a matcher may take."""
    return frozenset(one for one in known if matches(match, one) is not False) or _same_bound(match, known)


def _same_bound(match: Match, known: frozenset[str]) -> frozenset[str]:
    """`le="1"` where the catalog has 1.0: Prometheus 2 takes it from an exporter that writes whole numbers."""
    if match.label != "le" or match.op != "=" or not NUMBER.fullmatch(match.value):
        return NO_LABELS
    same = any(NUMBER.fullmatch(one) and float(one) == float(match.value) for one in known)
    return frozenset((match.value,)) if same else NO_LABELS


def _nothing_left(name: str, match: Match, node: Select, values: Mapping[str, frozenset[str]]) -> Empty:
    label = match.label
    text = f'{label}{match.op}"{match.value}"'
    declared = values.get(label)
    if declared is None or any(matches(match, one) is not False for one in declared):
        others = [f'{one.label}{one.op}"{one.value}"' for one in node.match if one.label == label and one is not match]
        return Empty("contradiction", f"{text} and {', '.join(others)} exclude each other")
    if label == "le":
        return Empty("bucket", f"{name} has no bucket for {text}")
    return Empty("value", f"{text} is none of {name}'s values: {', '.join(sorted(declared))}")


def _alike(regex: str, value: str) -> bool:
    """Whether Python reads a regular expression as RE2 does, and in no time."""
    if "\n" in value or ODD.search(regex):
        return False
    if "(?" in regex and not (regex + value).isascii():
        return False
    return bool(len(value) ** len(CHOICE.findall(regex)) <= MOST_TRIALS)


@lru_cache(maxsize=4096)
def matches(match: Match, value: str) -> bool | None:
    """Whether a matcher takes a value; None where nobody can say (a regular expression that only RE2 reads)."""
    if match.op == "=":
        return value == match.value
    if match.op == "!=":
        return value != match.value
    if WORDS.fullmatch(match.value):
        return (value in match.value.split("|")) is (match.op == "=~")
    if not _alike(match.value, value):
        return None
    try:
        hit = re.fullmatch(match.value, value, re.ASCII) is not None
    except (re.error, OverflowError, RecursionError):
        return None
    return hit if match.op == "=~" else not hit
