"""Durations as Prometheus reads them in rules: `1h30m`, whole numbers, the greatest unit first; 0 needs no unit."""

from __future__ import annotations

import re

DURATION = re.compile(
    r"(?=\d)(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?",
)
#: Prometheus counts nanoseconds in 63 bits.
LONGEST = 2**63 / 1e9
SECONDS = (365 * 86400.0, 7 * 86400.0, 86400.0, 3600.0, 60.0, 1.0, 0.001)


def length(text: str) -> float | None:
    """How long it is in seconds; None for what Prometheus refuses."""
    if text == "0":
        return 0.0
    found = DURATION.fullmatch(text)
    if found is None:
        return None
    seconds = sum(float(count) * size for count, size in zip(found.groups(), SECONDS, strict=True) if count)
    return seconds if seconds < LONGEST else None


def is_filled_in(text: str) -> bool:
    """Whether somebody else writes the value before Prometheus reads it: Helm, Terraform."""
    return "{{" in text or "$" in text
