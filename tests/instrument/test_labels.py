"""Labels of any name: also of those that are options where a call is measured."""

from typing import Any

import pytest

from queries import REQUESTS, SECONDS, Counter, Gauge, Histogram, Mistake, label
from queries.instrument import Instruments
from tests.instrument import shop
from tests.instrument.shop import value

OPTIONS = ("count", "duration", "in_flight", "outcome", "words", "exemplar", "labels", "tokens", "first_token", "model")
EACH = tuple(f"{one}s" for one in OPTIONS)


def test_a_label_may_be_called_as_any_option_is() -> None:
    odd = Counter("odd_total", "Odd.", REQUESTS, (*OPTIONS, label("status", "success", "error")))
    lasts = Histogram("odd_seconds", "How long.", SECONDS, OPTIONS, buckets=(1, 10))
    inst = Instruments(odd, lasts, strict=True)
    labels = dict(zip(OPTIONS, EACH, strict=True))

    for call in (inst.call(count=odd, duration=lasts, labels=labels), inst.llm_call(count=odd, labels=labels)):
        with call:
            pass
    inst[odd].inc(status="success", **labels)

    assert value(inst, "odd_total", status="success", **labels) == 3
    assert value(inst, "odd_seconds_count", **labels) == 1


def test_labels_are_said_as_keywords_and_in_a_mapping(inst: Instruments) -> None:
    for call in (inst.call(count=shop.ORDERS, labels={"shop": "a"}), inst.call(count=shop.ORDERS, shop="a")):
        with call:
            pass

    assert value(inst, "shop_orders_total", shop="a", status="success") == 2


def test_a_mean_has_labels_of_any_name() -> None:
    score = Gauge("odd_score", "Score.", REQUESTS, ("gauge", "recent"))
    inst = Instruments(score, strict=True)

    inst.mean_of_recent(score, labels={"gauge": "a", "recent": "b"}).observe(2)

    assert value(inst, "odd_score", gauge="a", recent="b") == 2


def test_a_label_called_exemplar_is_one() -> None:
    lasts = Histogram("odd_seconds", "How long.", SECONDS, ("exemplar",), buckets=(1, 10))
    inst = Instruments(lasts, strict=True)

    inst[lasts].observe(2, exemplar="a")

    assert value(inst, "odd_seconds_count", exemplar="a") == 1


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (
            {"duration": "long"},
            r"duration='long' is no metric \(a label that is called so: labels={'duration': 'long'}",
        ),
        ({"in_flight": "x"}, "labels={'in_flight': 'x'}"),
        ({"outcome": "success"}, "outcome='success' is no label of shop_orders_total"),
        ({"words": "two words"}, "labels={'words': 'two words'}"),
        ({"words": ["fine", "bad", "bad"]}, "words=.* is no tuple of three words"),
        ({"exemplar": "x"}, "labels={'exemplar': 'x'}"),
        ({"labels": "x"}, "labels='x' is no mapping"),
        ({"labels": {"shop": "b"}}, "the label 'shop' is said twice"),
    ],
)
def test_an_option_that_is_meant_as_a_label_says_what_to_type(
    said: dict[str, Any], what: str, inst: Instruments
) -> None:
    for call in (inst.call, inst.llm_call):
        with pytest.raises(Mistake, match=what) as raised:
            call(**{"count": shop.ORDERS, "shop": "a", **said})

        assert str(raised.value.where).partition(":")[0].endswith("test_labels.py")


def test_an_outcome_that_nobody_bears_is_no_place_to_lose_it(inst: Instruments) -> None:
    with inst.call(count=shop.VISITS, outcome="", kind="new"), inst.call(duration=shop.TIME, outcome="any", shop="a"):
        pass

    assert value(inst, "shop_visits_total", kind="new") == 1
