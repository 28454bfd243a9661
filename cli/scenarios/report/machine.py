"""A result for a program: JSON whose shape is a promise."""

from __future__ import annotations

from typing import Any

from cli.scenarios.result import Result
from cli.scenarios.trial import Fault, Trial, Verdict

VERSION = 1


def machine(result: Result) -> dict[str, Any]:
    """`{"type": "test", "version": 1, "scenarios": [...], "untested": [...], "errors": [...], "counts": {...}}`."""
    return {
        "type": "test",
        "version": VERSION,
        "scenarios": [_verdict(one) for one in result.verdicts],
        "untested": [_fault(one) for one in result.untested],
        "errors": [_fault(one) for one in result.faults],
        "counts": result.counts,
    }


def listing(trial: Trial) -> dict[str, Any]:
    """A scenario that was not run."""
    place = trial.place()
    said = _identity(trial.alerts, trial.name, derived=trial.derived) | {"file": place.file, "line": place.line}
    return said | ({"recording": trial.recording} if trial.recording else {})


def _verdict(one: Verdict) -> dict[str, Any]:
    said = _identity(one.alerts, one.name, derived=one.derived)
    said |= {"recording": one.recording} if one.recording else {}
    said |= {"file": one.place.file, "line": one.place.line, "passed": one.passed}
    return said | {"faults": [_fault(each) for each in one.faults]}


def _identity(alerts: tuple[str, ...], name: str, *, derived: bool) -> dict[str, Any]:
    """The first of its alerts is the one that it is about."""
    return {"alert": alerts[0] if alerts else "", "alerts": list(alerts), "name": name, "derived": derived}


def _fault(one: Fault) -> dict[str, Any]:
    place = one.place
    said = {"message": one.what, "kind": one.kind, "file": place.file, "line": place.line, "column": place.column}
    return said | ({"hint": one.hint} if one.hint else {})
