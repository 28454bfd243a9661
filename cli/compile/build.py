"""`dash build`: from modules to files, only what changed; one broken module never spoils the others."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.artifact import manifest
from cli.artifact.manifest import Manifest
from cli.compile import memory, rulefiles
from cli.compile.discover import Module, modules
from cli.compile.memory import Memory, Remembered
from cli.compile.outcome import Outcome, outcome
from cli.compile.problem import Problem
from cli.compile.stamp import stamp
from cli.compile.unit import Unit
from cli.compile.write import replace_all
from cli.config import Config
from cli.errors import UsageError

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked for: the sources and settings of one build.

    Attributes:
        folder: what sources are relative to. out: where the files go.
        only: uids; nothing else is written. check: nothing is written at all.
    """

    config: Config
    folder: Path
    out: Path
    sources: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    check: bool = False

    @property
    def read_from(self) -> tuple[str, ...]:
        """The sources that count: those of the command line, else the configuration's."""
        return self.sources or self.config.sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did, or would do; paths are relative to the build folder."""

    manifest: Manifest
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Before:
    """What was there when the build began to look (ns)."""

    looked: int
    settings: str
    memory: Memory
    manifest: Manifest
    untouched: dict[str, bool]

    def owns(self, file: str, path: Path) -> bool:
        """Whether an earlier build wrote the file."""
        known = self.manifest.files()
        return file in known or str(path) in self.untouched or file == manifest.FILE


def build(request: Request, progress: Progress = lambda _done, _all: None) -> Report:
    """Build what changed and write it; `progress` hears how many of the modules are done.

    Raises:
        UsageError: a source is not there, or the folder cannot be written.
    """
    before = _look(request)
    found = modules(request.read_from, request.folder)
    fresh = {module.path: _fresh(module, before, request.out) for module in found}
    if not request.only and _nothing_to_do(found, fresh, before):
        return Report(manifest=before.manifest, unchanged=len(before.untouched) - 1)
    units, kept, problems = _units(found, fresh, request, before, progress)
    _check_only(request.only, units, before.manifest)
    wanted = outcome(units, problems, before.manifest, request.only)
    files, foreign = _changed(wanted, request.out, before)
    gone = _gone(wanted, request.out, before)
    report = Report(
        manifest=wanted.manifest,
        written=tuple(sorted(files)),
        removed=tuple(sorted(gone)),
        unchanged=len(wanted.pages) + len(wanted.rules) + 1 - len(files),
        problems=(*wanted.problems, *foreign),
    )
    if not request.check and not foreign:
        replace_all(request.out, {request.out / file: text for file, text in files.items()}, gone.values())
        _remember(request, before, wanted, kept)
    return report


def _look(request: Request) -> _Before:
    looked = time.time_ns()
    project = request.config.project
    settings = memory.fingerprint([request.read_from, project, sorted(request.config.jobs.items())])
    remembered = memory.read(request.out, settings)
    try:
        previous = manifest.read(request.out)
    except UsageError:
        previous = Manifest(project=project)
    previous = Manifest(project=project, partial=previous.partial, pages=previous.pages, rules=previous.rules)
    return _Before(looked, settings, remembered, previous, remembered.untouched())


def _fresh(module: Module, before: _Before, out: Path) -> Unit | None:
    unit = before.memory.fresh(module)
    return unit if unit and all(before.untouched.get(str(out / page.entry.file)) for page in unit.pages) else None


def _nothing_to_do(found: Sequence[Module], fresh: dict[Path, Unit | None], before: _Before) -> bool:
    if before.manifest.partial or not before.untouched:
        return False
    if not all(fresh.values()) or not all(before.untouched.values()):
        return False
    return {one.unit.module.path for one in before.memory.units} == {module.path for module in found}


def _units(
    found: Sequence[Module], fresh: dict[Path, Unit | None], request: Request, before: _Before, progress: Progress
) -> tuple[list[Unit], list[Remembered], list[Problem]]:
    """Every module's outcome, what to remember of it, and what broke."""
    from cli.compile.problem import problem_of  # noqa: PLC0415 - a build with nothing to do loads nothing
    from cli.compile.tracking import tracked  # noqa: PLC0415 - likewise
    from cli.compile.unit import build as build_unit  # noqa: PLC0415 - likewise

    known = {one.unit.module.path: one for one in before.memory.units}
    units: list[Unit] = []
    kept: list[Remembered] = []
    problems: list[Problem] = []
    seen: set[int] = set()
    with tracked() as tracker:
        for done, module in enumerate(found, start=1):
            unit = fresh[module.path]
            if unit is not None:
                units.append(unit)
                kept.append(known[module.path])
            else:
                try:
                    units.append(build_unit(module, request.config.jobs, seen))
                    kept.append(Remembered(units[-1], ()))
                except (Exception, SystemExit) as error:  # noqa: BLE001 - a person's module may raise anything
                    problems.append(problem_of(error, module))
            progress(done, len(found))
    return units, [_stamped(one, tracker.depends_on(str(one.unit.module.path))) for one in kept], problems


def _stamped(one: Remembered, files: set[str]) -> Remembered:
    """With the stamps of all that the module depended on; those of a fresh one are known."""
    return one if one.stamps else Remembered(one.unit, tuple(stamp(path) for path in sorted(files)))


def _check_only(only: tuple[str, ...], units: Sequence[Unit], previous: Manifest) -> None:
    known = {page.entry.uid for unit in units for page in unit.pages} | {entry.uid for entry in previous.pages}
    for uid in only:
        if uid not in known:
            from queries.source import did_you_mean  # noqa: PLC0415 - only a mistake pays for it

            raise UsageError(f"no page has the uid {uid!r}", fix=did_you_mean(uid, known, of="there are"))


def _changed(wanted: Outcome, out: Path, before: _Before) -> tuple[dict[str, bytes], list[Problem]]:
    """The files whose bytes differ from those on disk; and those that no build wrote, which stay."""
    texts = {file: text for file, text in wanted.pages.items() if text is not None}
    old = {entry.file: entry for entry in before.manifest.rules}
    for entry in wanted.manifest.rules:
        held = wanted.rules[entry.file]
        if held is not None and not (old.get(entry.file) == entry and before.untouched.get(str(out / entry.file))):
            texts[entry.file] = rulefiles.text(held)
    texts[manifest.FILE] = wanted.manifest.dump()
    changed, foreign = {}, []
    for file, text in texts.items():
        path = out / file
        there = _bytes(path)
        if there == text:
            continue
        if there is not None and not before.owns(file, path):
            what = "no build wrote this file, so no build replaces it"
            foreign.append(Problem(file, str(path), what, "move it away, or another --out"))
        else:
            changed[file] = text
    return changed, foreign


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"it cannot be read: {error.strerror}", where=str(path)) from error


def _gone(wanted: Outcome, out: Path, before: _Before) -> dict[str, Path]:
    """What an earlier build wrote and this one does not make."""
    known = before.manifest.files()
    known |= {str(Path(path).relative_to(out)) for path in before.untouched if Path(path).is_relative_to(out)}
    left = known - wanted.pages.keys() - wanted.rules.keys() - {manifest.FILE}
    return {file: out / file for file in left if (out / file).is_file()}


def _remember(request: Request, before: _Before, wanted: Outcome, kept: list[Remembered]) -> None:
    stale = {entry.uid for entry in wanted.manifest.pages if entry.stale}
    here = {entry.uid for entry in wanted.manifest.pages} - stale
    # a file that changed while we built was perhaps not what we read
    whole = [one for one in kept if all(stamp.time < before.looked for stamp in one.stamps)]
    units = tuple(one for one in whole if all(page.entry.uid in here for page in one.unit.pages))
    files = [*wanted.pages, *wanted.rules, manifest.FILE]
    written = tuple(stamp(str(request.out / file)) for file in files)
    made = Memory(time.time_ns(), units, written)
    path = memory.file_for(request.out)
    text = memory.dump(made, before.settings)
    replace_all(path.parent, {path: text, path.parent / ".gitignore": b"*\n"}, ())
