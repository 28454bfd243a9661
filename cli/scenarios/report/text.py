"""A result for a person: what failed, what was not tried, why, which alerts nothing is known of, a line that counts."""

from __future__ import annotations

from collections.abc import Iterator

from cli.lint.report.printable import printable
from cli.scenarios.result import Result
from cli.scenarios.trial import Fault, Verdict


def text(result: Result) -> str:
    """All of it."""
    parts = ["\n".join(_verdict("FAILED", one)) for one in result.failed]
    parts += ["\n".join(_verdict("NOT TRIED", one)) for one in result.void]
    untested = [line for one in result.untested for line in told(one)]
    parts += ["\n".join(untested)] * bool(untested)
    return "\n\n".join([*parts, counted(result)])


def told(fault: Fault) -> Iterator[str]:
    """A fault, and below it what to do."""
    yield printable(f"{fault.place}: {fault.what}")
    if fault.hint:
        yield f"  try: {printable(fault.hint)}"


def counted(result: Result) -> str:
    """One line."""
    counts = result.counts
    rules = _of(counts["alerts"], "alert") + f" and {_of(counts['recordings'], 'recording')}" * bool(
        counts["recordings"]
    )
    said = f"{_of(counts['scenarios'], 'scenario')} of {rules}: {counts['passed']} passed"
    said += f", {counts['failed']} failed" * bool(counts["failed"])
    said += f", {counts['void']} not tried" * bool(counts["void"])
    said += f"; {_of(counts['untested'], 'alert')} without a scenario" * bool(counts["untested"])
    return said + f"; {_of(counts['errors'], 'error')} in rules and tests" * bool(counts["errors"])


def _verdict(what: str, one: Verdict) -> Iterator[str]:
    name = f"{one.alerts[0]}: {one.name}" if one.alerts else one.name
    yield printable(f"{what} {name}" + (" (derived)" if one.derived else ""))
    for fault in one.faults:
        yield from (f"  {line}" for line in told(fault))


def _of(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"
