"""A build that has something to do: run what changed, keep what is still good, write what differs."""

# ruff: noqa: PTH118, PTH120 - paths are strings: a Path each takes half of the time

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cli.artifact import MANIFEST
from cli.artifact.manifest import PageEntry
from cli.compile import memory, stackfiles, untaken
from cli.compile.build import Progress, Report, Start
from cli.compile.discover import Module
from cli.compile.folder import Folder
from cli.compile.importing import Codes
from cli.compile.links import NO_GRAFANA
from cli.compile.memory import Memory
from cli.compile.outcome import Outcome, left_out, outcome
from cli.compile.place import near
from cli.compile.problem import Problem
from cli.compile.reading import UNKNOWABLE, Reads, reads
from cli.compile.stamp import Stamp, see, stamp
from cli.compile.unit import Group, Page, Unit, build
from cli.compile.write import replace, replace_all
from cli.errors import UsageError
from cli.stack import reading as settings_reading
from cli.stack.unborne import unborne
from cli.stack.whole import About, Job
from panels.grafana.template import BARE
from queries.source import did_you_mean


class Built(NamedTuple):
    """One module's outcome and the files that it came from; None where they have changed meanwhile, or do not say."""

    unit: Unit
    stamps: Sequence[Stamp] | None


def rebuild(start: Start, progress: Progress) -> Report:
    """Build what changed and write what differs.

    Raises:
        UsageError: there is no such page, nobody can mean a setting, the folder cannot be written, or is another's.
    """
    request = start.request
    folder = Folder(start.out, request.config.project, start.known.outputs())
    built, problems, notes = _built(start, folder, progress)
    _check_only(request.only, built, folder)
    problems += stackfiles.clashes(one.unit for one in built)
    wanted = outcome([one.unit for one in built], problems, folder, request.only, request.config.grafana)
    settings = settings_reading.read(request.folder, request.config.stack)
    if not wanted.manifest.partial:
        notes += unborne(settings, (group.said for one in built for group in one.unit.groups), request.folder)
    wanted = stackfiles.around(wanted, [one.unit for one in built], folder, settings, same=start.knows_stack)
    changed = _changed(wanted, folder)
    if wanted.links.pages and not request.config.grafana and any(one.file in changed for one in wanted.manifest.rules):
        notes.append(NO_GRAFANA)
    gone = folder.gone([*wanted.texts, MANIFEST])
    if not request.check:
        replace_all(
            folder.path,
            {folder.place(file): text for file, text in changed.items()},
            [folder.place(file) for file in gone],
        )
        notes += _remember(start, wanted, built, folder, changed)
    elif request.only:
        # the manifest of such a build is another one by its nature
        changed.pop(MANIFEST, None)
    made = wanted.manifest
    notes += left_out(made, folder)
    return Report(
        pages=len(made.pages),
        rules=len(made.rules),
        stack=len(made.stack),
        stale=made.stale(),
        partial=made.partial,
        written=tuple(sorted(changed)),
        removed=tuple(gone),
        unchanged=len(wanted.texts) + 1 - len(changed),
        problems=wanted.problems,
        notes=tuple(notes),
    )


def _built(start: Start, folder: Folder, progress: Progress) -> tuple[list[Built], list[Problem], list[str]]:
    """Every module's outcome, what broke, and what else is to be said."""
    BARE.update(start.known.said["panels"])
    fresh = {one.unit.module: one for one in _fresh(start.known, folder)}
    every = frozenset(module.path for module in start.found)
    built: list[Built] = []
    problems: list[Problem] = []
    notes: list[str] = []
    taken: list[untaken.Origin] = []
    left: list[untaken.Untaken] = []
    codes: Codes = {}
    stamps: dict[str, Stamp] = {}
    for done, module in enumerate(start.found, start=1):
        if module in fresh:
            built.append(fresh[module])
        else:
            with reads() as read:
                read[module.path] = see(module.path)
                made = build(module, start.request.config.jobs, every, codes)
            problems += made.problems
            notes += made.notes
            taken += made.taken
            left += made.untaken
            built.append(Built(made.unit, None if made.problems else _stamps(read, stamps)))
        progress(done, len(start.found))
    if not problems:  # what is broken may be what takes them; whoever takes a changed module's value ran again, too
        notes += untaken.notes(left, taken)
    return built, problems, notes


def _fresh(known: Memory, folder: Folder) -> Iterable[Built]:
    """What would be made again, of what was remembered; its pages lie in the folder as they were left."""
    for said in known.fresh():
        pages = tuple(Page(PageEntry(**entry), None) for entry in said["pages"])
        if all(folder.is_as_left(page.entry.file) for page in pages):
            groups = (
                Group(file, source, rules, tuple(About(*one) for one in about))
                for file, source, rules, about in said["groups"]
            )
            jobs = tuple(Job(*one) for one in said["jobs"])
            yield Built(Unit(Module(*said["module"]), pages, tuple(groups), jobs), known.stamps(said))


def _stamps(read: Reads, known: dict[str, Stamp]) -> list[Stamp] | None:
    """The stamps of all that was read; None if some of it was written meanwhile: nobody knows what was read then."""
    if UNKNOWABLE in read:
        return None
    for path in read.keys() - known.keys():
        known[path] = stamp(path)
    same = all(known[path].seen == seen for path, seen in read.items())
    return [known[path] for path in sorted(read)] if same else None


def _check_only(only: Sequence[str], built: Iterable[Built], folder: Folder) -> None:
    known = {page.entry.uid for one in built for page in one.unit.pages} | {old.uid for old in folder.previous.pages}
    for uid in only:
        if uid not in known:
            raise UsageError(f"no page has the uid {uid!r}", fix=did_you_mean(uid, known, of="there are"))


def _changed(wanted: Outcome, folder: Folder) -> dict[str, bytes]:
    """The files whose bytes differ from those on disk, the manifest last."""
    changed: dict[str, bytes] = {}
    for file, make in [*wanted.texts.items(), (MANIFEST, wanted.manifest.dump)]:
        text = make() if make else None
        there = folder.text(file) if text is not None else None
        if text is None or there == text:
            continue
        if there is not None and not folder.owns(file):
            raise UsageError(
                "no build wrote this file, so no build replaces it",
                where=folder.shown(file),
                fix="move it away, or another --out",
            )
        changed[file] = text
    return changed


def _remember(
    start: Start, wanted: Outcome, built: Iterable[Built], folder: Folder, written: Collection[str]
) -> list[str]:
    """Write down what the next build needs; what went wrong with that, which does no harm."""
    made = wanted.manifest
    right = {entry.uid for entry in made.pages if not entry.stale}
    kept = [one for one in built if all(page.entry.uid in right for page in one.unit.pages)]
    files: dict[Stamp, int] = {}
    units: list[dict[str, Any]] = []
    for one in kept:
        if one.stamps is not None:
            numbers = [files.setdefault(was, len(files)) for was in one.stamps]
            units.append({**_said(one.unit), "files": numbers})
    left = start.known.left()
    outputs = [_output(folder.place(file), left if file not in written else {}) for file in (*wanted.texts, MANIFEST)]
    is_whole = not made.partial and len(units) == len(start.found)
    said = {
        "fingerprint": start.known.said["fingerprint"],
        "looked": start.looked,
        "modules": start.found,
        "units": units,
        "files": list(files),
        "outputs": outputs,
        "whole": [len(made.pages), len(made.rules), len(made.stack)] if is_whole else None,
        "stack": repr(dict(start.request.config.stack)),
        "panels": BARE,
    }
    path = memory.file_for(folder.path)
    try:
        replace(path, memory.dump(said))
        replace(os.path.join(os.path.dirname(path), ".gitignore"), b"*\n")
    except OSError as error:
        return [f"the next build builds everything again: {near(path)} cannot be written: {error.strerror}"]
    return []


def _output(path: str, left: Mapping[str, Stamp]) -> Stamp:
    """What the next build compares a file with: of what was left as it was, the stamp that told so."""
    return left.get(path) or stamp(path)


def _said(unit: Unit) -> dict[str, Any]:
    pages = [page.entry for page in unit.pages]
    groups = [[group.file, group.source, group.said, group.about] for group in unit.groups]
    return {"module": unit.module, "pages": pages, "groups": groups, "jobs": unit.jobs}
