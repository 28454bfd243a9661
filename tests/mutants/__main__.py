"""`python -m tests.mutants`: every mutant of every built rule, and each that nobody noticed, with why."""

import sys
import tempfile
from pathlib import Path

from cli.prometheus.promtool import find
from tests.mutants.equivalent import excuse, reason
from tests.mutants.judging import built, survivors
from tests.mutants.mutant import mutants

ENOUGH = 0.95

with tempfile.TemporaryDirectory() as folder:
    ours = built(Path(folder))
every = [one for rules in ours.rules for one in mutants(rules)]
wrong = [one for one in every if not reason(one)]
alive = survivors(ours, wrong, find())
for one in alive:
    print(f"{one.name}: {excuse(one) or 'nobody noticed'}")  # noqa: T201 - it answers
for one in every:
    if reason(one):
        print(f"{one.name}: no other rule: {reason(one)}")  # noqa: T201 - likewise
caught = 1 - len(alive) / len(wrong)
same = len(every) - len(wrong)
print(f"{len(wrong)} mutants, {caught:.1%} caught, {len(alive)} not; {same} are no other rule")  # noqa: T201 - likewise
sys.exit(0 if caught >= ENOUGH else 1)
