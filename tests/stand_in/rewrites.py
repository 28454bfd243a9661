"""What Grafana changes in a dashboard before it stores it."""

import re

from tests.stand_in.answers import Json
from tests.stand_in.rows import sorted_copy

SECONDS = {
    "ns": 1e-9,
    "us": 1e-6,
    "µs": 1e-6,
    "ms": 1e-3,
    "s": 1.0,
    "m": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "w": 604800.0,
    "M": 2592000.0,
    "y": 31536000.0,
}
PART = re.compile(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|[smhdwMy])")


def rewritten(sent: Json, title: str, *, shortest: str, auto_refresh: bool) -> Json:
    """A sorted copy with a trimmed title and a refresh interval that the server can bear."""
    data = sorted_copy({**sent, "title": title})
    refresh = data.get("refresh")
    if is_too_often(refresh, shortest=shortest, auto_refresh=auto_refresh):
        data["refresh"] = shortest
    return data


def is_too_often(refresh: object, *, shortest: str, auto_refresh: bool) -> bool:
    """Whether a page would refresh more often than the server can bear, or it cannot be told."""
    if not isinstance(refresh, str) or not refresh or (auto_refresh and refresh == "auto"):
        return False
    seconds = _seconds(refresh)
    return seconds is None or seconds < (_seconds(shortest) or 0)


def _seconds(duration: str) -> float | None:
    if not re.fullmatch(f"(?:{PART.pattern})+", duration):
        return None
    return sum(float(amount) * SECONDS[unit] for amount, unit in PART.findall(duration))
