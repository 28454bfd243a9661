"""Alert and panel know each other: the limit, the colour, since when it fires, and the list of a page's alerts."""

from typing import Any

import pytest

from panels import AlertMarks, Dashboard, Panel, gauge, page_alerts, row, stat, state_timeline, text, timeseries
from panels.grafana import to_grafana
from panels.grafana.ids import panel_id
from queries import (
    MILLISECONDS,
    PERCENT,
    AlertRule,
    GivenAlert,
    Mistake,
    Query,
    alarm_states,
    latest,
    quantile,
    to_promql,
)
from tests.panels.catalog import API, DOWN, FAILING, LATENCY, SLOW, TOO_SLOW, errors, quality, requests
from tests.panels.drawn import defaults, made, steps
from tests.panels.every_kind import page as every_kind

GIVEN = GivenAlert(alert="Given", expr="up == 0")
UP = state_timeline("Up", latest(API.up), alerts=[DOWN])


def p95() -> Query:
    """The number that two of the alerts judge."""
    return quantile(0.95, LATENCY)


def layers(*panels: Panel, **said: Any) -> dict[str, dict[str, Any]]:
    """The annotations of a page with these panels, by name, but for what every page has."""
    page = to_grafana(Dashboard(uid="page", title="Page", rows=[row("Row", *panels)], **said))
    return {one["name"]: one for one in page["annotations"]["list"] if not one.get("builtIn")}


def test_the_limit_comes_from_the_alert_and_is_red() -> None:
    assert steps(stat("Errors", errors(), alerts=[FAILING])) == [(None, "green"), (0.05, "red")]
    assert steps(timeseries("p95", p95(), alerts=[TOO_SLOW])) == [(None, "transparent"), (2.5, "red")]
    assert defaults(timeseries("p95", p95(), alerts=[TOO_SLOW]))["custom"]["thresholdsStyle"] == {"mode": "dashed"}


def test_of_two_alerts_on_one_side_the_first_that_is_met_is_yellow() -> None:
    for alerts in ([SLOW, TOO_SLOW], [TOO_SLOW, SLOW]):
        assert steps(timeseries("p95", p95(), alerts=alerts))[1:] == [(1, "yellow"), (2.5, "red")]


def test_below_the_least_limit_is_the_red_one() -> None:
    rules = [
        AlertRule(alert=f"Below{limit}", when=quality() < limit / 10, lasting="1m", severity="warning", summary="x")
        for limit in (5, 7)
    ]
    assert steps(gauge("Quality", quality(), alerts=rules)) == [(None, "red"), (0.5, "yellow"), (0.7, "green")]


def test_the_limit_is_shown_in_the_panels_unit() -> None:
    panel = timeseries("p95", p95(), unit=MILLISECONDS, alerts=[TOO_SLOW])
    assert steps(panel)[1:] == [(2500, "red")]
    assert steps(stat("Errors", errors(), unit=PERCENT, alerts=[FAILING]))[1:] == [(5, "red")]


def test_what_was_said_by_hand_stands_beside_it() -> None:
    panel = stat("Errors", errors(), yellow_above=PERCENT(1), red_above=PERCENT(5), alerts=[FAILING])
    assert steps(panel) == [(None, "green"), (0.01, "yellow"), (0.05, "red")]


def test_an_alert_without_a_side_draws_no_line() -> None:
    assert steps(state_timeline("Up", latest(API.up), alerts=[DOWN])) == steps(state_timeline("Up", latest(API.up)))


def test_an_alert_of_the_second_axis_draws_no_line_on_the_first() -> None:
    panel = timeseries("Both", requests().named("requests"), right=[p95()], alerts=[SLOW])
    assert defaults(panel)["custom"]["thresholdsStyle"] == {"mode": "off"}


def test_what_somebody_wrote_for_prometheus_can_be_shown_too() -> None:
    panel = timeseries("Requests", requests(), alerts=[GIVEN])
    assert made(panel)["fieldConfig"] == made(timeseries("Requests", requests()))["fieldConfig"]
    assert set(layers(panel)) == {"Given: waiting", "Given: firing"}


def test_a_graph_shows_since_when_its_alert_waits_and_fires_and_no_other_panel_does() -> None:
    graph, other = timeseries("p95", p95(), alerts=[TOO_SLOW]), timeseries("Requests", requests())
    found = layers(graph, other)
    waiting, firing = found["TooSlow: waiting"], found["TooSlow: firing"]
    assert waiting["filter"] == firing["filter"] == {"exclude": False, "ids": [panel_id("page", "p95")]}
    assert waiting["expr"] == 'ALERTS{alertname="TooSlow", alertstate="pending"}'
    assert firing["expr"] == 'ALERTS{alertname="TooSlow", alertstate="firing"}'
    assert (waiting["iconColor"], firing["iconColor"]) == ("yellow", "red")
    assert waiting["enable"]
    assert waiting["datasource"] == {"type": "prometheus", "uid": "${datasource}"}


def test_alerts_of_the_same_panels_share_an_annotation() -> None:
    found = layers(timeseries("p95", p95(), alerts=[SLOW, TOO_SLOW]))
    assert set(found) == {"Slow, TooSlow: waiting", "Slow, TooSlow: firing"}
    assert 'alertname=~"Slow|TooSlow"' in found["Slow, TooSlow: firing"]["expr"]


def test_the_sibling_is_shown_where_its_alert_is() -> None:
    assert set(layers(UP)) == {"Absent, Down: waiting", "Absent, Down: firing"}


def test_a_panel_without_time_draws_no_annotation() -> None:
    assert layers(stat("Errors", errors(), alerts=[FAILING])) == {}


def test_no_alert_is_marked_twice_on_one_graph() -> None:
    graph = timeseries("p95", p95(), alerts=[TOO_SLOW])
    named = layers(graph, marks=[AlertMarks(alerts=("Failing", "TooSlow"))])["Alerts"]
    assert named["expr"] == 'ALERTS{alertname=~"Failing", alertstate="firing"}'
    every = layers(graph, marks=[AlertMarks(severity="critical")])["Alerts"]
    assert every["expr"] == 'ALERTS{alertname!~"TooSlow", alertstate="firing", severity="critical"}'
    assert "Alerts" not in layers(graph, marks=[AlertMarks(alerts=("TooSlow",))])


def test_annotations_have_names_of_their_own() -> None:
    names = [one["name"] for one in to_grafana(every_kind)["annotations"]["list"]]
    assert len(names) == len(set(names)) > 6


def test_a_page_lists_the_alerts_of_its_panels() -> None:
    page = Dashboard(
        uid="page",
        title="Page",
        rows=[row("Row", stat("Errors", errors(), alerts=[FAILING]), page_alerts()), row("Up", UP)],
    )
    (target,) = next(panel.targets for panel in page.panels() if panel.title == "Alerts")
    assert target.query == alarm_states(FAILING, DOWN)
    assert 'alertname=~"Absent|Down|Failing"' in to_promql(alarm_states(FAILING, DOWN).expr)


def test_the_list_says_what_it_is_unless_somebody_else_does() -> None:
    assert "Nothing means all is well" in page_alerts().description
    assert page_alerts("Alarms", description="Mine.").description == "Mine."


def test_who_is_woken_opens_the_graph_and_only_without_one_the_number() -> None:
    number, graph = stat("E", errors(), alerts=[FAILING]), timeseries("Errors", errors(), alerts=[FAILING])
    both = Dashboard(uid="page", title="Page", rows=[row("Row", number, graph, UP)])
    assert both.alert_panels() == {"Failing": graph, "Down": UP, "Absent": UP}
    alone = Dashboard(uid="page", title="Page", rows=[row("Row", number, stat("E again", errors(), alerts=[FAILING]))])
    assert alone.alert_panels() == {"Failing": number}


def test_a_panel_that_judges_nothing_has_no_alerts() -> None:
    assert stat("Errors", errors()).alerts == ()
    with pytest.raises(Mistake, match="has no 'alerts'"):
        text("T", "x", alerts=[FAILING])  # type: ignore[call-arg]
