"""One rule, one module, one id."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from cli.lint.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of ours, by id."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("pql*.py"))
    return tuple(import_module(f"{__name__}.{module}").RULE for module in modules)
