"""What happened: the annotations with some tags, as a list to click on."""

from typing import Unpack

from panels.kinds.kind import Kind
from panels.panel import Frame, Panel

KIND = Kind(
    plugin="annolist",
    width=8,
    height=8,
    # grafanalib has no class for it
    options={
        "limit": 10,
        "navigateAfter": "10m",
        "navigateBefore": "10m",
        "navigateToPanel": True,
        "onlyFromThisDashboard": False,
        "onlyInTimeRange": False,
        "showTags": True,
        "showTime": True,
        "showUser": True,
        "tags": [],
    },
    steps=(),
    mappings=False,
    says=Frame,
)


def annotations_list(
    title: str,
    *tags: str,
    limit: int = 10,
    this_page: bool = False,
    in_range: bool = True,
    **said: Unpack[Frame],
) -> Panel:
    """The annotations that bear all of these tags: `annotations_list("Deploys", "deploy")`."""
    return KIND.panel(
        title,
        options={
            "limit": limit,
            "onlyFromThisDashboard": this_page,
            "onlyInTimeRange": in_range,
            "tags": list(tags),
        },
        look=said,
    )
