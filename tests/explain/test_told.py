"""The nodes of an expression, what reading it costs, and both as a person sees them."""

from cli.explain.cost import Read, cost
from cli.explain.text import text
from cli.explain.told import Node, Told, told
from cli.lint.finding import Severity
from queries.catalogs.by_name import catalogs
from queries.catalogs.shipped import NAMES
from queries.infer import infer
from queries.parse import parse
from tests.lint.findings import finding

SHIPPED = catalogs(NAMES, jobs={})
SLOW = "histogram_quantile(0.95, sum by (model, le) (rate(llm_call_duration_seconds_bucket[5m]))) > 15"
ERRORS = """(sum(rate(http_requests_total{status="5xx"}[5m])) or vector(0))
    / on () sum(rate(http_requests_total[5m]))"""

TREE = """
> 15                                              where the slowest 5 % of LLM calls take more than 15 s [quantile;
│                                                 seconds; by model]
└─ histogram_quantile(0.95, ...)                  how long 95 % of LLM calls take at most over the last 5 minutes
   │                                              [quantile; seconds; by model]
   └─ sum by (le, model)                          LLM calls per second, for each model [bucket rate; calls per second;
      │                                           by le, model]
      └─ rate(...)                                LLM calls per second over the last 5 minutes [bucket rate; calls per
         │                                        second; by endpoint, instance, job, le, model]
         └─ llm_call_duration_seconds_bucket[5m]  How long a call to a model took; its buckets [bucket; calls; by
                                                  endpoint, instance, job, le, model]

cost: reads at most 8 series for each endpoint, instance, job and model; the catalog does not say how many of these
  there are
"""


def _told(promql: str) -> Told:
    return told(promql, infer(parse(promql), SHIPPED), "panel")


def _heads(promql: str) -> list[tuple[int, str]]:
    return [(node.depth, node.head) for node in _told(promql).nodes]


def test_each_node_has_its_own_text_and_numbers_stand_in_their_parents() -> None:
    assert _heads(SLOW) == [
        (0, "> 15"),
        (1, "histogram_quantile(0.95, ...)"),
        (2, "sum by (le, model)"),
        (3, "rate(...)"),
        (4, "llm_call_duration_seconds_bucket[5m]"),
    ]
    assert _heads("time() - up") == [(0, "time() -"), (1, "up")]
    assert _heads("topk(5, up)") == [(0, "topk(5, ...)"), (1, "up")]
    assert _heads("up ^ (2 * -3)") == [(0, "^ (2 * -3)"), (1, "up")]
    assert _heads("max_over_time(rate(up[5m])[1h:1m] offset 5m)")[1] == (1, "[1h:1m] offset 5m")
    assert _heads('label_replace(up, "a", "$1", "b", "(.*)")')[0] == (0, 'label_replace(..., "a", "$1", "b", "(.*)")')
    assert [head for _, head in _heads(ERRORS)][:2] == ["/ on ()", "or"]
    assert _heads("sum without (a) (up)")[0] == (0, "sum without (a)")
    assert _heads("1 + 2") == [(0, "1 + 2")]
    assert _heads("-up") == [(0, "-"), (1, "up")]


def test_a_node_says_type_unit_labels_and_what_it_is() -> None:
    assert _told(SLOW).nodes[2] == Node(
        depth=2,
        head="sum by (le, model)",
        promql="sum by (le, model) (rate(llm_call_duration_seconds_bucket[5m]))",
        type="vector",
        kind="bucket rate",
        unit="calls per second",
        labels="le, model",
        words="LLM calls per second, for each model",
        empty="",
    )


def test_a_metric_is_told_by_the_sentence_of_its_catalog() -> None:
    assert [node.words for node in _told("sum(llm_call_duration_seconds_count) + agent_sessions_active").nodes[2:]] == [
        "How long a call to a model took; how many",
        "Agent sessions that are open",
    ]


def test_what_would_take_too_many_words_is_told_by_what_is_done() -> None:
    first, *_ = _told(f"{ERRORS} - ({ERRORS})").nodes
    assert first.words == "the first less the second"


def test_why_there_is_nothing_is_told_where_it_begins() -> None:
    said = _told('sum(rate(http_requests_total{pod="a"}[5m])) * 2')

    assert [node.empty for node in said.nodes] == ["", "", "", "http_requests_total has no label 'pod'"]
    assert text(said).count("never has a series") == 1


def test_the_tree_has_two_columns_and_lines_that_join() -> None:
    assert text(_told(SLOW)).partition("\n\n")[2] == TREE.strip("\n")


def test_a_node_that_is_wider_than_its_column_has_its_words_below() -> None:
    lines = text(_told(f'up{{instance=~"{"a" * 60}"}} > 0')).splitlines()

    assert lines[-4] == f'└─ up{{instance=~"{"a" * 60}"}}'
    assert lines[-3].startswith(f"{' ' * 26}Whether the last scrape of the target worked")


def test_a_heading_says_which_query_and_findings_have_carets_the_worst_first() -> None:
    small = finding(severity=Severity.INFO, message="advice", hint="", expr="sum(up)", span=(4, 6))
    bad = finding(message="wrong", expr="sum(up)", span=None)
    said = _told("sum(up)")._replace(where='panel "Up", query A', findings=(small, bad))

    assert text(said).splitlines()[0] == '== panel "Up", query A =='
    assert text(said).partition("cost: ")[2].splitlines()[1:] == [
        "",
        "error PQL121: wrong",
        "    sum(up)",
        "    ^^^^^^^",
        "  try: deriv(queue_depth[5m])",
        "",
        "info PQL121: advice",
        "    sum(up)",
        "        ^^",
    ]


def test_the_cost_counts_series_for_each_label_that_nobody_lists() -> None:
    known = infer(parse("sum(http_request_duration_highr_seconds_bucket) + sum(agent_sessions_active)"), SHIPPED)

    assert cost(known).reads == (Read(23, ("instance", "job")),)
    assert str(cost(known)) == (
        "reads at most 23 series for each instance and job; the catalog does not say how many of these there are"
    )


def test_the_cost_names_what_no_catalog_knows() -> None:
    assert str(cost(infer(parse("orders + visits + orders"), SHIPPED))) == (
        "reads all series of orders and visits, which no catalog knows"
    )
    assert str(cost(infer(parse("1 + 1"), SHIPPED))) == "reads no series"
    assert cost(infer(parse('http_requests_total{pod="a"}'), SHIPPED)).reads == ()
