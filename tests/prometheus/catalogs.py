"""What there is to prove: every metric, number and rule group of every domain, found in its modules."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from inspect import getmembers, isfunction, signature
from pkgutil import iter_modules
from types import ModuleType

import pytest

import dashboards_py
import queries
from panels import Dashboard
from queries import Metric, Query, RecordingRule, Role, RuleGroup

#: The packages below `queries/` that declare metrics.
DOMAINS = tuple(
    sorted(one.name for one in iter_modules(queries.__path__) if one.ispkg and find_spec(f"queries.{one.name}.metrics"))
)
NumberFunction = Callable[..., Query]


def module(domain: str, name: str) -> ModuleType:
    """One of the modules of a domain."""
    return import_module(f"queries.{domain}.{name}")


def metrics() -> list[Metric]:
    """Every metric of every domain, and of each role whether it is up."""
    found = [one for domain in DOMAINS for one in vars(module(domain, "metrics")).values()]
    return [one for one in found if isinstance(one, Metric)] + [one.up for one in found if isinstance(one, Role)]


def functions(domain: str) -> Iterator[tuple[str, NumberFunction]]:
    """Every public function of a domain's `numbers.py`."""
    numbers = module(domain, "numbers")
    for name, function in getmembers(numbers, isfunction):
        ours = function.__module__ == numbers.__name__ and not name.startswith("_")
        if ours and signature(function).return_annotation in (Query, "Query"):
            yield name, function


def groups(domain: str) -> Iterator[RuleGroup]:
    """Every rule group of a domain."""
    seen = set()
    for name in ("alerts", "objectives", "recording"):
        for value in vars(module(domain, name)).values():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, RuleGroup) and one.name not in seen:
                    seen.add(one.name)
                    yield one


def objective_recordings() -> list[RecordingRule]:
    """What Prometheus records for the objectives of every domain; they, their alerts and pages read it again."""
    return [rule for domain in DOMAINS for group in module(domain, "objectives").groups for rule in group.recordings()]


def page(name: str) -> Dashboard:
    """The page of a module of `dashboards_py`."""
    made = import_module(f"dashboards_py.{name}").dashboard
    assert isinstance(made, Dashboard)
    return made


#: For `parametrize`: the functions, the groups, and the names of the pages, which a test imports itself.
EVERY_NUMBER = [pytest.param(one, id=f"{domain}.{name}") for domain in DOMAINS for name, one in functions(domain)]
EVERY_GROUP = [pytest.param(one, id=one.name) for domain in DOMAINS for one in groups(domain)]
EVERY_PAGE = sorted(one.name for one in iter_modules(dashboards_py.__path__))
