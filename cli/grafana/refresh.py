"""A page's refresh against the shortest that a Grafana takes: some raise it without a word, some refuse the page."""

import re
from collections.abc import Mapping
from typing import Any

#: Grafana's default, for a server that does not tell.
MINIMUM = "5s"
#: Seconds in each unit of an interval, the longest names first.
UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
INTERVAL = re.compile(r"(?:[0-9]+(?:ms|[smhdwy]))+")
PART = re.compile(r"([0-9]+)(ms|[smhdwy])")
#: No interval, and no mistake.
OTHER = ("", "auto")


def raised(page: Mapping[str, Any], minimum: str) -> dict[str, Any]:
    """The page as a Grafana of this minimum takes it: what is shorter, or no interval, as 9 to 12 raise it."""
    return {**page, "refresh": kept(page["refresh"], minimum)} if "refresh" in page else dict(page)


def kept(refresh: Any, minimum: str) -> Any:
    """The refresh that a Grafana of this minimum keeps when it is asked for this one."""
    least = seconds(minimum)
    if not isinstance(refresh, str) or refresh in OTHER or least is None:
        return refresh
    wanted = seconds(refresh)
    return minimum if wanted is None or wanted < least else refresh


def seconds(interval: str) -> float | None:
    """An interval as Grafana writes it; None where it is none."""
    if not INTERVAL.fullmatch(interval):
        return None
    return sum(float(number) * UNITS[unit] for number, unit in PART.findall(interval))
