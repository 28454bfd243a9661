"""Counters, gauges, histograms and summaries: under the catalog's names, with its labels, and nothing else."""

import subprocess
import sys
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import REQUESTS, Counter, Mistake
from queries.instrument import Instruments, Refused
from queries.metric import Metric
from tests.instrument import shop
from tests.instrument.shop import page, value


def test_what_is_counted_is_on_the_page(inst: Instruments) -> None:
    inst[shop.ORDERS].inc(shop="a", status="error")
    inst[shop.ORDERS].inc(2, status="error", shop="a")
    inst[shop.TIME].observe(0.5, shop="a")
    inst[shop.SIZE].observe(3)
    inst[shop.OPEN].inc()
    inst[shop.SCORE].set(0.7)

    assert value(inst, "shop_orders_total", shop="a", status="error") == 3
    assert value(inst, "shop_order_seconds_bucket", shop="a", le="0.1") == 0
    assert value(inst, "shop_order_seconds_bucket", shop="a", le="1.0") == 1
    assert value(inst, "shop_order_seconds_sum", shop="a") == 0.5
    assert value(inst, "shop_order_size_count") == 1
    assert value(inst, "shop_orders_open") == 1
    assert value(inst, "shop_score_ratio") == 0.7


def test_closed_labels_begin_at_0_so_that_the_first_error_is_an_increase(inst: Instruments) -> None:
    assert value(inst, "shop_visits_total", kind="new") == 0
    assert value(inst, "shop_visits_total", kind="again") == 0

    inst[shop.ORDERS].inc(shop="a", status="success")

    assert value(inst, "shop_orders_total", shop="a", status="error") == 0
    assert value(inst, "shop_orders_total", shop="b", status="error") is None


def test_a_gauge_that_nobody_set_claims_nothing(inst: Instruments) -> None:
    assert value(inst, "shop_score_ratio") is None
    assert value(inst, "shop_ready") is None
    assert value(inst, "shop_orders_open") == 0, "none is open: that is known"


def test_a_histogram_keeps_the_odd_name_of_its_catalog(inst: Instruments) -> None:
    inst[shop.LINES].observe(5)

    assert value(inst, "shop_lines_total_bucket", le="10.0") == 1
    assert value(inst, "shop_lines_total_count") == 1


def test_no_series_says_when_another_began(inst: Instruments) -> None:
    inst[shop.ORDERS].inc(shop="a", status="success")

    assert not [name for name, _ in page(inst) if name.endswith("_created")]
    assert b"_created" not in inst.exposition("application/openmetrics-text; version=1.0.0")[0]


def test_openmetrics_is_spoken_when_asked_for_with_its_exemplars(inst: Instruments) -> None:
    inst[shop.TIME].observe(0.5, shop="a", exemplar={"trace_id": "abc"})

    text, kind = inst.exposition("application/openmetrics-text; version=1.0.0,text/plain;q=0.5")

    assert kind.startswith("application/openmetrics-text")
    assert text.endswith(b"# EOF\n")
    assert b'# {trace_id="abc"} 0.5' in text
    assert inst.exposition()[1].startswith("text/plain; version=0.0.4")


@pytest.mark.parametrize("labels", [{"shop": "a"}, {"shop": "a", "status": "error", "more": "x"}, {"store": "a"}, {}])
def test_wrong_labels_are_an_error_in_tests_and_only_counted_in_production(
    labels: dict[str, str], inst: Instruments, calm: Instruments
) -> None:
    with pytest.raises(Refused, match="shop_orders_total"):
        inst[shop.ORDERS].inc(**labels)

    calm[shop.ORDERS].inc(**labels)

    assert value(calm, "instrument_refused_total", metric="shop_orders_total", why="labels") == 1
    assert not [name for name, _ in page(calm) if name == "shop_orders_total"]


def test_an_unknown_value_is_an_error_in_tests_and_one_more_series_in_production(
    inst: Instruments, calm: Instruments
) -> None:
    with pytest.raises(Refused, match=r"succes.*success"):
        inst[shop.ORDERS].inc(shop="a", status="succes")

    for number in range(50):
        calm[shop.ORDERS].inc(shop="a", status=f"surprise {number}")

    assert value(calm, "shop_orders_total", shop="a", status="other") == 50
    assert len([name for name, _ in page(calm) if name == "shop_orders_total"]) == 3


@pytest.mark.parametrize("amount", [-1, float("nan"), float("inf")])
def test_what_no_counter_can_take_does_not_spoil_it(amount: float, inst: Instruments, calm: Instruments) -> None:
    with pytest.raises(Refused, match="nothing that a counter can take"):
        inst[shop.VISITS].inc(amount, kind="new")

    calm[shop.VISITS].inc(amount, kind="new")

    assert value(calm, "shop_visits_total", kind="new") == 0
    assert value(calm, "instrument_refused_total", metric="shop_visits_total", why="amount") == 1


@pytest.mark.parametrize("amount", [float("nan"), float("inf")])
def test_what_no_histogram_can_take_does_not_spoil_its_sum(amount: float, calm: Instruments) -> None:
    calm[shop.LINES].observe(amount)
    calm[shop.SIZE].observe(amount)

    assert value(calm, "shop_lines_total_count") == 0
    assert value(calm, "shop_order_size_sum") == 0


def test_a_metric_of_another_service_is_a_mistake(inst: Instruments) -> None:
    other = Counter("shop_order_total", "Not here.", REQUESTS)

    with pytest.raises(Mistake, match="shop_order_total is not exported here") as raised:
        inst[other]

    assert "shop_orders_total" in raised.value.fix
    assert str(raised.value.where).partition(":")[0].endswith("test_collectors.py")


def test_two_metrics_of_one_name_are_a_mistake() -> None:
    again = Counter("shop_visits_total", "Again.", REQUESTS)

    with pytest.raises(Mistake, match="two metrics"):
        Instruments(shop, again)


def test_a_name_that_the_client_would_change_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="shop_things_total"):
        Instruments(Counter("shop_things", "Odd.", REQUESTS, odd_name="a reason"))


def test_the_client_is_only_needed_by_who_counts() -> None:
    script = (
        "import sys; sys.modules['prometheus_client'] = None; import queries, cli.main\n"
        "from queries.instrument import Instruments\ntry:\n Instruments()\nexcept ImportError as error:\n print(error)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert 'pip install "dashboards-py[service]"' in said.stdout


def test_threads_lose_nothing(calm: Instruments) -> None:
    def count() -> None:
        for number in range(500):
            calm[shop.ORDERS].inc(shop=str(number % 7), status="success")

    threads = [Thread(target=count) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    counted = [
        of
        for (name, labels), of in page(calm).items()
        if name == "shop_orders_total" and "success" in dict(labels).values()
    ]
    assert sum(counted) == 4000


@given(st.lists(st.tuples(st.text(max_size=8), st.sampled_from(["success", "error"]), st.integers(0, 1000))))
def test_whatever_is_counted_is_read_back(counts: list[tuple[str, str, int]]) -> None:
    inst = Instruments(shop, strict=True)
    right: dict[tuple[str, str], int] = {}
    for place, status, amount in counts:
        inst[shop.ORDERS].inc(amount, shop=place, status=status)
        right[place, status] = right.get((place, status), 0) + amount

    read = page(inst)

    for (place, status), amount in right.items():
        labels = tuple(sorted({"shop": place, "status": status}.items()))
        # the exposition has no way to write a lone surrogate or a carriage return; everything else comes back
        if "\r" not in place:
            assert read["shop_orders_total", labels] == amount


def test_every_kind_is_counted() -> None:
    assert {one.kind for one in vars(shop).values() if isinstance(one, Metric)} == {
        "counter",
        "gauge",
        "histogram",
        "summary",
    }
