"""Back to how it was before a push, from its journal: the steps, under the same rules as any push."""

from collections.abc import Mapping, Sequence

from cli.artifact.digest import SERVER_KEYS
from cli.deploy import deletion
from cli.deploy.compare import is_what_was_saved, put_at
from cli.deploy.conflict import GOING, changed, found_below, marks, who
from cli.deploy.files import name_of
from cli.deploy.journal import Before, Done, PageAct
from cli.deploy.message import compose, digest_in, kept_in
from cli.deploy.outcome import Result
from cli.deploy.side_by_side import side_by_side
from cli.deploy.step import Step
from cli.errors import DashError, Refused
from cli.exit_codes import Exit
from cli.grafana.model import Folder, LivePage
from cli.grafana.port import Grafana


def back(grafana: Grafana, done: Done, jobs: int) -> tuple[Step, ...]:
    """A step for each page that the push began to touch."""
    steps, interrupted = side_by_side(lambda act: _step(grafana, done.name, act), done.pages, jobs, grafana.give_up)
    if interrupted:
        raise KeyboardInterrupt
    return tuple(step for step in steps if step)


def missing(
    grafana: Grafana, steps: Sequence[Step], acts: Sequence[PageAct], deleted: Sequence[Folder]
) -> list[Folder]:
    """Folders that the push deleted, or that pages come back to, and that are no longer there; the outermost first."""
    coming = {step.uid for step in steps if step.page is not None}
    ways = [act.before.folder for act in acts if act.before and act.uid in coming]
    found = {one.uid: one for one in (*reversed(deleted), *(one for way in ways for one in way))}
    outermost_first = sorted(found.values(), key=lambda one: _depth(one, found))
    return [one for one in outermost_first if not _is_there(grafana, one)]


def _is_there(grafana: Grafana, folder: Folder) -> bool:
    """Whether we see a folder; one that is gone is forbidden to an Editor, and making it tells whether it is."""
    try:
        return grafana.folder(folder.uid) is not None
    except Refused:
        return False


def _depth(folder: Folder, known: Mapping[str, Folder]) -> int:
    """How many known folders are around it; those that are in each other, which none can be, are counted once."""
    around = set[str]()
    while folder.parent in known and folder.parent not in around:
        around.add(folder.parent)
        folder = known[folder.parent]
    return len(around)


def _step(grafana: Grafana, push: str, act: PageAct) -> Step:
    try:
        return _back(grafana, push, act, deletion.wherever(grafana, act.uid))
    except DashError as error:
        return Step(uid=act.uid, title=act.title, result=Result.FAILED, why=error.sentence, exit=error.exit)


def _back(grafana: Grafana, push: str, act: PageAct, live: LivePage | None) -> Step:
    before = act.before
    if live is None:
        if before is None:
            return Step(uid=act.uid, title=act.title, result=Result.UNCHANGED)
        return _restored(act, before, None, push) if act.deleted else _refused(act, push, "somebody deleted it since")
    if before and _is(before, live):
        return Step(uid=act.uid, title=act.title, result=Result.UNCHANGED)
    newest = next(iter(grafana.versions(live.aside or act.uid, 1)), None)
    if newest is None or newest.number != live.version or not _left(act, newest.message, live):
        later = newest is not None and newest.number == live.version and digest_in(newest.message)
        why = (
            f"a later push changed it ({who(live, newest.message)})" if newest and later else changed(live, newest, "")
        )
        return _refused(act, push, why)
    if theirs := deletion.overwritten(grafana, live.aside or act.uid, live):
        return _refused(act, push, f"{found_below(theirs)}; restore it in its history, or dash push --prune does")
    return _restored(act, before, live, push) if before else _deletion(act, live, push)


def _left(act: PageAct, message: str, live: LivePage) -> bool:
    """Whether a save with this message left the page as the act did: a push's, of what the act wrote.

    A message alone is not believed, for anybody can write one.
    """
    digest = digest_in(act.message)
    ours = digest_in(message) == digest if digest else message == act.message
    return ours and put_at(live.body, act.digest, ("",), None) is not None


def _is(before: Before, live: LivePage) -> bool:
    if GOING in marks(live):
        return False  # the push was killed when the page was about to be deleted
    return live.folder == _folder(before) and is_what_was_saved(before.body, live.body)


def _folder(before: Before) -> str:
    return before.folder[-1].uid if before.folder else ""


def _refused(act: PageAct, push: str, why: str) -> Step:
    kept = f"; what it was is in .dash/pushes/{push}/pages/{name_of(act.uid)}.json" if act.before else ""
    said = f"not taken back: {why}{kept}"
    return Step(uid=act.uid, title=act.title, result=Result.CONFLICT, why=said, exit=Exit.CONFLICT)


def _restored(act: PageAct, before: Before, live: LivePage | None, push: str) -> Step:
    """As it was; and known as a push of ours again, if it was one.

    A page that was deleted has lost its history, and with it the edits by hand that the message may speak of.
    """
    kept = kept_in(before.message)
    known = digest_in(before.message) if live or not kept else ""
    return Step(
        uid=act.uid,
        title=act.title,
        result=Result.UPDATED if live else Result.CREATED,
        why="as it was before",
        page={name: value for name, value in before.body.items() if name not in SERVER_KEYS} | {"uid": act.uid},
        over=live,
        folder=_folder(before),
        message=compose(known, f"takes back {push}", kept) if known else f"takes back the push {push}",
        said=act.message if live else "",
    )


def _deletion(act: PageAct, live: LivePage, push: str) -> Step:
    return Step(
        uid=act.uid,
        title=act.title,
        result=Result.DELETED,
        why="it was not there before",
        over=live,
        message=compose(digest_in(act.message), f"takes back {push}", kept_in(act.message)),
        said=act.message,
    )
