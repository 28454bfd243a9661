"""PQL001 to PQL006: exactly one of them speaks of what cannot be read, and none of them too loudly."""

import pytest

from cli.lint.check import check
from cli.lint.example import inputs
from cli.lint.finding import Severity
from cli.lint.rule import Example
from cli.lint.settings import Settings
from queries.catalog import NOTHING
from tests.lint.rules.found import fixed, found, rule, unknown

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
READERS = ("PQL001", "PQL002", "PQL003", "PQL004", "PQL006")
#: A text, which rule speaks of it, and how loudly.
BROKEN = [
    ("sum(rate(x[5m])", "PQL001", ERROR),
    ("rate(x)", "PQL001", ERROR),
    ('x{, a="b"}', "PQL001", ERROR),
    ("x{a=b}", "PQL001", ERROR),
    ("sum(x) by", "PQL001", ERROR),
    ("{}", "PQL001", ERROR),
    ('x{a="\\d+"}', "PQL001", ERROR),
    # nobody can know what these variables hold
    ("$agg(x)", "PQL001", INFO),
    ("${agg} by (a) (x)", "PQL001", INFO),
    ("x{$filters}", "PQL001", INFO),
    ('x{a="b", ${filters}}', "PQL001", INFO),
    ("x $op y", "PQL001", INFO),
    ("$__timeFilter(x)", "PQL001", INFO),
    ("sum(x{$filters}", "PQL001", WARNING),
    # what Grafana's own variables hold is known
    ("sum(rate(x[$__rate_interval])", "PQL001", ERROR),
    ("sum(rate(x[$window])", "PQL001", ERROR),
    # no PromQL, and nobody thought so
    ("label_values(up, job)", "PQL001", WARNING),
    ('{app="x"} |= "foo"', "PQL001", WARNING),
    ("x{{ .Values.filter }}", "PQL001", WARNING),
    ("SELECT value FROM x", "PQL001", WARNING),
    ("# nothing any more", "PQL001", WARNING),
    ('x{a="b" or c="d"}', "PQL002", ERROR),
    ("x default 0", "PQL002", WARNING),
    ("WITH (a = 1) a", "PQL002", WARNING),
    ("rate(x[5m]) keep_metric_names", "PQL002", WARNING),
    ("range_median(x)", "PQL002", WARNING),
    ("sum(rate(x[1i]))", "PQL002", WARNING),
    ("a + fill(0) b", "PQL003", WARNING),
    ("rate(x[5m+1m])", "PQL003", WARNING),
    ("rate(x[5m] smoothed)", "PQL003", WARNING),
    ("x smoothed", "PQL003", WARNING),
    # what another tool fills in before Prometheus sees it
    ("up{%%juju_topology%%} < 1", "PQL001", WARNING),
    ("sum(rate(x{[=app_selector]}[5m]))", "PQL001", WARNING),
    ("rate(x[$__rate_interval * 2])", "PQL003", WARNING),
    ("avg_over_time(x[${__range}/2])", "PQL003", WARNING),
    ("avg_over_time(x[${__range_s}s * 2])", "PQL003", WARNING),
    ("sum_over_time(x[range()])", "PQL003", WARNING),
    ("sum_over_time(x[1h:(5m)])", "PQL003", WARNING),
    ("x offset step()", "PQL003", WARNING),
    ("x offset -(5m*2)", "PQL003", WARNING),
    # a bracket that is not closed computes nothing
    ("rate(x[5m)", "PQL001", ERROR),
    ("rate(x[5m) * 8 / rate(y[5m])", "PQL001", ERROR),
    ("rate(x[5m+])", "PQL001", ERROR),
    ("sum[(increase(x[5m]))", "PQL001", ERROR),
    # Prometheus takes it, and no other time there
    ("rate(x @ end()[5m])", "PQL001", WARNING),
    ("rate(x @ 100[5m])", "PQL001", ERROR),
    # Prometheus 2 refuses it
    ("x offset 0s", "PQL001", WARNING),
    ("x offset -0s", "PQL001", WARNING),
    ("rate(x[0s])", "PQL001", ERROR),
    ("holt_winters(x[5m], 0.1, 0.1)", "PQL003", INFO),
    ('x{a=~"(?!b)c"}', "PQL004", ERROR),
    # Prometheus reads these, and our parser does not
    (r'x{a=~"\\0b"}', "PQL004", WARNING),
    ('x{a=~"(?)b"}', "PQL004", WARNING),
    ('x{a=~"(?i)+b"}', "PQL004", WARNING),
    ('x{a=~"b{{c"}', "PQL004", WARNING),
    (r'x{a=~"\\w{1000}"}', "PQL004", WARNING),
    (r'x{a=~"\\w{1001}"}', "PQL004", ERROR),
    ('x{a=~"(?!$b)c"}', "PQL004", ERROR),
    ('x{a=~"a{1001}"}', "PQL004", ERROR),
    ('x{a=~"*b"}', "PQL004", ERROR),
    ('x{a=~"*$b"}', "PQL004", WARNING),
    # RE2 reads it
    ('x{a=~"\\\\Qa.b\\\\E"}', "PQL006", WARNING),
    ("x @ -100", "PQL006", WARNING),
    ("(" * 101 + "x" + ")" * 101, "PQL006", WARNING),
    ("x" * 16_001, "PQL006", WARNING),
]


@pytest.mark.parametrize(("text", "name", "severity"), BROKEN, ids=lambda one: str(one)[:40])
def test_one_rule_speaks_of_what_cannot_be_read(text: str, name: str, severity: Severity) -> None:
    said = check(inputs(Example(text)), NOTHING, Settings(), [rule(one) for one in READERS])
    assert [(one.rule, one.severity) for one in said.findings] == [(name, severity)]


@pytest.mark.parametrize(
    "text",
    [
        "$query",
        "${metric}",
        'up{job="$job"}',
        'x{a=~"${b:regex}"}',
        'x{a=~"[[b]]"}',
        "rate(x[${__range_s}s])",
        "topk($k, x)",
        "sum by ($by) (x)",
        "x offset $ago",
        'sum(x{a="b"})\n# a remark',
    ],
)
def test_what_grafana_fills_in_is_read(text: str) -> None:
    said = check(inputs(Example(text)), NOTHING, Settings(), [rule(one) for one in READERS])
    assert not said.findings


def test_a_remark_alone_is_a_mistake_where_prometheus_reads_it() -> None:
    assert unknown("PQL001", "# nothing any more", reader="alert") == [ERROR]


def test_a_message_names_the_variable_and_not_what_stood_in_for_it() -> None:
    (finding,) = found("PQL001", "up{job=$job}")
    assert "$job" in finding.message
    assert "__variable" not in finding.message


def test_what_is_not_closed_is_counted() -> None:
    (finding,) = found("PQL001", "sum(rate(x[5m])")
    assert finding.hint == "2 parentheses are opened and 1 closed"


def test_a_file_that_speaks_of_victoriametrics_is_believed() -> None:
    dialect, slip = 'vm_rows{a="b" or c="d"}', "rate(vm_rows)"
    page = Example(page={"uid": "x", "title": "VictoriaMetrics", "panels": [_panel(dialect), _panel(slip)]})
    assert unknown("PQL002", page) == [WARNING]
    assert unknown("PQL001", page) == [WARNING]


def test_a_metric_of_its_own_says_it_too() -> None:
    assert unknown("PQL002", 'vm_app_version{a="b" or c="d"}') == [WARNING]


def test_a_new_operator_is_an_error_for_an_old_target_alone() -> None:
    assert unknown("PQL003", "x </ 3") == unknown("PQL001", "x </ 3") == []
    assert unknown("PQL003", "x </ 3", prometheus=(2, 42)) == [ERROR]


def test_where_the_target_is_prometheus_its_dialect_counts() -> None:
    assert unknown("PQL002", "x default 0", prometheus=(2, 42)) == [ERROR]


OFFSETS = [
    ("avg(x) offset 7d", "avg(x offset 7d)"),
    ('avg(x{a="("}) < avg(x{a="("}) offset 7d', 'avg(x{a="("}) < avg(x{a="("} offset 7d)'),
    ("sum(rate(x[5m])) offset 1h", "sum(rate(x[5m] offset 1h))"),
    ("sum by (a) (x / y) offset 1h", "sum by (a) (x offset 1h / y offset 1h)"),
    ("sum(x) by (a) offset 1h", "sum(x offset 1h) by (a)"),
    ("(x + y) offset 1h", "(x offset 1h + y offset 1h)"),
    ("sum(x) offset 1d - sum(x) offset 2d", "sum(x offset 1d) - sum(x offset 2d)"),
    ("sum(\n  x\n) offset $ago", "sum(\n  x offset $ago\n)"),
]


@pytest.mark.parametrize(("text", "right"), OFFSETS)
def test_a_misplaced_offset_moves_into_the_selectors(text: str, right: str) -> None:
    (finding,) = found("PQL001", text)
    assert fixed(finding) == finding.hint == right
    assert not found("PQL001", right)


@pytest.mark.parametrize(
    "text", ["sum(x offset 1h) offset 1d", "max_over_time(sum(x)[1h:]) + time() offset 1d", "sum(x @ 5) offset 1d"]
)
def test_an_offset_that_could_mean_two_things_stays(text: str) -> None:
    (finding,) = found("PQL001", text)
    assert finding.edit is None


def test_an_experiment_is_none_where_its_flag_is_set() -> None:
    flags = ("promql-experimental-functions",)
    assert unknown("PQL003", "mad_over_time(x[1h])") == [WARNING]
    assert unknown("PQL003", "mad_over_time(x[1h])", features=flags) == []
    assert unknown("PQL003", "mad_over_time(x[1h])", features=flags, prometheus=(2, 42)) == [ERROR]


def test_what_is_newer_than_the_target_is_an_error() -> None:
    assert unknown("PQL003", "histogram_avg(x)") == []
    assert unknown("PQL003", "histogram_avg(x)", prometheus=(2, 42)) == [ERROR]
    assert unknown("PQL003", "histogram_avg(x)", prometheus=(2, 51)) == []
    assert unknown("PQL003", "limitk(3, x)", prometheus=(2, 42)) == [ERROR]
    assert unknown("PQL003", "limitk(3, x)", prometheus=(3, 5)) == [WARNING]


def test_what_was_an_experiment_is_none_any_more() -> None:
    assert unknown("PQL003", "first_over_time(x[5m])", prometheus=(3, 7)) == [WARNING]
    assert unknown("PQL003", "first_over_time(x[5m])", prometheus=(3, 14)) == []


def test_what_is_gone_is_gone_from_a_version_on() -> None:
    smoothed = "holt_winters(x[5m], 0.1, 0.1)"
    assert unknown("PQL003", smoothed, prometheus=(2, 53)) == []
    assert unknown("PQL003", smoothed, prometheus=(3, 0)) == [ERROR]


PATTERNS = [
    ('x{a=~"b"}', 'x{a="b"}'),
    ('x{a!~"b-c/d"}', 'x{a!="b-c/d"}'),
    ('x{a=~"^b.*$", c="d"}', 'x{a=~"b.*", c="d"}'),
    ('x{a=~"^b.*"}', 'x{a=~"b.*"}'),
    ("x{a=~'b.*$'}", 'x{a=~"b.*"}'),
]


@pytest.mark.parametrize(("text", "right"), PATTERNS)
def test_a_pattern_that_is_none_is_an_advice(text: str, right: str) -> None:
    (finding,) = found("PQL004", text)
    assert finding.severity == INFO
    assert fixed(finding) == right


@pytest.mark.parametrize(
    "text",
    [
        'x{a=~"$b"}',
        'x{a=~"b.*"}',
        'x{a=~"b|c"}',
        'x{a=~"b\\\\$"}',
        'x{a=~"[[b]]"}',
        'x{a="^"}',
        'x{a=~"^[[b]]$"}',
        'x{$a=~"b"}',
    ],
)
def test_a_pattern_that_is_one_stays(text: str) -> None:
    assert not found("PQL004", text)


def _panel(expr: str) -> dict[str, object]:
    target = {"refId": "A", "expr": expr, "datasource": {"type": "prometheus", "uid": "x"}}
    return {"id": 1, "type": "timeseries", "title": "Rows", "targets": [target]}
