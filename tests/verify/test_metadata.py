"""What targets say of a type, beside what is declared: a part of a histogram is a counter."""

from __future__ import annotations

import pytest

from cli.prometheus.answered import Meta
from cli.verify.metadata import against
from queries import REQUESTS, SECONDS, Counter, Histogram, Summary
from queries.catalog import Catalogs
from queries.catalogs.shipped import declared_as
from queries.infer import infer
from queries.parse import parse

TIME = Histogram("shop_seconds", "How long.", SECONDS, buckets=(1, 10))
SIZE = Summary("shop_size", "How long.", SECONDS)
ORDERS = Counter("shop_orders_total", "Orders.", REQUESTS)
KNOWN = Catalogs(declared_as([TIME, TIME.count, SIZE, SIZE.sum, ORDERS], {}))


@pytest.mark.parametrize(
    ("query", "told", "contradicts"),
    [
        ("rate(shop_seconds_count[5m])", {"shop_seconds": "histogram"}, False),
        ("rate(shop_size_sum[5m])", {"shop_size": "summary"}, False),
        ("rate(shop_seconds_count[5m])", {"shop_seconds": "gauge"}, True),
        ("rate(shop_orders_total[5m])", {"shop_orders_total": "histogram"}, True),
        ("rate(shop_orders_total[5m])", {"shop_orders_total": "counter"}, False),
    ],
)
def test_a_part_that_is_declared_by_itself_contradicts_no_histogram(
    query: str,
    told: dict[str, str],
    contradicts: bool,  # noqa: FBT001 - a column
) -> None:
    metadata = {name: (Meta(kind),) for name, kind in told.items()}

    assert (against(infer(parse(query), KNOWN), metadata) is not None) is contradicts
