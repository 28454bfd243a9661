"""Every alert fires on the fault it is for, when it has lasted, and stays silent just inside its limit."""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queries.duration import milliseconds, spelled
from tests.prometheus.alert_cases import cases
from tests.prometheus.domain_groups import EVERY_ALERT_GROUP
from tests.prometheus.promtool import NEEDS_PROMTOOL, Case, run

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

CASES = {case.name: case for case in cases(EVERY_ALERT_GROUP)}


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("alerts")
    return run(CASES.values(), folder)


@pytest.mark.parametrize("name", CASES)
def test_an_alert_does_what_its_values_say(name: str, faults: dict[str, str]) -> None:
    assert not faults[name], f"{CASES[name].test['input_series']}\n{faults[name]}"


def test_every_alert_is_seen_to_fire_and_to_stay_silent() -> None:
    named = {name.partition(":")[0] for name in CASES}
    assert named == {rule.alert for group in EVERY_ALERT_GROUP for rule in group.alerts()}
    for alert in named:
        situations = [case for name, case in CASES.items() if name.startswith(f"{alert}:")]
        first = {case.test["promql_expr_test"][0]["exp_samples"][0]["value"] for case in situations}
        assert first == {0, 1}, alert


# And the cases would see it if a rule were wrong -------------------------------------------------

OPPOSITE = {" > ": " < ", " < ": " > ", " == ": " != ", "absent": "count"}


def _flipped(rule: dict[str, Any]) -> None:
    rule["expr"] = re.sub(" [<>] | == |^absent", lambda found: OPPOSITE[found[0]], rule["expr"])


def _moved(rule: dict[str, Any]) -> None:
    away = {">": 1.05, "<": 0.95, "*": 0.95}
    rule["expr"] = re.sub(r"([<>*]) ([\d.]+)\b", lambda f: f"{f[1]} {float(f[2]) * away[f[1]]:g}", rule["expr"])


def _at_once(rule: dict[str, Any]) -> None:
    rule.pop("for", None)


def _too_late(rule: dict[str, Any]) -> None:
    if "for" in rule:  # a burn rate waits in its windows
        rule["for"] = spelled(3 * milliseconds(rule["for"]))


@pytest.fixture(scope="module")
def overlooked(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The wrong rules with which the first case of an alert, in which it fires, still passes."""
    first = {name.partition(":")[0]: case for name, case in reversed(CASES.items())}
    wrong = [one for case in first.values() for spoil in WRONG for one in _spoiled(case, spoil)]
    return {name for name, fault in run(wrong, tmp_path_factory.mktemp("wrong")).items() if not fault}


def _spoiled(case: Case, spoil: Callable[[dict[str, Any]], None]) -> list[Case]:
    rules = deepcopy(case.rules)
    spoil(rules["groups"][0]["rules"][0])
    return [] if rules == case.rules else [replace(case, name=f"{spoil.__name__} {case.name}", rules=rules)]


WRONG = (_flipped, _moved, _at_once, _too_late)


@pytest.mark.parametrize("spoil", WRONG)
def test_a_wrong_rule_is_seen(spoil: Callable[[dict[str, Any]], None], overlooked: set[str]) -> None:
    assert {name for name in overlooked if name.startswith(spoil.__name__)} == set()
