"""What `dash doctor` does once its options are understood."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from cli import config, reading
from cli.artifact import manifest
from cli.artifact.manifest import Manifest
from cli.commands import _doctor_there, _json, _who
from cli.commands._doctor_check import Check
from cli.commands._doctor_here import here
from cli.commands._place import NoGrafana, Place
from cli.contexts import read
from cli.errors import RemoteError, UsageError
from cli.exit_codes import Exit
from cli.grafana.connect import connected
from cli.grafana.patience import Patience
from cli.grafana.shown import shown
from cli.grafana.whoami import whoami
from cli.lint.report.printable import printable

#: What does not answer at once is worth knowing.
ONCE = Patience(tries=1)
MARKS = {True: ("ok", "green"), None: ("note", "yellow"), False: ("lacks", "red")}


def run(who: _who.Who, *, build: Path, folder: str | None, output: str) -> Exit:
    """Look, say it, and answer the exit code."""
    made = _made(build)
    found = list(here(read(config.here()), made, build))
    away = False
    try:
        place = _who.place_of(who)
    except NoGrafana as error:
        found.append(Check("grafana", None, f"{error.what}: only this machine was looked at", error.fix))
    else:
        there, away = _there(place, made, build, place.below if folder is None else folder)
        found += there
    click.echo(_as_json(found) if output == "json" else _text(found))
    return Exit.REMOTE if away else Exit.NO if any(one.ok is False for one in found) else Exit.OK


def _made(build: Path) -> Manifest | None:
    """What is built here; None where nothing is that we can read."""
    try:
        return manifest.read(build)
    except UsageError:
        return None


def _there(place: Place, made: Manifest | None, build: Path, folder: str) -> tuple[list[Check], bool]:
    """What a Grafana answered, and whether it did not."""
    pages = _pages(made, build)
    path = tuple(filter(None, folder.split("/")))
    folders = any(page.folder for page in made.pages) if made else False
    try:
        # Where /apis is asked for and not offered, that is one lack, and no reason to see nothing else.
        api = "auto" if place.api == "apis" else place.api
        with connected(place.address, connections=1, api=api, patience=ONCE) as grafana:
            server = grafana.hello(edition=True)
            who = whoami(place.address, ONCE)
            found = list(_doctor_there.answers(place, server, who, datetime.now(UTC)))
            target = _doctor_there.target(grafana, server, path, pages, folders=folders)
            found += _doctor_there.may(grafana, target)
            found += _doctor_there.misses(grafana, pages, place.datasources)
            return found, False
    except RemoteError as error:
        return [Check("grafana", False, shown(error.what), error.fix)], True


def _pages(made: Manifest | None, build: Path) -> dict[str, dict[str, object]]:
    """The built pages that can be read; `dash push` says what is wrong with the others."""
    found = {}
    for page in made.pages if made else ():
        if not page.is_inside:
            continue
        try:
            said = reading.in_file(build / page.file)
        except (OSError, ValueError):
            continue
        if isinstance(said, dict):
            found[page.uid] = said
    return found


def _as_json(found: Sequence[Check]) -> str:
    checks = [{"name": one.name, "ok": one.ok, "said": one.said, "fix": one.fix} for one in found]
    return _json.written({"type": "doctor", "version": 1, "checks": checks})


def _text(found: Sequence[Check]) -> str:
    wide = max(len(one.name) for one in found)
    lines = []
    for one in found:
        word, color = MARKS[one.ok]
        lines.append(f"{click.style(f'{word:<5}', fg=color)}  {printable(one.name):<{wide}}  {printable(one.said)}")
        if one.fix:
            lines.append(f"{'':<5}  {'':<{wide}}  try: {printable(one.fix)}")
    lack = sum(one.ok is False for one in found)
    return "\n".join([*lines, f"{len(found)} checks: {lack or 'nothing'} lacking"])
