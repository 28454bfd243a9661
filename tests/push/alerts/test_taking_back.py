"""What a push of alerts overwrote, deleted or made is taken back, where nobody touched it since."""

from tests.push.alerts.building import RuleBuild, alert, edit, results, rules
from tests.push.building import Push
from tests.stand_in import StandIn

SERVER = ("id", "updated")


def _all(grafana: StandIn) -> dict[str, object]:
    return {title: {key: rule[key] for key in rule if key not in SERVER} for title, rule in rules(grafana).items()}


def test_a_push_is_taken_back(made: RuleBuild, alerts: Push, told: Push, grafana: StandIn) -> None:
    made.put(alert("Changed"), alert("Gone"))
    alerts()
    before = _all(grafana)
    made.put(alert("Changed", "errors > 2"), alert("New"))
    push = alerts("--prune")
    assert results(push) == {"Changed": "updated", "New": "created", "Gone": "deleted"}
    assert f"dash rollback {push.json['push']} takes this back" in push.err

    dry = told("rollback", "--dry-run", "--output", "json")
    assert results(dry) == {"Changed": "updated", "New": "deleted", "Gone": "created"}
    assert "New" in rules(grafana)
    said = told("rollback", "--output", "json")

    assert (said.code, results(said)) == (0, results(dry))
    assert _all(grafana) == before
    made.put(alert("Changed"), alert("Gone"))
    assert set(results(alerts()).values()) == {"unchanged"}


def test_who_overwrote_an_edit_by_hand_can_give_it_back(
    made: RuleBuild, alerts: Push, told: Push, grafana: StandIn
) -> None:
    made.put(alert())
    alerts()
    edit(grafana, "HighErrors", lambda rule: rule["labels"].update(team="x"))
    alerts("--on-conflict", "overwrite")

    told("rollback")

    assert rules(grafana)["HighErrors"]["labels"] == {"severity": "warning", "team": "x", "dash_project": "shop"}


def test_what_somebody_changed_since_is_not_taken_back(
    made: RuleBuild, alerts: Push, told: Push, grafana: StandIn
) -> None:
    made.put(alert())
    alerts()
    edit(grafana, "HighErrors", lambda rule: rule["labels"].update(team="x"))

    said = told("rollback", "--output", "json")

    assert (said.code, results(said)) == (5, {"HighErrors": "conflict"})
    assert "HighErrors" in rules(grafana)
