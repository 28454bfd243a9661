"""Prometheus' own tool finds nothing wrong with the rules, and no two of them can be taken for each other."""

from collections import Counter as Tally
from pathlib import Path

import pytest

from tests.prometheus.domain_groups import EVERY_ALERT_GROUP, EVERY_GROUP
from tests.prometheus.promtool import NEEDS_PROMTOOL, check, rule_file


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_promtool_finds_nothing_wrong(tmp_path: Path) -> None:
    assert check(rule_file(EVERY_GROUP), tmp_path) == ""


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_promtool_is_asked_and_would_say_so(tmp_path: Path) -> None:
    rules = rule_file(EVERY_GROUP)
    rules["groups"][0]["rules"][0]["expr"] += " >"
    assert "parse error" in check(rules, tmp_path)


def test_no_two_groups_share_a_name() -> None:
    assert [name for name, count in Tally(group.name for group in EVERY_GROUP).items() if count > 1] == []


def test_no_two_alerts_share_an_identity() -> None:
    rules = [rule for group in EVERY_ALERT_GROUP for rule in group.alerts()]
    identities = Tally((rule.alert, *sorted(rule.labels.items())) for rule in rules)
    assert [identity for identity, count in identities.items() if count > 1] == []


def test_no_two_alerts_share_a_name() -> None:
    names = Tally(rule.alert for group in EVERY_ALERT_GROUP for rule in group.alerts())
    assert [name for name, count in names.items() if count > 1] == []


def test_no_two_recordings_share_a_name() -> None:
    names = Tally(rule.record for group in EVERY_GROUP for rule in group.recordings())
    assert [name for name, count in names.items() if count > 1] == []
