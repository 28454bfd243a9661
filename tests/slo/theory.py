"""When a burn-rate alert must fire, and when it must stop: arithmetic, no rule.

The Site Reliability Workbook, chapter 5, "4: Alert on Burn Rate": an alert fires after (1 - objective) / error ratio x
window x burn rate, that is when the long window is so full of errors that their share passes the limit; it stops when
its short window has emptied so far.
"""

from math import ceil, floor

from queries import Slo
from queries.burn import Burn
from queries.duration import seconds

MINUTE = 60
#: A long window that is averaged from recorded samples holds those at both of its ends.
AVERAGED = ("1d", "3d")
#: Where the share is the limit to the last digit, nobody knows which way it is rounded.
CLOSE = 1e-9


def minutes(span: str) -> int:
    """A duration in minutes."""
    return round(seconds(span) / MINUTE)


def detection(slo: Slo, burn: Burn, bad: float) -> float:
    """Minutes from the first bad request to the alert, by the workbook, where nothing was bad before."""
    return (1 - slo.objective.value) / bad * minutes(burn.long) * slo.factor(burn)


def silent_until(slo: Slo, burn: Burn, bad: float, every: int) -> int:
    """Minutes to the last evaluation before it fires, where the rules are evaluated every so many minutes."""
    return every * (ceil(_steps_to_fire(slo, burn, bad, every) - CLOSE) - 1)


def fires_at(slo: Slo, burn: Burn, bad: float, every: int) -> int:
    """Minutes to the first evaluation at which it fires: the next one, but where both are the limit to the digit."""
    return every * (floor(_steps_to_fire(slo, burn, bad, every) + CLOSE) + 1)


def fires_until(slo: Slo, burn: Burn, bad: float, every: int) -> int:
    """Minutes from the last bad request to the last evaluation at which it fires still."""
    return every * (ceil(_steps_to_reset(slo, burn, bad, every) - CLOSE) - 1)


def resets_at(slo: Slo, burn: Burn, bad: float, every: int) -> int:
    """Minutes from the last bad request to the first evaluation at which it fires no longer."""
    return every * (floor(_steps_to_reset(slo, burn, bad, every) + CLOSE) + 1)


def _steps_to_fire(slo: Slo, burn: Burn, bad: float, every: int) -> float:
    samples = minutes(burn.long) // every + (burn.long in AVERAGED)
    return slo.limit(burn).value / bad * samples


def _steps_to_reset(slo: Slo, burn: Burn, bad: float, every: int) -> float:
    return minutes(burn.short) * (1 - slo.limit(burn).value / bad) / every
