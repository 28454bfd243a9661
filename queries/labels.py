"""What a metric and its labels may be called, and a label with its values."""

from __future__ import annotations

import re
from dataclasses import dataclass

NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
#: The labels that Prometheus itself puts on every series of a scraped target.
TARGET = ("job", "instance")
RESERVED_LABELS = frozenset({"le", "quantile", "__name__", *TARGET})


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a metric; `values` is its closed set, or empty where any value may come."""

    name: str
    values: tuple[str, ...] = ()


def label(name: str, *values: str) -> Label:
    """A label with its closed set of values: `label("status", "success", "error")`."""
    return Label(name, values)
