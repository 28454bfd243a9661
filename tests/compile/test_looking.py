"""What `dash list` and `dash show` say."""

import pytest

from cli.compile import project
from cli.compile.usage import uses
from tests.compile.shop import FULL, NEEDS_FULL, NUMBERS, RECORDING, ROOT, Shop, page, piped

EVERY_KIND = '''"""A page with every kind of panel."""

from numbers import errors, latency, orders

from metrics import API, LATENCY, ORDERS
from panels import (
    LOKI,
    PROMETHEUS,
    Dashboard,
    alert_list,
    annotations_list,
    barchart,
    bargauge,
    column,
    dashboard_list,
    gauge,
    heatmap,
    histogram,
    job_variable,
    logs,
    piechart,
    row,
    stat,
    state_timeline,
    status_history,
    table,
    text,
    timeseries,
)
from queries import buckets

dashboard = Dashboard(
    uid="every",
    title="Every kind",
    folder="Shop/Pages",
    description="One of each.",
    role=API,
    variables=[PROMETHEUS, LOKI, job_variable(ORDERS)],
    rows=[
        row(
            "Numbers?",
            stat("A stat", errors(), red_above=0.05),
            gauge("A gauge", errors()),
            bargauge("A bar gauge", orders("status")),
            timeseries("A graph", latency(0.5), latency(0.95)),
            heatmap("A heatmap", buckets(LATENCY)),
            histogram("A histogram", orders("status")),
            table("A table", column(orders("status"), "Orders")),
            piechart("A pie", orders("status")),
            barchart("A bar chart", orders("status")),
            state_timeline("States", orders("status"), red_above=5),
            status_history("History", orders("status"), red_above=5),
        ),
        row(
            "Words?",
            text("A text", "Hello"),
            logs("Logs", '{app="shop"}'),
            alert_list("Alerts"),
            dashboard_list("Pages", "shop"),
            annotations_list("Marks", "deploy"),
            collapsed=True,
        ),
    ],
)
'''
ODD_NUMBERS = """

def window(span: str) -> Query:
    return orders().over(span)


def text():
    return ""


def late():
    return 1
"""


def _looks(shop: Shop, *arguments: str) -> str:
    ran = shop.dash(*arguments, "--source", "src")
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_a_list_of_all_with_the_line_that_defines_each(shop: Shop) -> None:
    assert _looks(shop, "list") == (
        "pages\n"
        "  api    src/pages/api.py:7    Api\n"
        "  speed  src/pages/speed.py:7  Speed\n"
        "rules\n"
        "  ShopErrors  src/shop/alerts.py:9  critical alert in shop\n"
        "numbers\n"
        "  src.errors(*by: str)             src/numbers.py:15  The share of orders that fail.\n"
        "  src.latency(q: float, *by: str)  src/numbers.py:20  How long orders take.\n"
        "  src.orders(*by: str)             src/numbers.py:10  Orders per second.\n"
    )


def test_the_list_as_json(shop: Shop) -> None:
    said = shop.dash("list", "--source", "src", "--output", "json").json

    assert (said["type"], said["version"]) == ("list", 1)
    assert said["entries"][0] == {"kind": "page", "name": "api", "place": "src/pages/api.py:7", "about": "Api"}


def test_a_list_in_spite_of_a_broken_page(shop: Shop) -> None:
    shop.write("src/pages/bad.py", "1 / 0\n")

    ran = shop.dash("list", "--source", "src")

    assert ran.code == 3
    assert "  speed  src/pages/speed.py:7  Speed\n" in ran.out
    assert ran.err.startswith("error: src/pages/bad.py:1: it raises ZeroDivisionError")


def test_an_interrupt_while_looking(shop: Shop) -> None:
    shop.write("src/pages/bad.py", "raise KeyboardInterrupt\n")

    assert shop.dash("list", "--source", "src").code == 130


def test_a_list_of_nothing(nothing: Shop) -> None:
    nothing.write("src/one.py")

    assert _looks(nothing, "list") == "\n"


def test_a_page_with_every_kind(shop: Shop) -> None:
    shop.write("src/pages/every.py", EVERY_KIND)

    said = _looks(shop, "show", "every")

    assert said.startswith(
        "Every kind  (every)  in Shop/Pages\n"
        "  src/pages/every.py:32\n"
        "  One of each.\n"
        "  variables: $datasource, $loki, $job\n"
        "\n"
        "▾ Numbers?\n"
        "  [A stat]  stat, percentunit, red from 0.05\n"
        '      (sum(rate(shop_orders_total{job=~"$job", status="error"}[$__rate_interval])) or vector(0))'
    )
    assert '\n▸ Words?\n  [A text]  text\n  [Logs]  logs\n      {app="shop"}\n' in said
    lines = said.splitlines()
    for title in ("A graph", "A heatmap", "A table", "A pie", "Alerts", "Pages", "Marks"):
        assert sum(line.startswith(f"  [{title}]  ") for line in lines) == 1
    assert "  [A table]  table, reqps" in lines
    assert "  [A graph]  timeseries, s\n      histogram_quantile(0.5, sum by (le)" in said


def test_a_page_as_json(shop: Shop) -> None:
    said = shop.dash("show", "api", "--source", "src", "--output", "json").json

    assert (said["type"], said["version"], said["uid"]) == ("page", 1, "api")
    assert said["rows"][0]["panels"][0]["queries"] == [
        {"query": 'sum(rate(shop_orders_total{job="shop-api"}[$__rate_interval]))', "legend": "Now"}
    ]


def test_a_number_for_both_readers_and_everything_that_uses_it(shop: Shop) -> None:
    shop.write("src/shop/recording.py", RECORDING.replace("RECORD", "shop:errors:ratio").replace("orders", "errors"))
    shop.write("src/pages/api.py", page("api", number="errors()"))
    shop.write("src/pages/more.py", page("more", number='errors("region").top(3)'))
    shop.write("src/pages/week.py", page("week", number='errors().over("1h").before("7d")'))
    recorded = "from shop.recording import group\nRECORDED = group.rules[0].recorded\n"
    shop.write("src/pages/recorded.py", page("recorded", number="RECORDED", before=recorded))

    said = _looks(shop, "show", "errors")

    assert said == (
        "src.errors(*by: str)  src/numbers.py:15\n"
        "  The share of orders that fail.\n"
        "\n"
        '  dashboard  (sum(rate(shop_orders_total{job="shop-api", status="error"}[$__rate_interval])) or vector(0))'
        ' / sum(rate(shop_orders_total{job="shop-api"}[$__rate_interval]))\n'
        '  rule       (sum(rate(shop_orders_total{job="shop-api", status="error"}[5m])) or vector(0))'
        ' / sum(rate(shop_orders_total{job="shop-api"}[5m]))\n'
        "  unit       ratio (percentunit)\n"
        "  labels     none\n"
        "  range      from 0 % to 100 %\n"
        "\n"
        "  used by\n"
        "    panel      api: Now           src/pages/api.py:10\n"
        "    panel      more: Now          src/pages/more.py:10\n"
        "    panel      recorded: Now      src/pages/recorded.py:12\n"
        "    panel      week: Now          src/pages/week.py:10\n"
        "    alert      ShopErrors         src/shop/alerts.py:9\n"
        "    recording  shop:errors:ratio  src/shop/recording.py:7\n"
    )
    assert "used nowhere" in _looks(shop, "show", "latency(0.5)")


def test_a_number_as_json(shop: Shop) -> None:
    said = shop.dash("show", "src.latency(0.95, 'status')", "--source", "src", "--output", "json")

    assert said.code == 2, "the label is none of the histogram's"
    said = shop.dash("show", "src.latency(q=0.95)", "--source", "src", "--output", "json")
    assert said.json["type"] == "number"
    assert said.json["queries"][0]["unit"] == "seconds (s)"
    assert said.json["uses"] == [{"kind": "panel", "what": "speed: Now", "place": "src/pages/speed.py:10"}]


def test_a_quantile_without_its_quantile_is_the_usual_three(shop: Shop) -> None:
    said = _looks(shop, "show", "latency")

    assert [f"histogram_quantile({q}," in said for q in (0.5, 0.95, 0.99)] == [True] * 3


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("erors", "neither a page nor a number is called 'erors'\n  try: did you mean 'src.errors'? there are: api, "),
        ("aip", "neither a page nor a number is called 'aip'\n  try: did you mean 'api'? there are: api, speed, src."),
        ("latency(7)", "src.latency: a quantile of 7\n  try: src.latency(q: float, *by: str)"),
        ("latency(open('x'))", "src.latency(open('x')): only plain values can be said here\n  try: "),
        ("errors('nothing')", "src.errors: shop_orders_total has no label 'nothing'\n"),
        ("window", "src.window(span: str) wants to be told more\n  try: 'src.window(span=...)'"),
        ("text", "src/numbers.py:29: src.text is no number but a str\n"),
        ("late(1, 2)", "src.late: it raises TypeError: "),
        ("orders(1)(2)", "src.orders(1)(2): only plain values can be said here"),
    ],
)
def test_what_is_no_number(shop: Shop, what: str, said: str) -> None:
    shop.write("src/numbers.py", NUMBERS + ODD_NUMBERS)

    ran = shop.dash("show", what, "--source", "src")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {said}")


def test_several_numbers_of_one_name_are_named() -> None:
    ran = Shop(ROOT).dash("show", "latency")

    assert ran.code == 2
    assert ran.err.startswith("error: several numbers are called 'latency'\n  try: ai_api.latency, ")


def test_every_shipped_number_can_be_shown_and_is_used() -> None:
    found = project.read(("dashboards_py", "queries"), str(ROOT))
    asked = {one: "'1h'" if "window: str" in one.signature else "" for one in found.numbers}
    unused = [one.name for one, said in asked.items() if not list(uses(one.queries(said), found))]

    assert len(found.numbers) > 60
    assert unused == []


def test_a_page_wins_over_a_number_of_its_name(shop: Shop) -> None:
    shop.write("src/pages/errors.py", page("errors"))

    assert _looks(shop, "show", "errors").startswith("Errors  (errors)\n")


@pytest.mark.parametrize(
    ("into", "said"),
    [
        ("| true", "1"),
        pytest.param(f"> {FULL}", "2error: the answer cannot be written: No space left on device", marks=NEEDS_FULL),
    ],
)
def test_nobody_reads_the_answer(shop: Shop, into: str, said: str) -> None:
    assert piped(shop, "list --source src", into).strip() == said
