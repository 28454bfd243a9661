"""A mapping in a test file, member by member: what is missing, unknown or of another kind has its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from cli.lint.spot import Spot
from cli.scenarios.trial import Fault, place_of
from queries.source import did_you_mean


class Broken(Exception):
    """Something in a test file is none; it never leaves the reading."""

    def __init__(self, what: str, spot: Spot, hint: str = "") -> None:
        super().__init__(what)
        self.fault = Fault(what, place_of(spot), "broken", hint)


def mapping(value: Any, spot: Spot, known: Collection[str], what: str, example: str) -> Mapping[str, Any]:
    """The value, a mapping with these members only."""
    if not isinstance(value, dict):
        raise Broken(f"{what} is {_kind(value)} and no mapping", spot, example)
    for key in value:
        if key not in known:
            raise Broken(f"{what} knows no {key!r}", spot.below(key), did_you_mean(key, known))
    return value


def texts(value: Any, spot: Spot, what: str) -> dict[str, str]:
    """A mapping of texts; a number is the text that is written there."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Broken(f"{what} is {_kind(value)} and no mapping", spot)
    return {key: text(value, spot, key) for key in value}


def text(value: Mapping[str, Any], spot: Spot, key: str, *, default: str | None = None) -> str:
    """A member that is one text, as it is written there: to Prometheus 007 and true are words."""
    found, there = value.get(key), spot.below(key)
    if found is None and default is not None:
        return default
    if key not in value or found is None:
        raise Broken(f"{spot.where} has no {key!r}", spot)
    if isinstance(found, dict | list):
        raise Broken(f"{key} is {_kind(found)} and no text", there)
    if isinstance(found, str):
        return found
    span = spot.document.span(there.path)
    return str(found) if span is None else spot.document.text[slice(*span)]


def listed(value: Mapping[str, Any], spot: Spot, key: str) -> Iterator[tuple[Any, Spot]]:
    """The items of a member that is a list and not empty, each with its place."""
    found = value.get(key)
    if not isinstance(found, list) or not found:
        raise Broken(f"{spot.where} has no list {key!r}", spot.below(key) if key in value else spot)
    for index, one in enumerate(found):
        yield one, spot.below(key, index)


def number(value: Mapping[str, Any], spot: Spot, key: str) -> float | None:
    """A member that is a number, Inf and NaN among them; None where it is null."""
    found = value[key]
    if found is None:
        return None
    try:
        if isinstance(found, str | int | float) and not isinstance(found, bool):
            return float(found)
    except (ValueError, OverflowError):
        pass
    raise Broken(f"{key} is {_kind(found)} and no number", spot.below(key), "0.05, Inf, or null for nothing")


def _kind(value: Any) -> str:
    match value:
        case None:
            return "empty"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case bool():
            return str(value).lower()
    return f"{value!r:.40}"
