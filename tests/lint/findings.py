"""Findings and results to report, and files to lint, as the tests of lint need them."""

from pathlib import Path
from typing import Any

from cli.lint.finding import Finding, Place, Severity
from cli.lint.report.result import Result
from cli.lint.rules import pql121, pql990

RULES = (pql121.RULE, pql990.RULE)
EXPR = "sum(rate(queue_depth[5m]))"
WHERE = 'panel "Errors", query A'


def finding(**said: Any) -> Finding:
    """A finding of PQL121; `file`, `line`, `column`, `path` and `source` are of its place."""
    place: dict[str, Any] = {"file": "x.json", "line": 31, "column": 17}
    place |= {key: said.pop(key) for key in ("file", "line", "column", "path", "source") if key in said}
    told: dict[str, Any] = {
        "rule": "PQL121",
        "severity": Severity.ERROR,
        "message": "rate() of the gauge queue_depth",
        "hint": "deriv(queue_depth[5m])",
        "where": WHERE,
        "expr": EXPR,
        "span": (4, 25),
    }
    return Finding(place=Place(**place), **(told | said))


def result(*findings: Finding, **said: Any) -> Result:
    """What a run found."""
    return Result(findings, RULES, **({"expressions": 57, "files": 3} | said))


def put(folder: Path, name: str, text: str) -> str:
    """A file there, by its full name."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)
