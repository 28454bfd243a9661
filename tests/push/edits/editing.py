"""Edits by hand: every kind of them, and what is there after a push."""

from collections.abc import Callable

from tests.command_line import Run
from tests.push.building import Page, Push, panel
from tests.stand_in import StandIn

Change = Callable[[Page], object]

Editing = Callable[[Change], None]


def retitled(at: int, title: str) -> Change:
    return lambda model: model["panels"][at].update(title=title)


def live(grafana: StandIn) -> Page:
    stored = grafana.page("api")
    assert stored
    return stored.model


def panel_titles(grafana: StandIn) -> list[str]:
    return [one["title"] for one in live(grafana)["panels"]]


def described(text: str, model: Page) -> None:
    model["description"] = text


def merge(push: Push) -> Run:
    return push("--on-conflict", "merge")


UNIT = {"defaults": {"unit": "m"}, "overrides": []}

ADDED = {"name": "node", "type": "custom", "query": "x,y"}

CHANGES: dict[str, Change] = {
    "title": lambda model: model.update(title="Mine"),
    "a panel's title": retitled(1, "Mine"),
    "expression": lambda model: model["panels"][1]["targets"][0].update(expr="sum(up2)"),
    "another query": lambda model: model["panels"][1]["targets"].append({"refId": "B", "expr": "b"}),
    "unit": lambda model: model["panels"][1].update(fieldConfig={"defaults": {"unit": "s"}, "overrides": []}),
    "added below": lambda model: model["panels"].append(panel(7, "Mine", 12)),
    "added on top": lambda model: _on_top(model, panel(7, "Mine")),
    "duplicated": lambda model: model["panels"].append({**panel(2, "Two", 12), "id": 7}),
    "removed": lambda model: model["panels"].pop(),
    "moved to the top": lambda model: _moved(model, 2),
    "resized": lambda model: model["panels"][1]["gridPos"].update(w=12),
    "a variable": lambda model: model.setdefault("templating", {}).setdefault("list", []).append(dict(ADDED)),
    "a link": lambda model: model.setdefault("links", []).append({"title": "Runbook", "type": "link", "url": "/r"}),
    "time range": lambda model: model.update(time={"from": "now-2d", "to": "now"}),
}


def _on_top(model: Page, new: Page) -> None:
    for one in model["panels"]:
        one["gridPos"]["y"] += 4
    model["panels"].insert(0, new)


def _moved(model: Page, at: int) -> None:
    _on_top(model, model["panels"].pop(at))
    model["panels"][0]["gridPos"]["y"] = 0
