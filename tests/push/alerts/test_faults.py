"""What goes wrong on the way: lost answers, errors of the server, and somebody who edits in between."""

import pytest

from cli.deploy.alerts.rule_door import RuleDoor
from tests.push.alerts.building import RULES, Json, RuleBuild, alert, edit, of, results, rules
from tests.push.building import Push
from tests.stand_in import StandIn


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_write_whose_answer_is_lost_is_known_as_our_own(
    method: str, made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    if method == "PUT":
        made.put(alert("Down", "up == 1"))
        alerts()
        made.put(alert("Down", "up == 0"))
    grafana.faults.add(method, RULES, applied=True, drop=True)

    said = alerts()

    assert (said.code, results(said)) == (0, {"Down": "updated" if method == "PUT" else "created"})
    assert not grafana.faults.waiting
    assert results(alerts()) == {"Down": "unchanged"}


def test_a_write_that_never_happened_is_a_failure_and_the_rest_goes_on(
    made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    made.put(alert("First"), alert("Second"))
    grafana.faults.add("POST", RULES, status=500, body={"message": "database is locked"})

    said = alerts()

    assert (said.code, results(said)) == (6, {"First": "failed", "Second": "created"})
    assert "database is locked" in of(said, "First")["why"]
    assert set(rules(grafana)) == {"Second"}


def test_who_edits_between_our_compare_and_our_last_look_wins(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    made.put(alert())
    alerts()
    made.put(alert(expr="errors > 2"))
    theirs = lambda: edit(grafana, "HighErrors", lambda rule: rule["labels"].update(team="x"))  # noqa: E731
    grafana.faults.add("GET", f"{RULES}/dash-", before=theirs)

    said = alerts()

    assert (said.code, results(said)) == (5, {"HighErrors": "conflict"})
    assert "theirs is kept" in of(said, "HighErrors")["why"]
    assert rules(grafana)["HighErrors"]["labels"]["team"] == "x"
    assert rules(grafana)["HighErrors"]["data"][0]["model"]["expr"] == "errors > 1"


def test_what_is_not_there_as_it_was_written_is_told(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    made.put(alert())
    theirs = lambda: edit(grafana, "HighErrors", lambda rule: rule["labels"].update(team="x"))  # noqa: E731
    grafana.faults.add("POST", RULES, applied=True, after=theirs)

    said = alerts()

    assert (said.code, results(said)) == (5, {"HighErrors": "conflict"})
    assert of(said, "HighErrors")["edits"] == ["labels.team: wanted nothing, there x"]


def test_the_moment_between_our_last_look_and_our_write_is_open_and_its_loss_can_be_taken_back(
    made: RuleBuild, alerts: Push, told: Push, grafana: StandIn
) -> None:
    """The window that the documentation states: no Grafana compares versions of a rule."""
    made.put(alert())
    alerts()
    made.put(alert(expr="errors > 2"))
    theirs = lambda: edit(grafana, "HighErrors", lambda rule: rule["labels"].update(team="x"))  # noqa: E731
    grafana.faults.add("PUT", RULES, before=theirs)

    said = alerts()

    assert results(said) == {"HighErrors": "updated"}
    assert "team" not in rules(grafana)["HighErrors"]["labels"]
    told("rollback")
    assert rules(grafana)["HighErrors"]["data"][0]["model"]["expr"] == "errors > 1"


def test_who_may_not_is_told_what_it_takes(made: RuleBuild, say: Push, grafana: StandIn) -> None:
    words = ("push", "--alerts", "--build", str(made.path))

    said = say(*words, url=grafana.url, token=grafana.token("Editor"))

    assert said.code == 4
    assert "alert.provisioning:read" in said.err
    assert "role Admin" in said.err


def test_a_grafana_without_alerting_says_so(alerts: Push, grafana: StandIn) -> None:
    grafana.faults.add("GET", RULES, status=404, body={"message": "Not found"})

    said = alerts()

    assert said.code == 4
    assert "[unified_alerting] enabled = true" in said.err


@pytest.mark.parametrize(
    "words",
    [("--only", "x"), ("--annotate",), ("--on-conflict", "merge")],
)
def test_what_is_about_pages_does_not_go_with_alerts(words: tuple[str, ...], alerts: Push) -> None:
    assert alerts(*words).code == 2


def test_without_alerts_nothing_of_them_is_touched(made: RuleBuild, say: Push, grafana: StandIn) -> None:
    said = say("push", "--build", str(made.path), url=grafana.url, token=grafana.token("Editor"))

    assert said.code == 0
    assert not any("provisioning" in one.path for one in grafana.requests)
    assert say("push", "--build", str(made.path), "--keep-editable", url=grafana.url).code == 2


def test_the_first_failure_ends_it_where_that_was_wished(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    made.put(alert("First"), alert("Second"))
    grafana.faults.add("POST", RULES, status=500, body={"message": "database is locked"})

    said = alerts("--fail-fast")

    assert (said.code, results(said)) == (4, {"First": "failed", "Second": "skipped"})
    assert not rules(grafana)


def test_an_interrupted_push_says_what_it_did_not_come_to(
    made: RuleBuild, alerts: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.put(alert("First"), alert("Second"), alert("Third"))
    write = RuleDoor.write

    def interrupted(door: RuleDoor, body: Json, over: Json | None) -> None:
        if body["title"] == "Second":
            raise KeyboardInterrupt
        write(door, body, over)

    monkeypatch.setattr(RuleDoor, "write", interrupted)
    said = alerts()

    assert (said.code, results(said)) == (130, {"First": "created", "Second": "skipped", "Third": "skipped"})
    assert set(rules(grafana)) == {"First"}
