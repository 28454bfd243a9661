"""A rule that somebody edited in Grafana is theirs until a person says otherwise; what goes must be ours."""

from typing import Any

import pytest

from tests.push.alerts.building import RuleBuild, alert, edit, of, results, rules
from tests.push.building import Push
from tests.stand_in import StandIn


def _expr(text: str) -> Any:
    return lambda rule: rule["data"][0]["model"].update(expr=text)


EDITS = {
    "its expression": (_expr("up == 2"), "data[0].model.expr: wanted up == 0, there up == 2"),
    "how long it lasts": (lambda rule: rule.update({"for": "10m"}), "for: wanted 1m, there 10m"),
    "a label": (lambda rule: rule["labels"].update(team="x"), "labels.team: wanted nothing, there x"),
    "paused": (lambda rule: rule.update(isPaused=True), "isPaused: wanted nothing, there true"),
    "its group": (lambda rule: rule.update(ruleGroup="mine"), "ruleGroup: wanted errors, there mine"),
    "its folder": (lambda rule: rule.update(folderUID="mine"), "there mine"),
    "no data": (lambda rule: rule.update(noDataState="Alerting"), "noDataState: wanted OK, there Alerting"),
    "the interval": (lambda rule: rule.update(intervalSeconds=300), "interval: wanted 60s, there 300s"),
    "our mark": (lambda rule: rule.update(annotations={}), ""),
}


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_by_hand_is_a_conflict_and_is_shown_as_wanted_against_live(
    what: str, made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    change, shown = EDITS[what]
    alerts()
    edit(grafana, "Down", change)
    there = rules(grafana)
    made.put(alert("Down", "up == 0", for_="1m", labels={"severity": "critical"}, annotations=None))

    said = alerts()

    assert (said.code, results(said)) == (5, {"Down": "conflict"})
    assert "--on-conflict" in of(said, "Down")["why"]
    assert any(shown in one for one in of(said, "Down")["edits"]) or not shown
    assert rules(grafana) == there
    assert results(alerts("--on-conflict", "overwrite")) == {"Down": "updated"}
    assert results(alerts()) == {"Down": "unchanged"}


def test_what_was_edited_by_hand_is_kept_or_overwritten_as_it_was_said(
    made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    alerts()
    edit(grafana, "Down", _expr("up == 2"))

    kept = alerts("--on-conflict", "keep")
    assert (kept.code, results(kept)) == (0, {"Down": "skipped"})
    assert rules(grafana)["Down"]["data"][0]["model"]["expr"] == "up == 2"

    over = alerts("--on-conflict", "overwrite")
    assert (over.code, results(over)) == (0, {"Down": "updated"})
    assert rules(grafana)["Down"]["data"][0]["model"]["expr"] == "up == 0"
    assert results(alerts()) == {"Down": "unchanged"}
    assert made.path.exists()


def test_who_did_by_hand_what_the_source_now_says_is_in_nobodys_way(
    made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    made.put(alert())
    alerts()
    edit(grafana, "HighErrors", _expr("errors > 7"))
    made.put(alert(expr="errors > 7"))

    said = alerts()

    assert (said.code, results(said)) == (0, {"HighErrors": "updated"})
    assert "our mark follows" in of(said, "HighErrors")["why"]
    made.put(alert(expr="errors > 8"))
    assert results(alerts()) == {"HighErrors": "updated"}


@pytest.mark.parametrize("provenance", ["file", "converted_prometheus"])
def test_a_rule_that_belongs_to_a_file_or_an_import_is_never_written(
    provenance: str, made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    made.put(alert())
    alerts()
    edit(grafana, "HighErrors", lambda rule: rule.update(provenance=provenance))
    made.put(alert(expr="errors > 7"))

    said = alerts("--on-conflict", "overwrite")

    assert (said.code, results(said)) == (5, {"HighErrors": "conflict"})
    assert rules(grafana)["HighErrors"]["data"][0]["model"]["expr"] == "errors > 1"


def test_what_the_build_no_longer_has_is_deleted_where_it_is_ours_and_unedited(
    made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    made.put(alert("Gone"), alert("Edited"), alert("Stays"))
    alerts()
    edit(grafana, "Edited", _expr("mine"))
    grafana.add_alert_rule("theirs", "somewhere")
    made.put(alert("Stays"))

    assert results(alerts()) == {"Stays": "unchanged"}
    assert results(alerts("--prune", "--max-deletes", "0")) == {
        "Stays": "unchanged",
        "Gone": "skipped",
        "Edited": "skipped",
    }
    said = alerts("--prune")

    assert (said.code, results(said)) == (0, {"Stays": "unchanged", "Gone": "deleted", "Edited": "skipped"})
    assert set(rules(grafana)) == {"Edited", "Stays", "Theirs"}


def test_another_projects_rules_are_not_ours_to_delete(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    alerts()
    made.project = "other"
    made.put(alert("Mine"))

    assert results(alerts("--prune")) == {"Mine": "created"}
    assert set(rules(grafana)) == {"Down", "Mine"}


def test_an_alert_that_is_alone_with_its_name_again_is_called_so(
    made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    made.put(alert(), alert(labels={"severity": "critical"}))
    alerts()
    made.put(alert())

    said = alerts("--prune")

    assert said.code == 0
    assert set(rules(grafana)) == {"HighErrors"}
