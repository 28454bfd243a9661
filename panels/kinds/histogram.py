"""How values are spread over the page's time: what most of them are, and how far the others go."""

from typing import Unpack

from panels.asking import asked, is_one_line
from panels.colors import meanings
from panels.judge import limit_lines, one_unit, shown_in, widest
from panels.kinds.kind import HIDDEN, LIST, ONE_TOOLTIP, PALETTE, PALETTE_BY_NAME, SHOWN, Kind
from panels.panel import Judged, Panel
from queries import Query

KIND = Kind(
    plugin="histogram",
    width=8,
    height=8,
    grafanalib="Histogram",
    options={
        "bucketCount": 30,
        "bucketOffset": 0,
        "combine": False,
        "legend": LIST,
        "tooltip": ONE_TOOLTIP,
    },
    custom={
        "fillOpacity": 80,
        "gradientMode": "none",
        "hideFrom": SHOWN,
        "lineWidth": 1,
        "stacking": {"group": "A", "mode": "none"},
    },
    color=PALETTE,
    says=Judged,
)


def histogram(
    title: str,
    *queries: Query,
    combine: bool = False,
    bucket: int | None = None,
    **said: Unpack[Judged],
) -> Panel:
    """How often each value came. `combine` counts all series as one; `bucket` is a bar's width in the unit.

    The distribution of a Prometheus histogram is a `heatmap`.
    """
    unit = one_unit(title, queries, said)
    shown = shown_in(queries, unit)
    lone = is_one_line(shown)
    options = {"combine": combine, "legend": HIDDEN if lone or combine else LIST}
    return KIND.panel(
        title,
        *asked(title, shown),
        unit=unit.grafana,
        steps=limit_lines(widest(shown), said),
        defaults={"color": PALETTE if lone else PALETTE_BY_NAME},
        options=options if bucket is None else {**options, "bucketSize": bucket},
        overrides=meanings(shown, said),
        look=said,
    )
