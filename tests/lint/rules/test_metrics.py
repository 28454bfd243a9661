"""PQL100 to PQL104: what a catalog has, and what it cannot be sure not to have."""

from dataclasses import replace

import pytest

from cli.lint.check import check
from cli.lint.example import EXAMPLE, inputs
from cli.lint.finding import Finding, Severity
from cli.lint.rule import Example
from cli.lint.settings import Settings
from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from queries.labels import Label
from tests.lint.rules.found import KNOWN, fixed, found, levels, rule, unknown

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
SHOP = Catalog(
    "shop",
    (
        Exposed("shop_orders_total", "counter", labels=(Label("country"),), renamed_from="shop_sales_total"),
        Exposed("shop_baskets", "gauge"),
        Exposed("shop_visits", "gauge", until="2.3"),
        Exposed("shop_calls", "gauge", until="2.0"),
        Exposed("shop_requests", "gauge", renamed_from="shop_calls"),
        Exposed("shop_answers", "gauge", labels=(Label("code", ("200", "404")),), optional=frozenset({"code"})),
    ),
)
SHOPS = Catalogs((SHOP,))
#: A recorded rule and an expression about it, where no catalog knows more.
RECORDED = """
groups:
  - name: recorded
    rules:
      - record: job:requests:rate5m
        expr: sum by (job, status) (rate(http_requests_total{{status=~"4xx|5xx"}}[5m]))
      - alert: Requests
        expr: {expr}
"""


def of_recorded(name: str, expr: str) -> list[Finding]:
    text = RECORDED.format(expr=expr)
    said = check(inputs(Example(rules=text)), KNOWN, Settings(), [rule(name)])
    return list(said.findings)


@pytest.mark.parametrize("name", ["PQL100", "PQL101", "PQL102", "PQL103", "PQL104", "PQL110", "PQL111", "PQL120"])
def test_without_a_catalog_nothing_is_guessed(name: str) -> None:
    assert unknown(name, 'rate(x_total{a="b", job="c", le="1", d!="e"}[5m]) / y_total') == []


def test_a_name_that_is_nearly_known_is_a_mistake() -> None:
    (finding,) = found("PQL100", "rate(http_request_total[5m])")
    assert finding.severity == ERROR
    assert "http_requests_total" in finding.hint


def test_a_name_that_begins_like_several_of_a_catalog_is_its_own() -> None:
    (finding,) = found("PQL100", "shop_returns", SHOPS)
    assert (finding.severity, finding.hint) == (ERROR, "")
    few = Catalog("a", (*(Exposed(f"node_{one}", "gauge") for one in "ab"), *(Exposed(one, "gauge") for one in "cde")))
    assert levels("PQL100", "node_load1", Catalogs((few,))) == [WARNING]
    assert levels("PQL100", "model_errors") == [WARNING]


def test_a_name_of_which_nothing_is_known_may_come_from_elsewhere() -> None:
    (finding,) = found("PQL100", "kafka_lag", SHOPS)
    assert finding.severity == WARNING
    assert "external" in finding.hint


def test_a_first_word_that_many_services_use_says_nothing() -> None:
    http = Catalog("a", (Exposed("http_requests_total", "counter"), Exposed("http_errors_total", "counter")))
    assert levels("PQL100", "rate(http_server_duration_milliseconds_count[5m])", Catalogs((http,))) == [WARNING]


def test_a_strict_house_knows_everything() -> None:
    assert levels("PQL100", "kafka_lag", replace(SHOPS, strict=True)) == [ERROR]


@pytest.mark.parametrize("promql", ["ALERTS", "ALERTS_FOR_STATE", "shop_$x", "$metric", '{__name__=~"shop_x.*"}', "up"])
def test_some_names_are_never_asked_for(promql: str) -> None:
    assert levels("PQL100", promql, SHOPS) == []


def test_what_is_said_to_come_from_elsewhere_is_believed() -> None:
    assert levels("PQL100", "kube_pod_info", replace(SHOPS, external=("kube_",))) == []


def test_another_versions_name_behind_or_is_no_mistake() -> None:
    assert levels("PQL100", "shop_orders_total or shop_order_total", SHOPS) == [WARNING]


def test_a_name_that_was_changed_leads_to_the_new_one() -> None:
    (finding,) = found("PQL100", "rate(shop_sales_total[5m])", SHOPS)
    assert finding.hint == "it is called shop_orders_total now"


def test_a_metric_that_is_gone_is_told_with_its_last_version() -> None:
    (finding,) = found("PQL100", "shop_visits", SHOPS)
    assert finding.severity == WARNING
    assert "2.3" in finding.message
    assert finding.hint == ""
    assert levels("PQL100", "shop_visits or shop_baskets", SHOPS) == []


def test_a_metric_that_went_under_another_name_leads_there() -> None:
    (finding,) = found("PQL100", "shop_calls", SHOPS)
    assert finding.hint == "it is called shop_requests now"


def test_what_is_recorded_exists() -> None:
    assert of_recorded("PQL100", "job:requests:rate5m > 5") == []


def test_a_label_that_the_metric_lacks_selects_nothing() -> None:
    (finding,) = found("PQL101", 'rate(http_requests_total{statu="5xx"}[5m])')
    assert finding.severity == ERROR
    assert finding.hint.startswith("did you mean status?")


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        ('http_requests_total{code=~".+"}', [ERROR]),
        ('http_requests_total{code!=""}', [ERROR]),
        # these take a series without the label
        ('http_requests_total{code=~".*"}', []),
        ('http_requests_total{code=""}', []),
        ('http_requests_total{code!="5"}', []),
        # relabelling adds it to anything
        ('http_requests_total{namespace="prod"}', [WARNING]),
        # nobody knows what All stands for
        ('http_requests_total{code=~"$code"}', [WARNING]),
        ('http_requests_total{$label="5"}', []),
        ('http_requests_total{code="5"} or http_requests_total{status="5xx"}', [WARNING]),
        ('http_requests_total{job="a", instance="b", handler="c"}', []),
        # its bare name is the mistake
        ('http_request_duration_seconds{code="5"}', []),
        # every target has it, and nobody knows all of them
        ('up{rack="7"}', [WARNING]),
    ],
)
def test_a_matcher_on_a_label_that_is_not_there(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL101", promql) == expected


def test_a_label_that_relabelling_is_said_to_add_is_there() -> None:
    catalogs = Catalogs((replace(EXAMPLE, extra_labels=("team_name",)),))
    assert levels("PQL101", 'http_requests_total{team_name="a"}', catalogs) == []


def test_of_a_recorded_series_nobody_is_sure() -> None:
    assert [one.severity for one in of_recorded("PQL101", "job:requests:rate5m{handler='a'} > 5")] == [WARNING]
    assert [one.severity for one in of_recorded("PQL103", "job:requests:rate5m{status='2xx'} > 5")] == [WARNING]


@pytest.mark.parametrize("match", ['a="b"', 'a!="b"'])
def test_a_recording_of_what_nobody_knows_may_have_any_label(match: str) -> None:
    text = RECORDED.replace("sum by (job, status) (rate(http_requests_total", "(rate(other_total")
    text = text.format(expr=f"job:requests:rate5m{{{match}}}")
    for name in ("PQL101", "PQL102"):
        assert not check(inputs(Example(rules=text)), KNOWN, Settings(), [rule(name)]).findings


def test_whoever_may_relabel_is_told_how_to_say_so() -> None:
    (relabelled,) = found("PQL101", 'http_requests_total{namespace="prod"}')
    (other,) = found("PQL101", 'http_requests_total{zzz="prod"}')
    assert "extra_labels" in relabelled.hint
    assert "extra_labels" not in other.hint


def test_a_matcher_that_excludes_nothing_can_go() -> None:
    (finding,) = found("PQL102", 'rate(http_requests_total{status="5xx", path!="/metrics"}[5m])')
    assert finding.severity == WARNING
    assert fixed(finding) == 'rate(http_requests_total{status="5xx"}[5m])'


@pytest.mark.parametrize(
    ("promql", "right"),
    [
        ('http_requests_total{path!="/", status="5xx"}', 'http_requests_total{status="5xx"}'),
        ('http_requests_total{path!="/"}', "http_requests_total{}"),
        ('http_requests_total{path!~"/.+" , status="5xx",}', 'http_requests_total{status="5xx",}'),
    ],
)
def test_a_matcher_goes_with_its_comma(promql: str, right: str) -> None:
    (finding,) = found("PQL102", promql)
    assert fixed(finding) == right


@pytest.mark.parametrize(
    "promql",
    [
        'http_requests_total{handler!="/"}',
        'http_requests_total{path!~"$x"}',
        'http_requests_total{__name__!="x"}',
        # its bare name is the mistake
        'http_request_duration_seconds{code!="5"}',
    ],
)
def test_a_matcher_that_may_exclude_something_stays(promql: str) -> None:
    assert found("PQL102", promql) == []


def test_a_label_that_may_be_added_is_left_to_the_person() -> None:
    (finding,) = found("PQL102", 'http_requests_total{namespace!="kube-system"}')
    assert finding.severity == INFO
    assert finding.edit is None


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        ('http_requests_total{status="500"}', [ERROR]),
        ('http_requests_total{status=~"50."}', [ERROR]),
        ('http_requests_total{status=~"5.."}', []),
        ('http_requests_total{status=~"5xx|6xx"}', []),
        ('http_requests_total{status="$status"}', []),
        ('http_requests_total{status=""}', [ERROR]),
        ('http_requests_total{status!="500"}', [WARNING]),
        ('http_requests_total{status!~"[245]xx"}', [ERROR]),
        ('http_requests_total{status!~"500"}', []),
        ('http_requests_total{handler="/x"}', []),
        ('http_requests_total{status="500"} or http_requests_total{status="5xx"}', [WARNING]),
    ],
)
def test_a_value_outside_of_the_closed_set(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL103", promql) == expected


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        ('shop_answers{code="500"}', [ERROR]),
        ('shop_answers{code=""}', []),
        ('shop_answers{code!="500"}', []),
        ('shop_answers{code=~"|500"}', []),
        ('http_requests_total{status!=""}', []),
        ('http_requests_total{handler=""}', [ERROR]),
    ],
)
def test_a_series_may_lack_an_optional_label(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL103", promql, Catalogs((EXAMPLE, SHOP))) == expected


def test_a_pattern_is_told_from_a_value() -> None:
    (value,) = found("PQL103", 'http_requests_total{status="500"}')
    (pattern,) = found("PQL103", 'http_requests_total{status=~"500"}')
    assert value.message.endswith('is "500"')
    assert pattern.message.endswith('is like "500"')


def test_a_status_code_is_meant_as_its_class() -> None:
    (finding,) = found("PQL103", 'http_requests_total{status="500"}')
    assert finding.hint.startswith('did you mean "5xx"?')


@pytest.mark.parametrize(
    ("promql", "expected"),
    [
        ('up{job="apis"}', [ERROR]),
        ('up{job="node"}', [WARNING]),
        ('up{job=~"node|kubelet"}', [WARNING]),
        ('up{job=~"node|api"}', []),
        ('up{job=~"ap.*"}', []),
        ('up{job="$job"}', []),
        ('up{job!="node"}', []),
        ('up{job=""}', []),
    ],
)
def test_a_job_that_nobody_scrapes(promql: str, expected: list[Severity]) -> None:
    assert levels("PQL104", promql) == expected


def test_a_strict_house_scrapes_nothing_else() -> None:
    assert levels("PQL104", 'up{job="node"}', replace(KNOWN, strict=True)) == [ERROR]
    assert levels("PQL104", 'up{job="node"}', strict=True) == [ERROR]


def test_as_long_as_one_catalog_does_not_say_its_jobs_nobody_knows_them_all() -> None:
    assert levels("PQL104", 'up{job="apis"}', Catalogs((EXAMPLE, SHOP))) == []
