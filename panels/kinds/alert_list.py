"""Which alerts are firing, as Grafana itself knows them."""

from collections.abc import Sequence
from typing import Literal, Unpack

from panels.kinds.kind import Kind
from panels.panel import Frame, Panel
from queries import Mistake

Shown = Literal["firing", "pending", "noData", "normal", "error"]
_STATES: Sequence[Shown] = ("error", "firing", "noData", "normal", "pending")
_DEFAULT: Sequence[Shown] = ("firing", "pending", "error")

KIND = Kind(
    plugin="alertlist",
    width=8,
    height=8,
    grafanalib="AlertList",
    # no schema there: public/app/plugins/panel/alertlist (module.tsx, types.ts) of Grafana 12
    options={
        "alertInstanceLabelFilter": "",
        "alertName": "",
        "dashboardAlerts": False,
        "groupBy": [],
        "groupMode": "default",
        "maxItems": 20,
        "showInactiveAlerts": False,
        "sortOrder": 1,
        "stateFilter": {"error": True, "firing": True, "noData": False, "normal": False, "pending": True},
        "viewMode": "list",
    },
    steps=(),
    mappings=False,
    says=Frame,
)


def alert_list(
    title: str,
    *,
    name: str = "",
    labels: str = "",
    group_by: Sequence[str] = (),
    show: Sequence[Shown] = _DEFAULT,
    this_page: bool = False,
    count: bool = False,
    limit: int = 20,
    **said: Unpack[Frame],
) -> Panel:
    """The alerts whose name contains `name` and whose labels match `labels`: `{severity="critical"}`.

    `count` shows how many there are instead of which; `this_page` only those of this page.
    """
    unknown = sorted(set(show) - set(_STATES))
    if unknown:
        raise Mistake(f"alert list {title!r}: no alert is {unknown[0]!r}", fix=f"one of {', '.join(_STATES)}")
    return KIND.panel(
        title,
        options={
            "alertInstanceLabelFilter": labels,
            "alertName": name,
            "dashboardAlerts": this_page,
            "groupBy": list(group_by),
            "groupMode": "custom" if group_by else "default",
            "maxItems": limit,
            "stateFilter": {state: state in show for state in _STATES},
            "viewMode": "stat" if count else "list",
        },
        look=said,
    )
