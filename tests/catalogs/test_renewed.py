"""A catalog read anew: the page's own words are renewed, a person's stay."""

from queries.catalogs.file import read_catalog
from queries.catalogs.renewed import Renewed, renewed
from queries.catalogs.text import catalog_text
from queries.exposed import Exposed
from queries.labels import Label
from queries.unit import REQUESTS, SECONDS, TOKENS
from tests.catalogs.reading import catalog, page

WRITTEN = """domain: d
jobs: [j]
target_labels: [job, pod]
metrics:
- {name: a_total, type: counter, unit: tokens, labels: {x: [p, q], gone: null, rare: null}, optional: [rare],
   odd_name: so, help: Old., jobs: [j], since: 1.10, low: 0, high: 9, shared: true, renamed_from: b}
- {name: h_seconds, type: histogram, unit: seconds, counts: requests, buckets: [1], expected_max: 30}
- {name: elsewhere, type: gauge}
"""
PAGE = (
    "# HELP a_total New.\n# TYPE a_total counter\n"
    'a_total{y="1",x="p"} 1\na_total{x="q"} 1\n'
    "# TYPE h_seconds histogram\n"
    'h_seconds_bucket{le="1"} 1\nh_seconds_bucket{le="5"} 1\nh_seconds_bucket{le="+Inf"} 1\n'
    "h_seconds_sum 1\nh_seconds_count 1\nn_bytes 1\n"
)


def _renewed(written: str, answer: str, *, prune: bool = False) -> Renewed:
    return renewed(catalog(written), page(answer).values(), prune=prune)


def _metric(written: str, answer: str) -> Exposed:
    return next(one for one in _renewed(written, answer).catalog.metrics if one.name == "m")


def test_what_a_person_added_stays_and_what_the_page_says_is_renewed() -> None:
    made = _renewed(WRITTEN, PAGE)
    counter, histogram, elsewhere, new = made.catalog.metrics

    assert counter.labels == (Label("x", ("p", "q")), Label("rare"), Label("y"))
    assert counter.optional == {"rare", "y"}
    assert (counter.unit, counter.odd_name, counter.jobs, counter.since) == (TOKENS, "so", ("j",), "1.10")
    assert (counter.low, counter.high, counter.shared, counter.renamed_from) == (0, 9, True, "b")
    assert counter.help == "New."
    assert (histogram.buckets, histogram.counts, histogram.expected_max) == ((1, 5), REQUESTS, 30)
    assert elsewhere.name == "elsewhere"
    assert (new.name, new.targets) == ("n_bytes", ("job", "pod"))
    assert (made.new, made.gone) == (("n_bytes",), ("elsewhere",))
    assert made.catalog.jobs == ("j",)


def test_read_twice_nothing_changes() -> None:
    once = _renewed(WRITTEN, PAGE).catalog
    again = renewed(once, page(PAGE).values())

    assert again.catalog == once
    assert not again.new
    assert read_catalog(catalog_text(once).encode(), "c.yaml") == once


def test_what_the_page_has_not_is_taken_out_only_when_asked_for() -> None:
    made = _renewed(WRITTEN, PAGE, prune=True)

    assert [one.name for one in made.catalog.metrics] == ["a_total", "h_seconds", "n_bytes"]
    assert made.gone == ("elsewhere",)


def test_a_metric_without_series_keeps_the_labels_that_somebody_wrote() -> None:
    written = "domain: d\nmetrics: [{name: m, type: counter, labels: {x: null}}]"

    kept = _metric(written, "# TYPE m counter\n")
    assert ([one.name for one in kept.labels], kept.open) == (["x"], False)


def test_what_was_open_for_want_of_series_closes_with_the_first() -> None:
    nothing_yet = "domain: d\nmetrics: [{name: m, type: counter, open: true}]"
    on_purpose = "domain: d\nmetrics: [{name: m, type: counter, labels: {x: null}, open: true}]"

    assert not _metric(nothing_yet, '# TYPE m counter\nm{x="1"} 1\n').open
    assert _metric(on_purpose, '# TYPE m counter\nm{x="1"} 1\n').open


def test_another_type_is_told_and_takes_away_what_it_has_not() -> None:
    written = "domain: d\nmetrics: [{name: m, type: histogram, unit: seconds, buckets: [1], counts: requests}]"
    made = _renewed(written, "# TYPE m gauge\nm 1\n")
    (metric,) = made.catalog.metrics

    assert made.retyped == ("m was a histogram, the page says gauge",)
    assert (metric.kind, metric.buckets, metric.unit) == ("gauge", (), SECONDS)
    assert read_catalog(catalog_text(made.catalog).encode(), "c.yaml") == made.catalog


def test_a_page_without_types_takes_none_away() -> None:
    made = _renewed("domain: d\nmetrics: [{name: m, type: counter}]", "m 1\n")

    assert made.catalog.metrics[0].kind == "counter"
    assert not made.retyped


def test_a_native_histogram_stays_one() -> None:
    written = "domain: d\nmetrics: [{name: m, type: histogram, native: true}]"
    answer = '# TYPE m histogram\nm_bucket{le="1"} 1\nm_bucket{le="+Inf"} 1\nm_sum 1\nm_count 1\n'

    assert (_metric(written, answer).native, _metric(written, answer).buckets) == (True, ())
