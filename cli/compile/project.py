"""Everything that the sources define, as values: pages, rule groups and numbers, each with its place."""

import ast
import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from cli.compile.discover import Module, modules
from cli.compile.problem import Problem, problem_of, shown
from cli.compile.unit import Loaded, values
from cli.errors import UsageError
from panels import Dashboard, Panel
from queries import AlertRule, Mistake, Query, RecordingRule, RuleGroup
from queries.source import did_you_mean

#: A module of this name holds numbers: public functions that return them.
NUMBERS = "numbers"
#: What a quantile's function is called with when nobody says which.
QUANTILES = (0.5, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Number:
    """A function of somebody's `numbers.py`: "ai_api.latency", or such a call: "ai_api.latency(0.95)"."""

    name: str
    place: str
    signature: str
    call: Callable[..., Any]

    def queries(self, said: str = "") -> tuple[Query, ...]:
        """The number itself; of one that wants a quantile and was told none, the usual three."""
        if said:
            return (self._called(said),)
        wanted = [one for one in inspect.signature(self.call).parameters.values() if one.default is one.empty]
        first = [one for one in wanted if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]
        if [one.name for one in first] == ["q"]:
            return tuple(self.call(q) for q in QUANTILES)
        if first:
            raise UsageError(
                f"{self.name}{self.signature} wants to be told more", fix=f"'{self.name}({first[0].name})'"
            )
        return (self.call(),)

    def _called(self, said: str) -> Query:
        try:
            call = ast.parse(f"f({said})", mode="eval").body
            args = [ast.literal_eval(one) for one in call.args] if isinstance(call, ast.Call) else []
            answer = self.call(*args)
        except (SyntaxError, TypeError, ValueError) as error:
            what = error.what if isinstance(error, Mistake) else str(error)
            raise UsageError(f"{self.name}({said}): {what}", fix=f"{self.name}{self.signature}") from error
        if not isinstance(answer, Query):
            raise UsageError(f"{self.name} is no number")
        return answer


@dataclass(frozen=True, slots=True)
class Placed:
    """A value and where it was written."""

    value: Any
    place: str


@dataclass(frozen=True, slots=True)
class Project:
    """All that was found, and what could not be loaded."""

    pages: tuple[Placed, ...]
    groups: tuple[Placed, ...]
    numbers: tuple[Number, ...]
    problems: tuple[Problem, ...]

    def number(self, name: str) -> tuple[Number, str]:
        """A number by its name, and what was said in its parentheses."""
        bare, _, said = name.partition("(")
        found = [one for one in self.numbers if bare in (one.name, one.name.partition(".")[2])]
        if len(found) == 1:
            return found[0], said.rstrip(")")
        if found:
            raise UsageError(f"several numbers are called {bare!r}", fix=", ".join(one.name for one in found))
        known = [one.name for one in self.numbers] + [page.value.uid for page in self.pages if _ours(page)]
        raise UsageError(
            f"neither a page nor a number is called {name!r}", fix=did_you_mean(bare, known, of="there are")
        )

    def page(self, uid: str) -> Dashboard | None:
        """A page by its uid."""
        return next((page.value for page in self.pages if _ours(page) and page.value.uid == uid), None)

    def panels(self) -> Iterator[tuple[Dashboard, Panel]]:
        """Every panel of every page of ours."""
        for page in self.pages:
            for panel in page.value.panels() if _ours(page) else ():
                yield page.value, panel

    def rules(self) -> Iterator[tuple[RuleGroup, AlertRule | RecordingRule, Placed]]:
        """Every rule, siblings included."""
        for group in self.groups:
            for rule in group.value.rules:
                for one in rule.rules() if isinstance(rule, AlertRule) else (rule,):
                    yield group.value, one, group


def _ours(page: Placed) -> bool:
    return isinstance(page.value, Dashboard)


def read(sources: Sequence[str], folder: Path) -> Project:
    """Load every module of the sources; a broken one is a problem, and the others are there all the same."""
    pages: list[Placed] = []
    groups: list[Placed] = []
    numbers: list[Number] = []
    problems: list[Problem] = []
    seen: set[int] = set()
    for module in modules(tuple(sources), folder):
        try:
            loaded = values(module, seen)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a person's module may raise anything
            problems.append(problem_of(error, module))
            continue
        pages += [Placed(one, _place(one, loaded)) for one in loaded.pages]
        groups += [Placed(one, _place(one, loaded)) for one in loaded.groups]
        numbers += _numbers(module, loaded.namespace)
    return Project(tuple(pages), tuple(groups), tuple(numbers), tuple(problems))


def _place(value: Any, loaded: Loaded) -> str:
    source = getattr(value, "source", None)
    return f"{shown(source.path, loaded.module)}:{source.line}" if source else loaded.module.shown


def _numbers(module: Module, loaded: ModuleType | None) -> Iterator[Number]:
    if loaded is None or module.path.stem != NUMBERS:
        return
    for name, value in vars(loaded).items():
        if name.startswith("_") or not inspect.isfunction(value) or value.__module__ != loaded.__name__:
            continue
        domain = module.path.parent.name
        line = value.__code__.co_firstlineno
        signature = str(inspect.signature(value)).partition(" ->")[0]
        yield Number(f"{domain}.{name}", f"{module.shown}:{line}", signature, value)
