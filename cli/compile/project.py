"""Everything that the sources define, as values: pages, rule groups and numbers, each with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cli.compile.discover import modules
from cli.compile.importing import Codes, running
from cli.compile.number import Number, numbers
from cli.compile.place import near
from cli.compile.problem import Problem, problem_of
from cli.compile.unit import page_uid
from cli.compile.values import values
from cli.errors import UsageError
from panels import Dashboard, Panel
from queries import AlertRule, GivenAlert, GivenRecording, Metric, RuleGroup, Scrape
from queries.expr import Expr, selects
from queries.rule import Rule
from queries.source import did_you_mean


@dataclass(frozen=True, slots=True)
class Placed:
    """A page or a rule group: its value, its uid or name, and where it was written."""

    value: Any
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Project:
    """All that was found, and what could not be loaded."""

    pages: tuple[Placed, ...]
    groups: tuple[Placed, ...]
    numbers: tuple[Number, ...]
    problems: tuple[Problem, ...]
    declared: tuple[Metric, ...] = ()

    def page(self, uid: str) -> Placed | None:
        """A page by its uid."""
        return next((page for page in self.pages if page.name == uid), None)

    def number(self, name: str) -> Number:
        """A number by its name; UsageError when there is none, or several."""
        found = [one for one in self.numbers if name in (one.name, one.name.partition(".")[2])]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"several numbers are called {name!r}", fix=", ".join(one.name for one in found))
        known = [one.name for one in self.numbers] + [page.name for page in self.pages]
        raise UsageError(
            f"neither a page nor a number is called {name!r}", fix=did_you_mean(name, known, of="there are")
        )

    def metrics(self) -> tuple[Metric, ...]:
        """What the modules declare and what their pages and rules ask; what a rule of theirs records is none."""
        asked = (select.metric for expr in self._asked() for select in selects(expr))
        known = {(one.name, one.role): one for one in asked if one is not None and ":" not in one.name}
        return tuple((known | {(one.name, one.role): one for one in self.declared}).values())

    def _asked(self) -> Iterator[Expr]:
        for _, panel in self.panels():
            yield from (target.query.expr for target in panel.targets if target.query)
        yield from filter(None, (asks(rule) for _, rule in self.rules()))

    def panels(self) -> Iterator[tuple[Dashboard, Panel]]:
        """Every panel of every page of ours."""
        for page in self.pages:
            if isinstance(page.value, Dashboard):
                for panel in page.value.panels():
                    yield page.value, panel

    def rules(self) -> Iterator[tuple[RuleGroup, Rule]]:
        """Every rule, siblings included."""
        for group in self.groups:
            for rule in group.value.rules:
                for one in rule.rules() if isinstance(rule, AlertRule) else (rule,):
                    yield group.value, one


def asks(rule: Rule) -> Expr | None:
    """What a rule asks; None for a text that is too much to be looked at."""
    if isinstance(rule, GivenAlert | GivenRecording):
        return rule.tree
    return rule.when.expr if isinstance(rule, AlertRule) else rule.number.expr


def read(sources: Sequence[str], folder: str) -> Project:
    """Load every module of the sources; a broken one is a problem, and the others are there all the same."""
    found = modules(sources, folder)
    every = frozenset(module.path for module in found)
    pages: list[Placed] = []
    groups: list[Placed] = []
    known: list[Number] = []
    declared: list[Metric] = []
    problems: list[Problem] = []
    codes: Codes = {}
    for module in found:
        try:
            with running(module, codes) as world:
                loaded = values(module, world, every)
                known += numbers(module, loaded.namespace)
                declared += [one for one in vars(loaded.namespace).values() if isinstance(one, Metric)]
                for number, value in enumerate(loaded.values):
                    place = f"{near(module.path)}:{value.line}"
                    if isinstance(value.it, RuleGroup):
                        groups.append(Placed(value.it, value.it.name, place))
                    elif not isinstance(value.it, Scrape):
                        pages.append(Placed(value.it, page_uid(value.it, module, number), place))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a person's module may raise anything
            problems.append(problem_of(error, module))
    return Project(tuple(pages), tuple(groups), tuple(known), tuple(problems), tuple(declared))
