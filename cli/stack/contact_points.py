"""Alertmanager's receivers, routes and times as Grafana's contact points, policies and mute timings."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from cli.stack import routing
from cli.stack.alertmanager import interval
from cli.stack.naming import uid
from cli.stack.settings import Alertmanager, Kept, Mute, Receiver

#: Mutes what nobody is told of, for a route of Grafana's must have somebody; no mute of `dash.toml` can be called so.
NEVER = "nobody is told"
ALL_DAY = {"name": NEVER, "time_intervals": [{"times": [{"start_time": "00:00", "end_time": "24:00"}]}]}


def told(settings: Alertmanager) -> dict[str, Any]:
    """The keys of a provisioning file; there is at least one receiver.

    The policies are Grafana's whole tree (it knows one), so a Grafana that has others is better told by
    `dash push --alerts`, which touches ours alone.
    """
    mutes = [_mute(one) for one in settings.mute] + ([] if settings.receiver else [ALL_DAY])
    said: dict[str, Any] = {
        "contactPoints": [_contact_point(one) for one in settings.receivers],
        "policies": [{"orgId": 1, **_policy(settings)}],
    }
    return said | ({"muteTimes": [{"orgId": 1, **one} for one in mutes]} if mutes else {})


def _contact_point(receiver: Receiver) -> dict[str, Any]:
    one = {
        "uid": uid("dash", receiver.name),
        "type": receiver.kind,
        "disableResolveMessage": not receiver.resolved,
        "settings": dict(_settings(receiver)),
    }
    return {"orgId": 1, "name": receiver.name, "receivers": [one]}


def _settings(receiver: Receiver) -> Iterator[tuple[str, str | bool]]:
    """The settings of each kind (Grafana's `grafana/alerting` receivers); how mail is sent is Grafana's own setting."""
    options = {name: text.replace("$", "$$") for name, text in receiver.options.items()}
    secrets = {name: _reference(kept) for name, kept in receiver.secrets.items()}
    match receiver.kind:
        case "slack":
            yield "url", secrets["url"]
            if "channel" in options:
                yield "recipient", options["channel"]
        case "pagerduty":
            yield "integrationKey", secrets["routing_key"]
        case "email":
            yield "addresses", options["to"]
            yield "singleEmail", True
        case "webhook":
            yield "url", secrets.get("url") or options["url"]
            yield "httpMethod", "POST"
            if "token" in secrets:
                yield "authorization_scheme", "Bearer"
                yield "authorization_credentials", secrets["token"]


def _reference(kept: Kept) -> str:
    """Where Grafana finds a secret when it starts: in its environment, or in a file."""
    return f"${{{kept.source}}}" if kept.kind == "env" else f"$__file{{{kept.source}}}"


def _policy(settings: Alertmanager) -> dict[str, Any]:
    """Alertmanager's tree of routes, its root without what only a route may have."""
    root = _route(routing.tree(settings), settings.receivers[0].name)
    return {name: value for name, value in root.items() if name != "mute_time_intervals"}


def _route(said: Mapping[str, Any], anybody: str) -> dict[str, Any]:
    """One route and those below it; who is nobody there is somebody here, who is never told."""
    made = {name: value for name, value in said.items() if name not in ("matchers", "routes")}
    if said["receiver"] == routing.NOBODY:
        made |= {"receiver": anybody, "mute_time_intervals": [NEVER]}
    if "matchers" in said:
        made["object_matchers"] = [_matcher(one) for one in said["matchers"]]
    if "routes" in said:
        made["routes"] = [_route(one, anybody) for one in said["routes"]]
    return made


def _matcher(said: str) -> list[str]:
    """`team="ml-ops"` in its three parts."""
    label, op, value = re.split("(=~?)", said, maxsplit=1)
    return [label, op, orjson.loads(value).replace("$", "$$")]


def _mute(said: Mute) -> dict[str, Any]:
    return {"name": said.name, "time_intervals": [interval(said)]}
