"""Prometheus durations: "5m", "1h30m", "7d"; one spelling for each."""

import re

from queries.source import Mistake

_UNITS = (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1))
_WEEK_AND_YEAR = {"w": 7 * 86_400_000, "y": 365 * 86_400_000}
_PART = re.compile(r"(\d+)(ms|[smhdwy])")
#: Prometheus counts nanoseconds in 63 bits.
LONGEST = (2**63 - 1) // 1_000_000
#: More digits than Python turns into a number stand in no file that a person wrote.
MOST_CHARACTERS = 200
_WHOLE = re.compile(r"(?:\d+(?:ms|[smhdwy]))+")


def milliseconds(text: str) -> int:
    """How long "1h30m" is; Mistake for what is no duration or is none at all."""
    if not isinstance(text, str) or not _WHOLE.fullmatch(text):
        raise Mistake(f"{text!r} is no duration", fix='like "5m", "1h" or "7d"')
    if len(text) > MOST_CHARACTERS:
        raise Mistake("a duration of so many digits is longer than Prometheus can count")
    sizes = dict(_UNITS) | _WEEK_AND_YEAR
    total = sum(int(count) * sizes[unit] for count, unit in _PART.findall(text))
    if total <= 0:
        raise Mistake(f"{text!r} is no time at all")
    if total > LONGEST:
        raise Mistake(f"{text!r} is longer than Prometheus can count")
    return total


def spelled(length: int) -> str:
    """The one spelling of so many milliseconds: days down, no weeks."""
    text, rest = "-" if length < 0 else "", abs(length)
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        text += f"{count}{unit}" if count else ""
    return text or "0s"


def canonical(text: str) -> str:
    """The same duration in its one spelling; Grafana's own windows stay what they are."""
    return text if isinstance(text, str) and text.startswith("$") else spelled(milliseconds(text))


def seconds(text: str) -> float:
    """How long it is, in seconds."""
    return milliseconds(text) / 1000
