"""A function of any kind, measured each time: how its calls end, and what was wrong with counting them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from queries.instrument import Instruments, Refused
from tests.instrument import shop
from tests.instrument.shop import value


def counted(inst: Instruments) -> tuple[float | None, ...]:
    """Well, failed, timed, and under way now."""
    return (
        *(value(inst, "shop_orders_total", shop="a", status=one) for one in ("success", "error")),
        value(inst, "shop_order_seconds_count", shop="a"),
        value(inst, "shop_orders_open"),
    )


def measured(inst: Instruments, function: Callable[..., Any]) -> Callable[..., Any]:
    return inst.call(count=shop.ORDERS, duration=shop.TIME, in_flight=shop.OPEN, shop="a")(function)


def test_an_exception_of_a_function_is_an_error_and_goes_on(inst: Instruments) -> None:
    def fails() -> None:
        assert value(inst, "shop_orders_open") == 1
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        measured(inst, fails)()

    assert counted(inst) == (0, 1, 1, 0)


def test_an_exception_of_a_coroutine_likewise(inst: Instruments) -> None:
    async def fails() -> None:
        await asyncio.sleep(0)
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        asyncio.run(measured(inst, fails)())

    assert counted(inst) == (0, 1, 1, 0)


def test_a_coroutine_that_is_cancelled_is_no_success(inst: Instruments) -> None:
    async def waits() -> None:
        await asyncio.sleep(60)

    async def cancelled(function: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.ensure_future(function())
        await asyncio.sleep(0)
        assert value(inst, "shop_orders_open") == 1
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled(measured(inst, waits)))

    assert counted(inst) == (0, 1, 1, 0)


def test_a_duration_bears_the_exemplar_of_each_call(inst: Instruments) -> None:
    ids = iter(("abc", "def"))
    order = inst.call(duration=shop.TIME, exemplar=lambda: {"trace_id": next(ids)}, shop="a")(lambda: None)
    order()
    order()

    assert b'trace_id="def"' in inst.exposition("application/openmetrics-text")[0]


def test_what_cannot_be_counted_is_a_note_beside_the_error_and_raised_where_there_is_none(inst: Instruments) -> None:
    """The first of a place is looked at: a label that the count wants is not there."""

    def ends(error: Exception | None) -> None:
        if error:
            raise error

    ends_somehow = inst.call(count=shop.ORDERS)(ends)

    with pytest.raises(ValueError, match="mine") as raised:
        ends_somehow(ValueError("mine"))
    assert "its labels are not" in raised.value.__notes__[0]
    with pytest.raises(Refused, match="its labels are not"):
        ends_somehow(None)


def test_in_production_it_is_refused_each_time_and_the_answer_is_the_function_s(calm: Instruments) -> None:
    answers = calm.call(count=shop.ORDERS)(lambda: 5)

    assert [answers(), answers()] == [5, 5]
    assert value(calm, "instrument_refused_total", metric="shop_orders_total", why="labels") == 2
