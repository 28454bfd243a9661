"""A function whose calls are measured: one that answers, is awaited, or yields."""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator
from contextlib import AbstractContextManager
from time import perf_counter
from typing import Any, TypeVar

from queries.instruments.accepted import Exemplar
from queries.instruments.sites import Site

Item = TypeVar("Item")


def relaying(
    begin: Callable[..., AsyncIterator[Item]],
    within: Callable[[], AbstractContextManager[Any]],
    each: Callable[[], Any],
) -> Callable[..., AsyncGenerator[Item, Any]]:
    """The `yield from` that asynchronous generators lack: what is sent, thrown and closed reaches the inner one.

    FastAPI throws a handler's exception into the dependency that yielded, which rolls back only if it hears of it.
    """

    async def relayed(*args: Any, **more: Any) -> AsyncGenerator[Item, Any]:
        with within():
            inner: Any = aiter(begin(*args, **more))
            try:
                piece = await anext(inner)
                while True:
                    each()
                    try:
                        said = yield piece
                    except GeneratorExit:
                        raise
                    except BaseException as error:
                        if not hasattr(inner, "athrow"):
                            raise
                        piece = await inner.athrow(error)
                    else:
                        piece = await (anext(inner) if said is None else inner.asend(said))
            except StopAsyncIteration:
                return
            finally:
                if hasattr(inner, "aclose"):
                    await inner.aclose()

    return relayed


def wrapped(
    function: Callable[..., Any],
    site: Site,
    exemplar: Exemplar | None,
    anew: Callable[[], AbstractContextManager[Any]],
) -> Callable[..., Any]:
    """It, each of its calls measured; what yields is under way until it is used up or thrown away.

    What answers or is awaited spares the object that `with` would need: it is an eighth of what a call costs.

    Args:
        function: of any kind.
        site: where its calls are counted.
        exemplar: makes that of a duration.
        anew: one more call.
    """

    def is_a(kind: Callable[[Any], bool]) -> bool:
        """Of an object that can be called, how its class does that decides."""
        return kind(function) or kind(type(function).__call__)

    if is_a(inspect.iscoroutinefunction):

        @functools.wraps(function)
        async def awaited(*args: Any, **more: Any) -> Any:
            site.begin()
            began = perf_counter()
            try:
                answer = await function(*args, **more)
            except BaseException as error:
                site.end(perf_counter() - began, "", error, exemplar)
                raise
            site.end(perf_counter() - began, "", None, exemplar)
            return answer

        return awaited
    if is_a(inspect.isasyncgenfunction):
        return functools.wraps(function)(relaying(function, anew, lambda: None))
    if is_a(inspect.isgeneratorfunction):

        @functools.wraps(function)
        def generated(*args: Any, **more: Any) -> Generator[Any, Any, Any]:
            with anew():
                return (yield from function(*args, **more))

        return generated

    @functools.wraps(function)
    def called(*args: Any, **more: Any) -> Any:
        site.begin()
        began = perf_counter()
        try:
            answer = function(*args, **more)
        except BaseException as error:
            site.end(perf_counter() - began, "", error, exemplar)
            raise
        site.end(perf_counter() - began, "", None, exemplar)
        return answer

    return called
