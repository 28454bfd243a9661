"""A call, measured: how many there are, how long each takes, how many are under way, and how they end.

What is the same for all calls of a place is looked up once (`Site`); a call itself is four numbers changed.
"""

from __future__ import annotations

import functools
import inspect
from asyncio import CancelledError
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from time import perf_counter
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

from queries.instruments.accepted import Exemplar
from queries.instruments.collectors import Collector, ObservingCollector

P = ParamSpec("P")
R = TypeVar("R")
Item = TypeVar("Item")
#: A caller who has gone is nobody's error.
GONE = (CancelledError, GeneratorExit)


class Ends:
    """The counter of a site by how its calls end."""

    def __init__(self, of: Collector, label: str, labels: Mapping[str, str], words: tuple[str, str, str]) -> None:
        self._of, self._label, self._labels = of, label, labels
        self.fine, self.failed, self.cancelled = words
        self._children: dict[str, Any] = {}  # of its three words

    def count(self, outcome: str) -> None:
        """One more that ended so."""
        child = self._children.get(outcome) if isinstance(outcome, str) else None
        if child is None:
            labels = {**self._labels, self._label: outcome} if self._label else self._labels
            if (child := self._of.child(labels)) is None:
                return
            if outcome in (self.fine, self.failed, self.cancelled):
                self._children[outcome] = child
        child.inc()


class Site:
    """A place that makes calls: its collectors with their labels; each may be missing.

    Args:
        ends: its counter.
        duration: the child that times are told to; `timed` is its collector, which knows what an exemplar may be.
        in_flight: the child that goes up and down.
        fault: takes what was raised while it was counted; raises it itself only where somebody tests.
    """

    __slots__ = ("duration", "ends", "fault", "first_token", "in_flight", "timed", "tokens_in", "tokens_out")

    def __init__(
        self,
        ends: Ends | None,
        duration: Any,
        in_flight: Any,
        timed: ObservingCollector | None,
        fault: Callable[[Exception], None],
    ) -> None:
        self.ends, self.duration, self.in_flight, self.timed, self.fault = ends, duration, in_flight, timed, fault
        self.first_token: Any = None
        self.tokens_in: Callable[[float], None] | None = None
        self.tokens_out: Callable[[float], None] | None = None


class Call:
    """One call: `with` or `async with`, again if need be, or a decorator of a function of any kind."""

    __slots__ = ("_began", "_exemplar", "_outcome", "_outer", "_site")

    def __init__(self, site: Site, exemplar: Exemplar | None = None) -> None:
        self._site, self._exemplar, self._began, self._outcome = site, exemplar, 0.0, ""
        self._outer: list[tuple[float, str]] | None = None

    def anew(self) -> Self:
        """Another call of the same place; cheaper than asking for it again."""
        return type(self)(self._site, self._exemplar)

    def outcome(self, said: str) -> None:
        """How it ended, where neither the end nor an exception says it: "4xx"."""
        self._outcome = said

    def __enter__(self) -> Self:
        if self._began:
            self._again()
        if self._site.in_flight is not None:
            self._site.in_flight.inc()
        self._began = perf_counter()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        took = perf_counter() - self._began
        outcome = self._outcome
        self._began, self._outcome = 0.0, ""
        if self._outer:
            self._began, self._outcome = self._outer.pop()
        site = self._site
        try:
            if site.in_flight is not None:
                site.in_flight.dec()
            if site.duration is not None:
                if self._exemplar is None:
                    site.duration.observe(took)
                elif site.timed is not None:
                    site.timed.witness(site.duration, took, self._exemplar)
            if (ends := site.ends) is not None:
                if kind is None:
                    ends.count(outcome or ends.fine)
                else:
                    ends.count(outcome or (ends.cancelled if issubclass(kind, GONE) else ends.failed))
        except Exception as wrong:  # noqa: BLE001 - what the call did is its answer, not how it was counted
            self._uncounted(wrong, error)

    def _again(self) -> None:
        """It is under way and begins once more: its times add up rightly, though nobody can say whose is which."""
        self._site.fault(RuntimeError("this call is under way: ask for one each, or take call.anew()"))
        self._outer = [*(self._outer or ()), (self._began, self._outcome)]
        self._outcome = ""

    def _uncounted(self, wrong: Exception, error: BaseException | None) -> None:
        try:
            self._site.fault(wrong)
        except Exception as refused:
            if error is None:
                raise
            error.add_note(f"and it could not be counted: {refused}")

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, at)

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """The function, each of its calls measured; a generator's call lasts until it is used up or thrown away."""
        untyped: Any = function
        return cast("Callable[P, R]", _wrapper(untyped, self))


class LlmCall(Call):
    """A call of a language model: also what it read and wrote, and when it began to speak."""

    __slots__ = ("_spoke",)

    def __init__(self, site: Site, exemplar: Exemplar | None = None) -> None:
        super().__init__(site, exemplar)
        self._spoke = False

    def __enter__(self) -> Self:
        self._spoke = False
        return super().__enter__()

    def first_token(self) -> None:
        """The model begins to speak; only the first time counts."""
        if not self._spoke:
            self._spoke = True
            if self._site.first_token is not None:
                self._site.first_token.observe(perf_counter() - self._began)

    def tokens(self, input: float = 0, output: float = 0) -> None:  # noqa: A002 - the field's own word
        """It has read and written so many more."""
        if self._site.tokens_in is not None:
            self._site.tokens_in(input)
        if self._site.tokens_out is not None:
            self._site.tokens_out(output)

    def stream(self, pieces: Iterator[Item]) -> Iterator[Item]:
        """The pieces of an answer as they come; the first is the first token."""
        for piece in pieces:
            self.first_token()
            yield piece

    def astream(self, pieces: AsyncIterator[Item]) -> AsyncIterator[Item]:
        """Likewise, of an asynchronous stream."""
        return _relaying(lambda: pieces, nullcontext, self.first_token)()


def _relaying(
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


def _wrapper(function: Callable[..., Any], call: Call) -> Callable[..., Any]:
    def is_a(kind: Callable[[Any], bool]) -> bool:
        """Of an object that can be called, how its class does that decides."""
        return kind(function) or kind(type(function).__call__)

    if is_a(inspect.iscoroutinefunction):

        @functools.wraps(function)
        async def awaited(*args: Any, **more: Any) -> Any:
            with call.anew():
                return await function(*args, **more)

        return awaited
    if is_a(inspect.isasyncgenfunction):
        return functools.wraps(function)(_relaying(function, call.anew, lambda: None))
    if is_a(inspect.isgeneratorfunction):

        @functools.wraps(function)
        def generated(*args: Any, **more: Any) -> Generator[Any, Any, Any]:
            with call.anew():
                return (yield from function(*args, **more))

        return generated

    @functools.wraps(function)
    def called(*args: Any, **more: Any) -> Any:
        with call.anew():
            return function(*args, **more)

    return called
