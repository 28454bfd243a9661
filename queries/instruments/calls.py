"""A call, measured: how many there are, how long each takes, how many are under way, and how they end.

What is the same for all calls of a place is looked up once (`Site`); a call itself is four numbers changed.
"""

from __future__ import annotations

import functools
import inspect
from asyncio import CancelledError
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping
from time import perf_counter
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

from queries.instruments.collectors import Collector

P = ParamSpec("P")
R = TypeVar("R")
Item = TypeVar("Item")
Exemplar = Callable[[], Mapping[str, str] | None]
#: A caller who has gone is nobody's error.
GONE = (CancelledError, GeneratorExit)


class Ends:
    """The counter of a site by how its calls end."""

    def __init__(self, of: Collector, label: str, labels: Mapping[str, str], words: tuple[str, str, str]) -> None:
        self._of, self._label, self._labels = of, label, labels
        self.fine, self.failed, self.cancelled = words
        self._children: dict[str, Any] = {}

    def count(self, outcome: str) -> None:
        """One more that ended so."""
        child = self._children.get(outcome)
        if child is None:
            labels = {**self._labels, self._label: outcome} if self._label else self._labels
            if (child := self._of.child(labels)) is None:
                return
            self._children[outcome] = child
        child.inc()


class Site:
    """A place that makes calls: its collectors with their labels; each may be missing."""

    __slots__ = ("duration", "ends", "exemplar", "first_token", "in_flight", "tokens_in", "tokens_out")

    def __init__(
        self,
        ends: Ends | None = None,
        duration: Any = None,
        in_flight: Any = None,
        exemplar: Exemplar | None = None,
    ) -> None:
        self.ends, self.duration, self.in_flight, self.exemplar = ends, duration, in_flight, exemplar
        self.first_token: Any = None
        self.tokens_in: Any = None
        self.tokens_out: Any = None


class Call:
    """One call: `with` or `async with`, or a decorator of a function of any kind."""

    __slots__ = ("_began", "_outcome", "_site")

    def __init__(self, site: Site) -> None:
        self._site, self._began, self._outcome = site, 0.0, ""

    def anew(self) -> Self:
        """Another call of the same place; cheaper than asking for it again."""
        return type(self)(self._site)

    def outcome(self, said: str) -> None:
        """How it ended, where neither the end nor an exception says it: "4xx"."""
        self._outcome = said

    def __enter__(self) -> Self:
        if self._site.in_flight is not None:
            self._site.in_flight.inc()
        self._began = perf_counter()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        took = perf_counter() - self._began
        site = self._site
        if site.in_flight is not None:
            site.in_flight.dec()
        if site.duration is not None:
            if site.exemplar is None:
                site.duration.observe(took)
            else:
                site.duration.observe(took, site.exemplar())
        if (ends := site.ends) is not None:
            if kind is None:
                ends.count(self._outcome or ends.fine)
            else:
                ends.count(self._outcome or (ends.cancelled if issubclass(kind, GONE) else ends.failed))

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

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._spoke = False

    def first_token(self) -> None:
        """The model begins to speak; only the first time counts."""
        if not self._spoke:
            self._spoke = True
            if self._site.first_token is not None:
                self._site.first_token.observe(perf_counter() - self._began)

    def tokens(self, input: float = 0, output: float = 0) -> None:  # noqa: A002 - the field's own word
        """It has read and written so many more."""
        if input > 0 and self._site.tokens_in is not None:
            self._site.tokens_in.inc(input)
        if output > 0 and self._site.tokens_out is not None:
            self._site.tokens_out.inc(output)

    def stream(self, pieces: Iterator[Item]) -> Iterator[Item]:
        """The pieces of an answer as they come; the first is the first token."""
        for piece in pieces:
            self.first_token()
            yield piece

    async def astream(self, pieces: AsyncIterator[Item]) -> AsyncIterator[Item]:
        """Likewise, of an asynchronous stream."""
        async for piece in pieces:
            self.first_token()
            yield piece


def _wrapper(function: Callable[..., Any], call: Call) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def awaited(*args: Any, **more: Any) -> Any:
            with call.anew():
                return await function(*args, **more)

        return awaited
    if inspect.isasyncgenfunction(function):

        @functools.wraps(function)
        async def streamed(*args: Any, **more: Any) -> AsyncIterator[Any]:
            with call.anew():
                async for one in function(*args, **more):
                    yield one

        return streamed
    if inspect.isgeneratorfunction(function):

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
