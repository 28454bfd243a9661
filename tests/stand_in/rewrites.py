"""What Grafana changes in a dashboard before it stores it."""

import re

from tests.stand_in.answers import Json
from tests.stand_in.state import sorted_copy

SHORTEST_REFRESH = "5s"
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


def rewritten(sent: Json, title: str, *, auto_refresh: bool) -> Json:
    """A sorted copy with a trimmed title and a refresh interval that the server can bear."""
    data = sorted_copy({**sent, "title": title})
    refresh = data.get("refresh")
    if isinstance(refresh, str) and refresh and not (auto_refresh and refresh == "auto"):
        seconds = _seconds(refresh)
        if seconds is None or seconds < (_seconds(SHORTEST_REFRESH) or 0):
            data["refresh"] = SHORTEST_REFRESH
    return data


def _seconds(duration: str) -> float | None:
    if not re.fullmatch(f"(?:{PART.pattern})+", duration):
        return None
    return sum(float(amount) * SECONDS[unit] for amount, unit in PART.findall(duration))
