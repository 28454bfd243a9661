"""Why an expression never has a series, and that nothing is said where it may have one."""

import time

import pytest

from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from queries.expr import Match
from queries.infer import infer
from queries.inference.picked import matches
from queries.labels import Label
from queries.parse import parse
from tests.prometheus.inference.world import CATALOGS
from tests.queries.inferred import alone, of


@pytest.mark.parametrize(
    ("text", "cause", "why"),
    [
        ("latency_seconds", "bare", "latency_seconds is a histogram, and no series has its bare name"),
        ('up{zone="eu"}', "label", "up has no label 'zone'"),
        ('up{zone!=""}', "label", "up has no label 'zone'"),
        ('up{zone=~".+"}', "label", "up has no label 'zone'"),
        (
            'requests_total{status="errors"}',
            "value",
            'status="errors" is none of requests_total\'s values: error, success',
        ),
        ('requests_total{status=~"5.."}', "value", 'status=~"5.." is none of requests_total\'s values: error, success'),
        ('requests_total{zone="asia"}', "value", 'zone="asia" is none of requests_total\'s values: eu, us'),
        ('requests_total{status!~".+"}', "value", 'status!~".+" is none of requests_total\'s values: error, success'),
        ('requests_total{status=""}', "value", 'status="" is none of requests_total\'s values: error, success'),
        ('up{job=""}', "value", "every series of up has a job"),
        ('latency_seconds_bucket{le="7"}', "bucket", 'latency_seconds_bucket has no bucket for le="7"'),
        ('up{job="a", job="b"}', "contradiction", 'job="b" and job="a" exclude each other'),
        ('up{job="a", job!="a"}', "contradiction", 'job!="a" and job="a" exclude each other'),
        ('x{a="b", a=""}', "contradiction", 'a="b" and a="" exclude each other'),
        ('x{a!="", a=""}', "contradiction", 'a!="" and a="" exclude each other'),
        (
            "up / requests_total",
            "match",
            "every series on the right has 'endpoint', none on the left (it has instance, job, rack)",
        ),
        ('up{job="j"} and up{job="k"}', "match", "'job' is 'j' on the left and 'k' on the right"),
        (
            "sum by (job) (up) / on (job, instance) up",
            "match",
            "every series on the right has 'instance', none on the left (it has job)",
        ),
        (
            "histogram_quantile(0.9, sum by (job) (rate(latency_seconds_bucket[5m])))",
            "le",
            "histogram_quantile() finds no le: its input has lost it",
        ),
        ("histogram_quantile(0.9, up)", "le", "histogram_quantile() finds no le: its input has lost it"),
        ("absent(vector(1))", "never", "absent() of what is always there"),
    ],
)
def test_why_there_never_is_a_series(text: str, cause: str, why: str) -> None:
    assert of(text).empty == (cause, why)


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "-{}",
        "rate({}[5m])",
        "sum({})",
        "topk(1, {})",
        'count_values("v", {})',
        "abs({})",
        "{} > 1",
        "1 / {}",
        "{} * up",
        "up * {}",
        "up and {}",
        "{} and up",
        "{} unless up",
        "{0} or {0}",
        "histogram_quantile(0.9, {})",
        'label_replace({}, "a", "b", "c", "d")',
        "max_over_time({}[1h:])",
        "sum by (job) (rate({}[5m])) > 0",
    ],
)
def test_what_is_made_of_nothing_is_nothing(form: str) -> None:
    known = of(form.format('up{zone="eu"}'))

    assert known.empty
    assert known.empty.cause == "label"


@pytest.mark.parametrize(
    "text",
    [
        'up{zone=""}',
        'up{zone!="eu"}',
        'up{zone=~".*"}',
        'up{zone="$zone"}',
        'up{zone=~"[[zone]]"}',
        'requests_total{status=~"[[:alpha:]]+"}',
        'requests_total{status!~"[[:alpha:]]+"}',
        'requests_total{zone=""}',
        'requests_total{zone!~".+"}',
        'requests_total{zone="", zone!="eu"}',
        'latency_seconds_bucket{le="1"}',
        'latency_seconds_bucket{le="5.00"}',
        "size_bytes",
        "histogram_quantile(0.9, rate(size_bytes[5m]))",
        "histogram_quantile(0.9, sum by (job) (no_such_metric))",
        'histogram_quantile(0.9, label_replace(sum(latency_seconds_bucket), "le", "1", "", ""))',
        "up or requests_total",
        'up or up{zone="eu"}',
        'up unless up{zone="eu"}',
        "absent(up)",
        "up / on (job) requests_total",
        "up / on ($x) requests_total",
        "up / ignoring ($x) requests_total",
        "up / ignoring (endpoint, status) requests_total",
        "up / no_such_metric",
        'up{job="j"} / ignoring (job) up{job="k"}',
        'up{job="j"} or up{job="k"}',
        'requests_total{zone!~"eu"} / requests_total{zone!~"us"}',
        "tasks_total{method='get'}",
    ],
)
def test_nothing_is_said_where_there_may_be_a_series(text: str) -> None:
    assert of(text).empty is None


def test_a_metric_that_nobody_knows_does_not_exist_only_where_somebody_says_so() -> None:
    tree = parse("no_such_metric")
    found = infer(tree, CATALOGS["strict"]).empty

    assert found
    assert found == ("metric", "no catalog knows no_such_metric")
    assert of("no_such_metric").empty is None
    assert alone("no_such_metric").empty is None
    assert infer(parse("$metric"), CATALOGS["strict"]).empty is None
    assert infer(parse('{__name__=~"a.*"}'), CATALOGS["strict"]).empty is None


@pytest.mark.parametrize(
    "text",
    ["x", 'x{a=""}', "x / y", 'x{a="b"} / y', "histogram_quantile(0.9, x)", "sum by (a) (x) / sum by (b) (x)"],
)
def test_without_a_catalog_nothing_is_guessed(text: str) -> None:
    assert alone(text).empty is None


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("sum by (a) (x{a='1'}) / sum by (b) (y{b='2'})", "match"),
        ('x{a="1"} / x{a="2"}', "match"),
        ('x{a="1", a="2"}', "contradiction"),
        ("histogram_quantile(0.9, sum(x_bucket))", "le"),
    ],
)
def test_without_a_catalog_the_text_alone_can_prove_it(text: str, cause: str) -> None:
    found = alone(text).empty

    assert found
    assert found.cause == cause


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("vector(0)", True),
        ("up or vector(0)", True),
        ("vector(0) or up", True),
        ("sum(up) or vector(0)", True),
        ("-vector(1) * 2", True),
        ("abs(vector(1))", True),
        ("hour()", True),
        ("hour(vector(0))", True),
        ("vector(1) > bool 2", True),
        ("sum(vector(1))", True),
        ('absent(up{zone="eu"})', True),
        ("vector(1) > 2", False),
        ("vector(1) and up", False),
        ("vector(1) unless up", False),
        ("clamp(vector(1), 3, 2)", False),
        ("topk(0, vector(1))", False),
        ("max_over_time(vector(1)[5m:])", False),
        ("up or queue_size", False),
        ("vector(1) / vector(2)", False),
        ("up", False),
        ("absent(up)", False),
    ],
)
def test_that_there_always_is_a_series(text: str, *, sure: bool) -> None:
    assert of(text).sure is sure


@pytest.mark.parametrize(
    ("op", "said", "value", "takes"),
    [
        ("=", "a", "a", True),
        ("!=", "a", "a", False),
        ("=~", "a|b", "b", True),
        ("=~", "a", "ab", False),
        ("!~", "a", "ab", True),
        ("=~", ".*", "", True),
        ("=~", "", "", True),
        ("=~", "", "a", False),
        ("=~", r"\d", "٣", False),
        ("=~", r"\w+", "naïve", False),
        ("=~", "a$", "a\n", None),
        ("=~", ".", "\n", None),
        ("=~", r"\pL", "a", None),
        ("=~", "[[:alpha:]]", "a", None),
        ("=~", "[^[:alpha:]]", "a", None),
        ("=~", "(?i)K", "\u212a", None),
        ("=~", "(?i)k", "K", True),
        ("=~", "a{2}", "aa", True),
        ("=~", "(a+)+", "aa", None),
        ("=~", "(", "a", None),
        ("=~", ".*a.*b", "a" * 1000, False),
        ("=~", ".*a.*b.*c", "a" * 1000, None),
    ],
)
def test_a_matcher_takes_a_value_or_nobody_can_say(op: str, said: str, value: str, *, takes: bool | None) -> None:
    assert matches(Match("label", op, value=said), value) is takes  # type: ignore[arg-type]


def test_no_regular_expression_takes_for_ever() -> None:
    start = time.process_time()
    for regex in (
        "(a*)*b",
        "(a|a)+b",
        "(a?){40}b",
        "(.*a){20}",
        ".*" * 6 + "b",
        "(a|aa)" * 60 + "b",
        "(a?)" * 60 + "b",
    ):
        matches(Match("label", "=~", regex), "a" * 120)

    assert time.process_time() - start < 5


def test_bounds_that_are_no_numbers_are_compared_as_they_are() -> None:
    catalogs = Catalogs((Catalog("odd", (Exposed("odd", labels=(Label("le", ("low", "1.0")),)),)),))

    assert infer(parse('odd{le="1"}'), catalogs).empty is None
    assert infer(parse('odd{le="2"}'), catalogs).empty
