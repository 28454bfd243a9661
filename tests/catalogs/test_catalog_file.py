"""A catalog as people write it: what it means, and what they are told where it cannot be meant."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from queries.catalogs.file import read_catalog
from queries.catalogs.not_a_catalog import MOST, NotACatalog
from queries.catalogs.schema import schema
from queries.labels import Label
from queries.unit import BOOL, REQUESTS, SECONDS, TIMESTAMP
from tests.catalogs.reading import FACTS, NEEDS_FACTS, catalog, faults, one_metric

ROOT = Path(__file__).parents[2]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SOURCES = ("000", "001", "002", "003", "004")


@NEEDS_FACTS
@pytest.mark.parametrize("source", SOURCES)
def test_each_document_s_catalog_is_one_as_it_stands(source: str) -> None:
    said = yaml.load((FACTS / "source_catalogs.yaml").read_text(), Loader=Loader)[source]  # noqa: S506 - a C SafeLoader
    read = catalog(yaml.safe_dump({"domain": f"document_{source}", **said}))

    assert read.jobs == tuple(said["jobs"])
    assert read.scrape_interval == 15
    assert [one.name for one in read.metrics] == [one["name"] for one in said["metrics"]]
    for metric, one in zip(read.metrics, said["metrics"], strict=True):
        assert metric.kind == one["type"]
        assert metric.unit is not None
        assert metric.unit.name == one["unit"]
        assert {label.name: list(label.values) for label in metric.labels} == {
            name: one.get("values", {}).get(name, []) for name in one["labels"]
        }
        assert list(metric.buckets) == one.get("buckets", [])
        assert metric.expected_max == one.get("expected_max")


@NEEDS_FACTS
def test_a_document_s_own_lines_are_a_catalog_too() -> None:
    text = (FACTS / "source_catalogs.yaml").read_text()
    part = text.split("'002':\n", 1)[1].split("'003':\n", 1)[0]
    read = catalog("domain: ai\n" + "".join(line.removeprefix("  ") + "\n" for line in part.splitlines()))

    assert len(read.metrics) == 9
    assert read.metrics[1].expected_max == 30


def test_a_metric_says_all_that_is_known_of_it() -> None:
    metric = one_metric(
        "type: histogram, unit: seconds, labels: {model: null, status: [ok, error]}, values: {model: [a]}, "
        "optional: [model], buckets: [0.1, 1, 1e1], counts: requests, expected_max: 30, low: 0, high: 60, shared: true,"
        "help: How long., odd_name: so it is, since: 1.10, until: 2.0, renamed_from: old, jobs: [j], open: yes"
    )

    assert metric.kind == "histogram"
    assert (metric.unit, metric.counts) == (SECONDS, REQUESTS)
    assert metric.labels == (Label("model", ("a",)), Label("status", ("ok", "error")))
    assert metric.optional == {"model"}
    assert metric.buckets == (0.1, 1, 10)
    assert (metric.expected_max, metric.low, metric.high) == (30, 0, 60)
    assert (metric.shared, metric.open, metric.native) == (True, True, False)
    assert (metric.help, metric.odd_name, metric.renamed_from) == ("How long.", "so it is", "old")
    assert (metric.since, metric.until) == ("1.10", "2.0")
    assert metric.jobs == ("j",)


def test_what_is_not_said_is_not_known() -> None:
    metric = one_metric("type: histogram")

    assert (metric.unit, metric.counts, metric.buckets, metric.labels) == (None, None, (), ())
    assert one_metric("help: x").kind == "unknown"


def test_a_text_is_what_stands_there_whatever_yaml_takes_it_for() -> None:
    metric = one_metric("labels: {on: [200, 0x1, no, 1:30], y: null, low: [1e3]}, help: 1_0")

    assert metric.labels == (Label("on", ("200", "0x1", "no", "1:30")), Label("y"), Label("low", ("1e3",)))
    assert metric.help == "1_0"


def test_a_catalog_says_jobs_intervals_and_labels_of_targets() -> None:
    read = catalog(
        "domain: d\njobs: [a, b]\nscrape_interval: 1m\ntarget_labels: [job, pod]\nextra_labels: [team]\n"
        "metrics: [{name: m, type: gauge, labels: {x: null}}]"
    )

    series = read.series["m"]
    assert (read.jobs, read.scrape_interval) == (("a", "b"), 60)
    assert series.always == {"x", "job", "pod"}
    assert series.maybe == {"team"}
    assert catalog("domain: d\nscrape_interval: 0.5\nmetrics: []").scrape_interval == 0.5


@pytest.mark.parametrize(("unit", "means"), [("bool", BOOL), ("timestamp", TIMESTAMP), ("second", SECONDS)])
def test_a_unit_has_a_name(unit: str, means: object) -> None:
    assert one_metric(f"unit: {unit}").unit == means


#: So little that its scale is 0.
TINY = " * ".join(["nanoseconds^9"] * 5)
METRIC = "domain: d\njobs: [j]\nmetrics:\n- {name: m, %s}\n"
WRONG = [
    ("type: x", "4:19: type is 'x' (one of: counter, gauge, histogram, summary, unknown)"),
    ("labels: [a]", "4:21: labels must be a mapping, not a list"),
    ("labels: {a: b}", "4:25: labels.a must be a list, not 'b'"),
    ("labels: {a: [{}]}", "4:26: an item of a must be a text, not a mapping"),
    ("buckets: [1, x]", "4:26: an item of buckets must be a number, not 'x'"),
    ("shared: maybe", "4:21: shared must be true or false, not 'maybe'"),
    ("unit: a^b", "4:19: 'a^b' is no unit (tokens per second)"),
    ("unit: ''", "4:19: unit is empty"),
    ("unit: 0 x seconds", "4:19: nothing is measured in '0 x seconds' (tokens per second)"),
    (f"unit: {TINY}", f"4:19: nothing is measured in '{TINY}' (tokens per second)"),
    ("unit: s per s per s", "4:19: 's per s' is no unit (tokens per second)"),
    ("labels: {a: [x, x]}", "4:29: 'x' stands there twice"),
    ("labels: {a: null, a: null}", "4:31: 'a' stands there twice"),
    ("labels: {a: [x]}, values: {a: [x]}", "4:40: the values of 'a' are said twice (once)"),
    ("labels: {a: null}, values: {b: [x]}", "4:41: 'b' is none of its labels (it has: a)"),
    ("labels: {abc: null}, optional: [abd]", "4:45: 'abd' is none of its labels (did you mean 'abc'? it has: abc)"),
    ("type: histogram, labels: {le: null}", "4:39: label 'le' is there of itself (leave it out)"),
    ("type: summary, labels: {quantile: null}", "4:37: label 'quantile' is there of itself (leave it out)"),
    ("type: histogram, buckets: [1, 2, 2]", "4:46: the buckets do not rise: 2 after 2"),
    ("type: histogram, buckets: [1, inf]", "4:43: a bucket of inf (+Inf is always there: leave it out)"),
    ("type: gauge, buckets: [1]", "4:35: buckets of a gauge (type: histogram)"),
    ("type: gauge, counts: x", "4:34: what one observation counts, of a gauge (type: histogram)"),
    (
        "type: gauge, native: true",
        "4:34: a native gauge (only a histogram is native, and then it has no buckets)",
    ),
    ("low: 2, high: 1", "4:27: the greatest value 1 is below the least, 2 (swap them)"),
    ("high: nan", "4:19: high is nan (leave it out where there is no limit)"),
    ("jobs: [k]", "4:20: 'k' is no job of this catalog (the catalog's: j)"),
    ("jobs: [j, j]", "4:23: 'j' stands there twice"),
]  # fmt: skip


@pytest.mark.parametrize(("members", "fault"), WRONG)
def test_what_cannot_be_meant_is_told_where_it_stands(members: str, fault: str) -> None:
    assert faults(METRIC % members) == [fault]


def test_a_member_that_nobody_knows_is_told_with_those_that_are() -> None:
    (said,) = faults(METRIC % "unitt: x")

    assert said.startswith("4:13: a metric has no member 'unitt' (did you mean 'unit'? it has: buckets, counts, ")


WRONG_FILES = [
    ("", "there is nothing in it (domain: NAME, and below it metrics: [...])"),
    ("hello", "1:1: a catalog must be a mapping, not 'hello'"),
    ("metrics: []", "1:1: a catalog has no domain (domain: ...)"),
    ("domain: d\nmetrics:", "2:9: metrics must be a list, not nothing"),
    ("domain: d\nmetrics: [{}]", "2:11: a metric has no name (name: ...)"),
    ("domain: d\ndomain: e\nmetrics: []", "2:1: 'domain' stands there twice"),
    ("domain: d\nmetrics: [{name: a}, {name: a}]", "2:29: 'a' stands there already, in line 2"),
    ("domain: d\nscrape_interval: 5 s\nmetrics: []", "2:18: scrape_interval is '5 s', which is no duration (15s)"),
    ("domain: d\nscrape_interval: -5\nmetrics: []", "2:18: scrape_interval is -5, which is no time at all (15s)"),
    ("domain: d\nscrape_interval: 0s\nmetrics: []", "2:18: '0s' is no time at all"),
    ("domain: d\nscrape_interval: inf\nmetrics: []", "2:18: scrape_interval is no length of time (15s)"),
    ("domain: d\njobs: [a, a]\nmetrics: []", "2:11: 'a' stands there twice"),
    ("a: &x [1]\nb: *x", "1:4: &x: a catalog has no anchors or aliases"),
    ("a: *x", "1:4: *x: a catalog has no anchors or aliases"),
    ("a: !!python/object:os.system x", "1:4: tag:yaml.org,2002:python/object:os.system: a catalog has no tags"),
    ("? [a]\n: b", "1:3: a key is a word"),
    ("a: 1\n---\nb: 2", "3: a second document; a catalog is one"),
    (b"a: \xff", "1: this is not UTF-8"),
    ("a: 1\nb: \0", "2: a NUL byte is no text"),
    ("a: 1\nb: \x07", "2: this is not YAML: a control character"),
    ("[" * 100_000, "1:13: nested deeper than 12"),
    ("{a: " * 50_000, "1:49: nested deeper than 12"),
    ("- " * 50_000, "1:25: nested deeper than 12"),
    ("#" * 2_000_001, "more than 2,000,000 bytes, and no more are read"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), WRONG_FILES, ids=range(len(WRONG_FILES)))
def test_what_is_no_catalog_is_refused_in_one_sentence(text: str | bytes, fault: str) -> None:
    assert faults(text) == [fault]


def test_a_list_that_nobody_closed_is_no_yaml() -> None:
    (said,) = faults("a: [1")

    assert ": this is not YAML: " in said


def test_a_tab_is_told_as_what_it_is() -> None:
    (said,) = faults("domain: d\n\tjobs: []")

    assert said.startswith("2:1: this is not YAML: ")
    assert said.endswith(" (indent with blanks, YAML takes no tabs)")


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    said = faults("domain: d\nmetrics:\n- {name: a, type: x}\n- {type: y}\nmetrix: 1\n")

    assert [one.partition(": ")[0] for one in said] == ["3:19", "4:3", "4:10", "5:1"]


def test_many_faults_are_counted_and_not_all_shown() -> None:
    metrics = "".join(f"- {{name: m{number}, type: x}}\n" for number in range(MOST + 5))
    with pytest.raises(NotACatalog) as caught:
        catalog(f"domain: d\nmetrics:\n{metrics}")

    assert str(caught.value).endswith("\nand 5 more")
    assert len(str(caught.value).splitlines()) == MOST + 1


def test_how_much_yaml_is_read_can_be_said() -> None:
    text = b"domain: d\nmetrics: []\n"

    assert read_catalog(text, "c.yaml", longest=len(text)).domain == "d"
    with pytest.raises(NotACatalog, match="more than 5 bytes"):
        read_catalog(text, "c.yaml", longest=5)


def test_the_schema_is_one_and_lies_in_the_package() -> None:
    said = json.loads((ROOT / "queries" / "catalogs" / "catalog.schema.json").read_text(encoding="utf-8"))

    assert said == schema()
    jsonschema.Draft202012Validator.check_schema(said)
