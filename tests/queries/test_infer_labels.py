"""Which labels are inferred: on every series, on some, or on any that nobody can list."""

import pytest

from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from queries.infer import infer
from queries.known import NO_VALUES, labels_of
from queries.parse import parse
from tests.prometheus.inference.world import CATALOGS
from tests.queries.inferred import alone, labels, of

REQUESTS = "endpoint instance job status ? zone"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("requests_total", REQUESTS),
        ('requests_total{zone="eu"}', "endpoint instance job status zone"),
        ('requests_total{zone!=""}', "endpoint instance job status zone"),
        ('requests_total{zone=~".+"}', "endpoint instance job status zone"),
        ('requests_total{zone=~"eu|"}', REQUESTS),
        ('requests_total{zone!="eu"}', REQUESTS),
        ('requests_total{zone=~"$zone"}', REQUESTS),
        ("requests_total offset 5m", REQUESTS),
        ("requests_total @ 900", REQUESTS),
        ("requests_total[5m]", REQUESTS),
        ("requests_total[5m:]", REQUESTS),
        ("-requests_total", REQUESTS),
        ('up{rack=""}', "instance job"),
        ("latency_seconds_bucket", "endpoint instance job le"),
        ("payload_bytes", "endpoint instance job quantile"),
        ("payload_bytes_sum", "endpoint instance job"),
        ("room:temperature", "room ..."),
        ("all:requests:rate5m", ""),
        ("no_such_metric", "..."),
        ('no_such_metric{a="b"}', "a ..."),
        ('{__name__=~"requests.*"}', "..."),
        ("$metric", "..."),
    ],
)
def test_a_selector_has_the_labels_of_its_metric_and_those_that_it_asks_for(text: str, said: str) -> None:
    assert labels(of(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sum(requests_total)", ""),
        ("sum by () (requests_total)", ""),
        ("sum by (job, zone, rack) (requests_total)", "job ? zone"),
        ("sum without (job) (requests_total)", "endpoint instance status ? zone"),
        ("sum without () (requests_total)", REQUESTS),
        ("topk(2, requests_total)", REQUESTS),
        ("topk by (job) (2, requests_total)", REQUESTS),
        ("bottomk(2, requests_total)", REQUESTS),
        ("limitk(2, requests_total)", REQUESTS),
        ("limit_ratio(0.5, requests_total)", REQUESTS),
        ('count_values("value", requests_total)', "value"),
        ('count_values by (zone) ("value", requests_total)', "value ? zone"),
        ('count_values by (zone) ("zone", requests_total)', "zone"),
        ('count_values without (zone) ("zone", requests_total)', "endpoint instance job status"),
        ('count_values without ($x) ("zone", requests_total)', "? endpoint instance job status zone"),
        ('count_values by (job) ("$x", requests_total)', "job ..."),
        ('count_values without (job) ("$x", requests_total)', "? endpoint instance status zone ..."),
        ("sum by (job, zzz) (no_such_metric)", "? job zzz"),
        ('sum by (job) (no_such_metric{job="j"})', "job"),
        ("sum without (job) (no_such_metric)", "..."),
        ("sum by ($x, job) (requests_total)", "job ? endpoint instance status zone"),
        ("sum by ($x) (no_such_metric)", "..."),
        ("sum without ($x, job) (requests_total)", "? endpoint instance status zone"),
        ("quantile(0.9, requests_total)", ""),
    ],
)
def test_an_aggregation_keeps_what_it_says(text: str, said: str) -> None:
    assert labels(of(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("requests_total / requests_total", REQUESTS),
        ("requests_total > 5", REQUESTS),
        ("5 - requests_total", REQUESTS),
        ("requests_total / on (job) tasks_total", "job"),
        ("requests_total / on (job, zone) tasks_total", "job"),
        ("requests_total / on (job, zone) requests_total", "job ? zone"),
        ("requests_total / on (job, rack) tasks_total", "job"),
        ("requests_total / ignoring (zone) requests_total", "endpoint instance job status"),
        ("requests_total / on (job) group_left () up", REQUESTS),
        ("up / on (job) group_right () requests_total", REQUESTS),
        ("up * on (job) group_left (version) build_info", "instance job version ? rack"),
        ("up * on (job) group_left (device) build_info", "instance job ? device rack"),
        ("up * on (job) group_left (instance) sum by (job) (up)", "job ? rack"),
        ("up * on (job) group_left (zzz) no_such_metric", "instance job ? rack zzz"),
        ("up * on (job) group_left ($x) build_info", "instance job ? device rack version"),
        ("requests_total / on ($x) requests_total", "? endpoint instance job status zone"),
        ("requests_total / on ($x, job) requests_total", "job ? endpoint instance status zone"),
        ("requests_total / ignoring ($x) requests_total", "? endpoint instance job status zone"),
        ("requests_total / ignoring ($x) no_such_metric", "? endpoint instance job status zone"),
        ("no_such_metric / ignoring ($x) another_metric", "..."),
        ("no_such_metric / another_metric", "..."),
        ("no_such_metric / requests_total", REQUESTS),
        ("requests_total and up", REQUESTS),
        ("requests_total unless on (job) up", REQUESTS),
        ("requests_total or up", "instance job ? endpoint rack status zone"),
        ("requests_total or vector(0)", "? endpoint instance job status zone"),
        ("requests_total or no_such_metric", "? endpoint instance job status zone ..."),
        ('requests_total{job="l", rack="x"} or up', "instance job ? rack"),
        ('up or requests_total{rack="x"}', "instance job ? rack"),
        ("requests_total * $k", REQUESTS),
        ("$k * requests_total", REQUESTS),
        ("requests_total atan2 requests_total", REQUESTS),
        ("time() * 2", ""),
    ],
)
def test_vector_matching_leaves_the_labels_that_prometheus_leaves(text: str, said: str) -> None:
    assert labels(of(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((f"{name}(requests_total)", REQUESTS) for name in ("abs", "exp", "hour", "sort", "timestamp", "deg")),
        *(
            (f"{name}(requests_total[5m])", REQUESTS)
            for name in ("rate", "changes", "sum_over_time", "present_over_time")
        ),
        ("quantile_over_time(0.9, requests_total[5m])", REQUESTS),
        ("quantile_over_time($q, requests_total[5m])", REQUESTS),
        ("clamp_max(requests_total, scalar(up))", REQUESTS),
        ("hour()", ""),
        ("vector(scalar(up))", ""),
        ("scalar(up)", ""),
        ('label_replace(requests_total, "status", "", "", "")', "endpoint instance job ? status zone"),
        ('label_replace(requests_total, "new", "$1", "job", "(.*)")', "endpoint instance job status ? new zone"),
        ('label_join(requests_total, "status", "-", "a", "b")', "endpoint instance job ? status zone"),
        ('label_replace(up, "__name__", "x", "", "")', "instance job ? rack"),
        ('label_replace(up, "$x", "x", "", "")', "? instance job rack ..."),
        ("histogram_quantile(0.9, latency_seconds_bucket)", "endpoint instance job"),
        ("histogram_quantile(0.9, no_such_bucket)", "..."),
        ('histogram_quantile(0.9, label_replace(up, "le", "1", "", ""))', "instance job ? rack"),
        ("histogram_fraction(0, 1, latency_seconds_bucket)", "endpoint instance job"),
        ("histogram_count(size_bytes)", "endpoint instance job"),
        ("absent(x)", ""),
        ('absent(x{a="b", c=~"d", e!="f", g=""})', "a"),
        ('absent(x{a="b", a="b", c="d"})', "c ? a"),
        ('absent(x{a="$b", c="[[d]]"})', "? a c"),
        ('absent($x{a="b"})', "a ..."),
        ('absent(x{$a="b"})', "..."),
        ('absent_over_time(x{a="b"}[5m])', "a"),
        ('absent(rate(x{a="b"}[5m]))', ""),
        ('absent(-x{a="b"})', ""),
        ('absent_over_time(x{a="b"}[5m:])', ""),
    ],
)
def test_a_function_keeps_adds_or_takes_away(text: str, said: str) -> None:
    assert labels(of(text)) == said


def test_absent_has_the_values_that_are_pinned() -> None:
    assert alone('absent(x{a="b", c="$d", e="f", e="f"})').values == {"a": {"b"}}


def test_a_value_that_is_pinned_is_known() -> None:
    assert of('up{job="j"}').values == {"job": {"j"}}
    assert of('up{job=~"j|k"}').values == {"job": {"j", "k"}}
    assert of('up{job=~"j|k", job!="k"}').values == {"job": {"j"}}
    assert of('up{job!="k"}').values == {}
    assert of('up{job=~"j.*"}').values == {}
    assert alone('x{a="$b", c="d"}').values == {"c": {"d"}}
    assert of("requests_total").values["status"] == {"success", "error"}
    assert of('requests_total{status!="error"}').values["status"] == {"success"}
    assert of('latency_seconds_bucket{le="1"}').values["le"] == {"1"}


def test_a_value_goes_where_its_label_goes() -> None:
    assert of("sum by (status) (requests_total)").values == {"status": {"success", "error"}}
    assert of("sum without (status, zone) (requests_total)").values == {"endpoint": {"x", "y"}}
    assert of('count_values without () ("status", requests_total)').values.keys() == {"endpoint", "zone"}
    assert of('label_replace(requests_total, "status", "$1", "zone", "(.*)")').values.keys() == {"endpoint", "zone"}
    assert of("histogram_quantile(0.9, latency_seconds_bucket)").values == {"endpoint": {"x", "y"}}
    assert of('up{job="j"} or up{job="k"}').values == {"job": {"j", "k"}}
    assert of('up{job="j"} or up').values == {}
    assert of('up{job="j"} * up').values == {"job": {"j"}}
    assert of('up * up{job="j"}').values == {"job": {"j"}}
    assert of('up{job=~"j|l"} * up{job=~"j|k"}').values == {"job": {"j"}}
    assert of('up{job="j"} * ignoring (job) up').values == {}
    assert of('up * on (instance) group_left (job) up{job="k"}').values == {"job": {"k"}}
    assert of('up{job="j"} * on (instance) group_left (job) up').values == {}
    assert of("up / up").values == NO_VALUES


def test_where_catalogs_disagree_only_that_is_known_in_which_they_agree() -> None:
    both = of("tasks_total")

    assert labels(both) == "endpoint instance job ? method rack status"
    assert both.values == {"endpoint": {"x", "y", "z"}}
    assert (both.kind, both.unit) == ("unknown", None)


def test_a_metric_is_open_where_one_of_its_catalogs_leaves_it_open() -> None:
    closed, open_ = Catalog("closed", (Exposed("x"),)), Catalog("open", (Exposed("x", open=True),))

    assert infer(parse("x"), Catalogs((closed, open_))).open
    assert infer(parse("x"), Catalogs((open_, closed))).open
    assert not infer(parse("x"), Catalogs((closed,))).open


def test_the_job_decides_between_catalogs() -> None:
    assert labels(of('tasks_total{job="j"}')) == "endpoint instance job status"
    assert labels(of('tasks_total{job="k"}')) == "endpoint instance job method ? rack"
    assert labels(of('tasks_total{job="$job"}')) == labels(of("tasks_total"))


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("sum(up)", True),
        ("vector(1)", True),
        ("all:requests:rate5m", True),
        ('sum by (job) (up{job="j"})', True),
        ("sum by (job) (up)", False),
        ("sum by (zone) (requests_total)", False),
        ('requests_total{job="j", instance="a", endpoint="x", status="error", zone="eu"}', True),
        ('no_such_metric{a="b"}', False),
        ('sum by (a) (no_such_metric{a="b"})', True),
        ("sum(up)[5m:]", True),
    ],
)
def test_one_series_where_nothing_is_left_in_which_two_could_differ(text: str, *, one: bool) -> None:
    assert of(text).one is one


def test_two_series_differ_in_what_has_more_than_one_value() -> None:
    known = of('requests_total{status="error"}')

    assert known.varies("endpoint")
    assert known.varies("job")
    assert not known.varies("status")
    assert not known.varies("rack")


def test_labels_are_listed_as_a_person_would() -> None:
    assert labels_of(of("up")) == "instance, job, rack"
    assert labels_of(alone('x{a="b"}')) == "a and others"
    assert labels_of(alone("x")) == "unknown labels"
    assert labels_of(of("sum(up)")) == "no labels"


def test_every_node_below_is_known_too() -> None:
    known = of("sum by (job) (rate(requests_total[5m])) / 2")

    assert [type(one.node).__name__ for one in known.walk()] == [
        *("Binary", "Aggregate", "Call", "Window", "Select", "Number"),
    ]
    assert [one.type for one in known.walk()] == ["vector", "vector", "vector", "matrix", "vector", "scalar"]
    assert of('label_replace(up, "a", "b", "c", "d")').parts[1].type == "string"


def test_what_is_no_node_is_no_expression() -> None:
    with pytest.raises(TypeError):
        infer("up", CATALOGS["strict"])  # type: ignore[arg-type]
