"""What cannot be right is said at once, with the line of whoever wrote it and what to write instead."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from panels import (
    Dashboard,
    DataLink,
    State,
    alert_list,
    barchart,
    bargauge,
    column,
    custom_variable,
    dashboard_list,
    gauge,
    heatmap,
    interval_variable,
    label_variable,
    logs,
    page_alerts,
    piechart,
    row,
    stat,
    state_timeline,
    status_history,
    table,
    text,
    textbox_variable,
    timeseries,
)
from panels.grafana import to_grafana
from queries import MILLISECONDS, PERCENT, SECONDS, Mistake, buckets, latest, mean, quantile, rate, raw
from tests.panels.catalog import (
    DOUBLED,
    FAILING,
    LATENCY,
    LOADED,
    MEMORY,
    REQUESTS_TOTAL,
    SIZE,
    SLOW,
    TOKENS_TOTAL,
    errors,
    quality,
    requests,
)

ROWS = [row("Row", stat("R", requests()))]
WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "mixed units": (lambda: timeseries("T", requests(), errors()), "mixes units: ratio, requests per second"),
    "mixed units on the right": (
        lambda: timeseries("T", requests().named("R"), right=[errors(), mean(LATENCY)]),
        "'T, right axis' mixes units",
    ),
    "no query": (lambda: timeseries("T"), "has no query"),
    "another dimension": (lambda: stat("T", requests(), unit=SECONDS), "cannot be shown in seconds"),
    "no title": (lambda: stat("", requests()), "a stat panel without a title"),
    "blank title": (lambda: text("  ", "x"), "a text panel without a title"),
    "row without a title": (lambda: row(" "), "a row without a title"),
    "a limit in another unit": (lambda: stat("T", requests(), red_above=SECONDS(1)), "a limit of 1 s"),
    "a red line above the last bucket": (
        lambda: timeseries("T", quantile(0.95, LATENCY), red_above=SECONDS(6)),
        "out of reach: the number ends at 5 s",
    ),
    "a ratio above one": (lambda: stat("T", errors(), red_above=5), r"PERCENT\(5\)"),
    "yellow after red": (
        lambda: stat("T", errors(), red_above=PERCENT(1), yellow_above=PERCENT(5)),
        "yellow_above=0.05 comes after red_above=0.01",
    ),
    "yellow below red": (
        lambda: gauge("T", quality(), red_below=0.8, yellow_below=0.5),
        "yellow_below=0.5 comes after red_below=0.8",
    ),
    "nothing is fine": (lambda: stat("T", quality(), red_below=0.8, red_above=0.5), "no value is fine between"),
    "an unknown word": (lambda: stat("T", requests(), descripton="x"), "did you mean 'description'"),  # type: ignore[call-arg]
    "a word of another kind": (lambda: text("T", "x", unit=SECONDS), "a text has no 'unit'"),  # type: ignore[call-arg]
    "a limit of a pie": (lambda: piechart("T", rate(TOKENS_TOTAL, "kind"), red_above=1), "has no 'red_above'"),  # type: ignore[call-arg]
    "buckets as values": (lambda: timeseries("T", buckets(LATENCY)), "shows buckets as if they were values"),
    "values as buckets": (lambda: heatmap("T", requests()), "asks for values, not for buckets"),
    "buckets in another unit": (lambda: heatmap("T", buckets(LATENCY), unit=MILLISECONDS), "buckets are in seconds"),
    "stacked ratios": (lambda: timeseries("T", errors(), stack=True), "ratio does not"),
    "stacked quantiles": (lambda: timeseries("T", quantile(0.5, LATENCY), stack=True), "quantiles do not"),
    "stacked scores": (lambda: barchart("T", latest(LOADED), stack=True), "stacks what does not add up"),
    "a gauge without ends": (lambda: gauge("T", requests()), "nobody knows when it is full"),
    "states without words": (lambda: state_timeline("T", requests()), "nobody says which there are"),
    "history without words": (lambda: status_history("T", requests()), "nobody says which there are"),
    "a pie of one slice": (lambda: piechart("T", requests()), "has but one slice"),
    "a pie of ratios": (lambda: piechart("T", latest(LOADED)), "does not add up to a whole"),
    "bars without a label": (lambda: barchart("T", requests()), "needs one label for its groups, not none"),
    "bars of two labels": (lambda: barchart("T", requests("handler", "status")), "not handler, status"),
    "bars of an unknown colour": (
        lambda: barchart("T", requests("handler"), colors={"x": "red"}),
        "no column is called 'x'",
    ),
    "two legends": (
        lambda: timeseries("T", *[requests().named("R")] * 2),
        r"2 numbers are called 'R' in its legend \(name them: .named",
    ),
    "a line without a name": (
        lambda: timeseries("T", mean(LATENCY), right=[requests()]),
        r"asks several numbers, and one has no name \(name it: .named",
    ),
    "an alert of something else": (
        lambda: stat("T", requests(), alerts=[SLOW]),
        "alert 'Slow' judges seconds, and the panel shows requests per second",
    ),
    "an alert and no list": (lambda: stat("T", errors(), alerts=FAILING), r"alerts=... is a AlertRule"),  # type: ignore[arg-type]
    "no alert": (lambda: stat("T", errors(), alerts=["Failing"]), "alerts=... is a str"),  # type: ignore[list-item]
    "another red than the alarm's": (
        lambda: stat("T", errors(), red_above=PERCENT(6), alerts=[FAILING]),
        "red_above=0.06, and its alert rings at 0.05",
    ),
    "yellow after the alarm": (
        lambda: stat("T", errors(), yellow_above=PERCENT(6), alerts=[FAILING]),
        "yellow_above=0.06 comes after red_above=0.05",
    ),
    "an alarm that the number never comes to": (
        lambda: stat("T", errors(), alerts=[DOUBLED]),
        "out of reach",
    ),
    "a list of no alerts": (
        lambda: Dashboard(uid="a", title="T", rows=[row("A", stat("R", requests()), page_alerts())]),
        "lists the alerts of its page, and no panel has one",
    ),
    "a limit that is a text": (lambda: stat("T", requests(), red_above="5"), "red_above='5' is no limit"),  # type: ignore[arg-type]
    "a line that is a text": (lambda: timeseries("T", requests(), red_above="5"), "red_above='5' is no limit"),  # type: ignore[arg-type]
    "a counter as a number": (lambda: stat("T", REQUESTS_TOTAL), r"'T' asks a Counter \(rate\("),  # type: ignore[arg-type]
    "a gauge as a number": (lambda: timeseries("T", MEMORY), r"'T' asks a Gauge \(total\("),  # type: ignore[arg-type]
    "a histogram on the right": (
        lambda: timeseries("T", requests(), right=[LATENCY]),  # type: ignore[list-item]
        r"'T' asks a Histogram \(quantile\(",
    ),
    "a summary as a number": (lambda: bargauge("T", SIZE), r"'T' asks a Summary \(mean\("),  # type: ignore[arg-type]
    "a text as a number": (lambda: stat("T", "up"), r"'T' asks a str \(a number"),  # type: ignore[arg-type]
    "a condition as a number": (lambda: stat("T", requests() > 5), "'T' asks a Condition"),  # type: ignore[arg-type]
    "a histogram as buckets": (lambda: heatmap("T", LATENCY), "'T' asks a Histogram"),  # type: ignore[arg-type]
    "a counter as a column": (lambda: table("T", REQUESTS_TOTAL), "'T' asks a Counter"),  # type: ignore[arg-type]
    "a text as a column": (lambda: column("up"), "asks a str"),  # type: ignore[arg-type]
    "a unit that is a text": (lambda: stat("T", requests(), unit="reqps"), "unit='reqps' is no unit"),  # type: ignore[arg-type]
    "a width that is a text": (lambda: stat("T", requests(), width="5"), "width='5' is no whole number"),  # type: ignore[arg-type]
    "a width of a column that is a text": (
        lambda: column(requests(), "A", width="5"),  # type: ignore[arg-type]
        "column 'A': width='5' is no whole number",
    ),
    "links that are a text": (lambda: stat("T", requests(), links="http://a"), r"no list \(links=\[DataLink"),  # type: ignore[arg-type]
    "links that are one": (
        lambda: table("T", requests(), links=DataLink("A", "/a")),  # type: ignore[arg-type]
        r"no list \(links=\[DataLink",
    ),
    "a row of a list": (lambda: row("R", [stat("T", requests())]), "row 'R' holds a list"),  # type: ignore[arg-type]
    "a page of panels": (
        lambda: Dashboard(uid="a", title="T", rows=[stat("T", requests())]),  # type: ignore[list-item]
        "page 'a': a Panel stands among its rows",
    ),
    "an empty table": (lambda: table("T"), "has no query"),
    "a column without a title": (lambda: column(requests("handler")), "a column without a title"),
    "columns without titles": (lambda: table("T", requests("handler"), requests("handler")), "without a title"),
    "columns of other labels": (
        lambda: table("T", column(requests("handler"), "A"), column(requests("status"), "B")),
        "column 'B' keeps other labels: status instead of handler",
    ),
    "two columns of a name": (
        lambda: table("T", column(requests(), "A"), column(errors(), "A")),
        "2 columns are called 'A'",
    ),
    "paint without a reason": (
        lambda: table("T", column(requests(), "A", painted="background")),
        "nobody says when",
    ),
    "a limit without paint": (lambda: table("T", column(requests(), "A", red_above=1)), "no colour to show it"),
    "an unknown word of a column": (lambda: column(requests(), "A", colour="x"), "column 'A' has no 'colour'"),  # type: ignore[call-arg]
    "a column in another unit": (lambda: column(requests(), "A", unit=SECONDS), "cannot be shown in seconds"),
    "sorted by nothing": (lambda: table("T", requests("handler"), sort="Size"), "has no column 'Size'"),
    "an unknown label": (lambda: table("T", requests("handler"), hide=["model"]), "has no label 'model'"),
    "a table that leads nowhere": (
        lambda: table("T", requests("handler"), link=DataLink("X", "")),
        "links to nothing",
    ),
    "a list of nothing": (lambda: dashboard_list("T"), "lists nothing"),
    "no logs": (lambda: logs("T", " "), "ask for nothing"),
    "an unknown state of alerts": (lambda: alert_list("T", show=["bad"]), "no alert is 'bad'"),  # type: ignore[list-item]
    "an unknown label of a number": (lambda: rate(REQUESTS_TOTAL, "modle"), "has no label 'modle'"),
    "an unknown label of a variable": (lambda: label_variable(LATENCY, "handlr"), "did you mean 'handler'"),
    "a variable with a bad name": (lambda: textbox_variable("a-b"), "letters, digits and _"),
    "a choice of nothing": (lambda: custom_variable("k", []), "offers nothing"),
    "a window of nothing": (lambda: interval_variable("k", []), "offers nothing"),
    "no duration": (lambda: interval_variable("k", ["5 m"]), "no duration"),
    "an illegal uid": (lambda: Dashboard(uid="a b", title="T", rows=ROWS), "letters, digits, - and _"),
    "a long uid": (lambda: Dashboard(uid="a" * 41, title="T", rows=ROWS), "longer than 40"),
    "a page without a title": (lambda: Dashboard(uid="a", title=" ", rows=ROWS), "it has no title"),
    "a folder without a title": (lambda: Dashboard(uid="a", title="T", rows=ROWS, folder="A//B"), "folder 'A//B'"),
    "no range": (lambda: Dashboard(uid="a", title="T", rows=ROWS, time="soon"), "no duration"),
    "a panel twice": (
        lambda: Dashboard(uid="a", title="T", rows=[row("A", stat("X", requests()), stat("X", errors()))]),
        "two panels of page 'a' are called 'X'",
    ),
    "a row twice": (lambda: Dashboard(uid="a", title="T", rows=[row("A"), row("A")]), "two rows"),
    "a variable twice": (
        lambda: Dashboard(uid="a", title="T", rows=ROWS, variables=[textbox_variable("v"), textbox_variable("v")]),
        "two variables are called 'v'",
    ),
    "too wide": (
        lambda: to_grafana(Dashboard(uid="a", title="T", rows=[row("A", stat("X", requests(), width=25))])),
        "25 columns wide",
    ),
    "a span that ends before it begins": (
        lambda: to_grafana(
            Dashboard(uid="a", title="T", rows=[row("A", stat("X", quality(), states=[State(1, "odd", up_to=0)]))])
        ),
        "is no span",
    ),
    "a bar gauge of two units": (lambda: bargauge("T", mean(LATENCY), mean(SIZE)), "mixes units"),
    "a limit below what can be": (lambda: stat("T", latest(MEMORY), red_below=-5), "out of reach"),
}


@pytest.mark.parametrize(("wrong", "message"), WRONG.values(), ids=list(WRONG))
def test_a_mistake_says_what_is_wrong_and_where(wrong: Callable[[], Any], message: str) -> None:
    with pytest.raises(Mistake, match=message) as caught:
        wrong()
    lines, first = inspect.getsourcelines(wrong)
    assert caught.value.where.path == __file__
    assert first <= caught.value.where.line < first + len(lines) + 1


def test_the_second_of_two_panels_is_the_one_to_look_at() -> None:
    first, second = stat("X", requests()), stat("X", errors())
    with pytest.raises(Mistake) as caught:
        Dashboard(uid="a", title="T", rows=[row("A", first), row("B", second)])
    assert caught.value.where == second.source
    assert "key=" in caught.value.fix


def test_one_unit_on_each_axis_is_no_mistake() -> None:
    assert timeseries("T", requests().named("requests"), right=[errors()]).targets
    assert stat("T", raw("x", unit=MILLISECONDS), unit=SECONDS).unit == "s"
