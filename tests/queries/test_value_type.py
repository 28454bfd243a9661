"""A tree knows what PromQL calls its value: a scalar, a string, a vector or a matrix."""

import pytest

from queries.parse import parse
from queries.value_type import type_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1", "scalar"),
        ("time() * 2", "scalar"),
        ("-time()", "scalar"),
        ("scalar(x)", "scalar"),
        ('"s"', "string"),
        ("x[5m]", "matrix"),
        ("x[1h:]", "matrix"),
        ("x", "vector"),
        ("1 + x", "vector"),
        ("sum(x)", "vector"),
        ("-$__range_s * 1", "?"),
        ("1 + $__range_s", "?"),
    ],
)
def test_a_tree_knows_what_promql_calls_it(text: str, kind: str) -> None:
    assert type_of(parse(text)) == kind
