"""Receivers that wait for what never comes: a severity or a team that no alert of the build bears."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cli.config import FILE
from cli.contexts.lines import Lines
from cli.errors import UsageError
from cli.stack.routing import SEVERITIES
from cli.stack.settings import Settings
from queries.source import did_you_mean


def unborne(settings: Settings, groups: Iterable[Mapping[str, Any]], folder: str | os.PathLike[str]) -> list[str]:
    """A sentence for each team that no alert has: its alerts may come from another Prometheus.

    Args:
        settings: who is told, and the labels that every alert gets on its way.
        groups: of rules, all of the build, as the rule files say them.
        folder: where `dash.toml` lies.

    Raises:
        UsageError: a severity is neither usual nor any alert's.
    """
    labels = [settings.prometheus.external_labels, *_labels(groups)]
    severities, teams = _values(labels, "severity"), _values(labels, "team")
    notes: list[str] = []
    for one in settings.alertmanager.receivers:
        for severity in _absent(one.severities, {*severities, *SEVERITIES}):
            fix = did_you_mean(severity, {*severities, *SEVERITIES}, of="there are")
            what = f"no alert has the severity {severity!r}"
            raise UsageError(what, where=_where(folder, one.name, "severity"), fix=fix)
        for team in _absent(one.teams, teams):
            where = _where(folder, one.name, "team")
            notes.append(f"{where}: no alert has the team {team!r}; {did_you_mean(team, teams, of='there are')}")
    return notes


def _labels(groups: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, str]]:
    """Those that each alert bears when it leaves Prometheus, its group's among them."""
    for group in groups:
        for rule in group["rules"]:
            if "alert" in rule:
                yield {**group.get("labels", {}), **rule.get("labels", {})}


def _values(labels: Iterable[Mapping[str, str]], name: str) -> set[str]:
    return {str(one[name]) for one in labels if name in one}


def _absent(wanted: Iterable[str], borne: set[str]) -> Iterator[str]:
    """Those that are none; any may be one where a template makes the label."""
    if not any("{{" in one for one in borne):
        yield from (one for one in wanted if one not in borne)


def _where(folder: str | os.PathLike[str], receiver: str, key: str) -> str:
    lines = Lines(FILE, Path(folder, FILE).read_text(encoding="utf-8"))
    return lines.where("alertmanager", "receivers", receiver, key)
