"""Calls: how many, how long, how many under way, how they end; sync, async, streamed."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager, nullcontext
from inspect import isasyncgenfunction
from typing import cast

import pytest

from queries import Mistake
from queries.instrument import Instruments
from tests.instrument import shop
from tests.instrument.shop import value


def ended(inst: Instruments, status: str) -> float | None:
    return value(inst, "shop_orders_total", shop="a", status=status)


def test_a_call_is_counted_timed_and_under_way(inst: Instruments) -> None:
    with inst.call(count=shop.ORDERS, duration=shop.TIME, in_flight=shop.OPEN, shop="a"):
        assert value(inst, "shop_orders_open") == 1
        assert ended(inst, "success") is None

    assert value(inst, "shop_orders_open") == 0
    assert (ended(inst, "success"), ended(inst, "error")) == (1, 0)
    assert value(inst, "shop_order_seconds_count", shop="a") == 1


def test_an_exception_is_an_error_and_goes_on(inst: Instruments) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        inst.call(count=shop.ORDERS, duration=shop.TIME, in_flight=shop.OPEN, shop="a"),
    ):
        _ = 1 / 0

    assert (ended(inst, "success"), ended(inst, "error")) == (0, 1)
    assert value(inst, "shop_orders_open") == 0
    assert value(inst, "shop_order_seconds_count", shop="a") == 1


def test_a_call_can_say_how_it_ended(inst: Instruments) -> None:
    with inst.call(count=shop.ORDERS, shop="a") as call:
        call.outcome("error")

    assert (ended(inst, "success"), ended(inst, "error")) == (0, 1)


def test_the_words_of_an_outcome_can_be_others(inst: Instruments) -> None:
    with inst.call(count=shop.VISITS, outcome="kind", words=("new", "again", "again")):
        pass

    assert value(inst, "shop_visits_total", kind="new") == 1


def test_a_word_that_the_label_does_not_know_is_a_mistake_at_once(inst: Instruments) -> None:
    with pytest.raises(Mistake, match="status is never fine") as raised:
        inst.call(count=shop.ORDERS, words=("fine", "error", "error"), shop="a")

    assert str(raised.value.where).partition(":")[0].endswith("test_calls.py")


def test_a_label_that_no_metric_bears_is_a_mistake_at_once(inst: Instruments) -> None:
    with pytest.raises(Mistake, match="no metric of this call bears 'store'"):
        inst.call(count=shop.ORDERS, duration=shop.TIME, store="a")


def test_a_function_is_measured_each_time(inst: Instruments) -> None:
    @inst.call(count=shop.ORDERS, shop="a")
    def order(number: int) -> int:
        """Order."""
        return number + 1

    assert [order(1), order(2)] == [2, 3]
    assert order.__doc__ == "Order."
    assert ended(inst, "success") == 2


def test_a_function_that_calls_itself_is_measured_as_often(inst: Instruments) -> None:
    @inst.call(count=shop.ORDERS, in_flight=shop.OPEN, shop="a")
    def order(number: int) -> float | None:
        return order(number - 1) if number else value(inst, "shop_orders_open")

    assert order(3) == 4
    assert value(inst, "shop_orders_open") == 0
    assert ended(inst, "success") == 4


def test_a_coroutine_is_measured_while_it_runs(inst: Instruments) -> None:
    @inst.call(count=shop.ORDERS, in_flight=shop.OPEN, shop="a")
    async def order() -> float | None:
        await asyncio.sleep(0)
        return value(inst, "shop_orders_open")

    async def three() -> list[float | None]:
        return list(await asyncio.gather(order(), order(), order()))

    assert max(one or 0 for one in asyncio.run(three())) == 3
    assert value(inst, "shop_orders_open") == 0
    assert ended(inst, "success") == 3


def test_a_caller_who_has_gone_is_no_success(inst: Instruments) -> None:
    async def cancelled() -> None:
        async def wait() -> None:
            async with inst.call(count=shop.ORDERS, in_flight=shop.OPEN, shop="a"):
                await asyncio.sleep(60)

        task = asyncio.create_task(wait())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())

    assert (ended(inst, "success"), ended(inst, "error")) == (0, 1)
    assert value(inst, "shop_orders_open") == 0


def test_a_generator_is_under_way_until_it_is_used_up(inst: Instruments) -> None:
    @inst.call(count=shop.ORDERS, in_flight=shop.OPEN, shop="a")
    def pieces() -> Iterator[int]:
        yield from range(3)

    whole = pieces()
    assert next(whole) == 0
    assert value(inst, "shop_orders_open") == 1
    assert list(whole) == [1, 2]
    assert value(inst, "shop_orders_open") == 0
    assert ended(inst, "success") == 1


def test_an_asynchronous_generator_likewise(inst: Instruments) -> None:
    @inst.call(count=shop.ORDERS, in_flight=shop.OPEN, shop="a")
    async def pieces() -> AsyncIterator[int]:
        for one in range(3):
            yield one

    async def read() -> list[int]:
        return [one async for one in pieces()]

    assert asyncio.run(read()) == [0, 1, 2]
    assert ended(inst, "success") == 1


def test_a_dependency_that_yields_hears_of_its_handler(inst: Instruments) -> None:
    heard: list[str] = []

    @inst.call(count=shop.ORDERS, shop="a")
    async def session() -> AsyncGenerator[int, str]:
        try:
            heard.append((yield 1))
            yield 2
        except ValueError:
            heard.append("rolled back")
            raise
        finally:
            heard.append("closed")

    async def used() -> None:
        with pytest.raises(ValueError, match="mine"):
            async with asynccontextmanager(session)():
                raise ValueError("mine")
        assert heard == ["rolled back", "closed"]
        two = session()
        assert (await anext(two), await two.asend("sent")) == (1, 2)
        await two.aclose()
        assert heard[2:] == ["sent", "closed"]

    assert isasyncgenfunction(session)
    asyncio.run(used())
    assert ended(inst, "error") == 2


def test_a_stream_that_is_left_closes_what_it_reads(inst: Instruments) -> None:
    closed: list[int] = []

    async def said() -> AsyncIterator[int]:
        try:
            yield 1
        finally:
            closed.append(1)

    async def left() -> list[int]:
        with inst.llm_call(first_token=shop.FIRST, model="m") as call:
            stream = call.astream(said())
            await anext(stream)
            await cast("AsyncGenerator[int]", stream).aclose()
        return list(closed)

    assert asyncio.run(left()) == [1]


def test_a_call_that_is_used_again_begins_anew(inst: Instruments) -> None:
    call = inst.llm_call(count=shop.ORDERS, first_token=shop.FIRST, shop="a", model="m")
    with call:
        call.outcome("error")
        call.first_token()
    with call:
        call.first_token()

    assert (ended(inst, "success"), ended(inst, "error")) == (1, 1)
    assert value(inst, "shop_first_token_seconds_count", model="m") == 2


def test_a_call_that_is_under_way_cannot_begin_again(inst: Instruments, calm: Instruments) -> None:
    for on in (inst, calm):
        call = on.call(count=shop.ORDERS, duration=shop.TIME, in_flight=shop.OPEN, shop="a")
        with call, pytest.raises(RuntimeError, match="under way") if on is inst else nullcontext(), call:
            pass

        assert value(on, "shop_orders_open") == 0

    assert ended(inst, "success") == 1
    assert ended(calm, "success") == 2
    assert value(calm, "instrument_refused_total", metric="shop_orders_total", why="amount") == 1


def test_an_object_that_is_awaited_is_measured_while_it_runs(inst: Instruments) -> None:
    class Order:
        async def __call__(self) -> float | None:
            await asyncio.sleep(0)
            return value(inst, "shop_orders_open")

    assert asyncio.run(inst.call(in_flight=shop.OPEN)(Order())()) == 1


def test_the_duration_bears_an_exemplar(inst: Instruments) -> None:
    with inst.call(duration=shop.TIME, exemplar=lambda: {"trace_id": "abc"}, shop="a"):
        pass

    assert b'trace_id="abc"' in inst.exposition("application/openmetrics-text")[0]


def test_a_model_reads_writes_and_begins_to_speak(inst: Instruments) -> None:
    with inst.llm_call(tokens=shop.READ, first_token=shop.FIRST, model="m") as call:
        assert list(call.stream(iter("ab"))) == ["a", "b"]
        call.tokens(input=10, output=2)

    assert value(inst, "shop_tokens_total", model="m", token_type="input") == 10  # noqa: S106 - no password
    assert value(inst, "shop_tokens_total", model="m", token_type="output") == 2  # noqa: S106 - no password
    assert value(inst, "shop_first_token_seconds_count", model="m") == 1


def test_an_asynchronous_stream_speaks_once_too(inst: Instruments) -> None:
    async def said() -> AsyncIterator[str]:
        for one in "ab":
            yield one

    async def read() -> None:
        with inst.llm_call(first_token=shop.FIRST, model="m") as call:
            assert [one async for one in call.astream(said())] == ["a", "b"]

    asyncio.run(read())

    assert value(inst, "shop_first_token_seconds_count", model="m") == 1


def test_tokens_need_a_label_for_their_direction(inst: Instruments) -> None:
    with pytest.raises(Mistake, match="input"):
        inst.llm_call(tokens=shop.VISITS)


def test_the_mean_of_the_recent_scores_is_set(inst: Instruments) -> None:
    score = inst.mean_of_recent(shop.SCORE, recent=2)
    score.observe()
    assert value(inst, "shop_score_ratio") is None

    score.observe(0.1, 0.4, 0.8)

    assert value(inst, "shop_score_ratio") == pytest.approx(0.6)
