"""`dash build`: from modules to files, only what changed; this module alone decides that there is nothing to do."""

# ruff: noqa: PTH100, PTH118 - paths are strings: a Path each takes half of the time

import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from cli.compile import memory
from cli.compile.discover import modules
from cli.config import Config

if TYPE_CHECKING:
    from cli.compile.problem import Problem

Path = str | os.PathLike[str]
Progress = Callable[[int, int], None]


class Request(NamedTuple):
    """What was asked for: the sources and settings of one build.

    Attributes:
        folder: what sources and `out` are relative to. out: where the files go.
        only: uids; nothing else is written. check: nothing is written at all.
    """

    config: Config
    folder: Path
    out: Path
    sources: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    check: bool = False


class Report(NamedTuple):
    """What a build did, or would do; paths are relative to the build folder.

    Attributes:
        pages, rules, stack: how many files of each kind there are.
        stale: how many pages and rule files are not what the source says.
        partial: something is broken or was left out.
        notes: what went wrong and does no harm.
    """

    pages: int
    rules: int
    stack: int = 0
    stale: int = 0
    partial: bool = False
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    problems: "tuple[Problem, ...]" = ()
    notes: tuple[str, ...] = ()


def build(request: Request, progress: Progress = lambda _done, _all: None) -> Report:
    """Build what changed and write it; `progress` hears how many of the modules are done.

    Raises:
        UsageError: a source is not there, or the folder cannot be written.
    """
    looked = time.time_ns()
    folder = os.path.abspath(request.folder)
    out = os.path.join(folder, request.out)
    config = request.config
    sources = request.sources or config.sources
    found = modules(sources, folder)
    settings = [sources, config.project, sorted(config.jobs.items()), config.grafana]
    known = memory.read(out, memory.fingerprint(settings))
    if not request.only and known.is_whole(found, config.stack):
        if known.had_to_read and not request.check:
            _renew(known, out, looked)
        pages, rules, stack = known.said["whole"]
        return Report(pages, rules, stack, unchanged=len(known.outputs()))

    from cli.compile.rebuild import Start, rebuild  # noqa: PLC0415 - it loads panels, queries and grafanalib

    return rebuild(Start(request, out, looked, found, known), progress)


def _renew(known: memory.Memory, out: str, looked: int) -> None:
    from cli.compile.write import replace  # noqa: PLC0415 - the next build finds nothing to write

    with suppress(OSError):
        replace(memory.file_for(out), known.renewed(looked))
