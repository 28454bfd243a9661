"""A value as a person says it: "1.38 s", "740 ms", "0.76 %", "6.1 Mtok", "$10.90"."""

import math
from datetime import UTC, datetime

from queries.unit import BOOL, BYTES, HOURS, MILLISECONDS, PERCENT, RATIO, SECONDS, TIMESTAMP, Unit

_THOUSANDS = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_BINARY = ((2**40, "Ti"), (2**30, "Gi"), (2**20, "Mi"), (2**10, "Ki"))
_TIMES = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))


def say(value: float, unit: Unit) -> str:
    """The value with three significant digits and the unit's own words."""
    if not math.isfinite(value):
        return {math.inf: "infinite", -math.inf: "minus infinite"}.get(value, "no value")
    if unit == RATIO:
        return f"{_short(value * 100)} %"
    if unit == PERCENT:
        return f"{_short(value)} %"
    if unit == BOOL:
        return {0.0: "no", 1.0: "yes"}.get(value, _short(value))
    if unit in (SECONDS, MILLISECONDS, HOURS):
        return _duration(value * unit.scale)
    if unit == TIMESTAMP:
        return _moment(value)
    if unit.symbol.startswith("$"):
        return f"{'-' * (value < 0)}${abs(value):,.2f}{unit.symbol[1:]}"
    steps = _BINARY if BYTES.dimension[0] in unit.dimension else _THOUSANDS
    number, prefix = _scaled(value, steps)
    text = f"{_short(number)} {prefix}{unit.symbol}" if unit.symbol else f"{_short(number)}{prefix}"
    return text.rstrip()


def _moment(value: float) -> str:
    try:
        return datetime.fromtimestamp(value, UTC).isoformat(" ", "seconds")
    except (ValueError, OverflowError, OSError):  # before the year 1, or after 9999
        return f"{value:g}"


def _scaled(value: float, steps: tuple[tuple[float, str], ...]) -> tuple[float, str]:
    return next(((value / s, p) for s, p in steps if abs(value) >= s), (value, ""))


def _duration(seconds: float) -> str:
    size, name = next((t for t in _TIMES if abs(seconds) >= t[0]), _TIMES[3])
    return f"{_short(seconds / size)} {name}"


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 999.5 else f"{value:.3g}"  # noqa: PLR2004 - three digits
