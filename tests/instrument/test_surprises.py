"""Whatever is counted: a service goes on, its page can be read, and what was refused is counted."""

import gc
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from queries import Mistake
from queries.instrument import Instruments, Refused
from tests.instrument import shop
from tests.instrument.shop import page, value

NONE: list[Any] = [None, "x", "5", b"5", [], 10**400, 10**5000, 1 + 2j, object()]


class Silent:
    """It cannot say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


def refused(inst: Instruments, metric: str, why: str) -> float | None:
    return value(inst, "instrument_refused_total", metric=metric, why=why)


@pytest.mark.parametrize("amount", NONE, ids=lambda one: type(one).__name__)
def test_what_is_no_number_is_refused_and_counted(amount: Any, inst: Instruments, calm: Instruments) -> None:
    each_way: tuple[Callable[[Instruments], None], ...] = (
        lambda on: on[shop.VISITS].inc(amount, kind="new"),
        lambda on: on[shop.OPEN].inc(amount),
        lambda on: on[shop.OPEN].dec(amount),
        lambda on: on[shop.SCORE].set(amount),
        lambda on: on[shop.LINES].observe(amount),
        lambda on: on[shop.SIZE].observe(amount),
        lambda on: on.mean_of_recent(shop.SCORE).observe(amount),
        lambda on: on.llm_call(tokens=shop.READ, model="m").tokens(input=amount),
    )
    for each in each_way:
        each(calm)
        with pytest.raises(Refused, match="nothing that a"):
            each(inst)

    names = ("shop_visits_total", "shop_orders_open", "shop_lines_total", "shop_order_size", "shop_tokens_total")
    assert [refused(calm, one, "amount") for one in names] == [1, 2, 1, 1, 1]
    assert refused(calm, "shop_score_ratio", "amount") == 2
    assert value(calm, "shop_score_ratio") is None


@pytest.mark.parametrize("amount", [float("inf"), -5, float("nan")])
def test_tokens_that_cannot_be_are_refused(amount: float, calm: Instruments) -> None:
    with calm.llm_call(tokens=shop.READ, model="m") as call:
        call.tokens(output=amount)

    assert refused(calm, "shop_tokens_total", "amount") == 1
    assert value(calm, "shop_tokens_total", model="m", token_type="output") == 0  # noqa: S106 - no password


def test_a_number_of_another_kind_is_one(inst: Instruments) -> None:
    inst[shop.VISITS].inc(Decimal(2), kind="new")  # type: ignore[arg-type] # what a database gives

    assert value(inst, "shop_visits_total", kind="new") == 2


def test_of_what_does_not_add_up_there_is_no_more(inst: Instruments, calm: Instruments) -> None:
    calm[shop.SCORE].inc()
    with pytest.raises(Refused):
        inst[shop.SCORE].dec(0.1)
    with pytest.raises(Mistake, match="shop_score_ratio does not add up"):
        inst.call(in_flight=shop.SCORE)

    assert refused(calm, "shop_score_ratio", "amount") == 1


def test_a_mean_forgets_what_was_no_number(calm: Instruments) -> None:
    score = calm.mean_of_recent(shop.SCORE)

    score.observe(0.2, float("nan"), 0.4, float("inf"))

    assert value(calm, "shop_score_ratio") == pytest.approx(0.3)
    assert refused(calm, "shop_score_ratio", "amount") == 2


def test_a_lone_surrogate_does_not_break_the_page(inst: Instruments) -> None:
    inst[shop.ORDERS].inc(shop="\ud800", status="success")
    inst[shop.TIME].observe(1, shop="\udcff")

    assert value(inst, "shop_orders_total", shop="?", status="success") == 1
    assert b"# EOF" in inst.exposition("application/openmetrics-text")[0]


@pytest.mark.parametrize("place", [Silent(), [], {}])
def test_a_label_that_is_no_text_is_refused_and_counted(place: Any, inst: Instruments, calm: Instruments) -> None:
    calm[shop.ORDERS].inc(shop=place, status="success")
    with calm.call(count=shop.ORDERS, shop=place) as call:
        call.outcome(place)
    with pytest.raises(Refused, match="is no text"):
        inst[shop.ORDERS].inc(shop=place, status="success")

    assert refused(calm, "shop_orders_total", "labels") == 2


def test_equal_labels_of_other_types_are_others(calm: Instruments) -> None:
    for one in (1, True):
        with calm.call(count=shop.ORDERS, shop=one):  # type: ignore[arg-type] # as people write it
            pass

    assert [value(calm, "shop_orders_total", shop=one, status="success") for one in ("1", "True")] == [1, 1]


def test_a_surprise_is_counted_each_time_and_kept_never(calm: Instruments) -> None:
    gc.collect()
    before = len(gc.get_objects())
    for number in range(500):
        calm[shop.VISITS].inc(kind=f"inc {number}")
        with calm.call(count=shop.VISITS, outcome="", kind=f"call {number}"):
            pass
        with calm.call(count=shop.ORDERS, duration=shop.TIME, exemplar=lambda: {"id": "x"}, shop="a") as call:
            call.outcome(f"outcome {number}")
    gc.collect()

    assert refused(calm, "shop_visits_total", "value") == 1000
    assert refused(calm, "shop_orders_total", "value") == 500
    assert len(gc.get_objects()) - before < 400


@pytest.mark.parametrize(
    "exemplar",
    [lambda: 1 / 0, lambda: {"id": "x" * 200}, lambda: {"id": 5}, lambda: {"a-b": "1"}, lambda: {"id": "\udcff"}],
)
def test_a_wrong_exemplar_is_refused_and_the_call_is_counted(
    exemplar: Any, inst: Instruments, calm: Instruments
) -> None:
    with calm.call(count=shop.ORDERS, duration=shop.TIME, in_flight=shop.OPEN, exemplar=exemplar, shop="a"):
        pass
    with pytest.raises(Refused), inst.call(duration=shop.TIME, exemplar=exemplar, shop="a"):
        pass

    assert refused(calm, "shop_order_seconds", "labels") == 1
    assert value(calm, "shop_order_seconds_count", shop="a") == 1
    assert value(calm, "shop_orders_total", shop="a", status="success") == 1
    assert value(calm, "shop_orders_open") == 0
    assert b"# EOF" in calm.exposition("application/openmetrics-text")[0]


def test_a_summary_has_no_place_for_an_exemplar(calm: Instruments) -> None:
    with calm.call(duration=shop.SIZE, exemplar=lambda: {"id": "x"}):
        pass

    assert refused(calm, "shop_order_size", "labels") == 1
    assert value(calm, "shop_order_size_count") == 1


def test_what_cannot_be_counted_hides_no_answer(
    inst: Instruments, calm: Instruments, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        with inst.call(count=shop.ORDERS, shop="a") as call:
            call.outcome("surprise")
            raise ValueError("mine")

    with pytest.raises(ValueError, match="mine") as raised:
        fails()
    assert "surprise" in raised.value.__notes__[0]

    full = calm.call(count=shop.ORDERS, shop="a")
    monkeypatch.setattr(calm[shop.ORDERS], "_made", lambda _: 1 / 0)
    with full:
        pass
    assert refused(calm, "shop_orders_total", "labels") == 1
    assert page(calm)
