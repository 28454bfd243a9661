"""PQL120, PQL123, PQL124 and PQL130 to PQL133: counters and windows."""

import pytest

from cli.lint.finding import Severity
from cli.lint.rule import Example
from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from tests.lint.rules.found import found, levels, unknown

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
REQUESTS = "http_requests_total"


def page(expr: str, kind: str = "timeseries", *, step: str = "", own: str = "") -> Example:
    target = {"refId": "A", "expr": expr, "datasource": {"type": "prometheus", "uid": "x"}, "interval": own}
    panel = {"id": 1, "type": kind, "title": "x", "targets": [target], "interval": step}
    return Example(page={"uid": "x", "title": "x", "panels": [panel]})


@pytest.mark.parametrize(
    "promql",
    [
        f"sum({REQUESTS})",
        f"{REQUESTS} > 5",
        "http_request_duration_seconds_sum / http_request_duration_seconds_count",
        f"{REQUESTS} - {REQUESTS} offset 1h",
        f"topk(5, {REQUESTS})",
        "sum by (le) (http_request_duration_seconds_bucket)",
        f"{REQUESTS} and on (job) queue_depth",
        f"{REQUESTS} > {REQUESTS}",
        f"{REQUESTS} > on (job) llm_tokens_total offset 1h",
    ],
)
def test_a_counter_says_nothing_without_rate(promql: str) -> None:
    assert levels("PQL120", promql) == [WARNING]


@pytest.mark.parametrize(
    "promql",
    [
        f"rate({REQUESTS}[5m])",
        f"absent({REQUESTS})",
        f"count({REQUESTS})",
        f"count by (job) ({REQUESTS} > 5)",
        f"group by (job) ({REQUESTS})",
        f"timestamp({REQUESTS})",
        f"changes({REQUESTS}[5m])",
        f"resets({REQUESTS}[5m])",
        f"{REQUESTS} unless {REQUESTS} offset 1h",
        f"{REQUESTS} == {REQUESTS} offset 1h",
        f"queue_depth and on (job) {REQUESTS} > 100",
        f"queue_depth unless on (job) {REQUESTS} > 100",
        f"rate(sum({REQUESTS})[5m:])",
        f"rate({REQUESTS}[5m]) or {REQUESTS} * 0",
        # PQL112 and PQL122 tell these
        "sum(http_request_duration_seconds_bucket)",
        "histogram_quantile(0.9, http_request_duration_seconds_bucket)",
        "queue_depth",
    ],
)
def test_a_counter_whose_value_is_not_looked_at_is_none(promql: str) -> None:
    assert levels("PQL120", promql) == []


def test_two_counters_are_one_cause() -> None:
    (finding,) = found("PQL120", "http_request_duration_seconds_sum / http_request_duration_seconds_count")
    assert "http_request_duration_seconds_sum and http_request_duration_seconds_count count" in finding.message
    assert finding.span == (0, len(finding.expr))


def test_one_counter_is_pointed_at() -> None:
    (finding,) = found("PQL120", f"sum({REQUESTS})")
    assert finding.message.startswith(f"{REQUESTS} counts")
    assert finding.span == (4, 4 + len(REQUESTS))


def test_a_tile_may_show_a_total() -> None:
    assert levels("PQL120", page(f"sum({REQUESTS})", "stat")) == [INFO]
    assert levels("PQL120", page(f"sum({REQUESTS})")) == [WARNING]
    assert levels("PQL120", page(f"sum({REQUESTS}) / sum(queue_depth)", "stat")) == [WARNING]


def test_a_variable_only_asks_for_names() -> None:
    variable = {
        "name": "job",
        "type": "query",
        "query": f"label_values({REQUESTS}, job)",
        "datasource": {"type": "prometheus"},
    }
    text = {"uid": "x", "title": "x", "panels": [], "templating": {"list": [variable]}}
    assert levels("PQL120", Example(page=text)) == []


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        (f"delta({REQUESTS}[5m])", [WARNING]),
        (f"deriv({REQUESTS}[5m])", [WARNING]),
        (f"max_over_time({REQUESTS}[5m])", [WARNING]),
        ("avg_over_time(http_request_duration_seconds_sum[5m])", [WARNING]),
        (f"last_over_time({REQUESTS}[5m])", []),
        (f"count_over_time({REQUESTS}[5m])", []),
        (f"max_over_time(rate({REQUESTS}[5m])[1h:])", []),
        ("delta(queue_depth[5m])", []),
    ],
)
def test_functions_of_gauges_do_not_know_restarts(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL123", promql) == expected
    assert unknown("PQL123", promql) == []


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        (f"rate(sum({REQUESTS})[5m:])", [ERROR]),
        (f"increase(sum by (job) ({REQUESTS})[1h:1m])", [ERROR]),
        (f"rate(max by (job) ({REQUESTS})[5m:])", []),
        (f"rate({REQUESTS}[5m:])", []),
        (f"rate(sum(rate({REQUESTS}[5m]))[1h:])", []),
        (f"max_over_time(sum({REQUESTS})[1h:])", []),
        ("rate(sum(queue_depth)[5m:])", []),
    ],
)
def test_a_sum_does_not_know_who_restarted(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL124", promql) == expected


def test_without_a_catalog_a_rate_of_a_sum_is_suspicious() -> None:
    assert unknown("PQL124", "rate(sum(x)[5m:])") == [WARNING]
    assert unknown("PQL124", "rate(sum(rate(x[5m]))[5m:])") == []


def test_a_recorded_sum_does_not_know_it_either() -> None:
    rules = f"""
groups:
  - name: g
    rules:
      - {{record: 'job:requests:sum', expr: 'sum by (job) ({REQUESTS})'}}
      - {{record: 'job:requests:rate5m', expr: 'rate(job:requests:sum[5m])'}}
"""
    assert levels("PQL124", Example(rules=rules)) == [WARNING]
    assert levels("PQL124", Example(rules=rules.replace("by (job)", "without (status)"))) == []


@pytest.mark.parametrize(
    ("promql", "short", "scarce"),
    [
        (f"rate({REQUESTS}[15s])", [ERROR], []),
        (f"rate({REQUESTS}[29s])", [ERROR], []),
        (f"irate({REQUESTS}[30s])", [], [INFO]),
        (f"increase({REQUESTS}[59s])", [], [INFO]),
        (f"rate({REQUESTS}[1m])", [], []),
        (f"rate({REQUESTS}[$window])", [], []),
        (f"rate({REQUESTS}[$__rate_interval])", [], []),
        ("avg_over_time(queue_depth[15s])", [], []),
        ("deriv(queue_depth[15s])", [ERROR], []),
        (f"rate(sum({REQUESTS})[15s:5s])", [], []),
        # nobody said how often it is scraped
        ("rate(other_total[15s])", [], []),
    ],
)
def test_a_window_holds_two_samples(promql: str, short: list[Severity], scarce: list[Severity]) -> None:
    assert levels("PQL130", promql) == short
    assert levels("PQL131", promql) == scarce


def test_without_a_catalog_the_configuration_says_the_interval() -> None:
    assert unknown("PQL130", "rate(x[1m])") == []
    assert unknown("PQL130", "rate(x[1m])", scrape_interval=60.0) == [ERROR]
    assert unknown("PQL131", "rate(x[3m])", scrape_interval=60.0) == [INFO]


def test_grafana_is_offered_its_own_window_where_it_has_one() -> None:
    (page_,) = found("PQL130", f"rate({REQUESTS}[15s])")
    (alert,) = found("PQL130", f"rate({REQUESTS}[15s]) > 1", reader="alert")
    (gauge,) = found("PQL130", "deriv(queue_depth[15s])")
    assert page_.hint == "[1m], or [$__rate_interval]"
    assert alert.hint == gauge.hint == "[1m]"


def test_each_catalog_has_its_own_interval() -> None:
    slow = Catalog("slow", (Exposed("slow_total", "counter"),), scrape_interval=60)
    quick = Catalog("quick", (Exposed("quick_total", "counter"),), scrape_interval=5)
    assert levels("PQL130", "rate(slow_total[1m])", Catalogs((slow, quick))) == [ERROR]
    assert levels("PQL130", "rate(quick_total[1m])", Catalogs((slow, quick))) == []


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        ("rate(x[5m])", [INFO]),
        ("irate(x[5m]) + rate(y[1m])", [INFO]),
        ("rate(x[1h])", []),
        ("rate(x[$__rate_interval])", []),
        ("rate(x[$__interval])", []),
        ("increase(x[5m])", []),
        ("rate(x[5m:])", []),
    ],
)
def test_on_a_page_grafana_chooses_the_window(promql: str, expected: list[Severity]) -> None:
    assert unknown("PQL132", promql) == expected
    assert unknown("PQL132", promql.replace("$__", ""), reader="alert") == []


def test_a_window_that_is_too_short_is_told_once() -> None:
    assert levels("PQL132", f"rate({REQUESTS}[15s])") == []
    assert levels("PQL132", f"rate({REQUESTS}[30s])") == [INFO]


def test_a_min_step_is_no_shorter_than_the_scrapes() -> None:
    rate = f"rate({REQUESTS}[$__rate_interval])"
    assert levels("PQL133", page(rate, step="5s")) == [WARNING]
    assert levels("PQL133", page(rate, step=">5s")) == [WARNING]
    assert levels("PQL133", page(rate, step="15s")) == []
    assert levels("PQL133", page(rate, step="1m")) == []
    assert levels("PQL133", page(rate)) == []
    assert levels("PQL133", page(rate, step="$step")) == []
    assert levels("PQL133", page(rate.replace("$__rate_interval", "1m"), step="5s")) == []
    assert levels("PQL133", page(f"{rate} / rate({REQUESTS}[1m])", step="5s")) == [WARNING]
    nameless = page('rate({job="api"}[$__rate_interval])', step="5s")
    assert levels("PQL133", nameless, scrape_interval=15.0) == []


def test_the_querys_own_min_step_counts_before_the_panels() -> None:
    rate = f"rate({REQUESTS}[$__rate_interval])"
    assert levels("PQL133", page(rate, step="5s", own="15s")) == []
    assert levels("PQL133", page(rate, step="15s", own="5s")) == [WARNING]
