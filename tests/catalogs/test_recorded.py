"""A recording rule joins the catalogs with the type, unit and labels that its expression has."""

from collections.abc import Mapping

import pytest

from queries.catalog import NOTHING, Catalogs
from queries.catalogs.by_name import catalogs
from queries.exposed import Exposed
from queries.infer import infer
from queries.inference.recorded import with_recordings
from queries.known import Known
from queries.parse import parse
from queries.unit import RATIO, REQUESTS, REQUESTS_PER_SECOND, SECONDS
from tests.catalogs.reading import catalog

KNOWN = Catalogs((
    catalog(
        "domain: d\njobs: [j]\ntarget_labels: [job, instance, cluster]\nscrape_interval: 30s\nmetrics:\n"
        "- {name: r_total, type: counter, unit: requests, labels: {model: null, status: [ok, error]}}\n"
        "- {name: l_seconds, type: histogram, unit: seconds, counts: requests, labels: {model: null},\n"
        "   buckets: [1, 5]}\n"
        "- {name: q, type: gauge, unit: requests, labels: {rare: null}, optional: [rare]}\n"
        "- {name: u}\n"
        "- {name: n_seconds, type: histogram, native: true, unit: seconds, labels: {model: null}}\n"
    ),
))  # fmt: skip
NO_LABELS: Mapping[str, str] = {}


def _with(*rules: tuple[str, str] | tuple[str, str, Mapping[str, str]], known: Catalogs = KNOWN) -> Catalogs:
    return with_recordings(known, [(one[0], parse(one[1]), one[2] if len(one) > 2 else NO_LABELS) for one in rules])


def _one(promql: str, labels: Mapping[str, str] = NO_LABELS, known: Catalogs = KNOWN) -> Exposed:
    series = _with(("a:b:c", promql, labels), known=known).find("a:b:c")
    assert series is not None
    return series.of


def _known(found: Catalogs, promql: str) -> Known:
    return infer(parse(promql), found)


def test_a_recording_has_what_its_expression_keeps() -> None:
    made = _one("sum by (model, status) (rate(r_total[5m]))")

    assert (made.kind, made.unit, made.recorded, made.open) == ("gauge", REQUESTS_PER_SECOND, True, False)
    assert {one.name: one.values for one in made.labels} == {"model": (), "status": ("error", "ok")}
    assert (made.targets, made.optional) == ((), frozenset())


@pytest.mark.parametrize(
    ("promql", "kind", "unit"),
    [
        ("sum(r_total)", "counter", REQUESTS),
        ("q", "gauge", REQUESTS),
        ("increase(r_total[1h])", "gauge", REQUESTS),
        ("sum(rate(r_total[5m])) / sum(rate(r_total[5m]))", "gauge", RATIO),
        ("histogram_quantile(0.9, sum by (le) (rate(l_seconds_bucket[5m])))", "gauge", SECONDS),
        ("nobody_knows", "unknown", None),
        ("rate(nobody_knows[5m])", "unknown", None),
        ("rate(u[5m])", "unknown", None),
        ("42", "gauge", None),
    ],
)
def test_a_recording_is_of_the_type_and_unit_of_its_values(promql: str, kind: str, unit: object) -> None:
    made = _one(promql)

    assert (made.kind, made.unit) == (kind, unit)


def test_a_rule_s_labels_are_always_there_with_their_one_value_and_an_empty_one_never() -> None:
    found = _with(("a:b:c", "sum by (model, status) (r_total)", {"status": "all", "team": "x", "model": ""}))
    known = _known(found, "a:b:c")

    assert known.always == {"status", "team"}
    assert not known.maybe
    assert known.values == {"status": {"all"}, "team": {"x"}}
    empty = _known(found, 'a:b:c{team="y"}').empty
    assert empty is not None


def test_a_label_that_series_may_lack_is_optional_in_what_they_become() -> None:
    made = _one("sum by (rare, job) (q)")

    assert made.optional == {"rare"}


def test_what_nobody_knows_stays_open_and_is_closed_by_what_is_kept() -> None:
    assert _one("nobody_knows").open
    assert not _one("sum by (a) (nobody_knows)").open


def test_a_recording_may_use_another_in_any_order() -> None:
    found = _with(
        ("c:c:c", "sum by (model) (b:b:b)"),
        ("b:b:b", "a:a:a * 2"),
        ("a:a:a", "sum by (model, status) (rate(r_total[5m]))"),
    )

    assert _known(found, "c:c:c").always == {"model"}
    assert not _known(found, "c:c:c").open


def test_recordings_that_use_each_other_in_a_circle_come_to_an_end() -> None:
    found = _with(("a:a:a", "sum by (x) (b:b:b)"), ("b:b:b", "a:a:a + a:a:a"), ("c:c:c", "c:c:c"))

    assert _known(found, "b:b:b").labels == {"x"}
    assert _known(found, "c:c:c").open


def test_rules_of_one_name_agree_in_what_all_their_series_have() -> None:
    found = _with(
        ("a:b:c", "sum by (model) (rate(r_total[5m]))", {"kind": "r"}),
        ("a:b:c", "sum by (model, job) (rate(l_seconds_count[5m]))", {"kind": "l"}),
    )
    known = _known(found, "a:b:c")
    assert known.always == {"model", "kind"}
    assert known.maybe == {"job"}
    assert known.values == {"kind": {"l", "r"}}
    assert known.unit == REQUESTS_PER_SECOND

    different = _known(_with(("a:b:c", "q"), ("a:b:c", "sum(r_total)")), "a:b:c")
    assert (different.kind, different.unit) == ("unknown", REQUESTS)


def test_recorded_buckets_still_make_a_quantile_with_its_unit() -> None:
    found = _with(
        ("a:rated:c", "sum by (le, model) (rate(l_seconds_bucket[5m]))"), ("a:raw:c", "sum by (le) (l_seconds_bucket)")
    )
    known = _known(found, "histogram_quantile(0.9, a:rated:c)")

    assert (known.unit, known.kind, known.empty) == (SECONDS, "quantile", None)
    assert known.always == {"model"}
    rated, raw = found.find("a:rated:c"), found.find("a:raw:c")
    assert rated is not None
    assert raw is not None
    assert (rated.kind, rated.unit, rated.of.buckets) == ("bucket rate", REQUESTS_PER_SECOND, (1, 5))
    assert (raw.kind, raw.unit) == ("bucket", REQUESTS)
    assert rated.values["le"] == {"1.0", "5.0", "+Inf"}


@pytest.mark.parametrize("promql", ["rate(n_seconds[5m])", "sum by (model) (rate(n_seconds[5m]))", "rate(u[5m])"])
def test_what_is_or_may_be_a_native_histogram_still_has_a_quantile(promql: str) -> None:
    known = _known(_with(("a:b:c", promql)), "histogram_quantile(0.9, a:b:c)")

    assert known.empty is None
    if "n_seconds" in promql:
        assert known.unit == SECONDS


def test_recordings_say_nothing_of_jobs_of_up_or_of_scraping() -> None:
    found = _with(("a:b:c", "sum(r_total)"))

    assert found.jobs == {"j"}
    assert found.scrape_interval == 30
    assert _known(found, "up").always == {"job", "instance", "cluster"}


def test_recordings_alone_are_no_catalog_of_what_targets_expose() -> None:
    found = _with(("a:b:c", "sum by (x) (y)"), known=NOTHING)

    assert not found
    assert _known(found, 'up{cluster="x"}').empty is None
    assert _known(found, "up").open
    assert _known(found, "a:b:c").labels == {"x"}


def test_what_the_command_line_said_stays() -> None:
    found = _with(("a:b:c", "q"), known=catalogs(["ai_api"], external=["kube_"], strict=True))

    assert (found.external, found.strict) == (("kube_",), True)
