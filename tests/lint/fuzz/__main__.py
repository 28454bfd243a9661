"""Many trials by hand: `python -m tests.lint.fuzz 100000 [FIRST]`; `make thorough` does so."""

import os
import sys
import time
from collections import Counter

from tests.lint.fuzz.pool import Outcome, outcomes
from tests.lint.fuzz.trials import trial

#: Of failures that begin alike so many are told.
TOLD = 3


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _told(one: Outcome) -> str:
    tried = trial(one.number)
    return f"{one.number} {tried.kind}, {one.seconds:.2f} s: {one.fault or tried.arguments}"


def run(many: int, first: int) -> bool:
    """Whether all went well; says what did not, and the slowest."""
    start, slowest, faults = time.perf_counter(), Outcome(0, 0.0, ""), 0
    alike: Counter[str] = Counter()
    for done, one in enumerate(outcomes(range(first, first + many), os.cpu_count() or 1), start=1):
        slowest = max(slowest, one, key=lambda outcome: outcome.seconds)
        if one.fault:
            faults += 1
            begins = one.fault[:60]
            alike[begins] += 1
            if alike[begins] <= TOLD:
                _say(_told(one))
        if done % 10_000 == 0:
            _say(f"{done} of {many}, {faults} faults")
    _say(f"{many} broken inputs from {first} on in {time.perf_counter() - start:.0f} s, {faults} faults")
    _say(f"slowest: {_told(slowest)}")
    return not faults


if __name__ == "__main__":
    sys.exit(not run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 10**12))
