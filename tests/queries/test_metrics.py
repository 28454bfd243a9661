"""Metrics are checked when they are made, and an error names the line of the person who wrote them."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from queries import (
    BOOL,
    BYTES,
    RATIO,
    REQUESTS,
    SECONDS,
    TOKENS,
    Counter,
    Gauge,
    Histogram,
    Label,
    Metric,
    Mistake,
    Role,
    Summary,
    label,
)
from queries.source import Source, did_you_mean, here
from queries.unit import CELSIUS
from tests.queries.mistakes import told

API = Role("shop", "api", "shop-api")


def test_a_metric_is_a_frozen_value_that_remembers_where_it_was_written() -> None:
    one = Counter("x_total", "h", REQUESTS, ("a",))
    other = Counter("x_total", "h", REQUESTS, ["a"])

    assert one == other
    assert hash(one) == hash(other)
    assert (one.source.path, other.source.line - one.source.line) == (__file__, 1)
    assert "source" not in repr(one)
    with pytest.raises(FrozenInstanceError):
        one.name = "y_total"  # type: ignore[misc]


def test_a_metric_knows_its_labels_and_those_of_its_target() -> None:
    metric = Gauge("x", "h", BYTES, ("a", label("b", "1", "2"), Label("c")))

    assert metric.own == (Label("a"), Label("b", ("1", "2")), Label("c"))
    assert metric.label_names == ("a", "b", "c", "job", "instance")
    assert metric.values_of("b") == ("1", "2")
    assert metric.values_of("a") == metric.values_of("job") == metric.values_of("zzz") == ()
    metric.check_label("instance")
    assert replace(metric, labels=("d",)).label_names == ("d", "job", "instance")


def test_a_role_has_the_series_up() -> None:
    up = API.up

    assert (up.name, up.unit, up.role, up.low, up.high) == ("up", BOOL, API, 0, 1)
    assert up.names_its_job
    assert str(API) == "shop.api"


@pytest.mark.parametrize(
    ("metric", "names"),
    [
        (Gauge("x", "h", BYTES), False),
        (Gauge("x", "h", BYTES, role=API), True),
        (Gauge("x", "h", BYTES, role=replace(API, assumed="a guess")), False),
        (Gauge("x", "h", BYTES, role=replace(API, assumed="a guess"), shared_with="shop.worker"), True),
        (Gauge("x", "h", BYTES, role=API, targets=()), False),
    ],
)
def test_a_metric_names_its_job_unless_that_is_a_guess_which_the_name_does_not_need(
    metric: Metric, names: object
) -> None:
    assert metric.names_its_job is names


def test_a_histogram_has_a_count_and_a_sum() -> None:
    metric = Histogram("x_seconds", "h", SECONDS, ("a",), API, buckets=(1, 2), counts=REQUESTS, shared_with="z")

    assert (metric.count.name, metric.count.unit) == ("x_seconds_count", REQUESTS)
    assert (metric.sum.name, metric.sum.unit) == ("x_seconds_sum", SECONDS)
    assert metric.sum.label_names == metric.label_names
    assert (metric.sum.role, metric.sum.shared_with, metric.sum.source) == (API, "z", metric.source)
    assert metric.sum.odd_name == "a series of the histogram x_seconds"


def test_a_summary_of_what_does_not_add_up_has_a_sum_all_the_same() -> None:
    metric = Summary("x_ratio", "h", RATIO)

    assert (metric.sum.unit, metric.count.name, metric.count.unit.name) == (RATIO, "x_ratio_count", "events")


def test_a_name_found_in_the_wild_stays_with_a_reason() -> None:
    assert Histogram("tokens_generated_total", "h", TOKENS, buckets=(1,), odd_name="the document's").count.name
    assert Counter("prediction_correct", "h", REQUESTS, odd_name="the document's").name == "prediction_correct"
    assert Counter("my.requests", "h", REQUESTS, ("a b",), odd_name="OpenTelemetry").own == (Label("a b"),)


WRONG: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: Counter("x", "h", REQUESTS),
        "counter 'x': a counter's name ends in _total (rename it, or odd_name=...)",
    ),
    (
        lambda: Counter("x y_total", "h", REQUESTS),
        "counter 'x y_total': this is no metric name (letters, digits and _, or odd_name=...)",
    ),
    (
        lambda: Counter("x_total", "h", SECONDS / SECONDS / SECONDS),
        "counter 'x_total': it counts, so its unit is no rate (1 per seconds) (unit of one count)",
    ),
    (
        lambda: Counter("x_total", "h", TOKENS / SECONDS),
        "counter 'x_total': it counts, so its unit is no rate (tokens per second) (unit of one count)",
    ),
    (
        lambda: Counter("x_total", "h", CELSIUS),
        "counter 'x_total': celsius does not add up, so nothing can count it (a Gauge?)",
    ),
    (
        lambda: Gauge("1x", "h", BYTES),
        "gauge '1x': this is no metric name (letters, digits and _, or odd_name=...)",
    ),
    (
        lambda: Gauge("x_total", "h", BYTES),
        "gauge 'x_total': the suffix _total belongs to another type (rename it, or odd_name=...)",
    ),
    (
        lambda: Summary("x_count", "h", BYTES),
        "summary 'x_count': the suffix _count belongs to another type (rename it, or odd_name=...)",
    ),
    (
        lambda: Histogram("x_bucket", "h", SECONDS, buckets=(1,)),
        "histogram 'x_bucket': the suffix _bucket belongs to another type (rename it, or odd_name=...)",
    ),
    (
        lambda: Histogram("x", "h", SECONDS),
        "histogram 'x': it has no buckets (buckets=(0.1, 0.5, 1, ...))",
    ),
    (
        lambda: Histogram("x", "h", SECONDS, buckets=(1, 0.5)),
        "histogram 'x': its buckets do not rise: (1, 0.5)",
    ),
    (
        lambda: Histogram("x", "h", SECONDS, buckets=(1, 1)),
        "histogram 'x': its buckets do not rise: (1, 1)",
    ),
    (
        lambda: Histogram("x", "h", SECONDS, buckets=(1, float("inf"))),
        "histogram 'x': the bucket +Inf is always there (leave it out)",
    ),
    (
        lambda: Gauge("x", "h", BYTES, ("a", "b", "a")),
        "gauge 'x': label 'a' stands there twice",
    ),
    (
        lambda: Gauge("x", "h", BYTES, ("job",)),
        "gauge 'x': label 'job' is Prometheus' own (leave it out)",
    ),
    (
        lambda: Histogram("x", "h", BYTES, ("le",), buckets=(1,)),
        "histogram 'x': label 'le' is Prometheus' own (leave it out)",
    ),
    (
        lambda: Gauge("x", "h", BYTES, ("a b",)),
        "gauge 'x': 'a b' is no label name (or say why: odd_name=...)",
    ),
    (
        lambda: Gauge("x", "h", BYTES, (label("a", "1", "1"),)),
        "gauge 'x': a value of label 'a' stands there twice",
    ),
    (
        lambda: Gauge("x", "h", BYTES, "handler"),
        "gauge 'x': its labels are one text: 'handler' (labels=['handler'])",
    ),
    (
        lambda: Gauge("x", "h", "bytes"),  # type: ignore[arg-type]
        "gauge 'x': 'bytes' is no unit (BYTES, or counted('things'))",
    ),
    (
        lambda: Counter("x_total", "h", "bytes"),  # type: ignore[arg-type]
        "counter 'x_total': 'bytes' is no unit (BYTES, or counted('things'))",
    ),
    (
        lambda: Gauge("x", "h", BYTES, since="0.10.1", until="0.9"),
        "gauge 'x': it came in 0.10.1 and went in 0.9 (swap them)",
    ),
    (
        lambda: Gauge("x", "h", BYTES, ("handler", "method")).check_label("handlr"),
        "x has no label 'handlr' (did you mean 'handler'? it has: handler, instance, job, method)",
    ),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_a_wrong_metric_is_refused_at_its_line(wrong: Callable[[], Any], message: str) -> None:
    assert told(wrong) == message


@pytest.mark.parametrize(("since", "until"), [("0.9", "0.10.1"), ("1", "1"), ("1", ""), ("", "1")])
def test_a_metric_goes_no_sooner_than_it_comes(since: str, until: str) -> None:
    assert Gauge("x", "h", BYTES, since=since, until=until).until == until


def test_a_mistake_says_what_where_and_what_to_write() -> None:
    mistake = Mistake("it is wrong", fix="write it right", where=Source("page.py", 7))

    assert str(mistake) == "page.py:7: it is wrong (write it right)"
    assert (mistake.what, mistake.fix, mistake.where.line) == ("it is wrong", "write it right", 7)
    assert isinstance(mistake, ValueError)
    assert str(Mistake("bad", where=Source("a.py", 1))) == "a.py:1: bad"


def test_here_is_the_nearest_line_that_is_not_ours() -> None:
    assert here() == Source(__file__, here().line)
    assert str(here()).endswith(f"test_metrics.py:{here().line}")


def test_here_skips_what_was_made_by_no_file() -> None:
    found: list[Source] = []
    program = compile("\nput(eval('here()'))", "/pages/api.py", "exec")

    exec(program, {"put": found.append, "here": here})  # noqa: S102 - our own words

    assert found == [Source("/pages/api.py", 2)]


def test_a_suggestion_names_the_nearest_and_all_that_there_are() -> None:
    assert did_you_mean("modle", ["model", "code"]) == "did you mean 'model'? it has: code, model"
    assert did_you_mean("zzz", ["model"], of="the values are") == "the values are: model"
    assert did_you_mean("zzz", []) == "it has: none"
