"""`dash lint` as it is typed in a folder with a catalog, a bad and a good file."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cli.lint.rules import pql121, pql990, pql991, pql992

ROOT = Path(__file__).parents[2]
CATALOG = "domain: shop\nmetrics:\n  - {name: queue_depth, type: gauge, help: How many wait.}\n"
BAD = """groups:
  - name: a
    rules:
      - record: a:queue_depth:rate5m
        expr: rate(queue_depth[5m])
"""
GOOD = BAD.replace("rate(", "deriv(")
#: Only what these tests are about; other rules come and go.
RULES = (pql121.RULE, pql990.RULE, pql991.RULE, pql992.RULE)


class Run(NamedTuple):
    """How it ended, and what it said."""

    code: int
    out: str
    err: str


Dash = Callable[..., Run]


def lint_of(dash: Dash, *arguments: str, stdin: str = "") -> Run:
    return dash("--catalog", "shop.yaml", *arguments, stdin=stdin)
