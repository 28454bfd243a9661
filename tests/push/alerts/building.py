"""Builds with rule files for tests, as `dash build` would leave them, and people who edit rules in Grafana."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cli.artifact import MANIFEST
from cli.artifact.manifest import Manifest, RuleEntry
from tests.command_line import Run
from tests.stand_in import StandIn, ask

Json = dict[str, Any]
RULES = "/api/v1/provisioning/alert-rules"


def alert(name: str = "HighErrors", expr: str = "errors > 1", **more: Any) -> Json:
    """An alert as `dash build` writes it; `for_` is Prometheus' own word."""
    texts = {"summary": "{{ $value | humanize }} errors on {{ $labels.job }}"}
    said = {"alert": name, "expr": expr, "for": "5m", "labels": {"severity": "warning"}, "annotations": texts}
    said |= {key.removesuffix("_"): value for key, value in more.items()}
    return {key: value for key, value in said.items() if value is not None}


@dataclass
class RuleBuild:
    """A `build/` of one rule file that tests write into; groups by name."""

    path: Path
    project: str = "shop"
    groups: dict[str, Json] = field(default_factory=dict)

    def put(self, *rules: Json, group: str = "errors", interval: str = "", stale: str = "") -> None:
        """The rules of a group; none takes the group away."""
        self.groups.pop(group, None)
        if rules:
            every = {"interval": interval} if interval else {}
            self.groups[group] = {"name": group, **every, "rules": list(rules)}
        (self.path / "rules").mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump({"groups": list(self.groups.values())}, sort_keys=False)
        (self.path / "rules/shop.yaml").write_text(text, encoding="utf-8")
        entry = RuleEntry(file="rules/shop.yaml", groups=tuple(self.groups), digest="", source="a.py:1", stale=stale)
        made = Manifest(project=self.project, partial=bool(stale), rules=(entry,))
        (self.path / MANIFEST).write_bytes(made.dump())


def rules(grafana: StandIn) -> dict[str, Json]:
    """Every rule that is there, by its title."""
    status, said = ask(grafana, "GET", RULES)
    assert status == 200
    return {one["title"]: one for one in said}


def edit(grafana: StandIn, title: str, change: Callable[[Json], object]) -> None:
    """Somebody edits a rule past us: in memory, as the browser may whatever the lock says."""
    row = next(one for one in grafana._state.rules if one["title"] == title)
    made = json.loads(json.dumps(row))
    change(made)
    grafana._state.rules = [made if one is row else one for one in grafana._state.rules]


def results(run: Run) -> dict[str, str]:
    """What became of each alert, from the answer of `--output json`."""
    return {one["title"]: one["result"] for one in run.json["alerts"]}


def of(run: Run, title: str) -> Json:
    """All that was said about one."""
    return next(one for one in run.json["alerts"] if one["title"] == title)
