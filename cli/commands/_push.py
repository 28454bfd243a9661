"""What `dash push` does once its options are understood."""

import difflib
import json
import subprocess
from pathlib import Path

import click

from cli.artifact import manifest
from cli.artifact.manifest import Manifest, PageEntry
from cli.deploy.apply import Order, push
from cli.deploy.outcome import Outcome, Report, Result
from cli.errors import UsageError
from cli.grafana.address import Address
from cli.grafana.client import Grafana
from cli.grafana.shown import shown

GIT_SECONDS = 5


def run(
    where: Address,
    *,
    build: Path,
    folder: str,
    only: tuple[str, ...],
    dry_run: bool,
    message: str | None,
    jobs: int,
    output: str,
) -> int:
    """Push, say what became of each page, and answer the exit code."""
    made = manifest.read(build)
    order = Order(
        build=build,
        project=made.project,
        below=folder,
        text=_subject(build) if message is None else message,
        dry_run=dry_run,
        jobs=jobs,
    )
    pages = _chosen(made, only)
    with Grafana(where, jobs) as grafana:
        report = push(grafana, order, pages)
    for note in report.notes:
        click.echo(f"note: {shown(note)}", err=True)
    click.echo(_json(report, where) if output == "json" else _text(report))
    return report.exit


def _chosen(made: Manifest, only: tuple[str, ...]) -> tuple[PageEntry, ...]:
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


def _json(report: Report, where: Address) -> str:
    pages = [
        {"uid": one.uid, "title": one.title, "result": one.result, "why": one.why, "url": where.page(one.uid)}
        for one in report.outcomes
    ]
    said = {"type": "push", "version": 1, "dry_run": report.dry_run, "pages": pages, "counts": report.counts}
    return json.dumps(said, indent=2)


def _text(report: Report) -> str:
    """A line for each page that is not as it was, and the counts."""
    lines = [_line(one) for one in report.outcomes if one.result is not Result.UNCHANGED]
    counts = ", ".join(f"{count} {result}" for result, count in report.counts.items() if count)
    number = len(report.outcomes)
    total = f"{number} page{'' if number == 1 else 's'}" + (f": {counts}" if counts else "")
    return "\n".join([*lines, f"dry run, nothing is written: {total}" if report.dry_run else total])


def _line(one: Outcome) -> str:
    return f"{one.result:<9} {shown(one.uid)}: {one.why or shown(one.title)}"
