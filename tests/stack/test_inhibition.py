"""Which alert is silent while another one fires: derived from what they judge, by labels that are there."""

from typing import Any

from cli.compile.whose import about
from cli.stack.inhibition import rules
from cli.stack.settings import Prometheus, Settings
from cli.stack.whole import About
from queries import SECONDS, AlertRule, Condition, Gauge, Gone, Histogram, Role, in_rule, latest, quantile, total
from queries.taskmaster import alerts as taskmaster
from tests.stack import carried

API, OTHER = Role("shop", "api", "shop-api"), Role("shop", "other", "other")
LATENCY = Histogram("shop_latency_seconds", "How long.", SECONDS, ["model"], role=API, buckets=(0.1, 1.0, 10.0))
WAIT = Gauge("other_wait_seconds", "How long.", SECONDS, role=OTHER)
PROCESS = Gauge("shop_wait_seconds", "How long.", SECONDS, role=API)


def _alert(name: str, when: Condition, severity: Any = "warning", **said: Any) -> AlertRule:
    return AlertRule(alert=name, when=when, lasting="1m", severity=severity, summary="x", **said)


DOWN = _alert("Down", latest(API.up).equals(0), "critical", gone=Gone("Absent", "gone"))
SLOW = _alert("Slow", quantile(0.9, LATENCY, "job") > SECONDS(1))
SLOWER = _alert("Slower", quantile(0.9, LATENCY, "job") > SECONDS(5), "critical")


def _known(*alerts: AlertRule) -> tuple[About, ...]:
    return tuple(about(one, in_rule()) for alert in alerts for one in alert.rules())


def _rules(known: tuple[About, ...], names: tuple[str, ...] = (), **external: str) -> list[Any]:
    said = {"name": "g", "rules": [{"alert": name} for name in names or [one.alert for one in known]]}
    settings = Settings(prometheus=Prometheus(external_labels=external))
    return rules(carried.whole(groups={"rules/g.yaml": [said]}, settings=settings)._replace(alerts=known))


def _pairs(found: list[Any]) -> set[tuple[str, str, tuple[str, ...]]]:
    """Who silences whom, and by which labels."""
    return {
        (source, target, tuple(one.get("equal", ())))
        for one in found
        for source in _names(one["source_matchers"])
        for target in _names(one["target_matchers"])
    }


def _names(matchers: list[str]) -> list[str]:
    (said,) = matchers
    return said.partition("=")[2].removeprefix("~").strip('"').split("|")


def test_a_role_that_is_down_silences_what_judges_that_role_alone() -> None:
    other = _alert("OtherSlow", total(WAIT) > SECONDS(1))

    assert _pairs(_rules(_known(DOWN, SLOW, other))) == {("Down", "Slow", ("job",)), ("Absent", "Slow", ("job",))}


def test_one_process_that_is_down_does_not_silence_what_wakes_somebody_for_all_of_them() -> None:
    found = _pairs(_rules(_known(DOWN, SLOWER)))

    assert found == {("Absent", "Slower", ("job",))}


def test_what_is_said_of_that_process_is_silent_whatever_its_severity() -> None:
    stuck = _alert("Stuck", latest(PROCESS) > SECONDS(1), "critical")

    assert ("Down", "Stuck", ("instance", "job")) in _pairs(_rules(_known(DOWN, stuck)))


def test_only_labels_that_both_bear_are_compared() -> None:
    """One that only the source bears is never equal; one that both lack is always equal, and says nothing."""
    by_model = _alert("ModelSlow", quantile(0.9, LATENCY, "model") > SECONDS(1))

    assert _pairs(_rules(_known(DOWN, by_model))) == {("Down", "ModelSlow", ()), ("Absent", "ModelSlow", ())}


def test_the_services_of_one_cluster_do_not_silence_those_of_another() -> None:
    equal = {one for _, _, one in _pairs(_rules(_known(DOWN, SLOW), cluster="eu", zone="a"))}

    assert equal == {("cluster", "job", "zone")}


def test_critical_silences_the_warning_about_the_same_number() -> None:
    assert _pairs(_rules(_known(SLOW, SLOWER))) == {("Slower", "Slow", ("job",))}


def test_another_number_or_the_other_side_of_it_is_another_matter() -> None:
    fast = _alert("Fast", quantile(0.9, LATENCY, "job") < SECONDS(0.2))
    median = _alert("Median", quantile(0.5, LATENCY, "job") > SECONDS(1))

    assert _rules(_known(fast, median, SLOWER)) == []


def test_a_name_that_several_alerts_bear_silences_nothing_and_is_not_silenced() -> None:
    """The matchers name the alert, and nobody could say which is meant."""
    assert _rules(_known(DOWN, SLOW), ("Down", "Absent", "Slow", "Slow")) == []


def test_of_ours_the_worker_that_has_no_model_is_not_said_to_be_slow_as_well() -> None:
    every = [one for group in taskmaster.groups for one in group.alerts()]
    found = _pairs(_rules(_known(*every)))

    assert ("TaskMasterModelDown", "TaskMasterHighLatency", ()) in found
    assert ("TaskMasterSevereDrift", "TaskMasterDrift", ("metric",)) in found
    assert not any(target == "TaskMasterModelDown" for _, target, _ in found)
