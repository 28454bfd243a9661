"""The alerts of a build are rules in Grafana, say the same there, and are not written twice."""

import pytest

from tests.push.alerts.building import RULES, RuleBuild, alert, edit, of, results, rules
from tests.push.building import Push
from tests.stand_in import ProfileName, StandIn

MARK = "dash_digest"


def test_an_alert_arrives_with_its_own_expression_and_fires_for_whatever_that_returns(
    made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    made.put(alert("Down", "up == 0", for_="1m"), interval="30s")

    said = alerts()

    assert (said.code, results(said)) == (0, {"Down": "created"})
    rule = rules(grafana)["Down"]
    query, condition = rule["data"]
    assert (query["model"]["expr"], query["model"]["instant"], query["datasourceUid"]) == ("up == 0", True, "prom")
    assert condition["model"]["expression"] == "is_number($A) || is_nan($A) || is_inf($A)"
    assert (rule["condition"], rule["noDataState"], rule["execErrState"]) == ("C", "OK", "Error")
    assert (rule["for"], rule["ruleGroup"], rule["labels"]) == (
        "1m",
        "errors",
        {"severity": "warning", "dash_project": "shop"},
    )
    assert rule["annotations"]["summary"] == "{{ $values.A.Value | humanize }} errors on {{ $labels.job }}"
    folder = grafana.page(rule["folderUID"])
    assert folder
    assert folder.title == "Alerts"
    assert grafana._state.rules[0]["intervalSeconds"] == 30


def test_what_is_there_as_it_is_wanted_is_not_written(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    made.put(alert(), alert("Slow", "p95 > 2", for_=None), interval="20s")
    alerts()
    before = len(grafana.requests)

    said = alerts()

    assert (said.code, results(said)) == (0, {"HighErrors": "unchanged", "Slow": "unchanged"})
    assert {one.method for one in grafana.requests[before:]} == {"GET"}


def test_a_change_in_the_source_is_written_and_the_rule_keeps_its_uid(
    made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    made.put(alert())
    alerts()
    uid = rules(grafana)["HighErrors"]["uid"]
    made.put(alert(expr="errors > 2"), group="other", interval="40s")
    made.put(group="errors")

    said = alerts()

    assert results(said) == {"HighErrors": "updated"}
    rule = rules(grafana)["HighErrors"]
    assert (rule["uid"], rule["ruleGroup"], rule["data"][0]["model"]["expr"]) == (uid, "other", "errors > 2")
    assert grafana._state.rules[0]["intervalSeconds"] == 40
    assert results(alerts()) == {"HighErrors": "unchanged"}


def test_only_the_interval_of_a_group_changes(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    made.put(alert(), alert("Slow"), interval="20s")
    alerts()
    made.put(alert(), alert("Slow"), interval="50s")

    assert results(alerts()) == {"HighErrors": "updated", "Slow": "updated"}
    assert {one["intervalSeconds"] for one in grafana._state.rules} == {50}
    assert results(alerts()) == {"HighErrors": "unchanged", "Slow": "unchanged"}


def test_an_interval_that_grafana_cannot_keep_is_the_next_longer_one_and_said(
    made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    made.put(alert(), interval="15s")

    said = alerts()

    assert grafana._state.rules[0]["intervalSeconds"] == 20
    assert "judged every 20s" in of(said, "HighErrors")["why"]


def test_a_dry_run_writes_nothing(alerts: Push, grafana: StandIn) -> None:
    before = grafana.state

    said = alerts("--dry-run")

    assert (said.code, results(said)) == (0, {"Down": "created"})
    assert not rules(grafana)
    assert grafana.state == before


def test_two_alerts_of_one_name_are_two_rules(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    made.put(alert(), alert(expr="errors > 9", labels={"severity": "critical"}))

    alerts()

    assert set(rules(grafana)) == {"HighErrors (severity=warning)", "HighErrors (severity=critical)"}


def test_recording_rules_stay_with_prometheus_and_that_is_said(made: RuleBuild, alerts: Push) -> None:
    made.put(alert(), {"record": "a:b:c", "expr": "sum(b)"})

    said = alerts()

    assert results(said) == {"HighErrors": "created"}
    assert "1 recording rules stay with Prometheus" in said.err


def test_a_stale_rule_file_leaves_its_alerts_alone(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    made.put(alert(), stale="a.py does not load")

    said = alerts()

    assert (said.code, results(said)) == (3, {"HighErrors": "skipped"})
    assert not rules(grafana)


@pytest.mark.parametrize("profile", ["g9", "g13"])
def test_the_browser_cannot_edit_what_was_pushed_unless_it_is_to(
    profile: ProfileName, made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    del profile
    alerts()
    assert grafana._state.rules[0]["provenance"] == "api"
    made.put(alert("Open"), group="open")

    said = alerts("--keep-editable")

    assert (said.code, results(said)) == (0, {"Down": "unchanged", "Open": "created"})
    assert [one["provenance"] for one in grafana._state.rules] == ["api", ""]
    assert results(alerts()) == {"Down": "unchanged", "Open": "unchanged"}


def test_a_lock_that_is_there_stays_when_the_rule_is_written_editable(
    made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    alerts()
    made.put(alert("Down", "up == 1"), group="errors")

    said = alerts("--keep-editable")

    assert (said.code, results(said)) == (0, {"Down": "updated"})
    assert grafana._state.rules[0]["provenance"] == "api"


def test_rules_ask_the_data_source_that_was_named(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    grafana.add_data_source("other", "Other")

    alerts("--datasource", "prometheus=other")

    assert rules(grafana)["Down"]["data"][0]["datasourceUid"] == "other"
    wrong = alerts("--datasource", "prometheus=otter")
    assert wrong.code == 2
    assert "there is no Prometheus data source 'otter'" in wrong.err
    assert made.path.exists()


def test_the_mark_says_whose_the_rule_is(alerts: Push, grafana: StandIn) -> None:
    alerts()

    assert rules(grafana)["Down"]["annotations"][MARK].endswith(" of shop every 60s")


def test_somebody_else_holds_the_title(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    alerts()
    folder = rules(grafana)["Down"]["folderUID"]
    edit(grafana, "Down", lambda rule: rule.update(uid="theirs", annotations={}))

    said = alerts()

    assert (said.code, results(said)) == (5, {"Down": "conflict"})
    assert "another alert rule in this folder has this title" in of(said, "Down")["why"]
    assert [(one["uid"], one["folderUID"]) for one in rules(grafana).values()] == [("theirs", folder)]
    assert made.path.exists()
    assert any(one.path == RULES for one in grafana.requests)
