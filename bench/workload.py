"""One page of the workload: 5 rows of 6 panels, 60 queries; only title and uid differ from page to page.

The shape is that of the peers' comparison: 15 time series, 10 stats, 5 gauges, two queries a panel, three thresholds, a
unit, four variables.
"""

from collections.abc import Iterator
from dataclasses import dataclass

UNITS = ("reqps", "s", "percentunit", "bytes", "short", "percent")
KINDS = ("timeseries", "timeseries", "timeseries", "stat", "stat", "gauge")
STEPS = (("green", None), ("orange", 70.0), ("red", 90.0))
DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
SECTIONS = 5


@dataclass(frozen=True)
class Box:
    """A place on the grid."""

    x: int
    y: int
    w: int
    h: int

    def as_json(self) -> dict[str, int]:
        """Grafana's `gridPos`."""
        return {"h": self.h, "w": self.w, "x": self.x, "y": self.y}


@dataclass(frozen=True)
class Spec:
    """One panel, whoever makes it."""

    section: int
    index: int
    box: Box

    @property
    def kind(self) -> str:
        """Grafana's plugin."""
        return KINDS[self.index]

    @property
    def unit(self) -> str:
        """Grafana's unit id."""
        return UNITS[self.index]

    @property
    def title(self) -> str:
        """What people call it."""
        return f"Panel {self.section}.{self.index} {self.kind}"

    @property
    def description(self) -> str:
        """One sentence."""
        return f"Section {self.section} metric {self.index}"

    @property
    def targets(self) -> tuple[tuple[str, str, str], ...]:
        """Letter, query and legend of both queries."""
        name = f"svc_{self.section}_metric_{self.index}_total"
        buckets = f"svc_{self.section}_lat_{self.index}_bucket"
        scope = '{job="$job", instance=~"$instance"}'
        return (
            ("A", f"sum by (instance) (rate({name}{scope}[$__rate_interval]))", "{{instance}} rate"),
            ("B", f"histogram_quantile(0.99, sum by (le) (rate({buckets}{scope}[$__rate_interval])))", "p99"),
        )


def panels(section: int) -> Iterator[Spec]:
    """The six panels of a row."""
    top = section * 13 + 1
    for index, kind in enumerate(KINDS):
        height = 8 if kind == "timeseries" else 4
        box = Box((index % 3) * 8, top + (0 if index < 3 else 8), 8, height)  # noqa: PLR2004 - three in a line
        yield Spec(section, index, box)
