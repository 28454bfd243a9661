"""What a caller hands in, as the number, text or exemplar that can be exposed; None where it is none.

Whatever it does when it is looked at (a `__str__` that raises, a number too great for a float) stays here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Exemplar: TypeAlias = Callable[[], Mapping[str, str] | None]
NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
#: Characters of the names and values of an exemplar together, by OpenMetrics 1.0.
LONGEST = 128


def number(said: Any) -> float | None:
    """A number; numpy's and decimals too, but no text."""
    if isinstance(said, str | bytes | bytearray):
        return None
    try:
        return float(said)
    except Exception:  # noqa: BLE001 - it may be anything, and so do anything
        return None


def text(said: Any) -> str | None:
    """The value of a label. What has no UTF-8, a lone surrogate, would break the page for good: it becomes `?`."""
    try:
        hash(said)
        whole = str.__str__(said) if isinstance(said, str) else str(said)
        return whole.encode("utf-8", "replace").decode()
    except Exception:  # noqa: BLE001 - likewise
        return None


def exemplar(said: Exemplar | Mapping[str, str] | None) -> dict[str, str] | None:
    """An exemplar, or what makes one: empty where there is nothing to say."""
    try:
        made = said() if callable(said) else said
        pairs = dict(made or {})
        "".join((*pairs, *pairs.values())).encode()
    except Exception:  # noqa: BLE001 - likewise
        return None
    short = sum(len(name) + len(value) for name, value in pairs.items()) <= LONGEST
    return pairs if short and all(NAME.fullmatch(name) for name in pairs) else None


def shown(said: Any) -> str:
    """How a message speaks of it."""
    try:
        return repr(said)
    except Exception:  # noqa: BLE001 - likewise; 10**5000 has no repr
        return f"a {type(said).__name__}"
