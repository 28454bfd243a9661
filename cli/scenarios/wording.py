"""Labels and samples as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cli.scenarios.answers import Sample

#: So many alerts or samples are told of; there may be thousands.
MOST = 3


def labels(said: Mapping[str, str]) -> str:
    """In braces, but for the alert's name."""
    return "{" + ", ".join(f'{key}="{text}"' for key, text in said.items() if key != "alertname") + "}"


def listed(those: Sequence[Mapping[str, str]]) -> str:
    """The first few."""
    more = f" and {len(those) - MOST} more" if len(those) > MOST else ""
    return ", ".join(map(labels, those[:MOST])) + more


def values(samples: Sequence[Sample]) -> str:
    """The first few, each with its series."""
    more = f" and {len(samples) - MOST} more" if len(samples) > MOST else ""
    return (
        ", ".join(f"{one.value:g}" + (f" ({_series(one.labels)})" if one.labels else "") for one in samples[:MOST])
        + more
    )


def _series(said: Mapping[str, str]) -> str:
    others = {key: text for key, text in said.items() if key != "__name__"}
    return said.get("__name__", "") + (labels(others) if others else "")
