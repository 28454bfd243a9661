"""Members of JSON that anybody wrote: one of another type than it should be counts as absent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def text(value: Any, key: str) -> str:
    """A member that is a string."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def scalar(value: Any, key: str) -> str:
    """A member that YAML may have taken for a number or a boolean, but Prometheus reads as a string."""
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, bool):
        return str(found).lower()
    return str(found) if isinstance(found, str | int | float) else ""


def mapping(value: Any, *keys: str) -> Mapping[str, Any]:
    """A member that is an object, or a member's member."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def items(value: Any, *keys: str) -> list[Any]:
    """A member that is an array."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, list) else []


def objects(value: Any, *keys: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The objects in a member that is an array, each with its index there."""
    listed = items(value, *keys)
    return [(index, one) for index, one in enumerate(listed) if isinstance(one, dict)] if listed else []


def whole(value: Any, key: str) -> int | None:
    """A member that is a whole number."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def number(value: Any, key: str) -> float | None:
    """A member that is a number, or a string that is one, as old panels have it."""
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        return float(found)
    except (ValueError, OverflowError):
        return None


def words(value: Any, key: str) -> dict[str, str]:
    """A member that maps names to strings: labels, annotations."""
    found = mapping(value, key)
    return {str(name): scalar(found, name) for name in found}
