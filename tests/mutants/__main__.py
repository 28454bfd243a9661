"""`python -m tests.mutants [WORD]`: every mutant of every built rule, or those with a word in their names.

Each that nobody notices is told as soon as that is known, with why.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from cli.prometheus.promtool import find
from tests.mutants.equivalent import excuse, reason
from tests.mutants.judging import built, judged
from tests.mutants.mutant import mutants

ENOUGH = 0.95
#: After so many it says how far it is.
SOME = 50
#: Seconds that a run of promtool's may take: on a machine that does something else, a minute's work is an hour's.
LONGEST = 3600.0

word = "".join(sys.argv[1:])
with tempfile.TemporaryDirectory() as folder:
    ours = built(Path(folder))
every = [one for rules in ours.rules for one in mutants(rules) if word in one.name]
wrong = [one for one in every if not reason(one)]
alive = 0
for number, one in enumerate(judged(ours, wrong, replace(find(), longest=LONGEST)), 1):
    if not one.noticed:
        alive += 1
        said = excuse(one.mutant) or "nobody noticed"
        print(f"{one.mutant.name}: {said}", flush=True)  # noqa: T201 - it answers
    if number % SOME == 0:
        print(f"{number} of {len(wrong)}, {alive} not noticed", file=sys.stderr, flush=True)  # noqa: T201 - it is slow
for same in (one for one in every if reason(one)):
    print(f"{same.name}: no other rule: {reason(same)}")  # noqa: T201 - it answers
caught = 1 - alive / max(1, len(wrong))
others = len(every) - len(wrong)
print(f"{len(wrong)} mutants, {caught:.1%} caught, {alive} not; {others} are no other rule")  # noqa: T201 - likewise
sys.exit(0 if caught >= ENOUGH else 1)
