"""Whether a file speaks of something at all."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4)
def mentions(text: str, *words: str) -> bool:
    """Whether one of the words stands in a text; it is looked through once, however many of its parts ask."""
    return any(word in text for word in words)
