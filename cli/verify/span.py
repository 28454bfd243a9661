"""The time that a panel looks at, and the intervals that Grafana computes of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from cli.lint.subject import Page, Panel, Target
from queries.duration import seconds
from queries.source import Mistake

#: Grafana's own default where neither a page nor a person says one.
HOUR = 3600.0
#: Pixels of a window of 1920 that a column of the grid is wide: a panel draws a point a pixel.
COLUMN, COLUMNS = 76, 24
#: No answer of Prometheus has more points.
MOST_POINTS = 11_000
#: `roundInterval` of Grafana's `rangeutil`: below so many milliseconds, such an interval.
BOUNDS = (
    *(10, 15, 35, 75, 150, 350, 750, 1_500, 3_500, 7_500, 12_500, 17_500, 25_000, 45_000, 90_000, 210_000, 450_000),
    *(750_000, 1_050_000, 1_500_000, 2_700_000, 5_400_000, 9_000_000, 16_200_000, 32_400_000, 86_400_000),
    *(604_800_000, 1_814_400_000, 3_628_800_000),
)
ROUND = (
    *(1, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000),
    *(600_000, 900_000, 1_200_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000),
    *(86_400_000, 604_800_000, 2_592_000_000, 31_536_000_000),
)
FROM_NOW = re.compile(r"(?:now-)?(\d+(?:ms|[smhdwy]))")
#: Grafana's month, which Prometheus does not know.
MONTHS = re.compile(r"(?:now-)?(\d+)M")


class Span(NamedTuple):
    """All in seconds.

    Attributes:
        length: from the oldest moment to now.
        interval: between two points.
        rate_interval: the window that holds enough scrapes.
    """

    length: float
    interval: float
    rate_interval: float

    def variables(self, now: float) -> Mapping[str, str]:
        """What stands for Grafana's own variables."""
        whole = round(self.length)
        return {
            "__interval": _spelled(self.interval),
            "__interval_ms": f"{self.interval * 1000:.0f}",
            "__rate_interval": _spelled(self.rate_interval),
            "__rate_interval_ms": f"{self.rate_interval * 1000:.0f}",
            "__range": f"{whole}s",
            "__range_s": str(whole),
            "__range_ms": str(whole * 1000),
            "__from": f"{(now - self.length) * 1000:.0f}",
            "__to": f"{now * 1000:.0f}",
            "__auto": _spelled(self.interval),
        }


def span_of(panel: Panel, target: Target, length: float, scrape: float) -> Span:
    """The intervals of one query of a panel.

    `$__interval` is the range over the points that fit, rounded as Grafana rounds, and never below the min step;
    `$__rate_interval` is max(`$__interval` + scrape interval, 4 x scrape interval).

    Args:
        panel: its width, its `maxDataPoints`, its min step and its own time.
        target: its own min step.
        length: of the page's range, in seconds.
        scrape: the data source's scrape interval.
    """
    said = panel.json.get("maxDataPoints")
    points = said if isinstance(said, int | float) and said >= 1 else _width(panel)
    length = time_of(panel.json.get("timeFrom")) or length
    step = _length(target.interval) or _length(panel.interval)
    least = step or scrape
    interval = max(rounded(length / points), least, length / MOST_POINTS)
    return Span(length, interval, max(interval + least, 4 * least))


def of_page(page: Page, said: float | None) -> float:
    """Seconds that a page looks at when it is opened, unless a person said some; an hour where it says none."""
    time = page.json.get("time")
    opened = time_of(time.get("from")) if isinstance(time, Mapping) and time.get("to") == "now" else None
    return said or opened or HOUR


def time_of(said: object) -> float | None:
    """Seconds of "now-6h" or "6h"; None where it is another time."""
    if not isinstance(said, str):
        return None
    if months := MONTHS.fullmatch(said):
        return int(months[1]) * 30 * 86_400.0
    found = FROM_NOW.fullmatch(said)
    return _length(found[1]) if found else None


def rounded(length: float) -> float:
    """The interval that Grafana takes for about so many seconds."""
    return ROUND[bisect_right(BOUNDS, length * 1000)] / 1000


def _width(panel: Panel) -> int:
    """How many points a panel draws: its width."""
    return max(COLUMN * min(panel.grid[2] if panel.grid else COLUMNS, COLUMNS), COLUMN)


def _length(said: str) -> float | None:
    """Seconds of a min step: ">30s" is what older pages say; a variable says none."""
    try:
        return seconds(said.lstrip(">").strip())
    except Mistake:
        return None


def _spelled(length: float) -> str:
    """As Grafana spells it: in milliseconds where it is no whole number of seconds."""
    return f"{length:.0f}s" if length == int(length) else f"{length * 1000:.0f}ms"
