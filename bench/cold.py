"""Whole processes, as a person waits for them: help, a build with nothing to do, one page edited, a thousand pages."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

ROOT = Path(__file__).parents[1]
ROUNDS = 9
BARE = "import click, orjson"
PAGE = '''"""Page {number}."""

from bench import ours

dashboard = ours.dashboard({number})
'''
THOUSAND = """
import resource, sys, tempfile
from pathlib import Path
from bench import ours
folder = Path(tempfile.mkdtemp())
pages = [ours.dashboard(number) for number in range(1000)]
for page in pages:
    ours.write(page, folder)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
Figure = TypeVar("Figure")


def figures(figure: Callable[..., Figure]) -> list[Figure]:
    """All of them, medians of several runs, each beside a program that only imports click and orjson.

    What one takes more than another is the median of the rounds' differences: a machine that is busy is so for both.
    """
    folder = Path(tempfile.mkdtemp())
    try:
        source = folder / "pages"
        source.mkdir()
        for number in range(200):
            (source / f"page_{number:03d}.py").write_text(PAGE.format(number=number), encoding="utf-8")
        build = [sys.executable, "-m", "cli", "build", "--source", "pages"]
        clean = seconds(build, folder)
        runs: dict[str, list[float]] = {"bare": [], "help": [], "nothing": [], "edited": []}
        for number in range(ROUNDS):
            runs["bare"].append(seconds([sys.executable, "-c", BARE], folder))
            runs["help"].append(seconds([sys.executable, "-m", "cli", "--help"], folder))
            runs["nothing"].append(seconds(build, folder))
            edited = source / f"page_{number:03d}.py"
            edited.write_text(edited.read_text(encoding="utf-8") + f"# {number}\n", encoding="utf-8")
            runs["edited"].append(seconds(build, folder))
    finally:
        shutil.rmtree(folder)
    ms = {name: median(taken) * 1000 for name, taken in runs.items()}
    more = {
        name: median(one - bare for one, bare in zip(taken, runs["bare"], strict=True)) * 1000
        for name, taken in runs.items()
    }
    return [
        figure("import click, orjson: ms", ms["bare"], "ms"),
        figure("dash --help: ms", ms["help"], "ms", 100),
        figure("dash --help: ms more than the imports", more["help"], "ms", 30),
        figure("dash build with nothing to do (200 pages): ms", ms["nothing"], "ms", 100),
        figure("dash build with nothing to do: ms more than the imports", more["nothing"], "ms", 30),
        figure("dash build, one of 200 pages edited: ms", ms["edited"], "ms", 400),
        figure("dash build, 200 pages from nothing: s", clean, "s"),
        figure("peak memory for 1,000 pages: MB", _thousand(), "MB", 300),
    ]


def environment() -> dict[str, str]:
    """As a person has it, whose Python keeps what it compiled."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT)}


def seconds(command: list[str], folder: Path, codes: Collection[int] = (0,)) -> float:
    """What a process takes from its start to its end; only the codes are an answer."""
    began = perf_counter()
    ran = subprocess.run(command, cwd=folder, env=environment(), check=False, stdout=-3, stderr=-3)  # noqa: S603 - ours
    took = perf_counter() - began
    if ran.returncode not in codes:
        raise subprocess.CalledProcessError(ran.returncode, command)
    return took


def _thousand() -> float:
    command = [sys.executable, "-c", THOUSAND]
    ran = subprocess.run(command, cwd=ROOT, env=environment(), check=True, capture_output=True, text=True)  # noqa: S603
    return float(ran.stdout)
