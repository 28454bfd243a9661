"""One push to which something happens, and everything that must hold afterwards."""

import json
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from cli.deploy.outcome import WRITTEN, Report, Result
from tests.faults.faulty import happening, happens
from tests.faults.world import FOREIGN, World, arranged, profile_of
from tests.stand_in import Snapshot, StandIn

#: Results of a push that finds everything as it wants it, or may not touch it.
SETTLED = {Result.UNCHANGED, Result.CONFLICT, Result.SKIPPED}


@dataclass(frozen=True)
class Ran:
    """What one run showed.

    Attributes:
        seed: repeats it.
        what: happened.
        struck: it came to it.
        edits: how many hand edits were made.
        faults: each thing that should not be, in a sentence; none when all is well.
    """

    seed: int
    what: str
    struck: bool
    edits: int
    faults: tuple[str, ...]


def run(seed: int, pages: int, *, killed: bool = False) -> Ran:
    """Everything follows from the seed, but which thread comes first."""
    random = Random(seed)  # noqa: S311 - a test
    profile = profile_of(random)
    with tempfile.TemporaryDirectory() as name, StandIn(profile) as grafana:
        grafana.index_lag = 0.0
        world = arranged(grafana, Path(name), pages, random)
        before, known = grafana.state, set(world.pushes())
        what = happening(random, 6 * pages, killed=killed)
        struck = happens(world, what, random)
        faults = [*_after(world, before), *_rolled_back(world, before, known)]
        return Ran(seed, f"{what} ({profile}, {world.policy})", struck, len(world.marks), tuple(faults))


def _after(world: World, before: Snapshot) -> list[str]:
    """A rerun without faults, and another one, which has nothing to do."""
    first, second = world.push(), world.push()
    now = world.grafana.state
    faults = [f"a rerun: {one.uid} {one.result}: {one.why}" for one in first.outcomes if one.result is Result.FAILED]
    faults += [f"a second rerun: {one.uid} {one.result}" for one in second.outcomes if one.result not in SETTLED]
    faults += [f"lost: {mark}" for mark, uid in world.marks.items() if mark not in str(now.pages.get(uid))]
    faults += [f"foreign page {uid} is not as it was" for uid in FOREIGN if now.pages[uid] != before.pages[uid]]
    titles = Counter((one.body["title"], one.folder) for one in now.pages.values())
    titles += Counter(now.folders.values())
    faults += [f"twice: {title}" for title, count in titles.items() if count > 1]
    built = {*world.build.entries, *FOREIGN, *before.pages}
    faults += [f"nobody built {uid}" for uid in now.pages if uid not in built]
    touched = set(world.marks.values())
    for uid, entry in world.build.entries.items():
        live = now.pages.get(uid)
        if uid not in touched and (live is None or live.body.get("description", "") != _description(world, uid)):
            faults.append(f"{uid} did not arrive in {entry.folder!r}")
    return faults


def _description(world: World, uid: str) -> Any:
    return json.loads((world.build.path / world.build.entries[uid].file).read_text()).get("description", "")


def _rolled_back(world: World, before: Snapshot, known: set[str]) -> list[str]:
    """All pushes since, the newest first; whatever nobody edited since is as it was."""
    reports: list[Report] = [world.take_back(name) for name in world.pushes() if name not in known]
    now = world.grafana.state
    since = {uid for mark, uid in world.marks.items() if not mark.startswith("by hand")}
    faults = [
        f"rollback: {one.uid} {one.result}: {one.why}"
        for report in reports
        for one in report.outcomes
        if one.uid not in since and one.result not in (*WRITTEN, Result.UNCHANGED)
    ]
    uids = sorted({*before.pages, *now.pages} - since)
    changed = [uid for uid in uids if now.pages.get(uid) != before.pages.get(uid)]
    faults += [f"after the rollback {uid} is not as it was" for uid in changed]
    if not since and now.folders != before.folders:
        faults.append("after the rollback the folders are not as they were")
    return faults
