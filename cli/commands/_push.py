"""What `dash push`, `dash plan` and `dash rollback` do once their options are understood."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from cli.artifact import manifest
from cli.commands import _json, _order, _pushed, _who
from cli.commands._place import JOBS, Place
from cli.commands._pushing import Said
from cli.deploy import journal, plan, prune, push
from cli.deploy.alerts import kept
from cli.deploy.outcome import Outcome, Report, Result
from cli.deploy.planning import Planned
from cli.errors import UsageError
from cli.exit_codes import Exit
from cli.grafana.connect import connected
from cli.grafana.shown import shown

#: What somebody may want back.
TAKEN_BACK = (Result.UPDATED, Result.MOVED, Result.DELETED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody typed, besides what is pushed and where."""

    dry_run: bool = False
    fail_fast: bool = False
    annotate: bool = False
    yes: bool = False
    output: str = "text"


def run(said: Said, asked: Asked, file: Path | None) -> int:
    """Push, say what became of each page, and answer the exit code."""
    place = _who.place_of(said)
    if file:
        return _planned(plan.read(file), said, asked, place)
    made = manifest.read(said["build"])
    order, pages, built = (
        _order.order_of(said, place, made),
        _order.chosen(made, said["only"]),
        _order.built(said, made),
    )
    if not asked.dry_run:
        _who.allowed(place, yes=asked.yes, what="push")
    with connected(place.address, connections=order.jobs, api=place.api) as grafana, _bar(asked) as told:
        work = push.Push(grafana, made.project, _how(asked, order.jobs, told))
        found = _order.plan(work, said, order, pages, built)
        if built is None and not (said["only"] or made.partial or found.interrupted):
            found = replace(found, notes=(*found.notes, *prune.mentioned(grafana, order, made.pages)))
        told.expect(len(found.steps))
        report = work.carry_out(_noted(found))
    return _said(report, asked, place)


def write_plan(said: Said, out: Path, output: str) -> int:
    """Write a plan into a file, say what it is going to do, and answer 1 when that is something."""
    place = _who.place_of(said)
    made = manifest.read(said["build"])
    order, pages, built = (
        _order.order_of(said, place, made),
        _order.chosen(made, said["only"]),
        _order.built(said, made),
    )
    with connected(place.address, connections=order.jobs, api=place.api) as grafana:
        work = push.Push(grafana, made.project, push.How(jobs=order.jobs, dry_run=True))
        found = _order.plan(work, said, order, pages, built)
        report = work.carry_out(found)
    if report.interrupted:
        raise KeyboardInterrupt
    plan.write(out, plan.dump(found, place.address.whole, made.project))
    code = _said(report, Asked(dry_run=True, output=output), place)
    if any(step.writes for step in found.steps):
        click.echo(f"note: dash push {shown(str(out))} carries it out", err=True)
    return code or (Exit.NO if any(step.writes for step in found.steps) else Exit.OK)


def _planned(bound: plan.Bound, said: Said, asked: Asked, place: Place) -> int:
    """Carry out a plan, when everything that it saw is as it was."""
    if bound.grafana != place.address.whole:
        raise UsageError(f"this plan is for the Grafana at {bound.grafana}, not {place.address.whole}", fix=plan.FIX)
    if not asked.dry_run:
        _who.allowed(place, yes=asked.yes, what="push")
    jobs = _order.jobs_of(said, place)
    with connected(place.address, connections=jobs, api=place.api) as grafana, _bar(asked) as told:
        work = push.Push(grafana, bound.project, _how(asked, jobs, told))
        found, changed = plan.still(grafana, bound, jobs)
        if changed:
            for why in changed:
                click.echo(shown(why, 600), err=True)
            click.echo(f"error: nothing is written, for this is not what the plan saw\n  try: {plan.FIX}", err=True)
            return Exit.CONFLICT
        told.expect(len(found.steps))
        report = work.carry_out(_noted(found))
    return _said(report, asked, place)


def take_back(who: _who.Who, name: str, asked: Asked) -> int:
    """Bring the state of before a push back; of the last one into this Grafana where none is named."""
    place = _who.place_of(who)
    done = journal.read(journal.FOLDER, name) if name else _last(place)
    acts = kept.read(journal.FOLDER, done.name)
    if done.about["grafana"] != place.address.whole:
        raise UsageError(f"that push went to {done.about['grafana']}", where=done.name, fix="--url, or --context")
    if not asked.dry_run:
        _who.allowed(place, yes=asked.yes, what="rollback")
    if acts:
        from cli.commands import _push_alerts  # noqa: PLC0415 - a push of pages needs none of it

        return _push_alerts.take_back(done, acts, asked, place)
    jobs = place.jobs or JOBS
    with connected(place.address, connections=jobs, api=place.api) as grafana, _bar(asked) as told:
        report = push.Push(grafana, str(done.about["project"]), _how(asked, jobs, told)).take_back(done)
    return _said(report, asked, place)


def listed(output: str) -> str:
    """Each push that wrote a journal here: its name, where it went, and how many pages it touched."""
    pushes = [journal.read(journal.FOLDER, name) for name in journal.names(journal.FOLDER)]
    if output == "json":
        about = [
            {
                "push": done.name,
                "grafana": done.about["grafana"],
                "project": done.about["project"],
                "pages": len(done.pages),
            }
            for done in pushes
        ]
        return f"{_json.written({'type': 'pushes', 'version': 1, 'pushes': about})}\n"
    lines = (f"{done.name}  {shown(str(done.about['grafana']))}  {_many(len(done.pages))}" for done in pushes)
    return "".join(f"{line}\n" for line in lines)


def _many(pages: int) -> str:
    return f"{pages} page{'' if pages == 1 else 's'}"


def _last(place: Place) -> journal.Done:
    pushes = (journal.read(journal.FOLDER, name) for name in journal.names(journal.FOLDER))
    touched = (
        done for done in pushes if done.pages or done.folders or done.panels or kept.read(journal.FOLDER, done.name)
    )
    found = next((done for done in touched if done.about["grafana"] == place.address.whole), None)
    if found is None:
        raise UsageError(f"no push from here went to {place.address.whole}", where=str(journal.FOLDER))
    return found


def _how(asked: Asked, jobs: int, told: "_Bar") -> push.How:
    return push.How(jobs=jobs, dry_run=asked.dry_run, fail_fast=asked.fail_fast, annotate=asked.annotate, told=told)


class _Bar:
    """Progress, for who sits at a terminal."""

    def __init__(self, *, seen: bool) -> None:
        self._seen, self._done, self._of = seen, 0, 0

    def expect(self, pages: int) -> None:
        """So many pages are coming."""
        self._of = pages

    def __call__(self, _: Outcome) -> None:
        """One is done."""
        self._done += 1
        if self._seen:
            click.echo(f"\r{self._done} of {self._of} pages", nl=False, err=True)

    def end(self) -> None:
        """Leave a clean line."""
        if self._seen and self._done:
            click.echo("\r\x1b[K", nl=False, err=True)


@contextmanager
def _bar(asked: Asked) -> Iterator[_Bar]:
    """A second Ctrl-C ends the process at once: threads that wait for a Grafana would hold it."""
    bar = _Bar(seen=asked.output == "text" and sys.stderr.isatty())
    try:
        yield bar
    except KeyboardInterrupt:
        click.echo("interrupted; what was in flight may have happened, and a rerun sees it", err=True)
        sys.stdout.flush()
        os._exit(Exit.INTERRUPTED)
    finally:
        bar.end()


def _noted(found: Planned) -> Planned:
    """What is to be known of a push is said before anything is written."""
    _say(found.notes)
    return replace(found, notes=())


def _say(notes: Iterable[str]) -> None:
    for note in notes:
        click.echo(_pushed.as_note(note), err=True)


def _said(report: Report, asked: Asked, place: Place) -> int:
    _say(report.notes)
    if report.push and any(one.result in TAKEN_BACK for one in report.outcomes):
        click.echo(f"note: dash rollback {report.push} takes this back", err=True)
    click.echo(_pushed.as_json(report, place.address) if asked.output == "json" else _pushed.as_text(report))
    return report.exit
