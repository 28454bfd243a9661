"""From what was typed to what is to be pushed: pages, where, how."""

import difflib
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from cli.artifact.manifest import Manifest, PageEntry
from cli.commands._place import JOBS, Place
from cli.commands._pushing import Said, pins
from cli.deploy.decide import OnConflict
from cli.deploy.outcome import Result
from cli.deploy.planning import Order, Planned
from cli.deploy.prune import refused, too_many
from cli.deploy.push import Push
from cli.deploy.state import State
from cli.deploy.step import LONG, Step
from cli.errors import UsageError
from cli.grafana.shown import shown

GIT_SECONDS = 5
#: What can be asked about; a page that Grafana reads from a file cannot.
DEBATABLE = (State.EDITED, State.MOVED, State.THEIRS)
#: How `ask` is answered.
ANSWERS = {"k": OnConflict.KEEP, "m": OnConflict.MERGE, "o": OnConflict.OVERWRITE, "s": OnConflict.STOP}


def jobs_of(said: Said, place: Place) -> int:
    """How many requests at a time."""
    return said["jobs"] or place.jobs or JOBS


def order_of(said: Said, place: Place, made: Manifest) -> Order:
    """What to push, and how."""
    asks = said["on_conflict"] == "ask"
    return Order(
        build=said["build"],
        project=made.project,
        below=place.below if said["folder"] is None else said["folder"],
        text=_subject(said["build"]) if said["message"] is None else said["message"],
        jobs=jobs_of(said, place),
        on_conflict=OnConflict.STOP if asks else OnConflict(said["on_conflict"]),
        datasources={**place.datasources, **pins(said["datasource"])},
    )


def plan(push: Push, said: Said, order: Order, pages: Sequence[PageEntry], built: Collection[str] | None) -> Planned:
    """What is going to be done; asks about edits by hand, where that was wished."""
    found = push.plan(order, pages, built)
    if said["on_conflict"] == "ask" and (answers := _asked(found)):
        again = [page for page in pages if page.uid in answers]
        more = push.plan(replace(order, chosen=answers), again)
        new = {step.uid: step for step in more.steps}
        steps = tuple(_answered(step, new[step.uid]) if step.uid in new else step for step in found.steps)
        notes = tuple(dict.fromkeys((*found.notes, *more.notes)))
        found = replace(found, steps=steps, notes=notes, interrupted=more.interrupted)
    if too_many(found.steps, said["max_deletes"]):
        steps = tuple(refused(step, said["max_deletes"]) if step.deletes else step for step in found.steps)
        found = replace(found, steps=steps)
    return found


def built(said: Said, made: Manifest) -> set[str] | None:
    """Every page of a build that is whole, where what it has not is to be deleted: a part has not what the rest has."""
    if not said["prune"]:
        return None
    if said["only"]:
        raise click.UsageError("--prune needs the whole build, and --only is a part of it")
    if made.partial or any(page.stale for page in made.pages):
        raise UsageError(
            "--prune needs a whole build, and this one left something out", where=str(said["build"]), fix="dash build"
        )
    return {page.uid for page in made.pages}


def _asked(found: Planned) -> Mapping[str, OnConflict]:
    """What a person says about each page that was edited by hand.

    Raises:
        UsageError: nobody is there.
    """
    answers: dict[str, OnConflict] = {}
    edited = [step for step in found.steps if step.result is Result.CONFLICT and step.state in DEBATABLE]
    if found.interrupted or not edited:
        return answers
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        what = "there are edits by hand, and nobody is here to be asked about them"
        raise UsageError(what, where=edited[0].uid, fix="--on-conflict stop, keep, merge or overwrite")
    for step in edited:
        click.echo(f"{shown(step.uid)}: {shown(step.why, LONG)}", err=True)
        for edit in step.edits:
            click.echo(f"  {shown(edit, LONG)}", err=True)
        answer = click.prompt(
            "keep theirs, merge, overwrite, or stop", type=click.Choice(list(ANSWERS)), default="s", err=True
        )
        if ANSWERS[answer] is not OnConflict.STOP:
            answers[step.uid] = ANSWERS[answer]
    return answers


def _answered(asked: Step, step: Step) -> Step:
    """What was answered, if the page is still the one that was asked about."""
    if step.over and asked.over and step.over.version != asked.over.version:
        return replace(asked, why="somebody saved it while you were asked, and theirs is kept; push again", edits=())
    return step


def chosen(made: Manifest, only: tuple[str, ...]) -> tuple[PageEntry, ...]:
    """The pages that `--only` names; all without it."""
    known = [page.uid for page in made.pages]
    for uid in only:
        if uid not in known:
            near = difflib.get_close_matches(uid, known, 1)
            fix = f"--only {near[0]}" if near else "dash list"
            raise UsageError(f"the build has no page {uid!r}", fix=fix)
    return tuple(page for page in made.pages if not only or page.uid in only)


def _subject(build: Path) -> str:
    """The subject of the last commit of the repository that the build lies in; empty without one."""
    try:
        asked = subprocess.run(  # noqa: S603 - no shell, and every word is ours
            ["git", "-C", str(build), "log", "-1", "--format=%s"],  # noqa: S607 - the user's own git
            capture_output=True,
            check=True,
            timeout=GIT_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.decode(errors="replace").strip()
