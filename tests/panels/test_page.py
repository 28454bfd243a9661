"""A page as a whole: variables, data sources, links, marks, rows, ranges."""

from typing import Any

import pytest

from panels import (
    LOKI,
    PROMETHEUS,
    AlertMarks,
    Dashboard,
    Marks,
    PageLink,
    Variable,
    constant_variable,
    custom_variable,
    interval_variable,
    job_variable,
    label_variable,
    logs,
    row,
    stat,
    text,
    textbox_variable,
)
from panels.grafana import to_grafana
from panels.panel import Panel, Target
from panels.variable import job_variable as job_of
from queries import Counter, Mistake, Role, latest, other_than, rate
from queries.unit import REQUESTS
from tests.panels.catalog import API, DELAY, LATENCY, LOADED, REQUESTS_TOTAL, SIZE, TOKENS_TOTAL, requests
from tests.panels.every_kind import page as every_kind


def made(**said: Any) -> dict[str, Any]:
    """A page's JSON, of one number where nothing else is said."""
    return to_grafana(
        Dashboard(**{"uid": "page", "title": "Page", "rows": [row("Row", stat("R", requests()))], **said})
    )


def variables(*said: Variable, **more: Any) -> list[dict[str, Any]]:
    """The page's variables as JSON."""
    found: list[dict[str, Any]] = made(variables=said, **more)["templating"]["list"]
    return found


def test_a_page_has_what_grafana_saves() -> None:
    page = made(tags=["a"], description="Words.", time="7d", refresh="5m", tooltip="shared tooltip", timezone="utc")
    expected = {
        "uid": "page",
        "title": "Page",
        "description": "Words.",
        "tags": ["a"],
        "editable": True,
        "fiscalYearStartMonth": 0,
        "graphTooltip": 2,
        "liveNow": False,
        "preload": False,
        "refresh": "5m",
        "schemaVersion": 41,
        "time": {"from": "now-7d", "to": "now"},
        "timepicker": {},
        "timezone": "utc",
        "weekStart": "",
    }
    assert {key: page[key] for key in expected} == expected
    assert page.keys() == expected.keys() | {"annotations", "links", "panels", "templating"}


def test_what_nobody_named_can_be_added() -> None:
    assert made(extra={"weekStart": "monday", "liveNow": None})["weekStart"] == "monday"
    assert "liveNow" not in made(extra={"liveNow": None})


def test_the_same_page_is_the_same_json_and_shares_no_state() -> None:
    assert to_grafana(every_kind) == to_grafana(every_kind)


def test_the_default_data_source_is_the_default_one() -> None:
    assert variables(PROMETHEUS)[0] == {
        "current": {"text": "default", "value": "default"},
        "hide": 0,
        "includeAll": False,
        "label": "Data source",
        "multi": False,
        "name": "datasource",
        "options": [],
        "query": "prometheus",
        "refresh": 1,
        "regex": "",
        "skipUrlSync": False,
        "type": "datasource",
    }


def test_a_data_source_that_panels_ask_is_there_said_or_not() -> None:
    assert [one["name"] for one in variables()] == ["datasource"]
    found = variables(rows=[row("Row", stat("R", requests()), logs("L", "{}"))])
    assert [one["name"] for one in found] == ["datasource", "loki"]
    assert variables(rows=[row("Row", text("About", "x"))]) == []
    found = variables(label_variable(LATENCY, "handler"), rows=[row("Row", text("About", "x"))])
    assert [one["name"] for one in found] == ["datasource", "handler"]


def test_a_data_source_of_another_name_is_referred_to_by_it() -> None:
    own = Variable(kind="datasource", name="metrics", values=("prometheus",))
    page = made(variables=[own])
    assert page["panels"][1]["datasource"] == {"type": "prometheus", "uid": "${metrics}"}
    assert page["panels"][1]["targets"][0]["datasource"] == {"type": "prometheus", "uid": "${metrics}"}
    assert len(page["templating"]["list"]) == 1


def test_a_panel_that_asks_two_data_sources_is_mixed() -> None:
    both = Panel(kind="table", title="Both", targets=(Target(requests()), Target(None, text="{}", datasource="loki")))
    page = made(variables=[PROMETHEUS, LOKI], rows=[row("Row", both)])
    assert page["panels"][1]["datasource"] == {"type": "datasource", "uid": "-- Mixed --"}


def test_a_data_source_that_nobody_knows_is_a_mistake_at_the_panels_line() -> None:
    odd = Panel(kind="table", title="Odd", targets=(Target(None, text="SELECT 1", datasource="mysql"),))
    with pytest.raises(Mistake, match="asks 'mysql'") as caught:
        made(rows=[row("Row", odd)])
    assert caught.value.where == odd.source


def test_the_job_variable_offers_the_jobs_of_the_service_and_all_means_these() -> None:
    found = variables(job_variable(TOKENS_TOTAL), role=API)[1]
    assert found["definition"] == "label_values(shop_tokens_total, job)"
    assert found["query"] == {
        "qryType": 1,
        "query": "label_values(shop_tokens_total, job)",
        "refId": "PrometheusVariableQueryEditor-VariableQuery",
    }
    assert "allValue" not in found
    assert found["current"] == {"text": ["All"], "value": ["$__all"]}
    assert (found["includeAll"], found["multi"], found["refresh"], found["sort"]) == (True, True, 2, 1)


def test_a_renamed_job_narrows_no_job_variable() -> None:
    page = Dashboard(uid="page", title="Page", role=API, rows=[], variables=[job_variable(TOKENS_TOTAL)])
    found = to_grafana(page, {"shop.api": "renamed"})["templating"]["list"]
    assert found[1]["definition"] == "label_values(shop_tokens_total, job)"


def test_a_job_variable_of_a_shared_metric_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="every service exports http_requests_total too"):
        job_of(REQUESTS_TOTAL)


def test_a_variable_without_a_metric_is_a_mistake_at_its_line() -> None:
    own = Variable(kind="query", name="x", narrows="x")
    with pytest.raises(Mistake, match="label values of no metric") as caught:
        made(variables=[own])
    assert caught.value.where == own.source


def test_a_variable_says_what_it_is_for() -> None:
    own = Variable(kind="textbox", name="x", values=("a",), description="Words.")
    assert variables(own)[1]["description"] == "Words."


def test_a_job_variable_stands_behind_others_too() -> None:
    found = variables(label_variable(TOKENS_TOTAL, "model"), job_variable(TOKENS_TOTAL), role=API)
    assert found[2]["definition"] == 'label_values(shop_tokens_total{model=~"$model"}, job)'


def test_a_page_that_is_never_asked_again() -> None:
    assert made(refresh="")["refresh"] == ""


def test_variables_are_chained_on_those_before_them() -> None:
    said = [job_variable(TOKENS_TOTAL), label_variable(LATENCY, "handler"), label_variable(SIZE, "instance")]
    found = [one["definition"] for one in variables(*said, role=API)[1:]]
    assert found == [
        "label_values(shop_tokens_total, job)",
        'label_values(http_duration_seconds_count{job=~"$job"}, handler)',
        'label_values(shop_answer_bytes_count{handler=~"$handler", job=~"$job"}, instance)',
    ]


def test_a_variable_can_offer_the_values_of_some_series_only() -> None:
    said = label_variable(LATENCY, "handler", where={"handler": other_than("/metrics")})
    definition = 'label_values(http_duration_seconds_count{handler!="/metrics", job="shop-api"}, handler)'
    assert variables(said)[1]["definition"] == definition


def test_all_of_a_label_inside_the_service_is_any_value() -> None:
    assert variables(label_variable(LATENCY, "handler"))[1]["allValue"] == ".+"
    one = variables(label_variable(LATENCY, "handler", multi=False))[1]
    assert "allValue" not in one
    assert (one["includeAll"], one["current"]) == (False, {"text": "", "value": ""})


def test_a_variable_is_called_as_its_label_or_as_said() -> None:
    metric = Counter("shop_calls_total", "Calls.", REQUESTS, ("task_type",), role=API)
    assert variables(label_variable(metric, "task_type"))[1]["label"] == "Task type"
    assert variables(label_variable(metric, "task_type", label="Task"))[1]["label"] == "Task"


def test_choices_windows_words_and_constants() -> None:
    _, k, many, window, search, cluster = variables(
        custom_variable("k", ["5", "a,b"], label="Top"),
        custom_variable("many", ["a", "b"], multi=True),
        interval_variable("window", ["5m", "90m"]),
        textbox_variable("search", "error"),
        constant_variable("cluster", "eu"),
    )
    assert k["query"] == "5,a\\,b"
    assert k["current"] == {"text": "5", "value": "5"}
    assert [one["selected"] for one in k["options"]] == [True, False]
    assert many["current"] == {"text": ["All"], "value": ["$__all"]}
    assert many["options"][0] == {"selected": True, "text": "All", "value": "$__all"}
    assert window["query"] == "5m,1h30m"
    assert (window["auto"], window["refresh"]) == (False, 2)
    assert (search["query"], search["hide"]) == ("error", 0)
    assert (cluster["query"], cluster["hide"]) == ("eu", 2)


def test_a_page_narrows_only_the_metrics_of_its_role() -> None:
    rows = [row("Row", stat("Ours", latest(LOADED)), stat("Theirs", latest(DELAY)))]
    page = made(role=API, rows=rows, variables=[job_variable(TOKENS_TOTAL)])
    exprs = [one["targets"][0]["expr"] for one in page["panels"][1:]]
    assert exprs == ['shop_model_loaded{job=~"$job"}', 'shop_delay_seconds{job="shop-worker"}']


def test_a_renamed_job_reaches_the_queries() -> None:
    role = Role("shop", "api", "shop-api")
    metric = Counter("shop_things_total", "Things.", REQUESTS, role=role)
    page = Dashboard(uid="page", title="Page", rows=[row("Row", stat("R", rate(metric)))])
    made_page = to_grafana(page, {"shop.api": "eu-shop"})
    assert made_page["panels"][1]["targets"][0]["expr"] == (
        'sum(rate(shop_things_total{job="eu-shop"}[$__rate_interval]))'
    )


def test_links_are_tabs_drop_downs_or_addresses() -> None:
    tabs, menu, docs = made(
        links=[
            PageLink("Pages", ("shop",)),
            PageLink("More", ("shop",), dropdown=True),
            PageLink("Docs", url="https://example.org"),
        ]
    )["links"]
    assert (tabs["type"], tabs["tags"], tabs["asDropdown"]) == ("dashboards", ["shop"], False)
    assert (tabs["keepTime"], tabs["includeVars"]) == (True, True)
    assert menu["asDropdown"] is True
    assert (docs["type"], docs["url"]) == ("link", "https://example.org")


@pytest.mark.parametrize("said", [{}, {"tags": ("a",), "url": "https://example.org"}])
def test_a_link_leads_to_one_place(said: dict[str, Any]) -> None:
    with pytest.raises(Mistake, match="leads nowhere or twice"):
        PageLink("Pages", **said)


def test_marks_are_annotations_by_tags_and_alerts() -> None:
    built_in, deploys, alerts, ours = made(
        marks=[Marks("Deploys", ("deploy", "shop")), AlertMarks(), AlertMarks("Ours", ("Slow", "Down"), "critical")]
    )["annotations"]["list"]
    assert built_in["builtIn"] == 1
    assert deploys["datasource"] == {"type": "grafana", "uid": "-- Grafana --"}
    assert deploys["target"] == {"limit": 100, "matchAny": False, "tags": ["deploy", "shop"], "type": "tags"}
    assert alerts["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
    assert alerts["expr"] == 'ALERTS{alertstate="firing"}'
    assert ours["expr"] == 'ALERTS{alertname=~"Slow|Down", alertstate="firing", severity="critical"}'


def test_an_open_row_stands_before_its_panels_and_a_collapsed_one_holds_them() -> None:
    page = made(
        rows=[row("Open", stat("A", requests())), row("Down", stat("B", requests()), collapsed=True, repeat="x")]
    )
    first, panel, last = page["panels"]
    assert (first["type"], first["collapsed"], first["panels"]) == ("row", False, [])
    assert panel["title"] == "A"
    assert (last["collapsed"], [one["title"] for one in last["panels"]], last["repeat"]) == (True, ["B"], "x")
    assert "repeat" not in first
