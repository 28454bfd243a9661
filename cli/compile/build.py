"""`dash build`: from modules to files, only what changed; this module alone decides that there is nothing to do."""

# ruff: noqa: PTH100, PTH118 - paths are strings: a Path each takes half of the time

import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from cli.compile import memory
from cli.compile.discover import Module, modules
from cli.config import Config

if TYPE_CHECKING:
    from cli.compile.problem import Problem

#: Where to, where nothing is said.
OUT = "build"
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


class Start(NamedTuple):
    """What a build began with: what was asked, where to, when it began to look (ns), what it found and what it knew."""

    request: Request
    out: str
    looked: int
    found: tuple[Module, ...]
    known: memory.Memory

    @property
    def knows_stack(self) -> bool:
        """Whether the last build had the same settings for the files around pages and rules."""
        return self.known.has(self.request.config.stack)


def build(request: Request, progress: Progress = lambda _done, _all: None) -> Report:
    """Build what changed and write it; `progress` hears how many of the modules are done.

    Raises:
        UsageError: a source is not there, or the folder cannot be written.
    """
    start = begin(request)
    report = idle(start)
    if report is not None:
        return report

    from cli.compile.rebuild import rebuild  # noqa: PLC0415 - it loads panels, queries and grafanalib

    return rebuild(start, progress)


def begin(request: Request) -> Start:
    """Look at the sources and at what the last build left; UsageError: a source is not there."""
    looked = time.time_ns()
    folder = os.path.abspath(request.folder)
    out = os.path.join(folder, request.out)
    config = request.config
    sources = request.sources or config.sources
    found = modules(sources, folder)
    settings = [list(sources), config.project, list(map(list, sorted(config.jobs.items()))), config.grafana]
    return Start(request, out, looked, found, memory.read(out, memory.fingerprint(settings)))


def idle(start: Start) -> Report | None:
    """What there is, where nothing is to be done; None where something is."""
    known, request = start.known, start.request
    if request.only or not known.is_whole(start.found, request.config.stack):
        return None
    if not request.check and known.could_be_surer(start.looked):
        _renew(known, start.out, start.looked)
    pages, rules, stack = known.said["whole"]
    return Report(pages, rules, stack, unchanged=len(known.outputs()))


def _renew(known: memory.Memory, out: str, looked: int) -> None:
    from cli.compile.write import replace  # noqa: PLC0415 - the next build finds nothing to write

    with suppress(OSError):
        replace(memory.file_for(out), known.renewed(looked))
