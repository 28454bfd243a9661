"""One rule, one module, one id; a module is imported when its rule is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from importlib import import_module

from cli.lint.rule import Rule

#: The ids of those begin so that are about alerts, and have nothing to say where neither alert nor recording was read.
OF_ALERTS = ("PQL50", "PQL51", "PQL52", "PQL530", "PQL532", "PQL55")


@cache
def ids() -> tuple[str, ...]:
    """Of every rule of ours, in their order."""
    names = os.listdir(os.path.dirname(__file__))  # noqa: PTH120, PTH208 - a Path takes longer than the look
    return tuple(sorted(name[:-3].upper() for name in names if name.startswith("pql") and name.endswith(".py")))


def called(names: Iterable[str]) -> tuple[Rule, ...]:
    """The rules with these ids."""
    return tuple(import_module(f"{__name__}.{name.lower()}").RULE for name in names)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of ours, by id."""
    return called(ids())
