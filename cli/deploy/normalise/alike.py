"""Whether two values say the same: exactly, or but for what comes and goes by itself."""

from collections.abc import Mapping
from typing import Any

import orjson

from cli.deploy.normalise.noise import Names, Rules


def text(value: Any) -> bytes:
    """A value as JSON, keys sorted: the quickest way to see that nothing differs."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def identical(one: Any, other: Any) -> bool:
    """Whether nothing differs at all; what is equal to Python is looked at twice, for 1 equals true to it."""
    return bool(one == other) and text(one) == text(other)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal; true is not 1, but 1.0 is."""
    if one.__class__ is not other.__class__:
        numbers = (int, float)
        return type(one) in numbers and type(other) in numbers and bool(one == other)
    if isinstance(one, dict):
        return len(one) == len(other) and all(key in other and same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def alike(rules: Rules, path: Names, one: Any, other: Any) -> bool:
    """Whether they are equal, when what a rule names may be there or not. None is for what is not there."""
    if one is None or other is None:
        value = other if one is None else one
        if value is None or any(alike({}, (), value, usual) for usual in rules.get(path, ())):
            return True
        # an object that only says what is said without it
        return isinstance(value, Mapping) and all(alike(rules, (*path, k), None, v) for k, v in value.items())
    if isinstance(one, dict) and isinstance(other, dict):
        if identical(one, other):
            return True
        return all(alike(rules, (*path, key), one.get(key), other.get(key)) for key in {**one, **other})
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(
            alike(rules, (*path, "*"), mine, yours) for mine, yours in zip(one, other, strict=True)
        )
    return same(one, other)
