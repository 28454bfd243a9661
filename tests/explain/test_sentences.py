"""What expressions of AI services mean, in sentences that a product manager understands."""

from pathlib import Path

import pytest
import yaml

from cli.explain.words import Reader, sentence, usual_reader
from queries.catalog import NOTHING
from queries.catalogs.by_name import catalogs
from queries.catalogs.shipped import NAMES
from queries.infer import infer
from queries.parse import parse

SHIPPED = catalogs(NAMES, jobs={})
ROWS = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("promql", "meaning"), [(row["promql"], row["means"]) for row in ROWS])
def test_a_sentence_says_what_is_asked(promql: str, meaning: str) -> None:
    known = infer(parse(promql), SHIPPED)

    assert sentence(known, usual_reader(known)) == meaning


@pytest.mark.parametrize(
    ("promql", "meaning"),
    [
        ("orders_total", "orders_total."),
        ("orders", "orders."),
        ("rate(orders_total[5m])", "orders_total per second over the last 5 minutes."),
        ('sum(orders{shop=""})', "The sum of orders without a shop, as one number."),
        ('orders{shop!=""}', "orders with a shop."),
        ('orders{shop=~".+", country="NL"}', "orders with country NL and a shop."),
        ('orders{shop=~".*"}', "orders."),
        ('orders{shop!="", shop="nl"}', "orders with shop nl."),
        ('orders{shop=~"nl-.*|.*-be"}', "orders with shop beginning with nl- or ending in -be."),
        ('orders{shop=~"a(b|c)d+"}', "orders with shop like a(b|c)d+."),
        ('orders{shop=~"a|b|c|d|e"}', "orders with shop one of 5."),
        ('orders{shop!~"a|b", country!="NL"}', "orders, country NL and shop a or b left out."),
        ('orders{shop="$shop"}', "orders, as chosen on the page."),
        ("orders offset 90m", "orders 90 minutes earlier."),
        ("orders offset -1h", "orders an hour later."),
        ("max_over_time(orders[1h:1m] offset 1d)", "The highest orders over the last hour, a day earlier."),
        ("orders @ end()", "orders as of the end."),
        ("rate(orders[$window])", "orders per second over the time chosen on the page."),
        ("avg_over_time(orders[$__range])", "The average orders over the time that the page shows."),
        ("increase(orders[$__rate_interval])", "orders from one point to the next."),
        ("orders * (sessions + visits)", "orders times (sessions plus visits)."),
        ("orders * on (shop) group_left (country) shop_info", "orders."),
        ("orders / 1000", "orders divided by 1,000."),
        ("orders or vector(0)", "orders, 0 while there is none."),
        ("orders or old_orders", "orders, or else old_orders."),
        ("orders unless sessions > 5", "orders, unless sessions is above 5."),
        ("clamp(orders, 1, 5)", "orders (at least 1 and at most 5)."),
        ("round(orders)", "orders, rounded."),
        ("-orders", "Minus orders."),
        ("{__name__=~'orders.*'}", "Series that are named orders.*."),
        ("count(orders > 5)", "The number of series for which orders is above 5."),
        ("sum(group by (shop) (orders))", "The number of shops among orders, as one number."),
        ("topk($k, orders)", "The series with the highest orders."),
        ("5 < orders", "True while orders is above 5."),
        ("orders > bool 5", "Whether orders is above 5."),
        ("orders == orders offset 1w", "True while orders is exactly what it was a week earlier."),
        ("time()", "Now."),
        ("$x", "$x."),
        ("sin(orders)", "Sin of orders."),
    ],
)
def test_of_what_nobody_knows_the_name_is_said_and_nothing_is_claimed(promql: str, meaning: str) -> None:
    known = infer(parse(promql), NOTHING)

    assert sentence(known, usual_reader(known)) == meaning


@pytest.mark.parametrize(
    ("reader", "meaning"),
    [
        ("alert", "True while there are more than 200 active agent sessions, for each instance and job on its own."),
        ("panel", "Active agent sessions, where they are above 200, one line for each instance and job."),
        ("recording", "Active agent sessions, where they are above 200, one series for each instance and job."),
    ],
)
def test_who_asks_decides_what_a_comparison_is_for(reader: Reader, meaning: str) -> None:
    assert sentence(infer(parse("agent_sessions_active > 200"), SHIPPED), reader) == meaning


def test_an_alert_without_a_comparison_is_true_while_there_is_anything() -> None:
    assert sentence(infer(parse("agent_sessions_active"), NOTHING), "alert") == (
        "True while there is any agent_sessions_active."
    )


def test_a_sentence_ends_where_nobody_reads_on() -> None:
    said = sentence(infer(parse(" + ".join(f"a_rather_long_name_{number}" for number in range(99)))))

    assert len(said) < 500
    assert said.endswith("....")
