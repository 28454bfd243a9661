"""A `/metrics` page: what it says of its metrics in either format, and where it is broken or was cut."""

import gzip

import pytest

from queries.catalogs.exposition import OPEN_TYPES, TYPES, read_exposition
from queries.unit import BYTES, CELSIUS, MILLISECONDS, RATIO, REQUESTS, SECONDS, TIMESTAMP, Unit
from tests.catalogs.reading import page, page_fault


def test_names_stay_as_they_are_on_the_wire() -> None:
    found = page(
        "# TYPE a_total counter\na_total 1\n"
        "# TYPE b counter\nb 1\n"
        "# TYPE c counter\nc_total 1\n"
        "# TYPE d_count counter\nd_count 1\n"
        "# TYPE e gauge\ne 1\n"
        "# TYPE f untyped\nf 1\n"
        "g 1\n"
    )

    assert {name: one.kind for name, one in found.items()} == {
        "a_total": "counter",
        "b": "counter",
        "c_total": "counter",
        "d_count": "counter",
        "e": "gauge",
        "f": "unknown",
        "g": "unknown",
    }


HISTOGRAM = """# HELP h_seconds How \\\\ \\"long\\".
# TYPE h_seconds histogram
h_seconds_bucket{a="x",le="+Inf"} 3
h_seconds_bucket{a="x",le="0.5"} 1
h_seconds_bucket{a="x",le="1e1"} 2
h_seconds_sum{a="x"} 4.5
h_seconds_count{a="x"} 3
"""


def test_a_histogram_is_one_metric_with_its_buckets_and_without_le() -> None:
    (found,) = page(HISTOGRAM).values()

    assert (found.name, found.kind, found.buckets) == ("h_seconds", "histogram", (0.5, 10.0))
    assert [one.name for one in found.labels] == ["a"]
    assert (found.optional, found.unit, found.counts) == (frozenset(), SECONDS, None)
    assert found.help == 'How \\ "long".'


def test_a_summary_is_one_metric_without_quantile() -> None:
    (found,) = page(
        '# TYPE s summary\ns{quantile="0.5",a="x"} 1\ns{quantile="0.9",a="x"} NaN\ns_sum{a="x"} 1\ns_count{a="x"} 1\n'
    ).values()

    assert (found.name, found.kind) == ("s", "summary")
    assert [one.name for one in found.labels] == ["a"]
    assert not found.optional


def test_a_metric_with_a_type_of_its_own_is_no_part_of_a_histogram() -> None:
    found = page('# TYPE h histogram\nh_bucket{le="+Inf"} 1\nh_sum 1\n# TYPE h_count counter\nh_count{z="1"} 1\n')

    assert {name: (one.kind, len(one.labels)) for name, one in found.items()} == {
        "h": ("histogram", 0),
        "h_count": ("counter", 1),
    }


def test_buckets_that_nobody_gave_a_type_are_a_histogram() -> None:
    found = page('h_bucket{le="1"} 1\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\nlonely_bucket{size="1"} 1\n')

    assert {name: one.kind for name, one in found.items()} == {"h": "histogram", "lonely_bucket": "unknown"}


def test_when_something_began_is_no_metric_but_a_creation_time_is_one() -> None:
    found = page(
        "# TYPE a_total counter\na_total 1\n# TYPE a_created gauge\na_created 1.7e9\n"
        f"{HISTOGRAM}# TYPE h_seconds_created gauge\nh_seconds_created 1.7e9\n"
        "# TYPE kube_pod_created gauge\nkube_pod_created 1.7e9\n"
    )

    assert set(found) == {"a_total", "h_seconds", "kube_pod_created"}


def test_a_label_that_some_series_lack_is_optional_and_no_list_of_values_is_closed() -> None:
    (found,) = page('a{x="1",y="2",z=""} 1\na{x="2",z="1"} 1\n').values()

    assert [(one.name, one.values) for one in found.labels] == [("x", ()), ("y", ()), ("z", ())]
    assert found.optional == {"y", "z"}  # a label without a value is one that is not there


def test_a_metric_without_series_may_have_any_labels() -> None:
    found = page("# HELP a_total Things.\n# TYPE a_total counter\n# TYPE b gauge\nb 1\n")

    assert (found["a_total"].kind, found["a_total"].help, found["a_total"].open) == ("counter", "Things.", True)
    assert not found["b"].open


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("x_seconds", SECONDS),
        ("x_milliseconds", MILLISECONDS),
        ("x_bytes", BYTES),
        ("x_ratio", RATIO),
        ("x_celsius", CELSIUS),
        ("x_timestamp_seconds", TIMESTAMP),
        ("x_tokens", None),
        ("seconds", None),
    ],
)
def test_a_name_says_its_unit(name: str, unit: Unit | None) -> None:
    assert page(f"# TYPE {name} gauge\n{name} 1\n")[name].unit == unit


def test_seconds_since_1970_are_a_timestamp() -> None:
    found = page(
        "# TYPE start_seconds gauge\nstart_seconds 1.7e9\n# TYPE a_seconds_total counter\na_seconds_total 2e9\n"
    )

    assert (found["start_seconds"].unit, found["a_seconds_total"].unit) == (TIMESTAMP, SECONDS)


OPEN = """# TYPE http counter
# UNIT http requests
# HELP http All of them.
http_total{a="x"} 1 1.5 # {trace_id="a}b"} 0.5 123.25
http_created{a="x"} 1.7e9
# TYPE build info
build_info{version="1"} 1
# TYPE mode stateset
mode{mode="on"} 1
# TYPE q gaugehistogram
q_bucket{le="1"} 1
q_gsum 1
q_gcount 1
# TYPE u unknown
u 1
# EOF
"""


def test_openmetrics_is_read_by_its_own_types() -> None:
    found = page(OPEN)

    assert {name: one.kind for name, one in found.items()} == {
        "http_total": "counter",
        "build_info": "gauge",
        "mode": "gauge",
        "q_bucket": "gauge",
        "q_gsum": "gauge",
        "q_gcount": "gauge",
        "u": "unknown",
    }
    assert (found["http_total"].unit, found["http_total"].help) == (REQUESTS, "All of them.")
    assert [one.name for one in found["mode"].labels] == ["mode"]


def test_a_line_may_look_as_either_format_allows() -> None:
    found = page(
        '\n  a { x = "1" , y="\\"},{\\\\\\n" , } 1 123\n'
        '{"my.metric","my label"="v",z="w"} NaN\r\n'
        "\tb\t-Inf -5\nc 0x1p3\nd .5e-3\n# a comment\n#\n"
    )

    assert {name: [one.name for one in metric.labels] for name, metric in found.items()} == {
        "a": ["x", "y"],
        "my.metric": ["my label", "z"],
        "b": [],
        "c": [],
        "d": [],
    }


def test_a_packed_page_is_unpacked() -> None:
    assert set(page(gzip.compress(b"a 1\n"))) == {"a"}


BROKEN: list[tuple[str | bytes, str]] = [
    ("", "there is no metric in it (is it what /metrics answers?)"),
    ("# only a comment\n", "there is no metric in it (is it what /metrics answers?)"),
    ("<!DOCTYPE html>\n", "1: '<!DOCTYPE' is no name of a metric (is it what /metrics answers?)"),
    ('a 1\n{"a": 1}\n', "2:5: a comma or } must stand here"),
    ("a 1\nfoo-bar 1\n", "2: 'foo-bar' is no name of a metric (is it what /metrics answers?)"),
    ("a 1\nb\n", "2: b has no value"),
    ("a one\n", "1:3: 'one' is no value"),
    ("a 1 2 3\n", "1:7: '3' behind the value"),
    ('a{x="1"\n', "1:8: a comma or } must stand here"),
    ("a{x} 1\n", "1:3: label 'x' has no value (x=\"...\")"),
    ('a{x="1",x="2"} 1\n', "1:9: label 'x' stands there twice"),
    ('a{"b"} 1\n', "1:2: two names, a and b"),
    ('{x="1"} 1\n', "1:1: labels without a name"),
    ('a 1 # {x="1"}\n', "1:14: an exemplar has a value"),
    ("a 1 # 5\n", "1:7: an exemplar begins with {"),
    ('h_bucket{le="x"} 1\n', "1: le is 'x', which is no bound"),
    ("# TYPE a gauge\n# TYPE a counter\n", "2: a is a counter here and a gauge above"),
    ("# TYPE a guage\n", f"1: a is of type 'guage' (one of {', '.join(sorted(TYPES | OPEN_TYPES))})"),
    ("a 1\n# EOF\nb 1\n", "3: text behind # EOF (one page at a time)"),
    (b"a 1\nb\xff 1\n", "2: this is not UTF-8"),
    ("a 1\nb\0 1\n", "2: a NUL byte is no text"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), BROKEN)
def test_a_broken_page_names_the_line(text: str | bytes, fault: str) -> None:
    assert page_fault(text) == fault


CUT: list[tuple[str | bytes, str]] = [
    ('a 1\nb{x="1"', "2:8: a comma or } must stand here, and there the text ends: was it cut?"),
    ("a 1\nb", "2: b has no value, and there the text ends: was it cut?"),
    ("# HEL", "1: the last line has no line feed: the page was cut (if it is whole, end it with one)"),
    ("a 1\nb 12", "2: the last line has no line feed: the page was cut (if it is whole, end it with one)"),
    ("# UNIT a seconds\na 1\n",
     "3: the page ends without # EOF, and OpenMetrics has that as its last line: it was cut"),
    (OPEN[: OPEN.index("# EOF")],
     "16: the page ends without # EOF, and OpenMetrics has that as its last line: it was cut"),
    (HISTOGRAM[: HISTOGRAM.index("h_seconds_count")],
     '7: the page ends in the middle of h_seconds: a le="+Inf", a sum or a count lacks, so it was cut'),
    ('# TYPE h histogram\nh_bucket{le="1"} 1\n',
     '3: the page ends in the middle of h: a le="+Inf", a sum or a count lacks, so it was cut'),
    (gzip.compress(b"a 1\n" * 100, mtime=0)[:-9], "the gzip stream ends in the middle: it was cut"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), CUT)
def test_a_page_that_was_cut_says_so(text: str | bytes, fault: str) -> None:
    assert page_fault(text) == fault


def test_wherever_a_page_is_cut_inside_a_line_it_says_so() -> None:
    for end in range(1, len(HISTOGRAM)):
        if HISTOGRAM[end - 1] != "\n":
            assert "cut" in page_fault(HISTOGRAM[:end])


def test_what_only_begins_like_gzip_is_none() -> None:
    assert page_fault(b"\x1f\x8bnothing").startswith("this is not gzip, although it begins so: ")


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\n" * 80_000_000, compresslevel=1)

    assert page_fault(bomb) == "more than 64,000,000 bytes, and no more are read"


@pytest.mark.parametrize(
    "line", ["a" + " " * 10**6 + "x", "_" * 10**6 + "-", 'a{x="' + "\\\\" * 10**5, "# HELP a " + " " * 10**6]
)
def test_a_long_line_takes_no_longer_than_its_length(line: str) -> None:
    try:
        read_exposition(f"{line}\n".encode(), "m.prom")
    except ValueError as error:
        assert len(str(error)) < 200  # noqa: PT017 - some of the lines are right
