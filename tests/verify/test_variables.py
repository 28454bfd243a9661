"""The values of variables: those that the Prometheus has, chosen as Grafana chooses when a page is opened."""

from typing import Any

import pytest

from cli.lint.spot import Spot
from cli.lint.subject import PageVariable
from cli.verify.variables import chosen
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.verify.conftest import Say
from tests.verify.shop import page, variable

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]
NOWHERE: Any = None
ALL = {"includeAll": True, "multi": True, "current": {"value": ["$__all"]}}


def _asked(say: Say, expr: str, *variables: dict[str, Any], **panel: Any) -> list[str]:
    verdicts = say(page(expr, variables=variables, **panel))
    return [one["expr"] for one in verdicts if one["panel"]]


def _listed(kind: str, query: str, **json: Any) -> dict[str, Any]:
    return {"type": kind, "name": "x", "query": query, **json}


def test_all_is_every_value_with_its_signs_escaped(say: Say) -> None:
    assert _asked(say, 'shop_odd{name=~"$x"}', variable("x", "label_values(shop_odd, name)", **ALL)) == [
        'shop_odd{name=~"(a\\\\.b\\\\(c\\\\)|d\\\\|e)"}'
    ]


def test_a_regular_expression_with_every_value_finds_every_series(say: Say) -> None:
    found = say(page('shop_odd{name=~"$x"}', variables=(variable("x", "label_values(shop_odd, name)", **ALL),)))

    assert [(one["ref"], one["status"], one["series"]) for one in found] == [("$x", "ok", 2), ("A", "ok", 2)]


def test_a_later_variable_asks_for_the_values_of_an_earlier_one(say: Say) -> None:
    job = variable("job", "label_values(shop_queue, job)", **ALL)
    kind = variable("kind", 'label_values(shop_queue{job=~"$job"}, kind)', current={"value": "mail"})
    found = say(page('shop_queue{job=~"$job", kind="$kind"}', variables=(job, kind)))

    assert [one["expr"] for one in found] == [
        "label_values(shop_queue, job)",
        'label_values(shop_queue{job=~"shop"}, kind)',
        'shop_queue{job=~"shop", kind="mail"}',
    ]


def test_what_a_page_says_and_nobody_offers_gives_way_to_the_first(say: Say) -> None:
    kind = variable("kind", "label_values(shop_queue, kind)", current={"value": "fax"}, sort=2)

    assert _asked(say, 'shop_queue{kind="$kind"}', kind) == ['shop_queue{kind="mail"}']


def test_a_regular_expression_narrows_what_is_offered(say: Say) -> None:
    kind = variable("kind", "label_values(shop_queue, kind)", regex="/(?<value>ma)il/", **ALL)

    assert _asked(say, "$kind", kind) == ["ma"]


def test_query_results_names_and_metrics_are_offered_too(say: Say) -> None:
    result = variable("x", "query_result(shop_zero)", regex='/job="(.*)"/')
    names = variable("x", "label_names(shop_queue)", regex="/kind/")
    metrics = variable("x", "metrics(shop_que.*)")

    assert [_asked(say, "$x", one) for one in (result, names, metrics)] == [["shop"], ["kind"], ["shop_queue"]]


def test_a_variable_without_values_is_empty_and_its_query_too(say: Say) -> None:
    found = say(page('shop_queue{job=~"$x"}', variables=(variable("x", "label_values(shop_lost, job)"),)))

    assert [(one["ref"], one["status"]) for one in found] == [("$x", "empty"), ("A", "empty")]
    assert "it offers no value" in found[0]["why"]


def test_a_repeated_panel_is_asked_for_each_value(say: Say) -> None:
    kind = variable("kind", "label_values(shop_queue, kind)", **ALL)
    found = say(page('shop_queue{kind="$kind"}', variables=(kind,), repeat="kind"))

    assert [(one["panel"], one["expr"]) for one in found if one["panel"]] == [
        ("Panel 1 (call)", 'shop_queue{kind="call"}'),
        ("Panel 1 (mail)", 'shop_queue{kind="mail"}'),
    ]


@pytest.mark.parametrize(
    ("json", "written"),
    [
        (_listed("custom", "a,b : the b"), "a"),
        (_listed("custom", "one : a, two : b", current={"value": "b"}), "b"),
        (_listed("custom", "a\\,b,c"), "a,b"),
        (_listed("interval", "auto,5m,1h", current={"value": "1h"}), "1h"),
        (_listed("constant", "c.d"), "c.d"),
        (_listed("textbox", "typed", current={"value": "other"}), "other"),
    ],
)
def test_what_a_person_wrote_down_is_offered(say: Say, json: dict[str, Any], written: str) -> None:
    [found] = say(page('shop_queue{kind="$x"}', variables=(json,)))

    assert found["expr"] == f'shop_queue{{kind="{written}"}}'


def test_all_with_a_text_of_its_own_is_that_text() -> None:
    of = PageVariable(Spot(NOWHERE, (), ""), "x", "query", multi=True, all=True, all_value=".+")

    assert chosen(of, ["a", "b"]).written() == ".+"


def test_all_is_chosen_where_nothing_else_is_offered() -> None:
    of = PageVariable(Spot(NOWHERE, (), ""), "x", "query", multi=True, all=True, json={"current": {"value": ["gone"]}})

    assert chosen(of, ["a.", "b"]).written() == "(a\\\\.|b)"
