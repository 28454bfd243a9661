"""A long trial by hand: `python -m tests.prometheus.inference 20000 [SEED]`."""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.prometheus.inference.grammar import Grammar
from tests.prometheus.inference.trial import asked_of, judged
from tests.prometheus.inference.world import CATALOGS, VARIABLES, samples

if __name__ == "__main__":
    many, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns()
    grammar, start = Grammar(seed), time.perf_counter()
    texts: dict[str, None] = {}
    while len(texts) < many:
        texts[grammar.query()] = None
    with TemporaryDirectory() as folder:
        report = judged(texts, VARIABLES, CATALOGS, asked_of(samples(), Path(folder)))
    sys.stdout.write(f"seed {seed}, {time.perf_counter() - start:.1f} s: {report}\n")
    sys.exit(bool(report.faults))
