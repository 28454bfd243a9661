"""Pages of ours in a Grafana that the build no longer has: what may be deleted, and what may not."""

from collections.abc import Collection, Iterable

from cli.artifact.manifest import PageEntry
from cli.deploy import past
from cli.deploy.conflict import KEPT, changed, found_below, not_ours
from cli.deploy.deletion import at_its_place, overwritten
from cli.deploy.folders import Folders
from cli.deploy.message import compose, putting_back
from cli.deploy.outcome import Result
from cli.deploy.planning import Order
from cli.deploy.side_by_side import side_by_side
from cli.deploy.state import State
from cli.deploy.step import Step
from cli.errors import DashError
from cli.exit_codes import Exit
from cli.grafana.model import Folder, Found, LivePage
from cli.grafana.port import Grafana
from cli.grafana.shown import shown

#: How many pages a line names.
NAMED = 3


def left_over(grafana: Grafana, folders: Folders, order: Order, built: Collection[str]) -> tuple[Step, ...]:
    """A step for each page with our tag that the build has not: deleted where it is ours as we pushed it.

    A tag alone is copied with a page by "Save as" and by an import: the history must say that we pushed it, and that
    nobody saved it since.

    Args:
        grafana: where to look.
        folders: its folders.
        order: what is pushed.
        built: uids of all pages of a whole build.
    """
    found = [one for one in grafana.search(tag=order.tag) if one.uid not in built]

    def steps(one: Found) -> tuple[Step, ...]:
        step = _step(grafana, folders, order, one)
        return (step,) if step else ()

    made, interrupted = side_by_side(steps, found, order.jobs, grafana.give_up)
    if interrupted:
        raise KeyboardInterrupt
    return tuple(step for each in made for step in each or ())


def mentioned(grafana: Grafana, order: Order, pages: Iterable[PageEntry]) -> tuple[str, ...]:
    """One line about the pages with our tag that a whole build has not, when a push leaves them where they are."""
    built = {page.uid for page in pages}
    try:
        found = sorted({one.uid for one in grafana.search(tag=order.tag)} - built)
    except DashError:
        return ()  # what a push need not know is no reason to stop it
    if not found:
        return ()
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    names = f"{', '.join(map(shown, found[:NAMED]))}{more}"
    are = "are" if len(found) > 1 else "is"
    return (f"{names} {are} there with our tag, and no longer in the build; dash push --prune deletes what is ours",)


def _step(grafana: Grafana, folders: Folders, order: Order, found: Found) -> Step | None:
    """None for a page that only the search still knows."""
    try:
        live = grafana.page(found.uid)
        if live is None:
            return None
        title = str(live.body.get("title") or found.uid)
        places = folders.readings(live, ())
        history = past.read(grafana, found.uid, at_its_place(live), places)
        left = history.left
        if left and left.version == live.version and (theirs := overwritten(grafana, found.uid, live)):
            return _put_back(grafana, found.uid, live, title, theirs)
    except DashError as error:
        return Step(uid=found.uid, title=found.title, result=Result.FAILED, why=error.sentence, exit=error.exit)
    why = not_ours(live, order.tag)
    foreign = State.PROVISIONED if live.provisioned else State.THEIRS
    state = foreign if why or not history.pushed else State.LEFT_OVER
    if not why and not (left and left.version == live.version and not left.moved):
        said = changed(live, history.newest, "") if history.pushed else "it has our tag, but dash never pushed it"
        why = f"not deleted: {said}; delete it in Grafana, or take it into the source"
    elif not why and left and left.spans:
        why = f"not deleted: {KEPT}"
    if why or left is None:
        return Step(uid=found.uid, title=title, result=Result.SKIPPED, state=state, why=why)
    newest = history.newest.message if history.newest else ""
    return Step(
        uid=found.uid,
        title=title,
        result=Result.DELETED,
        state=state,
        why="the build no longer has it",
        over=live,
        message=compose(left.digest, f"about to be deleted: {order.text}", left.spans),
        said=newest,
    )


def _put_back(grafana: Grafana, uid: str, live: LivePage, title: str, theirs: int) -> Step:
    """A step that brings a version back, where the page lies now."""
    body, why = grafana.body_of(uid, theirs), found_below(theirs)
    if body is None:
        why = f"not deleted: {why}, and its history no longer shows it; restore it there, or delete the page in Grafana"
        return Step(uid=uid, title=title, result=Result.SKIPPED, state=State.EDITED, why=why)
    return Step(
        uid=uid,
        title=title,
        result=Result.UPDATED,
        state=State.EDITED,
        why=f"{why}: it is put back, and stays",
        page={**body, "uid": uid},
        over=live,
        folder=live.folder,
        message=putting_back(theirs, live.version),
    )


def inside_out(folders: Folders, deleted: Iterable[Step]) -> list[Folder]:
    """The folders that deleted pages lay in, the innermost first."""
    ways = [folders.way(step.over.folder) for step in deleted if step.over]
    depths = {one: depth for way in ways for depth, one in enumerate(way)}
    return sorted(depths, key=lambda one: (-depths[one], one.uid))


def too_many(steps: Iterable[Step], most: int) -> list[Step]:
    """The deletions, when they are more than somebody wanted to allow; none otherwise."""
    deletions = [step for step in steps if step.deletes]
    return deletions if len(deletions) > most else []


def refused(step: Step, most: int) -> Step:
    """A deletion that is one of too many."""
    why = f"not deleted: more pages are left over than --max-deletes allows ({most})"
    return Step(uid=step.uid, title=step.title, result=Result.SKIPPED, why=why, exit=Exit.CONFLICT)
