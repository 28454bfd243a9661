"""What every page is, between a build and a Grafana: what a push would find, and nothing is written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cli.artifact.manifest import Manifest
from cli.deploy.outcome import Result
from cli.deploy.planning import Order
from cli.deploy.push import How, Push
from cli.deploy.state import State
from cli.deploy.step import LONG, Step
from cli.exit_codes import Exit, worst
from cli.grafana.port import Grafana
from cli.grafana.shown import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """One page's.

    Attributes:
        uid: the page's.
        title: what people call it.
        state: what it is.
        why: who did what, and what can be done about it; empty where the state says it all.
        edits: how many edits by hand there are on it that the source has not.
        exit: what it alone would tell the shell.
    """

    uid: str
    title: str
    state: State
    why: str = ""
    edits: int = 0
    exit: Exit = Exit.OK


@dataclass(frozen=True, slots=True)
class Status:
    """Every page's: those of the build in its order, then those with our tag that it no longer has."""

    pages: tuple[PageState, ...]
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each state; together as many as there are pages."""
        found = Counter(page.state for page in self.pages)
        return {state.value: found[state] for state in State}

    @property
    def exit(self) -> Exit:
        """What to tell the shell: whether all are in step."""
        return worst(page.exit for page in self.pages)


def status(grafana: Grafana, order: Order, made: Manifest) -> Status:
    """Look at every page as a push would, with all that it would do left undone.

    Raises:
        RemoteError: this Grafana answers nothing, or not us.
        KeyboardInterrupt: somebody pressed Ctrl-C.
    """
    push = Push(grafana, order.project, How(jobs=order.jobs, dry_run=True))
    plan = push.plan(order, made.pages, {page.uid for page in made.pages})
    if plan.interrupted:
        raise KeyboardInterrupt
    pages = tuple(map(_state, plan.steps))
    return Status(pages, (*plan.notes, *_notes(made, pages)))


def _state(step: Step) -> PageState:
    why = step.why
    failed = step.result is Result.FAILED
    code = Exit.OK if step.state is State.IN_STEP else step.exit if failed else Exit.NO
    return PageState(
        uid=step.uid, title=step.title, state=step.state, why=shown(why, LONG), edits=len(step.edits), exit=code
    )


def _notes(made: Manifest, pages: Iterable[PageState]) -> tuple[str, ...]:
    if made.partial and any(page.state is State.LEFT_OVER for page in pages):
        return ("the build left something out: what it seems to have no longer may be among that",)
    return ()
