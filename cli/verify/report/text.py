"""A result for a person: what is not ok, with its reason, its place and its query; and a last line that counts."""

from __future__ import annotations

from collections.abc import Iterator

from cli.lint.report.printable import printable
from cli.verify.report.where import counted, reason, where
from cli.verify.verdict import Result, Status, Verdict


def text(result: Result) -> str:
    """All of it; of what is ok only what Prometheus warns of."""
    told = [line for one in result.verdicts for line in _block(one)]
    return "\n".join([*told, counted(result)])


def _block(one: Verdict) -> Iterator[str]:
    if one.status is Status.OK and not one.notes:
        return
    yield printable(f"{one.status}: {where(one)}")
    yield printable(f"  {reason(one)}")
    yield printable(f"  {' '.join(one.expr.split())}")
