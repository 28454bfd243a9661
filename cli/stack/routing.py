"""Which alert goes to whom: a route for each severity, and in it every receiver that takes such alerts."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from cli.stack.settings import Alertmanager, Receiver

#: Who is told where nobody is named: a receiver that tells nobody.
NOBODY = "nobody"
SEVERITIES = ("critical", "warning")


def tree(said: Alertmanager) -> dict[str, Any]:
    """Alertmanager's `route`.

    Every receiver that takes an alert gets it, whichever comes first (`continue`); what none takes goes to the one
    that `[alertmanager] receiver` names. An alert is in one severity's route only, and that one says how often.
    """
    others = {*said.repeat, *(name for one in said.receivers for name in one.severities)} - {*SEVERITIES}
    severities = (*SEVERITIES, *sorted(others))
    return {
        "receiver": said.receiver or NOBODY,
        "group_by": said.group_by,
        "group_wait": said.group_wait,
        "group_interval": said.group_interval,
        "repeat_interval": said.repeat["warning"],
        "routes": [
            *(_severity(said, name) for name in severities),
            {**_left_over(said), **_routes(said.receivers, severity="")},
        ],
    }


def matcher(label: str, values: Sequence[str]) -> str:
    """`team="ml-ops"`, or with several values a pattern that is all of them."""
    if len(values) == 1:
        return f"{label}={orjson.dumps(values[0]).decode()}"
    return f"{label}=~{orjson.dumps('|'.join(map(re.escape, values))).decode()}"


def _severity(said: Alertmanager, name: str) -> dict[str, Any]:
    repeat = said.repeat.get(name, said.repeat["warning"])
    routes = _routes(_who(said.receivers, name), severity=name)
    return {"matchers": [matcher("severity", [name])], "repeat_interval": repeat, **_left_over(said), **routes}


def _left_over(said: Alertmanager) -> dict[str, Any]:
    """Who gets what no receiver below takes, and when not."""
    default = next((one for one in said.receivers if one.name == said.receiver), None)
    return {"receiver": said.receiver or NOBODY, **(_muted(default) if default else {})}


def _who(receivers: Iterable[Receiver], severity: str) -> list[Receiver]:
    return [one for one in receivers if not one.severities or severity in one.severities]


def _routes(receivers: Iterable[Receiver], severity: str) -> dict[str, Any]:
    """A route for each that takes alerts of the severity; without one, for what bears none of those that are known."""
    routes = []
    for one in receivers:
        if one.severities and not severity:
            continue
        match = {"matchers": [matcher("team", one.teams)]} if one.teams else {}
        routes.append({"receiver": one.name, **match, "continue": True, **_muted(one)})
    return {"routes": routes} if routes else {}


def _muted(receiver: Receiver) -> dict[str, Any]:
    return {"mute_time_intervals": receiver.mute} if receiver.mute else {}
