"""Situations written by hand: one at least for each alert, and those that the documents' own rules get wrong."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.prometheus.domain_groups import ALERTS, EVERY_ALERT_GROUP
from tests.prometheus.promtool import NEEDS_PROMTOOL, Case, RuleFile, firing, rule_file, run

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

FACTS = Path(__file__).parents[3] / "shared" / "facts"
NEEDS_FACTS = pytest.mark.skipif(not FACTS.is_dir(), reason=f"the documents' rules and scenarios are not here: {FACTS}")
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: What the documents' rules get right as they are written.
RIGHT_AS_WRITTEN = {16, 17, 18}


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(), Loader=Loader) if path.exists() else []  # noqa: S506 - the C twin of SafeLoader


BY_HAND = {
    f"{domain}: {test['name']}": (domain, test)
    for domain in ALERTS
    for test in _read(Path(__file__).parent / "scenarios" / f"{domain}.yaml")["tests"]
}
SEED = {one["id"]: one for one in _read(FACTS / "seed_alert_scenarios.yaml")}


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What promtool has against each scenario, on our rules and on the documents'."""
    cases = [
        Case(name, _ours({check["alertname"] for check in _checks(test)}), test) for name, (_, test) in BY_HAND.items()
    ]
    for one in SEED.values():
        written = one.get("written", one["alerts"][0])
        cases.append(_seed(one, "ours", _ours(set(one["alerts"])), one["alerts"]))
        cases.append(_seed(one, "as written", _as_written(one["source"], written), [written]))
    return run(cases, tmp_path_factory.mktemp("scenarios"))


def _checks(test: dict[str, Any]) -> list[dict[str, Any]]:
    checks: list[dict[str, Any]] = test["alert_rule_test"]
    return checks


def _ours(alerts: set[str]) -> RuleFile:
    """Our groups that hold the alerts."""
    groups = [group for group in EVERY_ALERT_GROUP if alerts & {rule.alert for rule in group.alerts()}]
    return rule_file(groups)


def _seed(one: dict[str, Any], whose: str, rules: RuleFile, alerts: list[str]) -> Case:
    series = [{"series": name, "values": values} for name, values in one["series"].items()]
    checks = [firing(alerts, one["at"], fires=one["fires"])]
    test = {"interval": one["interval"], "input_series": series, "promql_expr_test": checks}
    return Case(f"{one['id']} {whose}", rules, test)


def _as_written(source: str, alert: str) -> RuleFile:
    """One rule of a document, exactly as it stands there."""
    said = next(
        one
        for one in _read(FACTS / "source_expressions.yaml")
        if one["source"] == source and one["where"] == f"alert {alert}"
    )
    rule = {"alert": alert, "expr": said["expr"], "for": said["for"], "labels": {"severity": said["severity"]}}
    return {"groups": [{"name": "as_written", "rules": [rule]}]}


@pytest.mark.parametrize("name", BY_HAND)
def test_prometheus_says_what_the_scenario_expects(name: str, faults: dict[str, str]) -> None:
    assert not faults[name], faults[name]


@NEEDS_FACTS
@pytest.mark.parametrize("number", range(1, 19))
def test_our_rules_get_the_documents_scenario_right(number: int, faults: dict[str, str]) -> None:
    assert not faults[f"{number} ours"], f"{SEED[number]['what']}\n{faults[f'{number} ours']}"


@NEEDS_FACTS
def test_the_documents_rules_get_three_right(faults: dict[str, str]) -> None:
    assert {number for number in SEED if not faults[f"{number} as written"]} == RIGHT_AS_WRITTEN


@pytest.mark.parametrize("domain", ALERTS)
def test_every_alert_has_a_scenario_in_which_it_fires_and_one_in_which_it_does_not(domain: str) -> None:
    checks = [check for of, test in BY_HAND.values() if of == domain for check in _checks(test)]
    alerts = {rule.alert for group in ALERTS[domain] for rule in group.alerts()}
    assert {check["alertname"] for check in checks if check.get("exp_alerts")} == alerts
    assert {check["alertname"] for check in checks if not check.get("exp_alerts")} == alerts
