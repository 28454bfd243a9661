"""Which rules are asked about an expression, and in which order they answer."""

from typing import Any, get_args

import pytest

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.judge import Judge
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.settings import Settings
from cli.lint.spot import Spot
from cli.lint.subject import Reader
from queries.catalog import Catalogs
from queries.expr import Call, Select
from queries.known import Known


class _Nowhere:
    """A document that no rule here looks at."""


def _asked(text: str, reader: Reader = "panel") -> Asked:
    return Asked(text, Spot(_Nowhere(), (), ""), reader, Catalogs(), Settings())  # type: ignore[arg-type]


def _whole(_: Asked) -> Faults:
    yield Fault("the whole")


def _node(known: Known, _: Asked) -> Faults:
    yield Fault(type(known.node).__name__)


def _rule(**said: Any) -> Rule:
    kept: dict[str, Any] = {"severity": Severity.INFO, "why": "", "wrong": Example("a"), "right": Example("b")}
    return Rule(id="SHOP1", title="", **(kept | said))


def _said(rule: Rule, asked: Asked) -> list[str]:
    return [fault.message for _, _, fault in Judge([rule]).judged([asked])]


@pytest.mark.parametrize("reader", get_args(Reader))
@pytest.mark.parametrize(("text", "broken"), [("up", False), ("up(", True)])
def test_a_rule_about_some_readers_is_asked_about_theirs_only(reader: Reader, text: str, broken: bool) -> None:  # noqa: FBT001 - a parameter of the test
    asked = _asked(text, reader)
    assert _said(_rule(of_query=_whole, even_if_broken=broken), asked) == ["the whole"]
    mine = _rule(of_query=_whole, even_if_broken=broken, readers=("alert", "variable"))
    assert bool(_said(mine, asked)) == (reader in ("alert", "variable"))


def test_a_rule_about_functions_meets_those_calls_and_a_rule_about_calls_meets_all() -> None:
    asked = _asked("abs(rate(up[5m])) + ceil(up)")
    assert len(_said(_rule(of_node=_node, nodes=("rate", "ceil")), asked)) == 2
    assert _said(_rule(of_node=_node, nodes=(Call,)), asked) == ["Call"] * 3
    assert _said(_rule(of_node=_node, nodes=(Call, "rate")), asked) == ["Call"] * 4


def test_nodes_are_judged_in_the_order_of_the_text_and_the_whole_after_them() -> None:
    rule = _rule(of_node=_node, of_query=_whole, nodes=(Select, Call))
    assert _said(rule, _asked("up + abs(down)")) == ["Select", "Call", "Select", "the whole"]


def test_a_rule_about_the_whole_is_asked_where_one_of_its_nodes_stands() -> None:
    mine = _rule(of_query=_whole, nodes=(Call, "rate"))
    assert _said(mine, _asked("sum(rate(up[5m]))")) == ["the whole"]
    assert _said(mine, _asked("abs(up)")) == ["the whole"]
    assert _said(mine, _asked("sum(up)")) == []
    assert _said(_rule(of_query=_whole, nodes=("rate",)), _asked("abs(up)")) == []
    # with a function of its own for nodes, `nodes` says nothing of the whole
    assert _said(_rule(of_query=_whole, of_node=_node, nodes=("rate",)), _asked("up")) == ["the whole"]


def test_of_many_each_expression_is_told_by_itself_in_their_order() -> None:
    rules = [_rule(of_query=_whole), _rule(of_node=_node, nodes=(Select, Call))]
    batch = [_asked("abs(up)", "alert"), _asked("up("), _asked("down")]
    said = [(asked.text, fault.message) for asked, _, fault in Judge(rules).judged(batch)]
    assert said == [
        *(("abs(up)", one) for one in ("Call", "Select", "the whole")),
        *(("down", one) for one in ("Select", "the whole")),
    ]


def test_above_what_has_no_series_only_those_are_asked_who_look_at_it_all_the_same() -> None:
    asked = _asked('abs(up{job="a", job="b"})')
    assert _said(_rule(of_node=_node, nodes=(Call,)), asked) == []
    assert _said(_rule(of_node=_node, nodes=(Call,), even_if_empty=True), asked) == ["Call"]
    # what is empty itself is not above it
    assert _said(_rule(of_node=_node, nodes=(Select,)), asked) == ["Select"]
