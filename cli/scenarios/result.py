"""What a run of scenarios tells: each verdict, the alerts without one, and what is wrong with files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cli.exit_codes import Exit
from cli.scenarios.trial import Fault, Verdict


class Result(NamedTuple):
    """All of it.

    Attributes:
        untested: the alerts that no scenario is about.
        faults: what is wrong with rules and tests, so that they were not run.
        allow_untested: whether an alert without a scenario is none of the reasons to say no.
    """

    verdicts: tuple[Verdict, ...] = ()
    untested: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()
    allow_untested: bool = False

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """Those that something is wrong with."""
        return tuple(one for one in self.verdicts if not (one.passed or one.is_void))

    @property
    def void(self) -> tuple[Verdict, ...]:
        """Those that say nothing."""
        return tuple(one for one in self.verdicts if one.is_void)

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each."""
        return {
            "scenarios": len(self.verdicts),
            "passed": len(self.verdicts) - len(self.failed) - len(self.void),
            "failed": len(self.failed),
            "void": len(self.void),
            "alerts": len({alert for one in self.verdicts for alert in one.alerts}),
            "recordings": len({one.recording for one in self.verdicts} - {""}),
            "untested": len(self.untested),
            "errors": len(self.faults),
        }

    def exits(self) -> Iterator[Exit]:
        """The reasons to end with something else than 0."""
        kinds = {"differs": Exit.NO, "broken": Exit.AUTHORING, "stuck": Exit.REMOTE}
        yield from (kinds[fault.kind] for one in self.failed for fault in one.faults)
        yield from (kinds[fault.kind] for fault in self.faults)
        if self.untested and not self.allow_untested:
            yield Exit.NO
