"""Mark the moment of a push on the pages that it wrote."""

from collections.abc import Sequence

from cli.deploy.message import text_in
from cli.deploy.outcome import Outcome, Result
from cli.deploy.side_by_side import side_by_side
from cli.deploy.step import Step
from cli.errors import DashError
from cli.grafana.port import Grafana

#: What is written there, where nobody said why.
TEXT = "dash push"
MARKED = (Result.CREATED, Result.UPDATED, Result.MOVED)


def mark(grafana: Grafana, project: str, done: Sequence[tuple[Step, Outcome]], at: float, jobs: int) -> tuple[str, ...]:
    """Mark every page that was written; what a person should know, where that did not go well.

    Args:
        grafana: where the pages are.
        project: whose they are.
        done: what became of each.
        at: the moment, in seconds since 1970.
        jobs: how many requests at a time.
    """
    written = [step for step, one in done if one.result in MARKED]
    tags = ("dash", f"dash:{project}")

    def one(step: Step) -> str:
        try:
            text = text_in(step.message) or TEXT
            grafana.annotate(text, tags=tags, page=step.uid, at=int(at * 1000))
        except DashError as error:
            return error.what
        return ""

    said, _ = side_by_side(one, written, jobs)
    failed = [why or "interrupted" for why in said if why is None or why]
    if not failed:
        return ()
    return (f"{len(failed)} of {len(written)} pages have no mark of this push: {failed[0]}",)
