"""What is exported beside what is promised: each kind of difference, and what is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queries.catalog import Catalog
from queries.catalogs.compared import Live, compared
from queries.catalogs.difference import Compared
from queries.catalogs.exposition import read_exposition
from queries.catalogs.scraped import metrics_of
from queries.catalogs.seen import seen_on
from tests.catalogs.reading import catalog

PAGE = """# HELP shop_orders_total Orders.
# TYPE shop_orders_total counter
shop_orders_total{country="NL",status="success"} 1
shop_orders_total{country="NL",status="error"} 0
# HELP shop_seconds How long.
# TYPE shop_seconds histogram
shop_seconds_bucket{le="1"} 1
shop_seconds_bucket{le="5"} 2
shop_seconds_bucket{le="+Inf"} 2
shop_seconds_sum 3
shop_seconds_count 2
# TYPE shop_seconds_created gauge
shop_seconds_created 1.7e9
# HELP shop_size_bytes How large.
# TYPE shop_size_bytes summary
shop_size_bytes{quantile="0.5"} 1
shop_size_bytes_sum 1
shop_size_bytes_count 1
# HELP shop_queue Waiting.
# TYPE shop_queue gauge
shop_queue 3
"""
PROMISED = """domain: shop
metrics:
- {name: shop_orders_total, type: counter, labels: {country: null, status: [success, error]}}
- {name: shop_seconds, type: histogram, labels: {}, buckets: [1, 5]}
- {name: shop_size_bytes, type: summary, labels: {}}
- {name: shop_queue, type: gauge, labels: {}, help: Waiting.}
"""


def _compared(page: str = PAGE, promised: str = PROMISED, *ignore: str, job: str = "") -> Compared:
    live = Live(seen_on(read_exposition(page.encode(), "page"), job))
    return compared([catalog(promised)], live, ignore=ignore)


def _told(said: Compared) -> list[str]:
    return [f"{one.kind}: {one.metric} {one.what}" for one in said.differences]


def test_a_page_that_is_its_catalog_has_no_difference() -> None:
    said = _compared()

    assert (said.differences, said.unseen, said.aside, said.metrics) == ((), (), {}, 4)


def test_what_a_page_makes_as_a_catalog_is_never_different_from_the_page() -> None:
    made = Catalog("shop", metrics_of(read_exposition(PAGE.encode(), "page")))

    assert compared([made], Live(seen_on(read_exposition(PAGE.encode(), "page")))).differences == ()


DIFFERENT = {
    "unknown": (
        "# TYPE extra gauge\nextra 1\n",
        ("", ""),
        "unknown: extra is exported (gauge, 1 series), and no catalog has it",
    ),
    "type": (
        "",
        ("# TYPE shop_queue gauge", "# TYPE shop_queue counter"),
        "type: shop_queue is a gauge in the catalog, and exported as a counter",
    ),
    "label": (
        "",
        ("shop_queue 3", 'shop_queue{zone="a"} 3'),
        "label: shop_queue bears the label zone, which the catalog has not",
    ),
    "label gone": (
        "",
        ('country="NL",', ""),
        "label: shop_orders_total lacks the label country, which the catalog promises",
    ),
    "label on some": (
        'shop_orders_total{status="error"} 4\n',
        ("", ""),
        "label: shop_orders_total bears the label country on some of its series only",
    ),
    "label renamed": (
        "",
        ("country=", "land="),
        "label: shop_orders_total bears the label land in the place of country: probably renamed",
    ),
    "value": (
        "",
        ('status="error"', 'status="failed"'),
        "value: shop_orders_total has status='failed', which its closed set has not",
    ),
    "bucket": (
        "",
        ('le="5"', 'le="10"'),
        "bucket: shop_seconds has the buckets 1.0, 10.0, and the catalog says 1.0, 5.0",
    ),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_each_kind_of_difference_is_told_and_nothing_besides(name: str) -> None:
    more, (old, new), says = DIFFERENT[name]

    assert _told(_compared(PAGE.replace(old, new) + more if old else PAGE + more)) == [says]


UNTYPED = "".join(f"{line}\n" for line in PAGE.splitlines() if not line.startswith("#"))


#: With its quantiles and without: a summary has either.
@pytest.mark.parametrize("page", [UNTYPED, UNTYPED.replace('shop_size_bytes{quantile="0.5"} 1\n', "")])
def test_a_page_without_types_differs_in_them_and_in_nothing_else(page: str) -> None:
    said = _compared(page)

    assert _told(said) == [
        "type: shop_orders_total is a counter in the catalog, and exported without a type",
        "type: shop_queue is a gauge in the catalog, and exported without a type",
        "type: shop_seconds is a histogram in the catalog, and exported without a type",
        "type: shop_size_bytes is a summary in the catalog, and exported without a type",
    ]
    assert said.unseen == ()


def test_a_prometheus_that_has_heard_of_no_types_makes_no_difference() -> None:
    seen = seen_on(read_exposition(UNTYPED.encode(), "page"), "shop")
    said = compared([catalog(PROMISED)], Live(seen, {"shop": ""}))

    assert _told(said) == []


def test_what_nobody_exports_is_missing() -> None:
    said = _compared(PAGE, PROMISED + "- {name: shop_baskets, type: gauge}\n")

    assert _told(said) == ["missing: shop_baskets is in the catalog, and nobody exports it"]
    assert said.counts == {"missing": 1}
    assert said.differences[0].hint == "a gauge that nobody set yet is not exported: again, after some traffic"


def test_a_metric_that_got_another_name_was_probably_renamed() -> None:
    by_name = _compared(PAGE.replace("shop_orders_total", "shop_purchase_orders_total"))
    by_help = _compared(PAGE.replace("shop_queue", "backlog"))
    (one,) = by_name.differences
    (other,) = by_help.differences

    assert one.what == "is exported, and shop_orders_total of the catalog no more: probably renamed"
    assert (one.kind, one.metric, one.declared) == ("renamed", "shop_purchase_orders_total", ("shop_orders_total",))
    assert "renamed_from: shop_orders_total" in one.hint
    assert (other.kind, other.metric, other.declared) == ("renamed", "backlog", ("shop_queue",))


def test_a_metric_of_another_type_is_no_new_name() -> None:
    page = PAGE.replace("shop_queue gauge", "shop_queue counter").replace("shop_queue", "shop_queues")

    assert _compared(page).counts == {"missing": 1, "unknown": 1}


def test_an_old_name_that_the_catalog_knows_is_an_old_service() -> None:
    promised = PROMISED.replace("name: shop_queue, ", "name: waiting_things, renamed_from: shop_queue, ")
    (one,) = _compared(PAGE, promised).differences

    assert one.what == "is exported, the old name of waiting_things: the service is older than the catalog"


def test_what_has_not_happened_yet_is_no_difference_and_is_said() -> None:
    page = PAGE.replace('shop_orders_total{country="NL",status="error"} 0\n', "").replace("shop_queue 3\n", "")
    said = _compared(page)

    assert said.differences == ()
    assert said.unseen == (
        "shop_orders_total: no series with status error yet",
        "shop_queue: it has no series yet",
    )


def test_what_a_process_says_of_itself_is_set_aside_and_a_metric_of_the_service_is_not() -> None:
    runtime = "go_goroutines 1\npython_info 1\nprocess_open_fds 3\n"
    said = _compared(PAGE + runtime + "process_orders_total 4\nup 1\nscrape_duration_seconds 1\n")

    assert [one.metric for one in said.differences] == ["process_orders_total"]
    assert said.aside == {"runtime": 3}


def test_what_is_ignored_is_neither_unknown_nor_missing() -> None:
    promised = PROMISED + "- {name: nv_memory, type: gauge}\n"
    said = _compared(PAGE + "nv_power 1\n", promised, "nv_*")

    assert (said.differences, said.aside, said.metrics) == ((), {"ignored": 1}, 4)


def test_labels_that_relabelling_adds_are_no_difference() -> None:
    page = PAGE.replace("shop_queue 3", 'shop_queue{team="a"} 3')

    assert _compared(page, PROMISED.replace("metrics:", "extra_labels: [team]\nmetrics:")).differences == ()


OF_JOBS = PROMISED.replace("metrics:", "jobs: [api, worker]\nmetrics:").replace(
    "name: shop_queue,", "name: shop_queue, jobs: [worker],"
)


def _live(**more: str) -> Live:
    seen = seen_on(read_exposition(PAGE.encode(), "page"), "api")
    return Live(seen, {"api": "", **more}, frozenset({"shop_rate"}))


def test_a_job_that_is_not_scraped_is_one_difference_and_one_that_is_down_says_why() -> None:
    api_only = replace(_live(), seen=tuple(one for one in _live().seen if one.name != "shop_queue"))
    (gone,) = compared([catalog(OF_JOBS)], api_only).differences
    (down,) = compared([catalog(OF_JOBS)], replace(api_only, jobs={"api": "", "worker": "refused"})).differences

    assert (gone.kind, gone.job) == ("job", "worker")
    assert gone.what == "is not scraped, and 1 of the catalog's metrics are its own"
    assert down.what == "does not answer: refused, and 1 of the catalog's metrics are its own"


def test_a_metric_of_another_job_than_the_catalog_says_is_told() -> None:
    first, *_ = compared([catalog(OF_JOBS)], _live(worker="")).differences

    assert (first.kind, first.metric) == ("job", "shop_queue")
    assert first.what == "is exported by the job api, and the catalog says worker"


def test_jobs_of_which_no_catalog_speaks_and_recordings_are_not_compared() -> None:
    others = seen_on(read_exposition(b"other 1\nshop_rate 2\n", "page"), "other")
    live = replace(_live(), seen=(*_live().seen, *others))
    said = compared([catalog(OF_JOBS.replace("jobs: [worker], ", ""))], live)

    assert (said.differences, said.aside) == ((), {"job other": 1})


def test_two_services_that_use_one_name_differently_are_each_held_against_their_own_catalog() -> None:
    other = PROMISED.replace("country: null", "land: null").replace("domain: shop", "domain: other\njobs: [other]")
    ours = PROMISED.replace("domain: shop", "domain: shop\njobs: [shop]")
    pages = (("shop", PAGE), ("other", PAGE.replace("country=", "land=")))
    seen = [one for job, page in pages for one in seen_on(read_exposition(page.encode(), "page"), job)]

    assert compared([catalog(ours), catalog(other)], Live(tuple(seen), {"shop": "", "other": ""})).differences == ()


def test_a_metric_that_only_its_target_speaks_of_has_no_series_yet() -> None:
    promised = PROMISED + "- {name: shop_refunds_total, type: counter}\n"
    seen = seen_on(read_exposition(PAGE.encode(), "page"))
    said = compared([catalog(promised)], Live(seen, described=frozenset({"shop_refunds"})))

    assert (said.differences, said.unseen) == ((), ("shop_refunds_total: it has no series yet",))
