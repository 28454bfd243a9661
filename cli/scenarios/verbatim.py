"""Values of a YAML file as promtool would read them itself: a number where a text belongs is that text."""

from __future__ import annotations

from typing import Any

from cli.lint.spot import Document, Path


def at(value: Any, path: Path) -> Any:
    """A member of a member, which is there."""
    for step in path:
        value = value[step]
    return value


def scalar(document: Document, path: Path, value: Any) -> Any:
    """One value as it is written, `1.10` and `007` with every digit; what holds others is left as it is."""
    if isinstance(value, str | list | dict):
        return value
    span = document.span(path)
    return "" if value is None else value if span is None else document.text[slice(*span)]


def deep(document: Document, path: Path, value: Any, numbers: frozenset[str]) -> Any:
    """The same of everything below; members of these names stay numbers."""
    if isinstance(value, dict):
        return {
            key: one
            if key in numbers and not isinstance(one, list | dict)
            else deep(document, (*path, key), one, numbers)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [deep(document, (*path, index), one, numbers) for index, one in enumerate(value)]
    return scalar(document, path, value)
