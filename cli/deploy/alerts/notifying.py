"""What a push is going to do with contact points, mute timings and our part of the policies; nothing written."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cli.deploy.alerts import subtree
from cli.deploy.alerts.notification_doors import POINT, POLICY, TIMING
from cli.deploy.alerts.notifications import Notifications, Point
from cli.deploy.alerts.step import Door, Step
from cli.deploy.decide import OnConflict
from cli.deploy.outcome import Result
from cli.exit_codes import Exit

Json = Mapping[str, Any]
WAYS = "take it into dash.toml, or --on-conflict keep or overwrite"
UNKNOWN = "something of that name is there, and nothing says that we pushed it"
#: Before it, whoever writes the tree locks all of it against the browser.
OPEN_TREE = (10, 0)
LOCKS = "a Grafana before 10 would lock the whole policy tree, also what is not ours; add the route there by hand"


@dataclass(frozen=True, slots=True)
class Seen:
    """What is there, and what our route remembers of our last push."""

    points: Mapping[str, Json]
    timings: Mapping[str, Json]
    route: Json | None

    @property
    def memory(self) -> dict[str, str]:
        """Of each thing a digest."""
        return subtree.memory_of(self.route)


def steps(
    doors: Mapping[str, Door],
    wanted: Notifications,
    seen: Seen,
    project: str,
    on_conflict: OnConflict,
    *,
    tree_is_open: bool,
) -> Iterator[Step]:
    """A step for each; what policies name comes before them."""
    found = [_point(doors[POINT], point, seen, on_conflict) for point in wanted.points]
    found += [_timing(doors[TIMING], timing, seen, on_conflict) for timing in wanted.timings]
    yield from found
    if wanted.policy is None:
        return
    made = route(wanted, project, remembered(wanted, seen))
    if subtree.same(seen.route, made) and not any(step.writes for step in found):
        yield Step(kind=POLICY, key=POLICY, title=POLICY, result=Result.UNCHANGED)
    elif not tree_is_open:
        yield Step(kind=POLICY, key=POLICY, title=POLICY, result=Result.SKIPPED, why=LOCKS)
    else:
        known = seen.memory.get(subtree.ROUTE, "")
        edited = seen.route is not None and subtree.digest(subtree.bare(seen.route)) != known
        yield _step(
            POLICY, POLICY, doors[POLICY], made, seen.route, known=known, edited=edited, on_conflict=on_conflict
        )


def remembered(wanted: Notifications, seen: Seen, unwritten: Collection[str] = ()) -> dict[str, str]:
    """What our route is to remember, when things are as they are there; of what is not as wanted, as before.

    Args:
        wanted: what the build wants.
        seen: what is there.
        unwritten: uids of contact points that were not written as they are wanted, which a hidden secret does not show.
    """
    found = {}
    for point in wanted.points:
        key = str(point.body["uid"])
        name, there = subtree.name(POINT, key), seen.points.get(key)
        shows = there is not None and subtree.visible(point.body, there) == subtree.visible(there)
        if there is not None and shows and not point.missing and key not in unwritten:
            found[name] = f"{subtree.secret_digest(point.body, key)}.{subtree.digest(subtree.visible(there))}"
        elif name in seen.memory:
            found[name] = seen.memory[name]
    for timing in wanted.timings:
        key = str(timing["name"])
        name, there = subtree.name(TIMING, key), seen.timings.get(key)
        if there is not None and subtree.digest(there) == subtree.digest(timing):
            found[name] = subtree.digest(timing)
        elif name in seen.memory:
            found[name] = seen.memory[name]
    return found


def route(wanted: Notifications, project: str, memory: Mapping[str, str]) -> dict[str, Any]:
    """Our route as it is to be, with all that it remembers."""
    made = subtree.wanted(wanted.policy or {}, project)
    return subtree.with_memory(made, {**memory, subtree.ROUTE: subtree.digest(subtree.bare(made))})


def _point(door: Door, point: Point, seen: Seen, on_conflict: OnConflict) -> Step:
    key, title = str(point.body["uid"]), str(point.body["name"])
    there = seen.points.get(key)
    if point.missing:
        why = f"not pushed: {' and '.join(dict.fromkeys(point.missing))} is not set here"
        return Step(kind=POINT, key=key, title=title, result=Result.SKIPPED, why=why, exit=Exit.OK)
    whole, _, visible = seen.memory.get(subtree.name(POINT, key), "").partition(".")
    if there is None:
        return Step(kind=POINT, key=key, title=title, result=Result.CREATED, body=point.body)
    edited = subtree.digest(subtree.visible(there)) != visible
    if not door.differences(point.body, there):
        if whole != subtree.secret_digest(point.body, key):
            why = "its secrets cannot be read back, and are written again"
            return Step(kind=POINT, key=key, title=title, result=Result.UPDATED, why=why, body=point.body, over=there)
        return Step(kind=POINT, key=key, title=title, result=Result.UNCHANGED)
    return _step(
        POINT, key, door, point.body, there, known=visible, edited=edited, on_conflict=on_conflict, title=title
    )


def _timing(door: Door, timing: Json, seen: Seen, on_conflict: OnConflict) -> Step:
    key = str(timing["name"])
    known, there = seen.memory.get(subtree.name(TIMING, key), ""), seen.timings.get(key)
    edited = there is not None and subtree.digest(there) != known
    return _step(TIMING, key, door, timing, there, known=known, edited=edited, on_conflict=on_conflict)


def _step(
    kind: str,
    key: str,
    door: Door,
    body: Json,
    there: Json | None,
    *,
    known: str,
    edited: bool,
    on_conflict: OnConflict,
    title: str = "",
) -> Step:
    """What to do with what is there, and is perhaps not as we left it."""
    title = title or key
    if there is None:
        return Step(kind=kind, key=key, title=title, result=Result.CREATED, body=body)
    edits = door.differences(body, there)
    if not edits and kind != POLICY:
        return Step(kind=kind, key=key, title=title, result=Result.UNCHANGED)
    if edited and edits:
        why = "edited by hand since our last push" if known else UNKNOWN
        if on_conflict is OnConflict.KEEP:
            why = f"kept as it is there: {why}"
            return Step(kind=kind, key=key, title=title, result=Result.SKIPPED, why=why, edits=edits)
        if on_conflict is not OnConflict.OVERWRITE:
            why, code = f"{why}; {WAYS}", Exit.CONFLICT
            return Step(kind=kind, key=key, title=title, result=Result.CONFLICT, why=why, edits=edits, exit=code)
        why = f"overwritten: {why}"
    else:
        why = ""
    edits = edits if why else ()
    return Step(kind=kind, key=key, title=title, result=Result.UPDATED, why=why, edits=edits, body=body, over=there)
