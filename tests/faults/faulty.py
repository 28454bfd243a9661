"""What happens to one push: at which of its requests, and what."""

import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path
from random import Random
from threading import Event
from typing import Any
from unittest.mock import patch

from cli.main import main
from tests.faults.world import World
from tests.stand_in import RefusedError, kinds_of_fault

WRITER, SLIP, DISK, KILL = "a second writer", "a save that slips in", "a full disk", "kill -9"
OVERWRITER = "somebody who had it open and overwrites"
SECONDS = 60
#: Its processes come from one that has imported the command already, which takes longer than the push.
WARM = get_context("forkserver")
WARM.set_forkserver_preload(["cli.commands.push", __name__])


@dataclass(frozen=True)
class Happening:
    """One thing that happens."""

    kind: str
    nth: int
    applied: bool

    def __str__(self) -> str:
        return f"{self.kind} at request {self.nth}, {'after' if self.applied else 'before'} it was done"


def happening(random: Random, requests: int, *, killed: bool) -> Happening:
    """Anything but a kill, or a kill; at any request of so many."""
    kinds = [*kinds_of_fault(), WRITER, WRITER, OVERWRITER, OVERWRITER, SLIP, SLIP, DISK]
    kind = KILL if killed else random.choice(kinds)
    return Happening(kind, random.randint(1, requests), random.random() < 0.5)


def happens(world: World, what: Happening, random: Random) -> bool:
    """Push, and let it happen, what the push says of it does not count; whether it came to it."""
    uids = sorted(uid for uid in world.grafana.state.pages if uid.startswith("page-"))
    if what.kind == KILL:
        return _killed(world, what)
    if what.kind == DISK:
        with _full(world.journals, what.nth) as opened:
            world.push()
        return opened[0] >= what.nth
    if what.kind == SLIP:
        uid = random.choice(uids)
        mark = f"slipped in on {uid}"
        world.grafana.edit_during_save(uid, _writes(world, uid, mark))
    elif what.kind == WRITER:
        uid = random.choice(uids)
        hook = _edits(world, uid, f"meanwhile on {uid}")
        world.grafana.faults.add(nth=what.nth, **_when(what, hook))
    elif what.kind == OVERWRITER:
        world.grafana.faults.add(nth=what.nth, **_when(what, _overwrites(world, random.choice(uids))))
    else:
        world.grafana.faults.add(nth=what.nth, applied=what.applied, **kinds_of_fault()[what.kind])
    try:
        world.push()
    except Exception as error:
        if not hasattr(error, "exit"):
            raise
    slipped = any(mark.startswith("slipped") for mark in world.marks)
    struck = slipped if what.kind == SLIP else not world.grafana.faults.waiting
    world.grafana.faults.clear()
    return struck


def _when(what: Happening, hook: Callable[[], None]) -> dict[str, Any]:
    return {"after" if what.applied else "before": hook}


def _writes(world: World, uid: str, mark: str) -> Callable[[Any], None]:
    def write(model: Any) -> None:
        model.setdefault("links", []).append({"title": mark, "type": "link"})
        world.marks[mark] = uid

    return write


def _edits(world: World, uid: str, mark: str) -> Callable[[], None]:
    return lambda: world.edit(uid, mark)


def _overwrites(world: World, uid: str) -> Callable[[], None]:
    held, mark = world.grafana.page(uid), f"overwritten on {uid}"
    assert held
    model = {**held.model, "links": [*held.model.get("links", []), {"title": mark, "type": "link"}]}

    def write() -> None:
        try:
            world.grafana.make(model, held.folder_uid, by="alice")
        except RefusedError:
            return
        world.marks[mark] = uid

    return write


def _killed(world: World, what: Happening) -> bool:
    """The command in a process of its own, killed while it waits for the answer; whether it was."""
    here = world.journals.parent / "killed"
    (here / ".dash").mkdir(parents=True)
    (here / ".dash" / "pushes").symlink_to(world.journals)
    world.journals.mkdir(exist_ok=True)
    words = ["push", "--build", str(world.build.path), "--prune", "--message", "a change"]
    words += ["--on-conflict", world.policy.value]
    running = WARM.Process(target=_typed, args=(words, here, world.grafana.url, world.token))
    started = Event()

    def kill() -> None:
        started.wait(SECONDS)
        running.kill()
        wait([running.sentinel], SECONDS)

    world.grafana.faults.add(nth=what.nth, drop=True, **_when(what, kill))
    running.start()
    started.set()
    running.join(SECONDS)
    world.grafana.faults.clear()
    return running.exitcode == -signal.SIGKILL


def _typed(words: list[str], here: Path, url: str, token: str) -> None:
    """In a process of its own: `dash` with these words in that folder, and nobody listens."""
    os.chdir(here)
    os.environ |= {"GRAFANA_URL": url, "GRAFANA_TOKEN": token}
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        main(words)


@contextmanager
def _full(folder: Path, nth: int) -> Iterator[list[int]]:
    """From the n-th file on, there is no room left for journals."""
    opened, real = [0], os.open

    def full(path: Any, *more: Any, **named: Any) -> int:
        if str(path).startswith(str(folder)):
            opened[0] += 1
            if opened[0] >= nth:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, *more, **named)

    with patch("cli.deploy.journal.os.open", full):
        yield opened
