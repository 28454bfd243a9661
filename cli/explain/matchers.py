"""Matchers as a person says them: "with status 5xx", and what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from cli.explain.phrase import label, listed
from queries.expr import Match
from queries.template import VARIABLE

#: Which service it is about is said by the page or by the rule's file; `le` and `quantile` are said otherwise.
UNSAID = frozenset({"job", "le", "quantile", "__name__"})
PLAIN = re.compile(r"[\w\-/:%@, ]+")
CLASS = re.compile(r"\d[\d.]*")
#: More values than these nobody wants to hear, nor a longer one.
MOST_VALUES, LONGEST = 4, 60
EVERYTHING = frozenset({".*", "^.*$", "(.*)"})
ANYTHING = frozenset({".+", "^.+$", "(.+)"})


class Picked(NamedTuple):
    """What matchers say.

    Attributes:
        which: "with status 5xx".
        out: what they leave out: "handler /metrics".
        chosen: whether a variable stands in one of them.
    """

    which: tuple[str, ...]
    out: tuple[str, ...]
    chosen: bool


def picked(match: Iterable[Match]) -> Picked:
    """Everything that is worth saying."""
    which: list[str] = []
    out: list[str] = []
    chosen = False
    match = tuple(match)
    pinned = {one.label for one in match if one.op == "=" or (one.op == "=~" and one.value not in ANYTHING)}
    for one in match:
        if one.label in UNSAID or (one.label in pinned and _asks_any(one)):
            continue
        if VARIABLE.search(one.value) or VARIABLE.search(one.label):
            chosen = True
        elif one.op in ("=", "=~"):
            which += filter(None, [_with(one)])
        elif text := _without(one):
            out.append(text)
        elif not one.value:
            which.append(f"with a {label(one.label)}")
    return Picked(tuple(dict.fromkeys(which)), tuple(dict.fromkeys(out)), chosen)


def _asks_any(match: Match) -> bool:
    """Whether it only wants the label to be there."""
    return (match.op, match.value) == ("!=", "") or (match.op == "=~" and match.value in ANYTHING)


def _with(match: Match) -> str:
    name, value = label(match.label), match.value
    if match.op == "=~" and value in EVERYTHING:
        return ""
    if match.op == "=~" and value in ANYTHING:
        return f"with a {name}"
    if not value:
        return f"without a {name}"
    return f"with {name} {_values(match)}"


def _without(match: Match) -> str:
    """What is left out; nothing where only series without the label are."""
    value = match.value
    if not value or (match.op == "!~" and value in EVERYTHING | ANYTHING | {"^$"}):
        return ""
    return f"{label(match.label)} {_values(match)}"


def _values(match: Match) -> str:
    value = match.value
    if match.op in ("=", "!="):
        return value if len(value) <= LONGEST else f"{value[:LONGEST]}..."
    inner = value.removeprefix("^").removesuffix("$")
    if inner.startswith("(") and inner.endswith(")") and inner.count("(") == 1:
        inner = inner[1:-1].removeprefix("?:")
    alternatives = [_alternative(one) for one in inner.split("|")]
    if len(alternatives) > MOST_VALUES:
        return f"one of {len(alternatives)}"
    if all(alternatives):
        return listed(alternatives, "or")
    return f"like {value if len(value) <= LONGEST else value[:LONGEST] + '...'}"


def _alternative(regex: str) -> str:
    """One of the words of a list, or where a word stands; nothing for any other regular expression."""
    regex = regex.replace(r"\.", "\0")
    if CLASS.fullmatch(regex):
        return regex.replace(".", "x").replace("\0", ".")
    for before, after, said in ((".*", ".*", "containing "), ("", ".*", "beginning with "), (".*", "", "ending in ")):
        if regex.startswith(before) and regex.endswith(after):
            inner = regex[len(before) : len(regex) - len(after)].replace("\0", ".")
            if PLAIN.fullmatch(inner.replace(".", "")) and (".*" not in inner) and "\0" not in inner:
                return said + inner
    plain = regex.replace("\0", "")
    return regex.replace("\0", ".") if PLAIN.fullmatch(plain) else ""
