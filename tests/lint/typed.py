"""`dash lint` as it is typed in a folder with a catalog, a bad and a good file."""

from pathlib import Path

from cli.lint.rules import pql121, pql990, pql991, pql992
from tests.command_line import Dash, Run

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


def lint_of(dash: Dash, *arguments: str, stdin: str = "") -> Run:
    return dash("--catalog", "shop.yaml", *arguments, stdin=stdin)
