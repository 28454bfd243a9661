"""Everything that runs: a healthy service over fifteen days of history, and one service for each scenario."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.live import built, shifted
from tests.live.busy import Sleeper
from tests.live.programs import Service, Watched, watched
from tests.prometheus.backfill import backfill

#: Seconds between the history's last sample and the beginning: nobody who looks back five minutes sees it twice.
PAUSE = 300.0
#: Longer than promtool's own, so that hardly any history lies in two blocks and is read twice.
LARGEST_BLOCK = "5000h"


@dataclass(frozen=True, slots=True)
class Town:
    """What a live test looks at.

    Attributes:
        build: what `dash build` made.
        main: the healthy service, with history and the machine.
        scenarios: the others, without either.
        sleeper: knows whether the machine is busy with something else.
    """

    build: Path
    main: Watched
    scenarios: Mapping[str, Watched]
    sleeper: Sleeper
    stack: ExitStack

    @property
    def everyone(self) -> Sequence[Watched]:
        """All that run."""
        return (self.main, *self.scenarios.values())

    def alerts(self, scenario: str, wanted: set[str]) -> set[str]:
        """What is pending or firing there; without what a busy machine makes of every service."""
        return self.sleeper.excused(self.scenarios[scenario].alerts(), wanted)

    def end(self) -> None:
        """All of it is stopped, and waited for."""
        self.stack.close()


def started(folder: Path, scenarios: Sequence[str]) -> Town:
    """It, once everything answers; it ends with `end`."""
    build = built.build(folder)
    (folder / "hasty").mkdir()
    whole, small = built.hasty(build, folder / "hasty")
    backfill(shifted.until(time.time() - PAUSE), folder / "past", LARGEST_BLOCK)
    stack, services = ExitStack(), list[Service]()
    try:
        # two at a time: where all begin at once, their first answers are slow
        for at, name in enumerate(("main", *scenarios)):
            (folder / name).mkdir()
            is_main = name == "main"
            services.append(Service("healthy" if is_main else name, folder / name, whole if is_main else small))
            stack.callback(services[-1].wait)
            services[max(0, at - 1)].wait_for_targets()
        stack.callback(_told_to_end, services)
        sleeper = Sleeper()
        stack.callback(sleeper.stop)
        main = watched(services[0], stack, folder / "past")
        others = {one.scenario: watched(one, stack) for one in services[1:]}
    except BaseException:
        _told_to_end(services)
        stack.close()
        raise
    return Town(build, main, others, sleeper, stack)


def _told_to_end(services: Sequence[Service]) -> None:
    """All at once, before the first is waited for."""
    for one in services:
        one.end()
