"""A result as JSON's values, for a script."""

from __future__ import annotations

from typing import Any

from cli.verify.report.where import reason
from cli.verify.verdict import Result


def machine(result: Result) -> dict[str, Any]:
    """`{"type": "verify", "version": 1, "queries": [...], "counts": {...}}`."""
    queries = [
        {
            "page": one.page,
            "panel": one.panel,
            "ref": one.ref,
            "expr": one.expr,
            "status": str(one.status),
            "why": reason(one),
            "series": one.series,
            "seconds": one.seconds,
        }
        for one in result.verdicts
    ]
    return {"type": "verify", "version": 1, "queries": queries, "counts": dict(result.counts)}
