"""Explained expressions for a program: JSON whose shape is a promise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cli.explain.told import Told
from cli.lint.finding import Finding
from cli.lint.report.machine import dumped

VERSION = 1


def machine(found: Sequence[Told], others: Sequence[Finding] = ()) -> str:
    """`{"type": "explain", "version": 1, "expressions": [...], "findings": [...]}`.

    Args:
        found: the expressions, each with what is wrong with it.
        others: what is wrong with their panel or rule as a whole.
    """
    return dumped(
        {
            "type": "explain",
            "version": VERSION,
            "expressions": [_told(one) for one in found],
            "findings": [_finding(one) for one in others],
        }
    )


def _told(one: Told) -> dict[str, Any]:
    return {
        "expr": one.expr,
        "where": one.where,
        "sentence": one.sentence,
        "nodes": [node._asdict() for node in one.nodes],
        "cost": {
            "reads": [read._asdict() for read in one.cost.reads],
            "unknown": one.cost.unknown,
            "sentence": str(one.cost),
        },
        "findings": [_finding(finding) for finding in one.findings],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": str(one.severity),
        "message": one.message,
        "hint": one.hint,
        "span": one.span,
        "file": one.place.file,
        "line": one.place.line,
        "source": one.place.source,
    }
