"""The pages judged by several processes at the same time, and what they say put together."""

from __future__ import annotations

from functools import partial
from itertools import chain

from cli.lint.dealt import dealt
from cli.lint.judge import Judge
from cli.lint.of_pages import BATCH, OfPages, of_pages
from cli.lint.rule import World

#: Characters of dashboards, with some 250 queries. To judge fewer takes no longer than to copy the process: 30 ms.
WORTH_A_PROCESS = 500_000
#: Expressions that a process takes at a time where there are others: it has not much left when these are done.
TAKEN = 50


def side_by_side(world: World, judge: Judge, processes: int) -> OfPages:
    """What is said of every page, by no more processes than are asked for."""
    pages = world.inputs.pages
    documents = {id(document): document for document in (page.spot.document for page in pages)}
    # one text holds many documents where it is YAML
    written = sum({id(text): len(text) for text in (document.text for document in documents.values())}.values())
    able = max(1, min(processes, len(pages), written // WORTH_A_PROCESS))
    work = partial(of_pages, world=world, judge=judge, batch=BATCH if able == 1 else TAKEN)
    parts = dealt(pages, work, able, [*documents.values()])
    return OfPages(
        [one for part in parts for one in part.findings],
        sum(part.expressions for part in parts),
        sum(part.skipped for part in parts),
        frozenset(chain.from_iterable(part.shown for part in parts)),
        frozenset(chain.from_iterable(part.read for part in parts)),
    )
