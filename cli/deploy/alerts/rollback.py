"""Back to how a thing of alerting was before a push: a step of its own, under the same rules as any."""

from cli.deploy.alerts.kept import Act
from cli.deploy.alerts.step import Door, Step
from cli.deploy.outcome import Result
from cli.errors import DashError
from cli.exit_codes import Exit

EDITED = "not taken back: somebody changed it since"


def step(door: Door, act: Act) -> Step:
    """What to do with it: nothing where it is as it was, and nothing where it is no longer what the push wrote."""
    title = act.title
    try:
        live = door.live(act.key)
    except DashError as error:
        why = error.sentence
        return Step(kind=act.kind, key=act.key, title=title, result=Result.FAILED, why=why, exit=error.exit)
    if door.same(live, act.before):
        return Step(kind=act.kind, key=act.key, title=title, result=Result.UNCHANGED)
    if not door.same(live, act.wrote):
        edits = door.differences(act.wrote or {}, live or {})
        conflict = Result.CONFLICT
        return Step(
            kind=act.kind, key=act.key, title=title, result=conflict, why=EDITED, edits=edits, exit=Exit.CONFLICT
        )
    if act.before is None:
        result, why = Result.DELETED, "it was not there before"
    else:
        result, why = (Result.UPDATED if live else Result.CREATED), "as it was before"
    return Step(kind=act.kind, key=act.key, title=title, result=result, why=why, body=act.before, over=live)
