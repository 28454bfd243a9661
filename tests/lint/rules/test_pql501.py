"""PQL501, PQL502, PQL503 and PQL552: what the texts of an alert print."""

import pytest

from cli.lint.finding import Severity
from tests.lint.rules.alerts import NOTHING, alert, group, judged, recording, severities

OR_ABSENT = 'sum by (handler) (rate(http_requests_total[5m])) < 1 or absent(http_requests_total{job="api"})'


@pytest.mark.parametrize(
    "text",
    [
        "{{ $labels.handler }}",
        "{{ .Labels.handler }}",
        "{{ $.Labels.handler }}",
        '{{ index $labels "handler" }}',
        "{{ if eq $labels.handler `a` }}a{{ end }}",
        "{{ $labels.handler | toUpper }}",
        '{{ printf "%s" $labels.handler }}',
        "{{ range query `up` }}{{ $labels.handler }}{{ end }}",
    ],
)
def test_a_label_is_found_however_it_is_written(text: str) -> None:
    assert severities("PQL501", alert("sum(http_requests_total) > 1", says=text)) == ["error"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ with $labels.handler }}on {{ . }}{{ end }}",
        "{{ if $labels.handler }}on {{ $labels.handler }}{{ end }}",
        "{{ if $labels.job }}{{ else if $labels.handler }}on {{ $labels.handler }}{{ end }}",
        "{{ if and $labels.handler $value }}on {{ $labels.handler }}{{ end }}",
    ],
)
def test_a_text_that_asks_for_a_label_first_knows_that_it_may_be_missing(text: str) -> None:
    assert severities("PQL501", alert("sum(http_requests_total) > 1", says=text)) == []


def test_whoever_federates_a_recording_may_have_added_labels() -> None:
    rules = recording("job:x:sum", "sum by (job) (x)"), alert("job:x:sum > 1", says="{{ $labels.cluster }}")
    assert severities("PQL501", group(*rules), known=NOTHING) == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ $externalLabels.handler }}",
        "{{ range query `up` }}{{ .Labels.handler }}{{ end }}",
        "{{ with query `up` }}{{ . | first | value }}{{ end }}",
        "{{ $value }}",
        "handler",
        "{{ $labels }}",
        "{{ $labels.handler",
    ],
)
def test_what_is_no_label_of_the_alert_is_let_pass(text: str) -> None:
    assert severities("PQL501", alert("sum(http_requests_total) > 1", says=text)) == []


@pytest.mark.parametrize(
    "expr",
    [
        "sum by (handler) (x) > 1",
        "x > 1",
        "sum without (job) (x) > 1",
        'count_values("handler", x) > 1',
        'label_replace(sum(x), "handler", "a", "job", ".*") > 1',
        "sum by (job) (x) * on (job) group_left (handler) y > 1",
        'absent(x{handler="a"})',
        "topk(3, x) > 1",
        "vector(1) > 0 or x",
    ],
)
def test_a_label_that_may_be_there_is_let_pass_without_a_catalog(expr: str) -> None:
    found = judged("PQL501", alert(expr, says="{{ $labels.handler }}"), known=NOTHING)
    assert [one for one in found if one.severity is Severity.ERROR] == []


def test_a_catalog_says_which_labels_there_are() -> None:
    assert severities("PQL501", alert("queue_depth > 1", says="{{ $labels.handler }}")) == ["error"]


@pytest.mark.parametrize(
    ("expr", "label", "severity"),
    [
        ("queue_depth > 1", "pod", "warning"),
        ("up == 0", "source", "warning"),  # the configuration of a scrape may add any label to all that it scrapes
        ("sum by (pod) (queue_depth) > 1", "pod", "warning"),
        ("sum without (shard) (queue_depth) > 1", "pod", "warning"),
        ("sum by (shard) (queue_depth) > 1", "pod", "error"),
        ("sum without (pod) (queue_depth) > 1", "pod", "error"),
        ("count by (shard) (up == 0) > 1", "source", "error"),
    ],
)
def test_a_label_that_relabelling_may_add_is_no_error_until_something_takes_it_away(
    expr: str, label: str, severity: str
) -> None:
    assert severities("PQL501", alert(expr, says=f"{{{{ $labels.{label} }}}}")) == [severity]
    assert severities("PQL501", alert("queue_depth > 1", says="{{ $labels.pod }}"), known=NOTHING) == []


def test_a_label_that_one_side_of_or_lacks_is_a_warning() -> None:
    [found] = judged("PQL501", alert(OR_ABSENT, says="{{ $labels.handler }}"))
    assert found.severity is Severity.WARNING
    assert "absent(" in found.message


def test_absent_has_the_labels_that_it_pins() -> None:
    assert severities("PQL501", alert(OR_ABSENT, says="{{ $labels.job }}")) == ["warning"]
    assert severities("PQL501", alert('absent(up{job="api"})', says="{{ $labels.job }}")) == []


def test_the_labels_of_the_rule_itself_are_none_of_the_series() -> None:
    rule = alert("sum(queue_depth) > 1", says="{{ $labels.severity }}", labels={"severity": "critical"})
    assert severities("PQL501", rule) == ["error"]


def test_a_label_is_told_once_for_each_text() -> None:
    texts = {"summary": "{{ $labels.a }} {{ $labels.a }}", "description": "{{ $labels.a }}"}
    assert len(judged("PQL501", alert("sum(queue_depth) > 1", annotations=texts))) == len(texts)


def test_the_finding_stands_at_the_text() -> None:
    [found] = judged("PQL501", alert("sum(queue_depth) > 1", labels={"team": "{{ $labels.team }}"}))
    assert found.place.path.endswith("labels.team")


@pytest.mark.parametrize(
    ("expr", "template"),
    [
        (
            "histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 5",
            "humanizeDuration",
        ),
        ("sum(gpu_memory_used_bytes) / sum(gpu_memory_total_bytes) > 0.9", "humanizePercentage"),
        ("rate(unheard_of_total[5m]) > 3", "humanize"),
    ],
)
def test_a_value_with_all_its_digits_is_said_as_its_unit_is(expr: str, template: str) -> None:
    [found] = judged("PQL502", alert(expr, says="it is {{ $value }}"))
    assert template in found.hint


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        ("sum(queue_depth) > 100", "{{ $value }} wait"),
        ("unheard_of > 3", "{{ $value }}"),
        ("rate(unheard_of_total[5m]) > 3", "{{ $value | humanize }}"),
        ("rate(unheard_of_total[5m]) > 3", "{{ if gt $value 3.0 }}a{{ end }}"),
        ("rate(unheard_of_total[5m]) == 0", "{{ $value }}"),
    ],
)
def test_a_value_that_reads_well_is_let_pass(expr: str, text: str) -> None:
    assert severities("PQL502", alert(expr, says=text)) == []


def test_a_value_in_a_label_with_for_never_fires() -> None:
    rule = alert("sum(rate(http_requests_total[5m])) > 5", lasting="5m", labels={"flow": "{{ $value }}"})
    assert severities("PQL503", rule) == ["error"]


@pytest.mark.parametrize(
    ("expr", "lasting", "text"),
    [
        ("sum(queue_depth) > 5", "5m", "{{ $value }}"),  # a count may stand still
        ("avg(up) < 0.5", "5m", "{{ $value }}"),  # and so may a share of counts, as promtool shows
        ("count(up == 0) by (job) / count(up) by (job) * 100 > 10", "10m", "{{ $value }} percent"),
        ("increase(unheard_of_total[1h]) > 0", "10m", "{{ $value }}"),
        ("sum(rate(http_requests_total[5m])) > 5", "5m", '{{ printf "%.0f" $value }}'),
        ("sum(rate(http_requests_total[5m])) > 5", "0s", "{{ $value | humanize }}"),
    ],
)
def test_a_value_in_a_label_that_may_work_is_a_warning(expr: str, lasting: str, text: str) -> None:
    assert severities("PQL503", alert(expr, lasting=lasting, labels={"x": text})) == ["warning"]


def test_what_a_value_in_a_label_does_to_a_for_is_said_as_surely_as_it_is_known() -> None:
    labels = {"x": "{{ $value }}"}
    assert (
        "none of them lasts 5m"
        in judged("PQL503", alert("rate(unheard_of_total[5m]) > 5", lasting="5m", labels=labels))[0].message
    )
    assert "whose 5m begin anew" in judged("PQL503", alert("avg(up) < 0.5", lasting="5m", labels=labels))[0].message
    assert judged("PQL503", alert("avg(up) < 0.5", labels=labels))[0].message.endswith("is a new alert")


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        ("up == 0", "{{ $value }}"),
        ("absent(queue_depth)", "{{ .Value }}"),
        ("sum(queue_depth) > 5", "{{ if gt $value 10.0 }}critical{{ else }}warning{{ end }}"),
        ("sum(queue_depth) > 5", "value"),
    ],
)
def test_a_label_that_stays_the_same_is_let_pass(expr: str, text: str) -> None:
    assert severities("PQL503", alert(expr, lasting="5m", labels={"x": text})) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ $value }",
        "{{ humanise $value }}",
        "{{ $lables.x }}",
        "{{ $labels['x'] }}",
        "{{ if $value }}x",
        "{{ end }}",
        "{{ $value | }} {{ }}",
        "{{ .1e3else }}",
    ],
)
def test_a_text_that_is_no_template_takes_the_file_down(text: str) -> None:
    assert severities("PQL552", alert("up == 0", says=text)) == ["error"]


@pytest.mark.parametrize(
    "text", ["{{ $activeAt }}", "{{ include `x` . }}", "{{ '{{' }} $value {{ '}}' }}", "{{ now }}"]
)
def test_what_another_server_may_read_is_a_warning(text: str) -> None:
    assert severities("PQL552", alert("up == 0", says=text)) == ["warning"]


def test_a_name_that_is_nearly_one_is_suggested() -> None:
    [found] = judged("PQL552", alert("up == 0", says="{{ $value | humanise }}"))
    assert found.hint == "did you mean humanize?"
    [found] = judged("PQL552", alert("up == 0", says="{{ labels.instance }}"))
    assert found.hint == "$labels"


def test_a_label_may_be_no_template_too() -> None:
    [found] = judged("PQL552", alert("up == 0", labels={"severity": "{{ if }}"}))
    assert "label severity" in found.message


def test_a_text_that_is_far_too_deep_is_refused() -> None:
    [found] = judged("PQL552", alert("up == 0", says="{{ " + "(" * 100_000 + " }}"))
    assert "parentheses" in found.message


def test_a_file_that_is_a_template_of_somebody_else_is_no_error() -> None:
    ours = alert("up == 0", says="{{ '{{' }} $labels.job {{ '}}' }}"), alert("up == 1", says="{{ env }}")
    assert severities("PQL552", group(*ours)) == ["warning", "warning"]
    assert severities("PQL552", alert("up == 1", says="{{ env }}")) == ["error"]
