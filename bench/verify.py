"""`dash verify`: our own pages and rules on a Prometheus that has lived through the tests' fifteen days.

The build, the command and the Prometheus are real, each a process of its own; what it takes to make that world is not
counted, and is not done again where `make test` has left it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

from bench.cold import ROOT, environment
from tests.prometheus import lifelike
from tests.prometheus.backfill import backfill
from tests.prometheus.clock import NOW
from tests.prometheus.conftest import made_of
from tests.prometheus.server import PROMETHEUS, PROMTOOL, WHY_NOT, Prometheus

KEPT = ROOT / ".pytest_cache" / "d" / "lifelike"
ROUNDS, QUERIES = 3, 500
Figure = TypeVar("Figure")


def figures(figure: Callable[..., Figure]) -> list[Figure]:
    """The median of some runs, for 500 queries; none where there is no Prometheus."""
    if PROMETHEUS is None or PROMTOOL is None:
        print(f"{WHY_NOT}; dash verify is left out")
        return []
    folder = Path(tempfile.mkdtemp())
    try:
        data = folder / "data"
        kept = KEPT / made_of()
        if kept.is_dir():
            shutil.copytree(kept, data)
        else:
            backfill(lifelike.lifelike(), data)
        _run("build", "--out", str(folder / "build"))
        with Prometheus(data, folder) as server:
            said = ("verify", str(folder / "build"), "--prometheus", server.url, "--time", str(NOW), "--output", "json")
            many = len(json.loads(_run(*said))["queries"])
            taken = median(_timed(*said) for _ in range(ROUNDS))
    finally:
        shutil.rmtree(folder)
    name = f"dash verify, a process, s for {QUERIES} of our {many} queries"
    return [figure(name, taken * QUERIES / many, "s", 5.0)]


def _run(*words: str) -> bytes:
    command = [sys.executable, "-m", "cli", *words]
    env = {**environment(), "PYTHONPATH": os.fspath(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True).stdout  # noqa: S603 - ours


def _timed(*words: str) -> float:
    began = perf_counter()
    _run(*words)
    return perf_counter() - began
