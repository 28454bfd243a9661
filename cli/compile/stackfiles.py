"""The files around pages and rules: which of them a build folder shall hold, and how to make each."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import orjson

from cli.artifact.manifest import FileEntry
from cli.compile.folder import Folder
from cli.compile.outcome import LEFT_OUT, Outcome, Text
from cli.compile.problem import Problem, at_line
from cli.compile.unit import Unit
from cli.stack import every, whole
from cli.stack.settings import Settings
from cli.stack.whole import About, Job, Later, Whole

NOBODY_MADE = "it is neither in the build nor in its folder"


def clashes(units: Iterable[Unit]) -> Iterator[Problem]:
    """Roles that are scraped twice: every series of theirs would be there twice."""
    taken: dict[str, Job] = {}
    for unit in units:
        for job in unit.jobs:
            other = taken.setdefault(job.role, job)
            if other is not job:
                where = at_line(unit.module, job.source)
                what = f"{job.role} is scraped twice: also at {other.source}"
                yield Problem(unit.module.shown, where, what, "all targets in one Scrape(...)")


def around(outcome: Outcome, units: Sequence[Unit], folder: Folder, settings: Settings, *, same: bool) -> Outcome:
    """The outcome with the files that `dash.toml` wants besides; `same`: the last build had the same settings.

    They are made of the whole, so of a build in which something is broken or left out they stay as they were.
    """
    if outcome.manifest.partial:
        return _as_they_were(outcome, folder)
    wanted = _whole(outcome, units, folder, settings)
    digests = {page.file: page.digest for page in wanted.pages}
    old = {entry.file: entry for entry in folder.previous.stack}
    texts: dict[str, Text] = dict(outcome.texts)
    entries: list[FileEntry] = []
    for file, text in sorted(every.files(wanted).items()):
        entry, make = _entry(file, text, digests)
        is_right = (
            same
            and isinstance(text, Later)
            and old.get(file) == entry
            and folder.is_as_left(file)
            and not any(outcome.texts.get(page) for page in text.pages)
        )
        entries.append(entry)
        texts[file] = None if is_right else make
    return outcome._replace(manifest=replace(outcome.manifest, stack=tuple(entries)), texts=texts)


def _as_they_were(outcome: Outcome, folder: Folder) -> Outcome:
    why = next((f"{one.where}: {one.what}" for one in outcome.problems), LEFT_OUT)
    left = tuple(replace(entry, stale=why) for entry in folder.previous.stack if folder.has(entry.file))
    texts = {**outcome.texts, **dict.fromkeys((entry.file for entry in left), None)}
    return outcome._replace(manifest=replace(outcome.manifest, stack=left), texts=texts)


def _whole(outcome: Outcome, units: Sequence[Unit], folder: Folder, settings: Settings) -> Whole:
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    alerts: list[About] = []
    for unit in units:
        for group in unit.groups:
            groups[group.file].append(outcome.links.put(group))
            alerts += group.about
    return Whole(
        project=outcome.manifest.project,
        settings=settings,
        pages=outcome.manifest.pages,
        text=partial(_page, outcome.texts, folder),
        groups=dict(sorted(groups.items())),
        alerts=tuple(alerts),
        jobs=tuple(sorted((job for unit in units for job in unit.jobs), key=lambda one: (one.job, one.source))),
    )


def _page(texts: Mapping[str, Text], folder: Folder, file: str) -> bytes:
    make = texts.get(file)
    text = make() if make else folder.text(file)
    if text is None:
        raise LookupError(f"{file}: {NOBODY_MADE}")
    return text


def _entry(file: str, text: whole.Text, pages: Mapping[str, str]) -> tuple[FileEntry, Callable[[], bytes]]:
    """The digest is that of the bytes, or of all that they are made from; `pages` has those of the pages."""
    if isinstance(text, Later):
        made_of = orjson.dumps([text.key, *(pages[page] for page in text.pages)])
        return FileEntry(file=file, digest=_digest(made_of)), text.make
    made = text if isinstance(text, bytes) else text()
    return FileEntry(file=file, digest=_digest(made)), partial(bytes, made)


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:32]
