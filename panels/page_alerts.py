"""The alerts of a page: which panel shows which, and the panel that lists them all."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Unpack

from panels.asking import asked
from panels.kinds import KINDS
from panels.kinds.state_timeline import state_timeline
from panels.panel import Asking, Panel
from panels.theme import ALARMS
from queries import AlertRule, GivenAlert, Mistake, alarm_states, alert_names
from queries.alarms import ALERTS
from queries.gauges import maximum

WHAT_IT_IS = "The alerts of this page: waiting for their time, then firing. Nothing means all is well."


def page_alerts(title: str = "Alerts", **said: Unpack[Asking]) -> Panel:
    """Since when each alert of the page waits or fires; nothing while all is well.

    Which alerts these are follows from the other panels: those that they were given as `alerts=`.
    """
    nobody_yet = maximum(ALERTS, "alertname")
    look: Asking = {"description": WHAT_IT_IS, **said}
    return replace(state_timeline(title, nobody_yet, states=ALARMS, **look), lists_alerts=True)


def listed(panel: Panel, shown: Iterable[AlertRule | GivenAlert]) -> Panel:
    """The panel with the alerts that it lists."""
    rules = tuple(shown)
    if not rules:
        raise Mistake(
            f"panel {panel.title!r} lists the alerts of its page, and no panel has one",
            fix="alerts=[...] where their numbers are shown",
            where=panel.source,
        )
    return replace(panel, targets=asked(panel.title, [alarm_states(*rules)]))


def draws_alerts(panel: Panel) -> bool:
    """Whether one sees on it since when an alert fires."""
    return panel.kind in KINDS and KINDS[panel.kind].marks


def panels_of(panels: Iterable[Panel]) -> dict[str, tuple[Panel, ...]]:
    """Each alert that a panel shows, siblings included, and its panels, in reading order."""
    found: dict[str, tuple[Panel, ...]] = {}
    for panel in panels:
        for name in dict.fromkeys(name for rule in panel.alerts for name in alert_names(rule)):
            found[name] = (*found.get(name, ()), panel)
    return found


def to_open(panels: Iterable[Panel]) -> Panel:
    """Of an alert's panels the one to open when it fires: the first that shows since when, else the first."""
    first, *others = panels
    return next((one for one in (first, *others) if draws_alerts(one)), first)
