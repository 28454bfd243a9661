"""What `dash pull` does once its options are understood."""

from collections.abc import Mapping
from pathlib import Path

import click

from cli import config
from cli.commands import _json
from cli.commands._place import JOBS, Place
from cli.deploy.outcome import Outcome, Result
from cli.deploy.pull import Order, Pulled, pull
from cli.deploy.wanted import path_of
from cli.grafana.connect import connected
from cli.grafana.shown import shown


def run(
    place: Place,
    *,
    folders: tuple[str, ...],
    uids: tuple[str, ...],
    into: Path,
    prune: bool,
    overwrite: bool,
    jobs: int | None,
    output: str,
) -> int:
    """Pull, say what became of each page, and answer the exit code."""
    order = Order(
        into=into,
        project=config.read(config.here()).project,
        below=path_of(place.below),
        folders=tuple(map(path_of, folders)),
        uids=uids,
        prune=prune,
        overwrite=overwrite,
        jobs=jobs or place.jobs or JOBS,
    )
    with connected(place.address, connections=order.jobs, api=place.api) as grafana:
        pulled = pull(grafana, order)
    click.echo(_as_json(pulled) if output == "json" else _text(pulled))
    return pulled.report.exit


def _as_json(pulled: Pulled) -> str:
    files = _files(pulled)
    pages = [
        {"uid": one.uid, "title": one.title, "result": one.result, "why": one.why, "file": files.get(one.uid)}
        for one in pulled.report.outcomes
    ]
    return _json.written({"type": "pull", "version": 1, "pages": pages, "counts": pulled.report.counts})


def _text(pulled: Pulled) -> str:
    """A line for each page whose file is not as it was, and the counts."""
    report, files = pulled.report, _files(pulled)
    lines = [_line(one, files) for one in report.outcomes if one.result is not Result.UNCHANGED]
    counts = ", ".join(f"{count} {result}" for result, count in report.counts.items() if count)
    number = len(report.outcomes)
    return "\n".join([*lines, f"{number} page{'' if number == 1 else 's'}" + (f": {counts}" if counts else "")])


def _line(one: Outcome, files: Mapping[str, str]) -> str:
    return f"{one.result:<9} {shown(one.uid)}: {shown(one.why or files[one.uid])}"


def _files(pulled: Pulled) -> Mapping[str, str]:
    return {page.uid: page.file for page in pulled.manifest.pages}
