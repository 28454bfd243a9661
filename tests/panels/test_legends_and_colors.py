"""How one series is told from another: by its name in the legend and by its colour."""

from panels import bargauge, histogram, timeseries
from queries import latest, mean, quantile, rate
from tests.panels.catalog import LATENCY, MEMORY, TOKENS_TOTAL, requests
from tests.panels.drawn import defaults, made, painted


def test_a_lone_line_has_no_legend_and_no_colour_with_a_meaning() -> None:
    panel = timeseries("Requests", requests())
    assert made(panel)["options"]["legend"]["showLegend"] is False
    assert defaults(panel)["color"] == {"mode": "fixed", "fixedColor": "blue"}
    assert made(timeseries("Requests", requests(), legend="list"))["options"]["legend"]["showLegend"] is True


def test_many_lines_keep_their_colour_by_name_and_have_a_legend() -> None:
    panel = timeseries("Requests", requests("handler"))
    assert defaults(panel)["color"] == {"mode": "palette-classic-by-name"}
    legend = made(panel)["options"]["legend"]
    assert (legend["showLegend"], legend["displayMode"], legend["placement"]) == (True, "list", "bottom")
    assert (
        made(timeseries("Requests", requests("handler"), legend="hidden"))["options"]["legend"]["showLegend"] is False
    )


def test_a_table_legend_stands_on_the_right_with_the_last_and_the_greatest() -> None:
    assert made(timeseries("Requests", requests("handler"), legend="table"))["options"]["legend"] == {
        "calcs": ["lastNotNull", "max"],
        "displayMode": "table",
        "placement": "right",
        "showLegend": True,
    }


def test_percentiles_are_of_one_hue() -> None:
    panel = timeseries("Latency", *(quantile(q, LATENCY) for q in (0.5, 0.95, 0.99)))
    assert painted(panel) == {
        "/(^| )p50( |$)/": "super-light-blue",
        "/(^| )p95( |$)/": "blue",
        "/(^| )p99( |$)/": "dark-blue",
    }
    assert painted(timeseries("Latency", quantile(0.95, LATENCY, "handler"))) == {}


def test_values_with_a_fixed_meaning_have_fixed_colours() -> None:
    assert painted(timeseries("Status", requests("status", "handler"))) == {
        "/(^| )2xx( |$)/": "green",
        "/(^| )4xx( |$)/": "yellow",
        "/(^| )5xx( |$)/": "red",
    }
    assert painted(bargauge("Tokens", rate(TOKENS_TOTAL, "kind"))) == {
        "/(^| )input( |$)/": "blue",
        "/(^| )output( |$)/": "orange",
    }
    assert painted(timeseries("Models", rate(TOKENS_TOTAL, "model"))) == {}


def test_a_said_colour_wins() -> None:
    panel = timeseries("Status", requests("status"), colors={"2xx": "blue", "sum": "purple"})
    assert painted(panel)["/(^| )2xx( |$)/"] == "blue"
    assert painted(panel)["/(^| )sum( |$)/"] == "purple"


def test_a_legend_is_what_tells_the_series_apart_or_the_panel() -> None:
    targets = made(timeseries("Latency", quantile(0.95, LATENCY, "handler"), mean(LATENCY, "handler")))["targets"]
    assert [one["legendFormat"] for one in targets] == ["{{handler}} p95", "{{handler}} mean"]
    assert made(timeseries("Requests", requests()))["targets"][0]["legendFormat"] == "Requests"


def test_a_histogram_of_many_series_has_a_legend_but_not_of_all_as_one() -> None:
    assert made(histogram("Spread", latest(MEMORY)))["options"]["legend"]["showLegend"] is True
    assert made(histogram("Spread", latest(MEMORY), combine=True))["options"]["legend"]["showLegend"] is False
