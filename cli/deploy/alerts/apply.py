"""Carry out what was decided, one thing after the other: look again, keep what is there, write, and read it back."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from cli.deploy.alerts import kept
from cli.deploy.alerts.step import Door, Json, Step
from cli.deploy.journal import Journal
from cli.deploy.outcome import Outcome, Result
from cli.errors import DashError
from cli.exit_codes import Exit
from cli.grafana.failure import Clash, LostAnswer

SINCE = "somebody changed it since we looked, and theirs is kept"
AGAIN = "dash push --alerts again: it says what"
NOT_AS_WRITTEN = "written, but not what is there now: somebody wrote it at the same moment, or Grafana changed it"


class Apply:
    """One push at work. The provisioning API compares nothing: between our last look and our write is a window."""

    def __init__(self, doors: Mapping[str, Door], journal: Journal, *, fail_fast: bool = False) -> None:
        """Args: fail_fast ends it with the first thing that does not go well."""
        self._doors, self._journal, self._fail_fast = doors, journal, fail_fast

    def carry_out(self, steps: Sequence[Step]) -> tuple[list[Outcome], bool]:
        """What became of each, in their order, and whether somebody pressed Ctrl-C."""
        found: list[Outcome] = []
        stopped, interrupted = self._fail_fast and any(step.exit for step in steps), False
        for step in steps:
            if interrupted:
                found.append(step.ended(Result.SKIPPED, "interrupted before its turn", Exit.INTERRUPTED))
            elif stopped and step.writes:
                found.append(step.ended(Result.SKIPPED, "another one failed, and --fail-fast", Exit.OK))
            else:
                try:
                    found.append(self._outcome(step))
                except KeyboardInterrupt:
                    interrupted = True
                    why = "interrupted; it may have happened, and a rerun sees it"
                    found.append(step.ended(Result.SKIPPED, why, Exit.INTERRUPTED))
                stopped = stopped or (self._fail_fast and bool(found[-1].exit))
        return found, interrupted

    def _outcome(self, step: Step) -> Outcome:
        """One thing, whatever happens to it."""
        if not step.writes:
            return step.outcome
        try:
            return self._done(step, self._doors[step.kind])
        except Clash as error:
            return step.ended(Result.CONFLICT, error.sentence, Exit.CONFLICT)
        except DashError as error:
            return step.ended(Result.FAILED, error.sentence, error.exit)
        except Exception as error:  # noqa: BLE001 - one thing's bug must not hide what became of the others
            why = f"this is a bug in dash ({type(error).__name__}: {error})"
            return step.ended(Result.FAILED, why, Exit.BUG)

    def _done(self, step: Step, door: Door) -> Outcome:
        body = None if step.body is None else door.ready(step.body)
        live = door.live(step.key)
        if not door.same(live, step.over):
            if door.shows(step.key) and door.same(live, body):
                return step.outcome  # a push beside us, or a retry: it is as it was to be
            raise Clash(SINCE, AGAIN)
        wrote = None if body is None else door.kept(body)
        kept.keep(self._journal, step, wrote=wrote, before=live)
        try:
            self._write(step, door, body, live)
        except LostAnswer:
            with suppress(DashError):
                if (body is None or door.shows(step.key)) and door.same(door.live(step.key), body):
                    return step.outcome
            raise
        after = door.live(step.key)
        if not door.same(after, body):
            edits = door.differences(body or {}, after or {})
            return step.ended(Result.CONFLICT, f"{NOT_AS_WRITTEN}; {AGAIN}", Exit.CONFLICT, edits)
        return step.outcome

    @staticmethod
    def _write(step: Step, door: Door, body: Json | None, live: Json | None) -> None:
        if body is not None:
            door.write(body, live)
        else:
            door.delete(step.key)
