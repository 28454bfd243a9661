"""A number by its name, as a person types it: "ai_api.latency", or "ai_api.latency(0.95)"."""

# ruff: noqa: PTH119, PTH120 - paths are strings: a Path each takes half of the time

import ast
import inspect
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

from cli.compile.discover import Module
from cli.compile.importing import called, running
from cli.compile.place import near
from cli.compile.problem import said
from cli.errors import UsageError
from queries import Query

#: A module of this name holds numbers: public functions that return them.
NUMBERS = "numbers.py"
#: What a quantile's function is called with when nobody says which.
QUANTILES = (0.5, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Number:
    """A function of somebody's `numbers.py`."""

    name: str
    place: str
    signature: str
    about: str
    module: Module
    function: Callable[..., Any]

    def queries(self, arguments: str) -> tuple[Query, ...]:
        """The number itself; of one that wants a quantile and was told none, the usual three.

        Raises:
            UsageError: it cannot be called so.
        """
        if arguments:
            args, keywords = self._literals(arguments)
            return (self._called(*args, **keywords),)
        wanted = [one for one in inspect.signature(self.function).parameters.values() if one.default is one.empty]
        names = [one.name for one in wanted if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]
        if names == ["q"]:
            return tuple(self._called(q) for q in QUANTILES)
        if names:
            example = ", ".join(f"{name}=..." for name in names)
            raise UsageError(f"{self.name}{self.signature} wants to be told more", fix=f"'{self.name}({example})'")
        return (self._called(),)

    def _literals(self, arguments: str) -> tuple[list[Any], dict[str, Any]]:
        try:
            call = ast.parse(f"f({arguments})", mode="eval").body
            if not isinstance(call, ast.Call) or ast.unparse(call.func) != "f":
                raise ValueError(arguments)  # noqa: TRY301 - one way out for all
            keywords = {str(one.arg): ast.literal_eval(one.value) for one in call.keywords if one.arg}
            return [ast.literal_eval(one) for one in call.args], keywords
        except (SyntaxError, ValueError) as error:
            what = f"{self.name}({arguments}): only plain values can be said here"
            raise UsageError(what, fix=f"{self.name}{self.signature}") from error

    def _called(self, *args: Any, **keywords: Any) -> Query:
        try:
            with running(self.module, {}) as world:
                answer = called(partial(self.function, *args, **keywords), world)
        except Exception as error:
            what, _ = said(error)
            raise UsageError(f"{self.name}: {what}", fix=f"{self.name}{self.signature}") from error
        if not isinstance(answer, Query):
            raise UsageError(f"{self.name} is no number but a {type(answer).__name__}", where=self.place)
        return answer


def numbers(module: Module, namespace: ModuleType) -> Iterator[Number]:
    """What a `numbers.py` defines, in its order."""
    if os.path.basename(module.path) != NUMBERS:
        return
    domain = os.path.basename(os.path.dirname(module.path))
    for name, value in vars(namespace).items():
        if name.startswith("_") or not inspect.isfunction(value) or value.__code__.co_filename != module.path:
            continue
        signature = str(inspect.signature(value)).partition(" ->")[0]
        about = (inspect.getdoc(value) or "").partition("\n")[0]
        place = f"{near(module.path)}:{value.__code__.co_firstlineno}"
        yield Number(f"{domain}.{name}", place, signature, about, module, value)
