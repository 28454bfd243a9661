"""What `dash import alerts` does once its options are understood."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from cli.adopt.adoption import Adoption, Part, adopted
from cli.adopt.module import module
from cli.adopt.names import module_name, stem
from cli.commands import _json
from cli.compile import write
from cli.compile.place import near
from cli.errors import DashError, RemoteError, UsageError
from cli.exit_codes import Exit
from cli.lint.reading import files
from cli.lint.reading.stops import Stops
from cli.lint.report.printable import printable
from cli.lint.subject import Unreadable
from cli.prometheus.fetch import fetch, is_address
from queries import GivenAlert

STDIN = "-"


class Order(NamedTuple):
    """What the options said; `force` is to replace modules that are there."""

    sources: tuple[str, ...]
    out: Path
    force: bool = False
    output: str = "text"


class Made(NamedTuple):
    """A module that is written: where, from what, and what it holds."""

    file: Path
    source: str
    part: Part
    text: bytes

    @property
    def counts(self) -> tuple[int, int, int]:
        """Groups, alerts, recordings."""
        rules = [rule for one in self.part.groups for rule in one.group.rules]
        alerts = sum(isinstance(rule, GivenAlert) for rule in rules)
        return len(self.part.groups), alerts, len(rules) - alerts


def run(order: Order) -> int:
    """Read all, write what is good, all of it or nothing, and answer the exit code."""
    made: list[Made] = []
    wrong: list[Unreadable] = []
    notes: list[Unreadable] = []
    away: list[RemoteError] = []
    for source in dict.fromkeys(order.sources):
        try:
            name, found = _read(source)
        except RemoteError as error:
            if len(order.sources) == 1:
                raise
            away.append(error)
            continue
        wrong += found.wrong
        notes += found.notes
        made += _made(order.out, name, found, {one.file.stem for one in made})
    _write(order, made)
    for note in notes:
        click.echo(f"note: {printable(str(note))}", err=True)
    for fault in wrong:
        click.echo(f"error: {printable(str(fault))}", err=True)
    for failure in away:
        click.echo(f"error: {printable(failure.sentence)}", err=True)
    click.echo(_as_json(made, wrong, notes, away) if order.output == "json" else "\n".join(_lines(made, wrong)))
    if made:
        return Exit.PARTIAL if wrong or away else Exit.OK
    return Exit.REMOTE if away else Exit.AUTHORING


def _read(source: str) -> tuple[str, Adoption]:
    """What a file, an address or standard input holds, and what to call it."""
    if is_address(source):
        fetched = fetch(source)
        return fetched.name, adopted(fetched.name, fetched.raw)
    if source == STDIN:
        return "<stdin>", adopted("<stdin>", sys.stdin.buffer.read(files.MOST_BYTES))
    name = near(source) if os.path.isabs(source) else source  # noqa: PTH117 - a Path would forget how it was written
    try:
        return name, adopted(name, files.content(source))
    except Stops as stop:
        return name, Adoption((), (stop.of(name),))


def _made(out: Path, source: str, found: Adoption, taken: set[str]) -> Iterator[Made]:
    """The modules of one source; `taken` are the names that others have."""
    for part in found.parts:
        own = stem(source)
        said = part.name if found.is_a_server and part.name else f"{own} {part.name}"
        name = module_name(said, taken)
        taken.add(name)
        yield Made(out / f"{name}.py", source, part, module(part, source).encode())


def _write(order: Order, made: Sequence[Made]) -> None:
    """UsageError where something else is there already; then nothing is written."""
    there = [one for one in made if one.file.exists() and not order.force and _content(one.file) != one.text]
    if there:
        names = ", ".join(str(one.file) for one in there)
        raise UsageError(f"nothing was written: {names} is there already", fix="--force, or another --out")
    if made:
        write.replace_all(order.out, {one.file: one.text for one in made})


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _lines(made: Sequence[Made], wrong: Sequence[Unreadable]) -> Iterator[str]:
    for one in made:
        groups, alerts, recordings = one.counts
        yield (
            f"{printable(str(one.file))}: {_count(groups, 'group')}, {_count(alerts, 'alert')}, "
            f"{_count(recordings, 'recording')} from {printable(one.source)}"
        )
    if made:
        out = printable(str(made[0].file.parent))
        left = f"; {_count(len(wrong), 'thing')} could not be taken over" if wrong else ""
        yield f"{_count(len(made), 'module')}{left}. Next: dash build --source {out}"
    else:
        yield "no module was written"


def _count(number: int, of: str) -> str:
    return f"{number} {of}{'' if number == 1 else 's'}"


def _as_json(
    made: Sequence[Made], wrong: Sequence[Unreadable], notes: Sequence[Unreadable], away: Sequence[DashError]
) -> str:
    modules: list[dict[str, Any]] = []
    for one in made:
        groups, alerts, recordings = one.counts
        said = {"file": str(one.file), "source": one.source, "groups": groups}
        modules.append({**said, "alerts": alerts, "recordings": recordings})
    problems = [*map(_problem, wrong), *({"file": "", "line": 0, "column": 0, "what": one.sentence} for one in away)]
    said = {"modules": modules, "problems": problems, "notes": [*map(_problem, notes)]}
    return _json.written({"type": "import", "version": 1, **said})


def _problem(one: Unreadable) -> dict[str, Any]:
    return {"file": one.file, "line": one.line, "column": one.column, "what": one.why}
