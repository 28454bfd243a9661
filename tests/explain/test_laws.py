"""Whatever Prometheus accepts can be told: without a crash, in words, on lines that fit."""

from unicodedata import combining

from hypothesis import given, settings
from hypothesis import strategies as st

from cli.explain.text import WIDTH, text
from cli.explain.told import Told, told
from cli.explain.words import Reader
from cli.lint.report.printable import columns
from queries.catalog import NOTHING, Catalogs
from queries.catalogs.by_name import catalogs
from queries.catalogs.shipped import NAMES
from queries.expr import Expr, Select, rebuild
from queries.infer import infer
from queries.parse import NotPromQL, parse
from queries.promql import to_promql
from tests.queries.corpus import NEEDS_SHARED, dashboard_queries, source_expressions
from tests.queries.laws import LAW
from tests.queries.strategies import trees

SHIPPED = catalogs(NAMES, jobs={})
METRICS = sorted(SHIPPED.names)
READERS: tuple[Reader, ...] = ("panel", "alert", "recording")


def _is_told(expr: Expr, known: Catalogs, reader: Reader) -> None:
    said = told(to_promql(expr), infer(expr, known), reader)
    assert len(said.sentence) > 1
    assert said.sentence.endswith(".")
    assert all(node.head and node.words for node in said.nodes)
    assert said.nodes[0].depth == 0
    _fits(said)


def _fits(said: Told) -> None:
    """Every line fits but for a word longer than it, or a sign that takes two columns; a combining one takes none."""
    lines = text(said).partition("cost: ")[0].splitlines()
    assert all(sum(not combining(sign) for sign in line) <= WIDTH for line in lines)
    assert said.expr.isascii() is False or all(columns(line) <= WIDTH for line in lines)


def test_a_factor_with_no_number_that_it_divides_by_is_told() -> None:
    _is_told(parse("histogram_quantile(5e-324 * time(), hour())"), SHIPPED, READERS[0])


@LAW
@given(trees, st.sampled_from(READERS))
def test_any_tree_is_told(expr: Expr, reader: Reader) -> None:
    _is_told(expr, NOTHING, reader)


@settings(LAW, max_examples=300)
@given(trees, st.sampled_from(READERS), st.data())
def test_any_tree_of_known_metrics_is_told(expr: Expr, reader: Reader, data: st.DataObject) -> None:
    def known(node: Expr) -> Expr:
        return Select(data.draw(st.sampled_from(METRICS)), node.match) if isinstance(node, Select) else node

    _is_told(rebuild(expr, known), SHIPPED, reader)


@NEEDS_SHARED
def test_every_query_of_real_dashboards_is_told() -> None:
    for query in (*dashboard_queries(), *source_expressions()):
        try:
            expr = parse(query)
        except NotPromQL:
            continue
        for known in (NOTHING, SHIPPED):
            _is_told(expr, known, "panel")
