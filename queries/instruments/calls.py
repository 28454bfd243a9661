"""A call, measured: how many there are, how long each takes, how many are under way, and how they end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import nullcontext
from time import perf_counter
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from queries.instruments.accepted import Exemplar
from queries.instruments.sites import Site
from queries.instruments.wrapping import relaying, wrapped

P = ParamSpec("P")
R = TypeVar("R")
Item = TypeVar("Item")


class Call:
    """One call: `with` or `async with`, again if need be, or a decorator of a function of any kind."""

    __slots__ = ("_began", "_exemplar", "_outcome", "_outer", "_site")

    def __init__(self, site: Site, exemplar: Exemplar | None = None) -> None:
        self._site = site
        self._exemplar = exemplar
        self._began = 0.0
        self._outcome = ""
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
        self._site.begin()
        self._began = perf_counter()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        took = perf_counter() - self._began
        outcome = self._outcome
        self._began, self._outcome = self._outer.pop() if self._outer else (0.0, "")
        self._site.end(took, outcome, error, self._exemplar)

    def _again(self) -> None:
        """It is under way and begins once more: its times add up rightly, though nobody can say whose is which."""
        self._site.fault(RuntimeError("this call is under way: ask for one each, or take call.anew()"))
        self._outer = [*(self._outer or ()), (self._began, self._outcome)]
        self._outcome = ""

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, at)

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """The function, each of its calls measured; a generator's call lasts until it is used up or thrown away."""
        return wrapped(function, self._site, self._exemplar, self.anew)


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
        return relaying(lambda: pieces, nullcontext, self.first_token)()
