"""What `dash verify` does: read, ask, tell."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import click

from cli import config
from cli.commands import _json, _prometheus
from cli.commands._lint import OURS, catalogs_of
from cli.errors import UsageError
from cli.exit_codes import Exit
from cli.lint import configured
from cli.lint.reading import read, read_build
from cli.lint.report.printable import printable
from cli.lint.settings import Settings
from cli.lint.subject import Inputs
from cli.verify.verdict import Result, Status
from queries.duration import seconds
from queries.source import Mistake, did_you_mean

if TYPE_CHECKING:
    from cli.commands.verify import Options
    from cli.verify.run import Progress

FAILS = frozenset(Status) - {Status.OK}
NONE = "none"


def run(paths: Sequence[str], said: Options) -> Exit:
    """Everything from the files to the exit code."""
    from cli.lint.rules import ids  # noqa: PLC0415 - the configuration may name any of them

    settings = configured.read(config.here(), "", ids()).settings
    settings = settings._replace(catalogs=(*settings.catalogs, *said["catalogs"]))
    fails = _statuses(said["fail_on"])
    length = _seconds("--range", said["length"]) if said["length"] else None
    scrape, now = _seconds("--scrape-interval", said["scrape_interval"]), _moment(said["moment"])
    inputs = _only(_read(paths, settings), said["only"])
    if not (inputs.pages or inputs.groups or inputs.unreadable):
        click.echo(f"note: no page and no rule in {', '.join(paths) or OURS}", err=True)
    where = _prometheus.where_of(said)

    from cli.grafana.question import Bound  # noqa: PLC0415 - it loads the network, which a slip does not need
    from cli.prometheus.api import LARGEST, prometheus  # noqa: PLC0415 - likewise
    from cli.verify.asker import Limits  # noqa: PLC0415 - likewise
    from cli.verify.question import Asking  # noqa: PLC0415 - likewise
    from cli.verify.run import Plan, Run  # noqa: PLC0415 - likewise

    asking = Asking(catalogs_of(settings, ours=_is_ours(paths)), settings, now, scrape)
    plan = Plan(length, Limits(said["max_series"], said["slow"]), said["jobs"])
    with prometheus(where, connections=plan.jobs, bound=Bound(said["timeout"], LARGEST)) as api:
        api.hello()
        with _progress() as (begins, done):
            found = Run(api, asking, plan).verify(inputs, begins, done)
    result = Result(found.verdicts, fails, found.away, inputs.unreadable)
    for one in inputs.unreadable:
        click.echo(f"error: {printable(str(one))}", err=True)
        if one.fix:
            click.echo(f"  try: {printable(one.fix)}", err=True)
    click.echo(_told(result, said["output"]))
    if result.away is not None:
        click.echo(f"error: {result.away}", err=True)
    return result.exit


def _told(result: Result, output: str) -> str:
    if output == "json":
        from cli.verify.report.machine import machine  # noqa: PLC0415 - one of four

        return _json.written(machine(result))
    if output == "junit":
        from cli.verify.report.junit import junit  # noqa: PLC0415 - likewise

        return junit(result)
    if output == "markdown":
        from cli.verify.report.markdown import markdown  # noqa: PLC0415 - likewise

        return markdown(result)
    from cli.verify.report.text import text  # noqa: PLC0415 - likewise

    return text(result)


def _read(paths: Sequence[str], settings: Settings) -> Inputs:
    """The paths, a build as what it is; without any, what was built here."""
    found = Inputs()
    for path in paths or (OURS,):
        if path == OURS or (Path(path) / "manifest.json").is_file():
            found += read_build(Path(path), settings)
        else:
            found += read([path], stdin=sys.stdin.buffer.read, settings=settings)
    return found


def _is_ours(paths: Sequence[str]) -> bool:
    """Whether the metrics that our own modules declare say what is meant."""
    return not paths or tuple(paths) == (OURS,)


def _only(inputs: Inputs, only: Collection[str]) -> Inputs:
    """The pages and groups that are meant; UsageError for a name that none has."""
    if not only:
        return inputs
    known = {*(page.uid for page in inputs.pages), *(group.name for group in inputs.groups)}
    for name in only:
        if name not in known:
            raise UsageError(
                f"no page or group is called {name!r}", where="--only", fix=did_you_mean(name, known, of="there are")
            )
    return Inputs(
        tuple(page for page in inputs.pages if page.uid in only),
        tuple(group for group in inputs.groups if group.name in only),
        inputs.unreadable,
    )


def _statuses(said: str | None) -> frozenset[Status]:
    if said is None:
        return FAILS
    words = [word.strip() for word in said.split(",")]
    if words == [NONE]:
        return frozenset()
    for word in words:
        if word not in FAILS:
            raise UsageError(
                f"{word!r} is no status",
                where="--fail-on",
                fix=did_you_mean(word, {*map(str, FAILS), NONE}, of="there are"),
            )
    return frozenset(map(Status, words))


def _seconds(flag: str, said: str) -> float:
    try:
        return seconds(said)
    except Mistake as error:
        raise UsageError(error.what, where=flag, fix=error.fix) from error


def _moment(said: str | None) -> float:
    """Unix seconds."""
    if said is None:
        return time.time()
    try:
        return float(said) if said.replace(".", "", 1).isdecimal() else _of_date(said)
    except (ValueError, OverflowError):
        raise UsageError(f"{said!r} is no moment", where="--time", fix="2026-05-21T14:00:00Z") from None


def _of_date(said: str) -> float:
    found = datetime.fromisoformat(said)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


@contextmanager
def _progress() -> Iterator[tuple[Progress, Progress]]:
    """How many questions there are and that one is answered, drawn where a person looks."""
    if not sys.stderr.isatty():
        yield _nothing, _nothing
        return
    lock = Lock()
    with click.progressbar(length=0, label="asking", file=sys.stderr) as bar:

        def begins(many: int) -> None:
            bar.length = many
            bar.render_progress()

        def done(many: int) -> None:
            with lock:
                bar.update(many)

        said: tuple[Callable[[int], None], Callable[[int], None]] = (begins, done)
        yield said


def _nothing(many: int) -> None:
    del many
