"""What several jobs export, as one catalog: what all say is true, what one says may be."""

from __future__ import annotations

from cli.prometheus import exported
from cli.prometheus.answered import Meta
from queries.catalogs.exposition import Exposition, read_exposition
from queries.catalogs.seen import Seen, as_catalog, disagreeing, seen_on
from queries.exposed import Exposed
from queries.unit import SECONDS


def _seen(job: str, text: str) -> tuple[Seen, ...]:
    return seen_on(read_exposition(text.encode(), "page"), job)


def _merged(*seen: Seen, few: int = 0) -> dict[str, Exposed]:
    return {one.name: one for one in as_catalog(seen, few=few)}


API = '# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\na{x="1",y="2"} 1\n'


def test_series_and_values_are_counted_without_the_label_of_the_format() -> None:
    histogram, plain = _seen("api", API)

    assert (histogram.name, histogram.series, histogram.values, histogram.widest) == ("h", 4, {}, ("", 0))
    assert (plain.series, plain.values) == (1, {"x": frozenset({"1"}), "y": frozenset({"2"})})


def test_a_label_that_only_one_job_has_is_optional_and_a_metric_of_one_job_says_so() -> None:
    merged = _merged(*_seen("api", API), *_seen("worker", 'a{x="3"} 1\n'))

    assert (merged["a"].jobs, merged["h"].jobs) == ((), ("api",))
    assert ([one.name for one in merged["a"].labels], merged["a"].optional) == (["x", "y"], frozenset({"y"}))


def test_labels_are_open_until_somebody_closes_those_with_few_values() -> None:
    seen = (*_seen("api", 'a{x="1"} 1\n'), *_seen("worker", 'a{x="2"} 1\n'))

    assert _merged(*seen)["a"].values_of("x") == ()
    assert _merged(*seen, few=1)["a"].values_of("x") == ()
    assert _merged(*seen, few=2)["a"].values_of("x") == ("1", "2")


def test_what_jobs_do_not_agree_on_is_unknown_and_told() -> None:
    seen = (
        *_seen("api", "# TYPE a_seconds gauge\na_seconds 1\n"),
        *_seen("worker", "# TYPE a_seconds counter\na_seconds 1\n"),
    )

    assert (_merged(*seen)["a_seconds"].kind, _merged(*seen)["a_seconds"].unit) == ("unknown", SECONDS)
    assert [*disagreeing(seen)] == ["a_seconds is a counter of worker, a gauge of api"]
    assert [*disagreeing(seen[:1])] == []


def test_a_job_answers_as_soon_as_one_of_its_targets_does() -> None:
    def target(job: str, health: str, error: str = "") -> dict[str, object]:
        return {"labels": {"job": job}, "health": health, "lastError": error}

    up, down, new = target("a", "up"), target("a", "down", "refused"), target("b", "unknown")

    assert exported._health([up, down, new]) == {"a": "", "b": "it was not scraped yet"}
    assert exported._health([down, up]) == {"a": ""}
    assert exported._health([down]) == {"a": "refused"}


def test_a_type_on_which_targets_do_not_agree_is_nobody_s() -> None:
    page = Exposition()
    exported._about(page, "a", {"a": (Meta("gauge", "", "A."), Meta("counter"))})
    exported._about(page, "b_bucket", {"b": (Meta("histogram", "seconds", "B."),)})

    assert (page.types, page.helps, page.units) == ({"b": "histogram"}, {"a": "A.", "b": "B."}, {"b": "seconds"})


def test_names_are_asked_for_in_batches_that_an_answer_can_hold() -> None:
    most = exported.AT_ONCE
    counts = {"a": most // 2, "b": most // 2, "c": 1, "d": most + 1}

    assert [*exported._batches(counts)] == [["a", "b"], ["c"]]
    assert [len(one) for one in exported._batches({f"n{i}": 1 for i in range(450)})] == [200, 200, 50]
