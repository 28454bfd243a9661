"""Rules as a text, the scenarios that are derived of them, and what promtool says of those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from cli.lint.reading import read_text
from cli.lint.settings import Settings
from cli.lint.subject import Group
from cli.prometheus.promtool import find
from cli.scenarios.derive import Underivable, derived
from cli.scenarios.rules import of_groups
from cli.scenarios.run import rules_for, run
from cli.scenarios.trial import Trial, Verdict
from queries.catalog import NOTHING, Catalogs
from queries.scenario import Scenario


def groups(rules: Iterable[Mapping[str, Any]]) -> tuple[Group, ...]:
    """One group, as if it had been read from a file."""
    text = yaml.safe_dump({"groups": [{"name": "tried", "rules": [dict(one) for one in rules]}]}, width=10_000)
    return read_text("tried.yaml", text, Settings()).groups


def alert(expr: str, lasting: str = "5m", name: str = "Tried", **labels: str) -> dict[str, Any]:
    """A rule."""
    return {"alert": name, "expr": expr, "for": lasting, "labels": {"severity": "warning", **labels}}


def scenarios(*rules: Mapping[str, Any], catalogs: Catalogs = NOTHING) -> tuple[dict[str, Scenario], list[Underivable]]:
    """By name, and what none could be made of."""
    found = list(derived(groups(rules), catalogs))
    made = {one.name: one for one in found if isinstance(one, Scenario)}
    return made, [one for one in found if isinstance(one, Underivable)]


def verdicts(held: Iterable[Group], those: Iterable[Scenario]) -> list[Verdict]:
    """What promtool says of scenarios on the rules that they were derived of, or on others."""
    every = of_groups(held)
    trials = [Trial(one, (), derived=True) for one in those]
    said = [Trial(one.scenario, rules_for(one.alerts, every) or tuple(every), derived=True) for one in trials]
    return run(said, find(), explain=False)


def failed(held: Iterable[Group], those: Iterable[Scenario]) -> dict[str, list[str]]:
    """The faults of those that do not pass, by name."""
    return {one.name: [fault.what for fault in one.faults] for one in verdicts(held, those) if not one.passed}
