"""A page's annotations as Grafana's JSON: what people mark, and when which alert waited or fired."""

from collections.abc import Mapping
from typing import Any

from panels.dashboard import AlertMarks, Dashboard, Marks
from panels.grafana.ids import panel_id
from panels.page_alerts import draws_alerts, panels_of
from panels.panel import State
from panels.theme import ALARMS
from queries import FIRING, to_promql
from queries.expr import Match, Select

Json = dict[str, Any]
OF_GRAFANA: Json = {"type": "grafana", "uid": "-- Grafana --"}
#: What every page has: alert states and what people mark by hand.
BUILT_IN: Json = {
    "builtIn": 1,
    "datasource": OF_GRAFANA,
    "enable": True,
    "hide": True,
    "iconColor": "rgba(0, 211, 255, 1)",
    "name": "Annotations & Alerts",
    "target": {"limit": 100, "matchAny": False, "tags": [], "type": "dashboard"},
    "type": "dashboard",
}
_ALERT_LABELS = "alertname,severity"


def annotations(dashboard: Dashboard, sources: Mapping[str, Json]) -> list[Json]:
    """What every page has, what the page's author wants, and on each panel that draws an alert its own."""
    drawn = _drawn(dashboard)
    marked = frozenset(name for names in drawn.values() for name in names)
    made = (_marks(one, sources, marked) for one in dashboard.marks)
    on_panels = (_on_panels(names, ids, state, sources) for ids, names in drawn.items() for state in ALARMS)
    return [BUILT_IN, *filter(None, made), *on_panels]


def _drawn(dashboard: Dashboard) -> dict[tuple[int, ...], list[str]]:
    """The panels, by id, that draw the same alerts, and these alerts: one annotation says them all."""
    found: dict[tuple[int, ...], list[str]] = {}
    for name, panels in panels_of(dashboard.panels()).items():
        ids = tuple(panel_id(dashboard.uid, one.key) for one in panels if draws_alerts(one))
        if ids:
            found.setdefault(ids, []).append(name)
    return found


def _marks(one: Marks | AlertMarks, sources: Mapping[str, Json], drawn: frozenset[str]) -> Json | None:
    """One annotation; None where its alerts are all drawn on panels of their own."""
    made: Json = {"enable": True, "hide": False, "iconColor": one.color, "name": one.name}
    if isinstance(one, Marks):
        target = {"limit": 100, "matchAny": False, "tags": list(one.tags), "type": "tags"}
        return {**made, "datasource": OF_GRAFANA, "target": target}
    left = tuple(name for name in one.alerts if name not in drawn)
    if one.alerts and not left:
        return None
    matches = [Match("alertstate", "=", "firing")]
    if left:
        matches.append(Match("alertname", "=~", "|".join(left)))
    elif drawn:
        matches.append(Match("alertname", "!~", "|".join(sorted(drawn))))
    if one.severity:
        matches.append(Match("severity", "=", one.severity))
    return made | _of_prometheus(matches, "{{alertname}}", sources)


def _on_panels(names: list[str], ids: tuple[int, ...], state: State, sources: Mapping[str, Json]) -> Json:
    """When these alerts were in the state; Grafana before 10 knows no filter, and draws them on every panel."""
    matches = [
        Match("alertstate", "=", "firing" if state.value == FIRING else "pending"),
        Match("alertname", "=~" if len(names) > 1 else "=", "|".join(names)),
    ]
    return {
        "enable": True,
        "filter": {"exclude": False, "ids": list(ids)},
        # a switch for each of them would fill the page's head
        "hide": True,
        "iconColor": state.color,
        "name": f"{', '.join(names)}: {state.text}",
        **_of_prometheus(matches, f"{{{{alertname}}}}: {state.text}", sources),
    }


def _of_prometheus(matches: list[Match], title: str, sources: Mapping[str, Json]) -> Json:
    return {
        "datasource": sources["prometheus"],
        "expr": to_promql(Select("ALERTS", tuple(matches))),
        "step": "60s",
        "tagKeys": _ALERT_LABELS,
        "textFormat": "{{severity}}",
        "titleFormat": title,
        "useValueForTime": False,
    }
