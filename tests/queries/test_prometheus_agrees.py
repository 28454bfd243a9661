"""Prometheus takes what our strategies make, refuses what we refuse, and computes what fewest parentheses mean."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from queries.expr import Aggregate, Binary, Expr, Matching, Minus, Number, Select, selects, walk
from queries.parse import NotPromQL, parse
from queries.promql import PLAIN_LABEL, PLAIN_NAME, to_promql
from tests.prometheus.promtool import NEEDS_PROMTOOL, Case, check, holds, run
from tests.queries.laws import explicit
from tests.queries.strategies import ARITHMETIC, COMPARISONS, SETS, drawn, scalars, vectors

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

SAMPLES = {'a{i="1"}': 2, 'a{i="2"}': -3, 'b{i="1"}': 0.5, 'b{i="2"}': 7, "c": 3}
#: What only the parser could take wrongly: signs in every place, and the traps of 1.2.
SIGNS = ("-1", "-x", "-time()", "-(1)", "-x[5m]", '-"s"', "-(x + 1)", "-scalar(x)", "--x", "+x")
PLACES = (
    *("ln({})", "rate({})", "vector({})", "{} > 2", "{} > bool 2", "{} and x", "1 > {}", "{} + 1", "sum({})"),
    *(
        "topk({}, x)",
        "({})[1h:]",
        "{} offset 5m",
        "clamp(x, {}, 1)",
        "{} > on () x",
        "count_values({}, x)",
        "{0} ^ {0}",
    ),
    *("label_replace({}, 'a', 'b', 'c', 'd')", "scalar({})", "hour({})", "round(x, {})", "x unless on (a) {}"),
    *("-{}", "{0} ^ {0}"),
)


def _recordings(texts: dict[str, str]) -> dict[str, Any]:
    rules = [{"record": name, "expr": text} for name, text in texts.items()]
    return {"groups": [{"name": "one", "interval": "1m", "rules": rules}]}


def _simple() -> st.SearchStrategy[Expr]:
    """Small trees over a few series: every operator beside every other, signs too."""
    leaves: st.SearchStrategy[Expr] = st.sampled_from([Select("a"), Select("b"), Number(2), Number(-2), Number(0.5)])

    def operation(below: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        binary = st.builds(Binary, st.sampled_from(ARITHMETIC + COMPARISONS + SETS), below, below)
        return st.one_of(binary, binary, st.builds(Minus, below.filter(lambda one: not isinstance(one, Number))))

    return st.recursive(leaves, operation, max_leaves=5).filter(lambda one: isinstance(one, Binary | Minus))


def _large(tree: Expr) -> bool:
    return len(list(walk(tree))) > 3 and _parses(to_promql(tree))


def _agreement(number: int, minimal: str, full: str) -> Case:
    """Both texts give the same series, and the same values for them; NaN is the same as NaN."""
    alike = "count(minimal == full or (minimal != minimal and full != full)) or vector(0)"
    counts = "(count(minimal) or vector(0)) == bool (count(full) or vector(0))"
    test = {
        "interval": "1m",
        "input_series": [{"series": series, "values": f"{value}x3"} for series, value in SAMPLES.items()],
        "promql_expr_test": [
            holds(f"({alike}) == bool (count(minimal) or vector(0))", "2m"),
            holds(counts, "2m"),
        ],
    }
    return Case(f"{number}: {minimal} is {full}", _recordings({"minimal": minimal, "full": full}), test)


def test_the_fewest_parentheses_mean_to_prometheus_what_all_of_them_do(tmp_path: Path) -> None:
    trees = [one for one in drawn(_simple(), 300) if _large(one)]
    cases = [_agreement(number, to_promql(one), explicit(one)) for number, one in enumerate(trees)]

    faults = run(cases, tmp_path)

    assert len(faults) > 100
    assert {name: fault for name, fault in faults.items() if fault} == {}


def test_a_text_that_lost_its_parentheses_would_be_noticed(tmp_path: Path) -> None:
    faults = run([_agreement(0, "a + b * c", "(a + b) * on () group_left () c"), _agreement(1, "a", "a > 0")], tmp_path)

    assert all(faults.values())


def _plain(tree: Expr) -> bool:
    """Whether Prometheus 2 can say all its names too."""
    names = [one.name for one in selects(tree) if one.name]
    return all(map(PLAIN_NAME.fullmatch, names)) and all(map(PLAIN_LABEL.fullmatch, _labels(tree)))


def _labels(tree: Expr) -> Iterator[str]:
    for node in walk(tree):
        match node:
            case Select(match=match):
                yield from (one.label for one in match)
            case Aggregate(by=by):
                yield from by
            case Binary(matching=Matching(labels, include=include)):
                yield from (*labels, *include)


def test_prometheus_takes_every_tree_that_the_laws_are_tested_on(tmp_path: Path) -> None:
    trees = [one for one in drawn(vectors(2) | scalars(2), 300) if _plain(one)]
    texts = {f"r{number}": to_promql(one) for number, one in enumerate(trees)}

    assert len(texts) > 50
    assert check(_recordings(texts), tmp_path) == ""


def test_prometheus_and_the_door_refuse_the_same_signs(tmp_path: Path) -> None:
    texts = list(dict.fromkeys(place.format(sign) for place in PLACES for sign in SIGNS))

    told = check(_recordings({f"r{number}": text for number, text in enumerate(texts)}), tmp_path)

    refused = {texts[int(number)] for number in re.findall(r'"r(\d+)": could not parse', told)}
    assert refused == {text for text in texts if not _parses(text)}
    assert 50 < len(refused) < len(texts) - 50


def _parses(text: str) -> bool:
    try:
        parse(text)
    except NotPromQL:
        return False
    return True
