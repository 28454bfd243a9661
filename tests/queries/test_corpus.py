"""Real queries go through: parsed, printed, parsed again they are the same tree, which is the parser's own."""

import sys
from collections.abc import Callable

import promql_parser
import pytest

from queries.parse import NotPromQL, parse
from queries.promql import to_promql
from queries.template import readings
from tests.queries.corpus import NEEDS_SHARED, dashboard_queries, source_expressions
from tests.queries.laws import same

pytestmark = NEEDS_SHARED


def _understood(text: str) -> str:
    """The text with stand-ins for its variables, as promql-parser takes it; empty where it takes none."""
    for reading in readings(text):
        try:
            promql_parser.parse(reading.text)
        except ValueError:
            continue
        return reading.text
    return ""


def test_of_the_36_source_expressions_35_parse_and_come_back() -> None:
    said = source_expressions()
    refused = []
    for text in said:
        try:
            tree = parse(text)
        except NotPromQL:
            refused.append(text)
        else:
            assert same(parse(to_promql(tree)), tree)

    assert len(said) == 36
    assert len(refused) == 1
    assert refused[0].strip().endswith("offset 7d")


@pytest.mark.parametrize("said", [dashboard_queries, source_expressions])
def test_what_the_parser_reads_of_real_dashboards_comes_back_the_same(
    said: Callable[[], tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    refused = []
    for text in said():
        try:
            tree = parse(text)
        except NotPromQL:
            refused.append(text)
            continue
        again = to_promql(tree)
        assert same(parse(again), tree), text
        assert to_promql(parse(again)) == again

    with capsys.disabled():
        sys.stderr.write(f"\n{len(said()) - len(refused)} of {len(said())} real queries come back the same\n")
    assert [text for text in refused if _understood(text)] == []
    assert len(refused) <= 1


def test_variables_of_real_dashboards_are_all_put_back() -> None:
    for text in dashboard_queries():
        printed = to_promql(parse(text))
        assert "__variable_" not in printed
        assert "1073000" not in printed


def test_the_parsers_own_spelling_of_a_real_query_is_the_same_tree() -> None:
    for text in map(_understood, dashboard_queries()):
        own = promql_parser.parse(text)

        assert same(parse(own.prettify()), parse(text)), text


def test_our_spelling_means_to_the_parser_what_the_original_did() -> None:
    for text in map(_understood, dashboard_queries()):
        assert _shape(promql_parser.parse(to_promql(parse(text)))) == _shape(promql_parser.parse(text)), text


def _shape(node: object) -> object:
    """The parser's tree without parentheses, matchers and labels in order: judged without our own tree."""
    if isinstance(node, promql_parser.ParenExpr):
        return _shape(node.expr)
    name = type(node).__name__
    if isinstance(node, promql_parser.VectorSelector):
        found = [(one.name, str(one.op), one.value) for one in node.matchers.matchers]
        found += [("__name__", str(promql_parser.MatchOp.Equal), node.name)] if node.name else []
        return name, sorted(found), node.offset or None, _moment(node)
    if isinstance(node, promql_parser.MatrixSelector):
        return name, node.range, _shape(node.vector_selector)
    if isinstance(node, promql_parser.SubqueryExpr):
        return name, node.range, node.step, node.offset, _moment(node), _shape(node.expr)
    if isinstance(node, promql_parser.Call):
        return node.func.name, [_shape(one) for one in node.args]
    if isinstance(node, promql_parser.AggregateExpr):
        kept = node.modifier and (str(node.modifier.type), sorted(node.modifier.labels))
        return str(node.op), kept, node.param and _shape(node.param), _shape(node.expr)
    if isinstance(node, promql_parser.BinaryExpr):
        return str(node.op), _partners(node.modifier), _shape(node.lhs), _shape(node.rhs)
    if isinstance(node, promql_parser.UnaryExpr):
        return name, _shape(node.expr)
    return name, node.val  # type: ignore[attr-defined]


def _moment(node: promql_parser.VectorSelector | promql_parser.SubqueryExpr) -> object:
    return node.at and (str(node.at.type), node.at.at)


def _partners(modifier: promql_parser.BinModifier | None) -> object:
    if modifier is None:
        return None
    matching = modifier.matching and (str(modifier.matching.type), sorted(modifier.matching.labels))
    return str(modifier.card), matching, sorted(modifier.group_labels or ()), modifier.return_bool
