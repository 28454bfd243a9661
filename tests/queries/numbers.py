"""Metrics of a small shop, and numbers of every kind drawn from them, for the laws of the builder."""

from typing import Any

from hypothesis import strategies as st

from queries import (
    BOOL,
    BYTES,
    REQUESTS,
    SECONDS,
    TIMESTAMP,
    Counter,
    Gauge,
    Histogram,
    Query,
    Role,
    Summary,
    average,
    increase,
    label,
    latest,
    like,
    maximum,
    mean,
    minimum,
    one_of,
    other_than,
    per_hour,
    quantile,
    rate,
    ratio,
    share_below,
    since,
    total,
)

API = Role("shop", "api", "shop-api")
WORKER = Role("shop", "worker", "shop-worker")
GUESS = Role("shop", "guess", "shop-guess", assumed="no document says it")

LABELS = ("handler", label("status", "ok", "error"), "model")
REQUESTED = Counter("shop_requests_total", "Requests.", REQUESTS, LABELS, API)
WORKED = Counter("shop_work_total", "Work.", REQUESTS, LABELS, WORKER)
SHARED = Counter("shop_shared_total", "Exported by two.", REQUESTS, LABELS, GUESS, shared_with="shop.api")
GUESSED = Counter("shop_guessed_total", "Whose job is a guess.", REQUESTS, LABELS, GUESS)
NOBODYS = Counter("shop_nobodys_total", "Without a role.", REQUESTS, LABELS)
LATENCY = Histogram("shop_latency_seconds", "How long.", SECONDS, LABELS, API, buckets=(0.5, 1, 2.5), counts=REQUESTS)
PAYLOAD = Summary("shop_payload_bytes", "How large.", BYTES, LABELS, WORKER, counts=REQUESTS)
QUEUE = Gauge("shop_queue_depth", "What waits.", REQUESTS, LABELS, WORKER, low=0)
LOADED = Gauge("shop_loaded", "Whether it is there.", BOOL, LABELS, API, low=0, high=1)
SUCCESS = Gauge("shop_success_timestamp_seconds", "When it last worked.", TIMESTAMP, LABELS, API)

counters = st.sampled_from([REQUESTED, WORKED, SHARED, GUESSED, NOBODYS, LATENCY.count, PAYLOAD.sum])
gauges = st.sampled_from([QUEUE, LOADED, SUCCESS])
observations: st.SearchStrategy[Histogram | Summary] = st.one_of(st.just(LATENCY), st.just(PAYLOAD))
kept = st.lists(st.sampled_from(["handler", "status", "model", "instance", "job"]), unique=True, max_size=3)
wanted: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "handler": st.sampled_from(["/", "/ask", other_than("/metrics"), other_than("/a", "/b.c"), like("/v[12]/.*")]),
        "status": st.sampled_from(["ok", "error", one_of("ok", "error"), like("err.*")]),
        "instance": st.sampled_from(["a:1", like(".+:1")]),
        "job": st.just("elsewhere"),
    },
)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """A number of any kind, perhaps looked at over a window, earlier, compared, or the greatest of it."""
    number = draw(plain())
    changes: list[Any] = [
        lambda one: one,
        lambda one: one.before("7d"),
        lambda one: one.compared_to("1h"),
        lambda one: one.top(3) if one.labels else one,
        lambda one: one * 2.5,
        lambda one: one - one,
        lambda one: one / (one * 2),
        lambda one: ratio(one, one * 2),
    ]
    changed: Query = draw(st.sampled_from(changes))(number)
    return changed


@st.composite
def plain(draw: st.DrawFn) -> Query:
    """A number straight from a metric."""
    counter, gauge, by, match = draw(counters), draw(gauges), draw(kept), draw(wanted)
    observed = draw(observations)
    level = average if gauge is not QUEUE else total
    made = [
        lambda: rate(counter, *by, **match),
        lambda: increase(counter, "1h", *by, **match),
        lambda: per_hour(counter, *by, **match),
        lambda: quantile(0.95, LATENCY, *by, **match),
        lambda: share_below(0.5, LATENCY, *by, **match),
        lambda: mean(observed, *by, **match),
        lambda: latest(gauge, **match),
        lambda: level(gauge, *by, **match),
        lambda: maximum(gauge, *by, **match),
        lambda: minimum(gauge, *by, **match),
        lambda: since(SUCCESS, *by, **match),
    ]
    return draw(st.sampled_from(made))()
