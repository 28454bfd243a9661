"""Objectives of a shop, one of each form: bad of all, good of all, within a limit, one for each value of a label."""

from queries import (
    PERCENT,
    REQUESTS,
    SECONDS,
    Counter,
    Histogram,
    Role,
    Slo,
    label,
    like,
    other_than,
    rate,
    ratio,
    share_below,
)

SHOP = Role("shop", "api", job="shop-api")
ASKED = Counter("shop_requests_total", "Requests.", REQUESTS, ("page", label("status", "200", "404", "500")), role=SHOP)
TOOK = Histogram("shop_seconds", "Time.", SECONDS, ("page",), role=SHOP, buckets=(0.1, 0.5, 2), counts=REQUESTS)
BAD = Slo("shop:errors", PERCENT(99.9), bad=rate(ASKED, status=like("5..")), total=rate(ASKED), fault="failed")
GOOD = Slo("shop:good", PERCENT(99), good=rate(ASKED, status=other_than("500")), total=rate(ASKED), window="28d")
LATE = Slo("shop:latency", PERCENT(95), good=share_below(SECONDS(0.5), TOOK), fault="took longer than 500 ms")
PAGES = Slo("shop:pages", PERCENT(99.5), bad=ratio(rate(ASKED, "page", status="500"), rate(ASKED, "page")))
EVERY = (BAD, GOOD, LATE, PAGES)
