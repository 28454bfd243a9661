"""Tables, bar charts and pies: columns, cells and shares by label."""

from panels import barchart, column, piechart, table, to_page
from queries import MILLISECONDS, quantile, rate
from tests.panels.catalog import LATENCY, TOKENS_TOTAL, loaded, requests
from tests.panels.drawn import made


def test_a_table_joins_its_queries_and_hides_what_nobody_reads() -> None:
    panel = made(
        table(
            "Handlers",
            column(requests("handler"), "Requests"),
            column(quantile(0.95, LATENCY, "handler"), "p95", unit=MILLISECONDS),
        )
    )
    assert [(one["instant"], one["range"], one["format"]) for one in panel["targets"]] == [(True, False, "table")] * 2
    merge, organize = panel["transformations"]
    assert merge == {"id": "merge", "options": {}}
    assert organize["options"] == {
        "excludeByName": {"Time": True, "__name__": True},
        "includeByName": {},
        "indexByName": {"handler": 0, "Value #A": 1, "Value #B": 2},
        "renameByName": {"handler": "Handler", "Value #A": "Requests", "Value #B": "p95"},
    }
    units = {
        one["matcher"]["options"]: said["value"]
        for one in panel["fieldConfig"]["overrides"]
        for said in one["properties"]
        if said["id"] == "unit"
    }
    assert units == {"Requests": "reqps", "p95": "ms"}


def test_a_table_of_one_query_calls_its_value_by_name() -> None:
    panel = made(table("Requests", requests("handler")))
    assert [one["id"] for one in panel["transformations"]] == ["organize"]
    assert panel["transformations"][0]["options"]["renameByName"]["Value"] == "Requests"


def test_labels_can_be_named_put_in_order_and_hidden() -> None:
    panel = made(table("Models", loaded().named("Up"), names={"model": "Model", "instance": "Where"}, hide=["job"]))
    options = panel["transformations"][0]["options"]
    assert options["renameByName"] == {"model": "Model", "instance": "Where", "Value": "Up"}
    assert options["indexByName"] == {"model": 0, "instance": 1, "Value": 2}
    assert options["excludeByName"]["job"] is True


def test_cells_are_painted_by_limits_or_words() -> None:
    panel = made(
        table(
            "Handlers",
            column(requests("handler"), "Requests", painted="bar"),
            column(quantile(0.95, LATENCY, "handler"), "p95", painted="background", red_above=2),
        )
    )
    first, second = ({one["id"]: one["value"] for one in o["properties"]} for o in panel["fieldConfig"]["overrides"])
    assert first["custom.cellOptions"]["type"] == "gauge"
    assert first["min"] == 0
    assert second["custom.cellOptions"]["type"] == "color-background"
    assert second["thresholds"]["steps"][-1] == {"color": "red", "value": 2}


def test_a_table_leads_to_other_pages_with_time_and_variables() -> None:
    link = to_page("shop-handler", "Page", keep=("datasource",), handler="handler")
    assert (
        link.url == "/d/shop-handler?${__url_time_range}&${datasource:queryparam}&var-handler=${__data.fields.handler}"
    )
    panel = made(table("Handlers", requests("handler"), link=link))
    last = panel["fieldConfig"]["overrides"][-1]
    assert last["matcher"]["options"] == "Handler"
    assert last["properties"][0]["value"][0]["url"] == link.url


def test_a_table_is_sorted_by_a_title() -> None:
    panel = made(table("Handlers", requests("handler"), sort="Handlers", descending=False))
    assert panel["options"]["sortBy"] == [{"desc": False, "displayName": "Handlers"}]


def test_a_bar_chart_groups_by_its_label() -> None:
    panel = made(barchart("Tokens", rate(TOKENS_TOTAL, "kind"), stack=True))
    assert panel["options"]["xField"] == "Kind"
    assert panel["options"]["stacking"] == "normal"
    assert panel["transformations"][-1]["options"]["renameByName"] == {"kind": "Kind", "Value": "Tokens"}


def test_a_pie_shows_values_and_shares() -> None:
    panel = made(piechart("Tokens", rate(TOKENS_TOTAL, "kind")))
    assert panel["options"]["legend"]["values"] == ["value", "percent"]
    assert "thresholds" not in panel["fieldConfig"]["defaults"]
