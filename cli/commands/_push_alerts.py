"""What `dash push --alerts` does once its options are understood, and how that is taken back."""

from collections.abc import Sequence

import click

from cli.artifact import manifest
from cli.commands import _json, _order, _pushed, _who
from cli.commands._place import Place
from cli.commands._push import TAKEN_BACK, Asked
from cli.commands._pushing import Said
from cli.deploy.alerts import kept
from cli.deploy.alerts.push import PushAlerts, refused
from cli.deploy.journal import Done
from cli.deploy.outcome import Report, Result
from cli.deploy.push import How
from cli.exit_codes import Exit
from cli.grafana.connect import connected
from cli.grafana.shown import shown


def run(said: Said, asked: Asked, *, editable: bool) -> int:
    """Push the alerts, say what became of each, and answer the exit code."""
    if said["on_conflict"] in ("ask", "merge"):
        raise click.UsageError("--alerts knows --on-conflict stop, keep and overwrite: a rule has no history to merge")
    place = _who.place_of(said)
    made = manifest.read(said["build"])
    order, whole = _order.order_of(said, place, made), _order.built(said, made)
    if not asked.dry_run:
        _who.allowed(place, yes=asked.yes, what="push")
    with connected(place.address, connections=1, api=place.api) as grafana:
        work = PushAlerts(grafana, made.project, order.below, How(dry_run=asked.dry_run))
        found = work.plan(order, made, prune=whole is not None)
        report = work.carry_out(
            found.only(refused(found.steps, said["max_deletes"])), editable=editable, fail_fast=asked.fail_fast
        )
    return _said(report, asked, place)


def take_back(done: Done, acts: Sequence[kept.Act], asked: Asked, place: Place) -> int:
    """Bring the alerting of before a push back."""
    with connected(place.address, connections=1, api=place.api) as grafana:
        project = str(done.about["project"])
        report = PushAlerts(grafana, project, "", How(dry_run=asked.dry_run)).take_back(acts)
    return _said(report, asked, place)


def _said(report: Report, asked: Asked, place: Place) -> int:
    for note in report.notes:
        click.echo(_pushed.as_note(note), err=True)
    if report.push and any(one.result in TAKEN_BACK for one in report.outcomes):
        click.echo(f"note: dash rollback {report.push} takes this back", err=True)
    click.echo(_as_json(report, place) if asked.output == "json" else _as_text(report))
    return Exit(report.exit)


def _as_json(report: Report, place: Place) -> str:
    alerts = [
        {
            "uid": one.uid,
            "title": one.title,
            "result": one.result,
            "why": one.why,
            "edits": [shown(edit, _pushed.LONG) for edit in one.edits],
            "url": f"{place.address.url.rstrip('/')}/alerting/grafana/{one.uid}/view",
        }
        for one in report.outcomes
    ]
    said = {"type": "push alerts", "version": 1, "dry_run": report.dry_run, "push": report.push}
    return _json.written({**said, "alerts": alerts, "counts": report.counts})


def _as_text(report: Report) -> str:
    """A line for each that is not as it was, with wanted against live below it; and the counts."""
    lines = []
    for one in report.outcomes:
        if one.result is not Result.UNCHANGED or one.why:
            lines.append(f"{one.result:<9} {shown(one.title)}" + (f": {one.why}" if one.why else ""))
            lines += [f"          {shown(edit, _pushed.LONG)}" for edit in one.edits]
    counts = ", ".join(f"{count} {result}" for result, count in report.counts.items() if count)
    number = len(report.outcomes)
    total = f"{number} alert{'' if number == 1 else 's'}" + (f": {counts}" if counts else "")
    return "\n".join([*lines, f"dry run, nothing is written: {total}" if report.dry_run else total])
