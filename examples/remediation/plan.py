"""What is to be done about an alert, judged by what was done before. Pure: a plan is data, carrying it out a verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from examples.remediation.audit import Entry
from examples.remediation.notification import Alert
from examples.remediation.playbook import Remedy, Value

Verdict = Literal["act", "undo", "nothing"]
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How seldom anything is done.

    Attributes:
        cool_down: seconds between two attempts of one remedy at one target.
        an_hour: attempts within an hour, all remedies together. Undoing is always allowed.
    """

    cool_down: float = 600.0
    an_hour: int = 6


@dataclass(frozen=True, slots=True)
class Step:
    """What comes of one alert.

    Attributes:
        alert: which.
        verdict: whether something is done, taken back, or neither.
        why: in words.
        remedy: what answers such an alert; None where nothing does.
    """

    alert: Alert
    verdict: Verdict
    why: str
    remedy: Remedy | None = None

    @property
    def value(self) -> Value:
        """What the service is told beside verb and target."""
        if self.remedy is None:
            return None
        return self.remedy.undo if self.verdict == "undo" else self.remedy.value


def plan(
    alert: Alert,
    playbook: Mapping[str, Remedy],
    past: Sequence[Entry],
    limits: Limits,
    now: float,
    *,
    stopped: bool,
) -> Step:
    """One alert's step; `past` is the audit log, oldest first, and `now` is in seconds since 1970."""
    remedy = playbook.get(alert.name)
    if remedy is None:
        return Step(alert, "nothing", "the playbook knows no such alert: a person has to look")
    if alert.status == "resolved":
        why = _why_not_undo(alert, remedy, past, stopped=stopped)
        return Step(alert, "nothing", why, remedy) if why else Step(alert, "undo", "it has resolved", remedy)
    why = _why_not_act(alert, remedy, past, limits, now, stopped=stopped)
    return Step(alert, "nothing", why, remedy) if why else Step(alert, "act", "it fires", remedy)


def _why_not_act(
    alert: Alert, remedy: Remedy, past: Sequence[Entry], limits: Limits, now: float, *, stopped: bool
) -> str:
    if any(one.outcome == "done" and one.episode == (alert.fingerprint, alert.started) for one in past):
        return "answered already; where it still fires, a person has to look"
    if stopped:
        return "stopped by hand"
    tried = [one for one in past if one.outcome == "begun" and not one.undoes]
    same = [one.at for one in tried if (one.verb, one.target) == (remedy.verb, remedy.target)]
    if same and now - max(same) < limits.cool_down:
        return f"{remedy.verb} {remedy.target} was tried less than {limits.cool_down:g} s ago"
    if sum(now - one.at < HOUR for one in tried) >= limits.an_hour:
        return f"{limits.an_hour} attempts within an hour are the limit: a person has to look"
    return ""


def _why_not_undo(alert: Alert, remedy: Remedy, past: Sequence[Entry], *, stopped: bool) -> str:
    ours = [one for one in past if (one.verb, one.target) == (remedy.verb, remedy.target)]
    # what was begun may have been done, though no answer came; what was taken back has to be known
    turns = [one.undoes for one in ours if one.outcome == ("done" if one.undoes else "begun")]
    if not turns or turns[-1]:
        return "resolved; nothing was done that could be taken back"
    if remedy.undo is None:
        return "resolved; what was done stays until a person takes it back"
    # an alert that came while another had done it already holds it just the same
    last = {one.fingerprint: one.status for one in ours}
    if any(status == "firing" for fingerprint, status in last.items() if fingerprint != alert.fingerprint):
        return "resolved; another alert still asks for it"
    return "stopped by hand" if stopped else ""
