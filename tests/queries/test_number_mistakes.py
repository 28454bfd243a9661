"""A wrong query cannot be written: each mistake names the person's line, what is wrong and what to write."""

from collections.abc import Callable
from typing import Any

import pytest

from queries import (
    BOOL,
    BYTES,
    REQUESTS,
    SECONDS,
    TOKENS,
    Counter,
    Gauge,
    Histogram,
    Summary,
    average,
    average_rate,
    buckets,
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
    raw,
    share_below,
    since,
    total,
    unlike,
)
from tests.queries.mistakes import told

R = Counter("r_total", "h", REQUESTS, ("handler", label("status", "success", "error")))
L = Histogram("l_seconds", "h", SECONDS, ("handler",), buckets=(0.5, 1))
S = Summary("s_bytes", "h", BYTES)
Q = Gauge("q", "h", REQUESTS)
FLAG = Gauge("flag", "h", BOOL)
HAS = "it has: handler, instance, job, status"

WRONG: list[tuple[Callable[[], Any], str]] = [
    # the wrong kind of metric
    (lambda: rate(Q), "q is a gauge, and only a counter has a rate (total(), average())"),  # type: ignore[arg-type]
    (lambda: rate(L), "l_seconds is a histogram, and only a counter has a rate (its .count or .sum)"),  # type: ignore[arg-type]
    (lambda: increase(S, "1h"), "s_bytes is a summary, and only a counter has a rate (its .count or .sum)"),  # type: ignore[arg-type]
    (lambda: per_hour(Q), "q is a gauge, and only a counter has a rate (total(), average())"),  # type: ignore[arg-type]
    (lambda: average_rate(Q), "q is a gauge, and only a counter has a rate (total(), average())"),  # type: ignore[arg-type]
    (lambda: latest(R), "r_total is a counter, not a gauge (rate() or increase())"),  # type: ignore[arg-type]
    (lambda: total(R), "r_total is a counter, not a gauge (rate() or increase())"),  # type: ignore[arg-type]
    (lambda: average(L), "l_seconds is a histogram, not a gauge (quantile() or mean())"),  # type: ignore[arg-type]
    (lambda: maximum(S), "s_bytes is a summary, not a gauge (quantile() or mean())"),  # type: ignore[arg-type]
    (lambda: minimum(R), "r_total is a counter, not a gauge (rate() or increase())"),  # type: ignore[arg-type]
    (lambda: since(R), "r_total is a counter, not a gauge (rate() or increase())"),  # type: ignore[arg-type]
    (lambda: quantile(0.5, R), "r_total is a counter, and has no buckets (a Histogram)"),  # type: ignore[arg-type]
    (lambda: quantile(0.5, S), "s_bytes is a summary, and has no buckets (a Histogram)"),  # type: ignore[arg-type]
    (lambda: buckets(Q), "q is a gauge, and has no buckets (a Histogram)"),  # type: ignore[arg-type]
    (lambda: share_below(1, S), "s_bytes is a summary, and has no buckets (a Histogram)"),  # type: ignore[arg-type]
    (lambda: mean(Q), "q is a gauge, and has no observations (average())"),  # type: ignore[arg-type]
    # no metric at all
    (lambda: increase("5m", R), "'5m' is a str, and only a counter has a rate (total(), average())"),  # type: ignore[arg-type]
    (lambda: increase(R, 5), '5 is no duration (like "5m", "1h" or "7d")'),  # type: ignore[arg-type]
    (lambda: total("q"), "'q' is a str, not a gauge (quantile() or mean())"),  # type: ignore[arg-type]
    (lambda: mean("l"), "'l' is a str, and has no observations (average())"),  # type: ignore[arg-type]
    (lambda: quantile(L, 0.95), "0.95 is a float, and has no buckets (a Histogram)"),  # type: ignore[arg-type]
    (lambda: quantile("0.95", L), "a quantile of '0.95' (a share: 0.95)"),  # type: ignore[arg-type]
    # what does not add up, and what is no time
    (lambda: total(FLAG), "bool does not add up (average(), maximum() or minimum())"),
    (lambda: since(Q), "q is no time but requests (a gauge of TIMESTAMP)"),
    # quantiles and buckets
    (lambda: quantile(95, L), "a quantile of 95 (a share: 0.95)"),
    (lambda: quantile(0, L), "a quantile of 0 (a share: 0.95)"),
    (lambda: quantile(0.5, L, "le"), "l_seconds has no label 'le' (it has: handler, instance, job)"),
    (lambda: quantile(0.5, L, le="0.5"), "l_seconds has no label 'le' (it has: handler, instance, job)"),
    (lambda: share_below(SECONDS(2), L), "2 is no bucket of l_seconds (one of 0.5, 1)"),
    (lambda: share_below(BYTES(1), L), "1 bytes is no amount of seconds"),
    # labels and their values
    (lambda: rate(R, "handlr"), f"r_total has no label 'handlr' (did you mean 'handler'? {HAS})"),
    (lambda: rate(R, "handler", "handler"), "label 'handler' is kept twice"),
    (lambda: rate(R, stat="error"), f"r_total has no label 'stat' (did you mean 'status'? {HAS})"),
    (
        lambda: rate(R, status="eror"),
        "r_total has no status='eror' (did you mean 'error'? the values are: error, success)",
    ),
    (lambda: rate(R, status=one_of("error", "ok")), "r_total has no status='ok' (the values are: error, success)"),
    (lambda: rate(R, status=other_than("fine")), "r_total has no status='fine' (the values are: error, success)"),
    (lambda: rate(R, status=like("5..")), "no status of r_total is like '5..' (success, error)"),
    (lambda: rate(R, status=unlike("5..")), "no status of r_total is like '5..' (success, error)"),
    (
        lambda: rate(R, handler=like("(")),
        "'(' is no regular expression: missing ), unterminated subpattern at position 0",
    ),
    (lambda: rate(R, handler=like("(?!/metrics).*")), "Prometheus cannot read the regular expression '(?!/metrics).*'"),
    (lambda: rate(R, handler=like(r"(a)\1")), r"Prometheus cannot read the regular expression '(a)\\1'"),
    (lambda: rate(R, handler=one_of()), "one of no values (say at least one)"),
    (lambda: rate(R, handler=other_than()), "one of no values (say at least one)"),
    (lambda: rate(R, status=500), 'status=500 is no text (status="500")'),  # type: ignore[arg-type]
    # parts and wholes
    (lambda: ratio(mean(L), total(Q)), "seconds is no part of requests (one unit, or part / whole)"),
    (
        lambda: ratio(rate(R, "handler", status="error"), rate(R)),
        "the part keeps handler, the whole no label: they would not meet (keep the same labels on both sides)",
    ),
    (lambda: ratio(rate(R), rate(R)), "part and whole are the same number: it would always be 1"),
    (
        lambda: ratio(rate(R, "handler", "status", status="error"), rate(R, "handler", "status")),
        "'status' picks the part and is kept: each series would be divided by itself (do not keep 'status')",
    ),
    (
        lambda: ratio(rate(R, "status", status="error"), rate(R, "status", status=one_of("error", "success"))),
        "'status' picks the part and is kept: each series would be divided by itself (do not keep 'status')",
    ),
    # PromQL by hand
    (lambda: raw("sum(", unit=TOKENS), "no PromQL: unclosed left parenthesis: sum("),
    (lambda: raw(" ", unit=TOKENS), "no PromQL: nothing to parse: "),
    (lambda: raw("sum by (a) (x)", unit=TOKENS, keeps=["a", "b"]), "sum by (a) does not keep 'b'"),
    (lambda: raw("sum(x)", unit=TOKENS, keeps=["a"]), "sum by () does not keep 'a'"),
    (lambda: raw("x", unit=TOKENS, keeps="model"), "the labels that it keeps are one text: 'model' (keeps=['model'])"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_a_wrong_query_is_refused_at_its_line(wrong: Callable[[], Any], message: str) -> None:
    said = told(wrong)

    assert said == message or said.startswith(f"{message} (RE2")


def test_a_filter_on_both_sides_is_no_part_of_itself() -> None:
    part = rate(R, "status", handler="/", status=one_of("error", "success"))

    assert ratio(part, rate(R, "status", status=one_of("error", "success"))).labels == ("status",)
