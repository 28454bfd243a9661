"""The pages judged by several processes at the same time, and what they say put together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, pairwise

from cli.lint.elsewhere import elsewhere
from cli.lint.judge import Judge
from cli.lint.of_pages import OfPages, of_pages
from cli.lint.rule import World
from cli.lint.subject import Page

#: Queries of panels. To judge fewer takes no longer than it takes to copy the process: 30 ms.
WORTH_A_PROCESS = 300


def side_by_side(world: World, judge: Judge, processes: int) -> OfPages:
    """What is said of every page, by no more processes than are asked for."""
    mine, *others = _shares(world.inputs.pages, processes)
    shared = [*world.inputs.documents, *(page.spot.document for page in world.inputs.pages)]
    begun = [elsewhere(partial(of_pages, other, world, judge), shared) for other in others]
    parts = [of_pages(mine, world, judge), *(one() for one in begun)]
    return OfPages(
        [one for part in parts for one in part.findings],
        sum(part.expressions for part in parts),
        sum(part.skipped for part in parts),
        frozenset(chain.from_iterable(part.shown for part in parts)),
        frozenset(chain.from_iterable(part.read for part in parts)),
    )


def _shares(pages: Sequence[Page], processes: int) -> Iterator[Sequence[Page]]:
    """All the pages in shares with about as many queries each, and enough to be worth a process."""
    queries = list(accumulate(sum(len(panel.targets) for panel in page.panels) for page in pages))
    whole = queries[-1] if queries else 0
    shares = max(1, min(processes, whole // WORTH_A_PROCESS))
    ends = [bisect_left(queries, whole * share / shares) + 1 for share in range(1, shares)]
    return (pages[start:end] for start, end in pairwise([0, *ends, len(pages)]))
