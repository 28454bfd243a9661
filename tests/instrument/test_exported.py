"""`assert_exports`: a service that exports its catalog passes, and each difference is told."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from queries import (  # noqa: F401 - so that each is imported
    REQUESTS,
    SECONDS,
    Gauge,
    Histogram,
    Summary,
    ai_api,
    ai_app,
    inference_server,
    label,
    ml_serving,
    taskmaster,
)
from queries.ai_api import metrics as ai_api_metrics
from queries.inference_server import metrics as server_metrics
from queries.instrument import Instruments, assert_exports
from tests.instrument import shop
from tests.instrument.shop import page

PLAIN = [(b"content-type", b"text/plain; version=0.0.4")]


@pytest.fixture
def told() -> str:
    """What a service says that exports its catalog."""
    inst = Instruments(shop)
    inst[shop.SCORE].set(1)
    inst[shop.READY].set(1)
    inst[shop.ORDERS].inc(shop="a", status="success")
    inst[shop.TIME].observe(1, shop="a")
    return inst.exposition()[0].decode()


def test_what_is_declared_is_exported(told: str) -> None:
    assert_exports(told, shop)
    assert_exports(told.encode(), shop)


def test_the_fixture_is_the_same(told: str, exports: Callable[..., None]) -> None:
    exports(told, shop)
    with pytest.raises(AssertionError):
        exports("", shop)


@pytest.mark.parametrize(
    ("was", "instead", "says"),
    [
        ("shop_visits_total", "shop_visitors_total", "shop_visits_total is declared, and not exported"),
        ("shop_visits_total", "shop_visitors_total", "shop_visitors_total is exported, and not declared"),
        ("# TYPE shop_orders_open gauge", "# TYPE shop_orders_open counter", "shop_orders_open"),
        ("# TYPE shop_order_size summary", "# TYPE shop_order_size gauge", "shop_order_size is a summary"),
        ("Orders under way.", "Orders.", "its help is 'Orders.'"),
        ('status="error"', 'status="bad"', "status='bad' is not in its closed set"),
        ('le="10.0",shop', 'le="20.0",shop', "its buckets are 0.1, 1, 20, inf"),
        ('kind="new"', 'type="new"', "shop_visits_total bears the labels type"),
        ("shop_visits_total", "shop_visits", "shop_visits_total is exported as shop_visits"),
        ("shop_ready 1.0\n", "shop_ready 1.0\nshop_ready 0.0\n", "shop_ready stands there 2 times"),
        ("# HELP shop_ready", "shop_ready 1\n# HELP shop_ready", "shop_ready is exported 2 times"),
        ('shop_order_seconds_sum{shop="a"} 1.0\n', "", "shop_order_seconds_sum is missing"),
        ('shop_order_seconds_count{shop="a"} 1.0\n', "", "shop_order_seconds_count is missing"),
        ("shop_order_size_sum 0.0\n", "", "shop_order_size_sum is missing"),
        ('le="1.0",shop="a"', 'le="1.0",shop="b"', "shop_order_seconds: its buckets are 0.1, 10, inf"),
        ('kind="new"} 0.0', 'kind="new"} -1.0', "shop_visits_total is -1, and never outside of 0 to inf"),
        ("shop_score_ratio 1.0", "shop_score_ratio 7.0", "shop_score_ratio is 7, and never outside of 0 to 1"),
        ("shop_score_ratio 1.0", "shop_score_ratio NaN", "shop_score_ratio is nan"),
        (
            "# HELP shop_orders_open",
            "process_orders 1\n# HELP shop_orders_open",
            "process_orders is exported, and not declared",
        ),
        (
            "# HELP shop_orders_open",
            "shop_more_created 1\n# HELP shop_orders_open",
            "shop_more_created is exported, and not decl",
        ),
        ("shop_ready 1.0\n", "", "shop_ready is declared, and not exported, or never set"),
        (
            'shop_orders_total{shop="a",status="error"} 0.0\n',
            "",
            "shop_orders_total: status='error' beside shop='a' is not there, at 0, before the first",
        ),
        ('shop_visits_total{kind="new"} 0.0\n', "", "shop_visits_total: kind='new' is not there"),
    ],
)
def test_each_difference_is_told(told: str, was: str, instead: str, says: str) -> None:
    assert was in told
    with pytest.raises(AssertionError) as raised:
        assert_exports(told.replace(was, instead), shop)

    assert says in str(raised.value)


def test_what_never_began_at_0_is_told_for_each_combination(told: str) -> None:
    lines = [line for line in told.splitlines(keepends=True) if not line.startswith("shop_visits_total{")]

    with pytest.raises(AssertionError, match="kind='new', and 1 more are not there"):
        assert_exports("".join(lines), shop)


def test_a_service_that_counts_otherwise_may_begin_with_the_first(told: str) -> None:
    first = told.replace('shop_orders_total{shop="a",status="error"} 0.0\n', "")

    assert_exports(first, shop, zeros=False)
    with pytest.raises(AssertionError, match="zeros=False"):
        assert_exports(first, shop)


def test_a_histogram_and_a_summary_begin_at_0_too_and_a_gauge_need_not() -> None:
    kind, ok = label("kind", "a", "b"), label("ok", "yes", "no")
    lasts = Histogram("odd_seconds", "How long.", SECONDS, ("shop", kind, ok), buckets=(1, 10))
    sizes = Summary("odd_sizes", "How many.", REQUESTS, (kind,))
    opens = Gauge("odd_open", "Open.", REQUESTS, ("shop", kind))
    inst = Instruments(lasts, sizes, opens, strict=True)
    inst[lasts].observe(2, shop="s", kind="a", ok="yes")
    inst[opens].set(1, shop="s", kind="a")
    text = inst.exposition()[0].decode()
    assert_exports(text, [lasts, sizes, opens])

    for gone, name in (
        ('kind="b",ok="no",shop="s"', "odd_seconds: kind='b', ok='no' beside"),
        ('{kind="b"}', "odd_sizes: k"),
    ):
        assert gone in text
        with pytest.raises(AssertionError, match=name):
            assert_exports(
                "".join(one for one in text.splitlines(keepends=True) if gone not in one), [lasts, sizes, opens]
            )


def test_the_runtime_s_own_metrics_are_nobody_s(told: str) -> None:
    more = "# HELP process_open_fds Open.\n# TYPE process_open_fds gauge\nprocess_open_fds 3\n"

    assert_exports(told + more, shop)


def test_what_is_no_page_is_told() -> None:
    with pytest.raises(AssertionError, match="no /metrics page"):
        assert_exports("<html>", shop)
    with pytest.raises(AssertionError, match="no /metrics page"):
        assert_exports(b"# \xff\n", shop)


def test_an_empty_catalog_proves_nothing(told: str) -> None:
    with pytest.raises(AssertionError, match="no metric"):
        assert_exports(told, [])


def test_an_app_is_asked_with_its_headers(told: str) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        right = scope["path"] == "/metrics" and (b"authorization", b"Bearer x") in scope["headers"]
        await send({"type": "http.response.start", "status": 200 if right else 401, "headers": PLAIN})
        await send({"type": "http.response.body", "body": told.encode()})

    assert_exports(app, shop, headers={"Authorization": "Bearer x"})
    with pytest.raises(AssertionError, match="answers 401"):
        assert_exports(app, shop)


def test_openmetrics_is_read_too() -> None:
    inst = Instruments(server_metrics)
    text, _ = inst.exposition("application/openmetrics-text")

    with pytest.raises(AssertionError) as raised:
        assert_exports(text.replace(b"inference_requests", b"inference_calls"), server_metrics)

    assert "inference_requests_total is declared, and not exported" in str(raised.value)


def test_of_a_shipped_domain_everything_but_unset_gauges_is_exported_from_the_start() -> None:
    text = Instruments(ai_api_metrics).exposition()[0]

    with pytest.raises(AssertionError) as raised:
        assert_exports(text, ai_api_metrics)

    assert [line.split()[0] for line in str(raised.value).splitlines()[1:]] == ["rag_retrieval_score_avg"]


def test_two_processes_of_a_service_answer_for_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "from queries.instrument import Instruments\n"
        "from tests.instrument import shop\n"
        "inst = Instruments(shop, strict=True)\n"
        "inst[shop.ORDERS].inc(2, shop='a', status='error')\n"
        "inst[shop.OPEN].inc()\n"
        "inst[shop.SCORE].set(0.5)\n"
        "with inst.call(duration=shop.TIME, exemplar=lambda: {'trace_id': 'x'}, shop='a'): pass\n"
        "print(inst.exposition()[0].decode())"
    )
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    command = [sys.executable, "-c", script]
    subprocess.run(command, capture_output=True, text=True, check=True)

    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    lines = said.splitlines()
    assert 'shop_orders_total{shop="a",status="error"} 4.0' in lines
    assert 'shop_order_seconds_count{shop="a"} 2.0' in lines
    assert "shop_score_ratio 0.5" in lines
    assert not [one for one in lines if "pid=" in one]


def test_what_a_process_held_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import os\n"
        "from queries.instrument import Instruments\n"
        "from tests.instrument import shop\n"
        "inst = Instruments(shop, strict=True)\n"
        "if not (child := os.fork()):\n"
        "    inst[shop.OPEN].inc(3); inst[shop.VISITS].inc(kind='new'); os._exit(0)\n"
        "os.waitpid(child, 0)\n"
        "inst.gone(child)\n"
        "print(inst.exposition()[0].decode())"
    )
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))

    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert "shop_orders_open 0.0" in said.splitlines()
    assert 'shop_visits_total{kind="new"} 1.0' in said.splitlines()


def test_the_page_is_what_the_samples_say(told: str) -> None:
    inst = Instruments(shop)

    assert page(inst)
    assert told.count("# TYPE") == len({name for name in told.splitlines() if name.startswith("# TYPE")})
