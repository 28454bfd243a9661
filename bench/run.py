"""`make bench`: how fast, as ratios within one run; prints a table and which figure misses its goal.

Every round takes each contender once, in turn, so that a machine that slows down slows all of them; medians are shown.
As in `dash build`, nobody looks for garbage while pages are made: one contender would pay for what another keeps alive.
"""

import gc
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import orjson

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench import (  # noqa: E402 - found only after the line above
    cold,
    grafanalib_api,
    instrument,
    lint,
    ours,
    plain_dict,
    push,
    scenarios,
    verify,
)

PAGES, ROUNDS = 200, 7
#: What the plain dict took on the machine on which the goal of a page was set. How much slower this one is, is known
#: from the plain dict of the same run; one line has it taken out.
REFERENCE = 0.57
INDENT = orjson.OPT_INDENT_2


@dataclass(frozen=True)
class Figure:
    """One measured figure, and what it shall be at most; no goal for what only compares."""

    name: str
    value: float
    unit: str
    goal: float | None = None

    @property
    def misses(self) -> bool:
        """Whether it is not as good as it shall be."""
        return self.goal is not None and self.value > self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"  goal {self.goal:g}" + ("  MISSED" if self.misses else "")
        return f"{self.name:<58} {self.value:>8.2f} {self.unit:<8}{goal}"


def main() -> int:
    """Measure, print, and fail where a goal is missed."""
    figures = [
        *generation(),
        *cold.figures(Figure),
        *lint.figures(Figure),
        *push.figures(Figure),
        *scenarios.figures(Figure),
        *instrument.figures(Figure),
        *verify.figures(Figure),
    ]
    for figure in figures:
        print(figure)
    slower = figures[0].value / REFERENCE
    print(f"\nthis machine takes {slower:.1f} times as long as the one that the goals in milliseconds were set on")
    missed = [figure.name for figure in figures if figure.misses]
    print(f"\nmissed: {', '.join(missed)}" if missed else "\nno figure misses its goal")
    return bool(missed)


def generation() -> list[Figure]:
    """Values to bytes on disk, page by page."""
    folder = Path(tempfile.mkdtemp())
    try:
        contenders = _contenders(folder)
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for make in contenders.values():
            make(0)
        gc.disable()
        for _ in range(ROUNDS):
            for name, make in contenders.items():
                gc.collect()
                began = perf_counter()
                for number in range(PAGES):
                    make(number)
                times[name].append((perf_counter() - began) / PAGES * 1000)
    finally:
        gc.enable()
        shutil.rmtree(folder)
    ms = {name: median(taken) for name, taken in times.items()}
    slower = ms["plain"] / REFERENCE
    limit = [mine / plain for mine, plain in zip(times["ours"], times["plain"], strict=True)]
    figures = [
        Figure("plain dict + orjson: ms a page", ms["plain"], "ms"),
        Figure("dashboards-py: ms a page, values to bytes on disk", ms["ours"], "ms", 1.5),
        Figure("dashboards-py: ms a page, on the machine of the goal", ms["ours"] / slower, "ms", 1.5),
        Figure("dashboards-py / plain dict", median(limit), "x", 2.7),
        Figure("grafanalib's own API: ms a page", ms["grafanalib"], "ms"),
        Figure("dashboards-py / grafanalib", ms["ours"] / ms["grafanalib"], "x", 1.0),
    ]
    if "sdk" in ms:
        figures.append(Figure("Foundation SDK with its encoder: ms a page", ms["sdk"], "ms"))
        figures.append(Figure("dashboards-py / Foundation SDK", ms["ours"] / ms["sdk"], "x", 1.0))
    else:
        print("the Foundation SDK is not installed (extra: bench); it is left out")
    return figures


def _contenders(folder: Path) -> dict[str, Callable[[int], None]]:
    values = [ours.dashboard(number) for number in range(PAGES)]

    def written(name: str, text: bytes) -> None:
        (folder / f"{name}.json").write_bytes(text)

    contenders: dict[str, Callable[[int], None]] = {
        "plain": lambda number: written("plain", orjson.dumps(plain_dict.page(number), option=INDENT)),
        "ours": lambda number: ours.write(values[number], folder),
        "grafanalib": lambda number: written("grafanalib", grafanalib_api.text(grafanalib_api.page(number))),
    }
    try:
        from bench import foundation_sdk  # noqa: PLC0415 - a peer that need not be installed
    except ImportError:
        return contenders
    contenders["sdk"] = lambda number: written("sdk", foundation_sdk.text(foundation_sdk.page(number)))
    return contenders


if __name__ == "__main__":
    sys.exit(main())
