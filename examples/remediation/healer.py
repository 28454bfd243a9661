"""Plans and carries out, one notification at a time: begun is in the audit log before the service is told."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import time

from examples.remediation.audit import AuditLog, Entry
from examples.remediation.control import Control, Failed
from examples.remediation.notification import Alert
from examples.remediation.plan import Limits, Step, plan
from examples.remediation.playbook import PLAYBOOK, Remedy


class Healer:
    """Answers alerts.

    Args:
        control: where remedies are carried out; None is a dry run.
        log: what was done, and the memory of it.
        stop: while this file is there, nothing is done.
        limits: how seldom anything is done.
        playbook: which alert is answered by what.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        control: Control | None,
        log: AuditLog,
        stop: Path,
        *,
        limits: Limits = Limits(),  # noqa: B008 - it is frozen
        playbook: Mapping[str, Remedy] = PLAYBOOK,
        clock: Callable[[], float] = time,
    ) -> None:
        self._control, self._log, self._stop = control, log, stop
        self._limits, self._playbook, self._clock = limits, playbook, clock
        self._one_at_a_time = Lock()

    @property
    def dry(self) -> bool:
        """Whether nothing is really told to the service."""
        return self._control is None

    @property
    def stopped(self) -> bool:
        """Whether a person has stopped it; where nobody can tell, it is."""
        try:
            self._stop.lstat()
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return True

    def stop(self) -> None:
        """By hand. OSError where the file cannot be written."""
        self._stop.parent.mkdir(parents=True, exist_ok=True)
        self._stop.touch()

    def go_on(self) -> None:
        """By hand. OSError where the file cannot be removed."""
        self._stop.unlink(missing_ok=True)

    async def answer(self, alerts: Sequence[Alert]) -> tuple[Entry, ...]:
        """What came of each alert.

        Raises:
            OSError: the audit log cannot be written; nothing is done without it.
        """
        async with self._one_at_a_time:
            return tuple([await self._answer(one) for one in alerts])

    async def _answer(self, alert: Alert) -> Entry:
        step = plan(alert, self._playbook, self._log.past, self._limits, self._clock(), stopped=self.stopped)
        if step.verdict == "nothing" or step.remedy is None:
            return self._write(self._entry(step))
        begun = self._write(self._entry(step))
        if self._control is None:
            return self._write(replace(begun, outcome="done", why="a dry run: the service was told nothing"))
        try:
            await self._control.carry_out(step.remedy, step.value)
        except Failed as failed:
            return self._write(replace(begun, at=self._clock(), outcome="failed", why=str(failed)))
        return self._write(replace(begun, at=self._clock(), outcome="done"))

    def _entry(self, step: Step) -> Entry:
        alert, remedy = step.alert, step.remedy
        return Entry(
            at=self._clock(),
            alert=alert.name,
            fingerprint=alert.fingerprint,
            status=alert.status,
            started=alert.started,
            outcome="nothing" if step.verdict == "nothing" else "begun",
            why=step.why,
            verb=remedy.verb if remedy else "",
            target=remedy.target if remedy else "",
            value=step.value,
            undoes=step.verdict == "undo",
            dry=self.dry,
        )

    def _write(self, entry: Entry) -> Entry:
        self._log.append(entry)
        return entry
